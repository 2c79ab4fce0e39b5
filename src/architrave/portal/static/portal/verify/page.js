// Brings the checks to the page: its button and the files that a reader chooses.
//
// The floors below know no page and fetch nothing: they are given bytes, and what they find has
// keys for which the page brings the sentences. There is no dependency, and nothing is asked of
// anybody but the copy that served the page.

import { checkRecord } from "./books.js";
import { checkProof } from "./proofs.js";
import { fromThisCopy, prepare } from "./showing.js";

/** Bring the checks to the page: show its hidden section, and answer its button and its files. */
export async function attach(page) {
  const ready = await prepare(page, ["books", "files"]);
  if (ready === null) return;
  const { section, part, run, progress } = ready;
  const [books, files] = [part("books"), part("files")];
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
