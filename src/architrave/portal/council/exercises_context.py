"""The context of the public past of exercises: compiled from public reports, nobody's statement."""

from __future__ import annotations

from datetime import date

from architrave.desks.exercises.past import HeldRun, Past, PastSeries, read_past, runs_by_year
from architrave.institution.promises import assess
from architrave.institution.register import Cadence, Promise, Register, reported_date
from architrave.portal import formats
from architrave.portal.council.bars import bar_chart
from architrave.portal.council.council_frame import (
    council_frame,
    council_of,
    said,
    tabs_of,
    translated_note,
    worded,
)
from architrave.portal.council.pages_charts import TallyRow
from architrave.portal.council.pages_exercises import (
    ExercisePromise,
    PastExercises,
    RunRow,
    SeriesBlock,
)
from architrave.portal.formats import Moment, Said
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.register.register_blocks import cell, period_row
from architrave.portal.rows import link_to, source_link

__all__ = ["exercises_page", "runs_of_all"]


def exercises_page(copy: Copy) -> PastExercises | None:
    """The public past; None without its tables or without a register, whose runs it shows."""
    found, register = council_of(copy), copy.register
    if found is None or register is None or found[0].exercises is None:
        return None
    data, _ = found
    today = copy.today()
    past = read_past(found[0].exercises, register, today)
    everybody = frozenset(copy.charter.party_ids)
    blocks = {one.id: _series(copy, register, one, today) for one in past.series}
    together = [one for one in past.series if everybody <= frozenset(one.parties)]
    years = runs_of_all(past, everybody)
    return PastExercises(
        frame=council_frame(copy, data, "exercises"),
        tabs=tabs_of(copy, data, "exercises"),
        translated=translated_note(copy),
        plan_href=copy.address("council", "exercises", "plan") if data.plan is not None else "",
        newest=formats.date_moment(past.newest, copy.language),
        chart=bar_chart(
            copy.say("council-runs-chart"),
            list(years.values()),
            [str(year) if at % 2 == 0 else "" for at, year in enumerate(years)],
        ),
        years=tuple(TallyRow(str(year), formats.number(runs), "") for year, runs in years.items()),
        all_parties=tuple(blocks[one.id] for one in together),
        some_parties=tuple(blocks[one.id] for one in past.series if one not in together),
    )


def runs_of_all(past: Past, everybody: frozenset[str]) -> dict[int, int]:
    """Runs of series of all parties by year, from the first year to the last; none told is 0."""
    counts: dict[int, int] = {}
    for one in past.series:
        if everybody <= frozenset(one.parties):
            for year, runs in runs_by_year(one).items():
                counts[year] = counts.get(year, 0) + len(runs)
    if not counts:
        return {}
    return {year: counts.get(year, 0) for year in range(min(counts), max(counts) + 1)}


def _series(copy: Copy, register: Register, one: PastSeries, today: date) -> SeriesBlock:
    inside = copy.ordered(one.parties)
    names: list[Shown] = [copy.party(party) for party in inside]
    names += [Said(party, "en") for party in one.parties if party not in inside]
    return SeriesBlock(
        id=one.id,
        name=worded(copy, one.name),
        parties=formats.listing(names, copy.language),
        domain=worded(copy, one.domain),
        since=one.since,
        months=said(copy, one.usual_months),
        days=one.usual_days,
        cadence=_cadence(copy, one),
        source=source_link(one.source),
        runs=tuple(_run(copy, register, run) for run in reversed(one.runs)),
        promises=tuple(_promise(copy, register, promise, today) for promise in one.promises),
    )


def _cadence(copy: Copy, one: PastSeries) -> str:
    """What the register reads as promised: the promises themselves are listed below."""
    regular = [p for p in one.promises if p.cadence in (Cadence.ANNUAL, Cadence.QUARTERLY)]
    if not regular:
        return copy.say("council-no-cadence")
    return copy.say("council-cadence", cadence=copy.say_of("cadence", regular[0].cadence))


def _title(copy: Copy, register: Register, run: HeldRun) -> Shown:
    """What the run is called: a row of the register has its own translation."""
    if run.layer == "register":
        return cell(copy, register, run.row, "title")
    return worded(copy, run.title)


def _run(copy: Copy, register: Register, run: HeldRun) -> RunRow:
    first, _, last = run.when.partition(" to ")
    when = _when(copy, first)
    if last:
        when = copy.say("span", first=when, last=_when(copy, last))
    return RunRow(
        when=when,
        title=_title(copy, register, run),
        source=source_link(run.source),
        layer=copy.say_of("council-layer", run.layer),
    )


def _when(copy: Copy, text: str) -> Shown | Moment:
    found = reported_date(text)
    # A source may give a year alone: it stands as it is.
    return formats.reported_moment(found, copy.language) if found is not None else text


def _promise(copy: Copy, register: Register, promise: Promise, today: date) -> ExercisePromise:
    text = cell(copy, register, promise.id, "text")
    return ExercisePromise(
        link=link_to(text, copy.address("register", promise.id)),
        periods=tuple(period_row(copy, register, one) for one in assess(register, promise, today)),
    )
