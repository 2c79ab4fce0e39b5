"""What stands in a plan, piece by piece: editions, and their parts, each in its lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from architrave.desks.exercises.model import Part, Placed, Programme, Series
from architrave.desks.exercises.postponements import Move, history

__all__ = ["Lane", "Piece", "lanes_of", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the drawing: a series, or a part of it."""

    series: Series
    part: Part | None = None

    @property
    def id(self) -> str:
        """The series' id, with ``#part`` behind it for a part."""
        return f"{self.series.id}#{self.part.id}" if self.part else self.series.id

    @property
    def name(self) -> str:
        """As the tables name it."""
        return self.part.name if self.part else self.series.name


@dataclass(frozen=True, slots=True)
class Piece:
    """Something in its place. `within`: a part on its usual day in its edition; `moves` are its."""

    placed: Placed
    lane: str
    within: bool
    moves: tuple[Move, ...]

    @property
    def tentative(self) -> bool:
        """True where it was put off and no new day is known."""
        return bool(self.moves) and self.moves[-1].now is None


def lanes_of(programme: Programme) -> tuple[Lane, ...]:
    """The lanes in the order of the tables; parts below their series."""
    return tuple(
        lane
        for series in programme.series.values()
        for lane in (
            Lane(series),
            *(Lane(series, part) for part in programme.parts.values() if part.series == series.id),
        )
    )


def pieces_of(
    programme: Programme, placed: Sequence[Placed], moves: Sequence[Move]
) -> tuple[Piece, ...]:
    """Every edition and part of a plan, by first day; each part stands once, alone or within."""
    alone = {(one.edition, one.part) for one in placed if one.part}
    found = []
    for one in placed:
        series = one.edition.partition("/")[0]
        lane = f"{series}#{one.part}" if one.part else series
        found.append(Piece(one, lane, False, history(moves, one.edition, one.part)))
        for part in () if one.part else programme.parts.values():
            if part.series == series and (one.edition, part.id) not in alone:
                first = one.first + timedelta(days=part.offset)
                within = Placed(one.edition, first, part.days, part=part.id)
                mine = history(moves, one.edition, part.id)
                found.append(Piece(within, f"{series}#{part.id}", True, mine))
    return tuple(sorted(found, key=lambda one: (one.placed.first, one.lane)))
