// Checks the record in the reader's own browser: signatures, inclusion and seals, from the bytes.
//
// Two layers. The first knows no page and fetches nothing: readers that take one form only and
// throw a `Refusal` with one sentence for anything else, and checks that are given their bytes.
// The second, `attach` at the end, brings them to the page. The formats are in docs/formats.
// There is no dependency, and nothing is asked of anybody but the copy that served the page.

/** What is thrown for bytes that are not in their form, or that do not hold. */
export class Refusal extends Error {}

function refuse(sentence) {
  throw new Refusal(sentence);
}

// -- bytes -----------------------------------------------------------------------------------

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text) => encoder.encode(text);

export function text(bytes, place) {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(`${place}: the bytes are not UTF-8.`);
  }
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (one, other) =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export const toHex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function fromHex(digits) {
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) refuse("hexadecimal: expected pairs of digits.");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function toBase64(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(letters);
}

/** The bytes of base64 in its one spelling: standard letters, padded, unused bits zero. */
export function fromBase64(letters, place = "base64") {
  if (typeof letters !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(letters)) {
    refuse(`${place}: expected standard base64 with padding.`);
  }
  let bytes;
  try {
    bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  } catch {
    refuse(`${place}: expected standard base64 with padding.`);
  }
  if (toBase64(bytes) !== letters) refuse(`${place}: not the usual spelling of its base64.`);
  return bytes;
}

function sized(letters, size, place) {
  const bytes = fromBase64(letters, place);
  if (bytes.length !== size) refuse(`${place}: expected ${size} bytes, found ${bytes.length}.`);
  return bytes;
}

// The order of names is that of their bytes in UTF-8.
function before(one, other) {
  const [left, right] = [utf8(one), utf8(other)];
  const at = left.findIndex((byte, place) => byte !== right[place]);
  return at < 0 ? left.length < right.length : at >= right.length ? false : left[at] < right[at];
}

// -- hashes and signatures ---------------------------------------------------------------------

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

const ALGORITHM = "Ed25519";
const imported = new Map();

// Keys and first halves of signatures that fit every message, the sign bit cleared; then the order
// of the group. Not every browser refuses them, and whoever else reads the record does.
const SMALL = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PRIME = 2n ** 255n - 19n;

const little = (bytes) => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);

function unsigned(point) {
  const plain = Uint8Array.from(point);
  plain[31] &= 0x7f;
  return plain;
}

/** Say whether the Ed25519 key signed the message, as strictly as the record itself asks. */
export async function verifies(key, signature, message) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const [point, first] = [unsigned(key), unsigned(signature.subarray(0, 32))];
  if (SMALL.has(toHex(point)) || SMALL.has(toHex(first)) || little(point) >= PRIME) return false;
  if (little(signature.subarray(32)) >= ORDER) return false;
  const name = toHex(key);
  try {
    if (!imported.has(name)) {
      const made = await crypto.subtle.importKey("raw", key, ALGORITHM, false, ["verify"]);
      imported.set(name, made);
    }
    return await crypto.subtle.verify(ALGORITHM, imported.get(name), signature, message);
  } catch (fault) {
    if (fault.name === "NotSupportedError") throw fault;
    return false; // the bytes are no point of the curve
  }
}

/** Say whether this browser can check Ed25519 here: one good signature, and one that is not. */
export async function able() {
  const key = fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const signature = fromHex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
      "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  );
  try {
    const good = await verifies(key, signature, new Uint8Array());
    return good && !(await verifies(key, signature, new Uint8Array(1)));
  } catch {
    return false; // an old browser, or a page that came over a line anyone may alter
  }
}

// -- canonical JSON ----------------------------------------------------------------------------

const DEPTH = 4;

function written(value, depth) {
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) refuse("JSON: a text holds half of a surrogate pair.");
    return JSON.stringify(value);
  }
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) refuse("JSON: a number is no integer below 2**53.");
    return String(value);
  }
  if (value === null || typeof value !== "object") refuse("JSON: null may not stand there.");
  if (depth > DEPTH) refuse(`JSON: more than ${DEPTH} containers lie inside one another.`);
  if (Array.isArray(value)) return `[${value.map((one) => written(one, depth + 1)).join(",")}]`;
  const names = Object.keys(value).sort();
  if (!names.every((name) => /^[\0-\x7f]*$/.test(name))) refuse("JSON: a name is not ASCII.");
  const members = names.map((name) => `${JSON.stringify(name)}:${written(value[name], depth + 1)}`);
  return `{${members.join(",")}}`;
}

/** The canonical bytes of a value. */
export const canonical = (value) => utf8(written(value, 1));

/** The value of canonical bytes; a Refusal for any other spelling. */
export function parseCanonical(bytes) {
  const letters = text(bytes, "JSON");
  let value;
  try {
    value = JSON.parse(letters);
  } catch {
    refuse("JSON: the bytes are none.");
  }
  if (written(value, 1) !== letters) refuse("JSON: the bytes are not in canonical form.");
  return value;
}

