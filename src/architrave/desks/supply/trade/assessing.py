"""Answers about trade that can be tabled, and worked out again from the very files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.registry import Sources
from architrave.desks.supply.basis import versions
from architrave.desks.supply.trade.concordance import FILE, Concordance, read_concordance
from architrave.desks.supply.trade.mirror import mirrored
from architrave.desks.supply.trade.model import Trade
from architrave.desks.supply.trade.reading import read_trade
from architrave.desks.supply.trade.sources import given_text
from architrave.desks.supply.trade.supplying import Supplied, supplies

__all__ = ["QUESTION", "assess_trade", "supplied_document", "trade_in"]

QUESTION = "who supplies"


def assess_trade(
    trade: Trade,
    concordance: Concordance,
    parties: Sequence[str],
    *,
    stages: Sequence[str] = (),
    codes: Sequence[str] = (),
    years: Sequence[int] = (),
    top: int = 10,
) -> Assessment:
    """Who supplies the parties: shares of the largest `top`, the index, value by weight, mirrors.

    BadInput where two files have one name: whoever works it out again finds them by name.
    """
    names = [layer.name for layer in trade.layers]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"two files are called {name}; give each a name of its own.")
    found = supplies(trade, parties, concordance.chosen(stages, codes), years)
    if not found:
        raise BadInput(f"the files tell nothing of imports of {', '.join(parties)} in these codes.")
    asked = {
        "parties": list(parties), "stages": list(stages), "codes": list(codes),
        "years": list(years), "top": top,
    }  # fmt: skip
    result = {
        f"{one.party}.{one.year}.{one.covered.name}": {
            **supplied_document(one, top),
            "mirror": {
                row.supplier: [row.importer_says, row.exporter_says, row.again]
                for row in mirrored(trade, (one.party,), one.covered, one.year)[:top]
            },
        }
        for one in found
    }
    return Assessment("supply", QUESTION, trade.layers, asked, result, versions())


def trade_in(sources: Sources, given: Assessment) -> tuple[Trade, Concordance]:
    """The trade that an assessment names by its files, read for the codes that it asks about."""
    names = [layer.name for layer in given.layers if layer.name != FILE]
    concordance = read_concordance(FILE, sources.text(FILE))
    files = [given_text(name, sources.text(name)) for name in names]
    codes = concordance.codes | set(given.parameters["codes"])
    return read_trade(files, concordance, codes), concordance


def supplied_document(one: Supplied, top: int) -> dict[str, Any]:
    """An answer as a value of JSON: what is not known is null."""
    return {
        "codes": list(one.covered.codes),
        "told_by": one.teller.value,
        "months": one.months,
        "value": one.total.value,
        "weight": one.total.weight,
        "weighed": one.total.weighed / one.total.value,
        "unit_values": {code: priced.unit_value for code, priced in one.by_code.items()},
        "shares": {who.name: who.share for who in one.suppliers[:top]},
        "others": sum(who.share for who in one.suppliers[top:]),
        "unnamed": one.unnamed,
        "index": list(one.index),
        "of_all": one.of_all,
    }
