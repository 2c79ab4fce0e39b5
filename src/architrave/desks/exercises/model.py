"""The documents of exercise planning. Days are dates, both ends inclusive; ids are short words.

Nothing here is computed but lengths: reading refuses what contradicts itself, planning decides,
checking judges. A party is named by the charter's id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from architrave.desks.rows import Place

__all__ = [
    "Area",
    "Away",
    "Blackout",
    "ClashKind",
    "Domain",
    "Edition",
    "Fixed",
    "Force",
    "Horizon",
    "Need",
    "Part",
    "Placed",
    "Plan",
    "Postponed",
    "Precedence",
    "Programme",
    "Series",
    "Weights",
]

NOWHERE = Place("", 0)


class Domain(StrEnum):
    """Where forces of an exercise act."""

    SEA = "sea"
    AIR = "air"
    LAND = "land"
    CYBER = "cyber"
    MISSILE_DEFENCE = "missile-defence"
    SEARCH_AND_RESCUE = "search-and-rescue"
    COMMAND_POST = "command-post"


class ClashKind(StrEnum):
    """What can stand in the way of a window."""

    HOLIDAY = "holiday"
    ELECTION = "election"
    TALKS = "talks"
    EXERCISE = "exercise"
    FORCE = "force"
    AREA = "area"
    MAINTENANCE = "maintenance"
    WEATHER = "weather"


@dataclass(frozen=True, slots=True)
class Area:
    """Where one exercise at a time acts; `shares` names the areas that it overlaps."""

    id: str
    name: str
    shares: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Force:
    """A unit of one party, and its tempo: days of exercise a year, days of rest between two."""

    id: str
    party: str
    domain: Domain
    name: str
    days_a_year: int = 366
    rest_days: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a force cannot take part: `kind` is maintenance or force (other duty)."""

    force: str
    first: date
    last: date
    kind: ClashKind = ClashKind.MAINTENANCE
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Series:
    """An exercise that recurs: `editions` in every `years` calendar years, each `days` long.

    `months` are those in which it may start (none named: any). `lead_days` lie at least between
    the horizon's first day, or a postponement, and a start. `gap_days` lie at least between the end
    of one of its editions and the start of the next. `hosts` and `commands` may host and command.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    domains: tuple[Domain, ...]
    days: int
    editions: int = 1
    years: int = 1
    months: tuple[int, ...] = ()
    area: str = ""
    lead_days: int = 0
    gap_days: int = 0
    hosts: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Need:
    """Each edition of a series takes this force for all of its days."""

    series: str
    force: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Part:
    """A part of each edition of a series (a field drill, a table-top) that may be postponed alone.

    It begins `offset` days after the edition and takes `days`; `area` and `forces` are its own.
    """

    id: str
    series: str
    name: str
    offset: int
    days: int
    area: str = ""
    forces: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days in the way: at no price (`weight` None), or at `weight` for each day of overlap.

    `parties` are those whose exercises it touches; none named: everybody's.
    """

    id: str
    kind: ClashKind
    first: date
    last: date
    parties: tuple[str, ...] = ()
    weight: int | None = None
    note: str = ""
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a series: the first year of its period, and its number in it."""

    series: str
    year: int
    number: int = 1

    @property
    def id(self) -> str:
        """For example ``north-wind/2031.1``."""
        return f"{self.series}/{self.year}.{self.number}"


@dataclass(frozen=True, slots=True)
class Precedence:
    """`after` starts at least `gap_days` after the end of `before`: a lesson is retested there."""

    before: str
    after: str
    gap_days: int = 1
    why: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Fixed:
    """An edition whose first day is settled already."""

    edition: str
    first: date
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Horizon:
    """Calendar years that are planned: the first of them, and how many."""

    year: int
    years: int = 5

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year + self.years - 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a plan pays, in points; a blackout brings its own weight a day.

    `host` and `command`: for each edition between the most and the least burdened party. `spread`:
    for each edition that a domain has in one quarter of a year above its even share.
    """

    host: int = 20
    command: int = 20
    spread: int = 5


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything that a plan is made from."""

    horizon: Horizon
    parties: tuple[str, ...]
    areas: Mapping[str, Area]
    forces: Mapping[str, Force]
    series: Mapping[str, Series]
    away: tuple[Away, ...] = ()
    needs: tuple[Need, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    blackouts: tuple[Blackout, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True)
class Placed:
    """An edition, or a part that was postponed alone, in its place.

    `part` is empty for an edition. `host` and `command` are parties, or empty where none is needed.
    """

    edition: str
    first: date
    days: int
    host: str = ""
    command: str = ""
    part: str = ""

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Postponed:
    """An edition, or one part of it, put off: it begins on `not_before` or later.

    `decided` is the day on which `seat` decided it, for `reason`; lead times run from it.
    `beyond`: an edition may also leave the period for which it was promised.
    """

    edition: str
    not_before: date
    decided: date
    part: str = ""
    reason: str = ""
    seat: str = ""
    beyond: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands, by first day, and what the plan pays.

    `bound`: no plan can cost less. `proven`: this one is the cheapest. `settled`: among the plans
    that are as cheap it is the earliest, so that whoever works it out again finds the same.
    """

    placed: tuple[Placed, ...]
    cost: int
    bound: int
    proven: bool
    settled: bool = False
