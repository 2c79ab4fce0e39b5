"""What the record says: facts, each with the entry that made it, and views that select them.

A fact counts in a *view* if the view's cut holds its entry and its audience includes the view's.
So one state answers for every past, every date and every audience; nothing is folded twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from immutables import Map

from architrave.charter.model import Charter
from architrave.institution.acts import Act
from architrave.record.entries import Audience, Tip
from architrave.record.founding import Founding
from architrave.record.history import Cut, History

__all__ = ["Admitted", "Fact", "Institution", "Refused", "View", "add", "add_along", "empty"]

Index = Map[str, tuple["Fact", ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """An admitted act at its place: the entry (`tip`), the author's party, its time (ms)."""

    tip: Tip
    party: str
    t: int
    audience: Audience
    name: str
    act: Act


@dataclass(frozen=True, slots=True)
class Admitted:
    """The act is admitted under `article` (empty where no article is needed)."""

    article: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The act is void: the article it fails, and why, in one sentence.

    `late` marks an objection or a reserve that came after its party had closed the matter: it is
    shown with the matter, as late.
    """

    article: str
    reason: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Which facts count: those held by `cut` whose audience includes `audience`.

    `rehearsal` marks the past of an act that is not written yet: its own entry is not in the cut.
    `cosigned` says how many lines of a log (by origin) stand under a checkpoint that each other
    log's party has cosigned; only withdrawal asks for it, and without it none takes effect.
    """

    history: History
    cut: Cut
    audience: Audience
    rehearsal: bool = False
    cosigned: Mapping[str, Mapping[str, int]] = field(default_factory=Map)

    def holds(self, fact: Fact) -> bool:
        """Say whether a fact counts here."""
        everyone = self.history.founding.origins
        return fact.audience.covers(self.audience, everyone) and self.history.holds(
            self.cut, fact.tip
        )

    def of(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that count here, in the order given."""
        everyone = self.history.founding.origins
        return (
            fact
            for fact in facts
            if fact.audience.covers(self.audience, everyone)
            and self.history.holds(self.cut, fact.tip)
        )

    def last(self, facts: tuple[Fact, ...]) -> Fact | None:
        """The one furthest along its log among the facts that count here; None without any.

        The facts are of one party and stand in the order of its log, as `add_along` keeps them.
        What stands on lines that a later log leaves out does not count.
        """
        held = (fact for fact in reversed(facts) if self.holds(fact))
        if not self.history.successions:
            return next(held, None)
        return next((fact for fact in held if self._continues(fact)), None)

    def _continues(self, fact: Fact) -> bool:
        tips = self.cut.of(fact.tip.origin)
        later = tips[0].origin in self.history.successions
        return not later or self.history.is_prefix(fact.tip, tips[0])

    def tip(self, party: str) -> Tip | None:
        """The tip of a party's latest log in this view; None if it holds nothing of it."""
        tips = self.cut.of(self.history.founding.named(party).origin)
        return tips[0] if tips else None

    def under_cosigned(self, tip: Tip, needed: Iterable[str]) -> bool:
        """Say whether an entry stands under a checkpoint cosigned by all of these logs' parties."""
        logs = [tip.origin]
        for log in self.history.successions:
            branch = self.history.branches[log][0]
            if log != tip.origin and branch.tips and self.history.is_prefix(tip, branch.tips[-1]):
                logs.append(log)
        sizes = [self.cosigned.get(log, {}) for log in logs]
        return all(any(one.get(origin, 0) >= tip.size for one in sizes) for origin in needed)

    def choices(self) -> Iterator[View]:
        """This view with one branch kept of each log that forked."""
        return (replace(self, cut=cut) for cut in self.cut.choices())


@dataclass(frozen=True)
class Institution:
    """The facts, indexed by what they are about. Persistent: a step returns a new one (`but`).

    `charter` is the one in force; `under` holds, by its entry, the charter by which a version is
    decided where that is another than the founding's, `founded_under`. `amendments` and `amended`
    stand under what they call the charter that they change (see `amendments`). `void` holds acts
    that were not admitted, by name: what they say can still be erased. Among the `consultations`
    stand alerts too, each under its own name.
    """

    founding: Founding
    charter: Charter
    founded_under: Charter
    acts: Index = field(default_factory=Map)
    symbols: Index = field(default_factory=Map)
    matters: Index = field(default_factory=Map)
    matter_of: Map[str, str] = field(default_factory=Map)
    seats: Index = field(default_factory=Map)
    keys: Index = field(default_factory=Map)
    consultations: Index = field(default_factory=Map)
    meetings: Index = field(default_factory=Map)
    minutes: Index = field(default_factory=Map)
    reports: Index = field(default_factory=Map)
    notices: Index = field(default_factory=Map)
    suspensions: Index = field(default_factory=Map)
    deposits: Index = field(default_factory=Map)
    releases: Index = field(default_factory=Map)
    erasures: Index = field(default_factory=Map)
    remarks: Index = field(default_factory=Map)
    attestations: Index = field(default_factory=Map)
    amendments: Index = field(default_factory=Map)
    amended: Index = field(default_factory=Map)
    under: Map[Tip, Charter] = field(default_factory=Map)
    successions: Index = field(default_factory=Map)
    void: Index = field(default_factory=Map)
    late: Index = field(default_factory=Map)
    refused: Map[Tip, Refused] = field(default_factory=Map)
    # What was found once and holds wherever it is asked again; shared by all steps of one fold.
    agreed: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def but(self, **changes: Any) -> Institution:
        """The same with some fields changed; TypeError for a field that there is not.

        As `dataclasses.replace`, in a fraction of its time: each act takes a step or two.
        """
        new = object.__new__(Institution)
        fields = new.__dict__
        fields.update(self.__dict__)
        fields.update(changes)
        if len(fields) != len(self.__dict__):
            raise TypeError(f"the institution has no field {min(changes.keys() - self.__dict__)}")
        return new

    def party_of(self, origin: str) -> str:
        """The charter's id of the party that writes a log."""
        return self.founding.member(origin).name

    def origin_of(self, party: str) -> str:
        """The log of a party."""
        return self.founding.named(party).origin

    def view(
        self, history: History, cut: Cut, cosigned: Mapping[str, Mapping[str, int]] | None = None
    ) -> View:
        """The view of all parties at a cut."""
        return View(history, cut, Audience(self.founding.origins), cosigned=cosigned or {})

    def find(self, view: View, name: str) -> Fact | None:
        """The admitted act of this name that counts in a view, or None.

        A party that shows two faces may write an act twice; every copy then takes the same of the
        two, in whichever order it read them.
        """
        here = view.of(self.acts.get(name, ()))
        return min(here, key=lambda one: (one.tip.size, one.tip), default=None)


def empty(founding: Founding, charter: Charter) -> Institution:
    """The institution before its first entry."""
    return Institution(founding, charter, charter)


def add(index: Index, key: str, fact: Fact) -> Index:
    """Return the index with one more fact under `key`."""
    return index.set(key, (*index.get(key, ()), fact))


def add_along(index: Index, key: str, fact: Fact) -> Index:
    """Return the index with one more fact under `key`, in the order of the log that they share."""
    before = list(index.get(key, ()))
    after = []
    while before and before[-1].tip.size > fact.tip.size:
        after.append(before.pop())
    return index.set(key, (*before, fact, *reversed(after)))
