"""One case of a loss, day by day for every stage from the ground up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from architrave.desks.supply.chains.model import Chain

__all__ = ["Case", "Run"]

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """One value for each thing that is only known within bounds, by stage.

    `lost` is the part lost (0 where not named) until the day `back`; `stock` are days.
    """

    lost: Mapping[str, float]
    back: Mapping[str, float]
    stock: Mapping[str, float]


class Run:
    """What comes of each stage on each day, 1 being everything, in one case.

    `least` is by stage the smallest part that comes on any day. `causes` is by stage that runs
    short the one whose own loss makes the first shortage, `least_causes` that which makes the
    smallest part. Machines are no daily input: without new ones, what runs goes on.
    """

    def __init__(self, chain: Chain, case: Case, horizon: int) -> None:
        self.least: dict[str, float] = {}
        self.causes: dict[str, str] = {}
        self.least_causes: dict[str, str] = {}
        self._chain, self._case = chain, case
        self._coming: dict[str, list[float]] = {}
        for stage in chain.in_order():
            self._stage(stage.id, horizon)

    def first_short(self, stage: str) -> int | None:
        """The first day on which less than everything comes."""
        coming = self._coming[stage]
        return next((day for day, part in enumerate(coming) if part < 1 - _NOISE), None)

    def _stage(self, stage: str, horizon: int) -> None:
        lost, back = self._case.lost.get(stage, 0.0), self._case.back[stage]
        stock = self._case.stock[stage]
        ups = self._chain.daily_inputs(stage)
        coming = []
        for day in range(horizon):
            part = 1.0 - lost if day < back else 1.0
            for up in ups:
                part = min(part, self._coming[up][day])
            drawn = min(stock, 1.0 - part)
            stock -= drawn
            coming.append(part + drawn)
        self._coming[stage] = coming
        self.least[stage] = min(coming)
        short = self.first_short(stage)
        if short is not None:
            self.causes[stage] = self._cause(stage, short)
            self.least_causes[stage] = self._cause(stage, coming.index(self.least[stage]))

    def _cause(self, stage: str, day: int) -> str:
        """The stage whose own loss makes what is short of this one on that day."""
        lost, back = self._case.lost.get(stage, 0.0), self._case.back[stage]
        own = 1.0 - lost if day < back else 1.0
        ups = self._chain.daily_inputs(stage)
        worst = min(ups, key=lambda one: self._coming[one][day], default=stage)
        if worst == stage or self._coming[worst][day] >= own - _NOISE:
            return stage
        return self._cause(worst, day)
