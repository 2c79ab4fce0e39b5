"""What the pages of exercises show: the public past, and an illustrative plan without dates."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.council.pages_charts import BarChart, TallyRow
from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, PeriodRow, Shown, told

__all__ = [
    "BasisRow",
    "ExercisePromise",
    "GanttBar",
    "GanttChart",
    "GanttMark",
    "PastExercises",
    "PlanPage",
    "PlannedRow",
    "RunRow",
    "SeriesBlock",
]


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run that a source tells of."""

    when: Shown | Moment = told("when, as the source gives it")
    title: Shown = told("what the source calls it")
    source: Link = told("the source")
    layer: str = told("the register, research, or the series' own last known date, in words")


@dataclass(frozen=True, slots=True)
class ExercisePromise:
    """A promise of the register that names the series, period by period."""

    link: Link = told("the promise, and its place in the register")
    periods: tuple[PeriodRow, ...] = told("its state in each period begun")


@dataclass(frozen=True, slots=True)
class SeriesBlock:
    """A series as it was compiled: what was promised, what was held, with sources."""

    id: str = told("its address within the page")
    name: Shown = told("its name")
    parties: Shown = told("the parties, and others whom the source names")
    domain: Shown = told("where its forces act")
    since: str = told("the year of its first run; empty if no source gives it")
    months: Shown | None = told("in which months it was usually held, as compiled")
    days: str = told("how many days it usually took, as compiled; empty if not known")
    cadence: str = told("how often it was promised, or that no cadence was seen")
    source: Link = told("where the series was seen")
    runs: tuple[RunRow, ...] = told("the runs that are told, the latest first")
    promises: tuple[ExercisePromise, ...] = told("promises of the register that name it")


@dataclass(frozen=True, slots=True)
class PastExercises:
    """The public past of exercises: of all parties, then of some of them."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the council's pages")
    translated: str = told("that names and notes were translated; empty where none were")
    plan_href: str = told("where the illustrative plan is; empty if there is none")
    newest: Moment = told("the newest day of any run that is told")
    chart: BarChart | None = told("runs of all parties together, by year; none without any")
    years: tuple[TallyRow, ...] = told("the same as a table")
    all_parties: tuple[SeriesBlock, ...] = told("series of all parties")
    some_parties: tuple[SeriesBlock, ...] = told("series of fewer, for comparison")


@dataclass(frozen=True, slots=True)
class GanttBar:
    """An edition in the drawing."""

    x: int = told("its left edge")
    y: int = told("its upper edge")
    width: int = told("its width: its days, and no less than can be seen")


@dataclass(frozen=True, slots=True)
class GanttMark:
    """A text of the drawing: the name of a series, or of a year above its column."""

    x: int = told("where it begins")
    y: int = told("the line on which it stands")
    text: str = told("the text")
    lang: str = told("its language where that is not the page's, else empty")


@dataclass(frozen=True, slots=True)
class GanttChart:
    """Years from left to right, a line for each series."""

    label: str = told("what the drawing shows, in words; that it is illustrative too")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    top: int = told("where the lines between years begin")
    bar: int = told("the height of a bar")
    mark: GanttMark = told("that it is illustrative, written on the drawing")
    years: tuple[GanttMark, ...] = told("the years, which are of no calendar")
    names: tuple[GanttMark, ...] = told(
        "the series, above their bars, as the table of bases has them"
    )
    bars: tuple[GanttBar, ...] = told("one for each row of the table")


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """An edition of the illustrative plan."""

    when: str = told("its year and week, which are of no calendar")
    series: Shown = told("the series; its name says that it is illustrative")
    days: str = told("its length in days")
    parties: Shown = told("who takes part")
    host: Shown = told("who hosts; empty if nobody is named")
    command: Shown = told("who commands; empty if nobody is named")


@dataclass(frozen=True, slots=True)
class BasisRow:
    """On what a series of the plan rests."""

    series: Shown = told("the series")
    cadence: Shown = told("why it comes so often")
    days: Shown = told("why it takes so long")
    months: Shown = told("why in these months")
    left_out: Shown | None = told("what of the public past was left out")
    source: Link = told("where the series was seen")


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The illustrative plan: five years of no calendar."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the council's pages")
    translated: str = told("that names and notes were translated; empty where none were")
    past_href: str = told("the page of the public past; empty without a register")
    proven: bool = told("true if no plan of the sandbox costs less")
    chart: GanttChart = told("the plan as a drawing")
    rows: tuple[PlannedRow, ...] = told("the same as a table, in order of time")
    bases: tuple[BasisRow, ...] = told("on what each series rests")
