// The planner's board: move a bar by hand or by keys, and ask what the new day means.
// Nothing is kept here. Letting go leads to the page of the piece, where clashes stand and the
// reason is asked for. Without this file each bar is a link to that page.
"use strict";

const chart = document.querySelector("[data-board]");
const live = document.querySelector("[data-board-live]");
const ghost = chart?.querySelector("[data-ghost]");
const bars = [...(chart?.querySelectorAll("[data-bar]") ?? [])];
const years = [...(chart?.querySelectorAll("[data-year-y]") ?? [])].map((one) => ({
  y: Number(one.dataset.yearY), height: Number(one.dataset.yearHeight),
}));
const lengths = (chart?.dataset.lengths ?? "").split(" ").map(Number);
const left = Number(chart?.dataset.left);
const step = Number(chart?.dataset.step);
const total = lengths.reduce((sum, one) => sum + one, 0);
const DAY = 86400000;
const LIKED = { ko: ["ko", "medium"], ja: ["ja", "long"], en: ["en-GB", "long"] };
const NEAR = 4; // so many units a hand may shake without moving anything

let held = null;
let ended = false; // a drag has just ended: the click that follows it opens nothing

// A day, counted from the first of the plan, as its year and the day in it.
function placeOf(day) {
  let year = 0;
  while (year < lengths.length - 1 && day >= lengths[year]) day -= lengths[year++];
  return { year, day };
}

function countOf(year, day) {
  return lengths.slice(0, year).reduce((sum, one) => sum + one, 0) + day;
}

function fitting(bar, day) {
  return Math.max(0, Math.min(day, total - Number(bar.dataset.days)));
}

function told(day) {
  if (!chart.dataset.first) {
    const place = placeOf(day);
    const week = Math.floor(place.day / 7) + 1;
    return chart.dataset.week.replace("{year}", place.year + 1).replace("{week}", week);
  }
  const [language, style] = LIKED[document.documentElement.lang];
  const at = new Date(Date.parse(chart.dataset.first) + day * DAY);
  return new Intl.DateTimeFormat(language, { dateStyle: style, timeZone: "UTC" }).format(at);
}

function wanted(bar) {
  return Number(bar.dataset.to ?? bar.dataset.day);
}

// A frame around where the bar would stand; the bar itself stays until the move is kept.
function show(bar) {
  const day = wanted(bar);
  const from = placeOf(Number(bar.dataset.day));
  const to = placeOf(day);
  const span = bar.querySelector(".span");
  const frame = ghost.querySelector("rect");
  const dy = years[to.year].y - years[from.year].y;
  frame.setAttribute("x", left + to.day * step);
  frame.setAttribute("y", Number(span.getAttribute("y")) + dy - 2);
  frame.setAttribute("width", Math.max(3, Number(bar.dataset.days) * step));
  frame.setAttribute("height", Number(span.getAttribute("height")) + 4);
  ghost.toggleAttribute("hidden", day === Number(bar.dataset.day));
}

function say(bar) {
  const moved = wanted(bar) !== Number(bar.dataset.day);
  const words = moved ? chart.dataset.moving : chart.dataset.stays;
  const name = rowOf(bar)?.querySelector("th")?.textContent ?? bar.dataset.bar;
  live.textContent = words.replace("{name}", name).replace("{day}", told(wanted(bar)));
}

function put(bar, day) {
  bar.dataset.to = fitting(bar, day);
  show(bar);
  say(bar);
}

function putBack(bar) {
  delete bar.dataset.to;
  ghost.toggleAttribute("hidden", true);
}

function ask(bar) {
  if (wanted(bar) === Number(bar.dataset.day)) {
    location.assign(bar.getAttribute("href"));
    return;
  }
  const query = new URLSearchParams({ of: bar.dataset.bar, to: wanted(bar) });
  location.assign(`${chart.dataset.piece}?${query}`);
}

function rowOf(bar) {
  return document.querySelector(`[data-row="${CSS.escape(bar.dataset.bar)}"]`);
}

// One bar at a time is reached by Tab; the arrows lead to the others.
function choose(bar) {
  for (const one of bars) one.setAttribute("tabindex", one === bar ? "0" : "-1");
  document.querySelector("tr.chosen")?.classList.remove("chosen");
  rowOf(bar)?.classList.add("chosen");
}

const KEYS = {
  ArrowLeft: (bar, shift) => put(bar, wanted(bar) - (shift ? 7 : 1)),
  ArrowRight: (bar, shift) => put(bar, wanted(bar) + (shift ? 7 : 1)),
  ArrowUp: (bar) => bars[bars.indexOf(bar) - 1]?.focus(),
  ArrowDown: (bar) => bars[bars.indexOf(bar) + 1]?.focus(),
  Home: () => bars[0].focus(),
  End: () => bars[bars.length - 1].focus(),
  Enter: (bar) => ask(bar),
  Escape: (bar) => { putBack(bar); say(bar); },
};

function pointed(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
}

function yearAt(y) {
  const found = years.findIndex((one) => y >= one.y && y < one.y + one.height + 10);
  return found < 0 ? (y < years[0].y ? 0 : years.length - 1) : found;
}

function take(bar, event) {
  if (event.button !== 0) return;
  const at = pointed(event);
  const place = placeOf(Number(bar.dataset.day));
  held = { bar, x: at.x, y: at.y, grip: at.x - (left + place.day * step), moving: false };
  ended = false;
  bar.setPointerCapture(event.pointerId);
}

function drag(event) {
  if (!held) return;
  const at = pointed(event);
  held.moving ||= Math.hypot(at.x - held.x, at.y - held.y) > NEAR;
  if (!held.moving) return;
  event.preventDefault();
  held.bar.classList.add("held");
  const year = yearAt(at.y);
  const day = Math.round((at.x - held.grip - left) / step);
  put(held.bar, countOf(year, Math.max(0, Math.min(day, lengths[year] - 1))));
}

function letGo(keep) {
  if (!held) return;
  const { bar, moving } = held;
  held = null;
  bar.classList.remove("held");
  if (!moving) return;
  ended = true;
  if (keep && wanted(bar) !== Number(bar.dataset.day)) ask(bar);
  else putBack(bar);
}

for (const bar of bars) {
  bar.setAttribute("draggable", "false");
  bar.addEventListener("dragstart", (event) => event.preventDefault());
  bar.addEventListener("focus", () => choose(bar));
  bar.addEventListener("blur", () => { if (!held) putBack(bar); });
  bar.addEventListener("pointerdown", (event) => take(bar, event));
  bar.addEventListener("pointermove", drag);
  bar.addEventListener("pointerup", () => letGo(true));
  bar.addEventListener("pointercancel", () => letGo(false));
  bar.addEventListener("click", (event) => {
    if (ended) event.preventDefault();
    ended = false;
  });
  bar.addEventListener("keydown", (event) => {
    const does = event.ctrlKey || event.altKey || event.metaKey ? null : KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    does(bar, event.shiftKey);
  });
}
if (bars.length) {
  choose(bars[0]);
  document.querySelector("tr.chosen")?.classList.remove("chosen");
  document.querySelector("[data-board-how]").hidden = false;
}
