"""A plan as an assessment: what went in by digest, the parameters, and the result.

Another capital that has the same tables plans again and compares cell by cell. Where `settled` is
true in the result, nothing but the tables and the parameters decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from importlib.metadata import version
from typing import Any

from architrave.desks.evidence import Assessment, Layer, digest_of
from architrave.desks.exercises.conflicts import Infeasible
from architrave.desks.exercises.model import Plan, Postponed, Programme
from architrave.desks.exercises.replanning import Replanned

__all__ = ["assessment_of", "plain", "result_of"]

DESK = "exercises"


def assessment_of(
    programme: Programme,
    found: Plan | Infeasible | Replanned,
    step_days: int = 7,
    before: Plan | None = None,
    postponed: Sequence[Postponed] = (),
) -> Assessment:
    """What was found for a programme; `before` and `postponed` where it was planned again."""
    tables: dict[str, Iterable[Any]] = {
        "areas": programme.areas.values(),
        "forces": programme.forces.values(),
        "series": programme.series.values(),
        "away": programme.away,
        "needs": programme.needs,
        "parts": programme.parts.values(),
        "blackouts": programme.blackouts,
        "precedences": programme.precedences,
        "fixed": programme.fixed,
        "before": before.placed if before is not None else (),
        "postponed": postponed,
    }
    return Assessment(
        DESK,
        "plan again" if before is not None else "plan",
        tuple(_layer(name, list(rows)) for name, rows in tables.items()),
        {
            "horizon": plain(programme.horizon),
            "parties": list(programme.parties),
            "weights": plain(programme.weights),
            "step_days": step_days,
        },
        result_of(found),
        {name: version(name) for name in ("architrave", "ortools")},
    )


def result_of(found: Plan | Infeasible | Replanned) -> dict[str, Any]:
    """What was found, as a value of JSON."""
    if isinstance(found, Plan):
        return {"found": "plan", **plain(found)}
    if isinstance(found, Infeasible):
        return {
            "found": "conflict",
            "how_small": found.how_small.value,
            "rules": list(found.sentences),
        }
    return {
        "found": "plan",
        **plain(found.plan),
        "moves": [
            {
                "edition": move.edition,
                "part": move.part,
                "before": move.before.isoformat(),
                "after": move.after.isoformat(),
                "postponed": move.postponed is not None,
                "seat": move.postponed.seat if move.postponed else "",
                "reason": move.postponed.reason if move.postponed else "",
            }
            for move in found.moves
        ],
        "least": found.least,
    }


def plain(value: Any) -> Any:
    """A document as what JSON holds; where a row was read is left out, as it decides nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.name != "place"
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return value


def _layer(name: str, rows: list[Any]) -> Layer:
    dates = [
        value.isoformat()
        for row in rows
        for field in fields(row)
        if isinstance(value := getattr(row, field.name), date)
    ]
    return Layer(name, max(dates, default=""), digest_of(plain(rows)))
