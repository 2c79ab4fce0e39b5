"""What this desk found, so that another capital can find it again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from architrave.desks.evidence import Assessment, Layer, digest_of
from architrave.desks.exercises.calendars import CHARTER, Calendars

__all__ = ["DESK", "assessed", "calendar_layers", "file_layers"]

DESK = "exercises"
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def file_layers(files: Mapping[str, str]) -> tuple[Layer, ...]:
    """Each table by its SHA-256, with the newest date in it (empty if it holds none)."""
    return tuple(
        Layer(name, max(_DAY.findall(text), default=""), digest_of(text.encode()))
        for name, text in sorted(files.items())
    )


def calendar_layers(calendars: Calendars | None) -> tuple[Layer, ...]:
    """The public holidays of each party that went in."""
    if calendars is None:
        return ()
    layers = []
    for party, days in calendars.days.items():
        listed = {day.isoformat(): one.source for day, one in sorted(days.items())}
        sources = "; ".join(sorted(set(listed.values()))) or CHARTER
        newest = f"{calendars.last_year}"
        layers.append(Layer(f"public holidays of {party}", newest, digest_of(listed), sources))
    return tuple(layers)


def assessed(
    question: str,
    files: Mapping[str, str],
    parameters: Mapping[str, Any],
    result: Mapping[str, Any],
    calendars: Calendars | None = None,
) -> Assessment:
    """An assessment of this desk: what was asked, what went in, and what was found.

    `files` are the tables as they were read; parameters and result hold what JSON holds.
    """
    versions = {"architrave": _version("architrave")}
    if calendars is not None:
        versions["holidays"] = _version("holidays")
    layers = (*file_layers(files), *calendar_layers(calendars))
    return Assessment(DESK, question, layers, parameters, result, versions)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
