"""The desk as any other asks it (`desks.registry`).

What it assesses lies in a record and in no table, so it is asked there (`architrave drill report`).
An assessment carries the moments that were read off the minute books; working it out again says
that the verdicts follow from them. That they stand in the books is for each copy to see.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from architrave.desks.consultation.drills import PLEDGE
from architrave.desks.consultation.evidence import assessment
from architrave.desks.consultation.timings import Timings
from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.parameters import day_given, typed_given, whole_given
from architrave.desks.registry import Desk, Sources
from architrave.institution.acts import Pledge

__all__ = ["DESK"]

_MOST = 120


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    raise BadInput(
        "consultation: drills lie in a record; `architrave drill report NODE --fields FILE` tables "
        "what they show."
    )


def _rerun(given: Assessment, sources: Sources) -> Assessment:
    today, hours = day_given(given, "today"), whole_given(given, "hours", 1, 8_760)
    body = given.parameters.get("body")
    if not isinstance(body, str):
        raise BadInput("consultation: the parameter body names no body.")
    drills = typed_given(given, "drills", list[Timings])
    if len(drills) > _MOST:
        raise BadInput(f"consultation: {len(drills)} drills are more than {_MOST}.")
    return assessment(
        body, drills, today, {"architrave": version("architrave")}, _pledge(given), hours
    )


def _pledge(given: Assessment) -> Pledge | None:
    said = given.parameters.get("commitment")
    if said == []:
        return None
    if not isinstance(said, list) or len(said) != 2 or not all(isinstance(x, str) for x in said):
        raise BadInput("consultation: the parameter commitment must be a day and a cadence.")
    return Pledge(id=PLEDGE, owner="", due=said[0], what={}, cadence=said[1])


DESK = Desk("consultation", _assess, _rerun)
