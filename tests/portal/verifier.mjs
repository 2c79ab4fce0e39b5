// Runs the functions of the page's own script, without a browser, on what a test hands in.
//
// Standard input: {script, files, jobs}. `script` is the path of the module, `files` are sets of
// files by name, each byte string in base64. Standard output: one answer for each job, {value} or
// {refused} with the sentence, {broken} if anything but a Refusal was thrown.

import { readFileSync } from "node:fs";

const { script, files, jobs } = JSON.parse(readFileSync(0, "utf-8"));
const source = Buffer.from(readFileSync(script)).toString("base64");
const page = await import(`data:text/javascript;base64,${source}`);
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
  if (states.includes("missing")) throw new page.Refusal("a cosigner is missing");
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
      throw new page.Refusal("not signed by that key");
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
    answers.push({ [refused ? "refused" : "broken"]: String(fault.message) });
  }
}
process.stdout.write(JSON.stringify(answers));
