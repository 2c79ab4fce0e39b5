"""Why everything stands where it does: what it pays, and the best other day and its price.

The other day is asked for with everything else in its place, in plain Python; that several moves
together would be possible for less is what `plan` has ruled out where it is proven.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from architrave.desks.exercises.candidates import Piece, Table, Use, points_on, table_of
from architrave.desks.exercises.model import Plan, Programme
from architrave.desks.exercises.rules import pairs_of_areas

__all__ = ["Explained", "Paid", "Reasons", "counts_by_quarter", "explain"]


@dataclass(frozen=True, slots=True)
class Paid:
    """A blackout that a piece overlaps: on how many days, and for how many points."""

    blackout: str
    days: int
    points: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a piece pays, and the cheapest other day: None where there is none.

    `more` is what a plan with nothing else changed would cost more; it is negative only in a plan
    that is not the cheapest. `open_days` is how many days no rule of its own forbids.
    """

    edition: str
    part: str
    first: date
    last: date
    paid: tuple[Paid, ...]
    open_days: int
    other_day: date | None
    more: int


@dataclass(frozen=True, slots=True)
class Explained:
    """The reasons by first day; hosts and commands by party; editions of each domain by quarter."""

    reasons: tuple[Reasons, ...]
    hosts: Mapping[str, int]
    commands: Mapping[str, int]
    quarters: Mapping[tuple[str, int], tuple[int, int, int, int]]


def explain(programme: Programme, plan: Plan, step_days: int = 7) -> Explained:
    """Explain a plan that keeps the rules; the other days are those of the grid of `step_days`."""
    table = table_of(programme, step_days, plan)
    days = {
        f"{one.edition}#{one.part}" if one.part else one.edition: one.first.toordinal()
        for one in plan.placed
    }
    reasons = [_reasons(table, days, piece) for piece in table.pieces]
    editions = [one for one in plan.placed if not one.part]
    return Explained(
        tuple(sorted(reasons, key=lambda one: (one.first, one.edition, one.part))),
        {party: sum(one.host == party for one in editions) for party in programme.parties},
        {party: sum(one.command == party for one in editions) for party in programme.parties},
        counts_by_quarter(table.pieces, days),
    )


def counts_by_quarter(
    pieces: Iterable[Piece], days: Mapping[str, int]
) -> dict[tuple[str, int], tuple[int, int, int, int]]:
    """How many editions of a domain begin in each quarter of a year, by domain and year."""
    counts: dict[tuple[str, int], list[int]] = {}
    for piece in pieces:
        begun = date.fromordinal(days[piece.id])
        for domain in () if piece.part else piece.series.domains:
            counts.setdefault((domain, begun.year), [0] * 4)[(begun.month - 1) // 3] += 1
    return {key: (one[0], one[1], one[2], one[3]) for key, one in sorted(counts.items())}


def _reasons(table: Table, days: Mapping[str, int], piece: Piece) -> Reasons:
    now = days[piece.id]
    paid = points_on(table.programme, piece, now)
    open_days = table.open_days(piece)
    here = _price(table, days, piece, now)
    others = sorted(
        (_price(table, days, piece, day) - here, abs(day - now), day)
        for day in open_days
        if day != now
    )
    best = next((one for one in others if _fits(table, days, piece, one[2])), None)
    return Reasons(
        piece.edition.id,
        piece.part,
        date.fromordinal(now),
        date.fromordinal(now + piece.days - 1),
        tuple(Paid(*one) for one in paid),
        len(open_days),
        date.fromordinal(best[2]) if best else None,
        best[0] if best else 0,
    )


def _price(table: Table, days: Mapping[str, int], piece: Piece, day: int) -> int:
    """What depends on this piece's day: its blackouts, and how its domains are spread."""
    counts = counts_by_quarter(
        (one for one in table.pieces if set(one.series.domains) & set(piece.series.domains)),
        {**days, piece.id: day},
    )
    crowded = sum(
        max(0, one - (sum(of_year) + 3) // 4) for of_year in counts.values() for one in of_year
    )
    points = sum(points for _, _, points in points_on(table.programme, piece, day))
    return points + table.programme.weights.spread * crowded


def _fits(table: Table, days: Mapping[str, int], piece: Piece, day: int) -> bool:
    """Whether a piece can begin on `day` while everything else stays."""
    moved = {**days, piece.id: day}
    return (
        all(
            _apart(table, piece, day, other, days[other.id])
            for other in table.pieces
            if other.id != piece.id
        )
        and _in_tempo(table, moved, piece)
        and _in_order(table, moved, piece)
    )


def _apart(table: Table, piece: Piece, day: int, other: Piece, its_day: int) -> bool:
    forces = table.programme.forces
    overlapping = {*pairs_of_areas(table.programme)}
    return not any(
        one.of == two.of and _meet(one, day, two, its_day, forces[one.of].rest_days)
        for one in piece.forces
        for two in other.forces
    ) and not any(
        (one.of == two.of or (min(one.of, two.of), max(one.of, two.of)) in overlapping)
        and _meet(one, day, two, its_day, 0)
        for one in piece.areas
        for two in other.areas
    )


def _meet(one: Use, day: int, two: Use, its_day: int, rest: int) -> bool:
    """Whether two uses fall together, or closer than the days of rest."""
    first, second = day + one.offset, its_day + two.offset
    return first < second + two.days + rest and second < first + one.days + rest


def _in_tempo(table: Table, days: Mapping[str, int], piece: Piece) -> bool:
    for name in {use.of for use in piece.forces}:
        by_year: dict[int, int] = {}
        for other in table.pieces:
            taken = {
                days[other.id] + use.offset + number
                for use in other.forces
                if use.of == name
                for number in range(use.days)
            }
            for one in taken:
                year = date.fromordinal(one).year
                by_year[year] = by_year.get(year, 0) + 1
        if max(by_year.values(), default=0) > table.programme.forces[name].days_a_year:
            return False
    return True


def _in_order(table: Table, days: Mapping[str, int], piece: Piece) -> bool:
    if piece.part:
        return True
    mine = [one for one in table.pieces if one.series.id == piece.series.id and not one.part]
    distance = piece.days + piece.series.gap_days
    follow = all(days[two.id] - days[one.id] >= distance for one, two in pairwise(mine))
    lengths = {one.id: one.days for one in table.pieces}
    return follow and all(
        days[one.after] >= days[one.before] + lengths[one.before] - 1 + one.gap_days
        for one in table.programme.precedences
    )
