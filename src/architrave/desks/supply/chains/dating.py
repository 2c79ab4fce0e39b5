"""Of which year are the rows that an answer took, and which rows were left out for want of one.

The table of stocks and months has no column of dates: where its text says when something was
counted or happened, that is its date, from the first to the last that it says; text that begins
with "same source" has that of the other rows of its source. A year ahead is what somebody means to
reach, and no date.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from architrave.desks.evidence import Layer
from architrave.desks.supply.chains.amounts import missed, of_world, printed_of
from architrave.desks.supply.chains.cover import held_by, replaced_by
from architrave.desks.supply.chains.model import (
    FORECAST,
    Amount,
    Chain,
    Dependence,
    Figure,
    Substitution,
)
from architrave.desks.supply.chains.shares import shares_of, undated_shares
from architrave.desks.supply.chains.supplied import Lost, lost_of, undated_of

__all__ = [
    "NOT_USED", "Dated", "dated", "loss_layers", "months_dates", "newest_of_each", "stages_layers",
]  # fmt: skip

NOT_USED = "no row used"
"""Stands for the newest year of a layer of which an answer took nothing."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(rf"(?:\b({'|'.join(_MONTHS)}) )?\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """When the figures of an answer are of.

    `years` are by stage those of the parts lost, and of what the party makes itself; None where no
    year is printed. `stocks` and `months` are by stage the dates of the rows of stock and of months
    until another: 2019, 2019-07, or the first and last of a time such as 2019-07/2022; "" for one
    that is not dated. `left_out` are rows of the party's own purchases, `shares_left_out` those of
    shares of the world, that no year could be given. `layers` have the newest year of the rows
    taken.
    """

    years: Mapping[str, int | None]
    stocks: Mapping[str, tuple[str, ...]]
    months: Mapping[str, tuple[str, ...]]
    left_out: tuple[Dependence, ...]
    shares_left_out: tuple[Figure, ...]
    layers: tuple[Layer, ...]


def dated(chain: Chain, supplier: str, party: str, chosen: Mapping[str, Lost]) -> Dated:
    """The dates of all that the loss of a supplier in the `chosen` stages was reckoned from."""
    gone = missed(chain, supplier, 1, [*chosen])
    amounts = _years([*(one.amount for one in gone), *printed_of(chain, supplier, [*chosen])])
    world = _words([one.lost.year for one in gone])
    stocks = {}
    for stage in chain.stages:
        if rows := held_by(chain, stage, party):
            stocks[stage] = _dates_of(chain, rows)
    if supplier == party:
        layers = _layers(chain, (world, (), (), amounts))
        return Dated({}, stocks, {}, (), _undated(chain, [one.stage for one in gone]), layers)
    years = {name: one.year for name, one in chosen.items() if one.high > 0}
    left = tuple(one for name in chosen for one in undated_of(chain, name, supplier, party))
    by_world = _by_world(chain, chosen)
    months = {name: found for name in years if (found := months_dates(chain, name))}
    taken = _taken(chain, chosen, stocks, months, chain.stages)
    shares = dict.fromkeys([*by_world, *(one.stage for one in gone)])
    layers = _layers(chain, ([*taken[0], *world], taken[1], taken[2], amounts))
    return Dated(years, stocks, months, left, _undated(chain, [*shares]), layers)


def loss_layers(
    chain: Chain, supplier: str, party: str, stages: Sequence[str], among: Collection[str]
) -> tuple[Layer, ...]:
    """The layers of a loss in these stages with the newest year of the rows taken, `among` alone.

    For an answer that shows no amounts, and follows only the stages `among` all.
    """
    chosen = {name: lost_of(chain, name, supplier, party) for name in stages}
    stocks = {one: _dates_of(chain, held_by(chain, one, party)) for one in among}
    months = {name: months_dates(chain, name) for name in chosen}
    return _layers(chain, (*_taken(chain, chosen, stocks, months, among), ()))


