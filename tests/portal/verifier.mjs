// Runs the functions of the page's own modules, without a browser, on what a test hands in.
//
// Standard input: {scripts, files, jobs}. `scripts` is the folder of the modules, `files` are sets
// of files by name, each byte string in base64. Standard output: one answer for each job, {value}
// or {refused} with key and values, {broken} if anything but a Refusal was thrown.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Node takes a .js file for a module only where a package says so: the copy does.
async function modulesOf(scripts) {
  const copy = mkdtempSync(join(tmpdir(), "verify-"));
  try {
    cpSync(scripts, copy, { recursive: true });
    writeFileSync(join(copy, "package.json"), '{"type": "module"}');
    const names = readdirSync(copy).filter((name) => name.endsWith(".js"));
    const loaded = names.map((name) => import(pathToFileURL(join(copy, name)).href));
    return Object.assign({}, ...(await Promise.all(loaded)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const { scripts, files, jobs } = JSON.parse(readFileSync(0, "utf-8"));
const page = await modulesOf(scripts);
const bytes = (letters) => Uint8Array.from(Buffer.from(letters, "base64"));
const hex = page.toHex;

// A set of files, some of them replaced; null for one that is taken away.
function reading({ of, changed = {} }) {
  return async (path) => {
    const found = path in changed ? changed[path] : (files[of][path] ?? null);
    return found === null ? null : bytes(found);
  };
}

async function cosigned(note, keys) {
  const states = [];
  for (const key of keys) states.push(await page.cosignedBy(note, await page.parseVkey(key)));
  const missing = states.indexOf("missing");
  if (missing >= 0) throw new page.Refusal("not-cosigned", { name: keys[missing] });
  return states;
}

const calls = {
  able: () => page.able(),
  canonical: ({ data }) => hex(page.canonical(page.parseCanonical(bytes(data)))),
  verifies: ({ key, signature, message }) =>
    page.verifies(bytes(key), bytes(signature), bytes(message)),
  async checkpoint({ note, key, cosigners }) {
    const opened = await page.openCheckpoint(bytes(note), await page.parseVkey(key));
    const { size, root } = opened.checkpoint;
    return { size, root: hex(root), states: await cosigned(opened.note, cosigners) };
  },
  async entry({ data, key }) {
    const entry = page.parseEntry(bytes(data));
    const message = page.joined(page.utf8("entry/v1\n"), entry.body);
    const good = hex(entry.key) === hex(bytes(key));
    if (!good || !(await page.verifies(entry.key, entry.signature, message))) {
      throw new page.Refusal("line-key", { book: entry.log, n: entry.n + 1 });
    }
    return hex(await page.leafHash(bytes(data)));
  },
  async act({ data, salt, seal, institution }) {
    const act = page.parseAct(bytes(data));
    await page.verifyAct(act, institution);
    if (salt !== undefined) await page.openSeal(page.fromHex(seal), bytes(salt), bytes(data));
    return hex(await page.sha256(act.body));
  },
  founding: async ({ data }) => (await page.parseFounding(bytes(data))).id,
  async title({ data, founding }) {
    return (await page.parseTitle(bytes(data), await page.parseFounding(bytes(founding)))).log;
  },
  async offline({ proof, entry, key, cosigners }) {
    const read = page.parseOfflineProof(bytes(proof));
    const opened = await page.openCheckpoint(read.note, await page.parseVkey(key));
    await cosigned(opened.note, cosigners);
    const leaf = await page.leafHash(bytes(entry));
    const { size, root } = opened.checkpoint;
    await page.verifyInclusion(leaf, read.index, size, read.hashes, root);
    return read.index;
  },
  inclusion: ({ entry, index, size, proof, root }) =>
    page
      .leafHash(bytes(entry))
      .then((leaf) =>
        page.verifyInclusion(leaf, index, size, proof.map(page.fromHex), page.fromHex(root)),
      ),
  async root({ size, first, at, ...set }) {
    const book = new page.Book("alder", size, first, reading(set));
    await book.fill(() => {});
    return hex(await book.root(at));
  },
  async record({ typed, shown, linesRead, ...set }) {
    const findings = await page.checkRecord(reading(set), { typed, shown, linesRead });
    return { verdict: page.verdictOf(findings), findings };
  },
  async since({ notes, typed, shown, ...set }) {
    const findings = await page.checkSince(notes, reading(set), { typed, shown });
    return { verdict: page.verdictOf(findings), findings };
  },
  split: ({ notes }) => page.splitNotes(notes).map((one) => Buffer.from(one).toString()),
  async proof({ chosen, typed, changed = {} }) {
    const given = chosen.map((name) => bytes(changed[name] ?? files.chosen[name]));
    const nothing = async () => null;
    const findings = await page.checkProof(given, nothing, { typed });
    return { verdict: page.verdictOf(findings), findings };
  },
};

const answers = [];
for (const { call, ...given } of jobs) {
  try {
    answers.push({ value: (await calls[call](given)) ?? null });
  } catch (fault) {
    const refused = fault instanceof page.Refusal;
    answers.push(refused ? { refused: fault.why } : { broken: String(fault.message) });
  }
}
process.stdout.write(JSON.stringify(answers));
