// Acts and seals: what an entry seals, and the officer's signature on it (docs/formats/act.md,
// docs/formats/seal.md).

import { joined, same, utf8 } from "./bytes.js";
import { cutSignature, fieldsOf, parseCanonical } from "./json.js";
import { sha256, verifies } from "./keys.js";
import { logList } from "./logs.js";
import { refuse } from "./refusal.js";

const MAX_ACT = 2 ** 20;
const SALT = 32;

/** An act: what every act says, the name of the act that it releases, its JSON and signature. */
export function parseAct(bytes) {
  if (bytes.length > MAX_ACT) refuse("long", { place: "act", most: MAX_ACT });
  const { body, signature } = cutSignature(bytes, "act");
  const fields = fieldsOf(parseCanonical(body, "act"), "act");
  const [kind, party] = [fields.text("kind"), fields.text("party")];
  const key = fields.bytes("key", 32);
  const seat = fields.has("seat") ? fields.text("seat") : "";
  fields.integer("at");
  const to = logList(fields.value("to"), "act.to");
  const named = kind === "released" && fields.has("act") ? fields.value("act") : "";
  return { kind, party, key, seat, to, named, body, signature };
}

/** Salt and act, as they lie in one file. */
export function splitSealed(bytes) {
  if (bytes.length < SALT) refuse("no-salt");
  return { salt: bytes.subarray(0, SALT), act: bytes.subarray(SALT) };
}

export const sealOf = (salt, act) => sha256(joined(utf8("act-payload/v1\0"), salt, act));

/** Return if salt and act are what was sealed. */
export async function openSeal(seal, salt, act) {
  const found = salt.length;
  if (found !== SALT) refuse("length", { place: "salt", wanted: SALT, found });
  if (!same(await sealOf(salt, act), seal)) refuse("another-seal");
}

/** Return if the key that the act names signed it for this institution. */
export async function verifyAct(act, institution) {
  const message = joined(utf8(`act/v1\n${institution}\n`), act.body);
  if (!(await verifies(act.key, act.signature, message))) refuse("act-signature");
}

/** Return if an act names the readers that its line names. */
export function verifyReaders(act, entry) {
  const to = entry.to === "public" ? ["public"] : entry.to;
  if (to !== null && (to.length !== act.to.length || to.some((one, at) => one !== act.to[at]))) {
    refuse("act-readers");
  }
}

/** The act of a file that holds salt and act, if it is the one that the entry seals. */
export async function openText(bytes, entry, founding) {
  const { salt, act } = splitSealed(bytes);
  await openSeal(entry.seal, salt, act);
  const parsed = parseAct(act);
  await verifyAct(parsed, founding.id);
  verifyReaders(parsed, entry);
  return parsed;
}
