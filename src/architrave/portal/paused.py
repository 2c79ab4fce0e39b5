"""Suspensions in words: who suspends an instrument, from when to when."""

from __future__ import annotations

from collections.abc import Iterable

from architrave.institution.owed import suspended
from architrave.institution.standing import MatterStanding
from architrave.institution.suspensions import Suspension
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy

__all__ = ["paused_texts", "suspended_texts"]


def suspended_texts(copy: Copy, standing: MatterStanding) -> tuple[Shown, ...]:
    """Who suspends a matter now; empty if nobody does."""
    return paused_texts(copy, suspended(copy.state, copy.view, standing))


def paused_texts(copy: Copy, found: Iterable[Suspension]) -> tuple[Shown, ...]:
    """Suspensions, each with its party and its times, in the order of names."""
    rows = list(found)
    place = {party: n for n, party in enumerate(copy.ordered({one.party for one in rows}))}
    return tuple(_text(copy, one) for one in sorted(rows, key=lambda one: place[one.party]))


def _text(copy: Copy, one: Suspension) -> Shown:
    party, at = copy.party(one.party), copy.here(one.since)
    if one.until is None:
        return copy.say("suspended-since", party=party, at=at)
    return copy.say("suspended-over", party=party, at=at, until=copy.here(one.until))
