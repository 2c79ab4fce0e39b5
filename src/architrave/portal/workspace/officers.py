"""Who is signed in at the workspace. Other pages of it need nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect

from architrave.node.runtime import current
from architrave.portal.workspace.at_work import at_work
from architrave.portal.workspace.seats import Officer, officer_in

__all__ = ["Officer", "for_officers", "officer_in", "officer_of"]

View = Callable[..., HttpResponseBase]


def officer_of(request: HttpRequest) -> Officer | None:
    """Who asks; None if nobody is signed in here, or the account was shut."""
    account: Any = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return None
    seat, appointment = account.seat, account.appointment
    with current().reading() as peer:
        return officer_in(peer, seat, appointment)


def for_officers(view: View) -> View:
    """A page for officers alone: leads to the sign-in page of its language if nobody is signed in.

    A form of it needs Django's ``{% csrf_token %}``, for which `showing.show_work` sees.
    """
    guarded = csrf_protect(view)

    @wraps(view)
    def for_one(
        request: HttpRequest, language: str, *args: object, **more: object
    ) -> HttpResponseBase:
        if officer_of(request) is None:
            return HttpResponseRedirect(f"/{language}/work/enter")
        return guarded(request, language, *args, **more)

    return at_work(for_one)
