"""What is placed, on which days it could begin, and which rules bar a day.

Days are whole numbers, as `date.toordinal` counts them; lengths are exact to the day, and only the
first days that are offered lie on a grid (every Monday, if nothing else is asked for).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.exercises.editions import promised
from architrave.desks.exercises.model import (
    Blackout,
    Edition,
    Placed,
    Plan,
    Postponed,
    Programme,
    Series,
)
from architrave.desks.exercises.rules import (
    BEGUN,
    END,
    Rule,
    acts_key,
    away_key,
    blackout_key,
    fixed_key,
    held_key,
    lead_key,
    months_key,
    need_key,
    part_key,
    postponed_key,
    promise_key,
    rules_of,
)

__all__ = ["Bar", "Piece", "Table", "Use", "pieces_of", "points_on", "table_of"]

MONDAY = 1  # 1 January of year 1 was one


@dataclass(frozen=True, slots=True)
class Use:
    """A force or area taken from `offset` days after the first day, for `days`, by a rule."""

    of: str
    offset: int
    days: int
    rule: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What is placed: an edition, or a part of one that was postponed alone."""

    edition: Edition
    series: Series
    days: int
    forces: tuple[Use, ...]
    areas: tuple[Use, ...]
    rule: str
    part: str = ""

    @property
    def id(self) -> str:
        """For example ``north-wind/2031.1``, and ``north-wind/2031.1#boarding`` for a part."""
        return f"{self.edition.id}#{self.part}" if self.part else self.edition.id


Bar = frozenset[str]
"""Keys of rules that together bar a day: whoever drops one of them opens it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The hard rules, the pieces in their order, and for each the days offered and their bars."""

    programme: Programme
    rules: tuple[Rule, ...]
    pieces: tuple[Piece, ...]
    offered: dict[str, tuple[tuple[int, tuple[Bar, ...]], ...]]

    def open_days(self, piece: Piece, kept: frozenset[str] | None = None) -> tuple[int, ...]:
        """The days on which a piece may begin while the rules `kept` stand (all, if not given)."""
        return tuple(
            day
            for day, bars in self.offered[piece.id]
            if not (bars if kept is None else any(bar <= kept for bar in bars))
        )


def pieces_of(programme: Programme, detached: Sequence[tuple[str, str]] = ()) -> tuple[Piece, ...]:
    """What has to be placed; `detached` are editions with a part of each that stands alone."""
    found: list[Piece] = []
    for edition in sorted(promised(programme), key=lambda edition: edition.year):
        alone = [part for owner, part in detached if owner == edition.id]
        found.append(_whole(programme, edition, alone))
        for name in alone:
            part = programme.parts[name]
            rule = part_key(name)
            found.append(
                Piece(
                    edition,
                    programme.series[edition.series],
                    part.days,
                    tuple(Use(force, 0, part.days, rule) for force in part.forces),
                    (Use(part.area, 0, part.days, rule),) if part.area else (),
                    held_key(edition.id, name),
                    name,
                )
            )
    return tuple(found)


def _whole(programme: Programme, edition: Edition, alone: Sequence[str]) -> Piece:
    series = programme.series[edition.series]
    parts = [
        part
        for part in programme.parts.values()
        if part.series == series.id and part.id not in alone
    ]
    forces = [
        Use(need.force, 0, series.days, need_key(index))
        for index, need in enumerate(programme.needs)
        if need.series == series.id
    ]
    areas = [Use(series.area, 0, series.days, acts_key(series.id))] if series.area else []
    for part in parts:
        rule = part_key(part.id)
        forces += [Use(force, part.offset, part.days, rule) for force in part.forces]
        areas += [Use(part.area, part.offset, part.days, rule)] if part.area else []
    rule = promise_key(series.id, edition.year)
    return Piece(edition, series, series.days, tuple(forces), tuple(areas), rule)


def table_of(
    programme: Programme,
    step_days: int = 7,
    before: Plan | None = None,
    postponed: Sequence[Postponed] = (),
) -> Table:
    """Every piece with its days. With `before` the days on which they stand now are offered too."""
    standing = before.placed if before is not None else ()
    alone = [(one.edition, one.part) for one in standing if one.part]
    alone += [(one.edition, one.part) for one in postponed if one.part]
    detached = dict.fromkeys(alone)
    pieces = pieces_of(programme, tuple(detached))
    now = {_id(one): one.first.toordinal() for one in standing}
    offered = {
        piece.id: tuple(
            (
                day,
                (
                    *_bars(programme, piece, day, postponed),
                    *_bars_of_moving(piece, day, now.get(piece.id), postponed),
                ),
            )
            for day in _days(programme, piece, step_days, now.get(piece.id), postponed)
        )
        for piece in pieces
    }
    return Table(programme, rules_of(programme, tuple(detached), postponed), pieces, offered)


