// The names of logs: a party's log goes on under another name and key where a title says so
// (docs/formats/entry.md, docs/formats/succession.md).

import { before } from "./bytes.js";
import { refuse } from "./refusal.js";

const LATER = /\/log\/([1-9][0-9]{0,5})$/;

/** The name of the first log of the party that a log's name is of. */
export const firstLog = (origin) => origin.replace(LATER, "/log/1");

/** The number at the end of a log's name. */
export function generation(origin) {
  const found = LATER.exec(origin);
  return found === null ? refuse("log-name", { book: origin }) : Number(found[1]);
}

/** The names and key of a log at a position: `segments` come from succession.js. */
export const segmentAt = (segments, position) => segments.findLast((one) => one.start <= position);

/** A list of logs, sorted and each once, as lists of readers are. */
export function logList(value, place) {
  const listed = Array.isArray(value) && value.length > 0;
  const sorted = (one, at) => typeof one === "string" && (at === 0 || before(value[at - 1], one));
  if (!listed || !value.every(sorted)) refuse("log-list", { place });
  return value;
}
