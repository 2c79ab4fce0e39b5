// The served record as a whole: every book from its files, and each against what the others say
// they have seen of it (docs/formats/export.md).
//
// `read` gives the bytes at a path of the record, null if nothing lies there.

import { same, toHex } from "./bytes.js";
import { parseEntry, verifyEntry } from "./entries.js";
import { gathering } from "./findings.js";
import { sha256 } from "./keys.js";
import { firstLog, generation, segmentAt } from "./logs.js";
import { accountFor, openCheckpoint, parseCheckpoint, parseNote } from "./notes.js";
import { refuse } from "./refusal.js";
import { checkCosigners, checkFounding, isFounding, latestKey } from "./signers.js";
import { segmentsOf } from "./succession.js";
import { checkTexts, TEXTS_READ } from "./texts.js";
import { Book, WIDTH } from "./tiles.js";

export const LINES_READ = 16384;

/** Every book as the files that `read` gives show it. */
export async function checkRecord(read, { typed = "", shown = "", tell = () => {}, ...more } = {}) {
  const found = gathering(tell);
  try {
    const founding = await checkFounding(await read("founding.json"), typed, found);
    if (founding === undefined) return found.findings;
    if (shown !== "") await found.holds("shown", {}, () => isFounding(founding, shown));
    await found.holds("charter", {}, () => checkCharter(founding, read));
    const books = new Map();
    for (const member of founding.members) {
      try {
        const book = await checkBook(founding, member, read, found, more);
        if (book !== undefined) books.set(member.origin, { ...book, party: member.name });
      } catch (fault) {
        found.broke(fault); // the line broke; the next book
      }
    }
    await checkSeen(books, found);
  } catch (fault) {
    found.broke(fault);
  }
  return found.findings;
}

async function checkCharter(founding, read) {
  const path = "charter.toml";
  const charter = (await read(path)) ?? refuse("file-missing", { path });
  if (toHex(await sha256(charter)) !== founding.charter) refuse("another-charter");
}

/** One party's book: who signed it, its root from its own lines, each line, each public text. */
export async function checkBook(founding, member, read, found, options = {}) {
  const { progress = () => {}, linesRead = LINES_READ, textsRead = TEXTS_READ } = options;
  const party = member.name;
  const path = `proofs/${member.folder}.json`;
  if ((await read(path)) !== null) {
    found.add("bad", "two", { party }, { key: "two-signed", values: { path } });
  }
  const bytes = await read(`${member.folder}/checkpoint`);
  if (bytes === null) {
    found.add("missing", "empty", { party });
    return undefined;
  }
  const opened = await found.holds("author", { party }, () =>
    openBook(bytes, founding, member, read),
  );
  if (opened === undefined) return undefined;
  const { checkpoint, note, segments, later } = opened;
  await checkCosigners(founding, member, note, false, found);
  const size = Math.max(checkpoint.size, later?.size ?? 0);
  const first = Math.max(0, Math.floor((size - linesRead) / WIDTH) * WIDTH);
  const book = new Book(member.folder, size, first, read);
  const filled = await found.holds("root", { party, n: size }, async () => {
    await book.fill((n) => progress(party, n, size - first));
    await checkRoots(book, [checkpoint, ...(later === undefined ? [] : [later])], segments);
  });
  if (filled === undefined) return undefined;
  if (first > 0) found.add("unchecked", "earlier", { party, n: first });
  const lines = await found.holds("lines", { party, n: size - first }, () =>
    checkLines(book, segments, founding),
  );
  if (lines === undefined) return undefined;
  await checkTexts(lines, member, founding, read, found, textsRead);
  return { book, segments, lines };
}

/** The checkpoint that every party may cosign, and a later one under the log's own key alone. */
export async function openBook(bytes, founding, member, read) {
  const log = parseCheckpoint(parseNote(bytes).text).origin;
  const segments = await segmentsOf(founding, member, log, read);
  const key = await latestKey(segments);
  const others = founding.members.filter((one) => one !== member);
  const whole = await openCheckpoint(bytes, key);
  accountFor(whole.note, [key, ...others.flatMap((one) => one.cosigners)]);
  const more = await read(`${member.folder}/checkpoint.signed`);
  const later = more === null ? null : await openCheckpoint(more, key);
  if (later !== null) accountFor(later.note, [key]);
  return { ...whole, segments, later: later?.checkpoint };
}

/** Return if a book leads to its checkpoints, and to where its log has gone on under a name. */
export async function checkRoots(book, checkpoints, segments) {
  const place = book.folder;
  for (const { size: n, root } of checkpoints) {
    if (!same(await book.root(n), root)) refuse("another-root", { place, n });
  }
  for (const { log, start, root } of segments.slice(1)) {
    if (start > book.size) refuse("short-of-name", { place, book: log });
    if (!same(await book.root(start), root)) refuse("another-root", { place, n: start });
  }
}

async function checkLines(book, segments, founding) {
  const [lines, grown] = [[], new Map()];
  for (const [at, bytes] of book.entries.entries()) {
    const position = book.first + at;
    const entry = parseEntry(bytes);
    await verifyEntry(entry, position, segmentAt(segments, position), founding);
    const line = { book: entry.log, n: position + 1 };
    if (at > 0 && entry.t < lines[at - 1].t) refuse("line-earlier", line);
    for (const [origin, { size }] of entry.seen) {
      if (size <= (grown.get(origin) ?? 0)) refuse("line-shrinks", line);
      grown.set(origin, size);
    }
    lines.push(entry);
  }
  return lines;
}

/** What each book has seen of another, by its last word on it, is what that one holds. */
async function checkSeen(books, found) {
  for (const { party, lines } of books.values()) {
    const last = new Map(lines.flatMap((entry) => [...entry.seen]));
    for (const [origin, { size, root }] of last) {
      const other = books.get(firstLog(origin));
      if (other === undefined) continue;
      const later = other.segments.filter(({ log }) => generation(log) > generation(origin));
      const blanks = { party, other: other.party, n: size };
      if (size > other.book.size || later.some(({ start }) => size > start)) {
        found.add("unchecked", "seen", blanks); // newer than these files, or left out by a new name
        continue;
      }
      await found.holds("seen", blanks, async () => {
        const held = await other.book.root(size);
        if (!same(held, root)) refuse("another-root", { place: origin, n: size });
      });
    }
  }
}
