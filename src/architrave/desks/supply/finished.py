"""Figures worked out once and written down, for pages that are shown where this desk is not.

Pages of a node compute nothing and need no library of this desk. They read what this
writes: in the form of an assessment, with the digests of what went in, so that the same tables give
the same figures to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, Layer
from architrave.desks.supply.basis import assessed_of_all, versions
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.shares import shares_of
from architrave.desks.supply.exposure.dependence import Reliance, reliance
from architrave.desks.supply.exposure.mutual import Mutual, mutual
from architrave.desks.supply.factored import Factored, factored
from architrave.desks.supply.stoppages import CLOSINGS, Telling, shortage
from architrave.desks.supply.table import Table
from architrave.desks.supply.uncertainty.answering import Design
from architrave.desks.supply.uncertainty.pathed import ENDS, OutagePaths, banded
from architrave.desks.supply.uncertainty.variance import salib_version

__all__ = ["QUESTION", "YEARS", "finished", "finished_years"]

QUESTION = "figures for pages"
"""What the assessment answers."""
YEARS = "mutual dependence by year, for pages"
"""The same of years, from tables that need not come along."""

_WHOLE = 100.0
_DRAWN = Design(size=128, seed=1)


def finished(
    table: Table,
    chains: Sequence[Chain],
    parties: Sequence[str],
    missing: Mapping[str, float],
    example: OutagePaths,
) -> Assessment:
    """All that the pages show: shares by stage, who takes from whom, and two examples.

    `missing` is the example of a shortage, by cell or region, as a share of output; `example` is
    that of the days after a loss, on the same table. Shares of chains are in percent, all others in
    parts of 1, output in the table's money. BadInput for a party or a cell that the table does not
    have.
    """
    for party in parties:
        table.region(party)
    solved = factored(table)
    layers = [table.layer]
    result: dict[str, Any] = {"chains": {}}
    for chain in chains:
        stages = [_stage(chain, one.id) for one in chain.in_order()]
        result["chains"][chain.name] = stages
        layers.append(_layer(chain, stages))
    result["exposure"] = _exposure(solved, parties)
    result["shortage"] = _shortage(solved, missing)
    result["days"] = _days(example)
    asked = {"parties": list(parties), "missing": dict(missing), "table": table.digest}
    used = {**versions(), "salib": salib_version()}
    return Assessment("supply", QUESTION, tuple(layers), asked, result, used)


def finished_years(found: Mutual, tables: Sequence[Table]) -> Assessment:
    """How parties depend on each other by year, in percent to three figures, and no more.

    The figures are facts that may be told where the tables behind them may not go: so no cell of
    a table can be had from them. `found` is of these tables (`exposure.mutual`), in any order.
    """
    ordered = sorted(tables, key=lambda one: one.year)
    basis = found.basis
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for row in found.rows:
        pair = pairs.setdefault(
            (row.of, row.by), {"of": row.of, "by": row.by, "supplies": [], "earns": []}
        )
        pair["supplies"].append(_rounded(row.supplies))
        pair["earns"].append(_rounded(row.earns))
    asked = {
        "parties": list(found.parties),
        "regions": len(ordered[0].regions),
        "sectors": len(ordered[0].sectors),
        "terms": list(basis.terms),
    }
    result = {"years": [one.year for one in ordered], "pairs": list(pairs.values())}
    return assessed_of_all(YEARS, ordered, asked, result)


def _rounded(part: float) -> float:
    return float(f"{_WHOLE * part:.3g}")


def _stage(chain: Chain, name: str) -> dict[str, Any]:
    """A stage with its shares; of one without figures, all is unknown."""
    stage, shares = chain.stage(name), shares_of(chain, name)
    if shares is None:
        known: dict[str, Any] = {
            "measure": "", "year": None, "shares": {}, "unknown": _WHOLE, "sources": []
        }  # fmt: skip
    else:
        known = {
            "measure": shares.measure,
            "year": shares.year,
            "shares": {who: list(share) for who, share in shares.by_country.items()},
            "unknown": shares.unknown,
            "sources": list(shares.sources),
        }
    return {
        "id": stage.id,
        "name": stage.name,
        "tier": stage.tier.value,
        "upstream": [one for one in stage.upstream if one in chain.stages],
        **known,
    }


def _layer(chain: Chain, stages: Sequence[Mapping[str, Any]]) -> Layer:
    """The table of shares, dated by the newest year that is shown: forecasts are not."""
    years = [one["year"] for one in stages if one["year"] is not None]
    return replace(chain.layers[0], newest=str(max(years)) if years else "")


def _exposure(solved: Factored, parties: Sequence[str]) -> dict[str, Any]:
    table = solved.table
    cells = [f"{party}:{sector}" for party in parties for sector in table.sectors]
    pairs = mutual([table], parties).rows if len(parties) > 1 else ()
    return {
        "year": table.year,
        "regions": list(table.regions),
        "sectors": list(table.sectors),
        "by_region": {one: _taken(reliance(solved, one)) for one in table.regions},
        "by_sector": {one: _taken_or_nothing(solved, one) for one in cells},
        "mutual": [
            {"of": row.of, "by": row.by, "supplies": row.supplies, "earns": row.earns}
            for row in pairs
        ],
    }


def _taken(found: Reliance) -> dict[str, list[float]]:
    return {"face": list(found.face.shares), "through": list(found.through.shares)}


def _taken_or_nothing(solved: Factored, cell: str) -> dict[str, list[float]]:
    """Empty lists for a cell that buys nothing."""
    try:
        return _taken(reliance(solved, cell))
    except BadInput:
        return {"face": [], "through": []}


def _shortage(solved: Factored, missing: Mapping[str, float]) -> dict[str, Any]:
    table = solved.table
    found = shortage(solved, missing)
    told: dict[str, Telling] = {name: getattr(found, name) for name in CLOSINGS}
    output = table.x.reshape(len(table.regions), -1).sum(axis=1)
    return {
        "missing": dict(missing),
        "unit": f"{table.unit} {table.currency}",
        "output": [float(one) for one in output],
        "told": {
            name: [float(one) for one in found.by_region(telling)] for name, telling in told.items()
        },
    }


def _days(example: OutagePaths) -> dict[str, Any]:
    found, outage = banded(example, design=_DRAWN), example.outage
    return {
        "lost": {name: list(ends) for name, ends in outage.lost.items()},
        "ranges": [
            {"name": one.name, "low": one.low, "high": one.high, "base": one.at}
            for one in found.ranges
        ],
        "size": _DRAWN.size,
        "seed": _DRAWN.seed,
        "drawn": found.drawn,
        "answered": found.answered,
        "percents": list(ENDS),
        "periods": [list(one) for one in example.periods],
        "regions": {
            name: {"low": list(one.low), "middle": list(one.middle), "high": list(one.high)}
            for name, one in found.regions.items()
        },
    }