// An object read field by field: each once, and `end` refuses what is left.
function fieldsOf(value, place) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    refuse(`${place}: expected an object.`);
  }
  const left = new Set(Object.keys(value));
  const take = (name, fits, what) => {
    if (!left.delete(name)) refuse(`${place}: the field '${name}' is missing.`);
    return fits(value[name]) ? value[name] : refuse(`${place}: ${name}: expected ${what}.`);
  };
  const anything = () => true;
  return {
    has: (name) => left.has(name),
    names: () => [...left],
    value: (name) => take(name, anything, ""),
    text: (name) => take(name, (one) => typeof one === "string", "text"),
    integer: (name) => take(name, (one) => Number.isSafeInteger(one) && one >= 0, "0 or more"),
    boolean: (name) => take(name, (one) => typeof one === "boolean", "true or false"),
    list: (name) => take(name, Array.isArray, "a list"),
    exactly: (name, wanted) => take(name, (one) => one === wanted, String(wanted)),
    inner: (name) => fieldsOf(take(name, anything, ""), `${place}: ${name}`),
    bytes: (name, size) => sized(take(name, anything, ""), size, `${place}: ${name}`),
    end: () => left.size === 0 || refuse(`${place}: the field '${[...left][0]}' is not known.`),
  };
}

// -- signed notes and checkpoints --------------------------------------------------------------

export const NOTE = 1;
export const COSIGNATURE = 4;
export const MLDSA = 6;
const KEY_SIZES = new Map([[NOTE, 32], [COSIGNATURE, 32], [MLDSA, 1312]]); // prettier-ignore
const SIGNATURE_SIZES = new Map([[COSIGNATURE, 8 + 64], [MLDSA, 8 + 2420]]); // prettier-ignore
const MAX_NOTE = 2 ** 20;

function checkName(name) {
  if (name === "" || /[\p{White_Space}\p{Surrogate}\0-\x1f+]/u.test(name)) {
    refuse("key name: it is empty, or holds a space, a control character or a plus sign.");
  }
}

/** A key as notes name it, with the 4 bytes by which a signature names it. */
export async function noteKey(name, kind, raw) {
  checkName(name);
  if (KEY_SIZES.get(kind) !== raw.length) refuse(`key of ${name}: a wrong type or length.`);
  const id = await sha256(joined(utf8(`${name}\n`), Uint8Array.of(kind), raw));
  return { name, kind, raw, id: id.subarray(0, 4) };
}

export async function parseVkey(vkey) {
  const [, name, id, letters] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey) ?? refuse("vkey: no form.");
  const raw = fromBase64(letters, "vkey");
  const key = await noteKey(name, raw[0], raw.subarray(1));
  if (toHex(key.id) !== id) refuse(`vkey of ${name}: another key ID belongs to this key.`);
  return key;
}

function parseSignature(line) {
  const [, name, letters] = /^\u2014 ([^ \n]+) ([^ \n]+)$/u.exec(line) ?? [];
  if (name === undefined) refuse("signature line: expected a dash, a name and base64.");
  checkName(name);
  const raw = fromBase64(letters, `signature of ${name}`);
  if (raw.length < 5) refuse(`signature of ${name}: expected a key ID and a payload.`);
  return { name, id: raw.subarray(0, 4), payload: raw.subarray(4) };
}

/** A note: its text, last LF included, and its signature lines. Nothing is verified. */
export function parseNote(bytes) {
  if (bytes.length > MAX_NOTE) refuse(`note: at most ${MAX_NOTE} bytes.`);
  const letters = text(bytes, "note");
  if (/[\0-\x09\x0b-\x1f]/.test(letters)) refuse("note: a control character other than LF.");
  const end = letters.lastIndexOf("\n\n");
  if (end < 0) refuse("note: expected an empty line between the text and the signatures.");
  const lines = letters.slice(end + 2);
  if (!lines.endsWith("\n")) refuse("signature lines: expected LF at the end.");
  const split = lines.slice(0, -1).split("\n");
  if (split.length > 64) refuse("signature lines: at most 64.");
  return { text: letters.slice(0, end + 1), signatures: split.map(parseSignature) };
}

function decimal(letters, place) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(letters) || BigInt(letters) >= 2n ** 63n) {
    refuse(`${place}: expected a number below 2**63 without leading zeros.`);
  }
  const value = Number(letters);
  return Number.isSafeInteger(value) ? value : refuse(`${place}: too large to be counted here.`);
}

/** The three lines of a checkpoint: origin, size, root. */
export function parseCheckpoint(letters) {
  const lines = letters.split("\n");
  if (lines.length !== 4 || lines[3] !== "") refuse("checkpoint: expected three lines.");
  checkName(lines[0]);
  const size = decimal(lines[1], "checkpoint size");
  return { origin: lines[0], size, root: sized(lines[2], 32, "checkpoint root") };
}

const names = (line, key) => line.name === key.name && same(line.id, key.id);

/** The checkpoint of a note that the log's own key signed. */
export async function openCheckpoint(bytes, key) {
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) refuse(`checkpoint: expected one of ${key.name}.`);
  const own = note.signatures.filter((line) => names(line, key));
  if (own.length === 0) refuse(`checkpoint: ${key.name} has not signed it.`);
  for (const line of own) {
    if (!(await verifies(key.raw, line.payload, utf8(note.text)))) {
      refuse(`checkpoint: the signature of ${key.name} is not over this text.`);
    }
  }
  if (checkpoint.size === 0 && !same(checkpoint.root, await sha256(new Uint8Array()))) {
    refuse("checkpoint: a log without entries has the root of the empty tree.");
  }
  return { checkpoint, note };
}

/**
 * What a note holds of a cosigner's key: "good", "missing" or, for a kind that browsers do not
 * know, "unchecked". A Refusal if a line names the key and does not hold.
 */
