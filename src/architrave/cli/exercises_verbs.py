"""`architrave exercises …`: the exercise desk at a terminal. Only the board changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli import exercises_calendar_verb, exercises_plan_verbs
from architrave.cli.evidence_verbs import Fields, write_evidence
from architrave.cli.exercises_board_verb import board
from architrave.cli.exercises_files import (
    Desk,
    charter_of,
    day_of,
    open_desk,
    past_of,
    programme_of,
    sandbox_of,
)
from architrave.cli.exercises_rows import BasisRow, GatesSheet, PastRow
from architrave.cli.exercises_sheets import (
    check_sheet,
    clashes_sheet,
    compare_sheet,
    gates_sheet,
    lesson_row,
    past_row,
    trace_sheet,
    windows_sheet,
)
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.desks.exercises.compare import lines_csv, years_csv
from architrave.desks.exercises.illustration import MARK, Illustration
from architrave.desks.exercises.lessons import open_at, read_lessons
from architrave.desks.exercises.matters import plain
from architrave.desks.exercises.model import ClashKind
from architrave.desks.exercises.past import STANDING, Past
from architrave.desks.exercises.writing import write_programme
from architrave.portal.composing.finding import nearest
from architrave.portal.words import say_of

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="The exercise desk: a plan of several years.")
exercises_plan_verbs.register(app, programme_of)
exercises_calendar_verb.register(app)
app.command()(board)

Folder = Annotated[Path, typer.Argument(help="A folder with the tables, or a workbook (.xlsx).")]
CharterFile = Annotated[Path | None, typer.Option("--charter", help="Whose parties may be named.")]
Today = Annotated[str | None, typer.Option("--today", help="As things stood on this date.")]
Moving = Annotated[str, typer.Option("--edition", help="The edition that is to move there.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
@plainly
def check(folder: Folder, charter: CharterFile = None, as_json: AsJson = False) -> None:
    """Check every table: the first fault with its file and line, and both rows of two."""
    desk = open_desk(folder, charter)
    sheet = check_sheet(desk)
    if as_json:
        print_json(asdict(sheet))
        return
    listed = ", ".join(f"{count} {name}" for name, count in sheet.rows.items() if count)
    print_lines(_marked(desk))
    print_lines(paragraph(f"Sound: {listed}.", 0))
    print_lines(f"{name}: sha256:{one}" for name, one in sheet.digests.items())


@app.command("clashes")
@plainly
def clashes_(
    folder: Folder,
    series: Annotated[str, typer.Argument(help="A series' id.")],
    first: Annotated[str, typer.Argument(help="The day on which it would begin.")],
    edition: Moving = "",
    charter: CharterFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Everything in the way of a window: holidays, elections, talks, forces, areas, seasons."""
    desk = open_desk(folder, charter)
    of, start = desk.series(series), day_of(first, "FIRST")
    desk.require(edition, series)
    desk.require_within(start, "FIRST")
    sheet, made = clashes_sheet(desk, of, start, edition)
    if fields is not None:
        write_evidence([made], fields)
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_marked(desk))
    print_lines([heading(f"{series}, {sheet.first} to {sheet.last}")])
    print_lines(
        table(
            [
                (
                    one.kind,
                    _days(one.first, one.last),
                    _with_source(one.what, one.source, one.place),
                )
                for one in sheet.clashes
            ],
            fixed=2,
        )
    )
    wrong = bool(of.months) and start.month not in of.months
    if wrong:
        print_lines(["  It may not start in that month (series.csv, months)."])
    print_lines([] if sheet.clashes or wrong else ["  Nothing is in the way."])


@app.command("windows")
@plainly
def windows_(
    folder: Folder,
    series: Annotated[str, typer.Argument(help="A series' id.")],
    from_day: Annotated[str, typer.Argument(metavar="FROM", help="The first day looked at.")],
    count: Annotated[int, typer.Option(min=1, max=50, help="How many windows.")] = 3,
    every_day: Annotated[bool, typer.Option("--every-day", help="Not only Mondays.")] = False,
    let_pass: Annotated[
        list[ClashKind] | None, typer.Option(help="A kind of clash that does not matter.")
    ] = None,
    edition: Moving = "",
    charter: CharterFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """The next clean windows, and why each earlier day was not one."""
    desk = open_desk(folder, charter)
    of, start = desk.series(series), day_of(from_day, "FROM")
    desk.require(edition, series)
    desk.require_within(start, "FROM")
    sheet, made = windows_sheet(desk, of, start, count, every_day, let_pass or [], edition)
    if fields is not None:
        write_evidence([made], fields)
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_marked(desk))
    print_lines([heading(f"{series}: the next clean windows")])
    print_lines(f"  {first} to {last}" for first, last in sheet.windows)
    if len(sheet.windows) < count:
        print_lines([f"  No other until {sheet.looked_until}, where the plan ends."])
    print_lines(["", heading("Not clean")] if sheet.unclean else [])
    for one in sheet.unclean:
        print_lines(paragraph(f"{one.days}: {'; '.join(one.reasons)}"))


