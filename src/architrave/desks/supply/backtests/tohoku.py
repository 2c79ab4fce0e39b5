"""March 2011: what the table of the year before would have said, and what the next one holds.

What was known at the end of April 2011 is how far the output of factories fell in March, in all and
of transport equipment. Of how long that would last there is only a range. So each sector of the
region loses its fall times half the months until all is back (it comes back evenly), as a share of
the year: a near case and a far case. The table has no time: it is told the average of a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.backtests.facts import Facts
from architrave.desks.supply.backtests.scores import Panel, level, panel_of, pattern
from architrave.desks.supply.backtests.shares import (
    Alike,
    across_borders,
    alike,
    group_shares,
    rank_correlation,
    require_alike,
)
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import factored
from architrave.desks.supply.stoppages import CLOSINGS, Stoppage, shortage
from architrave.desks.supply.table import Matrix, Table, Vector

__all__ = [
    "CASES", "FACTORIES", "FACTS", "REGION", "VEHICLES", "YEARS", "Cells", "OtherYear", "Tohoku",
    "falls", "lost_shares", "other_years", "tohoku",
]  # fmt: skip

FACTS = "tohoku_2011"
YEARS = (2005, 2010, 2011)
"""The tables it takes: five years before for a trend, the year before, and the year itself."""
REGION = "JPN"
CASES = ("near", "far")
LAST, WORLD, BEFORE = "as last year", "as the world", "as the years before"

VEHICLES = "c15"
_MADE = tuple(f"c{number}" for number in range(3, 17))
FACTORIES = ("c2", *_MADE)
"""The sectors whose output the ministry's index is of: mining and manufacturing."""
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "agriculture": ("c1",),
    "mining": ("c2",),
    "manufacturing": _MADE,
    "electricity, gas, water": ("c17",),
    "construction": ("c18",),
    "services": tuple(f"c{number}" for number in range(19, 36)),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """How the order of what each telling says of other regions' factories goes with what happened.

    `regions` are those whose sectors grew by factors of their own, `count` their cells. `order` is
    by case and telling the rank correlation, after what is common to a region and to a sector is
    taken off both sides.
    """

    regions: tuple[str, ...]
    count: int
    order: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Tohoku:
    """What was assumed, what can be compared, and four comparisons.

    `lost` is by case the share of a year's output lost, of transport equipment and of other
    factories; `output` the change of all output of the region by case and telling, as a share.
    `groups`: shares of sectors' groups in the region's output. `products`: its share in what the
    world sells across borders. `partners`: its share in what each partner buys across borders.
    """

    basis: Basis
    alike: tuple[Alike, ...]
    lost: Mapping[str, tuple[float, float]]
    vehicles_made: float
    output: Mapping[str, float]
    groups: Panel
    products: Panel
    partners: Panel
    cells: Cells

    @property
    def own(self) -> Alike:
        """The region itself: whether its sectors were observed at all."""
        return next(one for one in self.alike if one.region == REGION)


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The near case said of a year's products, whether or not anything happened in it.

    Errors as in `Score`: of the answer, and of "as last year".
    """

    year: int
    level: float
    level_still: float
    pattern: float
    pattern_still: float


def falls(table: Table, facts: Facts) -> tuple[float, float]:
    """How far output fell in March, as a share: of transport equipment, of other factories.

    The fall of the others is what is left of the fall of all, by weight of output in the table.
    """
    fall, vehicles = facts.number("fall_all") / 100, facts.number("fall_vehicles") / 100
    factories = [table.cell(f"{REGION}:{one}") for one in FACTORIES]
    weight = float(table.x[table.cell(f"{REGION}:{VEHICLES}")] / table.x[factories].sum())
    return vehicles, (fall - weight * vehicles) / (1.0 - weight)


def lost_shares(table: Table, facts: Facts) -> Mapping[str, tuple[float, float]]:
    """By case, the share of a year's output lost: of transport equipment, of other factories."""
    vehicles, others = falls(table, facts)
    months = facts.bounds("months_until_back")
    return {
        case: (vehicles * one / 24.0, others * one / 24.0)
        for case, one in zip(CASES, months, strict=True)
    }


