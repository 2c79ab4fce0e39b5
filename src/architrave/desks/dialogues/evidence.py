"""The desk's assessment: the calendar of every series, to be worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

from architrave.desks.dialogues.calendar import Days, announcements, gaps, held, kept
from architrave.desks.dialogues.council import council
from architrave.desks.dialogues.model import MeetingRow, Series
from architrave.desks.dialogues.reading import (
    DIALOGUES,
    MEETINGS,
    Marking,
    read_meetings,
    read_series,
)
from architrave.desks.evidence import Assessment, Layer, digest_of
from architrave.institution.register_rows import Register

__all__ = ["assess"]


def assess(
    dialogues: str,
    meetings: str,
    register: Register,
    parties: Sequence[str],
    today: date,
    marking: Marking,
) -> Assessment:
    """Read both tables and work out every calendar; raises BadInput as their readers do."""
    series = read_series(dialogues, parties, marking)
    rows = read_meetings(meetings, [one.id for one in series], marking)
    return Assessment(
        desk="dialogues",
        question="what was promised and announced, beside what was held",
        layers=(
            Layer(
                DIALOGUES,
                max((str(one.searched_to) for one in series), default=""),
                digest_of(dialogues.encode()),
            ),
            Layer(
                MEETINGS,
                max((str(row.when) for row in rows), default=""),
                digest_of(meetings.encode()),
            ),
            Layer("register", register.sources_reach.isoformat(), register.digest),
        ),
        parameters={"today": today.isoformat(), "parties": list(parties)},
        result={
            "series": {one.id: _calendar(one, rows, today) for one in series},
            "council": {
                row.promise.id: [str(state.state) for state in row.states]
                for row in council(register, today)
            },
        },
        versions={"architrave": version("architrave")},
    )


def _calendar(series: Series, rows: Sequence[MeetingRow], today: date) -> dict[str, Any]:
    return {
        "held": [[row.meeting, str(row.when)] for row in held(series, rows, today)],
        "announced": [
            [one.row.meeting, str(one.row.when), str(one.state), _days(one.slipped)]
            for one in announcements(series, rows, today)
        ],
        "gaps": [[_days(gap.days), _days(gap.beyond)] for gap in gaps(series, rows, today)],
        "periods": [
            [state.period.first.isoformat(), str(state.state)]
            for state in kept(series, rows, today)
        ],
    }


def _days(days: Days | None) -> list[int] | None:
    return None if days is None else [days.fewest, days.most]
