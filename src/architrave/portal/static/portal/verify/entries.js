// Entries: the signed lines of a log, their form and their place (docs/formats/entry.md).

import { joined, same, sized, utf8 } from "./bytes.js";
import { cutSignature, fieldsOf, parseCanonical } from "./json.js";
import { verifies } from "./keys.js";
import { firstLog, logList } from "./logs.js";
import { refuse } from "./refusal.js";

const MAX_ENTRY = 65535;

function parseSeen(fields) {
  const seen = new Map();
  if (!fields.has("seen")) return seen;
  const inner = fields.inner("seen");
  for (const origin of inner.names()) {
    const place = `entry.seen.${origin}`;
    const pair = inner.list(origin);
    if (pair.length !== 2 || !(Number.isSafeInteger(pair[0]) && pair[0] >= 1)) {
      refuse("seen-form", { place });
    }
    seen.set(origin, { size: pair[0], root: sized(pair[1], 32, place) });
  }
  if (seen.size === 0) refuse("seen-empty");
  return seen;
}

/** An entry's form: its header's fields, the header's bytes and the signature. */
export function parseEntry(bytes) {
  if (bytes.length > MAX_ENTRY) refuse("long", { place: "entry", most: MAX_ENTRY });
  const { body, signature } = cutSignature(bytes, "entry");
  const fields = fieldsOf(parseCanonical(body, "entry"), "entry");
  fields.exactly("v", 1);
  const entry = {
    log: fields.text("log"),
    n: fields.integer("n"),
    t: fields.integer("t"),
    key: fields.bytes("key", 32),
    seen: parseSeen(fields),
    seal: fields.has("seal") ? fields.bytes("seal", 32) : null,
    to: fields.has("to") ? fields.value("to") : null,
    founding: fields.has("founding") ? fields.text("founding") : null,
    body,
    signature,
  };
  fields.end();
  checkFields(entry);
  return entry;
}

function checkFields(entry) {
  if (entry.to !== null && entry.to !== "public") logList(entry.to, "entry.to");
  if (entry.to !== null && entry.seal === null) refuse("to-unsealed");
  if (Array.isArray(entry.to) && !entry.to.includes(firstLog(entry.log))) {
    refuse("to-author", { book: firstLog(entry.log) });
  }
  if ((entry.founding !== null) !== (entry.n === 0)) refuse("founding-place");
  if ([...entry.seen.keys()].some((one) => firstLog(one) === firstLog(entry.log))) {
    refuse("seen-self", { book: entry.log });
  }
}

/** Return if the entry stands at its place under this founding and this segment of its log. */
export async function verifyEntry(entry, position, segment, founding) {
  const line = { book: segment.log, n: position + 1 };
  const origins = founding.members.map((member) => member.origin);
  if (entry.log !== segment.log || entry.n !== position) refuse("line-elsewhere", line);
  if (!same(entry.key, segment.key)) refuse("line-key", line);
  if (position === 0 && entry.founding !== founding.id) refuse("line-founding", line);
  if (Array.isArray(entry.to) && !entry.to.every((one) => origins.includes(one))) {
    refuse("line-reader", line);
  }
  if (![...entry.seen.keys()].every((one) => origins.includes(firstLog(one)))) {
    refuse("line-stranger", line);
  }
  if (!(await verifies(entry.key, entry.signature, joined(utf8("entry/v1\n"), entry.body)))) {
    refuse("line-signature", line);
  }
}