@app.command("gates")
@plainly
def gates_(
    folder: Folder,
    edition: Annotated[str, typer.Argument(help="An edition's id, such as north-wind/2031.1.")],
    today: Today = None,
    charter: CharterFile = None,
    as_json: AsJson = False,
) -> None:
    """The conferences of an edition, what keeps each shut, and whether it may be announced."""
    desk = open_desk(folder, charter)
    sheet = gates_sheet(desk, edition, day_of(today, "--today"))
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_marked(desk))
    print_lines(_gate_lines(sheet))


@app.command()
@plainly
def trace(
    folder: Folder,
    edition: Annotated[str, typer.Argument(help="An edition's id; all if left out.")] = "",
    audience: Annotated[str, typer.Option(help="Injects for this audience.")] = "",
    day: Annotated[int | None, typer.Option(min=1, help="Injects of this day.")] = None,
    from_hour: Annotated[int, typer.Option(min=0, max=23, help="From this hour.")] = 0,
    to_hour: Annotated[int, typer.Option(min=0, max=23, help="To this hour.")] = 23,
    charter: CharterFile = None,
    as_json: AsJson = False,
) -> None:
    """Objective, event, incident, inject; the injects asked for; and what is missing."""
    desk = open_desk(folder, charter)
    desk.require(edition)
    sheet = trace_sheet(desk, edition, audience, day, (from_hour, to_hour))
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_marked(desk))
    print_lines([heading("Objective, event, incident, inject")])
    print_lines(table([[cell or "–" for cell in row] for row in sheet.trace], fixed=4))
    print_lines(["", heading("Injects")])
    print_lines(
        table(
            [
                (str(one["time"]), str(one["id"]), f"{one['text']}{_for(one['audience'])}")
                for one in sheet.injects
            ],
            fixed=2,
        )
    )
    print_lines([] if sheet.injects else ["  None."])
    print_lines(["", heading("Missing")] if sheet.gaps else [])
    for sentence in sheet.gaps:
        print_lines(paragraph(sentence))


@app.command()
@plainly
def lessons(
    folder: Folder,
    at: Annotated[str, typer.Option(help="Those that this edition is to retest.")] = "",
    today: Today = None,
    charter: CharterFile = None,
    as_json: AsJson = False,
) -> None:
    """Lessons with their actions, and how each stands."""
    desk = open_desk(folder, charter)
    desk.require(at)
    found = read_lessons(desk.files, desk.programme, desk.plan)
    day = day_of(today, "--today")
    rows = [lesson_row(one, day) for one in (open_at(found, at) if at else found)]
    if as_json:
        print_json([asdict(one) for one in rows])
        return
    print_lines(_marked(desk))
    for one in rows:
        print_lines([heading(f"{one.id}  {one.state}")])
        print_lines(paragraph(f"{one.text} ({one.edition})"))
        print_lines(paragraph(f"{one.owner}, due {one.due}: {one.action['en']}"))
        print_lines(paragraph(f"Retest in {one.retest_in}") if one.retest_in else [])
    print_lines([] if rows else ["No lesson is open here."])


@app.command()
@plainly
def compare(
    folder: Folder,
    by: Annotated[str, typer.Option("--csv", help="Print a table: years or lines.")] = "",
    charter: CharterFile = None,
    as_json: AsJson = False,
) -> None:
    """Planned against held, by year: editions, days and forces."""
    desk = open_desk(folder, charter)
    sheet, found = compare_sheet(desk)
    exports = {"years": years_csv, "lines": lines_csv}
    if by:
        if by not in exports:
            raise Unclear(f"--csv: expected years or lines, found {by!r}.")
        typer.echo(exports[by](found), nl=False)
        return
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_marked(desk))
    print_lines([heading("Year, planned and held: editions, days, forces")])
    print_lines(
        table(
            [
                (str(row["year"]), *(f"{row[f'planned_{of}']} and {row[f'held_{of}']} {of}"
                                     for of in ("editions", "days", "forces")))
                for row in sheet.years
            ]
        )
    )  # fmt: skip
    print_lines(["", heading("Editions")])
    print_lines(
        table([(str(one["id"]), str(one["state"]), str(one["source"])) for one in sheet.lines])
    )


