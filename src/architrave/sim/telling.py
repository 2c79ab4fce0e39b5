"""A history told line by line. Parties are called A, B, C: which capital is which is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from architrave.charter.model import Charter
from architrave.sim.plan import charter_of
from architrave.sim.simulate import Outcome

__all__ = ["sentences"]

_SECOND = 1_000


def sentences(outcome: Outcome, shipped: Charter | None = None) -> Iterator[str]:
    """The plan, what happened, and what the judge found, a line each."""
    parties = charter_of(outcome.plan, shipped).party_ids
    letters = {party: chr(ord("A") + number) for number, party in enumerate(parties)}
    letters |= {party.lower(): letter for party, letter in letters.items()}
    words = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in letters))

    def named(text: str) -> str:
        return words.sub(lambda match: letters[match[0]], text)

    yield outcome.plan.sentence
    start = outcome.story[0][0] if outcome.story else 0
    for at, text in outcome.story:
        yield f"{_after(at - start)}  {named(text)}"
    for one in outcome.found:
        yield named(f"untrue {one}")


def _after(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, _SECOND)
    days, seconds = divmod(seconds, 86_400)
    hours, minutes = seconds // 3_600, seconds // 60 % 60
    return f"day {days + 1} {hours:02}:{minutes:02}:{seconds % 60:02}.{rest:03}"
