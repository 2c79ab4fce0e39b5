"""Who is asked about: makers and parties by three capital letters, as the tables write them."""

from __future__ import annotations

from difflib import get_close_matches

from architrave.desks.errors import BadInput
from architrave.desks.supply.chains.model import WORLD, Chain, is_code

__all__ = ["REST", "in_tables", "makers", "require_maker", "require_party"]

REST = "ROW"
"""The rest of the world, as sources lump it: no maker and no party."""


def makers(chain: Chain) -> tuple[str, ...]:
    """Every country that a source names as a maker or a supplier in the chain, in order."""
    made = {one.country for one in chain.figures} | {one.supplier for one in chain.dependences}
    return tuple(sorted(made - {REST}))


def in_tables(chain: Chain, party: str) -> bool:
    """Whether any row tells what a party makes, buys or holds."""
    return (
        any(one.country == party for one in chain.figures)
        or any(one.importer == party for one in chain.dependences)
        or any(one.holder == party for one in chain.substitutions)
        or any(one.country == party for one in chain.amounts)
    )


def require_maker(chain: Chain, supplier: str) -> None:
    """BadInput, with the makers that come near, unless a source names this one in the chain."""
    known = makers(chain)
    if supplier in known:
        return
    if supplier == REST:
        raise BadInput(f"{REST} is what sources lump together, and no maker.")
    near = get_close_matches(supplier.upper(), known, 4, 0.6)
    if not is_code(supplier):
        example = (near or known)[0]
        raise BadInput(
            f"a maker is a country by three capital letters, such as {example}, not {supplier!r}."
        )
    told = f"the nearest makers are {', '.join(near)}" if near else f"makers: {', '.join(known)}"
    raise BadInput(
        f"{supplier} supplies nothing in the chain of {chain.name} that is known; {told}."
    )


def require_party(party: str) -> None:
    """BadInput unless a party is written as the tables write it; else its rows would be missed."""
    if not is_code(party) or party in (REST, WORLD):
        near = is_code(party.upper()) and party.upper() not in (REST, WORLD)
        meant = f", such as {party.upper()}" if near else ""
        raise BadInput(f"a party is a country by three capital letters{meant}, not {party!r}.")
