"""A product traced upstream: every stage that it takes from, by its distance, with its shares.

The links say what a stage takes from; how much is not known, so nothing is multiplied along them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from architrave.desks.supply.basis import Basis
from architrave.desks.supply.chains.amounts import of_world
from architrave.desks.supply.chains.dating import stages_layers
from architrave.desks.supply.chains.model import Amount, Chain, Figure, Stage
from architrave.desks.supply.chains.reading import BESIDE
from architrave.desks.supply.chains.shares import (
    Concentration,
    Shares,
    concentration,
    shares_of,
    undated_shares,
)

__all__ = ["Step", "Trace", "chain_basis", "points_basis", "trace"]

_ABSENT = tuple(
    zip(
        BESIDE,
        (
            "stocks and of months until another takes a place",
            "what parties buy of whom",
            "how much comes of a stage",
        ),
        strict=True,
    )
)
"""What each table beside that of figures tells of."""

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way: how far from the product, what takes from it, and what is known of it.

    `feeds` are the ids of the stages of this trace that take from it. `shares` is None where no
    figure is shown; `amounts` are the world's (`amounts.of_world`).
    """

    stage: Stage
    distance: int
    feeds: tuple[str, ...]
    shares: Shares | None
    concentration: Concentration | None
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A product, its steps down to the ground, and inputs that are not in this chain.

    `left_out` are shares that were passed over, as no year is printed with them.
    """

    basis: Basis
    product: str
    steps: tuple[Step, ...]
    not_here: tuple[str, ...]
    left_out: tuple[Figure, ...]

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Every link as (from, to): the table and the drawing are both made of these."""
        return tuple((step.stage.id, to) for step in self.steps for to in step.feeds)


def chain_basis(chain: Chain, **assumptions: object) -> Basis:
    """What a result from a chain rests on; a table that is absent is said to be."""
    absent = (
        f"there is no {file} beside it, so nothing is known of {what}"
        for table, (file, what) in zip(chain.tables[1:], _ABSENT, strict=True)
        if table is None
    )
    lumping = (
        "a maker is a country: by its plants or by the seats of its firms, as the measure says",
        "links between stages were judged by how the process works, and are no quantities",
        *_leading_nowhere(chain),
        *absent,
    )
    return Basis(chain.layers, lumping, assumptions)


def _leading_nowhere(chain: Chain) -> tuple[str, ...]:
    """Which inputs are no stage of the chain: nothing that goes short there is followed."""
    names = dict.fromkeys(
        up for stage in chain.stages.values() for up in stage.upstream if up not in chain.stages
    )
    if not names:
        return ()
    shown = [*names][:_SHOWN]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (
        f"inputs of which nothing is here, so that no loss of them is followed: "
        f"{', '.join(shown)}{more}",
    )


def points_basis(chain: Chain, stages: Sequence[str]) -> Basis:
    """What the shares, months and amounts of some stages rest on, with the years of these."""
    return replace(chain_basis(chain), layers=stages_layers(chain, stages, months=True))


def trace(chain: Chain, product: str) -> Trace:
    """Follow a stage upstream; BadInput if there is no such stage.

    A stage stands at its longest distance, so that all that takes from it stands before it.
    """
    first = chain.stage(product)
    distance = {first.id: 0}
    missing: dict[str, None] = {}
    for stage in reversed(chain.in_order()):
        if stage.id not in distance:
            continue
        for up in stage.upstream:
            if up in chain.stages:
                distance[up] = max(distance.get(up, 0), distance[stage.id] + 1)
            else:
                missing[up] = None
    steps = []
    for name in sorted(distance, key=lambda one: (distance[one], one)):
        shares = shares_of(chain, name)
        feeds = tuple(one.id for one in chain.downstream(name) if one.id in distance)
        told = concentration(shares) if shares is not None else None
        amounts = of_world(chain, name)
        steps.append(Step(chain.stages[name], distance[name], feeds, shares, told, amounts))
    names = [step.stage.id for step in steps]
    basis = replace(chain_basis(chain), layers=stages_layers(chain, names, months=False))
    left = tuple(one for name in names for one in undated_shares(chain, name))
    return Trace(basis, product, tuple(steps), tuple(missing), left)
