"""A supplier is lost for some days: when does each party run out, stage by stage?

Day by day and stage by stage from the ground up. A party's supply of a stage is what is not lost of
it, and no more than its scarcest input lets through; a stock covers what is missing for as long as
it lasts. Machines are no such input: without new ones what runs goes on, and new capacity waits.
What part is lost is the party's own dependence on the supplier where a source prints one,
else the supplier's share of the world, which is said. Every answer is a range: the earliest with
the larger loss, the smallest stock and the slowest replacement, the latest with the opposite. Where
no source names the supplier in a stage but others do not make all of it, it may make all that is
open: the earliest counts that as lost. Where no stock is known the earliest is reckoned without
any, and of the latest nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.chains.cover import Span, replaced_in, sources_of_cover, stock_of
from architrave.desks.supply.chains.dating import Dated, dated, newest_of_each
from architrave.desks.supply.chains.model import Chain, Tier
from architrave.desks.supply.chains.naming import in_tables, require_maker, require_party
from architrave.desks.supply.chains.running import Case, Run
from architrave.desks.supply.chains.shares import shares_of
from architrave.desks.supply.chains.supplied import Lost, lost_of, sources_of_lost
from architrave.desks.supply.chains.tracing import chain_basis

__all__ = ["BY_PARTY", "Exposed", "Lost", "PartyLoss", "basis_together", "lose"]

_MONTH = 30.4
BY_PARTY = ("by_share_of_the_world", "makes_itself", "lost", "stocks", "months_until_another")
"""What is taken of a party by stage: its dependence, what it holds, and when others supply it."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A stage that may run short for a party: days from the loss, 0 is the first.

    `earliest` and `latest` are the first day on which less than everything comes, None if none
    does within the days looked at. `latest` holds whatever the stocks are that are not known;
    `latest_known` is False where these alone may keep the stage supplied, so that nothing bounds
    it. `by_known` is the earliest if the supplier makes nothing where no source names it; None if
    then nothing runs short. `least` is the smallest part that comes on any day in the worse case,
    `known_least` by what is known (None as `by_known`). `cause` is the stage whose own loss begins
    the shortage, by what is known where anything is; `least_cause` and `known_least_cause` those
    whose loss makes the smallest parts. Of a stage of machines, what comes are new ones.
    """

    stage: str
    earliest: int
    latest: int | None
    latest_known: bool
    by_known: int | None
    least: float
    least_cause: str
    known_least: float | None
    known_least_cause: str | None
    cause: str
    lost: Lost | None
    stock: Span


@dataclass(frozen=True, slots=True)
class PartyLoss:
    """What a loss does to a party, in the order of stages from the ground to the products.

    Of the stages asked for, `stages` are those in which a source names the supplier, `nothing`
    those of which others make all; `not_known` is by stage the most that it may supply of the rest,
    from 0 to 1. All are empty where the party is the supplier: what it makes is not lost to it.
    `machines` are stages of equipment that run short by what is known, each with those in which
    new capacity waits for them; what runs there goes on. For how long without spares and service
    is not known, and no day of `exposed` says it. `in_tables` is False where no row tells what the
    party makes, buys or holds: it is reckoned as if it made nothing and held nothing. `sources` are
    by stage the addresses of the figures that were taken, `dates` says of when these are.
    """

    basis: Basis
    party: str
    supplier: str
    stages: tuple[str, ...]
    not_known: Mapping[str, float]
    nothing: tuple[str, ...]
    days: int
    horizon: int
    exposed: tuple[Exposed, ...]
    machines: Mapping[str, tuple[str, ...]]
    without_figures: tuple[str, ...]
    in_tables: bool
    sources: Mapping[str, tuple[str, ...]]
    dates: Dated

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
    """Lose a supplier for some days in the `stages` (all in which it supplies or may supply).

    `stock` are the days to assume where no source prints any; None assumes none.

    BadInput for days or a stock out of bounds, a supplier that no source names, a party that is not
    three capital letters, a stage that is unknown, or one of which others make all.
    """
    if not 1 <= days <= horizon <= 3650:
        raise BadInput(f"expected 1 to {horizon} days lost within at most 3650, not {days}.")
    if stock is not None and not 0 <= stock <= 3650:
        raise BadInput(f"expected 0 to 3650 days of stock, not {stock:g}.")
    chosen = _chosen(chain, supplier, party, stages)
    stocks = {one: stock_of(chain, one, party, stock) for one in chain.stages}
    worse = Run(chain, _worse(chain, chosen, stocks, days), horizon)
    named = {name: one for name, one in chosen.items() if one.named and one.high > 0}
    by_known = Run(chain, _worse(chain, named, stocks, days), horizon)
    better = Run(chain, _better(chain, chosen, stocks, days, True), horizon)
    scant = Run(chain, _better(chain, chosen, stocks, days, False), horizon)
    exposed = []
    for stage in chain.in_order():
        first, known = worse.first_short(stage.id), by_known.first_short(stage.id)
        if first is None:
            continue
        last = better.first_short(stage.id)
        bounded = last is not None or scant.first_short(stage.id) is None
        causes = worse.causes if known is None else by_known.causes
        exposed.append(
            Exposed(
                stage.id, first, last, bounded, known,
                worse.least[stage.id], worse.least_causes[stage.id],
                None if known is None else by_known.least[stage.id],
                by_known.least_causes.get(stage.id),
                causes[stage.id], _some(chosen.get(stage.id)), stocks[stage.id],
            )
        )  # fmt: skip
    bare = tuple(one for one in chain.stages if shares_of(chain, one) is None)
    basis = chain_basis(
        chain, supplier=supplier, days=days, horizon=horizon, stock=stock, party=party,
        **_taken(chain, party, chosen, named),
    )  # fmt: skip
    dates = dated(chain, supplier, party, chosen)
    return PartyLoss(
        replace(basis, layers=dates.layers), party, supplier, tuple(named),
        {name: one.high for name, one in chosen.items() if not one.named and one.high > 0},
        tuple(name for name, one in chosen.items() if one.high == 0 and supplier != party),
        days, horizon, tuple(exposed), _waiting(chain, exposed), bare,
        in_tables(chain, party), _sources(chain, party, supplier, chosen), dates,
    )  # fmt: skip


def basis_together(said: Sequence[PartyLoss]) -> Basis:
    """What the losses of several parties rest on; what is assumed of each stands by party."""
    shared = {
        name: value
        for name, value in said[0].basis.assumptions.items()
        if name not in ("party", *BY_PARTY)
    }
    by_party = {name: {one.party: one.basis.assumptions[name] for one in said} for name in BY_PARTY}
    first = said[0].basis
    parties = [one.party for one in said]
    layers = newest_of_each([one.basis.layers for one in said])
    return Basis(layers, first.lumping, {**shared, "parties": parties, **by_party})


def _chosen(chain: Chain, supplier: str, party: str, stages: Sequence[str]) -> Mapping[str, Lost]:
    """What is lost by stage, of those asked for."""
    require_maker(chain, supplier)
    require_party(party)
    found = {one: lost_of(chain, one, supplier, party) for one in chain.stages}
    for name in stages:
        chain.stage(name)
        if found[name].high == 0 and supplier != party:
            raise BadInput(f"{supplier} supplies nothing in {name}: others make all of it.")
    return {name: one for name, one in found.items() if not stages or name in stages}


def _taken(
    chain: Chain, party: str, chosen: Mapping[str, Lost], named: Mapping[str, Lost]
) -> Mapping[str, object]:
    """What the days are reckoned from, by stage, under the names of `BY_PARTY`."""
    by_world = {name: one for name, one in chosen.items() if one.high > 0 and not one.own}
    held = {one: stock_of(chain, one, party, None) for one in chain.stages}
    months = {one: replaced_in(chain, one) for one in named}
    return {
        "by_share_of_the_world": list(by_world),
        "makes_itself": {name: list(one.makes) for name, one in by_world.items() if one.makes},
        "lost": {name: [one.low, one.high] for name, one in named.items()},
        "stocks": {one: list(span) for one, span in held.items() if span != (None, None)},
        "months_until_another": {one: list(span) for one, span in months.items() if span},
    }


def _waiting(chain: Chain, exposed: Sequence[Exposed]) -> Mapping[str, tuple[str, ...]]:
    """The machines that run short by what is known, and the stages whose new capacity waits."""
    return {
        one.stage: tuple(down.id for down in chain.downstream(one.stage))
        for one in exposed
        if one.by_known is not None and chain.stages[one.stage].tier is Tier.EQUIPMENT
    }


def _sources(
    chain: Chain, party: str, supplier: str, chosen: Mapping[str, Lost]
) -> Mapping[str, tuple[str, ...]]:
    """Of each stage that is lost or held, the addresses of the figures that were taken."""
    found: dict[str, tuple[str, ...]] = {}
    for stage in chain.stages:
        lost = sources_of_lost(chain, stage, supplier, party) if stage in chosen else ()
        every = (*lost, *sources_of_cover(chain, stage, party))
        if every and supplier != party:
            found[stage] = tuple(dict.fromkeys(every))
    return found


def _some(lost: Lost | None) -> Lost | None:
    """What is lost of a stage; None where that is nothing."""
    return lost if lost is not None and lost.high > 0 else None


def _worse(chain: Chain, lost: Mapping[str, Lost], stocks: Mapping[str, Span], days: int) -> Case:
    """The most lost, the least stock, the slowest replacement."""
    back = {}
    for stage in chain.stages:
        _, slowest = replaced_in(chain, stage) or (None, None)
        back[stage] = days if slowest is None else min(days, slowest * _MONTH)
    least = {stage: low or 0.0 for stage, (low, _) in stocks.items()}
    return Case({name: one.high for name, one in lost.items()}, back, least)


def _better(
    chain: Chain, lost: Mapping[str, Lost], stocks: Mapping[str, Span], days: int, plenty: bool
) -> Case:
    """The least lost, the most stock, the quickest replacement: at once, where nothing bounds it.

    A stock whose most is not known never ends if there is `plenty`, else it is its least. Where no
    source prints any time, nobody takes the supplier's place in either case.
    """
    back: dict[str, float] = {}
    for stage in chain.stages:
        months = replaced_in(chain, stage)
        back[stage] = days if months is None else min(days, (months[0] or 0.0) * _MONTH)
    most = {
        stage: high if high is not None else math.inf if plenty else low or 0.0
        for stage, (low, high) in stocks.items()
    }
    return Case({name: one.low for name, one in lost.items()}, back, most)
