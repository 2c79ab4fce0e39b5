// What the pages that check have in common: bytes from this copy, phrases, findings as they come.
//
// Nothing is asked of anybody but the copy that served the page.

import { verdictOf } from "./findings.js";
import { able } from "./keys.js";
import { Unread, whyOf } from "./refusal.js";

// Files that may be absent are asked for all the same, although a browser notes each in its
// console: what a page said when it was opened may be old by now, and a proof of two histories
// that came since, or a later checkpoint, would go unseen. What lies there, only asking tells.
export async function fromThisCopy(path) {
  const options = { credentials: "omit", redirect: "error", cache: "no-store" };
  const answer = await fetch(`/record/${path}`, options).catch(() => {
    throw new Unread("no-answer", { path });
  });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Unread("other-answer", { path, status: answer.status });
  return new Uint8Array(await answer.arrayBuffer());
}

/** The phrases that the page brings in its own language, each with its blanks filled. */
function phrases(page, section) {
  const template = section.querySelector("template").content;
  const parties = new Map();
  for (const row of page.querySelectorAll("[data-folder]")) {
    const name = row.querySelector("th") ?? row;
    parties.set(row.dataset.folder, name.textContent);
  }
  const shown = (name, value) =>
    name === "party" || name === "other" ? (parties.get(value.toLowerCase()) ?? value) : value;
  return (id, blanks = {}) => {
    const phrase = template.querySelector(`[data-phrase="${id}"]`).textContent;
    return phrase.replace(/\{([a-z]+)\}/g, (all, name) =>
      name in blanks ? shown(name, String(blanks[name])) : all,
    );
  };
}

function row(page, say, { state, word, blanks, why }) {
  const line = page.createElement("li");
  line.className = `finding ${state}`;
  const part = (name, className, content) => {
    const element = page.createElement(name);
    element.className = className;
    element.textContent = content;
    line.append(element, " ");
  };
  part("strong", "state", say(`state-${state}`));
  part("span", "what", say(word, blanks));
  if (why !== null) part("span", "quiet", say(`why-${why.key}`, why.values));
  return line;
}

/**
 * Show the hidden section of a page; null if there is none or the browser cannot check. `run` takes
 * a check and shows what it finds, while the parts named by `controls` rest.
 */
export async function prepare(page, controls) {
  const section = page.querySelector("[data-check]");
  if (section === null) return null;
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const can = await able();
  part(can ? "able" : "unable").hidden = false;
  section.hidden = false;
  if (!can) return null;
  const say = phrases(page, section);
  const [bar, status, findings] = [part("bar"), part("status"), part("findings")];
  const rest = (resting) => controls.forEach((name) => (part(name).disabled = resting));

  async function run(check) {
    rest(true);
    findings.setAttribute("aria-busy", "true");
    findings.replaceChildren();
    status.textContent = say("running");
    bar.hidden = false;
    const tell = (finding) => findings.append(row(page, say, finding));
    const typed = part("typed").value;
    try {
      const all = await check({ typed, tell });
      status.textContent = say(`verdict-${verdictOf(all)}`);
    } catch (fault) {
      tell({ state: "unchecked", word: "unread", blanks: {}, why: whyOf(fault) });
      status.textContent = say("verdict-unread");
    }
    bar.hidden = true;
    findings.setAttribute("aria-busy", "false");
    rest(false);
  }

  const progress = (party, n, size) => {
    [bar.max, bar.value] = [size, n];
    bar.setAttribute("aria-label", say("progress", { party, n, size }));
  };
  return { section, part, run, progress };
}
