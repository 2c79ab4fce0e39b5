"""What bridges a loss in a stage: a party's stock in hand, and the months until a replacement.

Both are ranges over all that sources print. Where one source gives no bound, the range has none on
that side: "under five days" bounds the most, and says nothing of the least.
"""

from __future__ import annotations

from collections.abc import Iterable

from architrave.desks.supply.chains.model import Chain, Kind, Substitution

__all__ = ["Span", "held_by", "replaced_by", "replaced_in", "sources_of_cover", "stock_of"]

Span = tuple[float | None, float | None]
"""The least and the most; None where nothing bounds it."""


def stock_of(chain: Chain, stage: str, party: str, assumed: float | None) -> Span:
    """Days of stock that the party itself holds; `assumed` where no source prints any of it.

    What another party holds, and what anybody means to hold, is no stock of this party.
    """
    return _span(held_by(chain, stage, party)) or (assumed, assumed)


def held_by(chain: Chain, stage: str, party: str) -> tuple[Substitution, ...]:
    """The rows of what the party itself holds that have a number."""
    return tuple(
        one
        for one in chain.substitutions
        if (one.stage, one.holder, one.kind) == (stage, party, Kind.HELD)
        and (one.low, one.high) != (None, None)
    )


def replaced_in(chain: Chain, stage: str) -> Span | None:
    """Months until another takes a supplier's place; None if no source prints any."""
    return _span(replaced_by(chain, stage))


def replaced_by(chain: Chain, stage: str) -> tuple[Substitution, ...]:
    """The rows of months until another that have a number."""
    return tuple(
        one
        for one in chain.substitutions
        if (one.stage, one.kind) == (stage, Kind.SUBSTITUTION)
        and (one.low, one.high) != (None, None)
    )


def sources_of_cover(chain: Chain, stage: str, party: str) -> tuple[str, ...]:
    """The addresses of what the party holds of a stage, and of the months until another."""
    return tuple(
        one.source
        for one in chain.substitutions
        if one.stage == stage
        and (one.kind is Kind.SUBSTITUTION or (one.kind, one.holder) == (Kind.HELD, party))
    )


def _span(rows: Iterable[Substitution]) -> Span | None:
    given = list(rows)
    if not given:
        return None
    lows = [one.low for one in given if one.low is not None]
    highs = [one.high for one in given if one.high is not None]
    return (
        min(lows) if len(lows) == len(given) else None,
        max(highs) if len(highs) == len(given) else None,
    )
