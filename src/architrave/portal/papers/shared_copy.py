"""The record as any capital's copy shows it: the same lines give the same words and the same bytes.

Pages speak for the capital that keeps the copy: its state is named first, its clock shows the time.
A paper that several capitals are to compare must not. Here names stand in the order of the
language, instants in UTC, and the time is that of the newest line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from architrave.institution.amendments import charter_at
from architrave.institution.state import Institution, View
from architrave.portal import formats
from architrave.portal.formats import Moment
from architrave.portal.reading import Copy
from architrave.record.branches import Cut
from architrave.record.entries import Tip
from architrave.record.errors import RecordError

__all__ = ["NoSuchState", "SharedCopy", "cut_at", "newest", "shared_copy"]


class NoSuchState(Exception):
    """A copy does not hold the state that was asked for; the text says why."""


@dataclass(frozen=True)
class SharedCopy(Copy):
    """A copy that no capital keeps, at a cut of the record."""

    cut: Cut = field(kw_only=True)

    @cached_property
    def view(self) -> View:
        """What counts at the cut."""
        return replace(self.peer.view(), cut=self.cut)

    @cached_property
    def state(self) -> Institution:
        """What the record says; its charter is the one that held at the cut."""
        state = self.peer.state
        return state.but(charter=charter_at(state, self.view)) if state.amended else state

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The parties as this language orders them."""
        return self.charter.order(self.tongue)

    def here(self, ms: int) -> Moment:
        """An instant in UTC."""
        return formats.utc_moment(ms, self.language)


def shared_copy(copy: Copy, cut: Cut | None = None) -> SharedCopy:
    """The same record as nobody's copy, now or at a cut; its time is that of the newest line."""
    found = SharedCopy(
        copy.peer,
        copy.language,
        0,
        copy.register,
        {},
        cut=copy.view.cut if cut is None else cut,
    )
    return replace(found, now=newest(found))


def newest(copy: Copy) -> int:
    """The time (ms) of the newest line that a copy counts; 0 while there is none."""
    tips = [tip for party in copy.order if (tip := copy.view.tip(party)) is not None]
    return max((copy.view.history.entry(tip).header.t for tip in tips), default=0)


def cut_at(copy: Copy, sizes: Mapping[str, int]) -> Cut:
    """The cut with so many lines of each party's book; NoSuchState if this copy has no such one.

    A book that a line of another acknowledges further than that makes it no state of the record.
    """
    history, tips = copy.peer.history, []
    for party in copy.state.charter.party_ids:
        size = sizes.get(party)
        held = copy.peer.view().tip(party)
        if size is None:
            raise NoSuchState(f"the size of the book of {party} is missing.")
        if size > (held.size if held is not None else 0):
            raise NoSuchState(f"this copy holds fewer than {size} lines of the book of {party}.")
        if held is not None and size:
            tips.append(history.at(held, size))
    cut = history.cut_of(tips)
    for tip in tips:
        _require_closed(copy, cut, tip)
    return cut


def _require_closed(copy: Copy, cut: Cut, tip: Tip) -> None:
    history = copy.peer.history
    try:
        beyond = [one for one in history.seen(tip).values() if not history.holds(cut, one)]
    except RecordError as fault:  # a second history was signed, and this is the other one
        raise NoSuchState(str(fault)) from fault
    for one in beyond:
        author, named = copy.state.party_of(tip.origin), copy.state.party_of(one.origin)
        raise NoSuchState(
            f"line {tip.size} of the book of {author} acknowledges line {one.size} of that of "
            f"{named}: no state of the record has one without the other."
        )
