// Bytes and their spellings: UTF-8, hexadecimal, base64 in its one form (docs/formats/
// canonical-json.md says which).

import { refuse } from "./refusal.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (letters) => encoder.encode(letters);

/** The text that the bytes spell. */
export function fromUtf8(bytes, place) {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse("utf-8", { place });
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
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) refuse("hex");
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
export function fromBase64(letters, place) {
  if (typeof letters !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(letters)) {
    refuse("base64", { place });
  }
  let bytes;
  try {
    bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  } catch {
    refuse("base64", { place });
  }
  if (toBase64(bytes) !== letters) refuse("base64-spelling", { place });
  return bytes;
}

/** The bytes of base64 that must be so many. */
export function sized(letters, size, place) {
  const bytes = fromBase64(letters, place);
  if (bytes.length !== size) refuse("length", { place, wanted: size, found: bytes.length });
  return bytes;
}

/** Say whether one name stands before the other: their order is that of their bytes in UTF-8. */
export function before(one, other) {
  const [left, right] = [utf8(one), utf8(other)];
  const at = left.findIndex((byte, place) => byte !== right[place]);
  return at < 0 ? left.length < right.length : at >= right.length ? false : left[at] < right[at];
}
