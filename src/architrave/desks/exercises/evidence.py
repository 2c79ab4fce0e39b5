"""What this desk found, so that another capital can find it again.

Tables go in by their SHA-256. Public holidays, which lie in a charter or come from a package, go in
as they were reckoned with: among the parameters, so that nobody needs the same package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, Layer, digest_of
from architrave.desks.exercises.calendars import Calendars, Holiday

__all__ = ["DESK", "assessed", "calendars_given", "file_layers", "holidays_of", "versions_of"]

DESK = "exercises"
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_MOST_DAYS, _MOST_YEARS = 4_000, 60


def file_layers(files: Mapping[str, str]) -> tuple[Layer, ...]:
    """Each table by its SHA-256, with the newest date in it (empty if it holds none)."""
    return tuple(
        Layer(name, max(_DAY.findall(text), default=""), digest_of(text.encode()))
        for name, text in sorted(files.items())
    )


def holidays_of(calendars: Calendars) -> dict[str, Any]:
    """The public holidays as a value of JSON: years, and by party [day, name, source] each."""
    return {
        "years": [calendars.first_year, calendars.last_year],
        "days": {
            party: [[day.isoformat(), one.name, one.source] for day, one in sorted(days.items())]
            for party, days in calendars.days.items()
        },
    }


def calendars_given(assessment: Assessment) -> Calendars | None:
    """The public holidays that an assessment was reckoned with; None if without any.

    BadInput for what is no such value, or more of it than a plan needs.
    """
    given = assessment.parameters.get("holidays")
    if given is None:
        return None
    try:
        first, last = (int(year) for year in given["years"])
        days = {
            str(party): {
                date.fromisoformat(day): Holiday(
                    date.fromisoformat(day), str(party), str(name), str(source)
                )
                for day, name, source in rows
            }
            for party, rows in given["days"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadInput("exercises: the parameter holidays holds no calendars.") from None
    if sum(map(len, days.values())) > _MOST_DAYS or not 0 <= last - first <= _MOST_YEARS:
        raise BadInput("exercises: the parameter holidays holds more than a plan needs.")
    return Calendars(first, last, days)


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
    given = dict(parameters)
    if calendars is not None:
        given["holidays"] = holidays_of(calendars)
    return Assessment(DESK, question, file_layers(files), given, result, versions_of("architrave"))


def versions_of(*packages: str) -> dict[str, str]:
    """The versions of packages whose arithmetic took part."""
    return {name: _version(name) for name in packages}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
