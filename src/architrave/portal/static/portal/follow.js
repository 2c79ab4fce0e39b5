// What htmx may do on our pages: keep nothing, and refresh nothing under a reader's hands.
// Without this file, and without htmx, every page works by its links and forms.
"use strict";

// htmx notes the address in sessionStorage as soon as it is loaded, unless the browser refuses.
// This file is loaded before it, and refuses: a page leaves nothing behind at the reader's.
Storage.prototype.setItem = () => {
  throw new DOMException("These pages keep nothing.", "SecurityError");
};

const choice = document.querySelector("[data-follow-choice]");
const said = document.querySelector("[data-follow-said]");
const lost = document.querySelector("[data-lost]");
let before = "";

if (choice) choice.hidden = false;

// The one sentence that tells most: whether the books agree, or what a trial comes to.
function verdict() {
  return document.querySelector(".verdict, .trial-result .stage")?.textContent ?? "";
}

// A reader whose keyboard stands in the block, or who marks a text in it, would lose the place.
function inUse(block) {
  const marked = getSelection();
  return block.contains(document.activeElement)
    || (marked.type === "Range" && block.contains(marked.anchorNode));
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const block = event.detail.elt;
  if (!block.matches("[data-follow]")) return;
  const wanted = choice.querySelector("input").checked;
  if (!wanted || document.hidden || inUse(block)) event.preventDefault();
});

// What has the focus may have changed while the answer was under way.
document.addEventListener("htmx:beforeSwap", (event) => {
  before = verdict();
  const block = event.detail.elt;
  if (block.matches("[data-follow]") && inUse(block)) event.detail.shouldSwap = false;
});

// Read aloud only if it is another: the times beside it change at every refresh.
document.addEventListener("htmx:afterSettle", () => {
  const now = verdict();
  if (now !== before) said.textContent = now;
  before = now;
});

document.addEventListener("htmx:afterRequest", (event) => {
  lost.hidden = event.detail.successful === true;
});
