"""The parameters of an assessment that somebody else has written, read before anything is run.

Each is bounded: a document must not be able to ask for work without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment

__all__ = ["day_given", "several_given", "typed_given", "whole_given"]

_MOST, _LONGEST = 12, 40
_OTHER_KIND = re.compile(r"Expected `([a-z |]+)`, got `([a-z]+)`(?: - at `\$([^`]*)`)?")
_KINDS: Mapping[str, tuple[str, Any]] = {
    "object": ("values by name", Mapping),
    "array": ("a list", list | tuple),
    "str": ("a text", str),
    "bool": ("true or false", bool),
    "int": ("a whole number", int),
    "float": ("a number", float),
    "null": ("nothing", type(None)),
}
"""What the decoder calls a kind of value: in words, and as Python has it."""


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
        said = _in_words(assessment.parameters.get(name), str(fault))
        raise BadInput(f"{assessment.desk}: the parameter {name}: {said}.") from fault


def _in_words(value: Any, fault: str) -> str:
    """What the decoder says of a value of another kind than expected, with the place by its name.

    The decoder writes `[...]` for any key of a mapping, which tells nobody what to look at.
    """
    if fault.startswith("Expected `str`") and fault.endswith("- at `key` in `$`"):
        return "each name in it must be a text"
    told = _OTHER_KIND.fullmatch(fault)
    if told is None or not {*told[1].split(" | "), told[2]} <= _KINDS.keys():
        return fault
    wanted = " or ".join(_KINDS[kind][0] for kind in told[1].split(" | "))
    steps = re.findall(r"\.[^.\[]+|\[[^]]*\]", told[3] or "")
    for place, found in _reached(value, steps, ""):
        wrong = isinstance(found, _KINDS[told[2]][1])
        if wrong and (told[2] == "bool" or not isinstance(found, bool)):
            return f"{place or 'it'} must be {wanted}, not {_short(found)}"
    return fault


def _reached(value: Any, steps: list[str], place: str) -> Iterator[tuple[str, Any]]:
    """All values to which a path of the decoder may lead, each with its place."""
    if not steps:
        yield place, value
        return
    step, rest = steps[0], steps[1:]
    if isinstance(value, Mapping):
        inside = {f".{key}": one for key, one in value.items()}
    elif isinstance(value, list | tuple):
        inside = {f"[{at}]": one for at, one in enumerate(value)}
    else:
        return  # another branch than the one that was meant
    for key, one in inside.items():
        if step in (key, "[...]"):
            yield from _reached(one, rest, f"{place}{key}".removeprefix("."))


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"
