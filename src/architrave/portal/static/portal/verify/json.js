// JSON in its canonical form, and objects read field by field (docs/formats/canonical-json.md).

import { fromUtf8, sized, utf8 } from "./bytes.js";
import { refuse } from "./refusal.js";

const DEPTH = 4;

function written(value, place, depth = 1) {
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) refuse("surrogate", { place });
    return JSON.stringify(value);
  }
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) refuse("number", { place });
    return String(value);
  }
  if (value === null || typeof value !== "object") refuse("null", { place });
  if (depth > DEPTH) refuse("depth", { place, most: DEPTH });
  const inner = (one) => written(one, place, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(",")}]`;
  const names = Object.keys(value).sort();
  if (!names.every((name) => /^[\0-\x7f]*$/.test(name))) refuse("not-ascii", { place });
  const members = names.map((name) => `${JSON.stringify(name)}:${inner(value[name])}`);
  return `{${members.join(",")}}`;
}

/** The canonical bytes of a value. */
export const canonical = (value, place = "JSON") => utf8(written(value, place));

/** The value of canonical bytes; a Refusal for any other spelling. */
export function parseCanonical(bytes, place = "JSON") {
  const letters = fromUtf8(bytes, place);
  let value;
  try {
    value = JSON.parse(letters);
  } catch {
    refuse("json", { place });
  }
  if (written(value, place) !== letters) refuse("canonical", { place });
  return value;
}

/** An object read field by field: each once, and `end` refuses what is left. */
export function fieldsOf(value, place) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    refuse("object", { place });
  }
  const left = new Set(Object.keys(value));
  const take = (field, fits, wanted) => {
    if (!left.delete(field)) refuse("field-missing", { place, field });
    return fits(value[field]) ? value[field] : refuse("field-form", { place, field, wanted });
  };
  const anything = () => true;
  return {
    has: (name) => left.has(name),
    names: () => [...left],
    value: (name) => take(name, anything, ""),
    text: (name) => take(name, (one) => typeof one === "string", "string"),
    integer: (name) => take(name, (one) => Number.isSafeInteger(one) && one >= 0, "0, 1, 2, …"),
    boolean: (name) => take(name, (one) => typeof one === "boolean", "true | false"),
    list: (name) => take(name, Array.isArray, "array"),
    exactly: (name, wanted) => take(name, (one) => one === wanted, String(wanted)),
    inner: (name) => fieldsOf(take(name, anything, ""), `${place}.${name}`),
    bytes: (name, size) => sized(take(name, anything, ""), size, `${place}.${name}`),
    end: () => left.size === 0 || refuse("field-unknown", { place, field: [...left][0] }),
  };
}

/** What is signed apart: JSON, LF and the 64 bytes of its signature. */
export function cutSignature(bytes, place) {
  const cut = bytes.length - 65;
  if (cut < 2 || bytes[cut] !== 10) refuse("unsigned-form", { place });
  return { body: bytes.subarray(0, cut), signature: bytes.subarray(cut + 1) };
}
