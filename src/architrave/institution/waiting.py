"""What a party has still to do or to receive, and the part of a view that all have received."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from architrave.institution.state import View

__all__ = ["Need", "Waiting", "final_part"]


class Need(StrEnum):
    """What a party has still to do, or to receive, before something moves on."""

    POSITION = "position"  # it has not spoken on the version
    INSTRUCTIONS = "instructions"  # it reserves, pending its capital
    OBJECTION = "objection"  # its objection stands
    ALL_POSITIONS = "all-positions"  # its book does not show all positions yet
    OTHERS = "others"  # its book does not show yet that each other has them
    TEXT = "text"  # its book does not show the text yet, so no silence runs there
    SILENCE = "silence"  # its period of silence runs
    NEW_TEXT = "new-text"  # it tabled the matter: a new version, or a withdrawal
    ANSWER = "answer"  # it was asked to consult, or warned by an alert
    MEETING = "meeting"  # it asked to consult or warned, and no meeting is convened yet
    LINE = "line"  # a drill was closed without its answer: why its line failed
    REPAIR = "repair"  # for the same cause: an answer in time to a later drill


@dataclass(frozen=True, slots=True)
class Waiting:
    """A party that something waits for; `until` is an instant (ms) where one is known."""

    party: str
    need: Need
    until: int | None = None


def final_part(view: View) -> View:
    """The part of a view that every other party has received."""
    return replace(view, cut=view.history.final_cut(view.cut))
