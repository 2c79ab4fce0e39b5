// Signed notes, the keys that sign them, checkpoints and their cosignatures
// (docs/formats/checkpoints-and-cosignatures.md).

import { fromBase64, fromUtf8, joined, same, sized, toHex, utf8 } from "./bytes.js";
import { sha256, verifies } from "./keys.js";
import { refuse } from "./refusal.js";
import { emptyRoot } from "./tree.js";

export const NOTE = 1;
export const COSIGNATURE = 4;
export const MLDSA = 6;
export const MAX_NOTE = 2 ** 20;
const MAX_SIGNATURES = 64;
const KEY_SIZES = new Map([[NOTE, 32], [COSIGNATURE, 32], [MLDSA, 1312]]); // prettier-ignore
const SIGNATURE_SIZES = new Map([[COSIGNATURE, 8 + 64], [MLDSA, 8 + 2420]]); // prettier-ignore

function checkName(name) {
  if (name === "" || /[\p{White_Space}\p{Surrogate}\0-\x1f+]/u.test(name)) {
    refuse("key-name", { name });
  }
}

/** A key as notes name it, with the 4 bytes by which a signature names it. */
export async function noteKey(name, kind, raw) {
  checkName(name);
  if (KEY_SIZES.get(kind) !== raw.length) refuse("key-form", { name });
  const id = await sha256(joined(utf8(`${name}\n`), Uint8Array.of(kind), raw));
  return { name, kind, raw, id: id.subarray(0, 4) };
}

export async function parseVkey(vkey) {
  const [, name, id, letters] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey) ?? refuse("vkey");
  const raw = fromBase64(letters, "vkey");
  const key = await noteKey(name, raw[0], raw.subarray(1));
  if (toHex(key.id) !== id) refuse("key-id", { name });
  return key;
}

function parseSignature(line, at) {
  const [, name, letters] = /^\u2014 ([^ \n]+) ([^ \n]+)$/u.exec(line) ?? [];
  if (name === undefined) refuse("signature-line", { n: at + 1 });
  checkName(name);
  const raw = fromBase64(letters, name);
  if (raw.length < 5) refuse("signature-short", { name });
  return { name, id: raw.subarray(0, 4), payload: raw.subarray(4) };
}

/** A note: its text, last LF included, and its signature lines. Nothing is verified. */
export function parseNote(bytes) {
  if (bytes.length > MAX_NOTE) refuse("long", { place: "note", most: MAX_NOTE });
  const letters = fromUtf8(bytes, "note");
  if (/[\0-\x09\x0b-\x1f]/.test(letters)) refuse("note-control");
  const end = letters.lastIndexOf("\n\n");
  if (end < 0) refuse("note-gap");
  const lines = letters.slice(end + 2);
  if (!lines.endsWith("\n")) refuse("note-end");
  const split = lines.slice(0, -1).split("\n");
  if (split.length > MAX_SIGNATURES) refuse("note-many", { most: MAX_SIGNATURES });
  return { text: letters.slice(0, end + 1), signatures: split.map(parseSignature) };
}

/** A number as notes and proofs spell it. */
export function decimal(letters, place) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(letters) || BigInt(letters) >= 2n ** 63n) {
    refuse("decimal", { place });
  }
  const value = Number(letters);
  return Number.isSafeInteger(value) ? value : refuse("too-large", { place });
}

/** The three lines of a checkpoint: origin, size, root. */
export function parseCheckpoint(letters) {
  const lines = letters.split("\n");
  if (lines.length !== 4 || lines[3] !== "") refuse("checkpoint-lines");
  checkName(lines[0]);
  const size = decimal(lines[1], "checkpoint, 2");
  return { origin: lines[0], size, root: sized(lines[2], 32, "checkpoint, 3") };
}

const isOf = (line, key) => line.name === key.name && same(line.id, key.id);

/** The checkpoint of a note that the log's own key signed. */
export async function openCheckpoint(bytes, key) {
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  const { name } = key;
  if (checkpoint.origin !== name) {
    refuse("checkpoint-of", { wanted: name, found: checkpoint.origin });
  }
  const own = note.signatures.filter((line) => isOf(line, key));
  if (own.length === 0) refuse("checkpoint-unsigned", { name });
  for (const line of own) {
    if (!(await verifies(key.raw, line.payload, utf8(note.text)))) {
      refuse("checkpoint-signature", { name });
    }
  }
  if (checkpoint.size === 0 && !same(checkpoint.root, await emptyRoot())) {
    refuse("empty-root", { name });
  }
  return { checkpoint, note };
}

/**
 * What a note holds of a cosigner's key: "good", "missing" or, for a kind that browsers do not
 * know, "unchecked". A Refusal if a line names the key and does not hold.
 */
export async function cosignedBy(note, key) {
  const { name } = key;
  const lines = note.signatures.filter((line) => isOf(line, key));
  const wanted = SIGNATURE_SIZES.get(key.kind);
  for (const { payload } of lines) {
    const found = payload.length;
    if (found !== wanted) refuse("length", { place: name, wanted, found });
    if (key.kind === MLDSA) continue;
    const time = BigInt(`0x${toHex(payload.subarray(0, 8))}`);
    const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
    if (!(await verifies(key.raw, payload.subarray(8), message))) refuse("cosignature", { name });
  }
  if (lines.length === 0) return "missing";
  return key.kind === MLDSA ? "unchecked" : "good";
}

/** A Refusal for a line out of order, one that stands twice, and one that nobody accounts for. */
export function accountFor(note, keys) {
  let reached = -1;
  for (const line of note.signatures) {
    const at = keys.findIndex((key) => isOf(line, key));
    if (at < 0) refuse("unaccounted", { name: line.name });
    if (at <= reached) refuse("out-of-order", { name: line.name });
    reached = at;
  }
  if (!isOf(note.signatures[0], keys[0])) refuse("own-first", { name: keys[0].name });
}
