"""Who plays which part: the seed chooses the order, and no capital plays one part twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

__all__ = ["Cast", "Round", "cast_for"]


@dataclass(frozen=True, slots=True)
class Round:
    """One of the small rounds: who is out of the way, who acts, and who is told."""

    out: str
    acts: str
    told: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The parts that one capital plays alone, and the rounds in which all take turns."""

    tables: str
    objects: str
    revises: str
    chairs: str
    gives_notice: str
    rounds: tuple[Round, ...]


def cast_for(parties: tuple[str, ...], seed: int) -> Cast:
    """The cast for three parties; seeds that leave the same rest by six give the same cast."""
    orders = sorted(permutations(parties))
    one, two, three = orders[seed % len(orders)]
    turns = [(one, two, three), (two, three, one), (three, one, two)]
    return Cast(
        tables=one,
        objects=two,
        revises=three,
        chairs=two,
        gives_notice=three,
        rounds=tuple(Round(*turn) for turn in turns),
    )
