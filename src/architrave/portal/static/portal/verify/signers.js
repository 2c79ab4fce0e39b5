// Who has signed: the founding that the reader trusts, a log's own key, its cosigners.
//
// What books.js and proofs.js have in common (docs/formats/founding.md,
// docs/formats/checkpoints-and-cosignatures.md).

import { parseFounding } from "./founding.js";
import { cosignedBy, MLDSA, NOTE, noteKey } from "./notes.js";
import { Refusal, refuse } from "./refusal.js";

/** The founding, and whether it is the one whose digest the reader has typed. */
export async function checkFounding(bytes, typed, found) {
  const path = "founding.json";
  const founding = await found.holds("founding", {}, () =>
    bytes === null ? refuse("file-missing", { path }) : parseFounding(bytes),
  );
  if (founding === undefined) return undefined;
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") {
    found.add("unchecked", "untrusted", { digest: founding.id });
    return founding;
  }
  return (await found.holds("digest", {}, () => isFounding(founding, wanted))) && founding;
}

/** Return if the founding has this digest. */
export function isFounding({ id }, wanted) {
  if (wanted !== id) refuse("founding-is", { digest: id });
}

/** The cosignatures under a member's checkpoint; `required` in a proof, where none may lack. */
export async function checkCosigners(founding, member, note, required, found) {
  for (const other of founding.members.filter((one) => one !== member)) {
    for (const key of other.cosigners) {
      const word = key.kind === MLDSA ? "mldsa" : "cosigner";
      const blanks = { party: member.name, other: other.name };
      try {
        const state = await cosignedBy(note, key);
        if (state === "missing" && required) refuse("not-cosigned", { name: key.name });
        found.add(state, word, blanks);
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        found.add("bad", word, blanks, fault.why);
      }
    }
  }
}

/** The key under which a log goes on today. */
export async function latestKey(segments) {
  const latest = segments.at(-1);
  return noteKey(latest.log, NOTE, latest.key);
}
