"""The context of launches, tests and incidents: what a public list counts, never a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from architrave.desks.launches.counts import Month, by_month, by_year
from architrave.desks.launches.reading import Family
from architrave.institution.register_rows import ReportedDate
from architrave.portal import formats
from architrave.portal.council.bars import bar_chart
from architrave.portal.council.council_frame import council_frame, council_of, tabs_of
from architrave.portal.council.pages_charts import TallyRow
from architrave.portal.council.pages_launches import ComparedBlock, LaunchesPage, LaunchYear
from architrave.portal.reading import Copy
from architrave.portal.rows import source_link

__all__ = ["YEARS", "launches_page"]

YEARS = 10
"""Years whose months are shown, the newest of the list among them."""
_LABELLED = 5  # every so many years, one has a label


def launches_page(copy: Copy) -> LaunchesPage | None:
    """The page; None if this copy has no council or no list."""
    found = council_of(copy)
    if found is None or found[0].launches is None:
        return None
    data, launches = found[0], found[0].launches
    today = copy.today()
    counts = [one for one in launches.counts if one.day <= today]
    if not counts:
        return None
    newest = counts[-1].day
    years = by_year(counts)
    months = [one for one in by_month(counts) if one.first.year > newest.year - YEARS]
    years_chart = bar_chart(
        copy.say("council-years-chart"),
        [year.total for year in years],
        [str(year.year) if year.year % _LABELLED == 0 else "" for year in years],
    )
    months_chart = bar_chart(
        copy.say("council-months-chart", n=str(YEARS)),
        [month.total for month in months],
        [str(month.first.year) if month.first.month == 1 else "" for month in months],
        [month.burst for month in months],
    )
    # The newest row counts something, so neither chart is empty.
    assert years_chart is not None
    assert months_chart is not None
    return LaunchesPage(
        frame=council_frame(copy, data, "launches"),
        tabs=tabs_of(copy, data, "launches"),
        caveat=copy.say("council-launches-caveat", source=copy.of(launches.after)),
        source=source_link(counts[-1].source),
        newest=formats.date_moment(newest, copy.language),
        families=tuple(copy.say_of("family", family) for family in Family),
        years_chart=years_chart,
        years=tuple(
            LaunchYear(
                str(year.year),
                tuple(formats.number(year.records.get(family, 0)) for family in Family),
                formats.number(year.total),
            )
            for year in reversed(years)
        ),
        months_chart=months_chart,
        months=tuple(_month(copy, month) for month in months),
        compared=_compared(copy, launches.compared_with(copy.register)),
    )


def _month(copy: Copy, month: Month) -> TallyRow:
    first = month.first
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    span = ReportedDate(first, date.fromordinal(after.toordinal() - 1))
    note = ""
    if month.burst and month.rate is not None:
        note = copy.say("council-burst", n=f"{month.rate:.1f}")
    return TallyRow(formats.reported_moment(span, copy.language), formats.number(month.total), note)


def _compared(copy: Copy, found: Mapping[str, Any] | None) -> ComparedBlock | None:
    if found is None:
        return None
    result, asked = found["result"], found["parameters"]
    meetings, soon = int(result["meetings"]), int(result["soon"])
    share = soon / meetings if meetings else 0.0
    low, middle, high = (_percent(result[name]) for name in ("low", "middle", "high"))
    return ComparedBlock(
        answer=copy.say_of("compared", result["answer"]),
        rows=(
            TallyRow(
                copy.say("council-soon", n=str(asked["days"])),
                _percent(share),
                copy.say("council-of", n=formats.number(soon), all=formats.number(meetings)),
            ),
            TallyRow(
                copy.say("council-shuffled"),
                copy.say("span", first=low, last=high),
                copy.say("council-shuffles", n=formats.number(asked["shuffles"]), middle=middle),
            ),
        ),
        left_out=copy.say("council-left-out", n=formats.number(int(result["left_out"]))),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
