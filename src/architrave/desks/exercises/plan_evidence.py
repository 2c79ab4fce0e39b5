"""A plan as an assessment: what went in by digest, the parameters, and the result.

Another capital that has the same tables plans again and compares cell by cell. Where `settled` is
true in the result, nothing but the tables and the parameters decided it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from architrave.desks.evidence import Assessment
from architrave.desks.exercises.conflicts import Infeasible
from architrave.desks.exercises.evidence import DESK, file_layers, versions_of
from architrave.desks.exercises.matters import plain
from architrave.desks.exercises.model import Plan, Postponed, Programme
from architrave.desks.exercises.replanning import Replanned
from architrave.desks.exercises.writing import write_programme

__all__ = ["assessment_of", "result_of"]


def assessment_of(
    programme: Programme,
    found: Plan | Infeasible | Replanned,
    step_days: int = 7,
    before: Plan | None = None,
    postponed: Sequence[Postponed] = (),
    files: Mapping[str, str] | None = None,
) -> Assessment:
    """What was found for a programme; `before` and `postponed` where it was planned again.

    `files` are the tables as they were brought; left out, the programme is written as tables.
    """
    parameters = {
        "parties": list(programme.parties),
        "weights": plain(programme.weights),
        "step_days": step_days,
    }
    if before is not None:
        parameters |= {
            "before": plain(before),
            "postponed": [plain(one) for one in postponed],
        }
    return Assessment(
        DESK,
        "plan again" if before is not None else "plan",
        file_layers(write_programme(programme) if files is None else files),
        parameters,
        result_of(found),
        versions_of("architrave", "ortools"),
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
