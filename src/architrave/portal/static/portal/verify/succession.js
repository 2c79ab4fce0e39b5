// Titles: from which position on a log has another name and key, signed by every party
// (docs/formats/succession.md).

import { fromBase64, joined, same, sized, utf8 } from "./bytes.js";
import { canonical, fieldsOf, parseCanonical } from "./json.js";
import { verifies } from "./keys.js";
import { firstLog, generation } from "./logs.js";
import { refuse } from "./refusal.js";

const MAX_TITLE = 65536;
const CAUSES = ["rotation", "stolen-key", "two-histories", "lost-lines", "fault"];

/** A title, signed by every party: from which position on a log has another name and key. */
export async function parseTitle(bytes, founding) {
  if (bytes.length > MAX_TITLE) refuse("long", { place: "succession", most: MAX_TITLE });
  const outer = fieldsOf(parseCanonical(bytes, "succession"), "succession");
  outer.exactly("v", 1);
  const [value, signatures] = [outer.value("succession"), outer.inner("signatures")];
  outer.end();
  const inner = fieldsOf(value, "succession");
  inner.exactly("institution", founding.id);
  const log = inner.text("log");
  const [from, start, root, more] = inner.list("continues");
  const key = inner.bytes("node_key", 32);
  const unfit = (field, wanted) => refuse("field-form", { place: "succession", field, wanted });
  if (!CAUSES.includes(inner.text("cause"))) unfit("cause", CAUSES.join(" | "));
  inner.end();
  sized(root, 32, "succession.continues");
  const fits = typeof from === "string" && Number.isSafeInteger(start) && start > 0;
  if (!fits || more !== undefined) unfit("continues", "[log, size, root]");
  const owned = founding.members.some((one) => one.origin === firstLog(log));
  if (!owned || firstLog(from) !== firstLog(log) || generation(log) <= generation(from)) {
    refuse("not-continued", { book: log, from });
  }
  if (founding.members.some((one) => one.keys.some((other) => same(other, key)))) {
    refuse("key-of-founding", { book: log });
  }
  const message = joined(utf8("succession/v1\n"), canonical(value));
  for (const { name, party } of founding.members) {
    if (!(await verifies(party, signatures.bytes(name, 64), message))) {
      refuse("party-signature", { place: "succession", party: name });
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
    const bytes = (await read(path)) ?? refuse("file-missing", { path });
    const title = await parseTitle(bytes, founding);
    if (title.log !== name) refuse("title-of-another", { path, book: title.log });
    later.unshift({ start: title.start, log: name, key: title.key, root: title.root });
    name = title.from;
  }
  return [{ start: 0, log: member.origin, key: member.node, root: null }, ...later];
}
