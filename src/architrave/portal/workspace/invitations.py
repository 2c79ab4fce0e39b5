"""Invitations: a word that lets its bearer in once, and of which only the SHA-256 is kept.

Nothing here looks at the record; whoever asks has found the appointment there.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from architrave.portal.workspace.router import DATABASE
from architrave.portal.workspace.seats import Appointment

__all__ = ["VALID", "Found", "found", "invite", "use"]

VALID = timedelta(hours=48)
_BYTES = 32  # of a word


@dataclass(frozen=True, slots=True)
class Found:
    """An invitation that may still be used."""

    seat: str
    appointment: str
    until: datetime


def invite(appointment: Appointment) -> tuple[str, datetime]:
    """Write an invitation for a holder; returns its word, which is kept nowhere, and its end."""
    from architrave.portal.workspace.models import Invitation

    now, word = timezone.now(), secrets.token_urlsafe(_BYTES)
    with transaction.atomic(using=DATABASE):
        Invitation.objects.filter(until__lt=now).delete()
        Invitation.objects.create(
            digest=_digest(word),
            seat=appointment.seat,
            appointment=appointment.name,
            until=now + VALID,
        )
    return word, now + VALID


def found(word: str) -> Found | None:
    """The invitation of this word; None if there is none, it was used, or it has ended."""
    from architrave.portal.workspace.models import Invitation

    row = Invitation.objects.filter(
        digest=_digest(word), used=None, until__gt=timezone.now()
    ).first()
    return Found(row.seat, row.appointment, row.until) if row is not None else None


def use(word: str) -> bool:
    """Use an invitation up; False if somebody else was first, or it has ended."""
    from architrave.portal.workspace.models import Invitation

    now = timezone.now()
    return bool(
        Invitation.objects.filter(digest=_digest(word), used=None, until__gt=now).update(used=now)
    )


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
