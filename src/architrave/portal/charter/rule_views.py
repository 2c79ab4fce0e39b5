"""The views of the charter, its rules, and a matter's texts and steps."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.portal.charter.bodies_context import bodies_page
from architrave.portal.charter.charter_context import charter_page
from architrave.portal.charter.rules_context import rule_page
from architrave.portal.headers import with_script
from architrave.portal.matters.steps_context import steps_page
from architrave.portal.matters.texts_context import texts_page
from architrave.portal.reading import Copy
from architrave.portal.views import show

__all__ = ["bodies", "charter", "rule", "steps", "texts"]


def _show_asked(
    template: str,
    language: str,
    build: Callable[[Copy], object | None],
    fault_of: Callable[[object], str],
    kept_as: str = "",
) -> HttpResponse:
    """Show a page whose address asks something; 400 if what it asks cannot be answered.

    Only a page that is asked nothing may be kept: one that is kept finds no fault again.
    """
    faults: list[str] = []

    def noting(copy: Copy) -> object | None:
        page = build(copy)
        if page is not None:
            faults.append(fault_of(page))
        return page

    response = show(template, language, noting, kept_as)
    if any(faults):
        response.status_code = 400
    return response


@require_safe
def bodies(request: HttpRequest, language: str) -> HttpResponse:
    """The charter's bodies and who holds their seats, now or at the end of a day."""
    on = request.GET.get("on", "")
    return _show_asked(
        "bodies",
        language,
        lambda copy: bodies_page(copy, on),
        lambda page: page.asof.fault,
        "" if on else "/",
    )


@require_safe
def charter(request: HttpRequest, language: str) -> HttpResponse:
    """The charter's articles, now or at the end of a day, and its versions."""
    on = request.GET.get("on", "")
    return _show_asked(
        "charter",
        language,
        lambda copy: charter_page(copy, on),
        lambda page: page.asof.fault,
        "" if on else "/",
    )


@require_safe
def rule(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """The decision rule of an article, and a trial of it with the positions in the address."""
    given = {name: word for name, word in request.GET.items() if word}
    return with_script(
        _show_asked(
            "rule",
            language,
            lambda copy: rule_page(copy, number, given),
            lambda page: page.fault,
            "" if given else number,
        )
    )


@require_safe
def texts(request: HttpRequest, language: str, symbol: str) -> HttpResponse:
    """The texts of a matter in all languages, side by side."""
    return show("texts", language, lambda copy: texts_page(copy, symbol), symbol)


@require_safe
def steps(request: HttpRequest, language: str, symbol: str, number: int = 1) -> HttpResponse:
    """Every entry about a matter, in order."""
    return show(
        "steps", language, lambda copy: steps_page(copy, symbol, number), f"{symbol} {number}"
    )