@app.command()
@plainly
def past(
    series: Annotated[str | None, typer.Argument(help="A series' id; all if left out.")] = None,
    today: Today = None,
    sandbox: Annotated[
        Path | None, typer.Option(help="Write the illustrative programme into this new folder.")
    ] = None,
    charter: CharterFile = None,
    as_json: AsJson = False,
) -> None:
    """The public past: recurring exercises, the runs that sources tell of, what was promised."""
    law = charter_of(charter)
    if sandbox is not None:
        _write_sandbox(sandbox, sandbox_of(law), as_json)
        return
    found = past_of(law, day_of(today, "--today"))
    rows = [past_row(one, law.party_ids) for one in found.series if series in (None, one.id)]
    if not rows:
        known = {one.id: one for one in found.series}
        raise Unclear(f"{series!r} is no series here; {nearest(str(series), known)}.")
    if as_json:
        print_json([asdict(one) for one in rows])
        return
    print_lines(_past_lines(found, rows, series is not None))


def _write_sandbox(folder: Path, found: Illustration, as_json: bool) -> None:
    """Write the tables; a folder that is there already is left as it is."""
    bases = [BasisRow(**plain(one)) for one in found.bases]
    if folder.exists():
        raise Unclear(f"{folder}: it is there already, and nothing was written.")
    folder.mkdir(parents=True)
    for name, content in write_programme(found.programme).items():
        (folder / name).write_text(content, encoding="utf-8")
    if as_json:
        print_json([asdict(one) for one in bases])
        return
    print_lines([heading(f"{folder}: five years without a number, {MARK}")])
    for one in bases:
        print_lines([f"  {one.series}"])
        said = "; ".join(part for part in (one.cadence, one.days, one.months, one.left_out) if part)
        print_lines(paragraph(said, 4))


def _past_lines(found: Past, rows: list[PastRow], alone: bool) -> Iterator[str]:
    yield heading(f"Recurring exercises, {STANDING}")
    yield f"The newest run that is told of here ended by {found.newest}."
    for row in rows:
        yield ""
        yield heading(f"{row.id}  {', '.join(row.parties)}")
        yield from paragraph(f"{row.name}. {row.cadence[0].upper()}{row.cadence[1:]}.")
        for run in row.runs if alone else row.runs[-3:]:
            yield from table([(run.when, run.title)], 4)
            yield from paragraph(run.source, 6) if alone else ()
        for promise in row.promises:
            yield from paragraph(f"{promise.id}: {promise.text}", 4)
            for state in promise.states if alone else promise.states[-1:]:
                span = f"{state['first']} – {state['last'] or 'open'}"
                yield from table([(span, say_of("promise", state["state"], "en"))], 6)


def _gate_lines(sheet: GatesSheet) -> Iterator[str]:
    yield heading(f"{sheet.edition}, from {sheet.first}")
    for gate in sheet.gates:
        waits = f"shut: {', '.join(gate.waits_for)} open" if gate.shut else "nothing keeps it shut"
        yield from table([(gate.day, f"{gate.kind}", waits)], fixed=2)
        for one in gate.products:
            state = "open" if one["open"] else "done"
            needed = "" if one["required"] else ", not required"
            words = f"{one['name']}: {one['owner']}, due {one['due']}, {state}{needed}"
            yield from paragraph(words, 6)
        for lesson in gate.lessons:
            yield from paragraph(f"Lesson to retest: {lesson}", 6)
    said = ", ".join(f"{party} {state}" for party, state in sheet.approvals.items())
    yield f"Approvals: {said}. {'May' if sheet.may_announce else 'May not'} be announced."


def _marked(desk: Desk) -> Iterator[str]:
    if desk.is_sandbox:
        yield "A sandbox: its years have no number, and everything in it is illustrative."


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _with_source(what: str, *said: str) -> str:
    named = "; ".join(one for one in said if one)
    return f"{what} ({named})" if named else what


def _for(audience: object) -> str:
    return f" (for {', '.join(audience)})" if isinstance(audience, list) and audience else ""
