"""The public past: which series there are, which runs public reports told of, what was promised.

Compiled from public reports, and nobody's statement. A year without a row is a year for which the
sources seen hold none: nothing here is called late but what a source or a seat says was not held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from architrave.desks.errors import BadInput
from architrave.desks.rows import Row, by_id, choice, known, read_table, several, text
from architrave.institution.promises import PeriodState, assess
from architrave.institution.register import Cadence, Promise, Register, reported_date

__all__ = ["STANDING", "HeldRun", "Past", "PastSeries", "read_past", "runs_by_year"]

STANDING = "compiled from public reports, nobody's statement"
NO_CADENCE = "no cadence seen"
SERIES_FILE, LINKS_FILE, CONTEXT_FILE = "exercises.csv", "exercise_links.csv", "context_events.csv"
_SAME_RUN = timedelta(days=31)
"""A last known date this near to a linked event is that event."""

_SERIES_COLUMNS = (
    "series",
    "parties",
    "domain",
    "usual_month",
    "duration_days",
    "first_year",
    "last_known_date",
    "source_url",
)
_EVENT_COLUMNS = (
    "id",
    "date",
    "end_date",
    "title",
    "kind",
    "level",
    "parties",
    "pillar",
    "place",
    "summary",
    "source_url",
)


@dataclass(frozen=True, slots=True)
class HeldRun:
    """One run that a source tells of: `when` as the source gives it, first and last possible day.

    `layer` is register, research, or series (the series' own last known date); `row` is an id.
    """

    series: str
    when: str
    first: date
    last: date
    title: str
    source: str
    layer: str
    row: str


@dataclass(frozen=True, slots=True)
class PastSeries:
    """A series as it was compiled, its runs by date, and the promises that name it.

    `since` is the year of the first run, if a source gives it. `cadence` says what was promised and
    where, or that no cadence was seen. `parties` hold those of others too, as the source names
    them.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    domain: str
    usual_months: str
    usual_days: str
    since: str
    cadence: str
    source: str
    runs: tuple[HeldRun, ...] = ()
    promises: tuple[Promise, ...] = ()
    states: Mapping[str, tuple[PeriodState, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """Every series, in the order of the file; and the newest day of any run that is told."""

    series: tuple[PastSeries, ...]
    newest: date


def read_past(files: Mapping[str, str], register: Register, today: date) -> Past:
    """The past as far as it was public by `today`.

    `files` hold exercises.csv and exercise_links.csv, and context_events.csv for the runs of two
    parties. Raises BadInput for a link to no row, and what cannot be read.
    """
    rows = read_table(SERIES_FILE, files.get(SERIES_FILE, ""), _SERIES_COLUMNS)
    ids = by_id(((_slug(row), row) for row in rows), lambda one: one[0], lambda one: one[1].place)
    runs: dict[str, list[HeldRun]] = {name: [] for name in ids}
    promises: dict[str, list[Promise]] = {name: [] for name in ids}
    context = _context(files.get(CONTEXT_FILE, ""))
    columns = ("series", "relation", "layer", "row", "basis")
    for link in read_table(LINKS_FILE, files.get(LINKS_FILE, ""), columns):
        name = known(link, "series", ids, "series")
        layer = choice(link, "layer", ("register", "research"))
        if choice(link, "relation", ("held", "promise")) == "promise":
            promises[name].append(register.promise_by_id[_promise(link, register)])
        elif layer == "register":
            runs[name].append(_of_register(name, link, register))
        elif context:
            row = context[known(link, "row", context, "event")]
            runs[name].append(_of_row(name, row))
    found = tuple(
        _series(name, row, runs[name], promises[name], register, today)
        for name, (_, row) in ids.items()
    )
    told = [run.last for one in found for run in one.runs]
    return Past(found, max(told, default=date.min))


def runs_by_year(series: PastSeries) -> dict[int, tuple[HeldRun, ...]]:
    """The runs that are told, by the year in which each began; a year without one is not there."""
    years = sorted({run.first.year for run in series.runs})
    return {year: tuple(run for run in series.runs if run.first.year == year) for year in years}


def _series(
    name: str,
    row: Row,
    runs: Iterable[HeldRun],
    promises: Iterable[Promise],
    register: Register,
    today: date,
) -> PastSeries:
    mine = list(runs)
    latest = _latest(name, row)
    if latest is not None and not any(_one_run(latest, run) for run in mine):
        mine.append(latest)
    made = tuple(one for one in promises if one.made_on.last <= today)
    return PastSeries(
        name,
        text(row, "series"),
        several(row, "parties"),
        text(row, "domain"),
        text(row, "usual_month", ""),
        text(row, "duration_days", ""),
        text(row, "first_year", ""),
        _cadence(made),
        text(row, "source_url"),
        tuple(sorted((one for one in mine if one.last <= today), key=lambda one: one.first)),
        made,
        {one.id: assess(register, one, today) for one in made},
    )


def _cadence(promises: Iterable[Promise]) -> str:
    regular = [one for one in promises if one.cadence in (Cadence.ANNUAL, Cadence.QUARTERLY)]
    if not regular:
        return NO_CADENCE
    named = ", ".join(one.id for one in regular)
    return f"{regular[0].cadence.value}, as the register reads {named}"


def _slug(row: Row) -> str:
    name = re.sub(r"\([^)]*\)", " ", text(row, "series")).lower()
    return "-".join(re.findall(r"[a-z0-9]+", name))


def _promise(link: Row, register: Register) -> str:
    return known(link, "row", register.promise_by_id, "promise")


def _of_register(name: str, link: Row, register: Register) -> HeldRun:
    event = register.event_by_id[known(link, "row", register.event_by_id, "event")]
    last = event.end_date.last if event.end_date else event.date.last
    when = str(event.date) + (f" to {event.end_date}" if event.end_date else "")
    return HeldRun(
        name, when, event.date.first, last, event.title, event.source, "register", event.id
    )


def _context(content: str) -> dict[str, Row]:
    if not content:
        return {}
    rows = read_table(CONTEXT_FILE, content, _EVENT_COLUMNS)
    return by_id(rows, lambda row: text(row, "id"), lambda row: row.place) if rows else {}


def _of_row(name: str, row: Row) -> HeldRun:
    first, last = _span(row, "date")
    when = text(row, "date")
    if row.cells["end_date"]:
        _, last = _span(row, "end_date")
        when = f"{when} to {row.cells['end_date']}"
    title, source = text(row, "title"), text(row, "source_url")
    return HeldRun(name, when, first, last, title, source, "research", text(row, "id"))


def _latest(name: str, row: Row) -> HeldRun | None:
    when = text(row, "last_known_date", "")
    if not when:
        return None
    first, last = _span(row, "last_known_date")
    title, source = text(row, "series"), text(row, "source_url")
    return HeldRun(name, when, first, last, title, source, "series", str(row.place))


def _one_run(latest: HeldRun, run: HeldRun) -> bool:
    return latest.first <= run.last + _SAME_RUN and run.first <= latest.last + _SAME_RUN


def _span(row: Row, column: str) -> tuple[date, date]:
    """First and last possible day of a day, a month or a year."""
    found = text(row, column)
    if re.fullmatch(r"[0-9]{4}", found) and int(found):
        return date(int(found), 1, 1), date(int(found), 12, 31)
    read = reported_date(found)
    if read is None:
        raise BadInput(f"{row.place}: {column} must be a day, a month or a year, not {found!r}.")
    return read.first, read.last
