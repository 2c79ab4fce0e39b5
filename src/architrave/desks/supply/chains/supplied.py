"""What part of a party's supply of a stage comes from one maker, and whether that is known.

A maker that no source names in a stage supplies nothing there only if others make all of it. Where
a part is shared out by no source, or lumped as the rest of the world, the maker may make all that.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.shares import shares_of

__all__ = ["Lost", "lost_of"]


@dataclass(frozen=True, slots=True)
class Lost:
    """What part of a party's supply of a stage is lost, from `low` to `high`, and by whose word.

    `own` says that a source prints the party's own dependence; else it is the share of the world.
    `named` is False where no source names the maker in the stage: from 0 to all that is open.
    """

    low: float
    high: float
    own: bool
    year: int | None
    named: bool = True


def lost_of(chain: Chain, stage: str, supplier: str, party: str) -> Lost:
    """What is lost of a stage without a supplier; a `high` of 0 says that it supplies nothing."""
    own = [
        one
        for one in chain.dependences
        if (one.stage, one.importer, one.supplier) == (stage, party, supplier)
    ]
    if own:
        newest = max(one.year or 0 for one in own)
        printed = [one.share / 100 for one in own if (one.year or 0) == newest]
        return Lost(min(printed), max(printed), True, newest or None)
    shares = shares_of(chain, stage)
    if shares is None:
        return Lost(0.0, 1.0, False, None, named=False)
    if supplier in shares.by_country:
        low, high = shares.by_country[supplier]
        return Lost(low / 100, high / 100, False, shares.year)
    lumped, _ = shares.by_country.get("ROW", (0.0, 0.0))
    return Lost(0.0, min(100.0, shares.unknown + lumped) / 100, False, shares.year, named=False)