export async function cosignedBy(note, key) {
  const lines = note.signatures.filter((line) => names(line, key));
  for (const { payload } of lines) {
    if (payload.length !== SIGNATURE_SIZES.get(key.kind)) {
      refuse(`cosignature of ${key.name}: it has a wrong length.`);
    }
    if (key.kind === MLDSA) continue;
    const time = BigInt(`0x${toHex(payload.subarray(0, 8))}`);
    const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
    if (!(await verifies(key.raw, payload.subarray(8), message))) {
      refuse(`cosignature of ${key.name}: it is not over this checkpoint and time.`);
    }
  }
  if (lines.length === 0) return "missing";
  return key.kind === MLDSA ? "unchecked" : "good";
}

/** A Refusal for a line out of order, one that stands twice, and one that nobody accounts for. */
export function accountFor(note, keys) {
  let reached = -1;
  for (const line of note.signatures) {
    const at = keys.findIndex((key) => names(line, key));
    if (at < 0) refuse(`checkpoint: nobody accounts for a line of ${line.name}.`);
    if (at <= reached) refuse(`checkpoint: a line of ${line.name} is out of its order.`);
    reached = at;
  }
  if (!names(note.signatures[0], keys[0])) refuse("checkpoint: the log's own line is not first.");
}

// -- trees and tiles ---------------------------------------------------------------------------

export const leafHash = (entry) => sha256(joined(Uint8Array.of(0), entry));
export const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

/** Return if the leaf is at `index` in the tree of `size` and `root` (RFC 9162, 2.1.3.2). */
export async function verifyInclusion(leaf, index, size, proof, root) {
  if (!(index >= 0 && index < size)) refuse(`inclusion: there is no leaf ${index} of ${size}.`);
  if (proof.length > 63) refuse("inclusion: at most 63 hashes.");
  let [position, last, reached] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) refuse("inclusion: the proof is too long.");
    if (position % 2 === 1 || position === last) {
      reached = await nodeHash(sibling, reached);
      while (position !== 0 && position % 2 === 0) {
        [position, last] = [position / 2, Math.floor(last / 2)];
      }
    } else {
      reached = await nodeHash(reached, sibling);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  if (last !== 0) refuse("inclusion: the proof is too short.");
  if (!same(reached, root)) refuse("inclusion: the proof leads to another root.");
}

const WIDTH = 256;

function pathOf(kind, index, width) {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${kind}/${groups.join("/")}${width === WIDTH ? "" : `.p/${width}`}`;
}

export const tilePath = (level, index, width) => pathOf(String(level), index, width);
export const entriesPath = (index, width) => pathOf("entries", index, width);

/** The entries of a bundle that holds exactly `count`. */
export function decodeBundle(bytes, count) {
  const entries = [];
  let at = 0;
  for (let place = 0; place < count; place++) {
    const end = at + 2 + bytes[at] * 256 + bytes[at + 1];
    if (!(end <= bytes.length)) refuse(`bundle: entry ${place} of ${count} is cut off.`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (at !== bytes.length) refuse(`bundle of ${count} entries: bytes are left over.`);
  return entries;
}

/**
 * A log of `size` entries as files below `folder`. Roots are computed from the entries that `fill`
 * has read, from `first` on, and before that from the tiles on the way.
 */
export class Book {
  #read;
  #tiles = new Map();
  #leaves = [];

  constructor(folder, size, first, read) {
    Object.assign(this, { folder, size, first, entries: [] });
    this.#read = read;
  }

  async fill(tell) {
    for (let index = this.first / WIDTH; index * WIDTH < this.size; index++) {
      const width = Math.min(WIDTH, this.size - index * WIDTH);
      const path = `${this.folder}/${entriesPath(index, width)}`;
      let bytes = await this.#read(path);
      let count = width;
      if (bytes === null && width < WIDTH) {
        bytes = await this.#read(`${this.folder}/${entriesPath(index, WIDTH)}`);
        count = WIDTH;
      }
      if (bytes === null) refuse(`${path}: the file is missing.`);
      for (const entry of decodeBundle(bytes, count).slice(0, width)) {
        this.entries.push(entry);
        this.#leaves.push(await leafHash(entry));
      }
      tell(this.entries.length);
    }
  }

  /** The root over the first `size` entries. */
  async root(size) {
    return size === 0 ? sha256(new Uint8Array()) : this.#range(0, size);
  }

  async #range(start, end) {
    let half = 1;
    while (half * 2 < end - start) half *= 2;
    if (half * 2 === end - start || end - start === 1) return this.#complete(start, end - start);
    return nodeHash(await this.#complete(start, half), await this.#range(start + half, end));
  }

  async #complete(start, count) {
    if (start + count <= this.first) return this.#fromTiles(start, count);
    if (count === 1) return this.#leaves[start - this.first];
    const half = count / 2;
    return nodeHash(await this.#complete(start, half), await this.#complete(start + half, half));
  }

  async #fromTiles(start, count) {
    let [level, span] = [0, 1];
    while (span * WIDTH <= count) [level, span] = [level + 1, span * WIDTH];
    const tile = await this.#tile(level, Math.floor(start / span / WIDTH), span);
    const at = (start / span) % WIDTH;
    let hashes = Array.from({ length: count / span }, (_, place) =>
      tile.subarray((at + place) * 32, (at + place + 1) * 32),
    );
    while (hashes.length > 1) {
      const pairs = hashes.filter((_, place) => place % 2 === 0);
      hashes = await Promise.all(pairs.map((left, at) => nodeHash(left, hashes[2 * at + 1])));
    }
    return hashes[0];
  }

  async #tile(level, index, span) {
    const width = Math.min(WIDTH, Math.floor(this.size / span) - index * WIDTH);
    const path = `${this.folder}/${tilePath(level, index, width)}`;
    if (!this.#tiles.has(path)) {
      const full = `${this.folder}/${tilePath(level, index, WIDTH)}`;
      const bytes = (await this.#read(path)) ?? (await this.#read(full));
      if (bytes === null) refuse(`${path}: the file is missing.`);
      if (bytes.length !== width * 32 && bytes.length !== WIDTH * 32) {
        refuse(`${path}: expected ${width * 32} bytes, found ${bytes.length}.`);
      }
      this.#tiles.set(path, bytes);
    }
    return this.#tiles.get(path);
  }
}

// -- entries -----------------------------------------------------------------------------------

const MAX_ENTRY = 65535;

export const firstLog = (origin) => origin.replace(/\/log\/[1-9][0-9]{0,5}$/, "/log/1");

function generation(origin) {
  const found = /\/log\/([1-9][0-9]{0,5})$/.exec(origin);
  return found === null ? refuse(`${origin}: expected a log's name.`) : Number(found[1]);
}

