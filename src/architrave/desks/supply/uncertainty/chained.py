"""A supplier lost to a product chain as a scenario, with the ranges that sources print.

Where no source bounds a stock, or months, the range is open: up to what nobody knows. Where shares
leave a rest in which the supplier may stand unnamed, its share is from 0 to that rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.chains.cover import replaced_in, stock_of
from architrave.desks.supply.chains.dating import loss_layers
from architrave.desks.supply.chains.flows import MONTH, NOISE, coming
from architrave.desks.supply.chains.loss import lose
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.supplied import lost_of
from architrave.desks.supply.chains.tracing import chain_basis
from architrave.desks.supply.table import Matrix
from architrave.desks.supply.uncertainty.ranges import Kind, Output, Ran, Range, columns

__all__ = ["ChainLoss"]

_PRINTED = "sources of the chain's tables"
_NOBODY = "no source"
_POSITIVE = (0.0, math.inf)


@dataclass(frozen=True, eq=False)
class ChainLoss:
    """A supplier is lost to a party for some days, from an end to another.

    `stages` as `chains.loss.lose` takes them (all in which the supplier supplies or may supply);
    `watched` are the stages asked about, else those that nothing takes from. `unnamed` varies too
    the stages in which no source names the supplier, held at nothing lost as the base. BadInput as
    `lose`, or where the loss reaches nothing that is watched.
    """

    chain: Chain
    supplier: str
    days: tuple[float, float]
    party: str
    stages: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    horizon: int = 365
    unnamed: bool = True

    def __post_init__(self) -> None:
        Range("days", *self.days, Kind.TIME).require_sound()
        if not 1 <= self.days[0] <= self.days[1] <= self.horizon:
            raise BadInput(f"the days must lie from 1 to {self.horizon}.")
        lose(self.chain, self.supplier, 1, self.party, self.stages, self.horizon)
        for name in self.watched:
            self.chain.stage(name)
        if not self.shown:
            raise BadInput(f"the loss of {self.supplier} reaches nothing that is watched.")

    @cached_property
    def _lost(self) -> dict[str, Range]:
        """The part lost of each stage that the supplier is or may be in."""
        found = {}
        for stage in self.chain.in_order():
            name = f"lost {stage.id}"
            if self.stages and stage.id not in self.stages:
                continue
            lost = lost_of(self.chain, stage.id, self.supplier, self.party)
            if lost.high == 0 or not (lost.named or self.unnamed):
                continue
            base = None if lost.named else 0.0
            found[stage.id] = Range(
                name, lost.low, lost.high, Kind.SHARE, _PRINTED, base, (0.0, 1.0)
            )
        return found

    @cached_property
    def _reached(self) -> frozenset[str]:
        """The stages that the loss can reach."""
        found = set(self._lost)
        for stage in self.chain.in_order():
            if found & set(self.chain.daily_inputs(stage.id)):
                found.add(stage.id)
        return frozenset(found)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The stages that are asked about and can be reached."""
        last = [one for one in self.chain.stages if not self.chain.downstream(one)]
        order = [one.id for one in self.chain.in_order()]
        wanted = self.watched or last
        return tuple(one for one in order if one in wanted and one in self._reached)

    @cached_property
    def _needed(self) -> frozenset[str]:
        """The stages on the way to what is watched: only of these rows are taken."""
        return _above(self.chain, self.shown) & self._reached

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """Days, then stage by stage on the way to what is watched: lost, months, stock."""
        needed = self._needed
        found = [Range("days", *self.days, Kind.TIME, law=(1.0, self.horizon))]
        for stage in self.chain.in_order():
            if stage.id not in needed:
                continue
            if stage.id in self._lost:
                found += [self._lost[stage.id], self._months(stage.id)]
            low, high = stock_of(self.chain, stage.id, self.party, None)
            source = _NOBODY if (low, high) == (None, None) else _PRINTED
            name = f"stock {stage.id}"
            found.append(Range(name, low or 0.0, high, Kind.STOCK, source, law=_POSITIVE))
        return tuple(found)

    def _months(self, stage: str) -> Range:
        low, high = replaced_in(self.chain, stage) or (None, None)
        least = low or 0.0
        # An open end is held where nobody else steps in as long as anybody looks.
        held = max(least, self.horizon / MONTH) if high is None else None
        source = _NOBODY if (low, high) == (None, None) else _PRINTED
        return Range(f"months {stage}", least, high, Kind.SUBSTITUTION, source, held, _POSITIVE)

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """Four for each stage that is shown."""
        found = []
        for one in self.shown:
            found += [
                Output(f"until {one}", "days", f"until less comes; {self.horizon} if never"),
                Output(f"short {one}", "days", "on which less than everything comes"),
                Output(f"missing {one}", "days", "of full supply that do not come"),
                Output(f"least {one}", "of 1", "the smallest part that comes on any day"),
            ]
        return tuple(found)

    @cached_property
    def basis(self) -> Basis:
        """What it rests on."""
        found = chain_basis(
            self.chain, supplier=self.supplier, days=list(self.days), party=self.party,
            horizon=self.horizon, unnamed=self.unnamed,
        )  # fmt: skip
        lost = tuple(self._lost)
        layers = loss_layers(self.chain, self.supplier, self.party, lost, self._needed)
        return replace(found, layers=layers)

    def run(self, rows: Matrix) -> Ran:
        """K rows at once, day by day."""
        given = columns(self, rows)
        lost, stock, back = {}, {}, {}
        for stage in self.chain.stages:
            if f"lost {stage}" in given:
                lost[stage] = given[f"lost {stage}"]
                back[stage] = np.minimum(given["days"], given[f"months {stage}"] * MONTH)
            if f"stock {stage}" in given:
                stock[stage] = given[f"stock {stage}"]
        found = coming(self.chain, lost, stock, back, self.horizon)
        return Ran(np.concatenate([_shown(found[one]) for one in self.shown], axis=1))


def _shown(parts: Matrix) -> Matrix:
    """Until, short, missing and least of K cases, from what comes on each day: K x 4."""
    short = parts < 1 - NOISE
    until = np.where(short.any(axis=1), short.argmax(axis=1), parts.shape[1])
    missing = np.where(short, 1.0 - parts, 0.0).sum(axis=1)
    return np.stack([until, short.sum(axis=1), missing, parts.min(axis=1)], axis=1)


def _above(chain: Chain, stages: Sequence[str]) -> frozenset[str]:
    """These stages, and all that they use up through any number of steps."""
    found, waiting = set(stages), list(stages)
    while waiting:
        for up in chain.daily_inputs(waiting.pop()):
            if up not in found:
                found.add(up)
                waiting.append(up)
    return frozenset(found)
