"""The desk as any other asks it (`desks.registry`)."""

from __future__ import annotations

from datetime import date

from architrave.desks.evidence import Assessment
from architrave.desks.launches.evidence import assess
from architrave.desks.launches.reading import FILE
from architrave.desks.parameters import whole_given
from architrave.desks.registry import Desk, Sources

__all__ = ["DESK"]


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    """The list as it is: what was counted does not depend on the day of asking."""
    return (assess(sources.text(FILE), sources.facts, sources.parties),)


def _rerun(assessment: Assessment, sources: Sources) -> Assessment:
    days = whole_given(assessment, "days", 1, 365)
    shuffles = whole_given(assessment, "shuffles", 100, 100_000)
    return assess(sources.text("launches"), sources.facts, sources.parties, days, shuffles)


DESK = Desk("launches", _assess, _rerun)
