"""What was asked and what was assumed, in words: a basis holds both as values by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["amounts", "is_asked", "parts", "words_of"]

_SUBJECTS = frozenset("sellers missing lost change added buyer supplier".split())
"""What a question is about: where none stands among the values, nothing was asked."""
_ASKED = _SUBJECTS | frozenset("buyers share seller party parties days lasting stages".split())


def is_asked(values: Mapping[str, Any], name: str) -> bool:
    """True for what whoever asks gave, of all the values that went in."""
    if name == "lost" and "supplier" in values:
        return False  # what follows from the chain's tables for that supplier
    return name in _ASKED and bool(_SUBJECTS & set(values))


def parts(given: Any) -> str:
    """Parts of a whole by name, each one number or both ends: ``EU27:CHM 20% to 50%``."""
    return _by_name(given, _percent)


def amounts(given: Any) -> str:
    """Amounts by name likewise: ``KOR:ELE 0 to 1,000``."""
    return _by_name(given, lambda value: f"{value:,.6g}")


def _by_name(given: Any, one: Callable[[Any], str]) -> str:
    if isinstance(given, Mapping):
        return ", ".join(f"{name} {_by_name(value, one)}" for name, value in given.items())
    return given if isinstance(given, str) else _ends(given, one)


def _ends(value: Any, one: Callable[[Any], str]) -> str:
    """One number, or a low and a high of which either may not be known."""
    if not isinstance(value, list | tuple):
        return "not known" if value is None else one(value)
    if len(value) != 2 or any(isinstance(end, str) for end in value):
        return " ".join(map(str, value))
    low, high = value
    if low == high:
        return "not known" if low is None else one(low)
    if low is None:
        return f"up to {one(high)}"
    return f"{one(low)} or more" if high is None else f"{one(low)} to {one(high)}"


def _percent(part: float) -> str:
    return f"{100 * part:.4g}%"


def _days(given: Any) -> str:
    return _by_name(given, lambda value: f"{value:g}")


def _names(given: Any) -> str:
    return given if isinstance(given, str) else " ".join(given)


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "sellers": lambda given: f"sales by {_names(given)}",
    "buyers": lambda given: f"to {_names(given)}",
    "share": lambda given: f"of them stop {parts(given)}",
    "missing": lambda given: f"not made: {parts(given)}",
    "lost": lambda given: f"lost: {parts(given)}",
    "change": lambda given: f"final demand changes, in the table's unit: {amounts(given)}",
    "added": lambda given: f"added cost, of the price: {parts(given)}",
    "days": lambda given: f"days {_days(given)}",
    "lasting": lambda given: f"days at the full loss {_days(given)}",
    "passed_on": lambda given: f"{given} is passed on",
    "told": lambda given: f"told as {', '.join(given)}",
    "mixed": lambda given: f"a mix of what is told as {', '.join(given)}",
    "horizon": lambda given: f"followed for {given} days",
    "unnamed": lambda given: (
        "the supplier may stand where no source names it"
        if given
        else "the supplier stands only where a source names it"
    ),
    "spare": lambda given: f"spare {_percent(given)} of output",
    "steps": lambda given: f"its parts {', '.join(map(_percent, given))} dearer",
    "stranger": lambda given: f"a stranger {_percent(given)} dearer",
    "known": lambda given: f"known from {_percent(given)} of what is bought",
    "uncovered": lambda given: f"what is not found costs {given:g} times its price",
    "months": lambda given: f"all spare runs after {given:g} months",
    "by_share_of_the_world": lambda given: f"by the world's shares: {_names(given)}",
    "makes_itself": lambda given: f"makes itself, in 100: {amounts(given)}",
    "stocks": lambda given: f"days of stock: {_days(given)}",
    "months_until_another": lambda given: f"months until another takes its place: {_days(given)}",
}


def words_of(name: str, value: Any) -> str | None:
    """A parameter in words; None where its name and its value say enough."""
    if name == "stock" and value is None:
        return "no stock where no source prints any"
    if name in _WORDS:
        return _WORDS[name](value)
    words = name.replace("_", " ")
    if isinstance(value, bool) or value is None:
        return f"{words} {({True: 'yes', False: 'no'}).get(value, 'not known')}"
    return f"{words}: {amounts(value)}" if isinstance(value, Mapping) else None
