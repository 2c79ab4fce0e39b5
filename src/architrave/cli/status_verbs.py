"""`architrave status NODE`: what stands, what is owed, what is pending, and the next dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from architrave.cli.alert_rows import alert_row_lines
from architrave.cli.faults import plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, in_english, look
from architrave.cli.meeting_rows import MeetingSheet, clock_lines, meeting_text
from architrave.cli.status_rows import (
    BookRow,
    ConsultationRow,
    DateRow,
    NoticeRow,
    OwedRow,
    PendingRow,
    Stands,
    StatusSheet,
    WaitingRow,
    status_sheet,
)
from architrave.cli.suspension_rows import suspension_text
from architrave.portal.composing.finding import seat_found
from architrave.portal.composing.instants import utc
from architrave.portal.words import say, say_of

__all__ = ["banner", "status", "sure", "waiting_lines"]


@plainly
def status(
    node: Annotated[str, typer.Argument(help="A node's folder, or a capital of the demo.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As it stood then; a day is its end in UTC.")
    ] = None,
    seat: Annotated[
        str | None, typer.Option(help="Only what concerns this seat, for example KOR/TDC.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """What stands, what is owed, what is pending and awaits whom, and the next dates."""
    it = look(node, as_of)
    office = seat_found(it.charter, seat) if seat is not None else None
    sheet = status_sheet(it, office)
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_lines(it, sheet, as_of is not None))


def banner(look: Look, back: bool = False) -> Iterator[str]:
    """Whose copy this is, when it was read, and that a demonstration is one."""
    when = "as it stood at" if back else "as read at"
    yield f"Copy kept in {look.capital(look.party)}, {when} {utc(look.at)}."
    founding = look.state.founding
    if founding.demonstration:
        kind = "tabletop" if founding.tabletop else "demo"
        yield from paragraph(f"{say(f'{kind}-prefix', 'en')}: {say(f'{kind}-banner', 'en')}", 0)


def _lines(look: Look, sheet: StatusSheet, back: bool) -> Iterator[str]:
    yield from banner(look, back)
    if sheet.seat:
        yield f"Only what concerns {sheet.seat}."
    if not (sheet.stands or sheet.pending or sheet.consultations or sheet.alerts):
        yield "Nothing stands, nothing is owed, nothing is pending and no consultation is open."
    else:
        stands = [line for one in sheet.stands for line in _stands(look, one)]
        yield from _section("Stands", stands, "Nothing stands.")
        yield from _section("Owed", list(_owed_lines(look, sheet.owed)), "Nothing is owed.")
        pending = [line for one in sheet.pending for line in _pending_lines(look, one)]
        yield from _section("Pending", pending, "Nothing is pending.")
        asked = [line for one in sheet.consultations for line in _consultation_lines(look, one)]
        yield from _section("Consultations", asked, "No consultation is open.")
    if sheet.alerts:
        warned = [line for one in sheet.alerts for line in alert_row_lines(look, one)]
        yield from _section("Alerts", warned, "")
    met = [line for one in sheet.meetings for line in _meeting_lines(look, one)]
    yield from _section("Meetings", met, "No meeting is convened.")
    yield from _section("Dates", list(_date_lines(look, sheet.dates)), "No date is set.")
    yield from _section(
        "Minute books", list(table([_book(look, one) for one in sheet.books], fixed=2)), ""
    )


def _section(title: str, lines: Sequence[str], empty: str) -> Iterator[str]:
    yield ""
    yield heading(title)
    yield from lines or [f"  {empty}"]


def sure(final: bool) -> str:
    """The word for what every other party has received, and for all else."""
    return say("final" if final else "provisional", "en")


def _stands(look: Look, one: Stands) -> Iterator[str]:
    yield from table([(one.symbol, one.standing, in_english(one.title), sure(one.final))], fixed=1)
    for row in one.suspended:
        yield from paragraph(suspension_text(look, row), 4)
    for notice in one.notices:
        yield from paragraph(_notice(look, notice), 4)


def _notice(look: Look, one: NoticeRow) -> str:
    states = {
        "runs": "notice runs",
        "suspended": "its effect is suspended",
        "taken-back": "taken back",
        "awaiting": f"notice run, awaiting {look.capitals(one.awaiting)}",
        "run": "notice run: it has left",
    }
    capital = look.capital(one.party)
    return f"notice of withdrawal by {capital} for {look.clocks(one.effect)}: {states[one.state]}"


def _owed_lines(look: Look, rows: Sequence[OwedRow]) -> Iterator[str]:
    shown = [row for row in rows if row.next or row.state != "held"]
    for row in shown:
        words = say_of("promise", row.state, "en")
        yield from table(
            [(f"due {row.due}", row.seat, f"{in_english(row.what)} ({row.symbol})")], fixed=2
        )
        yield from paragraph(f"{words}: {row.reason} ({sure(row.final)})", 4)
    if len(shown) < len(rows):
        yield f"  and {len(rows) - len(shown)} earlier, held."


def _pending_lines(look: Look, one: PendingRow) -> Iterator[str]:
    stage = f"version {one.version}, {say_of('stage', one.stage, 'en')}"
    yield from table([(one.symbol, stage, in_english(one.title), sure(one.final))], fixed=1)
    yield from waiting_lines(look, one.awaiting)


def waiting_lines(look: Look, rows: Iterable[WaitingRow]) -> Iterator[str]:
    """Whom something waits for, for what, until when; equal needs with one date stand together."""
    together: dict[tuple[str, int | None], list[str]] = {}
    for row in rows:
        together.setdefault((row.need, row.until), []).append(row.party)
    for (need, until), parties in together.items():
        text = f"awaits {look.capitals(parties)}: {say_of('need', need, 'en')}"
        yield from paragraph(text if until is None else f"{text}, until {look.clocks(until)}", 4)


def _consultation_lines(look: Look, one: ConsultationRow) -> Iterator[str]:
    asked = f"{look.capital(one.asked_by)} asked at {utc(one.asked_at)}"
    yield from table([(one.symbol, asked, in_english(one.ground), sure(one.final))], fixed=1)
    if one.drill:
        yield from paragraph(say("drill-note", "en"), 4)
    for party in one.answered_by:
        yield f"    answered by {look.capital(party)}"
    yield from clock_lines(look, one.clock, 4)
    yield from waiting_lines(look, one.awaiting)


def _meeting_lines(look: Look, one: MeetingSheet) -> Iterator[str]:
    yield from table([(one.symbol, meeting_text(look, one), sure(one.final))], fixed=1)


def _date_lines(look: Look, rows: Sequence[DateRow]) -> Iterator[str]:
    together: dict[tuple[str, str, str, bool], list[str]] = {}
    for row in rows:
        key = (row.day or row.clocks, row.kind, row.subject, row.over)
        together.setdefault(key, []).append(row.party)
    shown = ""
    for (when, kind, subject, past), parties in together.items():
        if when != shown:
            yield from paragraph(when)
        shown = when
        over = f" ({say('date-over', 'en')})" if past else ""
        what = f"{say_of('deadline', kind, 'en')}: {subject}, {look.capitals(parties)}{over}"
        yield from paragraph(what, 4)


def _book(look: Look, one: BookRow) -> tuple[str, str, str]:
    if one.two_histories:
        return look.capital(one.party), f"{one.lines} lines", say("book-two-faces", "en")
    if one.last is None:
        return look.capital(one.party), "0 lines", say("book-empty", "en")
    covers = ", ".join(
        f"{look.capital(party)} {one.acknowledges[party]}"
        for party in look.order
        if party in one.acknowledges
    )
    text = f"last {utc(one.last)}; acknowledges {covers}"
    if one.behind:
        text += f"; has still to acknowledge new lines of {look.capitals(one.behind)}"
    return look.capital(one.party), f"{one.lines} lines", text
