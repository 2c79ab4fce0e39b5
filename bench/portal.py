"""Portal: pages of a node, with the register many times over, beside an empty view of Django.

The shipped register, each row so many times under an id of its own, its links and translations
with it; beside it three logs of mixed acts as `bench.fold` has them. Each page is asked for
through Django's test client and all middleware of a node, in Korean, where most texts stand as
translations. The yardstick is a view that answers nothing, through the same client and middleware,
in turn with each page. The clock goes on by a second between requests, so that whatever tells the
time is told anew.

Before a time is given each page is asserted to hold what it must. Milliseconds of one core; rows:

portal               the slowest page
portal.PAGE          each page as it is asked for again; a search asks for something new each time
portal.home.bytes    KiB of the front page and of every file that it asks for
portal.written.PAGE  written anew, rows of it having been asked for before: the slowest but search
portal.first.PAGE    written for the first time, none of its rows kept: the slowest but search
portal.engine.PAGE   a bound: Django's templates alone, from the same context to the same text
portal.changed.PAGE  asked for first after a new line: the register, the data, a search for
                     something new, and the slowest of the others
portal.dump          made aside after a new line, by no request
portal.dump.lock     of that, while the node may not write
"""

import gc
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from architrave.institution import acts
from architrave.institution.register import Register, read_register
from architrave.institution.state import Admitted
from architrave.node.configure import configure
from architrave.node.runtime import Runtime, install
from architrave.peer.peer import Peer
from architrave.portal import views
from architrave.portal.data.data_kept import make
from architrave.portal.data.data_whole import read_whole
from architrave.portal.reading import Copy
from architrave.portal.register.register_context import ROWS
from architrave.portal.register.register_kept import forget_blocks
from architrave.portal.search import search_views
from architrave.portal.templatetags.screen import forget_written
from bench import Figure, main, versions
from bench.material import BODY, CHARTER, Writer, new_writer, node_keys, stored, write_acts

ROOT = Path(__file__).resolve().parents[1]
SIZE, ACTS, REPEATS = 100, 600, 15
LANGUAGE = "ko"
QUERIES = (
    "missile warning data", "훈련", "반도체", "미사일 경보", "정상회의", "협의", "공급망", "해양",
    "핵심 광물", "북한", "사이버", "supply chains", "foreign ministers", "半導体", "協議",
)  # fmt: skip
UNASKED = "협력"  # what is asked for only once


def empty(_request: HttpRequest) -> HttpResponse:
    """The yardstick: nothing."""
    return HttpResponse(b"")


urlpatterns = [path("empty", empty), path("", include("architrave.cli.urls"))]


