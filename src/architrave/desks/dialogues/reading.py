"""Reading the two tables, and taking only what can be released.

A row must have the address of a public source, and none of its cells may carry a marking above
unclassified. Which words are markings is the caller's to say (`marking`): the one list of them lies
with the capital's node, and a second one here would drift from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from architrave.desks.dialogues.model import MeetingRow, MeetingStatus, Promised, Series
from architrave.desks.errors import BadInput
from architrave.desks.rows import Row, by_id, choice, known, read_table, several, text, whole
from architrave.institution.register import LANGUAGES, ReportedDate, reported_date

__all__ = ["DIALOGUES", "MEETINGS", "Marking", "read_meetings", "read_series"]

DIALOGUES = "dialogues.csv"
MEETINGS = "dialogue_meetings.csv"

Marking = Callable[[str], str | None]
"""The name of a marking that a text carries, or None."""

_SINCE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")


def read_series(
    content: str, parties: Sequence[str], marking: Marking, file: str = DIALOGUES
) -> tuple[Series, ...]:
    """The series, in the order of their rows, their parties in the charter's.

    A promised interval has its day and its source; without one both are empty.
    """
    names = [f"name_{language}" for language in LANGUAGES]
    needed = ("series", *names, "parties", "level", "since", "promised", "searched_to", "source")
    rows = read_table(file, content, needed, ("promised_on", "promised_source", "note"))
    found = [_series(row, parties, marking) for row in rows]
    return tuple(by_id(found, lambda one: one.id, lambda one: one.place).values())


def read_meetings(
    content: str, series: Sequence[str], marking: Marking, file: str = MEETINGS
) -> tuple[MeetingRow, ...]:
    """Rows about meetings, in their order.

    Refused with both rows: one meeting in two series, with two ordinals or with two dates on which
    it was held, one date announced twice, and one ordinal for two meetings of a series.
    """
    needed = ("series", "meeting", "status", "first", "source")
    rows = read_table(file, content, needed, ("ordinal", "last", "place", "note"))
    found: list[MeetingRow] = []
    for row in rows:
        new = _meeting(row, series, marking)
        for earlier in found:
            if contradiction := _contradiction(earlier, new):
                raise BadInput(f"{new.place}: {contradiction} in {earlier.place}.")
        found.append(new)
    return tuple(found)


def _series(row: Row, parties: Sequence[str], marking: Marking) -> Series:
    _releasable(row, marking)
    promised = Promised(choice(row, "promised", tuple(Promised)))
    for column in ("promised_on", "promised_source"):
        if bool(row.cells.get(column, "")) is (promised is Promised.NONE_SEEN):
            raise BadInput(
                f"{row.place}: {column} is filled where an interval was promised, and only there."
            )
    since = text(row, "since")
    if not _SINCE.fullmatch(since):
        raise BadInput(f"{row.place}: since must be a year, month or day, not {since!r}.")
    among = several(row, "parties", tuple(parties))
    if len(among) < 2:
        raise BadInput(f"{row.place}: parties names fewer than two.")
    return Series(
        id=text(row, "series"),
        names={language: text(row, f"name_{language}") for language in LANGUAGES},
        parties=tuple(party for party in parties if party in among),
        level=text(row, "level"),
        since=since,
        promised=promised,
        promised_on=None if promised is Promised.NONE_SEEN else _date(row, "promised_on"),
        promised_source=_address(row, "promised_source")
        if row.cells.get("promised_source")
        else "",
        searched_to=_date(row, "searched_to"),
        source=_address(row, "source"),
        note=text(row, "note", ""),
        place=row.place,
    )


def _meeting(row: Row, series: Sequence[str], marking: Marking) -> MeetingRow:
    _releasable(row, marking)
    when = _date(row, "first")
    last = _date(row, "last") if row.cells.get("last") else when
    if last.last < when.first:
        raise BadInput(f"{row.place}: last {last} is before first {when}.")
    return MeetingRow(
        series=known(row, "series", series, "series"),
        meeting=text(row, "meeting"),
        ordinal=whole(row, "ordinal", 1, 999) if row.cells.get("ordinal") else None,
        status=MeetingStatus(choice(row, "status", tuple(MeetingStatus))),
        when=when,
        last=last,
        where=text(row, "place", ""),
        source=_address(row, "source"),
        note=text(row, "note", ""),
        place=row.place,
    )


def _releasable(row: Row, marking: Marking) -> None:
    """Refuse a marked row before anything else is said of it; its words are not repeated."""
    for column, cell in row.cells.items():
        if name := marking(cell):
            raise BadInput(
                f"{row.place}: {column} carries the marking {name}; only what is public is taken."
            )


def _address(row: Row, column: str) -> str:
    found = text(row, column)
    if not _ADDRESS.fullmatch(found):
        raise BadInput(
            f"{row.place}: {column} must be the address of a public page, not {found!r}."
        )
    return found


def _date(row: Row, column: str) -> ReportedDate:
    found = text(row, column)
    when = reported_date(found)
    if when is None:
        raise BadInput(
            f"{row.place}: {column} must be a day such as 2031-05-20 or a month such as 2031-05, "
            f"not {found!r}."
        )
    return when


def _contradiction(earlier: MeetingRow, new: MeetingRow) -> str:
    """What is wrong between two rows, without a full stop; empty if nothing is."""
    same = earlier.meeting == new.meeting
    if same and earlier.series != new.series:
        return f"{new.meeting} is of {new.series} here and of {earlier.series}"
    if same and earlier.ordinal != new.ordinal:
        return f"{new.meeting} has another ordinal than"
    numbered = new.ordinal is not None and earlier.ordinal == new.ordinal
    if not same and numbered and earlier.series == new.series:
        return f"the ordinal {new.ordinal} of {new.series} is that of {earlier.meeting}"
    if same and earlier.status is new.status is MeetingStatus.HELD:
        return f"{new.meeting} is held on {new.when} here, and has a day on which it was held"
    announced = (MeetingStatus.ANNOUNCED, MeetingStatus.PUT_OFF)
    if same and earlier.status in announced and new.status in announced:
        if earlier.when == new.when:
            return f"{new.meeting} is said to be planned for {new.when} as"
    return ""
