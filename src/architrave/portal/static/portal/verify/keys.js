// Digests (SHA-256) and signatures (Ed25519), by the browser's own WebCrypto.
//
// docs/formats/entry.md and docs/formats/act.md say which signatures the record takes.

import { fromHex, toHex } from "./bytes.js";

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
