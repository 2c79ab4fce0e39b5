// The texts of a book: each public act that lies open, and the sealed ones released since
// (docs/formats/export.md says where they lie, docs/formats/tombstone.md what lies there instead).

import { openText } from "./acts.js";
import { toHex } from "./bytes.js";
import { sha256 } from "./keys.js";
import { refuse } from "./refusal.js";

export const TEXTS_READ = 200;

/** The last `most` public texts of a book's lines, and what they release. */
export async function checkTexts(lines, member, founding, read, found, most) {
  const open = lines.filter((entry) => entry.to === "public");
  if (open.length === 0) return;
  const party = member.name;
  const [released, shown] = [new Set(), new Set()];
  let [repeated, erased] = [0, 0];
  const done = await found.holds("texts", { party, n: Math.min(open.length, most) }, async () => {
    for (const entry of open.slice(-most)) {
      const digest = toHex(entry.seal);
      const path = `acts/${digest}`;
      const bytes = await read(path);
      if (bytes !== null) {
        const act = await openText(bytes, entry, founding);
        if (act.party !== party) repeated += 1;
        else if (act.named !== "") released.add(act.named);
        shown.add(toHex(await sha256(act.body)));
      } else if ((await read(`tombstones/${digest}`)) !== null) {
        erased += 1;
      } else {
        refuse("text-missing", { path, book: entry.log, n: entry.n + 1 });
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
      if (act.party !== member.name || !wanted.has(name)) refuse("not-released", { path });
      opened.add(name);
    }
  });
  const blanks = { party: member.name, n: wanted.size - opened.size };
  if (done !== undefined && blanks.n > 0) found.add("missing", "closed", blanks);
}
