"""`architrave exercises calendar`: what every party has approved, as a calendar file to follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from icalendar import Calendar, Event

from architrave.cli.exercises_files import Desk, day_of, open_desk
from architrave.cli.faults import plainly
from architrave.desks.exercises.approvals import Approval, read_approvals, readiness
from architrave.desks.exercises.postponements import CalendarEntry, calendar_entries
from architrave.node.durable import write_durably

__all__ = ["calendar_bytes", "register"]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    @plainly
    def calendar(
        folder: Annotated[Path, typer.Argument(help="A folder with the tables, or a workbook.")],
        out: Annotated[Path, typer.Option(help="The file to write (.ics).")],
        domain: Annotated[
            str, typer.Option(help="Makes the entries' names unique: the institution's own.")
        ] = "exercises.invalid",
        today: Annotated[str | None, typer.Option(help="Approvals up to this date.")] = None,
        charter: Annotated[Path | None, typer.Option(help="Whose parties may be named.")] = None,
    ) -> None:
        """Write the plan as a calendar: a postponement updates its entry and doubles nothing."""
        desk = open_desk(folder, charter)
        desk.require_real("a calendar needs dates")
        until = day_of(today, "--today")
        approved = read_approvals(desk.files, desk.programme)
        ready = {
            one.edition
            for one in desk.first_plan
            if readiness(desk.programme, one.edition, approved, until).may_announce
        }
        announced = tuple(one for one in desk.first_plan if one.edition in ready)
        moves = tuple(move for move in desk.moves if move.edition in ready)
        entries = calendar_entries(desk.programme, announced, moves, domain)
        write_durably(out, calendar_bytes(entries, _changed(desk, approved)))
        left = len({one.edition for one in desk.first_plan}) - len(ready)
        typer.echo(f"{out}: {len(entries)} entries.")
        if left:
            typer.echo(f"Left out: {left} editions that not every party has approved.")


def calendar_bytes(entries: Sequence[CalendarEntry], changed: date) -> bytes:
    """The calendar (RFC 5545) of entries as they stood on a day; the same entries, the same bytes.

    A tentative entry stands on the days from which it was moved.
    """
    found = Calendar()
    found.add("prodid", "-//Architrave//exercise desk//EN")
    found.add("version", "2.0")
    at = datetime(changed.year, changed.month, changed.day, tzinfo=UTC)
    for one in entries:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", at)
        event.add("sequence", one.sequence)
        event.add("status", one.status.upper())
        event.add("summary", one.title)
        event.add("dtstart", one.first)
        # The day after the last one: an end is not part of what it ends.
        event.add("dtend", one.last + timedelta(days=1))
        if one.note:
            event.add("description", one.note)
        found.add_component(event)
    return bytes(found.to_ical())


def _changed(desk: Desk, approved: Sequence[Approval]) -> date:
    """The newest day on which something that the calendar shows was decided."""
    days = [one.on for one in approved if one.on is not None]
    return max([desk.programme.horizon.first, *days, *(move.decided for move in desk.moves)])
