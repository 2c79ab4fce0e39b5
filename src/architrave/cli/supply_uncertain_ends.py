"""The ends of a range as they are typed: LOW:HIGH, or one number for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from architrave.cli.faults import Unclear
from architrave.cli.supply_shares import number_of, share_of

if TYPE_CHECKING:
    from architrave.desks.supply.uncertainty.ranges import Range

__all__ = ["added", "ends_of", "own_days", "shared", "two", "typed_ranges"]

_PARTS = {"spare": 10.0, "stranger": inf, "known": inf}
"""Ranges that are parts of something though their kind does not say so, with the most they are."""


def ends_of(
    option: str, typed: list[str], read: Callable[[str, str, str], tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Both ends by name, from NAME=LOW:HIGH; Unclear for another form or a name given twice."""
    found: dict[str, tuple[float, float]] = {}
    for one in typed:
        name, parted, ends = one.rpartition("=")
        if not parted:
            raise Unclear(f"{option} {one}: expected NAME=LOW:HIGH, as in ROW:MIN=0.2:0.5.")
        if "," in one:
            raise Unclear(
                f"{option} {one}: with these ranges nothing stands behind a comma; leave it out."
            )
        if name in found:
            raise Unclear(f"{option} {one}: {name} is named twice.")
        found[name] = read(option, one, ends)
    return found


def own_days(
    option: str, typed: Sequence[str]
) -> tuple[list[str], dict[str, dict[str, int | tuple[float, float]]]]:
    """What was typed without what stands behind a comma, and that by name: `start`, `lasting`.

    It is typed as `JPN:ELE=0.2:0.5,from=5,for=10:20`. Unclear for anything else there.
    """
    bare, own = [], {}
    for one in typed:
        head, *rest = one.split(",")
        bare.append(head)
        told: dict[str, int | tuple[float, float]] = {}
        for part in rest:
            key, said, text = (word.strip() for word in part.partition("="))
            if key not in ("from", "for") or not (said and text):
                raise Unclear(
                    f"{option} {one}: behind a comma stands what holds for this loss alone, "
                    f"from=DAY, for=LOW:HIGH; {part!r} is none of them."
                )
            if {"from": "start", "for": "lasting"}[key] in told:
                raise Unclear(f"{option} {one}: {key}= stands there twice.")
            if key == "for":
                told["lasting"] = two(option, one, text)
            elif text.isdecimal():
                told["start"] = int(text)
            else:
                raise Unclear(f"{option} {one}: from={text} is no whole number of days.")
        if told:
            own[head.rpartition("=")[0]] = told
    return bare, own


def two(option: str, typed: str, ends: str) -> tuple[float, float]:
    """Numbers that are no shares."""
    _require_two(option, typed, ends)
    return _both(_numbers(option, typed, ends))


def shared(option: str, typed: str, ends: str) -> tuple[float, float]:
    """Parts of a whole, as `0.2:0.5` or `20%:50%`."""
    _require_two(option, typed, ends)
    return _both(_shares(option, typed, ends, 1.0))


def added(option: str, typed: str, ends: str) -> tuple[float, float]:
    """Parts of a price that may be of any size."""
    _require_two(option, typed, ends)
    return _both(_shares(option, typed, ends, inf))


def typed_ranges(
    ranges: Sequence[Range], typed: Sequence[str]
) -> Mapping[str, tuple[float, float, float | None]]:
    """What `--range` was given, by name: low, high and base, shares as any share is typed."""
    known = {one.name: one for one in ranges}
    found = {}
    for one in typed:
        name, parted, ends = one.rpartition("=")
        if not parted or ends.count(":") > 2:
            raise Unclear(f"--range {one}: expected NAME=LOW:HIGH or NAME=LOW:HIGH:BASE.")
        if name in found:
            raise Unclear(f"--range {one}: {name} is named twice.")
        most = _most(known[name]) if name in known else None
        if most is None and "%" in ends:
            raise Unclear(f"--range {one}: {name} is no share; write it without a percent sign.")
        if most is None:
            numbers = _numbers("--range", one, ends)
        else:
            numbers = _shares("--range", one, ends, most)
        base = numbers[2] if len(numbers) == 3 else None
        found[name] = (numbers[0], numbers[min(1, len(numbers) - 1)], base)
    return found


def _most(of: Range) -> float | None:
    """The most that a range of shares may be; None for a range of something else."""
    if of.law == (0.0, 1.0):
        return 1.0
    return inf if of.name.startswith("cost ") else _PARTS.get(of.name)


def _require_two(option: str, typed: str, ends: str) -> None:
    if ends.count(":") > 1:
        raise Unclear(f"{option} {typed}: expected LOW:HIGH.")


def _both(numbers: list[float]) -> tuple[float, float]:
    return numbers[0], numbers[-1]


def _shares(option: str, typed: str, ends: str, most: float) -> list[float]:
    return [share_of(option, typed, one, most) for one in ends.split(":")]


def _numbers(option: str, typed: str, ends: str) -> list[float]:
    return [number_of(option, typed, one) for one in ends.split(":")]