function cutSignature(bytes, what) {
  const cut = bytes.length - 65;
  if (cut < 2 || bytes[cut] !== 10) refuse(`${what}: expected JSON, LF and 64 bytes.`);
  return { body: bytes.subarray(0, cut), signature: bytes.subarray(cut + 1) };
}

function readers(value, place) {
  const listed = Array.isArray(value) && value.length > 0;
  const sorted = (one, at) => typeof one === "string" && (at === 0 || before(value[at - 1], one));
  if (!listed || !value.every(sorted)) refuse(`${place}: expected a sorted list of logs.`);
  return value;
}

function parseSeen(fields) {
  const seen = new Map();
  if (!fields.has("seen")) return seen;
  const inner = fields.inner("seen");
  for (const origin of inner.names()) {
    const pair = inner.list(origin);
    if (pair.length !== 2 || !(Number.isSafeInteger(pair[0]) && pair[0] >= 1)) {
      refuse(`entry header: seen: ${origin}: expected [size, root].`);
    }
    seen.set(origin, { size: pair[0], root: sized(pair[1], 32, "entry header: seen") });
  }
  if (seen.size === 0) refuse("entry header: seen: empty.");
  return seen;
}

/** An entry's form: its header's fields, the header's bytes and the signature. */
export function parseEntry(bytes) {
  if (bytes.length > MAX_ENTRY) refuse(`entry: longer than ${MAX_ENTRY} bytes.`);
  const { body, signature } = cutSignature(bytes, "entry");
  const fields = fieldsOf(parseCanonical(body), "entry header");
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
  if (entry.to !== null && entry.to !== "public") readers(entry.to, "entry header: to");
  if (entry.to !== null && entry.seal === null) refuse("entry header: to: without a seal.");
  if (Array.isArray(entry.to) && !entry.to.includes(firstLog(entry.log))) {
    refuse("entry header: to: the author's own log is missing.");
  }
  if ((entry.founding !== null) !== (entry.n === 0)) {
    refuse("entry header: founding: belongs to the first entry, and only there.");
  }
  if ([...entry.seen.keys()].some((one) => firstLog(one) === firstLog(entry.log))) {
    refuse("entry header: seen: a log does not name itself.");
  }
  return entry;
}

/** Return if the entry stands at its place under this founding and this segment of its log. */
export async function verifyEntry(entry, position, segment, founding) {
  const place = `entry ${position} of ${segment.log}`;
  const origins = founding.members.map((member) => member.origin);
  if (entry.log !== segment.log || entry.n !== position) refuse(`${place}: it stands elsewhere.`);
  if (!same(entry.key, segment.key)) refuse(`${place}: the key is not this log's.`);
  if (position === 0 && entry.founding !== founding.id) refuse(`${place}: another founding.`);
  if (Array.isArray(entry.to) && !entry.to.every((one) => origins.includes(one))) {
    refuse(`${place}: a stranger may read it.`);
  }
  if (![...entry.seen.keys()].every((one) => origins.includes(firstLog(one)))) {
    refuse(`${place}: it has seen the log of a stranger.`);
  }
  if (!(await verifies(entry.key, entry.signature, joined(utf8("entry/v1\n"), entry.body)))) {
    refuse(`${place}: the signature does not match the header.`);
  }
}

// -- founding and successions ------------------------------------------------------------------

const PARTY_KEYS = ["party_key", "node_key", "cosigner_key"];

async function parseMember(value, domain) {
  const fields = fieldsOf(value, "founding file: member");
  const [name, origin] = [fields.text("name"), fields.text("origin")];
  const [party, node, cosigner] = PARTY_KEYS.map((one) => fields.bytes(one, 32));
  const mldsa = fields.has("mldsa_key") ? fields.bytes("mldsa_key", 1312) : null;
  fields.text("url");
  fields.end();
  const folder = name.toLowerCase();
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(folder) || /^(?:acts|proofs|tombstones)$/.test(folder)) {
    refuse(`founding file: '${name}' cannot name a folder.`);
  }
  if (origin !== `${folder}.${domain}/log/1`) refuse(`founding file: the log of ${name}.`);
  const called = `${origin.split("/", 1)[0]}/cosigner`;
  const cosigners = [await noteKey(called, COSIGNATURE, cosigner)];
  if (mldsa !== null) cosigners.push(await noteKey(called, MLDSA, mldsa));
  const keys = [party, node, cosigner, ...(mldsa === null ? [] : [mldsa])];
  return { name, folder, origin, party, node, cosigners, keys };
}

