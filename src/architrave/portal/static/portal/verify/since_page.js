// Brings the check of kept checkpoints to the page that compares two points in time.
//
// The checkpoints are those in the two fields, pasted or opened from files. They stay in this
// browser unless the reader sends the form.

import { fromThisCopy, prepare } from "./showing.js";
import { checkSince } from "./since.js";

/** Show the hidden section; open files into the fields; answer the button. */
export async function attachSince(page) {
  const ready = await prepare(page, ["kept", "opened"]);
  if (ready === null) return;
  const { section, part, run } = ready;
  const fields = ["older", "newer"].map((name) => page.getElementById(name));
  const opened = part("opened");
  opened.addEventListener("change", async () => {
    const texts = await Promise.all(Array.from(opened.files, (one) => one.text()));
    for (const [at, letters] of texts.entries()) {
      const field = fields[at === 0 && fields[0].value === "" ? 0 : 1];
      field.value = field.value === "" ? letters : `${field.value.trimEnd()}\n${letters}`;
    }
    opened.value = "";
  });
  part("kept").addEventListener("click", () => {
    const letters = fields.map((field) => field.value.trim()).join("\n");
    const shown = section.dataset.founding;
    return run((options) => checkSince(letters, fromThisCopy, { ...options, shown }));
  });
}

if (typeof document !== "undefined") attachSince(document);