def tohoku(
    tables: Mapping[int, Table], facts: Facts, beside: Mapping[str, Vector] | None = None
) -> Tohoku:
    """Tell the case from the tables of `YEARS`.

    `beside` are another model's answers by name: the change of a year's output of the N cells of
    the table of the year before, in money. They are scored among these; for products and partners
    each cell's sales abroad are taken to change as its output does.
    BadInput for tables of other cells, or an answer of another shape.
    """
    early, before, after = (tables[year] for year in YEARS)
    require_alike(early, before)
    same = alike(before, after)
    lost = lost_shares(before, facts)
    told = {case: _stoppage(before, *lost[case]) for case in CASES}
    tellings = {
        f"{case}, {name}": getattr(told[case], name).change for case in CASES for name in CLOSINGS
    }
    others = dict(beside or {})
    for name, change in others.items():
        if np.shape(change) != (before.size,):
            raise BadInput(f"{name}: expected {before.size} cells, not {np.shape(change)}.")
        tellings[name] = change
    mine = before.region(REGION)
    size = float(before.x[mine].sum())
    return Tohoku(
        basis_of(
            before,
            fall=facts.number("fall_all"),
            fall_of_transport_equipment=facts.number("fall_vehicles"),
            months_until_back=list(facts.bounds("months_until_back")),
        ).joined(Basis((after.layer, facts.layer))),
        same,
        lost,
        facts.number("vehicles_made") / 100,
        {name: float(change[mine].sum()) / size for name, change in tellings.items()},
        _groups(before, after, tellings),
        _products(early, before, after, lost, others),
        _partners(early, before, after, lost, others),
        _cells(before, after, same, tellings),
    )


def _stoppage(table: Table, vehicles: float, others: float) -> Stoppage:
    missing = {f"{REGION}:{one}": vehicles if one == VEHICLES else others for one in FACTORIES}
    return shortage(factored(table), missing)


def _places(table: Table, codes: tuple[str, ...]) -> list[int]:
    return [table.sectors.index(one) for one in codes]


def _groups(before: Table, after: Table, tellings: Mapping[str, Vector]) -> Panel:
    places = [_places(before, one) for one in _GROUPS.values()]
    first = group_shares(before.x, before, REGION, places)

    def moved(output: Vector, table: Table) -> Vector:
        found: Vector = np.log(group_shares(output, table, REGION, places) / first)
        return found

    said = {name: moved(before.x + change, before) for name, change in tellings.items()}
    said[LAST] = np.zeros(len(places))
    said[WORLD] = np.log(_elsewhere(after, places) / _elsewhere(before, places))
    happened = moved(after.x, after)
    return panel_of(tuple(_GROUPS), first, happened, said, (LAST, WORLD))


def _elsewhere(table: Table, places: list[list[int]]) -> Vector:
    """Shares of groups in the output of all other regions."""
    output = table.x.reshape(len(table.regions), -1).copy()
    output[table.regions.index(REGION)] = 0.0
    whole = output.sum(axis=0)
    sums: Vector = np.array([whole[one].sum() for one in places])
    return np.asarray(sums / float(whole.sum()))


def _products(
    early: Table, before: Table, after: Table, lost: Mapping[str, tuple[float, float]],
    others: Mapping[str, Vector],
) -> Panel:  # fmt: skip
    """Factory products: what is lost is sold by others instead, as the world sells it now."""
    at, places = before.regions.index(REGION), _places(before, _MADE)
    sold = [across_borders(one)[:, places].sum(axis=2) for one in (early, before, after)]
    shares = [one[at] / one.sum(axis=0) for one in sold]
    said = {case: np.log(1.0 - _missing(lost[case])) for case in CASES}
    for name, change in others.items():
        sells = sold[1] * _grown(before, change)[:, places]
        said[name] = np.log(sells[at] / sells.sum(axis=0) / shares[1])
    years = before.year - early.year
    said[LAST] = np.zeros(len(places))
    said[BEFORE] = np.log(shares[1] / shares[0]) / years
    return panel_of(_MADE, sold[1][at], np.log(shares[2] / shares[1]), said, (LAST, BEFORE))


