"""The browser: the system's own Chromium, with a new empty profile, that calls nobody by itself."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["NARROW", "WIDE", "missing", "opened"]

NARROW, WIDE = (320, 800), (1280, 800)
"""Width and height of a screen, in CSS pixels: the narrowest of WCAG, and a usual one."""

# No network but the pages': what a new Chromium fetches for itself would be a request elsewhere.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str | None:
    """Where Chromium is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def missing() -> str:
    """What is missing to run a browser, as a sentence; empty if nothing is."""
    if importlib.util.find_spec("playwright") is None:
        return "no Playwright; it comes with the tools for tests (make setup)"
    if program() is None:
        return "no Chromium; it comes from the system's packages (Debian: apt-get install chromium)"
    return ""


@contextmanager
def opened() -> Iterator[Browser]:
    """One browser; each context made in it is a reader who was never here before."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
