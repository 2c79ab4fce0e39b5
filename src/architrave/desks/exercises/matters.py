"""A plan, and the lessons of an edition, as a matter is tabled with them. Submitting is others'.

The document of a wording is JSON in the one spelling of `evidence.bytes_of`; its digests name the
programme, the plan, the lessons and any assessment by SHA-256, so that each capital can compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, bytes_of, digest_of
from architrave.desks.exercises.lessons import Lesson
from architrave.desks.exercises.model import Placed, Programme
from architrave.desks.rows import Place
from architrave.institution.acts import Wording

__all__ = [
    "FIRST_REAL_YEAR",
    "digests_of",
    "lessons_wording",
    "plain",
    "plan_wording",
    "programme_document",
]

FIRST_REAL_YEAR = 1900
"""Earlier years are a sandbox's, and what is planned in them is illustrative."""


def programme_document(
    programme: Programme, placed: Sequence[Placed] = (), lessons: Sequence[Lesson] = ()
) -> dict[str, Any]:
    """A programme with its plan and its lessons as a value of JSON, without the rows' places."""
    return {
        "format": 1,
        "kind": "exercise-programme",
        "illustrative": programme.horizon.year < FIRST_REAL_YEAR,
        "programme": plain(programme),
        "plan": [plain(one) for one in placed],
        "lessons": [plain(one) for one in lessons],
    }


def digests_of(
    document: Mapping[str, Any], assessments: Mapping[str, Assessment] | None = None
) -> dict[str, str]:
    """What a wording names by SHA-256: the document's parts, and assessments under their names."""
    parts = {name: digest_of(document[name]) for name in ("programme", "plan", "lessons")}
    return {**parts, **{name: one.digest for name, one in (assessments or {}).items()}}


def plan_wording(
    programme: Programme,
    placed: Sequence[Placed],
    title: Mapping[str, str],
    summary: Mapping[str, str],
    assessments: Mapping[str, Assessment] | None = None,
) -> Wording:
    """A plan as a version of a matter: title and summary by language.

    Raises BadInput for a sandbox, whose plan is illustrative and is no government's.
    """
    return _wording(programme, placed, (), title, summary, "plan", assessments)


def lessons_wording(
    programme: Programme,
    lessons: Sequence[Lesson],
    title: Mapping[str, str],
    summary: Mapping[str, str],
) -> Wording:
    """Lessons as a version of a matter; their actions are its commitments (`lessons.pledges`).

    Raises BadInput for a sandbox.
    """
    return _wording(programme, (), lessons, title, summary, "programme", None)


def plain(value: Any) -> Any:
    """A document of this desk as JSON holds it: fields by name, days as ISO dates, no places."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: plain(getattr(value, one.name))
            for one in fields(value)
            if not isinstance(getattr(value, one.name), Place)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _wording(
    programme: Programme,
    placed: Sequence[Placed],
    lessons: Sequence[Lesson],
    title: Mapping[str, str],
    summary: Mapping[str, str],
    instrument: str,
    assessments: Mapping[str, Assessment] | None,
) -> Wording:
    if programme.horizon.year < FIRST_REAL_YEAR:
        raise BadInput("A sandbox's programme is illustrative and cannot be put before a body.")
    document = programme_document(programme, placed, lessons)
    return Wording(
        title=dict(title),
        summary=dict(summary),
        instrument=instrument,
        nature="political",
        document=bytes_of(document).decode(),
        digests=digests_of(document, assessments),
    )
