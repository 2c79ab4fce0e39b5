"""A supplier is lost for some days: when does each party run out, stage by stage?

Day by day and stage by stage from the ground up. A party's supply of a stage is what is not lost of
it, and no more than its scarcest input lets through; a stock covers what is missing for as long as
it lasts. What part is lost is the party's own dependence on the supplier where a source prints one,
else the supplier's share of the world, which is said. Every answer is a range: the earliest with
the larger loss, the smallest stock and the slowest replacement, the latest with the opposite. Where
no stock is known the earliest is reckoned without any, and of the latest nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.chains.cover import Span, replaced_in, stock_of
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.shares import shares_of
from architrave.desks.supply.chains.tracing import chain_basis

__all__ = ["Exposed", "Lost", "PartyLoss", "lose"]

_MONTH = 30.4
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Lost:
    """What part of a party's supply of a stage is lost, from `low` to `high`, and by whose word.

    `own` says that a source prints the party's own dependence; else it is the share of the world.
    """

    low: float
    high: float
    own: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Exposed:
    """A stage that runs short for a party: days from the loss, 0 is the first.

    `earliest` and `latest` are the first day on which less than everything comes, None if none
    does within the days looked at; `latest_known` is False where no stock is known, so that nothing
    bounds it. `least` is the smallest part that comes on any day in the worse case. `cause` is the
    stage at which the shortage begins.
    """

    stage: str
    earliest: int | None
    latest: int | None
    latest_known: bool
    least: float
    cause: str
    lost: Lost | None
    stock: Span


@dataclass(frozen=True, slots=True)
class PartyLoss:
    """What a loss does to a party, in the order of stages from the ground to the products."""

    basis: Basis
    party: str
    supplier: str
    stages: tuple[str, ...]
    days: int
    horizon: int
    exposed: tuple[Exposed, ...]
    without_figures: tuple[str, ...]

    def of(self, stage: str) -> Exposed | None:
        """What happens at a stage; None if nothing does."""
        return next((one for one in self.exposed if one.stage == stage), None)


def lose(
    chain: Chain,
    supplier: str,
    days: int,
    party: str,
    stages: Sequence[str] = (),
    horizon: int = 365,
    stock: float | None = None,
) -> PartyLoss:
    """Lose a supplier for some days in the `stages` (all in which it is known to supply).

    `stock` are the days to assume where no source prints any; None assumes none.

    BadInput for a stage that is unknown, or in which nothing is known of the supplier.
    """
    if not 1 <= days <= horizon <= 3650:
        raise BadInput(f"expected 1 to {horizon} days lost within at most 3650, not {days}.")
    known = {one: _lost(chain, one, supplier, party) for one in chain.stages}
    for name in stages:
        chain.stage(name)
        if known[name] is None:
            raise BadInput(f"nothing is known of what {supplier} supplies in {name}.")
    chosen = {name: one for name, one in known.items() if one and (not stages or name in stages)}
    if not chosen:
        raise BadInput(f"{supplier} supplies nothing in the chain of {chain.name} that is known.")
    stocks = {one: stock_of(chain, one, party, stock) for one in chain.stages}
    high = {name: one.high for name, one in chosen.items()}
    low = {name: one.low for name, one in chosen.items()}
    worse = _Run(chain, high, days, horizon, True, stocks)
    better = _Run(chain, low, days, horizon, False, stocks)
    exposed = []
    for stage in chain.in_order():
        first, last = worse.first_short(stage.id), better.first_short(stage.id)
        if first is None:
            continue
        exposed.append(
            Exposed(
                stage.id, first, last, worse.cause_known(stage.id), worse.least[stage.id],
                worse.causes[stage.id], chosen.get(stage.id), stocks[stage.id],
            )
        )  # fmt: skip
    bare = tuple(one for one in chain.stages if shares_of(chain, one) is None)
    basis = chain_basis(
        chain, supplier=supplier, days=days, horizon=horizon, party=party, stock=stock
    )
    return PartyLoss(basis, party, supplier, tuple(chosen), days, horizon, tuple(exposed), bare)


def _lost(chain: Chain, stage: str, supplier: str, party: str) -> Lost | None:
    """What part of a party's supply comes from a supplier; None if nothing is known of it."""
    own = [
        one
        for one in chain.dependences
        if (one.stage, one.importer, one.supplier) == (stage, party, supplier)
    ]
    if own:
        newest = max(one.year or 0 for one in own)
        shares = [one.share / 100 for one in own if (one.year or 0) == newest]
        return Lost(min(shares), max(shares), True, newest or None)
    shares_now = shares_of(chain, stage)
    if shares_now is None or supplier not in shares_now.by_country:
        return None
    low, high = shares_now.by_country[supplier]
    return Lost(low / 100, high / 100, False, shares_now.year)


class _Run:
    """One run, the worse or the better case, day by day for every stage."""

    def __init__(
        self,
        chain: Chain,
        lost: Mapping[str, float],
        days: int,
        horizon: int,
        worse: bool,
        stocks: Mapping[str, Span],
    ) -> None:
        self.chain, self.worse, self.stocks = chain, worse, stocks
        self.least: dict[str, float] = {}
        self.causes: dict[str, str] = {}
        self._coming: dict[str, list[float]] = {}
        for stage in chain.in_order():
            self._stage(stage.id, lost.get(stage.id, 0.0), days, horizon)

    def first_short(self, stage: str) -> int | None:
        """The first day on which less than everything comes."""
        coming = self._coming[stage]
        return next((day for day, part in enumerate(coming) if part < 1 - _NOISE), None)

    def cause_known(self, stage: str) -> bool:
        """True if a stock is known at every stage on the way from the cause to here."""
        cause = self.causes[stage]
        if self.stocks[stage][1] is None:
            return False
        return stage == cause or any(
            self.causes.get(up) == cause and self.cause_known(up)
            for up in self.chain.stages[stage].upstream
            if up in self._coming
        )

    def _stage(self, stage: str, lost: float, days: int, horizon: int) -> None:
        low, high = self.stocks[stage]
        stock = (low if self.worse else high) or 0.0
        back = self._back(stage, days)
        ups = [one for one in self.chain.stages[stage].upstream if one in self._coming]
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
            scarce = [up for up in ups if self._coming[up][short] < 1 - _NOISE]
            own = lost > 0 and short < back
            worst = min(scarce, key=lambda one: self._coming[one][short], default=stage)
            by_up = bool(scarce) and (not own or self._coming[worst][short] < 1.0 - lost - _NOISE)
            self.causes[stage] = self.causes[worst] if by_up else stage

    def _back(self, stage: str, days: int) -> float:
        """The day on which all comes again: by a replacement, or when the loss is over."""
        months = replaced_in(self.chain, stage)
        if months is None:
            return days
        quickest, slowest = months
        if self.worse:
            return days if slowest is None else min(days, slowest * _MONTH)
        return min(days, (quickest or 0.0) * _MONTH)
