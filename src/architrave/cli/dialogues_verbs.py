"""`architrave dialogues …`: deterrence dialogues and three-way promises, promised beside held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.parse import parse_charter
from architrave.cli.dialogues_rows import (
    CouncilRow,
    CouncilSheet,
    DialoguesSheet,
    PeriodRow,
    period_row,
    series_sheet,
)
from architrave.cli.faults import Unclear, plainly, text_of
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.shipped import shipped
from architrave.desks.dialogues.calendar import (
    Announcement,
    Gap,
    announcements,
    gaps,
    held,
    kept,
)
from architrave.desks.dialogues.council import council
from architrave.desks.dialogues.evidence import assess
from architrave.desks.dialogues.model import MeetingRow, Series
from architrave.desks.dialogues.reading import DIALOGUES, MEETINGS, read_meetings, read_series
from architrave.institution.promises import State
from architrave.institution.register import read_register
from architrave.institution.register_rows import Register
from architrave.node.markings import marking_in
from architrave.portal.composing.finding import nearest
from architrave.portal.words import say_of

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Deterrence dialogues: promised, announced and held.")

Today = Annotated[str | None, typer.Option(help="As things stood on this date.")]
CharterFile = Annotated[Path | None, typer.Option("--charter", help="Whose parties are meant.")]
RegisterFolder = Annotated[Path | None, typer.Option("--register", help="Another register.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON, with the assessment.")]

_COMPILED = (
    "Compiled from public reports; nobody's statement. What was not found may have happened all "
    "the same."
)


@app.command()
@plainly
def show(
    series: Annotated[
        str | None, typer.Argument(help="A series by its id; all if left out.")
    ] = None,
    today: Today = None,
    folder: Annotated[
        Path | None, typer.Option(help="Holds other tables of the same two names.")
    ] = None,
    register: RegisterFolder = None,
    charter: CharterFile = None,
    as_json: Json = False,
) -> None:
    """Each dialogue: meetings held, days that slipped, and the promised interval by period."""
    parties, day = _parties(charter), _day(today)
    place = folder or shipped("data/research/dialogues.csv").parent
    texts = [_text(place / name) for name in (DIALOGUES, MEETINGS)]
    every = read_series(texts[0], parties, _marking)
    rows = read_meetings(texts[1], [one.id for one in every], _marking)
    chosen = every if series is None else [_series(every, series)]
    if not as_json:
        print_lines(_lines(chosen, rows, day))
        return
    found = assess(texts[0], texts[1], _register(register, parties), parties, day, _marking)
    sheets = [series_sheet(one, rows, day) for one in chosen]
    print_json(
        asdict(DialoguesSheet(day.isoformat(), _COMPILED, sheets, found.document, found.digest))
    )


@app.command("council")
@plainly
def council_(
    today: Today = None,
    register: RegisterFolder = None,
    charter: CharterFile = None,
    as_json: Json = False,
) -> None:
    """Recurring three-way defence promises of the register, promised beside held."""
    day = _day(today)
    found = _register(register, _parties(charter))
    rows = [
        CouncilRow(
            promise=row.promise.id,
            text=row.promise.text,
            body=row.promise.body,
            cadence=row.promise.cadence.value,
            made_on=str(row.promise.made_on),
            source=row.promise.source,
            periods=[period_row(state) for state in row.states],
        )
        for row in council(found, day)
    ]
    reach = found.sources_reach.isoformat()
    if as_json:
        print_json(asdict(CouncilSheet(day.isoformat(), _COMPILED, reach, rows)))
        return
    print_lines(_council_lines(rows, day, reach))


def _marking(text: str) -> str | None:
    """The name of a marking that a text carries, by the list that a capital's node goes by."""
    found = marking_in(text)
    return found.name if found else None


def _parties(charter: Path | None) -> tuple[str, ...]:
    file = charter or shipped("charters/trilateral.toml")
    return tuple(parse_charter(text_of(file), file.name).party_ids)


