"""Who makes how much of a stage, how concentrated that is, and what is not known of it.

The Herfindahl-Hirschman index is the sum of squared shares, here in percent, so 10,000 is one maker
alone. Where shares are missing it is a range: the rest may be many small makers, or one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from architrave.desks.supply.chains.model import FORECAST, Chain, Figure, Stage

__all__ = [
    "Concentration", "Shares", "concentration", "shares_of", "single_points", "undated_shares",
]  # fmt: skip

_ROUNDING = 1.0
_NOISE = 1e-9
_TRIED = 10
_WHOLE = 60.0
"""Percent of the world that shares must name to be taken for a picture of it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of one stage by one measure in one year, in percent, largest first.

    Each is a range (low, high), which is a point where the source prints one. `unknown` is what is
    left to 100 beside the lows, never below 0. `year` is None where sources print none.
    """

    stage: str
    measure: str
    year: int | None
    by_country: Mapping[str, tuple[float, float]]
    unknown: float
    sources: tuple[str, ...]

    @property
    def at_least(self) -> bool:
        """Whether the largest maker may hold all that is not known beside its least."""
        low, high = self.top[1]
        return 0 < self.unknown <= high - low + _NOISE

    @property
    def top(self) -> tuple[str, tuple[float, float]]:
        """The largest maker and its share; a rest of the world is no maker."""
        named = {who: share for who, share in self.by_country.items() if who != "ROW"}
        who = max(named or self.by_country, key=lambda one: self.by_country[one][0])
        return who, self.by_country[who]


@dataclass(frozen=True, slots=True)
class Concentration:
    """The index of a stage, from the least to the most that the unknown part allows."""

    low: float
    high: float


def shares_of(chain: Chain, stage: str, measure: str = "") -> Shares | None:
    """The newest primary shares of a stage (past years only); None if there are none.

    Without a `measure`, that whose newest year covers most of the world is taken, then the newest.
    """
    chain.stage(stage)
    groups: dict[tuple[str, int | None], list[Figure]] = {}
    for one in chain.figures:
        if one.stage == stage and one.primary and measure in ("", one.measure):
            if one.year is None or one.year < FORECAST:
                groups.setdefault((one.measure, one.year), []).append(one)
    if not groups:
        return None
    # Nearly whole pictures first, of those the newest; else the fullest.
    key = max(groups, key=lambda it: _fullness(it[1], groups[it]))
    return _shares(stage, key, groups[key])


def undated_shares(chain: Chain, stage: str) -> tuple[Figure, ...]:
    """The primary figures of a stage without a year that `shares_of` passed over.

    Of which year they are nobody can say, so they are left out where a fuller or a newer picture
    has one; where the picture taken has none either, they are what was taken.
    """
    taken = shares_of(chain, stage)
    return tuple(
        one
        for one in chain.figures
        if one.stage == stage and one.primary and one.year is None and taken is not None
        if (one.measure, one.year) != (taken.measure, taken.year)
    )


def _fullness(year: int | None, figures: list[Figure]) -> tuple[bool, int, float]:
    known = sum(one.least for one in figures)
    whole = known >= _WHOLE
    return whole, (year or 0) if whole else 0, known


def _shares(stage: str, key: tuple[str, int | None], figures: list[Figure]) -> Shares:
    lows = sum({one.country: one.least for one in figures}.values())
    ranges = {one.country: (one.least, _high(one, lows)) for one in figures}
    ordered = dict(sorted(ranges.items(), key=lambda it: (-it[1][0], it[0])))
    unknown = max(0.0, 100.0 - sum(low for low, _ in ranges.values()))
    sources = tuple(dict.fromkeys(one.source for one in figures))
    return Shares(stage, *key, ordered, unknown if unknown > _ROUNDING else 0.0, sources)


def _high(one: Figure, lows: float) -> float:
    """The most; where no source prints one, what the others' least leaves of the world."""
    if one.high is not None:
        return one.high
    if one.share is not None and one.low is None:
        return one.share
    return max(one.least, 100.0 - (lows - one.least))


def concentration(shares: Shares) -> Concentration:
    """The index: at least the squares of what is known, at most with the rest in fewest hands.

    Squares grow faster the larger a share is, so the most is where every maker but one stands at
    its least or at its most, and one further hand may have what no source shares out.
    """
    named = {who: share for who, share in shares.by_country.items() if who != "ROW"}
    low = sum(share**2 for share, _ in named.values())
    lumped, _ = shares.by_country.get("ROW", (0.0, 0.0))
    rest = shares.unknown
    makers = [(least, min(most - least, rest)) for least, most in named.values()]
    # What is lumped is in some hand that is not named; the rest of it may join.
    makers.append((lumped, rest))
    most = low + lumped**2 + _most_gained([one for one in makers if one[1] > 0], rest)
    return Concentration(low, max(low, min(10_000.0, most)))


def _most_gained(makers: list[tuple[float, float]], rest: float) -> float:
    """By how much squares grow at most if `rest` is given to makers (their least, what they take).

    Never less than the true most. Exact up to `_TRIED` makers: some get all that they take, and one
    what is left. Beyond, makers are filled one after the other, those first whose squares grow most
    by what they take, and the last grows by as much for each part as if it were filled.
    """
    ordered = sorted(makers, key=lambda it: -(2 * it[0] + it[1]))
    if len(ordered) > _TRIED:
        gained = 0.0
        for least, more in ordered:
            given = min(more, rest)
            gained, rest = gained + given * (2 * least + more), rest - given
        return gained
    best = 0.0
    for filled in product((False, True), repeat=len(ordered)):
        left = rest - sum(more for (_, more), full in zip(ordered, filled, strict=True) if full)
        if left < -_NOISE:
            continue
        gained = sum(
            2 * least * more + more**2
            for (least, more), full in zip(ordered, filled, strict=True)
            if full
        )
        part = max(
            (
                2 * least * min(more, left) + min(more, left) ** 2
                for (least, more), full in zip(ordered, filled, strict=True)
                if not full
            ),
            default=0.0,
        )
        best = max(best, gained + part)
    return best


def single_points(chain: Chain) -> tuple[tuple[Stage, Shares, Concentration], ...]:
    """Every stage with figures, the largest share of one maker first."""
    found = []
    for stage in chain.stages.values():
        shares = shares_of(chain, stage.id)
        if shares is not None:
            found.append((stage, shares, concentration(shares)))
    return tuple(sorted(found, key=lambda it: (-it[1].top[1][0], -it[2].low, it[0].id)))
