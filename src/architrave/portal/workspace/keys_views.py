"""The officer's passkeys: add, name, remove all but the last."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from architrave.portal.words import say
from architrave.portal.workspace.accounts import passkeys_of
from architrave.portal.workspace.credentials import sound
from architrave.portal.workspace.officers import for_officers, officer_of
from architrave.portal.workspace.router import DATABASE
from architrave.portal.workspace.showing import show_work
from architrave.portal.workspace.web_sessions import fresh
from architrave.portal.workspace.workspace_context import keys_page

__all__ = ["keys", "options"]

_LONGEST = 60  # letters of a passkey's name
_MOST = 10  # passkeys of an account


@for_officers
@require_safe
def options(request: HttpRequest, language: str) -> HttpResponseBase:
    """What a new passkey is made from."""
    from allauth.mfa.webauthn.internal import auth

    if not fresh(request):
        return JsonResponse({}, status=403)
    # With a PIN or a finger, and such that it names its account by itself.
    return JsonResponse({"options": auth.begin_registration(request.user, True)})


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, language: str) -> HttpResponseBase:
    """The officer's passkeys; a POST changes one of them."""
    fault = ""
    if request.method == "POST":
        fault = _changed(request) if fresh(request) else "work-again"
        if not fault:
            return HttpResponseRedirect(f"/{language}/work/keys")
    officer = officer_of(request)
    assert officer is not None
    kept, lately = passkeys_of(request.user), fresh(request)
    told = say(fault, language) if fault else ""
    response = show_work(
        request,
        language,
        "work_keys",
        lambda copy: keys_page(copy, request, officer, kept, lately, told),
        script=True,
    )
    if fault:
        response.status_code = 400
    return response


def _changed(request: HttpRequest) -> str:
    """Do what a form asks; the word for why not, empty if it was done."""
    name = " ".join(request.POST.get("name", "").split())[:_LONGEST]
    match request.POST.get("do"):
        case "add":
            return _added(request, name)
        case "name":
            return _named(request, name)
        case "remove":
            return _removed(request)
    return "work-key-unchanged"


def _added(request: HttpRequest, name: str) -> str:
    from allauth.mfa.webauthn.forms import AddWebAuthnForm
    from allauth.mfa.webauthn.internal import flows

    count = len(passkeys_of(request.user))
    told = {"name": name or str(count + 1), "passwordless": "on"}
    form = AddWebAuthnForm(
        {**told, "credential": request.POST.get("credential", "")}, user=request.user
    )
    officer = officer_of(request)
    # Who has left the seat reads with what they have, and gets no further way in.
    if officer is None or not officer.acts or count >= _MOST or not sound(form):
        return "work-key-unmade"
    flows.add_authenticator(
        request, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
    )
    return ""


def _named(request: HttpRequest, name: str) -> str:
    from allauth.mfa.webauthn.internal import flows

    key = _own(request)
    if key is None or not name:
        return "work-key-unchanged"
    flows.rename_authenticator(request, key, name)
    return ""


def _removed(request: HttpRequest) -> str:
    from allauth.mfa.webauthn.internal import flows

    # Two that are removed at one time are not both left out of the count.
    with transaction.atomic(using=DATABASE):
        key = _own(request)
        if key is None:
            return "work-key-unchanged"
        if len(passkeys_of(request.user)) < 2:
            return "work-key-last"
        flows.remove_authenticator(request, key)
    return ""


def _own(request: HttpRequest) -> Any:
    """The officer's passkey that a form names; None if it is another's or none."""
    asked = request.POST.get("key", "")
    return next((one for one in passkeys_of(request.user) if str(one.pk) == asked), None)
