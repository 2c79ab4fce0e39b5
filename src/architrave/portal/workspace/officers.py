"""Who is signed in at the workspace. Other pages of it need nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect

from architrave.node.runtime import current
from architrave.peer.peer import Peer
from architrave.portal.workspace.at_work import at_work
from architrave.portal.workspace.seats import appointment_named, appointment_now

__all__ = ["Officer", "for_officers", "officer_in", "officer_of"]

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is signed in: a seat of this capital and its holder as invited.

    `acts` is False once the seat has passed to another, or stands empty: then the officer reads.
    """

    party: str
    seat: str
    holder: str
    language: str
    acts: bool


def officer_of(request: HttpRequest) -> Officer | None:
    """Who asks; None if nobody is signed in here, or the account was shut."""
    account: Any = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return None
    seat, appointment = account.seat, account.appointment
    with current().reading() as peer:
        return officer_in(peer, seat, appointment)


def officer_in(peer: Peer, seat: str, appointment: str) -> Officer | None:
    """The officer of an account as a peer's record has them now; None if it knows no such."""
    state, view = peer.state, peer.view()
    invited = appointment_named(state, view, appointment)
    if invited is None or invited.seat != seat:
        return None
    now = appointment_now(state, view, seat)
    acts = now is not None and now.known == invited.known
    return Officer(invited.party, seat, invited.holder, invited.language, acts)


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
