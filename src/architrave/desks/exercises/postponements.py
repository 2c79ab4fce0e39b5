"""An edition, or a part of it alone, put off: who decided it, for which stated reason, and when.

Rows are never changed: a further postponement is a further row, so the history stays; what is taken
back, or brought forward to make room, is a row too. A calendar entry keeps its name (UID), and its
number (SEQUENCE) counts the moves, so that a calendar that follows updates what it shows and
doubles nothing.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO

from architrave.desks.errors import BadInput
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.model import NOWHERE, Horizon, Placed, Postponed, Programme
from architrave.desks.exercises.reading import rows_in
from architrave.desks.exercises.tables import TABLES
from architrave.desks.exercises.writing import csv_text
from architrave.desks.rows import Place, day, known, read_table, text

__all__ = [
    "MOST_YEARS",
    "CalendarEntry",
    "Move",
    "as_postponed",
    "calendar_entries",
    "history",
    "moved",
    "read_moves",
    "with_moves",
]

MOST_YEARS = 10
"""How far beyond the years that are planned something may be put off."""


@dataclass(frozen=True, slots=True)
class Move:
    """A postponement: from `was` to `now`, or to a day that is not known yet (`now` None).

    `not_before` is the earliest new day that was decided; it is `now` where that is known. A `now`
    before `was` takes an earlier row back, or brings forward.
    """

    edition: str
    was: date
    decided: date
    seat: str
    reason: str
    part: str = ""
    now: date | None = None
    not_before: date | None = None
    place: Place = NOWHERE

    @property
    def id(self) -> str:
        """What is moved, as `labelled` names it."""
        return f"{self.edition}#{self.part}" if self.part else self.edition


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A line of a calendar feed: `status` is confirmed, or tentative while no new day is known.

    `first` and `last` are then the days from which it was moved.
    """

    uid: str
    sequence: int
    first: date
    last: date
    title: str
    status: str
    note: str = ""


def read_moves(files: Mapping[str, str], programme: Programme) -> tuple[Move, ...]:
    """The table `postponements`, in the order of its rows.

    Raises BadInput for a row without seat or reason, a new day that is none, and a row that does
    not go on from where the row before it left off (both are named).
    """
    found: dict[str, Move] = {}
    moves = []
    for row in rows_in(files, "postponements"):
        edition = require_edition(programme, row.cells["edition"], row.place)
        move = Move(
            edition.id,
            day(row, "was"),
            day(row, "decided"),
            text(row, "seat"),
            text(row, "reason"),
            known(row, "part", programme.parts, "part") if row.cells.get("part") else "",
            day(row, "now") if row.cells.get("now") else None,
            day(row, "not_before") if row.cells.get("not_before") else None,
            row.place,
        )
        if move.part and programme.parts[move.part].series != edition.series:
            other = programme.parts[move.part]
            raise BadInput(
                f"{row.place}: the part {other.id} ({other.place}) is none of {edition.series}."
            )
        _check(move, found.get(move.id), programme.horizon)
        if not move.part:
            # Its parts may have gone with it: `moved` says where they stand.
            found = {name: one for name, one in found.items() if one.edition != move.edition}
        found[move.id] = move
        moves.append(move)
    return tuple(moves)


def _check(move: Move, earlier: Move | None, horizon: Horizon) -> None:
    last_year = horizon.last.year + MOST_YEARS
    for name, later in (("now", move.now), ("not_before", move.not_before)):
        if later is not None and later.year > last_year:
            raise BadInput(f"{move.place}: {name} {later} is later than the year {last_year}.")
    if move.now == move.was:
        raise BadInput(f"{move.place}: now {move.now} is not after {move.was}, and not before it.")
    if move.now is not None and move.now < horizon.first:
        raise BadInput(f"{move.place}: now {move.now} is before the plan, {horizon.first}.")
    if move.not_before is not None and move.not_before <= move.was:
        raise BadInput(f"{move.place}: not_before {move.not_before} is not after {move.was}.")
    if move.now is not None and move.not_before is not None and move.now < move.not_before:
        raise BadInput(f"{move.place}: now {move.now} is before not_before {move.not_before}.")
    if earlier is None:
        return
    if move.decided < earlier.decided:
        raise BadInput(
            f"{move.place}: it was decided on {move.decided}, before {earlier.place} "
            f"({earlier.decided})."
        )
    stood = earlier.now or earlier.was
    if move.was != stood:
        raise BadInput(
            f"{move.place}: {move.id} was to begin on {stood} ({earlier.place}), not {move.was}."
        )


