"""Each alone, every pair, all: what parties gain by facing a loss together, and how to share it.

The game is over money saved: a coalition is worth what its members would pay apart, less what they
pay together. How the gain might be divided follows from axioms, not from this desk: Shapley's value
and the nucleolus stand side by side, and beside them the shares if only those joined who are linked
through one hub.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from architrave.desks.errors import BadInput
from architrave.desks.shares.game import Game, coalitions, gain_by_leaving, game_of
from architrave.desks.shares.nucleolus import nucleolus
from architrave.desks.shares.values import myerson, shapley
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.resourcing.losses import Loss, needs_of
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.resourcing.plans import Found, plan_for
from architrave.desks.supply.table import Table

__all__ = ["Pooled", "Sharing", "pooled"]


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a gain would be divided, by party; amounts in the table's unit a year.

    `through_hub` is by hub: Myerson's value if the others are linked through it alone.
    `would_leave` names who would do better apart from Shapley's shares, and by how much.
    """

    shapley: Mapping[str, float]
    nucleolus: Mapping[str, float]
    through_hub: Mapping[str, Mapping[str, float]]
    would_leave: tuple[tuple[str, ...], float] | None


@dataclass(frozen=True, slots=True)
class Pooled:
    """A loss faced by every coalition of the parties, smaller ones first.

    `gain` is what all save together beyond what each saves alone; `only_all` what of it no pair
    has: the gain of all less the largest gain of a pair.
    """

    basis: Basis
    loss: str
    parties: tuple[str, ...]
    found: tuple[Found, ...]
    gain: float
    only_all: float
    sharing: Sharing
    worth: Mapping[tuple[str, ...], float] = field(default_factory=dict)

    def of(self, members: Sequence[str]) -> Found:
        """What some parties find."""
        return next(one for one in self.found if set(one.members) == set(members))

    @property
    def document(self) -> Mapping[str, object]:
        """What is unique in it, as JSON holds it."""
        return {
            "loss": self.loss,
            "parties": list(self.parties),
            "coalitions": [one.document for one in self.found],
            "gain": self.gain,
            "only_all": self.only_all,
            "shapley": dict(self.sharing.shapley),
            "nucleolus": dict(self.sharing.nucleolus),
            "through_hub": {hub: dict(one) for hub, one in self.sharing.through_hub.items()},
        }


def pooled(
    table: Table,
    loss: Loss,
    parties: Sequence[str],
    assumed: Assumed = Assumed(),  # noqa: B008
) -> Pooled:
    """Face a loss alone, in every pair, and all together. BadInput as `plan_for`."""
    known = tuple(parties)
    needs = needs_of(table, loss, known)
    if needs.count == 0:
        raise BadInput(f"none of {', '.join(known)} buys anything of what is lost.")
    found = {
        one: plan_for(
            table, loss, known, [party for party in known if party in one], assumed, needs
        )
        for one in coalitions(known)
        if one
    }
    alone = {party: found[frozenset([party])].cost for party in known}
    game = game_of(
        known, lambda members: sum(alone[one] for one in members) - found[frozenset(members)].cost
    )
    pairs = [game.of(one) for one in coalitions(known) if len(one) == 2]
    return Pooled(
        basis_of(table, lost=loss.told, **assumed.document),
        loss.told,
        known,
        tuple(found.values()),
        game.all,
        game.all - max(pairs, default=0.0),
        _sharing(game),
        {tuple(p for p in known if p in one): worth for one, worth in game.worth.items() if one},
    )


def _sharing(game: Game) -> Sharing:
    shares = shapley(game)
    scale = max(1.0, abs(game.all))
    leaving = gain_by_leaving(game, shares, 1e-9 * scale)
    order = game.players
    return Sharing(
        shares,
        nucleolus(game),
        {
            hub: myerson(game, [(hub, other) for other in order if other != hub])
            for hub in order
            if len(order) > 2
        },
        (tuple(p for p in order if p in leaving[0]), leaving[1]) if leaving else None,
    )
