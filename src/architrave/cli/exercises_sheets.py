"""From what the exercise desk found to the sheets that its verbs print."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from architrave.cli.exercises_files import Desk
from architrave.cli.exercises_rows import (
    CheckSheet,
    ClashesSheet,
    ClashRow,
    CompareSheet,
    GateRow,
    GatesSheet,
    LessonRow,
    PastRow,
    PromiseRow,
    RunRow,
    TraceSheet,
    UncleanRow,
    WindowsSheet,
)
from architrave.desks.evidence import Assessment
from architrave.desks.exercises.approvals import read_approvals, readiness
from architrave.desks.exercises.clashes import clashes
from architrave.desks.exercises.compare import (
    Comparison,
    comparison,
    lines_csv,
    read_held,
    years_csv,
)
from architrave.desks.exercises.desk import compared
from architrave.desks.exercises.evidence import assessed
from architrave.desks.exercises.gates import gates, read_products
from architrave.desks.exercises.lessons import Lesson, read_lessons, state_of
from architrave.desks.exercises.matters import digests_of, plain, programme_document
from architrave.desks.exercises.model import ClashKind, Series
from architrave.desks.exercises.past import STANDING, PastSeries
from architrave.desks.exercises.tracing import (
    Story,
    clock,
    gaps,
    objective_of,
    read_story,
    shown,
    trace_rows,
)
from architrave.desks.exercises.windows import windows

__all__ = [
    "check_sheet",
    "clashes_sheet",
    "compare_sheet",
    "gates_sheet",
    "lesson_row",
    "past_row",
    "trace_sheet",
    "windows_sheet",
]


def check_sheet(desk: Desk) -> CheckSheet:
    """Read every table there is; whatever is wrong with one raises BadInput."""
    programme = desk.programme
    lessons = read_lessons(desk.files, programme, desk.plan)
    story = read_story(desk.files, programme)
    rows = {
        "series": len(programme.series),
        "forces": len(programme.forces),
        "areas": len(programme.areas),
        "parts": len(programme.parts),
        "blackouts": len(programme.blackouts),
        "away": len(programme.away),
        "precedences": len(programme.precedences),
        "fixed": len(programme.fixed),
        "placed": len(desk.plan),
        "occasions": len(desk.occasions),
        "postponements": len(desk.moves),
        "products": len(read_products(desk.files, programme)),
        "approvals": len(read_approvals(desk.files, programme)),
        "lessons": len(lessons),
        "objectives": len(story.objectives),
        "story": len(story.scenes),
        "held": len(read_held(desk.files, programme)),
    }
    document = programme_document(programme, desk.plan, lessons)
    return CheckSheet(True, document["illustrative"], rows, digests_of(document))


def clashes_sheet(
    desk: Desk, series: Series, first: date, edition: str
) -> tuple[ClashesSheet, Assessment]:
    """Everything in the way of an edition of a series that begins on a day."""
    found = clashes(
        desk.programme, series, first, desk.plan, desk.calendars, desk.occasions, edition
    )
    rows = [
        ClashRow(
            one.kind,
            desk.said(one.first),
            desk.said(one.last),
            one.what,
            list(one.parties),
            one.source,
            str(one.place) if one.place.file else "",
        )
        for one in found
    ]
    last = date.fromordinal(first.toordinal() + series.days - 1)
    parameters = {
        "series": series.id,
        "first": first.isoformat(),
        "edition": edition,
        "parties": list(desk.programme.parties),
    }
    result = {"clashes": plain(found)}
    made = assessed("clashes", desk.files, parameters, result, desk.calendars)
    return ClashesSheet(series.id, desk.said(first), desk.said(last), rows, made.digest), made


def windows_sheet(
    desk: Desk,
    series: Series,
    from_day: date,
    count: int,
    every_day: bool,
    let_pass: Sequence[ClashKind],
    edition: str,
) -> tuple[WindowsSheet, Assessment]:
    """The next clean windows of a series, and why each earlier day was not one."""
    kinds = frozenset(ClashKind) - set(let_pass)
    found = windows(
        desk.programme,
        series,
        from_day,
        desk.plan,
        desk.calendars,
        desk.occasions,
        count,
        every_day,
        kinds,
        edition,
    )
    parameters = {
        "series": series.id,
        "from": from_day.isoformat(),
        "count": count,
        "every_day": every_day,
        "kinds": sorted(kinds),
        "edition": edition,
        "parties": list(desk.programme.parties),
    }
    made = assessed("windows", desk.files, parameters, plain(found), desk.calendars)
    sheet = WindowsSheet(
        series.id,
        [[desk.said(one.first), desk.said(one.last)] for one in found.windows],
        [
            UncleanRow(
                desk.said(one.first),
                desk.said(one.last),
                desk.said(one.first, one.last),
                list(one.reasons),
            )
            for one in found.unclean
        ],
        desk.said(found.looked_until),
        made.digest,
    )
    return sheet, made


def gates_sheet(desk: Desk, edition: str, today: date) -> GatesSheet:
    """The conferences of an edition in its place, and whether it may be announced."""
    desk.require_real("its conferences have no days")
    placed = desk.placed(edition)
    products = read_products(desk.files, desk.programme)
    lessons = read_lessons(desk.files, desk.programme, desk.plan)
    calendars = desk.calendars
    assert calendars is not None  # only a sandbox has none
    found = gates(desk.programme, placed, calendars, today, products, lessons)
    rows = [
        GateRow(
            one.kind,
            one.day.isoformat(),
            one.is_shut,
            [product.id for product in one.waits_for],
            [
                {
                    "id": product.id,
                    "name": product.name,
                    "owner": product.owner,
                    "due": due.isoformat(),
                    "required": product.required,
                    "open": product.is_open(today),
                }
                for product, due in one.products
            ],
            [lesson.id for lesson in one.lessons],
        )
        for one in found
    ]
    ready = readiness(desk.programme, edition, read_approvals(desk.files, desk.programme), today)
    parameters = {"edition": edition, "today": today.isoformat()}
    result = {"gates": plain(found), "approvals": plain(ready)}
    digest = assessed("gates", desk.files, parameters, result, desk.calendars).digest
    return GatesSheet(
        edition,
        placed.first.isoformat(),
        rows,
        {one.party: one.state.value for one in ready.approvals},
        ready.may_announce,
        digest,
    )


def trace_sheet(
    desk: Desk, edition: str, audience: str, day: int | None, hours: tuple[int, int]
) -> TraceSheet:
    """The event list, the injects that were asked for, and what is missing."""
    story = read_story(desk.files, desk.programme)
    injects = shown(story, edition, audience, day, *hours)
    kept = {name: one for name, one in story.objectives.items() if edition in ("", one.edition)}
    missing = [one for one in gaps(story) if one.id in kept or _of(story, one.id, edition)]
    return TraceSheet(
        [list(row) for row in trace_rows(story, edition)],
        [
            {
                "id": one.id,
                "time": clock(one.minute),
                "text": one.text,
                "audience": list(one.audience),
                "after": list(one.after),
            }
            for one in injects
        ],
        [one.sentence for one in missing],
    )


def _of(story: Story, scene: str, edition: str) -> bool:
    found = story.scenes.get(scene)
    return found is not None and edition in ("", objective_of(story, found).edition)


def lesson_row(lesson: Lesson, today: date) -> LessonRow:
    """One lesson and how it stands on a day."""
    return LessonRow(
        lesson.id,
        lesson.edition,
        lesson.text,
        dict(lesson.action),
        lesson.owner,
        lesson.due.isoformat(),
        lesson.retest_in,
        state_of(lesson, today),
    )


def compare_sheet(desk: Desk) -> tuple[CompareSheet, Comparison]:
    """Planned, after the postponements, against held."""
    desk.require_real("nothing was held in them")
    found = comparison(desk.programme, desk.plan, read_held(desk.files, desk.programme))
    digest = compared(desk).digest
    tables = (_rows(years_csv(found)), _rows(lines_csv(found)))
    return CompareSheet(*tables, digest), found


def _rows(text: str) -> list[dict[str, object]]:
    """The rows of an export, numbers as numbers: what is said is what is exported."""
    return [
        {
            name: int(cell) if cell.isdecimal() and name != "id" else cell
            for name, cell in row.items()
        }
        for row in csv.DictReader(StringIO(text))
    ]


def past_row(series: PastSeries, parties: Sequence[str]) -> PastRow:
    """One series of the public past; `parties` in the charter's order, others behind them."""
    named = [one for one in parties if one in series.parties]
    return PastRow(
        series.id,
        series.name,
        named + [one for one in series.parties if one not in parties],
        series.usual_months,
        series.usual_days,
        series.cadence,
        series.source,
        [RunRow(run.when, run.title, run.source, run.layer, run.row) for run in series.runs],
        [
            PromiseRow(
                one.id,
                one.text,
                one.cadence.value,
                [
                    {
                        "first": state.period.first.isoformat(),
                        "last": state.period.last.isoformat() if state.period.last else "",
                        "state": state.state.value,
                    }
                    for state in series.states[one.id]
                ],
            )
            for one in series.promises
        ],
        STANDING,
    )
