// Findings: what a check has shown, one after another, and what they come to.
//
// A finding is {state, word, blanks, why}: `state` is good, bad, missing or unchecked, `word` the
// id of a phrase of the page, `why` the key and values of a refusal's sentence, or null.

import { Refusal, whyOf } from "./refusal.js";

/** Gathers findings; `holds` runs a check and gives its value, undefined if it was refused. */
export function gathering(tell) {
  const findings = [];
  const add = (state, word, blanks = {}, why = null) => {
    findings.push({ state, word, blanks, why });
    tell(findings.at(-1));
  };
  const holds = async (word, blanks, check) => {
    try {
      const value = await check();
      add("good", word, blanks);
      return value ?? true;
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      add("bad", word, blanks, fault.why);
      return undefined;
    }
  };
  // What cut a check short: no finding about the record, but never silence.
  const broke = (fault) => add("unchecked", "unread", {}, whyOf(fault));
  return { findings, add, holds, broke };
}

/** What findings come to: "bad", "unread", "open" where no founding is trusted, or "good". */
export function verdictOf(findings) {
  const states = (state) => findings.some((one) => one.state === state);
  if (states("bad")) return "bad";
  // A proof without its line shows nothing yet.
  const cut = findings.some((one) => one.word === "unread" || one.word === "no-line");
  if (cut || !states("good")) return "unread";
  return findings.some((one) => one.word === "untrusted") ? "open" : "good";
}