def with_moves(content: str | None, moves: Sequence[Move], file: str = "postponements.csv") -> str:
    """The table `postponements` with further rows at its end; what was there stays as it was.

    Columns stand as its heading has them; None for `content`: a new table. Raises BadInput where
    the heading lacks a column that a row needs.
    """
    columns = TABLES["postponements"]
    if content is None:
        return csv_text(columns.all, [[_cell(one, name) for name in columns.all] for one in moves])
    read_table(file, content, columns.needed, columns.allowed)
    heading = next(csv.reader(StringIO(content.removeprefix("\ufeff"))))
    named = [cell.strip() for cell in heading]
    for name in columns.allowed:
        if name not in named and any(getattr(one, name) for one in moves):
            raise BadInput(f"{file}, line 1: a column {name} is needed for what is to be kept.")
    rows = csv_text(named, [[_cell(one, name) for name in named] for one in moves])
    _, _, added = rows.partition("\n")
    ending = "\r\n" if "\r\n" in content else "\n"
    kept = content if content.endswith(("\n", "\r")) else content + ending
    return kept + added.replace("\n", ending)


def _cell(move: Move, name: str) -> object:
    value = getattr(move, name)
    return "" if value is None else value


def as_postponed(move: Move) -> Postponed:
    """The move as the planner takes it: a new day is its to find."""
    earliest = move.now or move.not_before or move.was + timedelta(days=1)
    return Postponed(
        move.edition,
        earliest,
        move.decided,
        move.part,
        move.reason,
        move.seat,
        place=move.place,
    )


def moved(
    programme: Programme, placed: Sequence[Placed], moves: Sequence[Move]
) -> tuple[Placed, ...]:
    """The plan after the moves that have a new day, by first day. A part moves alone.

    A part that comes back to its own day in its edition is part of it again, and moves with it.
    What has no new day yet stays where it was: it is shown as tentative, not left out.
    """
    standing = {labelled(one): one for one in placed}
    for move in moves:
        _require_standing(programme, standing, move)
        if move.now is None:
            continue
        if move.part and move.now == _in_its_edition(programme, standing, move):
            standing.pop(move.id, None)
        elif move.id in standing:
            standing[move.id] = replace(standing[move.id], first=move.now)
        else:
            days = programme.parts[move.part].days
            standing[move.id] = Placed(move.edition, move.now, days, part=move.part)
    return tuple(sorted(standing.values(), key=lambda one: (one.first, labelled(one))))


def _require_standing(programme: Programme, standing: Mapping[str, Placed], move: Move) -> None:
    """BadInput unless the plan has what is moved, and has it on the day that the row names."""
    if move.id in standing:
        first = standing[move.id].first
    elif move.part and (usual := _in_its_edition(programme, standing, move)) is not None:
        first = usual
    else:
        raise BadInput(f"{move.place}: {move.edition} has no place in the plan.")
    if first != move.was:
        raise BadInput(f"{move.place}: {move.id} begins on {first} in the plan, not {move.was}.")


def _in_its_edition(
    programme: Programme, standing: Mapping[str, Placed], move: Move
) -> date | None:
    """The day on which a part begins in its edition; None where that has no place."""
    if move.edition not in standing:
        return None
    return standing[move.edition].first + timedelta(days=programme.parts[move.part].offset)


def history(moves: Sequence[Move], edition: str, part: str = "") -> tuple[Move, ...]:
    """Every postponement of an edition, or of one part of it, oldest first."""
    return tuple(one for one in moves if (one.edition, one.part) == (edition, part))


def calendar_entries(
    programme: Programme, placed: Sequence[Placed], moves: Sequence[Move], domain: str
) -> tuple[CalendarEntry, ...]:
    """One entry for each edition, and for each part that was postponed alone; by first day.

    `domain` makes names unique in the world: the institution's own. `placed` is the plan before
    the moves.
    """
    after = {labelled(one): one for one in moved(programme, placed, moves)}
    before = {labelled(one): one for one in placed}
    for move in moves:
        if move.part and move.id not in after and move.edition in before:
            days = programme.parts[move.part].days
            usual = _in_its_edition(programme, after, move)
            is_open = history(moves, move.edition, move.part)[-1].now is None
            first = move.was if is_open or usual is None else usual
            after[move.id] = Placed(move.edition, first, days, part=move.part)
    entries = []
    for name, one in after.items():
        mine = history(moves, one.edition, one.part)
        last = mine[-1] if mine else None
        tentative = last is not None and last.now is None
        note = f"{last.decided}, {last.seat}: {last.reason}" if last else ""
        uid = f"{hashlib.sha256(name.encode()).hexdigest()[:24]}@{domain}"
        status = "tentative" if tentative else "confirmed"
        title = _title(programme, one)
        entries.append(CalendarEntry(uid, len(mine), one.first, one.last, title, status, note))
    return tuple(sorted(entries, key=lambda one: (one.first, one.uid)))


def _title(programme: Programme, placed: Placed) -> str:
    series = placed.edition.partition("/")[0]
    name = programme.series[series].name if series in programme.series else series
    return f"{name}: {programme.parts[placed.part].name}" if placed.part else name
