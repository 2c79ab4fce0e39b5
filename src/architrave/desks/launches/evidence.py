"""The desk's assessment: counts by year and the comparison with shuffled dates, to be rerun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from architrave.desks.evidence import Assessment, Layer, digest_of
from architrave.desks.launches.counts import by_month, by_year
from architrave.desks.launches.reactive import reaction
from architrave.desks.launches.reading import days_of, read_counts
from architrave.institution.register_rows import Event, Register

__all__ = ["MEETING_KINDS", "assess", "meetings_of"]

MEETING_KINDS = frozenset(
    {"summit", "ministerial", "vice-ministerial", "working-level", "crisis-consultation"}
)
"""Kinds of events of the register in which officials of all parties met."""


def meetings_of(register: Register, parties: Sequence[str]) -> tuple[tuple[date, ...], int]:
    """The days of meetings of all parties, in order, and how many more have no confirmed day."""
    met = [event for event in register.events if _is_meeting(event, frozenset(parties))]
    days = sorted(event.date.first for event in met if event.date.day_known)
    return tuple(days), len(met) - len(days)


def _is_meeting(event: Event, parties: frozenset[str]) -> bool:
    return event.kind in MEETING_KINDS and parties <= frozenset(event.parties)


def assess(
    content: str, register: Register, parties: Sequence[str], days: int = 30, shuffles: int = 10_000
) -> Assessment:
    """Count the list `content` and compare the register's meetings of `parties` with it."""
    counts = read_counts(content)
    meetings, left_out = meetings_of(register, parties)
    compared = reaction(days_of(counts), meetings, left_out, days, shuffles)
    newest = counts[-1].day.isoformat()
    latest = max((day.isoformat() for day in meetings), default="")
    return Assessment(
        desk="launches",
        question="counts by year, bursts, and meetings soon after launches against shuffled dates",
        layers=(
            Layer("launches", newest, digest_of(content.encode()), counts[-1].source),
            Layer("register", latest, register.digest),
        ),
        parameters={"days": days, "shuffles": shuffles, "seed": compared.seed},
        result={
            "years": {str(year.year): year.total for year in by_year(counts)},
            "bursts": [month.first.isoformat()[:7] for month in by_month(counts) if month.burst],
            "meetings": compared.meetings,
            "left_out": compared.left_out,
            "soon": compared.soon,
            "low": compared.low,
            "middle": compared.middle,
            "high": compared.high,
            "as_many": compared.as_many,
            "answer": str(compared.answer),
        },
        versions={"architrave": version("architrave")},
    )