/** A founding file with every party's signature checked. `id` names the institution. */
export async function parseFounding(bytes) {
  const outer = fieldsOf(parseCanonical(bytes), "founding file");
  outer.exactly("v", 1);
  const [value, signatures] = [outer.value("founding"), outer.inner("signatures")];
  outer.end();
  const inner = fieldsOf(value, "founding file: founding");
  const [domain, charter] = [inner.text("domain"), inner.text("charter")];
  const demonstration = inner.boolean("demonstration");
  const listed = inner.list("members");
  inner.end();
  if (!/^[0-9a-f]{64}$/.test(charter)) refuse("founding file: charter: expected a digest.");
  if (demonstration !== (domain === "demo.invalid")) refuse("founding file: a wrong domain.");
  const members = [];
  for (const one of listed) members.push(await parseMember(one, domain));
  const once = members.flatMap((one) => [one.name, one.folder, ...one.keys.map(toHex)]);
  const doubled = members.filter((one) => one.name === one.folder).length;
  if (members.length < 2 || new Set(once).size !== once.length - doubled) {
    refuse("founding file: members: too few, or a name or a key stands there twice.");
  }
  const long = members.some((one) => utf8(one.origin).length > 240);
  if (long && members.some((one) => one.cosigners.length > 1)) {
    refuse("founding file: a name is too long to be cosigned with ML-DSA-44.");
  }
  const body = canonical(value);
  for (const member of members) {
    const signature = signatures.bytes(member.name, 64);
    if (!(await verifies(member.party, signature, joined(utf8("founding/v1\n"), body)))) {
      refuse(`founding file: the signature of ${member.name} does not match its party key.`);
    }
  }
  signatures.end();
  return { id: toHex(await sha256(body)), domain, charter, demonstration, members };
}

const CAUSES = ["rotation", "stolen-key", "two-histories", "lost-lines", "fault"];

/** A title, signed by every party: from which position on a log has another name and key. */
export async function parseTitle(bytes, founding) {
  if (bytes.length > 65536) refuse("succession: longer than 65536 bytes.");
  const outer = fieldsOf(parseCanonical(bytes), "succession");
  outer.exactly("v", 1);
  const [value, signatures] = [outer.value("succession"), outer.inner("signatures")];
  outer.end();
  const inner = fieldsOf(value, "succession");
  inner.exactly("institution", founding.id);
  const log = inner.text("log");
  const [from, start, root, more] = inner.list("continues");
  const key = inner.bytes("node_key", 32);
  if (!CAUSES.includes(inner.text("cause"))) refuse("succession: the cause is none.");
  inner.end();
  sized(root, 32, "succession: continues");
  const fits = typeof from === "string" && Number.isSafeInteger(start) && start > 0;
  if (!fits || more !== undefined) refuse("succession: continues: expected a log, size and root.");
  const owned = founding.members.some((one) => one.origin === firstLog(log));
  if (!owned || firstLog(from) !== firstLog(log) || generation(log) <= generation(from)) {
    refuse(`succession: ${log} cannot continue ${from}.`);
  }
  if (founding.members.some((one) => one.keys.some((other) => same(other, key)))) {
    refuse("succession: a key of the founding cannot serve as the new node key.");
  }
  const message = joined(utf8("succession/v1\n"), canonical(value));
  for (const member of founding.members) {
    if (!(await verifies(member.party, signatures.bytes(member.name, 64), message))) {
      refuse(`succession: the signature of ${member.name} does not match its party key.`);
    }
  }
  signatures.end();
  return { log, from, start, root: fromBase64(root), key };
}

/** The names and keys of a party's log, from position 0 on, back from the name `log`. */
export async function segmentsOf(founding, member, log, read) {
  const later = [];
  let name = log;
  while (firstLog(log) === member.origin && generation(name) > 1) {
    const path = `${member.folder}/succession.${generation(name)}`;
    const bytes = (await read(path)) ?? refuse(`${path}: the file is missing.`);
    const title = await parseTitle(bytes, founding);
    if (title.log !== name) refuse(`${path}: it is the title of another log.`);
    later.unshift({ start: title.start, log: name, key: title.key, root: title.root });
    name = title.from;
  }
  return [{ start: 0, log: member.origin, key: member.node, root: null }, ...later];
}

const segmentAt = (segments, position) => segments.findLast((one) => one.start <= position);

// -- acts and seals ----------------------------------------------------------------------------

const MAX_ACT = 2 ** 20;

/** An act: what every act says, the name of the act that it releases, its JSON and signature. */
export function parseAct(bytes) {
  if (bytes.length > MAX_ACT) refuse(`act: longer than ${MAX_ACT} bytes.`);
  const { body, signature } = cutSignature(bytes, "act");
  const fields = fieldsOf(parseCanonical(body), "act");
  const [kind, party] = [fields.text("kind"), fields.text("party")];
  const key = fields.bytes("key", 32);
  const seat = fields.has("seat") ? fields.text("seat") : "";
  fields.integer("at");
  const to = readers(fields.value("to"), "act: to");
  const named = kind === "released" && fields.has("act") ? fields.value("act") : "";
  return { kind, party, key, seat, to, named, body, signature };
}

/** Salt and act, as they lie in one file. */
export function splitSealed(bytes) {
  if (bytes.length < 32) refuse("sealed text: expected 32 bytes of salt, then the act.");
  return { salt: bytes.subarray(0, 32), act: bytes.subarray(32) };
}

