"""What is looked for on a page in a browser. Each check gives its findings as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.browser.crawl import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

__all__ = ["Look", "barriers", "looking", "small_targets", "too_wide"]

Size = tuple[int, int]

# What WCAG 2.0, 2.1 and 2.2 demand at levels A and AA, as axe names it.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SMALLEST = 24  # CSS pixels, either way (WCAG 2.2, 2.5.8)

# A link inside a sentence is as high as its line; what stands alone must be large enough.
SMALL_TARGETS = """smallest => [...document.querySelectorAll(
    "nav a, summary, button, input:not([type=hidden]), select, textarea, .toc a"
  )].filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.height < smallest || box.width < smallest)
  .map(([one, box]) => `${one.textContent.trim()}: ${box.width} x ${box.height}`)"""

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

    def at(self, path: str) -> Page:
        """Go to a page."""
        answer = self.page.goto(self.site.origin + path)
        assert answer is not None
        assert answer.status == 200, path
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.stray.append(f"{self.page.url}: the console says: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.site.origin + "/"):
            self.stray.append(f"{self.page.url}: asks elsewhere: {request.url}")

    def listen(self) -> None:
        """From now on, note what must not happen."""
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.page.on(
            "pageerror", lambda error: self.stray.append(f"{self.page.url}: a script fails: {error}")
        )
        self.page.on(
            "requestfailed",
            lambda request: self.stray.append(f"{self.page.url}: does not get {request.url}"),
        )

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


def barriers(page: Page, rules: tuple[str, ...] = ()) -> tuple[list[str], set[str]]:
    """What axe finds, and which rules found something to hold good; all rules if none is named."""
    from axe_playwright_python.sync_playwright import Axe

    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {
        "runOnly": chosen,
        "resultTypes": ["violations"],
        # Off by default, whatever the tags say.
        "rules": {} if rules else {"target-size": {"enabled": True}},
    }
    found = Axe().run(page, options=options).response
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
