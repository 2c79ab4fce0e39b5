"""The tables that somebody brought, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from architrave.desks.exercises.clashes import Occasion, read_occasions
from architrave.desks.exercises.model import Placed, Programme
from architrave.desks.exercises.places import read_plan
from architrave.desks.exercises.postponements import Move, moved, read_moves

__all__ = ["Brought"]


@dataclass(frozen=True)
class Brought:
    """The files by name as they were read, and the programme in them.

    What else is asked of them is read when it is asked for; BadInput where that fails.
    """

    files: Mapping[str, str]
    programme: Programme

    @cached_property
    def first_plan(self) -> tuple[Placed, ...]:
        """The plan before any postponement."""
        return read_plan(self.files, self.programme)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The postponements."""
        return read_moves(self.files, self.programme)

    @cached_property
    def plan(self) -> tuple[Placed, ...]:
        """The plan as it stands after the postponements that have a new day."""
        return moved(self.programme, self.first_plan, self.moves)

    @cached_property
    def occasions(self) -> tuple[Occasion, ...]:
        """What else is in the calendar."""
        return read_occasions(self.files, self.programme.parties)
