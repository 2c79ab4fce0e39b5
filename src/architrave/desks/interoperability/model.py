"""The documents of the desk. Parties are named by the charter's ids, in the charter's order.

Levels follow the public scale LISI (Levels of Information Systems Interoperability, 0 to 4) with
its four attributes PAID as notes in words; the notes take part in no computation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from architrave.desks.rows import Place

__all__ = [
    "ATTRIBUTES",
    "PUBLIC",
    "Basis",
    "Documents",
    "Function",
    "Level",
    "Mission",
    "Pair",
    "Score",
    "Standard",
    "Status",
    "StatusKind",
    "Step",
    "audience",
    "pairs_of",
    "readable",
]

Pair = tuple[str, str]
"""Two different parties, in the charter's order."""

PUBLIC = "public"
"""The audience of what anyone may read."""

ATTRIBUTES = ("procedures", "applications", "infrastructure", "data")


class Level(IntEnum):
    """How far two parties' systems work together in one function."""

    ISOLATED = 0
    CONNECTED = 1
    FUNCTIONAL = 2
    DOMAIN = 3
    ENTERPRISE = 4


class Basis(StrEnum):
    """Whether a level was assessed by somebody, or made up to show how the desk works."""

    ASSESSED = "assessed"
    ILLUSTRATIVE = "illustrative"


class StatusKind(StrEnum):
    """How a nation stands to a standard; *none seen* is the absence of a source, and no more."""

    RATIFIED = "ratified"
    RESERVED = "reserved"
    IMPLEMENTED = "implemented"
    PLANNED = "planned"
    NONE_SEEN = "none-seen"


@dataclass(frozen=True, slots=True)
class Function:
    """Something that parties do together; `names` by language, English always."""

    id: str
    names: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Score:
    """One level of one function between two parties, by whom, on what evidence, on which day.

    `assessor` is a seat; `to` is who may read it: `PUBLIC` alone, or parties. `notes` are words on
    the attributes PAID that somebody wrote.
    """

    function: str
    pair: Pair
    level: Level
    evidence: str
    assessor: str
    on: date
    to: tuple[str, ...]
    basis: Basis
    notes: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Standard:
    """A common rule that nations may ratify and implement."""

    id: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Status:
    """How a nation stood to a standard on a day; a plan has the day it is planned for."""

    standard: str
    nation: str
    kind: StatusKind
    on: date
    planned: date | None
    reservation: str
    source: str
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """A function that the mission needs from one party to another; no pair: between all pairs."""

    function: str
    pair: Pair | None
    place: Place


@dataclass(frozen=True, slots=True)
class Mission:
    """Steps in order; the mission is as good as its weakest connection."""

    id: str
    name: str
    steps: tuple[Step, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Documents:
    """Everything that was read, and the parties in the charter's order."""

    parties: tuple[str, ...]
    functions: tuple[Function, ...]
    scores: tuple[Score, ...] = ()
    standards: tuple[Standard, ...] = ()
    statuses: tuple[Status, ...] = ()
    missions: tuple[Mission, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def illustrative(self) -> bool:
        """True if anything in the tables is made up, whoever may read it."""
        kinds = {score.basis for score in self.scores} | {one.basis for one in self.statuses}
        return Basis.ILLUSTRATIVE in kinds


def pairs_of(parties: Sequence[str]) -> tuple[Pair, ...]:
    """Every pair of parties, in their order."""
    return tuple(
        (first, second) for index, first in enumerate(parties) for second in parties[index + 1 :]
    )


def readable(scores: Sequence[Score], readers: Sequence[str]) -> tuple[Score, ...]:
    """The scores that every one of the readers may read; `PUBLIC` is a reader like another."""
    return tuple(
        score
        for score in scores
        if score.to == (PUBLIC,) or all(reader in score.to for reader in readers)
    )


def audience(scores: Sequence[Score], parties: Sequence[str]) -> tuple[str, ...]:
    """Who may read what follows from all of these scores: the intersection of their audiences.

    `(PUBLIC,)` only where each score is public; empty where no party may read them all.
    """
    if all(score.to == (PUBLIC,) for score in scores):
        return (PUBLIC,)
    closed = [score.to for score in scores if score.to != (PUBLIC,)]
    return tuple(party for party in parties if all(party in to for to in closed))
