"""The desk as any other asks it (`desks.registry`)."""

from __future__ import annotations

from datetime import date

from architrave.desks.dialogues.evidence import assess
from architrave.desks.dialogues.reading import DIALOGUES, MEETINGS
from architrave.desks.evidence import Assessment
from architrave.desks.parameters import day_given, several_given
from architrave.desks.registry import Desk, Sources

__all__ = ["DESK"]


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    return (_as_of(sources, sources.parties, today),)


def _rerun(assessment: Assessment, sources: Sources) -> Assessment:
    parties = several_given(assessment, "parties")
    return _as_of(sources, parties, day_given(assessment, "today"))


def _as_of(sources: Sources, parties: tuple[str, ...], today: date) -> Assessment:
    tables = sources.text(DIALOGUES), sources.text(MEETINGS)
    return assess(*tables, sources.facts, parties, today, sources.marking)


DESK = Desk("dialogues", _assess, _rerun)
