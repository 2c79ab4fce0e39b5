// Signing with an officer's own key, in the officer's own browser. The key is never sent.

import { fromBase64, toBase64 } from "../verify/bytes.js";

// PKCS8 of an Ed25519 key is this, then its 32 bytes (RFC 8410).
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/** Whether this browser can sign with Ed25519. */
export async function canSign() {
  try {
    await signed("00".repeat(32), new Uint8Array());
    return true;
  } catch {
    return false;
  }
}

/** The 32 bytes of a key file in hexadecimal digits; null for another file, a sealed one too. */
export function seedIn(file) {
  const text = file.trim();
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

/** The signature over a message by the key in a file; null if the file holds no plain key. */
export async function signed(file, message) {
  const seed = seedIn(file);
  if (seed === null) return null;
  const wrapped = new Uint8Array([...PKCS8, ...seed]);
  const key = await crypto.subtle.importKey("pkcs8", wrapped, "Ed25519", false, ["sign"]);
  wrapped.fill(0);
  seed.fill(0);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
}

/** Whether a signature is by the public key, in base64. */
export async function isBy(key, signature, message) {
  const read = await crypto.subtle.importKey("raw", fromBase64(key), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", read, signature, message);
}

/** What is given: the entry, a line feed, the signature. */
export function sealedText(body, signature) {
  return toBase64(new Uint8Array([...body, 10, ...signature]));
}