def other_years(
    tables: Iterable[Table], lost: Mapping[str, tuple[float, float]]
) -> Iterator[OtherYear]:
    """Say the near case of every year that has the year before it: an answer for all seasons?

    Tables in rising order of years; those without the year before them are passed over.
    """
    said, year, shares, weight = np.log(1.0 - _missing(lost[CASES[0]])), 0, None, None
    for table in tables:
        at, places = table.regions.index(REGION), _places(table, _MADE)
        sold = across_borders(table)[:, places].sum(axis=2)
        now = sold[at] / sold.sum(axis=0)
        if shares is not None and weight is not None and table.year == year + 1:
            happened, still = np.log(now / shares), np.zeros(len(places))
            yield OtherYear(
                table.year,
                level(weight, happened, said), level(weight, happened, still),
                pattern(weight, happened, said), pattern(weight, happened, still),
            )  # fmt: skip
        year, shares, weight = table.year, now, sold[at] / sold[at].sum()


def _missing(lost: tuple[float, float]) -> Vector:
    return np.array([lost[0] if one == VEHICLES else lost[1] for one in _MADE])


def _grown(table: Table, change: Vector) -> Matrix:
    """By region and sector what output is, of what it was."""
    usual = np.where(table.x > 0, table.x, 1.0)
    found: Matrix = (1.0 + change / usual).reshape(len(table.regions), -1)
    return found


def _partners(
    early: Table, before: Table, after: Table, lost: Mapping[str, tuple[float, float]],
    others: Mapping[str, Vector],
) -> Panel:  # fmt: skip
    """By partner: the region's share in the factory products that it buys across borders."""
    at, places = before.regions.index(REGION), _places(before, _MADE)
    names = tuple(one for one in before.regions if one != REGION)
    abroad = [place for place, one in enumerate(before.regions) if one != REGION]
    bought = [across_borders(one)[:, places][:, :, abroad] for one in (early, before, after)]
    mine = [one[at] for one in bought]  # products x partners
    shares = [own.sum(axis=0) / one.sum(axis=(0, 1)) for own, one in zip(mine, bought, strict=True)]
    kept = {case: (1.0 - _missing(lost[case])) @ mine[1] for case in CASES}
    said = {case: np.log(one / mine[1].sum(axis=0)) for case, one in kept.items()}
    for name, change in others.items():
        sells = bought[1] * _grown(before, change)[:, places, None]
        said[name] = np.log(sells[at].sum(axis=0) / sells.sum(axis=(0, 1)) / shares[1])
    said[LAST] = np.zeros(len(names))
    said[BEFORE] = np.log(shares[1] / shares[0]) / (before.year - early.year)
    happened = np.log(shares[2] / shares[1])
    return panel_of(names, mine[1].sum(axis=0), happened, said, (LAST, BEFORE))


def _cells(
    before: Table, after: Table, same: tuple[Alike, ...], tellings: Mapping[str, Vector]
) -> Cells:
    regions = [place for place, one in enumerate(same) if one.observed and one.region != REGION]
    places = _places(before, _MADE)
    shape = (len(before.regions), len(before.sectors))
    first, second = (one.x.reshape(shape)[np.ix_(regions, places)] for one in (before, after))
    large = (first > 2000.0) & (second > 2000.0)
    happened = _apart(np.log(np.where(large, second, 1.0) / np.where(large, first, 1.0)), large)
    order: dict[str, float | None] = {}
    for name, change in tellings.items():
        mine = change.reshape(shape)[np.ix_(regions, places)]
        said = _apart(np.where(large, mine, 0.0) / np.where(large, first, 1.0), large)
        order[name] = rank_correlation(happened[large], said[large])
    return Cells(tuple(before.regions[one] for one in regions), int(large.sum()), order)


def _apart(values: Matrix, known: NDArray[np.bool_]) -> Matrix:
    """What is left of a matrix after the means of its rows and columns are taken off."""
    left = np.where(known, values, 0.0)
    for _ in range(200):
        for axis in (1, 0):
            count = np.maximum(known.sum(axis=axis, keepdims=True), 1)
            left = np.where(known, left - left.sum(axis=axis, keepdims=True) / count, 0.0)
    return left
