"""All that this capital has read, for its own officers: what is addressed to some only, too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from architrave.charter.model import Charter
from architrave.institution.acts import KeyDelegated
from architrave.institution.amendments import charter_at
from architrave.institution.questions import key_serves
from architrave.institution.register import Register
from architrave.institution.state import Institution, View
from architrave.portal.reading import Copy, Told, told_apart
from architrave.record.entries import Tip
from architrave.record.history import History

__all__ = ["DeskHeld", "OwnCopy", "serving_key"]


@dataclass(frozen=True)
class OwnCopy(Copy):
    """A capital's copy as its own officers read it."""

    @cached_property
    def view(self) -> View:
        """All that this party has read."""
        return self.peer.own_view()

    @cached_property
    def told(self) -> Told:
        """Worked out for this page alone: the pages of all readers must never meet it."""
        return told_apart(self.peer, self.view)


@dataclass(frozen=True)
class DeskHeld:
    """The same copy as a composer asks it, which is how the terminal's composer asks its own."""

    copy: OwnCopy

    @property
    def view(self) -> View:
        return self.copy.view

    @property
    def state(self) -> Institution:
        state = self.copy.state
        return state.but(charter=charter_at(state, self.view)) if state.amended else state

    @property
    def history(self) -> History:
        return self.copy.peer.history

    @property
    def charter(self) -> Charter:
        return self.state.charter

    @property
    def party(self) -> str:
        return self.copy.peer.party

    @property
    def register(self) -> Register | None:
        return self.copy.register

    def capital(self, party: str) -> str:
        return self.charter.party(party).capital["en"]

    def line(self, tip: Tip) -> str:
        return f"{self.state.party_of(tip.origin)}:{tip.size}"


def serving_key(copy: OwnCopy, seat: str) -> str:
    """The officer key, in base64, that was given last to a seat's present holder; empty if none."""
    facts = [
        fact
        for facts in copy.state.keys.values()
        for fact in copy.view.of(facts)
        if isinstance(fact.act, KeyDelegated) and fact.act.office == seat
    ]
    for fact in sorted(facts, key=lambda one: one.tip.size, reverse=True):
        assert isinstance(fact.act, KeyDelegated)
        if key_serves(copy.state, copy.view, fact.act.officer_key, seat):
            return fact.act.officer_key
    return ""
