"""The shapes of `architrave supply lose … --json`."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.cli.supply_rows import AmountRow, BasisSheet, UndatedShareRow

__all__ = ["ExposedRow", "LossSheet", "NotMadeRow", "PartyLossRow", "UndatedRow"]


@dataclass(frozen=True, slots=True)
class LossSheet:
    """What `supply lose --json` prints.

    `printed` are what else sources print of the stages that are lost, each maker's among it.
    """

    basis: BasisSheet
    parties: list[PartyLossRow]
    not_made: list[NotMadeRow]
    printed: list[AmountRow]


@dataclass(frozen=True, slots=True)
class NotMadeRow:
    """What is not made of a stage in the days: `amount`, least and most, in the unit of `world`.

    It is the part `lost` (0 to 1, by `measure` in `year`) of what comes of all the world in a year.
    """

    stage: str
    amount: list[float | None]
    lost: list[float]
    measure: str
    year: int | None
    world: AmountRow


@dataclass(frozen=True, slots=True)
class PartyLossRow:
    """`years` are by stage those of the parts lost or made; `stock_dates` those of all stocks held.

    A date is a year, a month or a time, such as 2019-07 or 2019/2022; None where none is printed.
    `months_dates` are likewise those of the months until another. `left_out` are figures of the
    party's own purchases that were not taken, as no year is printed with them, `shares_left_out`
    likewise of the world's.
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
    months_dates: dict[str, list[str | None]]
    left_out: list[UndatedRow]
    shares_left_out: list[UndatedShareRow]


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
