"""The context of the dialogues: promised, announced and held, as public pages say."""

from __future__ import annotations

from datetime import date

from architrave.desks.dialogues.calendar import Announcement, Gap, announcements, gaps, held, kept
from architrave.desks.dialogues.council import council
from architrave.desks.dialogues.model import MeetingRow, Promised, Series
from architrave.institution.promises import State, SummaryRow
from architrave.institution.register import Register
from architrave.portal import formats
from architrave.portal.council.bars import bar_chart
from architrave.portal.council.council_data import CouncilData
from architrave.portal.council.council_frame import (
    council_frame,
    council_of,
    said,
    tabs_of,
    translated_note,
)
from architrave.portal.council.pages_charts import BarChart, TallyRow
from architrave.portal.council.pages_dialogues import (
    AnnouncedRow,
    CouncilPromise,
    DialogueBlock,
    DialoguesPage,
    MeetingLine,
)
from architrave.portal.formats import Moment, Said
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.register.register_blocks import cell, period_row
from architrave.portal.rows import link_to, source_link

__all__ = ["dialogues_page"]


def dialogues_page(copy: Copy) -> DialoguesPage | None:
    """The page; None if this copy has no council or no series."""
    found = council_of(copy)
    if found is None or not found[0].series:
        return None
    data, today = found[0], copy.today()
    register = copy.register
    return DialoguesPage(
        frame=council_frame(copy, data, "dialogues"),
        tabs=tabs_of(copy, data, "dialogues"),
        translated=translated_note(copy),
        dialogues=tuple(_dialogue(copy, data, series, today) for series in data.series),
        promises=tuple(_promise(copy, register, row) for row in council(register, today))
        if register is not None
        else (),
    )


def _dialogue(copy: Copy, data: CouncilData, series: Series, today: date) -> DialogueBlock:
    rows, language = data.meetings, copy.language
    between = gaps(series, rows, today)
    planned = announcements(series, rows, today)
    # A day that is still ahead is not shown, though a public page names it.
    moved = [one for one in planned if _is_told(one) and one.row.when.last <= today]
    promised_on = series.promised_on
    return DialogueBlock(
        id=series.id,
        name=formats.chosen(series.names, language),
        parties=copy.parties(series.parties),
        level=_level(copy, series.level),
        since=formats.iso_moment(series.since, language),
        promised=copy.say("council-no-interval")
        if series.promised is Promised.NONE_SEEN
        else copy.say_of("cadence", series.promised.value),
        promised_on=formats.reported_moment(promised_on, language) if promised_on else None,
        promised_source=source_link(series.promised_source) if series.promised_source else None,
        reach=formats.reported_moment(series.searched_to, language),
        source=source_link(series.source),
        note=said(copy, series.note),
        meetings=tuple(_meeting(copy, row) for row in reversed(held(series, rows, today))),
        announced=tuple(_announced(copy, one) for one in reversed(moved)),
        chart=_chart(copy, between),
        gaps=tuple(_gap(copy, one) for one in between),
        # A meeting of the series is no row of the register, and has no page there.
        periods=tuple(period_row(copy, None, one) for one in kept(series, rows, today)),
    )


def _level(copy: Copy, level: str) -> Shown:
    word = copy.say_of("rank", level)
    return Said(word, "en") if word == level and copy.language != "en" else word


def _is_told(one: Announcement) -> bool:
    """A day on which the meeting was held as announced stands among the meetings already."""
    return one.state is not State.HELD or one.slipped is not None


def _meeting(copy: Copy, row: MeetingRow) -> MeetingLine:
    when: Shown | Moment = formats.reported_moment(row.when, copy.language)
    if row.last != row.when:
        last = formats.reported_moment(row.last, copy.language)
        when = copy.say("span", first=when, last=last)
    return MeetingLine(
        when=when,
        number=formats.number(row.ordinal) if row.ordinal is not None else "",
        where=said(copy, row.where),
        note=said(copy, row.note),
        source=source_link(row.source),
    )


def _announced(copy: Copy, one: Announcement) -> AnnouncedRow:
    language = copy.language
    return AnnouncedRow(
        planned=formats.reported_moment(one.row.when, language),
        state=copy.say_of("promise", one.state),
        held=formats.reported_moment(one.held.when, language) if one.held is not None else None,
        slipped=_days(copy, one.slipped.fewest, one.slipped.most) if one.slipped else "",
        note=said(copy, one.row.note),
        source=source_link(one.row.source),
    )


def _days(copy: Copy, fewest: int, most: int) -> str:
    """Days; the fewest and the most where only a month is known."""
    few, many = formats.number(fewest), formats.number(most)
    if fewest == most:
        return copy.say("council-days", n=few)
    return copy.say("council-days-span", first=few, last=many)


def _chart(copy: Copy, between: tuple[Gap, ...]) -> BarChart | None:
    """The fewest days that each gap may have had; one beyond the promised interval is marked."""
    return bar_chart(
        copy.say("council-gaps-chart"),
        [one.days.fewest for one in between],
        [str(one.after.when)[:7] for one in between],
        [one.beyond is not None for one in between],
    )


def _gap(copy: Copy, one: Gap) -> TallyRow:
    language = copy.language
    span = copy.say(
        "span",
        first=formats.reported_moment(one.before.when, language),
        last=formats.reported_moment(one.after.when, language),
    )
    note = ""
    if one.beyond is not None and one.due is not None:
        beyond = _days(copy, one.beyond.fewest, one.beyond.most)
        due = formats.date_moment(one.due, language)
        note = copy.say("council-beyond", days=beyond, at=due)
    return TallyRow(span, _days(copy, one.days.fewest, one.days.most), note)


def _promise(copy: Copy, register: Register, row: SummaryRow) -> CouncilPromise:
    text = cell(copy, register, row.promise.id, "text")
    return CouncilPromise(
        link=link_to(text, copy.address("register", row.promise.id)),
        cadence=copy.say_of("cadence", row.promise.cadence),
        periods=tuple(period_row(copy, register, one) for one in row.states),
    )
