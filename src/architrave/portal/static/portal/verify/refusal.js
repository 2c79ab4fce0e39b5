// What a reader of bytes throws for bytes that are not in their form, or that do not hold.
//
// A refusal is a key and the values for its blanks. The sentence belongs to the page: it brings
// one for each key in the reader's language (`why-` and the key), from words.csv like its other
// words. A value `place` is a file or a part of a format, spelt as docs/formats spells it.

/** Bytes are not in their form, or do not hold: why, by the key of a sentence, and its values. */
export class Refusal extends Error {
  constructor(key, values = {}) {
    super([key, ...Object.entries(values).map(([name, value]) => `${name}: ${value}`)].join(", "));
    this.why = { key, values };
  }
}

export function refuse(key, values) {
  throw new Refusal(key, values);
}

/** A file could not be read: nothing is known of it, so nothing is refused. */
export class Unread extends Error {
  constructor(key, values) {
    super(`${key}, ${values.path}`);
    this.why = { key, values };
  }
}

/** Why a check was cut short: a file that could not be read, or what the browser says of it. */
export const whyOf = (fault) => fault.why ?? { key: "fault", values: { message: fault.message } };