def stages_layers(chain: Chain, stages: Sequence[str], months: bool) -> tuple[Layer, ...]:
    """The layers of an answer that shows each stage's shares and amount of the world.

    With `months` it also shows those until another.
    """
    shares = [one.year for name in stages if (one := shares_of(chain, name)) is not None]
    cover = [date for name in stages if months for date in months_dates(chain, name)]
    amounts = _years([one for name in stages for one in of_world(chain, name)])
    return _layers(chain, (_words(shares), _ends(cover), (), amounts))


def months_dates(chain: Chain, stage: str) -> tuple[str, ...]:
    """The dates of the rows of months until another, as in `Dated`."""
    return _dates_of(chain, replaced_by(chain, stage))


def newest_of_each(of: Sequence[Sequence[Layer]]) -> tuple[Layer, ...]:
    """The layers of several answers as one, each with the newest year that any of them took."""
    return tuple(
        replace(same[0], newest=max((one.newest for one in same), key=_age))
        for same in zip(*of, strict=True)
    )


def _age(newest: str) -> tuple[bool, str]:
    return newest != NOT_USED, newest


def _words(years: Iterable[int | None]) -> list[str]:
    return [str(year or "") for year in years]


def _years(amounts: Iterable[Amount]) -> list[str]:
    return _words([one.year for one in amounts])


def _ends(dates: Iterable[str]) -> list[str]:
    """The years in which the times of these dates end."""
    return [date.rpartition("/")[2][:4] for date in dates]


def _by_world(chain: Chain, chosen: Mapping[str, Lost]) -> list[str]:
    """The stages in which a party is taken to depend as the world does."""
    return [
        name for name, one in chosen.items() if not one.own and shares_of(chain, name) is not None
    ]


def _taken(
    chain: Chain,
    chosen: Mapping[str, Lost],
    stocks: Mapping[str, Sequence[str]],
    months: Mapping[str, Sequence[str]],
    among: Collection[str],
) -> tuple[list[str], list[str], list[str]]:
    """The years of the rows of shares, of stocks and months, and of purchases."""
    shares = [chosen[name].year for name in _by_world(chain, chosen) if name in among]
    bought = [one.year for name, one in chosen.items() if one.own and name in among]
    lost = [name for name, one in chosen.items() if one.high > 0 and name in among]
    reached = [name for name in _reached(chain, lost) if name in among]
    cover = [date for name in reached for date in stocks.get(name, ())]
    cover += [date for name in lost for date in months.get(name, ())]
    return _words(shares), _ends(cover), _words(bought)


def _undated(chain: Chain, stages: Sequence[str]) -> tuple[Figure, ...]:
    return tuple(one for name in stages for one in undated_shares(chain, name))


def _layers(chain: Chain, taken: Sequence[Sequence[str]]) -> tuple[Layer, ...]:
    """The tables of a chain that are there, each dated by the rows that were taken of it."""
    return tuple(
        replace(layer, newest=max(years) if years else NOT_USED)
        for layer, years in zip(chain.tables, taken, strict=True)
        if layer is not None
    )


def _reached(chain: Chain, lost: Collection[str]) -> tuple[str, ...]:
    """The stages that are lost or use up what is: only there a stock plays a part."""
    found: dict[str, None] = {}
    for stage in chain.in_order():
        if stage.id in lost or any(up in found for up in chain.daily_inputs(stage.id)):
            found[stage.id] = None
    return tuple(found)


def _dates_of(chain: Chain, rows: Iterable[Substitution]) -> tuple[str, ...]:
    return tuple(sorted({_date_of(chain, row) for row in rows}))


def _date_of(chain: Chain, row: Substitution) -> str:
    """The month, the year or the time that a row says it is of; "" if it says none."""
    said = _dates_in(row.basis)
    if not said and row.basis.startswith("same source"):
        said = {
            date
            for one in chain.substitutions
            if (one.source, one.kind) == (row.source, row.kind)
            for date in _dates_in(one.basis)
        }
    first, last = min(said, default=""), max(said, default="")
    return first if first == last else f"{first}/{last}"


def _dates_in(words: str) -> set[str]:
    return {
        f"{year}-{_MONTHS.index(month) + 1:02}" if month else year
        for month, year in _DATE.findall(words)
        if int(year) < FORECAST
    }
