"""The shapes of `architrave supply backtest … --json`; their rows are the desk's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from architrave.cli.supply_rows import BasisSheet

if TYPE_CHECKING:
    from architrave.desks.supply.backtests.chip_materials import Said
    from architrave.desks.supply.backtests.scores import Panel
    from architrave.desks.supply.backtests.shares import Alike
    from architrave.desks.supply.backtests.tohoku import Cells, OtherYear
    from architrave.desks.supply.backtests.tohoku_days import ByDays

__all__ = ["ChipMaterialsSheet", "TohokuSheet"]


@dataclass(frozen=True, slots=True)
class TohokuSheet:
    """What `supply backtest tohoku --json` prints; changes are natural logarithms."""

    basis: BasisSheet
    factors: tuple[Alike, ...]
    lost: Mapping[str, tuple[float, float]]
    vehicles_made: float
    output: Mapping[str, float]
    groups: Panel
    products: Panel
    partners: Panel
    cells: Cells
    other_years: tuple[OtherYear, ...]
    days: tuple[ByDays, ...]
    months: Panel


@dataclass(frozen=True, slots=True)
class ChipMaterialsSheet:
    """What `supply backtest chip-materials --json` prints; days from the first, 0."""

    basis: BasisSheet
    days: int
    said: tuple[Said, ...]
    downstream: tuple[tuple[str, int], ...]
    stopped: float
