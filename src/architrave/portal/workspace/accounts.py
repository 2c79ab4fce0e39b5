"""Accounts: made by an invitation, ended by hand, and what a list of them says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from architrave.portal.workspace import invitations
from architrave.portal.workspace.router import DATABASE
from architrave.portal.workspace.seats import Appointment

__all__ = ["AccountRow", "account_by", "listed", "passkeys_of", "shut"]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as it is kept: no name stands in it."""

    id: str
    seat: str
    appointment: str
    open: bool
    passkeys: int
    last: datetime | None


def account_by(word: str, appointment: Appointment, same: Callable[[str], bool]) -> Any:
    """Use an invitation up: the holder's account, made if there is none; None if it has ended.

    `same` tells of another appointment, by its name, whether it is of the same holder.
    """
    from architrave.portal.workspace.models import Account

    with transaction.atomic(using=DATABASE):
        if not invitations.use(word):
            return None
        for account in Account.objects.filter(seat=appointment.seat, is_active=True):
            if account.appointment == appointment.name or same(account.appointment):
                return account
        account = Account(seat=appointment.seat, appointment=appointment.name)
        account.set_unusable_password()
        account.save(force_insert=True)
        return account


def passkeys_of(account: Any) -> list[Any]:
    """An account's passkeys, the oldest first."""
    from allauth.mfa.models import Authenticator

    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    return list(kept.order_by("created_at", "pk"))


def listed() -> list[AccountRow]:
    """Every account, by seat and by when it was made."""
    from architrave.portal.workspace.models import Account

    return [
        AccountRow(
            one.pk.hex,
            one.seat,
            one.appointment,
            one.is_active,
            len(passkeys_of(one)),
            one.last_login,
        )
        for one in Account.objects.order_by("seat", "made")
    ]


def shut(seat: str, but: Callable[[str], bool] = lambda _appointment: False) -> int:
    """End the open accounts of a seat, with passkeys, and its invitations; how many accounts.

    Web sessions end with them: an account that is not open signs nobody in. `but` spares those of
    an appointment, by its name.
    """
    from architrave.portal.workspace.models import Account, Invitation

    with transaction.atomic(using=DATABASE):
        found = [
            one
            for one in Account.objects.filter(seat=seat, is_active=True)
            if not but(one.appointment)
        ]
        for account in found:
            for passkey in passkeys_of(account):
                passkey.delete()
            account.is_active = False
            account.save(update_fields=["is_active"])
        for row in Invitation.objects.filter(seat=seat, used=None):
            if not but(row.appointment):
                row.delete()
    return len(found)
