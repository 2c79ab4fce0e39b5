"""How much of a stage comes in a year, where a source prints it, and what a loss takes of that.

A share of the world says nothing of tonnes, and few sources print any. What one expects of a later
year is never taken. A part lost is multiplied only by what comes (output, shipments, demand): a
capacity may stand idle and revenue is no quantity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from architrave.desks.supply.chains.model import WORLD, Amount, Chain, Counted, Per
from architrave.desks.supply.chains.shares import shares_of
from architrave.desks.supply.chains.supplied import Lost, lost_of

__all__ = ["Missed", "made_by", "missed", "of_world", "printed_of"]

_DAYS = 365
_COMES = (Counted.OUTPUT, Counted.SHIPMENTS, Counted.DEMAND)
_ORDER = (*_COMES, Counted.CAPACITY, Counted.REVENUE, Counted.QUOTA)


@dataclass(frozen=True, slots=True)
class Missed:
    """What is not made of a stage while a maker is lost, in the unit of `amount`.

    `lost` is the maker's part of the world by `measure`. `low` and `high` are that part of the
    amount over the days asked about, None where the amount has no such end.
    """

    stage: str
    amount: Amount
    measure: str
    lost: Lost
    low: float | None
    high: float | None


def of_world(chain: Chain, stage: str) -> tuple[Amount, ...]:
    """The world's amounts of a stage, the newest of each kind; first what is shown if one is.

    That is all of the world's before a part of it, what comes before a capacity or revenue, then
    the newest, and of one year output first. What a source expects of a later year is not among
    them.
    """
    counted = [one for one in _counted(chain, stage) if one.country == WORLD]
    order = sorted(
        counted,
        key=lambda it: (
            it.part != "", it.counted not in _COMES, -(it.year or 0), _ORDER.index(it.counted),
            it.part,
        ),
    )  # fmt: skip
    return _newest(order)


def made_by(chain: Chain, stage: str) -> tuple[Amount, ...]:
    """The newest amounts of a stage that sources print of countries and their makers, by country.

    A quota is none: it bounds what may come, and nobody makes it.
    """
    counted = [
        one
        for one in _counted(chain, stage)
        if one.country != WORLD and one.counted is not Counted.QUOTA
    ]
    return _newest(sorted(counted, key=lambda it: (it.country, -(it.low or 0.0), -(it.year or 0))))


def missed(chain: Chain, supplier: str, days: int, stages: Sequence[str]) -> tuple[Missed, ...]:
    """What is not made in these stages while a maker is lost for some days.

    Only where a source names the maker, and prints how much comes of all the world in a year.
    Nobody is taken to step in within the days.
    """
    found = []
    for stage in _named(chain, supplier, stages):
        lost, shares = lost_of(chain, stage, supplier, WORLD), shares_of(chain, stage)
        amount = _coming(chain, stage)
        if shares is None or amount is None:
            continue
        part = days / _DAYS
        low = None if amount.low is None else lost.low * amount.low * part
        high = None if amount.high is None else lost.high * amount.high * part
        found.append(Missed(stage, amount, shares.measure, lost, low, high))
    return tuple(found)


def printed_of(chain: Chain, supplier: str, stages: Sequence[str]) -> tuple[Amount, ...]:
    """What else sources print of the stages in which one names the supplier.

    The world's amounts but for that which `missed` takes, then those of each maker.
    """
    found: list[Amount] = []
    for stage in _named(chain, supplier, stages):
        taken = _coming(chain, stage)
        found += [one for one in of_world(chain, stage) if one is not taken]
        found += made_by(chain, stage)
    return tuple(found)


def _named(chain: Chain, supplier: str, stages: Sequence[str]) -> list[str]:
    """The stages in which a source names the supplier."""
    lost = {name: lost_of(chain, name, supplier, WORLD) for name in stages}
    return [name for name, one in lost.items() if one.named and one.high > 0]


def _coming(chain: Chain, stage: str) -> Amount | None:
    """What comes of a stage in a year, of all the world."""
    for one in of_world(chain, stage):
        if one.part == "" and one.per is Per.YEAR and one.counted in _COMES:
            return one
    return None


def _counted(chain: Chain, stage: str) -> list[Amount]:
    return [one for one in chain.amounts if one.stage == stage and not one.expected]


def _newest(ordered: Sequence[Amount]) -> tuple[Amount, ...]:
    """Of those that tell of the same thing the newest, in the order in which they stand."""
    newest: dict[tuple[object, ...], int] = {}
    for one in ordered:
        newest[_of(one)] = max(newest.get(_of(one), 0), one.year or 0)
    return tuple(one for one in ordered if (one.year or 0) == newest[_of(one)])


def _of(one: Amount) -> tuple[object, ...]:
    return one.country, one.part, one.counted, one.unit, one.per
