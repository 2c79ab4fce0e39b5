"""The matters that may still ask a line of this party, looked at again only when one may move.

What a matter asks changes when an act joins it, when a log newly names one of its acts or closing
entries, and while a silence runs, with the dates of every log. Nothing else is looked at: the cost
of a line does not grow with the number of matters that are open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from architrave.institution.acts import (
    Positioned,
    Retracted,
    Revised,
    Tabled,
    WithdrewMatter,
)
from architrave.institution.standing import MatterStanding, Stage, VersionStanding, stand
from architrave.institution.state import Fact, Institution, View
from architrave.peer.receipts import notice_dates, silence_dates, unanswered_closings
from architrave.record.entries import Audience, Tip
from architrave.record.history import History
from architrave.record.reading import Reader

__all__ = ["Watch"]

_MOVING = (Positioned, Retracted, Revised, Tabled, WithdrewMatter)
_Place = tuple[str, int]


@dataclass(slots=True)
class Watch:
    """What is open for one party. `standings` holds each open matter as it was last seen."""

    history: History
    reader: Reader
    party: str
    open: set[str] = field(default_factory=set)
    standings: dict[str, MatterStanding] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)
    _running: set[str] = field(default_factory=set)
    _unanswered: set[str] = field(default_factory=set)
    _dates: dict[str, tuple[int, ...]] = field(default_factory=dict)
    # The open matters of which an act, or a closing, stands at a place (log and size).
    _places: dict[_Place, set[str]] = field(default_factory=dict)
    _places_of: dict[str, set[_Place]] = field(default_factory=dict)
    _looked: dict[str, int] = field(default_factory=dict)
    _stamp: tuple[int, ...] = ()
    _notices: tuple[int, ...] = ()

    def admitted(self, fact: Fact) -> None:
        """An act has been admitted."""
        if not isinstance(fact.act, _MOVING):
            return
        matter = fact.name if isinstance(fact.act, Tabled) else fact.act.matter
        if isinstance(fact.act, Tabled):
            self.open.add(matter)
        if matter in self.open:
            self._changed.add(matter)
            self._stand_at(matter, fact.tip)

    def look(self, state: Institution) -> View | None:
        """Bring everything up to what has been read; None if nothing was since the last time."""
        branches = [one for many in self.history.branches.values() for one in many]
        sizes = [self.reader.read_size(branch) for branch in branches]
        stamp = (len(state.acts), len(self.reader.judged), *sizes)
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        # What is addressed to some parties only asks for lines too.
        mine = state.origin_of(self.party)
        view = View(self.history, self.reader.cut(), Audience.among([mine]))
        for origin in self.history.parties():
            self._read_on(origin)
        self._changed |= self._running
        if len(branches) > len(self.history.branches) or self.history.successions:
            self._changed |= self.open  # a log has forked, or goes on: places no longer tell
        for matter in sorted(self._changed & self.open):
            self._look_at(state, matter, view)
        self._changed.clear()
        self._notices = tuple(notice_dates(state, view, self.party))
        return view

    def due(self) -> Iterator[int]:
        """The instants (ms) at which the own log needs a line."""
        for dates in self._dates.values():
            yield from dates
        yield from self._notices

    def unanswered(self, own: Tip) -> bool:
        """Say whether closing entries are held and readable that the own log does not name."""
        standings = (self.standings[matter] for matter in self._unanswered)
        return bool(self._unanswered) and unanswered_closings(
            standings, self.history, own, self.reader.seen_now()
        )

    # -- what changed -------------------------------------------------------------------------

    def _read_on(self, origin: str) -> None:
        """Note the matters that the newly read lines of a log are, or name."""
        branch = self.history.main(origin)
        start, end = self._looked.get(origin, 0), self.reader.read_size(branch)
        self._looked[origin] = end
        for index in range(start, end) if self._places else ():
            self._changed |= self._places.get((origin, index + 1), set())
            before = branch.seen[index - 1] if index else {}
            for other, named in branch.entries[index].header.seen.items():
                old = before[other].size if other in before else 0
                for size in range(old + 1, named.size + 1):
                    self._changed |= self._places.get((other, size), set())

    def _stand_at(self, matter: str, tip: Tip) -> None:
        place = (tip.origin, tip.size)
        self._places.setdefault(place, set()).add(matter)
        self._places_of.setdefault(matter, set()).add(place)

    # -- one matter ---------------------------------------------------------------------------

    def _look_at(self, state: Institution, matter: str, view: View) -> None:
        standing = stand(state, matter, view)
        if standing is None:
            return
        own = view.tip(self.party)
        closings = [
            tip for one in standing.versions for tip in one.has_all.values() if tip is not None
        ]
        for tip in closings:
            self._stand_at(matter, tip)
        self.standings[matter] = standing
        unanswered = own is None or not all(
            self.history.same_party(tip, own) or self.history.names(own, tip) for tip in closings
        )
        _keep(self._unanswered, matter, unanswered)
        facts = view.of(state.matters[matter])
        gone = [fact.tip for fact in facts if isinstance(fact.act, WithdrewMatter)]
        _keep(self._running, matter, any(_runs(one, view, gone) for one in standing.versions))
        self._dates[matter] = tuple(silence_dates(state, view, self.party, standing))
        if own is not None and not unanswered and _settled(standing):
            self._close(matter)

    def _close(self, matter: str) -> None:
        """Nothing more can be owed for a matter by this party."""
        self.open.discard(matter)
        self._running.discard(matter)
        del self.standings[matter], self._dates[matter]
        for place in self._places_of.pop(matter, ()):
            self._places[place].discard(matter)
            if not self._places[place]:
                del self._places[place]


def _keep(among: set[str], matter: str, here: bool) -> None:
    (among.add if here else among.discard)(matter)


def _runs(version: VersionStanding, view: View, gone: list[Tip]) -> bool:
    """Say whether a silence may still be kept by a party, which only its dates will tell."""
    if version.version.silence is None or None not in version.has_all.values():
        return False
    stops = [*gone, *(fact.tip for fact in version.breaks)]
    tips = [view.tip(party) for party in version.version.body.parties]
    return not all(
        tip is not None and any(view.history.names(tip, stop) for stop in stops) for tip in tips
    )


def _settled(standing: MatterStanding) -> bool:
    version = standing.current
    return version.stage is Stage.IN_FORCE and None not in version.has_all.values()
