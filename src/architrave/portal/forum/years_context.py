"""The context of the years on the forum's page of exposure: both directions of every pair."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.forum.courses import Grades, course_chart, grades_of
from architrave.portal.forum.pages_forum import (
    LayerRow,
    MeasureBlock,
    PairBlock,
    YearRow,
    YearsBlock,
    YearTable,
)
from architrave.portal.forum.years_file import PairOfYears, Years
from architrave.portal.reading import Copy

__all__ = ["COMMAND_OF_YEARS", "percent_text", "years_block", "years_layer"]

COMMAND_OF_YEARS = "architrave supply mutual FILE… --out years.json"
"""What works the shares out again, for whoever has the tables."""

_MEASURES = {
    "supplies": ("forum-mutual-supplies", "forum-years-supplies"),
    "earns": ("forum-mutual-earns", "forum-years-earns"),
}
"""Each share with its name and with what it says."""


def years_layer(copy: Copy, years: Years) -> LayerRow:
    """The newest of the tables, for what stands first on a page."""
    newest = years.layers[-1]
    return LayerRow(
        newest.name, newest.newest, newest.digest, Said(f"{newest.source}.", "en"),
        copy.say("forum-terms-years"),
    )  # fmt: skip


def years_block(copy: Copy, years: Years) -> YearsBlock:
    """Both shares by year, of every pair in the order of names."""
    grades = grades_of([one for pair in years.pairs for one in (*pair.supplies, *pair.earns)])
    return YearsBlock(
        title=copy.say("forum-years", first=years.years[0], last=years.years[-1]),
        coarse=copy.say("forum-years-coarse", regions=years.regions, sectors=years.sectors),
        measures=tuple(_measure(copy, years, measure, grades) for measure in _MEASURES),
        sources=tuple(_once(one.source for one in years.layers)),
        terms=tuple(_once(years.terms)),
        lumping=tuple(_once(years.lumping)),
        tables=tuple(YearTable(one.newest, one.digest) for one in years.layers),
        command=COMMAND_OF_YEARS,
    )


def percent_text(share: float) -> str:
    """A share in percent to three figures, as it was written."""
    return f"{share:#.3g}".rstrip(".") + "%"


def _once(texts: Iterable[str]) -> list[Said]:
    """Texts of the publishers' own, in English, each once."""
    return [Said(one, "en") for one in dict.fromkeys(texts)]


def _measure(copy: Copy, years: Years, measure: str, grades: Grades) -> MeasureBlock:
    name, text = (copy.say(one) for one in _MEASURES[measure])
    return MeasureBlock(
        anchor=f"years-{measure}",
        name=name,
        text=text,
        pairs=tuple(
            _pair(copy, years, measure, name, both, grades) for both in combinations(copy.order, 2)
        ),
    )


def _pair(
    copy: Copy, years: Years, measure: str, name: str, both: tuple[str, str], grades: Grades
) -> PairBlock:
    ways = [years.pair(*both), years.pair(*reversed(both))]
    shares: list[tuple[float, ...]] = [getattr(one, measure) for one in ways]
    names = [_way(copy, one) for one in ways]
    title = " · ".join(formats.plain(copy.party(one)) for one in both)
    courses = [
        copy.say(
            "forum-years-course", way=way, begin=years.years[0], end=years.years[-1],
            first=percent_text(line[0]), last=percent_text(line[-1]),
        )
        for way, line in zip(names, shares, strict=True)
    ]  # fmt: skip
    label = copy.say(
        "forum-years-label", pair=title, measure=name, courses=formats.listing(
            courses, copy.language
        )
    )  # fmt: skip
    return PairBlock(
        anchor=f"years-{measure}-{'-'.join(both).lower()}",
        name=title,
        chart=course_chart(label, name, years.years, names, shares, grades),
        ways=tuple(names),
        rows=tuple(
            YearRow(year, tuple(percent_text(line[at]) for line in shares))
            for at, year in enumerate(years.years)
        ),
    )


def _way(copy: Copy, pair: PairOfYears) -> str:
    of, by = (formats.plain(copy.party(one)) for one in (pair.of, pair.by))
    return f"{of} → {by}"
