"""Folders of tables for the planner's board, and its door without a network."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from waitress import wasyncore
from world import ROOT

from architrave.charter.parse import parse_charter
from architrave.desks.exercises.model import (
    Area,
    Domain,
    Force,
    Horizon,
    Need,
    Part,
    Placed,
    Programme,
    Series,
)
from architrave.desks.exercises.places import write_plan
from architrave.desks.exercises.writing import write_programme
from architrave.portal.board.board_door import Door
from architrave.portal.board.board_pages import Board
from architrave.portal.board.board_server import Served, opened_board
from architrave.portal.board.folder import read_tables, today_of
from architrave.portal.board.laying import Bench
from architrave.portal.board.screen import Screen

CHARTER = parse_charter(
    (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8"), "trilateral.toml"
)
TODAY = date(2031, 1, 10)
HOST = "127.0.0.1:4100"
EDITION = "north-wind/2031.1"


def example_folder(place: Path) -> Path:
    """The shipped example, as a planner's own folder."""
    folder = place / "example"
    shutil.copytree(ROOT / "data" / "examples" / "exercises", folder)
    return folder


def sandbox_folder(place: Path) -> Path:
    """Two years without a number, with a plan."""
    series = Series(
        "elm-wind", "Elm Wind (illustrative)", ("JPN", "KOR"), (Domain.SEA,), 5, area="elm-sea"
    )
    programme = Programme(
        Horizon(1, 2),
        ("JPN", "KOR"),
        {"elm-sea": Area("elm-sea", "Elm sea (illustrative)")},
        {"elm": Force("elm", "KOR", Domain.SEA, "Elm squadron (illustrative)", 5)},
        {series.id: series},
        needs=(Need(series.id, "elm"),),
        parts={"tow": Part("tow", series.id, "Tow (illustrative)", 1, 2)},
    )
    plan = (
        Placed("elm-wind/1.1", date(1, 3, 5), 5),
        Placed("elm-wind/2.1", date(2, 4, 1), 5),
    )
    folder = place / "sandbox"
    folder.mkdir()
    for name, content in {**write_programme(programme), "plan.csv": write_plan(plan)}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@contextmanager
def serving(folder: Path, bench: Bench | None = None, today: date = TODAY) -> Iterator[Served]:
    """A board that listens on this machine while somebody looks."""
    served = opened_board(folder, CHARTER, today=lambda: today, bench=bench)
    answering = threading.Thread(target=served.run, daemon=True)
    answering.start()
    try:
        yield served
    finally:
        # Closed by the thread that listens: another would pull the socket from under it.
        served.server.trigger.pull_trigger(lambda: wasyncore.close_all(served.server._map))
        answering.join(10)
        served.server.task_dispatcher.shutdown()


def screen_of(folder: Path, language: str = "en", today: date = TODAY) -> Screen:
    tables = read_tables(folder, CHARTER)
    day = today_of(tables) if tables.is_sandbox else today
    return Screen(tables, language, "/secret", "token", day)


@dataclass
class Got:
    """An answer: its status, its headers, and its text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of its forms; of each name the last."""
        pairs = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.text)
        return {name: unescape(value) for name, value in pairs}

    @property
    def words(self) -> str:
        """What stands on the page, without its tags."""
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", self.text)))


@dataclass
class Desk:
    """A board behind its door, asked as a browser on the same machine asks."""

    folder: Path
    bench: Bench = field(default_factory=Bench)
    today: date = TODAY

    def __post_init__(self) -> None:
        board = Board(self.folder, CHARTER, lambda: self.today, self.bench)
        self.door = Door(board.answer, (HOST,))
        board.base, board.token = self.door.base, self.door.token

    def ask(self, method: str, path: str, body: str = "", **more: str) -> Got:
        """Any request at all; `more` replaces what a browser would say of it."""
        told: dict[str, str] = {}
        parts = urlsplit(path)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": f"http://{HOST}",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body.encode())),
            "wsgi.input": BytesIO(body.encode()),
            **more,
        }
        status: list[str] = []

        def start(line: str, headers: list[tuple[str, str]]) -> None:
            status.append(line)
            told.update(headers)

        content = b"".join(self.door(environ, start))
        return Got(int(status[0].split()[0]), told, content.decode())

    def get(self, path: str) -> Got:
        return self.ask("GET", f"{self.door.base}/{path}")

    def send(self, path: str, fields: dict[str, str]) -> Got:
        return self.ask("POST", f"{self.door.base}/{path}", urlencode(fields))

    def follow(self, answer: Got) -> Got:
        """The page to which a form led."""
        assert answer.status == 303, answer.words
        return self.ask("GET", answer.headers["Location"])

    def tried(self, of: str, to: int, language: str = "en") -> Got:
        """The page on which a new place is tried."""
        return self.get(f"{language}/piece?of={quote(of, safe='/')}&to={to}")

    def keep(self, page: Got, **said: str) -> Got:
        """Send the form of a page on which a place was tried."""
        usual = {
            "how": "day",
            "reason": "harbour closed (illustrative)",
            "seat": "KOR/TDCWL",
            "decided": "2031-01-10",
        }
        return self.send("en/keep", {**page.hidden, **usual, **said})
