"""The brief's parts from the desks: dialogues, exercises, launches, as public reports have them."""

from __future__ import annotations

from collections.abc import Iterable

from architrave.desks.dialogues.calendar import Days, Gap, announcements, gaps, held
from architrave.desks.dialogues.model import Series
from architrave.institution.promises import State
from architrave.portal import formats
from architrave.portal.papers.desk_data import DeskData
from architrave.portal.papers.fitting import clipped, more
from architrave.portal.papers.sheet import Sheet
from architrave.portal.reading import Copy

__all__ = ["dialogues_part", "exercises_part", "launches_part"]

_SERIES, _YEARS, _NAME = 4, 8, 60


def dialogues_part(sheet: Sheet, desk: DeskData) -> None:
    """Each dialogue: when it met last, for when the next is announced, and its longest gap."""
    say = sheet.copy.say
    sheet.heading(2, say("brief-dialogues"))
    if not desk.series:
        sheet.paragraph(say("brief-no-table"))
        return
    head = (say("brief-series"), say("brief-last"), say("brief-next"), say("brief-gap"))
    rows = (_series(sheet.copy, one, desk) for one in desk.series[:_SERIES])
    sheet.table(head, rows, (7, 3, 3, 5))
    more(sheet, desk.series, _SERIES, "register")


def _series(copy: Copy, one: Series, desk: DeskData) -> tuple[tuple[object, ...], ...]:
    met = held(one, desk.meetings, desk.today)
    last = formats.reported_text(met[-1].when, copy.language) if met else copy.say("not-known")
    ahead = [
        said.row.when
        for said in announcements(one, desk.meetings, desk.today)
        if said.state is State.NOT_KNOWN and said.row.when.last >= desk.today
    ]
    nearest = min(ahead, key=lambda when: when.first, default=None)
    then = (
        formats.reported_text(nearest, copy.language)
        if nearest is not None
        else copy.say("brief-none-announced")
    )
    return (
        (clipped(copy.of(one.names), _NAME),),
        (last,),
        (then,),
        (_longest(copy, gaps(one, desk.meetings, desk.today)),),
    )


def _longest(copy: Copy, found: Iterable[Gap]) -> str:
    longest = max(found, key=lambda gap: gap.days.fewest, default=None)
    if longest is None:
        return copy.say("not-known")
    days = _days(longest.days)
    if longest.beyond is None:
        return copy.say("brief-gap-days", n=days)
    return copy.say("brief-gap-beyond", n=days, more=_days(longest.beyond))


def _days(days: Days) -> str:
    fewest, most = formats.number(days.fewest), formats.number(days.most)
    return fewest if fewest == most else f"{fewest}–{most}"


def exercises_part(sheet: Sheet, desk: DeskData) -> None:
    """Exercises of all parties that the register tells of, by year."""
    say = sheet.copy.say
    sheet.heading(2, say("brief-exercises"))
    if not desk.exercises:
        sheet.paragraph(say("brief-no-table"))
        return
    sheet.paragraph(_years(sheet.copy, desk.exercises), " · ", say("brief-no-year"))


def launches_part(sheet: Sheet, desk: DeskData) -> None:
    """Launches, tests and incidents by year, and whether meetings follow them: seldom settled."""
    say = sheet.copy.say
    sheet.heading(2, say("brief-launches"))
    if desk.launches is None:
        sheet.paragraph(say("brief-no-table"))
        return
    found = desk.launches.result
    counted = [(int(year), int(records)) for year, records in found["years"].items()]
    counted = [pair for pair in counted if pair[0] <= desk.today.year]
    sheet.paragraph(_years(sheet.copy, sorted(counted)))
    reaction = say(
        "brief-reaction",
        days=desk.launches.parameters["days"],
        n=found["soon"],
        all=found["meetings"],
    )
    answer = sheet.copy.say_of("brief-answer", found["answer"])
    between = "" if sheet.copy.language == "ja" else " "  # Japanese sentences follow without a gap
    sheet.paragraph(reaction, between, answer, between, say("brief-past"))


def _years(copy: Copy, counted: Iterable[tuple[int, int]]) -> str:
    said = [
        copy.say("pair", left=year, right=formats.number(records))
        for year, records in list(counted)[-_YEARS:]
    ]
    return formats.listing(said, copy.language)
