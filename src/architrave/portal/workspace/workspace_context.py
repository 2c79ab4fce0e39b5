"""The contexts of the pages of the workspace, built while the peer is read under its lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Link
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to
from architrave.portal.workspace.pages_workspace import (
    FitBlock,
    OfficerRow,
    PasskeyRow,
    WorkEnterPage,
    WorkInvitedPage,
    WorkKeysPage,
    WorkTroublePage,
)
from architrave.portal.workspace.seats import Officer

__all__ = ["enter_page", "invited_page", "keys_page", "machine_time", "officer_row", "trouble_page"]


def enter_page(copy: Copy, request: HttpRequest, fault: str = "", to: str = "") -> WorkEnterPage:
    """Where one signs in."""
    return WorkEnterPage(
        frame=frame_of(copy, copy.say("work-enter-title"), "work", "enter"),
        fit=_fit(copy, request),
        fault=fault,
        passkey_href=copy.address("work", "passkey"),
        to=to,
    )


def invited_page(
    copy: Copy,
    request: HttpRequest,
    word: str,
    officer: Officer | None,
    until: datetime | None,
) -> WorkInvitedPage:
    """An invitation; without an `officer` it does not hold."""
    ended = ""
    if officer is None:
        ended = copy.say("work-invited-ended")
    elif not officer.acts:
        ended = copy.say("work-invited-passed")
    return WorkInvitedPage(
        frame=frame_of(copy, copy.say("work-invited-title"), "work", "enter", word),
        officer=officer_row(copy, officer) if officer is not None and not ended else None,
        until=machine_time(copy, until) if until is not None else None,
        fit=_fit(copy, request),
        ended=ended,
        enter_href=copy.address("work", "enter"),
    )


def keys_page(
    copy: Copy,
    request: HttpRequest,
    officer: Officer,
    passkeys: Iterable[Any],
    fresh: bool,
    fault: str = "",
) -> WorkKeysPage:
    """An officer's passkeys, as allauth keeps them."""
    rows = list(passkeys)
    return WorkKeysPage(
        frame=frame_of(copy, copy.say("work-keys-title"), "work", "keys"),
        officer=officer_row(copy, officer),
        keys=tuple(
            PasskeyRow(
                id=one.pk,
                name=one.data["name"],
                made=machine_time(copy, one.created_at),
                last=machine_time(copy, one.last_used_at) if one.last_used_at else None,
                removable=len(rows) > 1,
            )
            for one in rows
        ),
        fit=_fit(copy, request),
        fresh=fresh,
        fault=fault,
        options_href=copy.address("work", "keys", "options"),
        again_href=copy.address("work", "enter") + "?to=keys",
        home_href=copy.address("work") + "/",
        leave_href=copy.address("work", "leave"),
    )


def trouble_page(copy: Copy, text: str, enter: bool) -> WorkTroublePage:
    """Why nothing else is shown."""
    return WorkTroublePage(
        frame=frame_of(copy, copy.say("work-home-title"), "work", ""),
        text=text,
        enter=link_to(copy.say("work-enter-title"), copy.address("work", "enter"))
        if enter
        else None,
    )


def machine_time(copy: Copy, at: datetime) -> Moment:
    """An instant of the machine's clock, as this capital's clock shows it."""
    return copy.here(round(at.timestamp() * 1_000))


def officer_row(copy: Copy, officer: Officer) -> OfficerRow:
    """Who is signed in, or invited, in a reader's language."""
    seat = copy.charter.find_seat(officer.seat)
    return OfficerRow(
        holder=officer.holder,
        seat=officer.seat,
        body=copy.body(copy.charter.body(seat.body)) if seat is not None else "",
        capital=copy.capital(officer.party),
        note="" if officer.acts else copy.say("work-reads-only"),
    )


def _fit(copy: Copy, request: HttpRequest) -> FitBlock:
    """Browsers want https for passkeys, or localhost by its name, and no number in any case."""
    host, port = _host_and_port(request)
    if host == "localhost" or host.endswith(".localhost"):
        return FitBlock("", None)
    try:
        number = ip_address(host)
    except ValueError:
        number = None
    asked = request.get_host()
    if number is None:
        safe = request.is_secure() or f"https://{asked}" in settings.CSRF_TRUSTED_ORIGINS
        return FitBlock("" if safe else copy.say("work-unfit"), None)
    instead = None
    if number.is_loopback and not request.is_secure():
        address = f"http://localhost{port}{request.path}"
        instead = Link(address, address, False)
    return FitBlock(copy.say("work-unfit"), instead)


def _host_and_port(request: HttpRequest) -> tuple[str, str]:
    """The host that was asked for, and its port with the colon, if one was named."""
    asked = request.get_host()
    host, colon, port = asked.rpartition(":")
    if not colon or port.endswith("]"):
        host, colon, port = asked, "", ""
    return host.strip("[]"), f"{colon}{port}"