export const sealOf = (salt, act) => sha256(joined(utf8("act-payload/v1\0"), salt, act));

/** Return if salt and act are what was sealed. */
export async function openSeal(seal, salt, act) {
  if (salt.length !== 32) refuse("seal: expected a salt of 32 bytes.");
  if (!same(await sealOf(salt, act), seal)) refuse("seal: salt and act give another seal.");
}

/** Return if the key that the act names signed it for this institution. */
export async function verifyAct(act, institution) {
  const message = joined(utf8(`act/v1\n${institution}\n`), act.body);
  if (!(await verifies(act.key, act.signature, message))) {
    refuse("act: its signature is not by the key that it names.");
  }
}

/** Return if an act names the readers that its line names. */
export function verifyReaders(act, entry) {
  const to = entry.to === "public" ? ["public"] : entry.to;
  if (to !== null && (to.length !== act.to.length || to.some((one, at) => one !== act.to[at]))) {
    refuse("act: its readers are not those of its line.");
  }
}

// -- offline proofs ----------------------------------------------------------------------------

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

/** A proof file: position, hashes and the note. Nothing is verified. */
export function parseOfflineProof(bytes) {
  if (bytes.length > 2 * MAX_NOTE) refuse(`proof: at most ${2 * MAX_NOTE} bytes.`);
  const gap = bytes.findIndex((byte, at) => byte === 10 && bytes[at + 1] === 10);
  const note = bytes.subarray(gap + 2);
  if (gap < 0 || note.length === 0 || note.length > MAX_NOTE) {
    refuse("proof: expected an empty line, then a note.");
  }
  const lines = text(bytes.subarray(0, gap), "proof").split("\n");
  if (lines.shift() !== FIRST_LINE) refuse(`proof, line 1: expected ${FIRST_LINE}.`);
  if (lines[0]?.startsWith("extra ")) {
    if (fromBase64(lines.shift().slice(6), "proof, line 2").length === 0) {
      refuse("proof, line 2: extra without bytes.");
    }
  }
  if (!lines[0]?.startsWith("index ")) refuse("proof: expected a line with index and a number.");
  const index = decimal(lines.shift().slice(6), "proof: index");
  if (lines.length > 63) refuse("proof: at most 63 hashes.");
  return { index, hashes: lines.map((line) => sized(line, 32, "proof: hash")), note };
}

// -- checks that gather findings ---------------------------------------------------------------
//
// A finding is {state, word, blanks, detail}: `state` is good, bad, missing or unchecked, `word`
// the id of a phrase of the page, `detail` the sentence of a Refusal. `read` gives the bytes at a
// path of the record, null if nothing lies there.

export const LINES_READ = 16384;
export const TEXTS_READ = 200;

/** Gathers findings; `holds` runs a check and gives its value, undefined if it was refused. */
function gathering(tell) {
  const findings = [];
  const add = (state, word, blanks = {}, detail = "") => {
    findings.push({ state, word, blanks, detail });
    tell(findings.at(-1));
  };
  const holds = async (word, blanks, check) => {
    try {
      const value = await check();
      add("good", word, blanks);
      return value ?? true;
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      add("bad", word, blanks, fault.message);
      return undefined;
    }
  };
  return { findings, add, holds };
}

/** The founding, and whether it is the one whose digest the reader has typed. */
export async function checkFounding(bytes, typed, found) {
  const founding = await found.holds("founding", {}, () =>
    bytes === null ? refuse("founding.json: the file is missing.") : parseFounding(bytes),
  );
  if (founding === undefined) return undefined;
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") {
    found.add("unchecked", "untrusted", { digest: founding.id });
    return founding;
  }
  const matches = () => wanted === founding.id || refuse(`founding.json: it is ${founding.id}.`);
  return (await found.holds("digest", {}, matches)) && founding;
}

/** Every book as the files that `read` gives show it. */
export async function checkRecord(read, { typed = "", shown = "", tell = () => {}, ...more } = {}) {
  const found = gathering(tell);
  try {
    const founding = await checkFounding(await read("founding.json"), typed, found);
    if (founding === undefined) return found.findings;
    if (shown !== "") {
      const same = () => shown === founding.id || refuse(`founding.json: it is ${founding.id}.`);
      await found.holds("shown", {}, same);
    }
    await found.holds("charter", {}, async () => {
      const charter = (await read("charter.toml")) ?? refuse("charter.toml: the file is missing.");
      if (toHex(await sha256(charter)) !== founding.charter) refuse("charter.toml: another file.");
    });
    const books = new Map();
    for (const member of founding.members) {
      try {
        const book = await checkBook(founding, member, read, found, more);
        if (book !== undefined) books.set(member.origin, { ...book, party: member.name });
      } catch (fault) {
        found.add("unchecked", "unread", {}, String(fault.message)); // the line broke; the next book
      }
    }
    await checkSeen(books, found);
  } catch (fault) {
    found.add("unchecked", "unread", {}, String(fault.message));
  }
  return found.findings;
}

async function checkCosigners(founding, member, note, required, found) {
  for (const other of founding.members.filter((one) => one !== member)) {
    for (const key of other.cosigners) {
      const word = key.kind === MLDSA ? "mldsa" : "cosigner";
      const blanks = { party: member.name, other: other.name };
      try {
        const state = await cosignedBy(note, key);
        if (state === "missing" && required) refuse(`${key.name} has not cosigned the checkpoint.`);
        found.add(state, word, blanks);
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        found.add("bad", word, blanks, fault.message);
      }
    }
  }
}

