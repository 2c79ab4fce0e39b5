"""One node's copy of the record as a verb looks at it: now, or as it stood at a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from architrave.charter.model import Charter
from architrave.cli.places import node_folder
from architrave.cli.reading import Reading, read_folder
from architrave.institution.acts import Alerted, Consulted, Convened, Erased, Tabled
from architrave.institution.amendments import charter_at
from architrave.institution.erasure import erasure_of
from architrave.institution.pending import final_part
from architrave.institution.register import Register
from architrave.institution.state import Fact, Institution, View
from architrave.node.readiness import register_in
from architrave.peer.peer import Peer
from architrave.portal.composing.instants import clocks, instant, utc
from architrave.portal.reading import on_screen
from architrave.portal.words import say, say_of
from architrave.record.entries import Audience, Tip
from architrave.record.history import History

__all__ = ["LANGUAGE", "Look", "in_english", "look"]

LANGUAGE = "en"


@dataclass(frozen=True)
class Look:
    """A reading, and the view that a verb asks about; `at` is its instant (ms)."""

    reading: Reading
    view: View
    at: int

    @property
    def peer(self) -> Peer:
        return self.reading.peer

    @property
    def state(self) -> Institution:
        """What the record says; its charter is the one in force in this view."""
        state = self.reading.peer.state
        return state.but(charter=charter_at(state, self.view)) if state.amended else state

    @property
    def history(self) -> History:
        return self.reading.peer.history

    @property
    def charter(self) -> Charter:
        return self.state.charter

    @property
    def party(self) -> str:
        return self.reading.peer.party

    @property
    def register(self) -> Register | None:
        """The register in the node's folder."""
        return register_in(self.reading.folder, self.charter)

    @cached_property
    def final(self) -> View:
        """What every other party has received."""
        return final_part(self.view)

    def is_final(self, tip: Tip) -> bool:
        return self.history.holds(self.final.cut, tip)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The parties as this capital's copy orders them."""
        return self.charter.order(LANGUAGE, self.party)

    def capital(self, party: str) -> str:
        return self.charter.party(party).capital[LANGUAGE]

    def capitals(self, parties: Iterable[str]) -> str:
        """The capitals of some parties, in this copy's order: "Tokyo, Seoul and Washington"."""
        chosen = set(parties)
        names = [self.capital(party) for party in self.order if party in chosen]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def cite(self, number: str) -> str:
        """An article as English texts cite it; empty for no article."""
        return self.charter.citation(number, LANGUAGE) if number else ""

    def clocks(self, ms: int) -> str:
        return clocks(ms, self.charter, self.party)

    def line(self, tip: Tip) -> str:
        """Which line of which minute book an entry is, for example ``KOR:12``."""
        return f"{self.state.party_of(tip.origin)}:{tip.size}"

    def symbol(self, name: str) -> str:
        """The symbol that an act of this name issued; empty if it issued none."""
        for fact in self.state.acts.get(name, ()):
            if isinstance(fact.act, Alerted | Consulted | Convened | Tabled):
                return fact.act.symbol
        return ""

    def plain(self, reason: str) -> str:
        """A refusal's reason in the words of the screen, parties by their capitals."""
        text = on_screen(reason).text
        for party in self.charter.party_ids:
            text = re.sub(rf"(?<![/\w]){party}(?![/\w])", self.capital(party), text)
        return text

    def erased(self, party: str, name: str) -> str:
        """By whom, when and why the words of a party's act were erased; empty if they were not."""
        mine = replace(self.view, audience=Audience.among([self.peer.origin]))
        fact = erasure_of(self.state, mine, party, name)
        if fact is None or not isinstance(fact.act, Erased):
            return ""
        cause = say_of("cause", fact.act.cause, LANGUAGE)
        if fact.act.reason:
            cause = say("pair", LANGUAGE, left=cause, right=in_english(fact.act.reason))
        capital, at = self.capital(fact.party), utc(fact.t)
        return say("erased-note", LANGUAGE, party=capital, at=at, cause=cause)

    def erased_of(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """Of some acts those whose words were erased: the line of each, by whom, when and why."""
        notes = [(one, self.erased(one.act.party, one.name)) for one in facts]
        return tuple(f"{self.line(one.tip)}: {note}" for one, note in notes if note)

    def readers(self, fact: Fact) -> list[str]:
        """Who may read an act: ``["public"]``, or the parties in this copy's order."""
        if fact.audience.logs is None:
            return ["public"]
        named = {self.state.party_of(origin) for origin in fact.audience.logs}
        return [party for party in self.order if party in named]


def look(node: str, as_of: str | None = None) -> Look:
    """Look at a node's copy, named by its folder or by a capital of the demonstration.

    With `as_of`, at the largest causally closed part of it dated up to then.
    """
    reading = read_folder(node_folder(node))
    peer = reading.peer
    if as_of is None:
        return Look(reading, peer.view(), peer.now)
    at = instant(as_of, reading.charter, "--as-of", day_means_end=True)
    cut = peer.history.dated_cut(peer.reader.cut(), at)
    return Look(reading, replace(peer.view(), cut=cut), at)


def in_english(text: Mapping[str, str]) -> str:
    """A text in English, or in whatever language it has."""
    return text.get(LANGUAGE) or next(iter(text.values()), "")
