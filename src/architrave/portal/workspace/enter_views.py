"""The way in and out: an invitation, a passkey, signing out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from architrave.node.runtime import current
from architrave.portal.words import say
from architrave.portal.workspace import invitations
from architrave.portal.workspace.accounts import account_by
from architrave.portal.workspace.at_work import at_work
from architrave.portal.workspace.credentials import sound
from architrave.portal.workspace.officers import Officer, for_officers, officer_in
from architrave.portal.workspace.refusing import too_often
from architrave.portal.workspace.seats import Appointment, appointment_named, appointment_now
from architrave.portal.workspace.showing import show_work
from architrave.portal.workspace.web_sessions import entered, entering
from architrave.portal.workspace.workspace_context import enter_page, invited_page

__all__ = ["enter", "invited", "leave", "passkey"]

_AFTER = {"": "", "keys": "keys"}
"""Where one may be led after signing in."""


@at_work
@require_safe
def enter(request: HttpRequest, language: str) -> HttpResponseBase:
    """The page on which one signs in; it sets no cookie."""
    return _enter(request, language, "", request.GET.get("to", ""))


def _enter(request: HttpRequest, language: str, fault: str, to: str) -> HttpResponseBase:
    wanted = _AFTER.get(to, "")
    return show_work(
        request, language, "work_enter", lambda copy: enter_page(copy, request, fault, wanted), True
    )


@at_work
@require_http_methods(["GET", "POST"])
@csrf_protect
def passkey(request: HttpRequest, language: str) -> HttpResponseBase:
    """GET: what a passkey is to sign, and the word for the form. POST: what it has signed."""
    from allauth.core.internal import ratelimit
    from allauth.mfa.webauthn.internal import auth

    posted = request.method == "POST"
    action = "webauthn_login" if posted else "begin"
    if not ratelimit.consume(request, app="allauth.mfa", action=action, limit_get=True):
        return too_often(language)
    if not posted:
        options = auth.begin_authentication()
        entering(request)
        return JsonResponse({"options": options, "word": get_token(request)})
    to = _AFTER.get(request.POST.get("to", ""), "")
    response = _signed_in(request, f"/{language}/work/{to}")
    if response is None:
        response = _enter(request, language, say("work-passkey-refused", language), to)
        response.status_code = 400
    return response


def _signed_in(request: HttpRequest, to: str) -> HttpResponseBase | None:
    """Led on to `to` if a passkey of an open account signed what this browser was given."""
    from allauth.account.models import Login
    from allauth.mfa.webauthn.forms import LoginWebAuthnForm
    from allauth.mfa.webauthn.internal import flows

    form = LoginWebAuthnForm(request.POST)
    if not sound(form):
        return None
    key = form.cleaned_data["credential"]
    account = key.user
    with current().reading() as peer:
        known = officer_in(peer, account.seat, account.appointment) is not None
    if not (account.is_active and known):
        return None
    response: HttpResponseBase = flows.perform_passwordless_login(
        request, key, Login(user=account, redirect_url=to)
    )
    entered(request)
    return response


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def invited(request: HttpRequest, language: str, word: str) -> HttpResponseBase:
    """An invitation; a POST uses it up and signs its holder in."""
    found = invitations.found(word)
    if found is None:
        return _invitation(request, language, word, None, None)
    with current().reading() as peer:
        officer = officer_in(peer, found.seat, found.appointment)
        now = appointment_now(peer.state, peer.view(), found.seat)
    if officer is None or not officer.acts or now is None:
        return _invitation(request, language, word, officer, found)
    entering(request)
    if request.method != "POST":
        return _invitation(request, language, word, officer, found)
    account = account_by(word, now, lambda name: _same(name, now))
    if account is None:
        return _invitation(request, language, word, None, None)
    _sign_in(request, account)
    return HttpResponseRedirect(f"/{language}/work/keys")


def _same(name: str, now: Appointment) -> bool:
    with current().reading() as peer:
        other = appointment_named(peer.state, peer.view(), name)
    return other is not None and other.seat == now.seat and other.known == now.known


def _sign_in(request: HttpRequest, account: Any) -> None:
    from allauth.account.adapter import get_adapter

    get_adapter(request).login(request, account)
    entered(request)


def _invitation(
    request: HttpRequest,
    language: str,
    word: str,
    officer: Officer | None,
    found: invitations.Found | None,
) -> HttpResponseBase:
    until = found.until if found is not None else None
    response = show_work(
        request,
        language,
        "work_invited",
        lambda copy: invited_page(copy, request, word, officer, until),
    )
    if officer is None or not officer.acts:
        response.status_code = 404
    return response


@for_officers
@require_POST
def leave(request: HttpRequest, language: str) -> HttpResponseBase:
    """Sign out."""
    from allauth.account.adapter import get_adapter

    get_adapter(request).logout(request)
    return HttpResponseRedirect(f"/{language}/work/enter")
