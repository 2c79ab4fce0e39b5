"""The view of an alert."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.portal.alerts.alerts_context import alert_page
from architrave.portal.views import show

__all__ = ["alert"]


@require_safe
def alert(request: HttpRequest, language: str, symbol: str) -> HttpResponse:
    """One alert."""
    return show("alert", language, lambda copy: alert_page(copy, symbol), symbol)
