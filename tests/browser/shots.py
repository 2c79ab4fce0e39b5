"""The pictures in docs/screenshots, taken of the same nodes that the tests look at.

`python -m tests.browser.shots` takes them anew; `python -m tests.browser.shots FOLDER` elsewhere.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.browser.chromium import missing, opened
from tests.browser.crawl import Site, crawl
from tests.browser.looking import looking
from tests.browser.three_nodes import HOME_OF, playing

__all__ = ["FOLDER", "HEAVIEST", "SHOTS", "take"]

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PHONE, DESK = (360, 740), (1120, 760)
HEAVIEST = 150_000  # bytes of one picture


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: of which page, in which language, on which screen."""

    page: str
    language: str
    scheme: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """The name of its file."""
        screen = "phone" if self.size == PHONE else "wide"
        return f"{self.page}-{self.language}-{screen}-{self.scheme}.png"

    def path(self, site: Site) -> str:
        """Where the page is; the matter is the plan, whose two versions stand side by side."""
        match self.page:
            case "home":
                return f"/{self.language}/"
            case "matter":
                plans = [path for path in site.pages if "/matters/ESFBT/" in path]
                return next(path for path in plans if site.pages[path].count("<article") == 2)
            case place:
                return f"/{self.language}/{place}"


SHOTS = (
    Shot("home", "ko", "light", PHONE),
    Shot("home", "ja", "dark", PHONE),
    Shot("home", "en", "light", DESK),
    Shot("matter", "ko", "dark", DESK),
    Shot("matter", "ja", "light", DESK),
    Shot("matter", "en", "light", PHONE),
    Shot("register", "ko", "light", DESK),
    Shot("register", "ja", "light", PHONE),
    Shot("register", "en", "dark", DESK),
)


def take(folder: Path) -> list[Path]:
    """Run the nodes, take every picture, and stop them; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with tempfile.TemporaryDirectory() as root, opened() as browser, playing(Path(root)) as stage:
        sites = {
            language: crawl(stage.nodes[party].url, language) for language, party in HOME_OF.items()
        }
        for shot in SHOTS:
            site = sites[shot.language]
            with looking(browser, site, shot.size, color_scheme=shot.scheme) as look:
                look.at(shot.path(site)).screenshot(path=folder / shot.name)
            taken.append(folder / shot.name)
    return taken


if __name__ == "__main__":
    if reason := missing():
        sys.exit(f"There is {reason}.")
    for file in take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(file.name, file.stat().st_size)
