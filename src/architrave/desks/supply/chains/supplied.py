"""What part of a party's supply of a stage comes from one maker, and whether that is known.

A maker that no source names in a stage supplies nothing there only if others make all of it. Where
a part is shared out by no source, or lumped as the rest of the world, the maker may make all that.

Where no source prints what a party buys of a maker, it is taken to buy on the world's market, its
own making first. With its need n, its own share p and the maker's share s of the world's output, it
loses (n - p) / n of s / (1 - p): nothing if it makes all it needs, and s if it needs all there is.
How much it needs is not known, so what is lost lies anywhere between.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.desks.supply.chains.model import Chain, Dependence
from architrave.desks.supply.chains.shares import shares_of

__all__ = ["Lost", "lost_of", "sources_of_lost", "undated_of"]


@dataclass(frozen=True, slots=True)
class Lost:
    """What part of a party's supply of a stage is lost, from `low` to `high`, and by whose word.

    `own` says that a source prints the party's own dependence; else it is the share of the world.
    `named` is False where no source names the maker in the stage: from 0 to all that is open.
    `makes` is the party's own share of the world where it makes the stage itself, else None.
    """

    low: float
    high: float
    own: bool
    year: int | None
    named: bool = True
    makes: tuple[float, float] | None = None


def lost_of(chain: Chain, stage: str, supplier: str, party: str) -> Lost:
    """What is lost of a stage without a supplier; a `high` of 0 says that it supplies nothing.

    What a party makes itself is not counted as lost to it, so it loses nothing as its own supplier.
    """
    if supplier == party:
        return Lost(0.0, 0.0, False, None)
    own = _own(chain, stage, supplier, party)
    if own:
        printed = [one.share / 100 for one in own]
        return Lost(min(printed), max(printed), True, own[0].year)
    shares = shares_of(chain, stage)
    if shares is None:
        return Lost(0.0, 1.0, False, None, named=False)
    makes = shares.by_country.get(party)
    makes = makes if makes is not None and makes[1] > 0 else None
    if supplier in shares.by_country:
        low, high = shares.by_country[supplier]
        if makes is not None:
            low, high = 0.0, min(high, 100.0 - makes[0])
        return Lost(low / 100, high / 100, False, shares.year, makes=makes)
    lumped, _ = shares.by_country.get("ROW", (0.0, 0.0))
    most = min(100.0, shares.unknown + lumped) / 100
    return Lost(0.0, most, False, shares.year, named=False, makes=makes)


def sources_of_lost(chain: Chain, stage: str, supplier: str, party: str) -> tuple[str, ...]:
    """The addresses of the figures that `lost_of` takes."""
    own = _own(chain, stage, supplier, party)
    if own:
        return tuple(one.source for one in own)
    shares = shares_of(chain, stage)
    return shares.sources if shares is not None else ()


def undated_of(chain: Chain, stage: str, supplier: str, party: str) -> tuple[Dependence, ...]:
    """What sources print of these purchases without a year, where others have one: not taken.

    Which is the newest cannot be said of them. Where none has a year, all are taken.
    """
    taken = _own(chain, stage, supplier, party)
    if not taken or taken[0].year is None:
        return ()
    return tuple(one for one in _bought(chain, stage, supplier, party) if one.year is None)


def _own(chain: Chain, stage: str, supplier: str, party: str) -> list[Dependence]:
    """The newest that sources print of what the party buys of the supplier."""
    rows = _bought(chain, stage, supplier, party)
    newest = max((one.year or 0 for one in rows), default=0)
    return [one for one in rows if (one.year or 0) == newest]


def _bought(chain: Chain, stage: str, supplier: str, party: str) -> list[Dependence]:
    return [
        one
        for one in chain.dependences
        if (one.stage, one.importer, one.supplier) == (stage, party, supplier)
    ]