def _register(folder: Path | None, parties: Sequence[str]) -> Register:
    place = folder or shipped("data/register")
    if not place.is_dir():
        raise Unclear(f"{place}: no folder with a register lies here.")
    texts = {
        path.name: text_of(path)
        for path in sorted(place.iterdir())
        if path.suffix in (".csv", ".toml")
    }
    return read_register(texts, frozenset(parties))


def _text(file: Path) -> str:
    if not file.is_file():
        raise Unclear(f"{file}: no such table lies here.")
    return text_of(file)


def _series(every: Sequence[Series], name: str) -> Series:
    known = {one.id: one for one in every}
    if name not in known:
        raise Unclear(f"{name!r} is no series here; {nearest(name, known)}.")
    return known[name]


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(f"--today: expected a date such as 2026-03-31, found {text!r}.") from fault


def _lines(chosen: Sequence[Series], rows: Sequence[MeetingRow], day: date) -> Iterator[str]:
    yield heading(f"Deterrence dialogues, as of {day.isoformat()}")
    yield from paragraph(_COMPILED, 0)
    for series in chosen:
        yield ""
        yield heading(f"{series.id}  {series.names['en']}")
        yield from paragraph(_about(series))
        yield from table([_held_line(row) for row in held(series, rows, day)], 4, fixed=2)
        moved = [one for one in announcements(series, rows, day) if _is_told(one)]
        if moved:
            yield "  Announced"
            yield from table([_announced_line(one) for one in moved], 4, fixed=1)
        long = [one for one in gaps(series, rows, day) if one.beyond]
        if long:
            yield "  Longer than the promised interval"
            yield from table([_gap_line(one) for one in long], 4, fixed=1)
        periods = kept(series, rows, day)
        if periods:
            yield f"  By period ({say_of('cadence', series.promised.value, 'en')})"
            yield from table([_period_line(period_row(one)) for one in periods], 4, fixed=2)


def _about(series: Series) -> str:
    promised = series.promised.value.replace("-", " ")
    on = f" ({series.promised_on})" if series.promised_on else ""
    return (
        f"{', '.join(series.parties)}; since {series.since}; promised interval: {promised}{on}; "
        f"sources seen reach to {series.searched_to}. {series.note}"
    )


def _is_told(one: Announcement) -> bool:
    """A day on which the meeting was held as announced stands among the meetings already."""
    return one.state is not State.HELD or one.slipped is not None


def _held_line(row: MeetingRow) -> tuple[str, str, str, str]:
    days = str(row.when) if row.when == row.last else f"{row.when} – {row.last}"
    number = "" if row.ordinal is None else f"no. {row.ordinal}"
    return days, number, row.where, row.note


def _announced_line(one: Announcement) -> tuple[str, str]:
    said = say_of("promise", one.state.value, "en")
    later = ""
    if one.held is not None:
        later = f", held on {one.held.when}"
    if one.slipped is not None:
        later += f": slipped by {one.slipped} days"
    return f"for {one.row.when}", f"{said} then{later}. {one.row.note}".strip()


def _gap_line(one: Gap) -> tuple[str, str]:
    return (
        f"{one.before.when} to {one.after.when}",
        f"{one.days} days; {one.beyond} days beyond {one.due}",
    )


def _period_line(row: PeriodRow) -> tuple[str, str, str]:
    reason = say_of("reason", row.reason, "en", **row.values)
    return f"{row.first} – {row.last or 'open'}", say_of("promise", row.state, "en"), reason


def _council_lines(rows: Sequence[CouncilRow], day: date, reach: str) -> Iterator[str]:
    yield heading(f"Recurring three-way defence promises, as of {day.isoformat()}")
    yield from paragraph(_COMPILED, 0)
    yield f"The Defence Council is proposed and has not met. Sources reach to {reach}."
    for row in rows:
        yield ""
        yield heading(f"{row.promise}  {say_of('cadence', row.cadence, 'en')}")
        yield from paragraph(f"{row.text} ({row.body}, promised {row.made_on})")
        yield from table([_period_line(one) for one in row.periods], 4, fixed=2)
