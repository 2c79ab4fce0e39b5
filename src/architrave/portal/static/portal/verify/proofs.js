// One line from files alone: its offline proof, the line, its text, the founding
// (docs/formats/offline-proof.md).

import { openSeal, parseAct, splitSealed, verifyAct, verifyReaders } from "./acts.js";
import { fromBase64, fromUtf8, same, sized, utf8 } from "./bytes.js";
import { parseEntry, verifyEntry } from "./entries.js";
import { gathering } from "./findings.js";
import { firstLog, generation, segmentAt } from "./logs.js";
import { decimal, MAX_NOTE, openCheckpoint, parseCheckpoint, parseNote } from "./notes.js";
import { Refusal, refuse } from "./refusal.js";
import { checkCosigners, checkFounding, latestKey } from "./signers.js";
import { parseTitle, segmentsOf } from "./succession.js";
import { leafHash, MAX_HASHES, verifyInclusion } from "./tree.js";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

/** A proof file: position, hashes and the note. Nothing is verified. */
export function parseOfflineProof(bytes) {
  if (bytes.length > 2 * MAX_NOTE) refuse("long", { place: "tlog-proof", most: 2 * MAX_NOTE });
  const gap = bytes.findIndex((byte, at) => byte === 10 && bytes[at + 1] === 10);
  const note = bytes.subarray(gap + 2);
  if (gap < 0 || note.length === 0 || note.length > MAX_NOTE) refuse("proof-gap");
  const lines = fromUtf8(bytes.subarray(0, gap), "tlog-proof").split("\n");
  if (lines.shift() !== FIRST_LINE) refuse("proof-line", { wanted: FIRST_LINE });
  if (lines[0]?.startsWith("extra ")) {
    const extra = fromBase64(lines.shift().slice(6), "tlog-proof, extra");
    if (extra.length === 0) refuse("proof-line", { wanted: "extra …" });
  }
  if (!lines[0]?.startsWith("index ")) refuse("proof-line", { wanted: "index …" });
  const index = decimal(lines.shift().slice(6), "tlog-proof, index");
  if (lines.length > MAX_HASHES) refuse("hashes", { most: MAX_HASHES });
  return { index, hashes: lines.map((line) => sized(line, 32, "tlog-proof")), note };
}

const STARTS = [
  ["proof", "c2sp.org/"],
  ["founding", '{"founding":{'],
  ["title", '{"signatures":{'],
  ["entry", '{"founding":"'],
  ["entry", '{"key":"'],
];

/** What each of the chosen files is, by how it begins; a sealed text begins with its salt. */
export function sortFiles(files) {
  const sorted = { titles: [] };
  for (const bytes of files) {
    const begins = (start) => same(bytes.subarray(0, start.length), utf8(start));
    const what = STARTS.find(([, start]) => begins(start))?.[0] ?? "sealed";
    if (what === "title") sorted.titles.push(bytes);
    else if (sorted[what] !== undefined) refuse("two-of-a-kind", { kind: what });
    else sorted[what] = bytes;
  }
  return sorted;
}

/**
 * A proof file with what was chosen beside it: the line, its text, the founding. `read` is asked
 * for the founding, and for titles, only where they are not among the files.
 */
export async function checkProof(files, read, { typed = "", tell = () => {} } = {}) {
  const found = gathering(tell);
  try {
    await checkProofFiles(sortFiles(files), read, typed, found);
  } catch (fault) {
    if (fault instanceof Refusal) found.add("bad", "chosen", {}, fault.why);
    else found.broke(fault);
  }
  return found.findings;
}

async function checkProofFiles(sorted, read, typed, found) {
  if (sorted.proof === undefined) refuse("no-proof");
  const served = async () => sorted.founding ?? (await read("founding.json"));
  const founding = await checkFounding(await served(), typed, found);
  if (founding === undefined) return;
  const proof = parseOfflineProof(sorted.proof);
  const { origin } = parseCheckpoint(parseNote(proof.note).text);
  const member = founding.members.find((one) => one.origin === firstLog(origin));
  if (member === undefined) refuse("proof-of-stranger", { book: origin });
  const titles = await titlesOf(sorted, founding, member);
  const party = member.name;
  const opened = await found.holds("author", { party }, async () => {
    const asked = async (path) => titles.get(path) ?? read(path);
    const segments = await segmentsOf(founding, member, origin, asked);
    return { segments, ...(await openCheckpoint(proof.note, await latestKey(segments))) };
  });
  if (opened === undefined) return;
  await checkCosigners(founding, member, opened.note, true, found);
  const { checkpoint, segments } = opened;
  const blanks = { party, n: proof.index + 1, size: checkpoint.size };
  if (sorted.entry === undefined) {
    if (sorted.sealed !== undefined) refuse("text-alone");
    return found.add("missing", "no-line", blanks);
  }
  await found.holds("inside", blanks, async () => {
    const leaf = await leafHash(sorted.entry);
    await verifyInclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root);
  });
  const entry = await found.holds("line", blanks, async () => {
    const parsed = parseEntry(sorted.entry);
    await verifyEntry(parsed, proof.index, segmentAt(segments, proof.index), founding);
    return parsed;
  });
  if (entry !== undefined) await checkSealed(sorted.sealed, entry, member, founding, found);
}

// The titles among the files, by the paths under which a record has them.
async function titlesOf(sorted, founding, member) {
  const titles = new Map();
  for (const bytes of sorted.titles) {
    const { log } = await parseTitle(bytes, founding);
    titles.set(`${member.folder}/succession.${generation(log)}`, bytes);
  }
  return titles;
}

async function checkSealed(bytes, entry, member, founding, found) {
  if (bytes === undefined) {
    if (entry.seal !== null) found.add("missing", "no-text");
    return;
  }
  await found.holds("sealed", {}, async () => {
    if (entry.seal === null) refuse("line-bare");
    const { salt, act } = splitSealed(bytes);
    await openSeal(entry.seal, salt, act);
  });
  const act = await found.holds("officer", {}, async () => {
    const parsed = parseAct(splitSealed(bytes).act);
    await verifyAct(parsed, founding.id);
    verifyReaders(parsed, entry);
    if (parsed.party !== member.name) refuse("act-party", { party: parsed.party });
    return parsed;
  });
  if (act === undefined) return;
  if (act.seat !== "") return found.add("unchecked", "seat", { seat: act.seat });
  await found.holds("party-key", {}, () => {
    if (!same(act.key, member.party)) refuse("act-key");
  });
}
