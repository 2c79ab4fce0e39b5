"""The documents of the chain layer: stages, and figures with their year and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer
from architrave.desks.rows import Place

__all__ = [
    "FORECAST", "WORLD", "Amount", "Chain", "Counted", "Dependence", "Figure", "Kind", "Per",
    "Stage", "Substitution", "Tier", "is_code",
]  # fmt: skip

FORECAST = 2027
"""From this year on a figure is what its source expected, and nothing that was counted."""

WORLD = "WLD"
"""All countries together, where an amount is the world's."""


def is_code(given: str) -> bool:
    """Whether something is written as these tables write a country."""
    return len(given) == 3 and given.isascii() and given.isalpha() and given.isupper()


class Tier(StrEnum):
    """What a stage makes, from the ground to the product."""

    MATERIAL = "material"
    EQUIPMENT = "equipment"
    COMPONENT = "component"
    PROCESS = "process"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a chain. `upstream` are the stages that it takes from: judged, not measured.

    `hs6` are customs codes that cover it, each perhaps with other goods.
    """

    id: str
    name: str
    tier: Tier
    upstream: tuple[str, ...]
    hs6: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One country's share of the world in a stage, as one source prints it, in percent.

    `share` is None where only a range was printed (`low` to `high`, either may be None); beside a
    range it is what the source calls it in one number: "over 90" is a share of 90 with a `low` of
    90. `year` is None where the source gives none. `primary` figures of one stage, measure and year
    add up; another is a conflicting figure that was kept, and is never added.
    """

    stage: str
    measure: str
    country: str
    share: float | None
    low: float | None
    high: float | None
    year: int | None
    primary: bool
    note: str
    source: str
    place: Place

    @property
    def least(self) -> float:
        """The least; of "over 90", a share of 90 and a least of 90, that is all there is."""
        return self.low if self.low is not None else self.share or 0.0


class Kind(StrEnum):
    """What a row of stocks and times tells of: days of stock, or months.

    A target is what somebody means to hold, and nothing in hand. Of the months, only `substitution`
    says when another takes a supplier's place; `repair` is until the same one works again, `cycle`
    until an order is made or delivered, `licence` until one is granted.
    """

    HELD = "held"
    TARGET = "target"
    SUBSTITUTION = "substitution"
    REPAIR = "repair"
    CYCLE = "cycle"
    LICENCE = "licence"

    @property
    def stock(self) -> bool:
        """True where the numbers are days of stock; else they are months."""
        return self in (Kind.HELD, Kind.TARGET)


@dataclass(frozen=True, slots=True)
class Substitution:
    """What one source says of a stage: `holder`'s days of stock, or months, by its kind.

    `low` and `high` are None where the source prints none; months have no holder ("").
    """

    stage: str
    holder: str
    kind: Kind
    low: float | None
    high: float | None
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Dependence:
    """What part of an importer's purchases in a stage comes from a supplier, in percent."""

    stage: str
    importer: str
    supplier: str
    share: float
    year: int | None
    note: str
    source: str


class Counted(StrEnum):
    """What an amount counts. Of these only output, shipments and demand say how much comes.

    A capacity may stand idle, revenue moves with prices, and a quota is a bound that somebody set.
    """

    OUTPUT = "output"
    SHIPMENTS = "shipments"
    DEMAND = "demand"
    CAPACITY = "capacity"
    REVENUE = "revenue"
    QUOTA = "quota"


class Per(StrEnum):
    """The time in which an amount comes."""

    YEAR = "year"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a stage one source prints, in `unit` a year or a quarter.

    `country` is `WORLD` where it is the world's; `part` names the makers or the use that it is of,
    "" where it is all of the country's or the world's. `low` and `high` are the same where one
    number is printed; "over 30,000" is a `low` alone. `expected` is what a source expects of a year
    that was not over, and nothing that was counted.
    """

    stage: str
    country: str
    part: str
    counted: Counted
    low: float | None
    high: float | None
    unit: str
    per: Per
    year: int | None
    expected: bool
    note: str
    source: str


@dataclass(frozen=True, eq=False)
class Chain:
    """A chain of stages and all that is known of them.

    `tables` name what was read by digest, in this order: figures, stocks and months, purchases,
    amounts; None for one that is not there, of which nothing is known.
    """

    name: str
    stages: Mapping[str, Stage]
    figures: tuple[Figure, ...]
    substitutions: tuple[Substitution, ...]
    dependences: tuple[Dependence, ...]
    amounts: tuple[Amount, ...]
    tables: tuple[Layer | None, Layer | None, Layer | None, Layer | None]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The tables that are there."""
        return tuple(one for one in self.tables if one is not None)

    def stage(self, name: str) -> Stage:
        """A stage by its id; BadInput naming those that begin alike."""
        if name in self.stages:
            return self.stages[name]
        near = [one for one in self.stages if one.startswith(name[:5])] or list(self.stages)
        raise BadInput(f"{self.name}: there is no stage {name!r}; {', '.join(near[:8])} …")

    def daily_inputs(self, name: str) -> tuple[str, ...]:
        """The stages of this chain that a stage uses up as it runs: all upstream but machines.

        A machine that stands goes on without new ones; the stage that makes machines uses up its
        own inputs like any other.
        """
        return tuple(
            up
            for up in self.stages[name].upstream
            if up in self.stages and self.stages[up].tier is not Tier.EQUIPMENT
        )

    def downstream(self, name: str) -> tuple[Stage, ...]:
        """The stages that take from a stage."""
        return tuple(one for one in self.stages.values() if name in one.upstream)

    def in_order(self) -> tuple[Stage, ...]:
        """Every stage after all that it takes from; BadInput where stages feed each other."""
        done: dict[str, Stage] = {}
        waiting = dict(self.stages)
        while waiting:
            ready = [
                one
                for one in waiting.values()
                if all(up in done or up not in self.stages for up in one.upstream)
            ]
            if not ready:
                raise BadInput(f"{self.name}: {_circle(waiting)} in a circle.")
            for one in ready:
                done[one.id] = waiting.pop(one.id)
        return tuple(done.values())


def _circle(waiting: Mapping[str, Stage]) -> str:
    """The stages of one circle; each of those that wait takes from another of them, or itself."""
    way = [next(iter(waiting))]
    while way[-1] not in way[:-1]:
        way.append(next(up for up in waiting[way[-1]].upstream if up in waiting))
    found = sorted(way[way.index(way[-1]) : -1])
    if len(found) == 1:
        return f"{found[0]} takes from itself"
    return f"{' and '.join(found)} take from each other"