def multiplied(copies: int) -> Register:
    """The shipped register, each row, link and translation `copies` times."""
    folder = ROOT / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    one = read_register(files, frozenset({"KOR", "JPN", "USA"}))

    def named(row: str, number: int) -> str:
        # The first keeps its id: the header names an event by it.
        return f"{row}-{number}" if row and number else row

    numbers = range(copies)
    return Register(
        one.header,
        tuple(replace(row, id=named(row.id, n)) for n in numbers for row in one.events),
        tuple(
            replace(row, id=named(row.id, n), made_at=named(row.made_at, n))
            for n in numbers
            for row in one.promises
        ),
        tuple(
            replace(row, promise=named(row.promise, n), event=named(row.event, n))
            for n in numbers
            for row in one.fulfilments
        ),
        {
            (named(row, n), column): text
            for n in numbers
            for (row, column), text in one.translations.items()
        },
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A page: its address without the language, and patterns with the count of their matches."""

    name: str
    path: str
    holds: Mapping[str, int]
    queries: tuple[str, ...] = ()

    def address(self, turn: int) -> str:
        """The address to ask for; a search asks for something else each time."""
        query = f"search?q={self.queries[turn % len(self.queries)]}" if self.queries else self.path
        return f"/{LANGUAGE}/{query}"


def pages(register: Register, writer: Writer, peer: Peer) -> list[Asked]:
    """Every page that is measured, with what it must hold."""
    last = -(-len(register.promises) // ROWS)
    left = len(register.promises) - ROWS * (last - 1)
    events = len(register.events)
    # Of the copies of one event, which alone says this, as many are found as the page has room for.
    hits = min(20, sum(row.id.startswith("ev-warning-2023") for row in register.events))
    lines = (peer.history.main(peer.origin).size - 1) % 50 + 1
    matter = f"{BODY}/2027/{writer.parties[1]}/2"
    return [
        Asked("home", "", {r'<li class="book ': 3, r'<section aria-labelledby="deciding"': 1}),
        Asked("matters", "matters", {r'<li class="matter': len(writer.decided)}),
        Asked("matter", f"matters/{matter}", {rf'<p class="symbol">{matter}</p>': 1}),
        Asked("register", "register", {r'<article class="promise"': ROWS}),
        Asked("register.late", f"register/{last}", {r'<article class="promise"': left}),
        Asked("events", "register/events", {r'<li id="ev-': min(ROWS, events)}),
        Asked("row", "register/cm-leaders-annual", {r'<article class="promise"': 1}),
        Asked("bodies", "bodies", {rf'id="{BODY}"': 1}),
        Asked("charter", "charter", {r"<main": 1}),
        Asked("record", "record", {r'<li id="line-': lines}),
        Asked("calendar", "calendar", {r'<details class="feeds"': 1 + len(writer.charter.bodies)}),
        Asked("search", f"search?q={QUERIES[0]}", {r'href="[^"]*ev-warning-2023': hits}, QUERIES),
        Asked("research", "research", {r"<select": 3}),
        Asked("data", "data", {r"/data/events\.csv": 1}),
        Asked("verify", "verify", {writer.founding.id: 2}),
    ]


class Shown:
    """A node's pages on a clock that goes on by a second with each request."""

    def __init__(self, register: Register, writer: Writer) -> None:
        self.writer, self.party = writer, writer.parties[0]
        self.now, self.changes, self.turns = writer.now, 0, 0
        self.peer = self.started()
        addresses = {party: f"http://{party.lower()}.example:4001" for party in writer.parties}
        self.runtime = Runtime(self.peer, self.clock, lambda _act: None, register, addresses)
        self.runtime.charter_text = CHARTER.read_text(encoding="utf-8")
        self.runtime.founding_file = writer.founding_file
        install(self.runtime)
        self.client = Client()

    def started(self) -> Peer:
        """The peer of the first party, from all that is written."""
        writer, keys = self.writer, node_keys(self.party)
        held = stored(writer, self.party)
        peer = Peer(writer.founding, writer.charter, self.party, keys, held)
        peer.tick(writer.now)
        return peer

    def change(self) -> None:
        """A new line in the first party's book: a document is laid down."""
        writer, party = self.writer, self.party
        self.changes += 1
        key = writer.keys[party, writer.charter.body(BODY).seat_of(party).id]
        fields = {
            "seat": writer.charter.body(BODY).seat_of(party).id,
            "title": writer.words(f"New document {self.changes}"),
            "digest": f"{self.changes:064x}",
            "source": "compiled for a measurement",
        }
        act = writer.sealed(party, writer.make(party, acts.Deposited, key, fields), key)
        effects = self.peer.command(self.changes, act)
        assert isinstance(getattr(effects[-1], "verdict", None), Admitted)

    def forget(self) -> None:
        """Make every page be written anew: all of them depend on where the public may write."""
        self.turns += 1
        self.runtime.contact = f"office-{self.turns}@example.org"

    def forget_rows(self) -> None:
        """Make every page and every row of the register be written as for the first time."""
        self.forget()
        forget_written()
        forget_blocks()

    def dump(self) -> tuple[float, float]:
        """Milliseconds to make the dump after a new line, and of these under the reading lock."""
        self.change()
        with self.runtime.reading() as peer:
            copy = Copy(peer, "en", self.clock(), self.runtime.register, self.runtime.addresses)
            start = time.process_time()
            read_whole(copy)
            under = (time.process_time() - start) * 1e3
        self.change()
        start = time.process_time()
        make(self.runtime)
        return (time.process_time() - start) * 1e3, under

    def clock(self) -> int:
        """Milliseconds, a second later each time; the others were heard of at the full minute."""
        self.now += 1_000
        for other in self.peer.others:
            self.peer.heard[other] = self.now - self.now % 60_000
        return self.now

    def get(self, address: str) -> bytes:
        """A page's bytes."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    def holds(self, page: Asked) -> bool:
        """Whether a page holds what it must."""
        text = self.get(page.address(0)).decode()
        return all(len(re.findall(one, text)) == count for one, count in page.holds.items())

    def front_bytes(self) -> int:
        """Bytes of the front page and of each file that it asks for, scripts among them."""
        page = self.get(f"/{LANGUAGE}/")
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
        return len(page) + sum(len(self.get(file)) for file in files)


def measure(size: int = SIZE) -> list[Figure]:
    """Measure with the register `size` times."""
    register, writer = multiplied(size), new_writer()
    write_acts(writer, ACTS)
    with tempfile.TemporaryDirectory() as folder:
        # No page asks the database: this one is never made.
        configure(Path(folder) / "none.sqlite3", "bench.portal", ("architrave.portal",))
        shown = Shown(register, writer)
        make(shown.runtime)
        asked = pages(register, writer, shown.peer)
        right = {page.name: shown.holds(page) for page in asked}
        taken = {page.name: timed(shown, page) for page in asked}
        with noting_context() as last:
            written = {page.name: timed(shown, page, shown.forget) for page in asked}
            first = {page.name: timed(shown, page, shown.forget_rows) for page in asked}
            slow = slowest(but(first, "search"))
            shown.forget_rows()
            shown.get(next(page for page in asked if page.name == slow).address(0))
            rendering = engine(*last)
        with noting_context(search_views) as last:
            shown.get(f"/{LANGUAGE}/search?q={UNASKED}")
            finding = engine(*last)
        changed = {page.name: timed(shown, page, shown.change) for page in asked}
        dumps = [shown.dump() for _ in range(5)]
        front = shown.front_bytes() / 2**10
    sizes = {
        "promises": len(register.promises),
        "events": len(register.events),
        "acts": writer.acts,
        "matters": len(writer.decided),
    }
    named, reach = versions("django"), ("<=", 15.0)
    again = slowest(but(written, "search"))
    after = slowest(but(changed, "data", "register", "search"))
    rows = {
        "portal": taken[slowest(taken)],
        **{f"portal.{name}": pair for name, pair in taken.items()},
        "portal.written.register": written["register"],
        f"portal.written.{again}": written[again],
        f"portal.first.{slow}": first[slow],
        f"portal.engine.{slow}": (rendering, first[slow][1]),
        "portal.engine.search": (finding, taken["search"][1]),
        **{f"portal.changed.{name}": changed[name] for name in ("register", "data", "search")},
        f"portal.changed.{after}": changed[after],
    }
    equal = all(right.values())
    return [
        *(Figure(name, *pair, reach, equal, sizes, named) for name, pair in rows.items()),
        *(Figure(name, took, None, limit, equal, sizes) for name, took, limit in aside(dumps)),
        Figure("portal.home.bytes", front, None, ("<=", 200), equal, sizes, named),
    ]


@contextmanager
def noting_context(place: ModuleType = views) -> Iterator[list[object]]:
    """Note the name and the context of the last page that a module of views renders."""
    last: list[object] = []
    render = place.render_to_string

    def noting(*given: object) -> str:
        last[:] = given
        return render(*given)

    place.render_to_string = noting
    try:
        yield last
    finally:
        place.render_to_string = render


def aside(dumps: list[tuple[float, float]]) -> list[tuple[str, float, tuple[str, float]]]:
    """The rows of the dump: milliseconds, and what a node is held to."""
    made, under = (statistics.median(several) for several in zip(*dumps, strict=True))
    return [("portal.dump", made, ("<=", 5_000)), ("portal.dump.lock", under, ("<=", 250))]


def but(taken: Mapping[str, tuple[float, float]], *names: str) -> dict[str, tuple[float, float]]:
    """The others."""
    return {name: pair for name, pair in taken.items() if name not in names}


def engine(name: object, context: object) -> float:
    """Median milliseconds of the templates alone."""
    times = []
    for _ in range(REPEATS):
        forget_written()
        start = time.process_time()
        views.render_to_string(name, context)
        times.append((time.process_time() - start) * 1e3)
    return statistics.median(times)


def slowest(taken: Mapping[str, tuple[float, float]]) -> str:
    """The page with the largest ratio."""
    return max(taken, key=lambda name: taken[name][0] / taken[name][1])


def one(shown: Shown, address: str) -> float:
    """Milliseconds of one core for one request."""
    start = time.process_time()
    shown.get(address)
    return (time.process_time() - start) * 1e3


def timed(
    shown: Shown, page: Asked, before: Callable[[], None] | None = None
) -> tuple[float, float]:
    """Median milliseconds of a page and of the empty view, in turn; `before` runs before each."""
    pairs = []
    gc.collect()
    for turn in range(REPEATS):
        if before is not None:
            before()
        pairs.append((one(shown, page.address(turn)), one(shown, "/empty")))
    return statistics.median(pair[0] for pair in pairs), statistics.median(
        pair[1] for pair in pairs
    )


if __name__ == "__main__":
    sys.exit(main(measure))
