"""The shapes of `architrave supply lose … --json`."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.cli.supply_rows import BasisSheet

__all__ = ["ExposedRow", "LossSheet", "PartyLossRow", "UndatedRow"]


@dataclass(frozen=True, slots=True)
class LossSheet:
    """What `supply lose --json` prints."""

    basis: BasisSheet
    parties: list[PartyLossRow]


@dataclass(frozen=True, slots=True)
class PartyLossRow:
    """`years` are by stage those of the parts lost or made; `stock_dates` those of all stocks held.

    A date is a year or a month, such as 2019-07; None where none is printed. `left_out` are
    figures of the party's own purchases that were not taken, as no year is printed with them.
    """

    party: str
    supplies: list[str]
    supplies_nothing: list[str]
    not_known: dict[str, float]
    stages: list[ExposedRow]
    machines: dict[str, list[str]]
    without_figures: list[str]
    in_tables: bool
    sources: dict[str, list[str]]
    years: dict[str, int | None]
    stock_dates: dict[str, list[str | None]]
    left_out: list[UndatedRow]


@dataclass(frozen=True, slots=True)
class UndatedRow:
    """`share` is from 0 to 1."""

    stage: str
    share: float
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class ExposedRow:
    stage: str
    earliest: str
    latest: str | None
    latest_known: bool
    by_known: str | None
    least: float
    least_cause: str
    known_least: float | None
    known_least_cause: str | None
    cause: str
    stock_days: list[float | None]
    lost: list[float] | None
    named: bool | None
    makes: list[float] | None
    own_figure: bool | None
    year: int | None
