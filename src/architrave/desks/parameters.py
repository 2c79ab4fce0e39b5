"""The parameters of an assessment that somebody else has written, read before anything is run.

Each is bounded: a document must not be able to ask for work without end.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment

__all__ = ["day_given", "several_given", "typed_given", "whole_given"]

_MOST, _LONGEST = 12, 40


def whole_given(assessment: Assessment, name: str, least: int, most: int) -> int:
    """A whole number between two bounds, both allowed."""
    found = assessment.parameters.get(name)
    if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
        raise BadInput(
            f"{assessment.desk}: the parameter {name} must be a whole number from {least} to "
            f"{most}, not {_short(found)}."
        )
    return found


def day_given(assessment: Assessment, name: str) -> date:
    """An ISO date."""
    found = assessment.parameters.get(name)
    try:
        day = date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != found:
        raise BadInput(
            f"{assessment.desk}: the parameter {name} must be a date such as 2031-05-20, not "
            f"{_short(found)}."
        )
    return day


def several_given(assessment: Assessment, name: str) -> tuple[str, ...]:
    """From two to twelve short words, each once, such as the ids of parties."""
    found = assessment.parameters.get(name)
    words = tuple(found) if isinstance(found, list | tuple) else ()
    sound = all(isinstance(one, str) and 0 < len(one) <= _LONGEST for one in words)
    if not sound or not 2 <= len(words) <= _MOST or len(set(words)) < len(words):
        raise BadInput(
            f"{assessment.desk}: the parameter {name} must be two to {_MOST} different words, not "
            f"{_short(found)}."
        )
    return words


def typed_given(assessment: Assessment, name: str, kind: Any) -> Any:
    """A parameter that is a document of a type of ours; BadInput naming where it is none."""
    try:
        return msgspec.convert(assessment.parameters.get(name), type=kind)
    except msgspec.ValidationError as fault:
        raise BadInput(f"{assessment.desk}: the parameter {name}: {fault}.") from fault


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"
