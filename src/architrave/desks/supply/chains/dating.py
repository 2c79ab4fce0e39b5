"""Of which year are the rows that an answer took, and which rows were left out for want of one.

The table of stocks has no column of dates: where its text says when a stock was counted, that is
its date, and text that begins with "same source" has that of the other rows of its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from architrave.desks.evidence import Layer
from architrave.desks.supply.chains.cover import held_by, replaced_in
from architrave.desks.supply.chains.model import Chain, Dependence, Substitution
from architrave.desks.supply.chains.shares import shares_of
from architrave.desks.supply.chains.supplied import Lost, undated_of

__all__ = ["NOT_USED", "Dated", "dated", "newest_of_each"]

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
    year is printed. `stocks` are by stage the months or years of the rows of stock, such as
    2019-07, "" for one that is not dated. `left_out` are rows of the party's own purchases that no
    year could be given. `layers` have the newest year of the rows taken.
    """

    years: Mapping[str, int | None]
    stocks: Mapping[str, tuple[str, ...]]
    left_out: tuple[Dependence, ...]
    layers: tuple[Layer, ...]


def dated(chain: Chain, supplier: str, party: str, chosen: Mapping[str, Lost]) -> Dated:
    """The dates of all that the loss of a supplier in the `chosen` stages was reckoned from."""
    stocks = {}
    for stage in chain.stages:
        if rows := held_by(chain, stage, party):
            stocks[stage] = tuple(sorted({_date_of(chain, row) for row in rows}))
    if supplier == party:
        return Dated({}, stocks, (), _layers(chain, ((), (), ())))
    years = {name: one.year for name, one in chosen.items() if one.high > 0}
    left = tuple(one for name in chosen for one in undated_of(chain, name, supplier, party))
    shares = [
        one.year
        for name, one in chosen.items()
        if not one.own and shares_of(chain, name) is not None
    ]
    bought = [one.year for one in chosen.values() if one.own]
    reached = _reached(chain, years)
    cover = [date[:4] for name in reached for date in stocks.get(name, ())]
    cover += ["" for name in years if replaced_in(chain, name) is not None]
    return Dated(years, stocks, left, _layers(chain, (_words(shares), cover, _words(bought))))


def newest_of_each(of: Sequence[Sequence[Layer]]) -> tuple[Layer, ...]:
    """The layers of several answers as one, each with the newest year that any of them took."""
    return tuple(
        replace(same[0], newest=max((one.newest for one in same), key=_age))
        for same in zip(*of, strict=True)
    )


def _age(newest: str) -> tuple[bool, str]:
    return newest != NOT_USED, newest


def _words(years: Sequence[int | None]) -> list[str]:
    return [str(year or "") for year in years]


def _layers(chain: Chain, taken: Sequence[Sequence[str]]) -> tuple[Layer, ...]:
    """The tables of a chain, in its order, each dated by the rows that were taken of it."""
    return tuple(
        replace(layer, newest=max(years) if years else NOT_USED)
        for layer, years in zip(chain.layers, taken, strict=True)
    )


def _reached(chain: Chain, lost: Mapping[str, object]) -> tuple[str, ...]:
    """The stages that are lost or use up what is: only there a stock plays a part."""
    found: dict[str, None] = {}
    for stage in chain.in_order():
        if stage.id in lost or any(up in found for up in chain.daily_inputs(stage.id)):
            found[stage.id] = None
    return tuple(found)


def _date_of(chain: Chain, row: Substitution) -> str:
    """The month or the year that a row of stock says it is of; "" if it says none, or several."""
    said = _dates_in(row.basis)
    if not said and row.basis.startswith("same source"):
        said = {
            date
            for one in chain.substitutions
            if (one.source, one.kind) == (row.source, row.kind)
            for date in _dates_in(one.basis)
        }
    return said.pop() if len(said) == 1 else ""


def _dates_in(words: str) -> set[str]:
    return {
        f"{year}-{_MONTHS.index(month) + 1:02}" if month else year
        for month, year in _DATE.findall(words)
    }
