"""What this desk found, so that another capital can find it again to nine figures.

Tables of chains go in by their SHA-256, as any capital holds them. An input-output table goes in by
the digest of its numbers: whoever works it out again says which table has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from architrave.desks.evidence import Assessment, Layer
from architrave.desks.supply.basis import assessed_of, versions
from architrave.desks.supply.chains.amounts import Missed, missed, of_world
from architrave.desks.supply.chains.cover import Span, replaced_in
from architrave.desks.supply.chains.loss import BY_PARTY, PartyLoss, basis_together, lose
from architrave.desks.supply.chains.model import Amount, Chain
from architrave.desks.supply.chains.shares import single_points
from architrave.desks.supply.chains.tracing import points_basis
from architrave.desks.supply.resourcing.losses import loss_of
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.resourcing.pooling import pooled
from architrave.desks.supply.table import Table

__all__ = [
    "DESK", "LOSS", "POINTS", "WAY_ROUND", "assess_loss", "assess_points", "assess_resource",
]  # fmt: skip

DESK = "supply"
POINTS, LOSS, WAY_ROUND = "single points", "a supplier is lost", "a way round a loss"


def assess_points(chain: Chain) -> Assessment:
    """Single points of failure of a chain: largest shares, and the index as a range."""
    result = {
        stage.id: {
            "measure": shares.measure,
            "year": shares.year,
            "top": shares.top[0],
            "share": list(shares.top[1]),
            "unknown": shares.unknown,
            "index": [index.low, index.high],
            "months_until_another": _span(replaced_in(chain, stage.id)),
            "amounts": [_amount(one) for one in of_world(chain, stage.id)],
        }
        for stage, shares, index in single_points(chain)
    }
    layers = points_basis(chain, list(result)).layers
    return _assessment(POINTS, chain, layers, {}, result)


def _span(found: Span | None) -> list[float | None] | None:
    return None if found is None else list(found)


def assess_loss(
    chain: Chain,
    supplier: str,
    days: int,
    parties: Sequence[str],
    stages: Sequence[str] = (),
    stock: float | None = None,
) -> Assessment:
    """When each party runs out where a supplier is lost: days from the loss, by stage.

    Beside it, by stage, the most that the supplier may supply where no source names it, and the
    machines that run short, each with the stages whose new capacity waits for them. Under
    `not_made` stands what is not made in these days, where a source prints how much comes.
    """
    said = [lose(chain, supplier, days, party, stages, stock=stock) for party in parties]
    gone = missed(chain, supplier, days, stages or tuple(chain.stages))
    result = {
        **{one.party: _of_party(one) for one in said},
        "not_made": {one.stage: _not_made(one) for one in gone},
    }
    asked = {
        "supplier": supplier, "days": days, "parties": list(parties), "stages": list(stages),
        "stock": stock,
    }  # fmt: skip
    return _assessment(LOSS, chain, basis_together(said).layers, asked, result)


def _of_party(found: PartyLoss) -> dict[str, Any]:
    return {
        "assumed": {name: found.basis.assumptions[name] for name in BY_PARTY},
        "not_known": dict(found.not_known),
        "in_tables": found.in_tables,
        "machines": {name: list(waits) for name, waits in found.machines.items()},
        "stages": {
            one.stage: {
                "earliest": one.earliest,
                "latest": one.latest,
                "latest_known": one.latest_known,
                "by_known": one.by_known,
                "least": one.least,
                "least_cause": one.least_cause,
                "known_least": one.known_least,
                "known_least_cause": one.known_least_cause,
                "cause": one.cause,
            }
            for one in found.exposed
        },
    }


def _not_made(one: Missed) -> dict[str, Any]:
    return {
        "lost": [one.lost.low, one.lost.high],
        "measure": one.measure,
        "year": one.lost.year,
        "of": _amount(one.amount),
        "amount": [one.low, one.high],
    }


def _amount(one: Amount) -> dict[str, Any]:
    return {
        "part": one.part,
        "kind": one.counted.value,
        "amount": [one.low, one.high],
        "unit": one.unit,
        "per": one.per.value,
        "year": one.year,
    }


def assess_resource(
    table: Table, lost: Mapping[str, float], parties: Sequence[str], assumed: Assumed
) -> Assessment:
    """The way round a loss for every coalition of the parties, and what they gain together."""
    found = pooled(table, loss_of(table, lost), parties, assumed)
    asked = {"lost": dict(lost), "parties": list(parties), "assumed": assumed.document}
    result = {key: value for key, value in found.document.items() if key != "loss"}
    return assessed_of(WAY_ROUND, table, asked, result)


def _assessment(
    question: str,
    chain: Chain,
    layers: tuple[Layer, ...],
    asked: Mapping[str, Any],
    result: Mapping[str, Any],
) -> Assessment:
    parameters = {"chain": chain.name, **asked}
    return Assessment(DESK, question, layers, parameters, result, versions())
