"""The pages of the council: where this copy has none, there is no page at their addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.portal.council.consultations_context import consultations_page
from architrave.portal.council.dialogues_context import dialogues_page
from architrave.portal.council.exercises_context import exercises_page
from architrave.portal.council.interoperability_context import interoperability_page
from architrave.portal.council.launches_context import launches_page
from architrave.portal.council.overview_context import council_page
from architrave.portal.council.plan_context import plan_page
from architrave.portal.views import show

__all__ = [
    "consultations",
    "council",
    "dialogues",
    "exercises",
    "interoperability",
    "launches",
    "plan",
]


@require_safe
def council(request: HttpRequest, language: str) -> HttpResponse:
    """The council, and where its pages are."""
    return show("council", language, council_page, "/")


@require_safe
def exercises(request: HttpRequest, language: str) -> HttpResponse:
    """The public past of exercises."""
    return show("council_exercises", language, exercises_page, "/")


@require_safe
def plan(request: HttpRequest, language: str) -> HttpResponse:
    """The illustrative plan of exercises."""
    return show("council_plan", language, plan_page, "/")


@require_safe
def dialogues(request: HttpRequest, language: str) -> HttpResponse:
    """Dialogues, promised beside held."""
    return show("council_dialogues", language, dialogues_page, "/")


@require_safe
def interoperability(request: HttpRequest, language: str) -> HttpResponse:
    """Interoperability, without a level."""
    return show("council_interoperability", language, interoperability_page, "/")


@require_safe
def consultations(request: HttpRequest, language: str) -> HttpResponse:
    """Consultations and drills."""
    return show("council_consultations", language, consultations_page, "/")


@require_safe
def launches(request: HttpRequest, language: str) -> HttpResponse:
    """Launches, tests and incidents."""
    return show("council_launches", language, launches_page, "/")
