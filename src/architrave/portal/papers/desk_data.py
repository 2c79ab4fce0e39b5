"""What the council's brief shows beside the record: the desks' tables, and what the desks find.

Every value is worked out as of a day, and follows from the tables, the register and that day alone:
two copies that hold the same show the same.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from architrave.desks.dialogues.council import council
from architrave.desks.dialogues.model import MeetingRow, Series
from architrave.desks.dialogues.reading import DIALOGUES, MEETINGS, read_meetings, read_series
from architrave.desks.evidence import Assessment
from architrave.desks.launches.reading import FILE, read_counts
from architrave.desks.registry import Sources, desk_named
from architrave.institution.promises import SummaryRow
from architrave.institution.register import Register

__all__ = [
    "DeskData",
    "DeskTables",
    "desk_data",
    "exercises_held",
    "require_readable",
    "tables_in",
]

Marking = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class DeskTables:
    """Tables by name, as they were when this copy started, and by which words one is marked."""

    texts: Mapping[str, str]
    marking: Marking


@dataclass(frozen=True, slots=True)
class DeskData:
    """What the desks say as of a day; empty or None for what has no table here.

    `exercises` are years and how many exercises of all parties the register tells of, `recurring`
    the three-way promises that return, and the assessments name all that went in.
    """

    today: date
    series: tuple[Series, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    recurring: tuple[SummaryRow, ...] = ()
    exercises: tuple[tuple[int, int], ...] = ()
    dialogues: Assessment | None = None
    launches: Assessment | None = None

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Those that there are, in the order of the brief."""
        return tuple(one for one in (self.dialogues, self.launches) if one is not None)


def tables_in(beside: object) -> DeskTables | None:
    """What a running node holds beside its record, if that is tables, or has them as `brief`."""
    found = getattr(beside, "brief", beside)
    return found if isinstance(found, DeskTables) else None


def require_readable(tables: DeskTables, parties: tuple[str, ...]) -> None:
    """Return if every table that is there can be read; BadInput otherwise."""
    texts = tables.texts
    if FILE in texts:
        read_counts(texts[FILE])
    if DIALOGUES in texts and MEETINGS in texts:
        ids = [one.id for one in read_series(texts[DIALOGUES], parties, tables.marking)]
        read_meetings(texts[MEETINGS], ids, tables.marking)


def desk_data(
    tables: DeskTables | None, register: Register | None, parties: tuple[str, ...], today: date
) -> DeskData:
    """What the desks find as of a day; BadInput if a table cannot be read."""
    if register is None:
        return DeskData(today)
    exercises = exercises_held(register, parties, today)
    recurring = council(register, today)
    if tables is None:
        return DeskData(today, recurring=recurring, exercises=exercises)
    texts = tables.texts
    facts = _Facts(register.digest, register)
    with _counting:
        launches = _launches(texts[FILE], facts, parties) if FILE in texts else None
    if DIALOGUES not in texts or MEETINGS not in texts:
        return DeskData(today, recurring=recurring, exercises=exercises, launches=launches)
    series = read_series(texts[DIALOGUES], parties, tables.marking)
    sources = Sources(texts, register, parties, tables.marking)
    (dialogues,) = desk_named("dialogues").assess(sources, today)
    return DeskData(
        today,
        series,
        read_meetings(texts[MEETINGS], [one.id for one in series], tables.marking),
        recurring,
        exercises,
        dialogues,
        launches,
    )


def exercises_held(
    register: Register, parties: tuple[str, ...], today: date
) -> tuple[tuple[int, int], ...]:
    """Each year from the first exercise of all parties that the register tells of to the last."""
    years = Counter(
        event.date.first.year
        for event in register.events
        if event.kind == "exercise"
        and set(parties) <= set(event.parties)
        and event.date.first <= today
    )
    if not years:
        return ()
    return tuple((year, years[year]) for year in range(min(years), max(years) + 1))


@dataclass(frozen=True, slots=True)
class _Facts:
    """A register, compared by its digest."""

    digest: str
    register: Register = field(compare=False, repr=False)


_counting = threading.Lock()
"""Held while launches are counted: all who ask at once wait for one count, and none counts anew."""


@lru_cache(maxsize=4)
def _launches(content: str, facts: _Facts, parties: tuple[str, ...]) -> Assessment:
    """Thousands of shuffles take seconds, and the day of asking does not change them."""
    sources = Sources({FILE: content}, facts.register, parties)
    (found,) = desk_named("launches").assess(sources, facts.register.sources_reach)
    return found