def _id(placed: Placed) -> str:
    return f"{placed.edition}#{placed.part}" if placed.part else placed.edition


def _days(
    programme: Programme,
    piece: Piece,
    step_days: int,
    now: int | None,
    postponed: Sequence[Postponed],
) -> list[int]:
    """The grid within a piece's period, what is fixed for it, and where it stands now."""
    mine = [one for one in postponed if (one.edition, one.part) == (piece.edition.id, piece.part)]
    first, last = _period_of(programme, piece)
    if piece.part or any(one.beyond for one in mine):
        last = programme.horizon.last.toordinal()
    if piece.part:
        first = programme.horizon.first.toordinal()
    days = set(range(first + (MONDAY - first) % step_days, last + 1, step_days))
    days |= {
        one.first.toordinal()
        for one in programme.fixed
        if one.edition == piece.edition.id and not piece.part
    }
    if now is not None:
        days.add(now)
    return sorted(day for day in days if first <= day <= last)


def _period_of(programme: Programme, piece: Piece) -> tuple[int, int]:
    first = date(piece.edition.year, 1, 1).toordinal()
    last = date(piece.edition.year + piece.series.years - 1, 12, 31).toordinal()
    return first, min(last, programme.horizon.last.toordinal())


def _bars_of_moving(
    piece: Piece, day: int, now: int | None, postponed: Sequence[Postponed]
) -> Iterator[Bar]:
    """Replanning moves nothing that has begun, and gives what it moves its lead time again."""
    if not postponed or day == now:
        return
    decided = max(one.decided.toordinal() for one in postponed)
    mine = any((one.edition, one.part) == (piece.edition.id, piece.part) for one in postponed)
    if now is not None and now <= decided and not mine:
        yield frozenset((BEGUN,))
    if day < decided + piece.series.lead_days:
        yield frozenset((lead_key(piece.series.id),))


def _bars(
    programme: Programme, piece: Piece, day: int, postponed: Sequence[Postponed]
) -> Iterator[Bar]:
    """The rules that, each by itself or two together, bar a day for a piece."""
    series = piece.series
    last = day + piece.days - 1
    if last > programme.horizon.last.toordinal():
        yield frozenset((END,))
    if not piece.part:
        if series.months and date.fromordinal(day).month not in series.months:
            yield frozenset((months_key(series.id),))
        for index, fixed in enumerate(programme.fixed):
            if fixed.edition == piece.edition.id and fixed.first.toordinal() != day:
                # A postponement is later than what was settled, so it overrules.
                if not any(one.edition == fixed.edition and not one.part for one in postponed):
                    yield frozenset((fixed_key(index),))
    if day < programme.horizon.first.toordinal() + series.lead_days:
        yield frozenset((lead_key(series.id),))
    for blackout in programme.blackouts:
        if blackout.weight is None and _overlap(blackout, piece, day):
            yield frozenset((blackout_key(blackout.id),))
    for index, one in enumerate(postponed):
        if (one.edition, one.part) == (piece.edition.id, piece.part):
            if day < one.not_before.toordinal():
                yield frozenset((postponed_key(index),))
    for index, away in enumerate(programme.away):
        gone = away.first.toordinal(), away.last.toordinal()
        for use in piece.forces:
            start = day + use.offset
            if use.of == away.force and start <= gone[1] and start + use.days > gone[0]:
                yield frozenset((away_key(index), use.rule))


def _overlap(blackout: Blackout, piece: Piece, day: int) -> int:
    """On how many of its days a blackout touches a piece that begins on `day`."""
    if blackout.parties and not set(blackout.parties) & set(piece.series.parties):
        return 0
    first = max(day, blackout.first.toordinal())
    last = min(day + piece.days - 1, blackout.last.toordinal())
    return max(0, last - first + 1)


def points_on(programme: Programme, piece: Piece, day: int) -> tuple[tuple[str, int, int], ...]:
    """What a piece pays if it begins on `day`: each blackout, the days of overlap, the points."""
    found = ((one, _overlap(one, piece, day)) for one in programme.blackouts if one.weight)
    return tuple((one.id, days, days * (one.weight or 0)) for one, days in found if days)