async function latestKey(segments) {
  const latest = segments.at(-1);
  return noteKey(latest.log, NOTE, latest.key);
}

/** One party's book: who signed it, its root from its own lines, each line, each public text. */
export async function checkBook(founding, member, read, found, options = {}) {
  const { progress = () => {}, linesRead = LINES_READ, textsRead = TEXTS_READ } = options;
  const party = member.name;
  const proof = `proofs/${member.folder}.json`;
  if ((await read(proof)) !== null) found.add("bad", "two", { party }, `${proof} lies there.`);
  const bytes = await read(`${member.folder}/checkpoint`);
  if (bytes === null) {
    found.add("missing", "empty", { party });
    return undefined;
  }
  const opened = await found.holds("author", { party }, async () => {
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
  });
  if (opened === undefined) return undefined;
  const { checkpoint, note, segments, later } = opened;
  await checkCosigners(founding, member, note, false, found);
  const size = Math.max(checkpoint.size, later?.size ?? 0);
  const first = Math.max(0, Math.floor((size - linesRead) / WIDTH) * WIDTH);
  const book = new Book(member.folder, size, first, read);
  const filled = await found.holds("root", { party, n: size }, async () => {
    await book.fill((n) => progress(party, n, size - first));
    for (const { size: n, root } of [checkpoint, ...(later === undefined ? [] : [later])]) {
      if (!same(await book.root(n), root)) refuse(`${member.folder}: size ${n} has another root.`);
    }
    for (const { start, root } of segments.slice(1)) {
      if (start > size) refuse(`${member.folder}: it ends before the new name begins.`);
      if (!same(await book.root(start), root)) refuse(`${member.folder}: size ${start}: root.`);
    }
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
        if (!same(held, root)) refuse(`${origin}: size ${size} has another root.`);
      });
    }
  }
}

async function checkLines(book, segments, founding) {
  const [lines, grown] = [[], new Map()];
  for (const [at, bytes] of book.entries.entries()) {
    const position = book.first + at;
    const entry = parseEntry(bytes);
    await verifyEntry(entry, position, segmentAt(segments, position), founding);
    const place = `entry ${position} of ${entry.log}`;
    if (at > 0 && entry.t < lines[at - 1].t) refuse(`${place}: earlier than the one before.`);
    for (const [origin, { size }] of entry.seen) {
      if (size <= (grown.get(origin) ?? 0)) refuse(`${place}: what it has seen does not grow.`);
      grown.set(origin, size);
    }
    lines.push(entry);
  }
  return lines;
}

async function checkTexts(lines, member, founding, read, found, most) {
  const open = lines.filter((entry) => entry.to === "public");
  if (open.length === 0) return;
  const party = member.name;
  const [released, shown] = [new Set(), new Set()];
  let [repeated, erased] = [0, 0];
  const done = await found.holds("texts", { party, n: Math.min(open.length, most) }, async () => {
    for (const entry of open.slice(-most)) {
      const path = toHex(entry.seal);
      const bytes = await read(`acts/${path}`);
      if (bytes !== null) {
        const act = await openText(bytes, entry, founding);
        if (act.party !== party) repeated += 1;
        else if (act.named !== "") released.add(act.named);
        shown.add(toHex(await sha256(act.body)));
      } else if ((await read(`tombstones/${path}`)) !== null) {
        erased += 1;
      } else {
        refuse(`acts/${path}: the file is missing; entry ${entry.n} of ${entry.log} is public.`);
      }
    }
  });
  if (done === undefined) return;
  if (repeated > 0) found.add("unchecked", "repeated", { party, n: repeated });
  if (erased > 0) found.add("unchecked", "erased", { party, n: erased });
  if (open.length > most) found.add("unchecked", "further", { party, n: open.length - most });
  const wanted = new Set([...released].filter((name) => !shown.has(name)));
  if (wanted.size > 0) await checkReleased(lines, member, founding, read, found, wanted);
}

// Which of the sealed texts of a book was released, only its opened text tells.
async function checkReleased(lines, member, founding, read, found, wanted) {
  const closed = lines.filter((entry) => entry.seal !== null && entry.to !== "public");
  const opened = new Set();
  const done = await found.holds("released", { party: member.name }, async () => {
    for (const entry of closed.slice(-TEXTS_READ)) {
      const path = `acts/${toHex(entry.seal)}`;
      const bytes = await read(path);
      if (bytes === null) continue;
      const act = await openText(bytes, entry, founding);
      const name = toHex(await sha256(act.body));
      if (act.party !== member.name || !wanted.has(name)) {
        refuse(`${path}: it is not public, and no public act of its party releases it.`);
      }
      opened.add(name);
    }
  });
  const blanks = { party: member.name, n: wanted.size - opened.size };
  if (done !== undefined && blanks.n > 0) found.add("missing", "closed", blanks);
}

async function openText(bytes, entry, founding) {
  const { salt, act } = splitSealed(bytes);
  await openSeal(entry.seal, salt, act);
  const parsed = parseAct(act);
  await verifyAct(parsed, founding.id);
  verifyReaders(parsed, entry);
  return parsed;
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
    else if (sorted[what] !== undefined) refuse(`two of the files are of one kind (${what}).`);
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
    const finding = fault instanceof Refusal ? ["bad", "chosen"] : ["unchecked", "unread"];
    found.add(...finding, {}, String(fault.message));
  }
  return found.findings;
}

