"""Suspensions of a text in the terminal: one frozen value each, and one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from architrave.cli.look import Look, in_english
from architrave.institution.suspensions import Suspension
from architrave.portal.composing.instants import utc
from architrave.portal.words import say

__all__ = ["SuspensionRow", "suspension_rows", "suspension_text"]


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """A party's suspension of a text, for itself; `until` is null while it stands."""

    party: str
    since: int
    until: int | None
    reason: Mapping[str, str]
    line: str


def suspension_rows(look: Look, found: Iterable[Suspension]) -> tuple[SuspensionRow, ...]:
    """Suspensions as rows, in the order of time."""
    ordered = sorted(found, key=lambda one: (one.since, one.party))
    return tuple(
        SuspensionRow(one.party, one.since, one.until, one.reason, look.line(one.given.tip))
        for one in ordered
    )


def suspension_text(look: Look, one: SuspensionRow) -> str:
    """A suspension in one line, with its reason."""
    blanks = {"party": look.capital(one.party), "at": utc(one.since)}
    if one.until is None:
        told = say("suspended-since", "en", **blanks)
    else:
        told = say("suspended-over", "en", until=utc(one.until), **blanks)
    return f"{told} ({in_english(one.reason)})"
