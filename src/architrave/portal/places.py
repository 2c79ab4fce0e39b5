"""Where something stands on the pages of a node: a path without its language, and an anchor."""

from __future__ import annotations

from collections.abc import Iterator

from architrave.institution.acts import Alerted, Consulted, Convened, Tabled
from architrave.portal.reading import LINES, Copy
from architrave.record.branches import Branch
from architrave.record.entries import Tip
from architrave.record.origins import first_log

__all__ = [
    "book_pages",
    "face_lines",
    "faces",
    "line_place",
    "row_path",
    "stands_in",
    "symbol_place",
]


def line_place(copy: Copy, tip: Tip) -> tuple[tuple[str, ...], str]:
    """The page of a minute book that shows a line, and the line's anchor there.

    A line of a second history stands on the page where the first has its line of that number.
    """
    book = ("record", copy.state.party_of(tip.origin).lower())
    main = copy.view.history.main(tip.origin)
    if stands_in(main, tip):
        return (*book, str(-(-tip.size // LINES))), f"line-{tip.size}"
    found = copy.view.history.find(tip)
    for face, branch in faces(copy, tip.origin):
        if branch is found:
            return (*book, str(-(-tip.size // LINES))), f"{face}line-{tip.size}"
    return book, ""


def faces(copy: Copy, origin: str) -> Iterator[tuple[str, Branch]]:
    """The other histories of the party that writes a log, each with what its anchors begin with."""
    main = copy.view.history.main(origin)
    others = (one for one in copy.peer.branches_of(first_log(origin)) if one is not main)
    return ((f"face-{face}-", branch) for face, branch in enumerate(others, start=2))


def book_pages(copy: Copy, origin: str, lines: int) -> int:
    """How many pages of so many lines the longest history of a book fills; one if it is empty."""
    sizes = [len(branch.tips) for _, branch in faces(copy, origin)]
    return max(1, -(-max([copy.view.history.main(origin).size, *sizes]) // lines))


def face_lines(copy: Copy, origin: str, first: int, end: int) -> Iterator[tuple[str, Tip]]:
    """Lines of the other histories of a book after its `first` up to its `end`, the newest of each
    first, each with what its anchor begins with."""
    history = copy.view.history
    main = history.main(origin)
    for face, branch in faces(copy, origin):
        for tip in reversed(branch.tips[first:end]):
            if history.find(tip) is branch and not stands_in(main, tip):
                yield face, tip


def stands_in(branch: Branch, tip: Tip) -> bool:
    """Say whether a history holds this very line, without going through all of it."""
    return tip.size <= len(branch.tips) and branch.tips[tip.size - 1] == tip


def symbol_place(copy: Copy, symbol: str) -> tuple[tuple[str, ...], str] | None:
    """The page of the matter, consultation or alert with this symbol; None if all know of none.

    Of a text that was sealed and released later there is no such page: its place is its line.
    """
    for fact in copy.view.of(copy.state.symbols.get(symbol, ())):
        if isinstance(fact.act, Tabled):
            return ("matters", symbol), ""
        if isinstance(fact.act, Consulted):
            return ("consultations", symbol), ""
        if isinstance(fact.act, Alerted):
            return ("alerts", symbol), ""
        if isinstance(fact.act, Convened):
            return ("bodies",), fact.act.body
    for tip, (_, act) in copy.opened.items():
        if symbol and getattr(act, "symbol", "") == symbol:
            return line_place(copy, tip)
    return None


def row_path(copy: Copy, row: str) -> tuple[str, ...] | None:
    """The page of a row of the register; None if it has no such row."""
    register = copy.register
    if register is None or row not in {**register.event_by_id, **register.promise_by_id}:
        return None
    return ("register", row)