async function checkProofFiles(sorted, read, typed, found) {
  if (sorted.proof === undefined) refuse("none of the files is a .tlog-proof.");
  const founding = await checkFounding(
    sorted.founding ?? (await read("founding.json")),
    typed,
    found,
  );
  if (founding === undefined) return;
  const proof = parseOfflineProof(sorted.proof);
  const { origin } = parseCheckpoint(parseNote(proof.note).text);
  const member = founding.members.find((one) => one.origin === firstLog(origin));
  if (member === undefined) refuse("proof: it is of a log of no party here.");
  const titles = new Map();
  for (const bytes of sorted.titles) {
    const { log } = await parseTitle(bytes, founding);
    titles.set(`${member.folder}/succession.${generation(log)}`, bytes);
  }
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
    if (sorted.sealed !== undefined) refuse("a text is checked against its line; choose it too.");
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

async function checkSealed(bytes, entry, member, founding, found) {
  if (bytes === undefined) {
    if (entry.seal !== null) found.add("missing", "no-text");
    return;
  }
  await found.holds("sealed", {}, async () => {
    if (entry.seal === null) refuse("the line carries no text.");
    const { salt, act } = splitSealed(bytes);
    await openSeal(entry.seal, salt, act);
  });
  const act = await found.holds("officer", {}, async () => {
    const parsed = parseAct(splitSealed(bytes).act);
    await verifyAct(parsed, founding.id);
    verifyReaders(parsed, entry);
    if (parsed.party !== member.name) refuse("act: it is of another party than its line.");
    return parsed;
  });
  if (act === undefined) return;
  if (act.seat !== "") return found.add("unchecked", "seat", { seat: act.seat });
  await found.holds("party-key", {}, () => {
    if (!same(act.key, member.party)) refuse("act: it counts for nothing: no seat, another key.");
  });
}

/** What findings come to: "bad", "unread", "open" where no founding is trusted, or "good". */
export function verdictOf(findings) {
  const states = (state) => findings.some((one) => one.state === state);
  if (states("bad")) return "bad";
  // A proof without its line shows nothing yet.
  const cut = findings.some((one) => one.word === "unread" || one.word === "no-line");
  if (cut || !states("good")) return "unread";
  return findings.some((one) => one.word === "untrusted") ? "open" : "good";
}

// -- the page ----------------------------------------------------------------------------------

async function fromThisCopy(path) {
  const options = { credentials: "omit", redirect: "error", cache: "no-store" };
  const answer = await fetch(`/record/${path}`, options);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`/record/${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The phrases that the page brings in its own language, each with its blanks filled. */
function phrases(page, section) {
  const template = section.querySelector("template").content;
  const parties = new Map();
  for (const row of page.querySelectorAll("tr[data-folder]")) {
    parties.set(row.dataset.folder, row.querySelector("th").textContent);
  }
  const shown = (name, value) =>
    name === "party" || name === "other" ? (parties.get(value.toLowerCase()) ?? value) : value;
  return (id, blanks = {}) => {
    const phrase = template.querySelector(`[data-phrase="${id}"]`).textContent;
    return phrase.replace(/\{([a-z]+)\}/g, (all, name) =>
      name in blanks ? shown(name, String(blanks[name])) : all,
    );
  };
}

function row(page, say, { state, word, blanks, detail }) {
  const line = page.createElement("li");
  line.className = `finding ${state}`;
  const part = (name, className, content) => {
    const element = page.createElement(name);
    element.className = className;
    element.textContent = content;
    line.append(element, " ");
    return element;
  };
  part("strong", "state", say(`state-${state}`));
  part("span", "what", say(word, blanks));
  if (detail !== "") part("span", "quiet", detail).lang = "en";
  return line;
}

/** Bring the checks to the page: show its hidden section, and answer its button and its files. */
export async function attach(page) {
  const section = page.querySelector("[data-check]");
  if (section === null) return;
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const can = await able();
  part(can ? "able" : "unable").hidden = false;
  section.hidden = false;
  if (!can) return;
  const say = phrases(page, section);
  const [books, files, bar] = [part("books"), part("files"), part("bar")];
  const [status, findings] = [part("status"), part("findings")];

  async function run(check) {
    books.disabled = files.disabled = true;
    findings.setAttribute("aria-busy", "true");
    findings.replaceChildren();
    status.textContent = say("running");
    bar.hidden = false;
    const tell = (finding) => findings.append(row(page, say, finding));
    const typed = part("typed").value;
    try {
      const all = await check({ typed, tell });
      status.textContent = say(`verdict-${verdictOf(all)}`);
    } catch (fault) {
      tell({ state: "unchecked", word: "unread", blanks: {}, detail: String(fault.message) });
      status.textContent = say("verdict-unread");
    }
    bar.hidden = true;
    findings.setAttribute("aria-busy", "false");
    books.disabled = files.disabled = false;
  }

  const progress = (party, n, size) => {
    [bar.max, bar.value] = [size, n];
    bar.setAttribute("aria-label", say("progress", { party, n, size }));
  };
  books.addEventListener("click", () => {
    const shown = section.dataset.founding;
    return run((options) => checkRecord(fromThisCopy, { ...options, shown, progress }));
  });
  files.addEventListener("change", async () => {
    if (files.files.length === 0) return;
    await run(async (options) => {
      const parts = await Promise.all(Array.from(files.files, (one) => one.arrayBuffer()));
      return checkProof(parts.map((one) => new Uint8Array(one)), fromThisCopy, options);
    });
    files.value = "";
  });
}

if (typeof document !== "undefined") attach(document);
