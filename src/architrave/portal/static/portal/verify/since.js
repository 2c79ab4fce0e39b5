// Kept checkpoints against the books of this copy: each book must still begin with the lines that
// its checkpoint covered (docs/formats/proof-package.md, docs/formats/tiles.md).

import { same, utf8 } from "./bytes.js";
import { openBook, checkRoots } from "./books.js";
import { gathering } from "./findings.js";
import { firstLog, generation } from "./logs.js";
import { NOTE, noteKey, openCheckpoint, parseCheckpoint, parseNote } from "./notes.js";
import { Refusal, refuse } from "./refusal.js";
import { checkCosigners, checkFounding, isFounding } from "./signers.js";
import { Book, WIDTH } from "./tiles.js";

const SIGNED = "\u2014 ";

/**
 * The notes in texts that went through a form or an editor, one after another. A note ends with its
 * lines of signatures: whatever follows them begins the next one.
 */
export function splitNotes(letters) {
  const notes = [];
  let signed = true;
  for (const line of letters.replaceAll("\r\n", "\n").replace(/^\ufeff/, "").split("\n")) {
    if (signed && line !== "" && !line.startsWith(SIGNED)) {
      notes.push([]);
      signed = false;
    }
    notes.at(-1)?.push(line);
    signed ||= line.startsWith(SIGNED);
  }
  return notes.map((lines) => utf8(`${lines.join("\n").trim()}\n`));
}

/** Each kept checkpoint, and that the book of this copy continues it. */
export async function checkSince(letters, read, { typed = "", shown = "", tell = () => {} } = {}) {
  const found = gathering(tell);
  try {
    const founding = await checkFounding(await read("founding.json"), typed, found);
    if (founding === undefined) return found.findings;
    if (shown !== "") await found.holds("shown", {}, () => isFounding(founding, shown));
    const books = new Map();
    const notes = splitNotes(letters);
    if (notes.length === 0) refuse("no-note");
    for (const bytes of notes) await checkKept(bytes, founding, books, read, found);
  } catch (fault) {
    if (fault instanceof Refusal) found.add("bad", "pasted", {}, fault.why);
    else found.broke(fault);
  }
  return found.findings;
}

async function checkKept(bytes, founding, books, read, found) {
  const { origin, size: n } = parseCheckpoint(parseNote(bytes).text);
  const member = founding.members.find((one) => one.origin === firstLog(origin));
  if (member === undefined) refuse("proof-of-stranger", { book: origin });
  const party = member.name;
  if (!books.has(party)) books.set(party, await bookNow(founding, member, read, found));
  const now = books.get(party);
  if (now === undefined) return;
  const kept = await found.holds("kept", { party, n }, async () => {
    const segment = now.segments.find(({ log }) => log === origin);
    if (segment === undefined) refuse("proof-of-stranger", { book: origin });
    return openCheckpoint(bytes, await noteKey(origin, NOTE, segment.key));
  });
  if (kept === undefined) return;
  await checkCosigners(founding, member, kept.note, false, found);
  const blanks = { party, n, size: now.book.size };
  const later = now.segments.filter(({ log }) => generation(log) > generation(origin));
  if (n > now.book.size || later.some(({ start }) => n > start)) {
    found.add("unchecked", "since", blanks); // newer than these files, or left out by a new name
    return;
  }
  await found.holds("since", blanks, async () => {
    if (!same(await now.book.root(n), kept.checkpoint.root)) refuse("rewritten", { n });
  });
}

// The book of this copy: its checkpoint, and a tree from its tiles that leads there.
async function bookNow(founding, member, read, found) {
  const party = member.name;
  const opened = await found.holds("author", { party }, async () => {
    const path = `${member.folder}/checkpoint`;
    const bytes = (await read(path)) ?? refuse("file-missing", { path });
    return openBook(bytes, founding, member, read);
  });
  if (opened === undefined) return undefined;
  const { checkpoint, note, segments, later } = opened;
  await checkCosigners(founding, member, note, false, found);
  const size = Math.max(checkpoint.size, later?.size ?? 0);
  const book = new Book(member.folder, size, Math.floor(size / WIDTH) * WIDTH, read);
  return found.holds("tiles", { party, n: size }, async () => {
    await book.fill(() => {});
    await checkRoots(book, [checkpoint, ...(later === undefined ? [] : [later])], segments);
    return { book, segments };
  });
}
