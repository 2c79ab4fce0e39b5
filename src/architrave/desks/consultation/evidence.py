"""The table of drills as something that another capital can work out again and compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from architrave.desks.consultation.drills import HOURS, months, results, shares
from architrave.desks.consultation.timings import Timings
from architrave.desks.evidence import Assessment
from architrave.institution.acts import Pledge

__all__ = ["assessment"]


def assessment(
    body: str,
    drills: Sequence[Timings],
    today: date,
    versions: dict[str, str],
    pledge: Pledge | None = None,
    hours: int = HOURS,
) -> Assessment:
    """What the drills in a body show by `today`; `versions` name this package and its release.

    The moments go in as parameters: they are read off the minute books, which grow, so that the
    next reading of the same drill may know more.
    """
    newest = max((_day(max(_instants(asdict(one)))) for one in drills), default="")
    return Assessment(
        desk="consultation",
        question="was each line answered in time?",
        layers=(),
        parameters={
            "body": body,
            "hours": hours,
            "today": today.isoformat(),
            "newest": newest,
            # The months are reckoned by it, so whoever works this out again needs it.
            "commitment": [pledge.due, pledge.cadence] if pledge is not None else [],
            "drills": [msgspec.to_builtins(one) for one in drills],
        },
        result={
            "drills": {
                one.symbol: [
                    {**asdict(leg), "failed": leg.failed, "owes_a_word": leg.owes_a_word}
                    for leg in results(one, hours)
                ]
                for one in drills
            },
            "months": [
                {
                    **asdict(one),
                    "first": one.first.isoformat(),
                    "last": one.last.isoformat(),
                    "drills": list(one.drills),
                }
                for one in months(drills, today, pledge)
            ],
            "shares": [asdict(one) for one in shares(drills, hours)],
        },
        versions=versions,
    )


def _instants(value: Any) -> list[int]:
    """Every instant that stands in the times of a drill."""
    if isinstance(value, dict):
        told = [value[key] for key in ("claimed", "not_before", "not_after") if value.get(key)]
        return told + [ms for one in value.values() for ms in _instants(one)]
    if isinstance(value, list | tuple):
        return [ms for one in value for ms in _instants(one)]
    return []


def _day(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).date().isoformat()
