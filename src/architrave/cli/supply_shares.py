"""A share as it is typed, `50%` or `0.5`: one reading for all verbs of the supply desk."""

from __future__ import annotations

from math import inf, isfinite, nan

from architrave.cli.faults import Unclear

__all__ = ["number_of", "share_of"]


def share_of(option: str, typed: str, text: str | None = None, most: float = 1.0) -> float:
    """A part of a whole: from 0 to `most`, or any size if that is infinite.

    Above 1 it needs a percent sign: who types `10` may well mean 10 in 100. Unclear for anything
    else, with how it is written; `typed` is all that was typed, `text` the share in it if not all.
    """
    place = f"{option} {typed}"
    text = (typed if text is None else text).strip()
    percent = text.endswith("%")
    try:
        number = float(text.removesuffix("%"))
    except ValueError:
        number = nan
    if not isfinite(number):
        raise Unclear(f"{place}: {text!r} is no share; write it as in 50% or 0.5.")
    share = number / 100 if percent else number
    least = -inf if most == inf else 0.0
    if least <= share <= (most if percent else 1.0):
        return share
    if not percent and 1 < number <= 100 * most:
        meant = f"{number:g}% or {number / 100:g}"
        if number <= most and most > 1:
            meant += f", or {100 * number:g}% if so much is meant"
        raise Unclear(f"{place}: without a percent sign a share is a part of 1; write {meant}.")
    ends = f"0 to {most:g}, or 0% to {100 * most:g}%"
    raise Unclear(
        f"{place}: this share lies from {ends}, and {text} does not; write it as in 50% or 0.5."
    )


def number_of(option: str, typed: str, text: str) -> float:
    """A number that is no share; Unclear for anything else."""
    try:
        found = float(text)
    except ValueError:
        found = nan
    if not isfinite(found):
        raise Unclear(f"{option} {typed}: {text!r} is no number.")
    return found
