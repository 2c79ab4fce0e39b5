"""Where something stands on the pages of a node: a path without its language, and an anchor."""

from __future__ import annotations

from architrave.institution.acts import Consulted, Tabled
from architrave.portal.reading import Copy
from architrave.portal.record_context import LINES
from architrave.record.entries import Tip

__all__ = ["line_place", "row_path", "symbol_path"]


def line_place(copy: Copy, tip: Tip) -> tuple[tuple[str, ...], str]:
    """The page of a minute book that shows a line, and the line's anchor there.

    A line of a second history stands on every page of its book; it has no anchor here.
    """
    party = copy.state.party_of(tip.origin)
    main = copy.view.history.main(tip.origin)
    if tip.size > len(main.tips) or main.tips[tip.size - 1].root != tip.root:
        return ("record", party.lower()), ""
    page = str(-(-tip.size // LINES))
    return ("record", party.lower(), page), f"line-{tip.size}"


def symbol_path(copy: Copy, symbol: str) -> tuple[str, ...] | None:
    """The page of the matter or consultation with this symbol; None if all know of none."""
    for fact in copy.view.of(copy.state.symbols.get(symbol, ())):
        if isinstance(fact.act, Tabled):
            return ("matters", symbol)
        if isinstance(fact.act, Consulted):
            return ("consultations", symbol)
    return None


def row_path(copy: Copy, row: str) -> tuple[str, ...] | None:
    """The page of a row of the register; None if it has no such row."""
    register = copy.register
    if register is None or row not in {**register.event_by_id, **register.promise_by_id}:
        return None
    return ("register", row)
