"""What is looked for on a page in a browser. Each check gives its findings as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.browser.crawl import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

__all__ = ["Look", "barriers", "looking", "pale_words", "sideways", "small_targets", "too_wide"]

Size = tuple[int, int]

# What WCAG 2.0, 2.1 and 2.2 demand at levels A and AA, as axe names it.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
SMALLEST = 24  # CSS pixels, either way (WCAG 2.2, 2.5.8)

# A link inside a sentence is as high as its line; what stands alone must be large enough.
SMALL_TARGETS = """smallest => [...document.querySelectorAll(
    "nav a, summary, button, input:not([type=hidden]), select, textarea, .toc a"
  )].filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.height < smallest || box.width < smallest)
  .map(([one, box]) => `${one.textContent.trim()}: ${box.width} x ${box.height}`)"""

# axe compares colours one word at a time, which takes minutes for a register of hundreds of rows.
# A row whose elements and classes are those of three rows before it cannot differ in colour.
THIN_OUT = """() => {
  for (const list of document.querySelectorAll("ul, ol, dl, section, tbody, main")) {
    const seen = {};
    for (const row of [...list.children]) {
      const parts = [row, ...row.querySelectorAll("*")].map(
        one => one.tagName + "." + (one.getAttribute("class") || ""));
      const form = [...new Set(parts)].sort().join(" ");
      seen[form] = (seen[form] || 0) + 1;
      if (seen[form] > 3) row.remove();
    }
  }
}"""

BEYOND = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter(
    one => one.getBoundingClientRect().right > page.clientWidth + 1);
  return [`${page.scrollWidth} wide: ` + out.slice(0, 3).map(one => one.outerHTML.slice(0, 120))];
}"""


@dataclass
class Look:
    """A page in a browser, and what happened in it that must not happen."""

    site: Site
    page: Page
    stray: list[str] = field(default_factory=list)

    def at(self, path: str, status: int = 200) -> Page:
        """Go to a page; AssertionError unless it answers so."""
        answer = self.page.goto(self.site.origin + path)
        assert answer is not None
        assert answer.status == status, path
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.stray.append(f"{self.page.url}: the console says: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.site.origin + "/"):
            self.stray.append(f"{self.page.url}: asks elsewhere: {request.url}")

    def _unanswered(self, request: Request) -> None:
        # Whoever leaves a page calls back what it was still fetching.
        if request.failure != "net::ERR_ABORTED":
            self.stray.append(f"{self.page.url}: does not get {request.url}: {request.failure}")

    def listen(self) -> None:
        """From now on, note what must not happen."""
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.page.on(
            "pageerror",
            lambda error: self.stray.append(f"{self.page.url}: a script fails: {error}"),
        )
        self.page.on("requestfailed", self._unanswered)

    def left_behind(self) -> list[str]:
        """What the pages keep at the reader's."""
        cookies = [f"a cookie: {one}" for one in self.page.context.cookies()]
        kept = self.page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
        return cookies + [f"kept in the browser: {one}" for one in kept]


@contextmanager
def looking(browser: Browser, site: Site, size: Size = (1280, 800), **more: Any) -> Iterator[Look]:
    """A reader who was never here before; the pages' own policy is in force unless told."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
    try:
        look = Look(site, context.new_page())
        look.listen()
        yield look
    finally:
        context.close()


def barriers(page: Page) -> tuple[list[str], set[str]]:
    """What axe finds, colours apart, and which of its rules found something to hold good."""
    off = {rule: {"enabled": False} for rule in COLOURS}
    # The size of targets is off by default, whatever the tags say.
    rules = {**off, "target-size": {"enabled": True}}
    return _axe(page, {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules})


def pale_words(page: Page) -> tuple[list[str], set[str]]:
    """The same for the rules that depend on colours; what is like what was seen is left out."""
    page.evaluate(THIN_OUT)
    return _axe(page, {"runOnly": {"type": "rule", "values": COLOURS}})


def _axe(page: Page, options: dict[str, Any]) -> tuple[list[str], set[str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={**options, "resultTypes": ["violations"]}).response
    faults = [
        f"{page.url}: {fault['id']}: {fault['help']}: {node['target']} {node['html'][:120]}"
        for fault in found["violations"]
        for node in fault["nodes"][:3]
    ]
    return faults, {one["id"] for one in found["passes"]}


def too_wide(page: Page) -> list[str]:
    """Whether a reader must scroll sideways, and for what."""
    return [f"{page.url}: {one}" for one in page.evaluate(BEYOND)]


def small_targets(page: Page) -> list[str]:
    """What is to be pressed and is too small for a thumb."""
    return [f"{page.url}: {one}" for one in page.evaluate(SMALL_TARGETS, SMALLEST)]


# Boxes that scroll sideways by themselves; what only the ear gets is no box.
SIDEWAYS = """() => [...document.querySelectorAll("main *")].filter(one =>
    one.checkVisibility() && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
      && ["auto", "scroll"].includes(getComputedStyle(one).overflowX)
  ).map(one => [one.tabIndex === 0 && Boolean(
      one.getAttribute("aria-label") || document.getElementById(one.getAttribute("aria-labelledby"))
    ), one.outerHTML.slice(0, 120)])"""


def sideways(page: Page) -> tuple[list[str], list[str]]:
    """The boxes that scroll sideways: all, and those without a name or beyond the keyboard."""
    found = page.evaluate(SIDEWAYS)
    boxes = [f"{page.url}: {box}" for _, box in found]
    return boxes, [f"{page.url}: {box}" for reachable, box in found if not reachable]
