"""The context of the illustrative plan: it was worked out apart, and no date stands in it."""

from __future__ import annotations

from architrave.desks.exercises.plan_file import IllustrativePlan, PlanRow, PlanSeries
from architrave.portal import formats
from architrave.portal.council.council_frame import (
    council_frame,
    council_of,
    said,
    tabs_of,
    translated_note,
    worded,
)
from architrave.portal.council.pages_exercises import (
    BasisRow,
    GanttBar,
    GanttChart,
    GanttMark,
    PlannedRow,
    PlanPage,
)
from architrave.portal.formats import Said, plain
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import source_link

__all__ = ["gantt", "plan_page"]

_WEEKS = 53
# The drawing's own units: a week, a line with its name above the bars, the heads of years, a bar,
# and the narrowest one that can be seen.
_WEEK, _LINE, _HEAD, _BAR, _THIN = 2, 26, 40, 10, 3


def plan_page(copy: Copy) -> PlanPage | None:
    """The plan; None if this copy has no council or no plan."""
    found = council_of(copy)
    if found is None or found[0].plan is None:
        return None
    data, plan = found[0], found[0].plan
    by_id = {one.id: one for one in plan.series}
    rows = sorted(plan.rows, key=lambda row: (row.year, row.week, row.series))
    past = copy.address("council", "exercises") if copy.register is not None else ""
    return PlanPage(
        frame=council_frame(copy, data, "exercises/plan"),
        tabs=tabs_of(copy, data, "exercises/plan"),
        translated=translated_note(copy),
        past_href=past if data.exercises is not None else "",
        proven=plan.proven,
        chart=gantt(copy, plan, rows),
        rows=tuple(_row(copy, row, by_id[row.series]) for row in rows),
        bases=tuple(_basis(copy, one) for one in plan.series),
    )


def gantt(copy: Copy, plan: IllustrativePlan, rows: list[PlanRow]) -> GanttChart:
    """The plan as a drawing: a line for each series, a bar for each row."""
    line = {one.id: at for at, one in enumerate(plan.series)}
    year = _WEEKS * _WEEK
    return GanttChart(
        label=copy.say("council-plan-chart"),
        width=plan.years * year,
        height=_HEAD + len(plan.series) * _LINE,
        top=_HEAD - 20,
        bar=_BAR,
        mark=GanttMark(0, 14, copy.say("council-illustrative"), ""),
        years=tuple(
            GanttMark(
                (number - 1) * year,
                _HEAD - 10,
                copy.say("council-plan-year", n=str(number)),
                "",
            )
            for number in range(1, plan.years + 1)
        ),
        names=tuple(_named(copy, at, one.name) for at, one in enumerate(plan.series)),
        bars=tuple(
            GanttBar(
                x=(row.year - 1) * year + (row.week - 1) * _WEEK,
                y=_HEAD + line[row.series] * _LINE + 12,
                width=max(_THIN, round(row.days * _WEEK / 7)),
            )
            for row in rows
        ),
    )


def _row(copy: Copy, row: PlanRow, series: PlanSeries) -> PlannedRow:
    return PlannedRow(
        when=copy.say("council-plan-week", year=str(row.year), week=str(row.week)),
        series=worded(copy, series.name),
        days=formats.number(row.days),
        parties=copy.parties(series.parties),
        host=_party(copy, row.host),
        command=_party(copy, row.command),
    )


def _named(copy: Copy, at: int, name: str) -> GanttMark:
    """A line's name above it, with its language where that is not the page's."""
    shown = worded(copy, name)
    lang = shown.lang if isinstance(shown, Said) else ""
    return GanttMark(0, _HEAD + at * _LINE + 9, plain(shown), lang)


def _party(copy: Copy, party: str) -> Shown:
    return copy.party(party) if party else ""


def _basis(copy: Copy, one: PlanSeries) -> BasisRow:
    return BasisRow(
        series=worded(copy, one.name),
        cadence=worded(copy, one.cadence),
        days=worded(copy, one.days),
        months=worded(copy, one.months),
        left_out=said(copy, one.left_out),
        source=source_link(one.source),
    )
