"""What the pages of the forum show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.alerts.pages_alerts import AlertRow
from architrave.portal.charter.pages_charter import BodyBlock
from architrave.portal.council.pages_council import DutyRow, PlaceRow
from architrave.portal.forum.pages_drawings import (
    BandChart,
    CourseChart,
    FanChart,
    LaneChart,
    MatrixChart,
    StackChart,
)
from architrave.portal.pages_rows import Frame, Link, MatterRow, Shown, told

__all__ = [
    "AssumedRow",
    "ChainBlock",
    "ChainsPage",
    "DaysPage",
    "ExposurePage",
    "FanBlock",
    "First",
    "ForumPage",
    "LayerRow",
    "MatrixBlock",
    "MatrixRow",
    "MeasureBlock",
    "MutualRow",
    "PairBlock",
    "PeriodRow",
    "ShareRow",
    "ShockRow",
    "ShocksPage",
    "StageRow",
    "TierBlock",
    "VariedRow",
    "YearRow",
    "YearTable",
    "YearsBlock",
]


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A table that went in."""

    name: str = told("its name")
    newest: str = told("the newest year of it that is shown")
    digest: str = told("its SHA-256")
    source: Shown = told("who published it")
    terms: str = told("on which terms it may be used, as far as they were seen")


@dataclass(frozen=True, slots=True)
class First:
    """What stands first on each page: how old the figures are, and whose statement they are not."""

    dated: str = told("the years of the figures, in words")
    compiled: str = told("that they are compiled, and nobody's statement")
    provisional: str = told("that names were translated provisionally; empty in English")
    layers: tuple[LayerRow, ...] = told("the tables that went in, each with its newest year")
    method: str = told("how the figures were made")
    command: str = told("the command that makes them again")
    signer: str = told("that no party has signed them")


@dataclass(frozen=True, slots=True)
class ForumPage:
    """The forum: its bodies, what is before them, what is owed, and its other pages."""

    frame: Frame = told("what every page carries")
    name: Shown = told("the body's name")
    proposed: bool = told("true if the body does not exist")
    first: First = told("how old the figures are, and whose statement they are not")
    tabs: tuple[Link, ...] = told("the forum's pages")
    places: tuple[PlaceRow, ...] = told("its other pages, each with what it shows")
    papers: tuple[Link, ...] = told("the same on one page of paper, one link for each kind of file")
    alerts: tuple[AlertRow, ...] = told("alerts to these bodies that are open")
    open: tuple[MatterRow, ...] = told("matters before these bodies, the last tabled first")
    duties: tuple[DutyRow, ...] = told("commitments under their texts that stand")
    bodies: tuple[BodyBlock, ...] = told("the body and those below it, with the holders of seats")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A maker's share of a stage, or what is not known of it: a row for each band."""

    maker: Shown = told("the maker, or that it is not known")
    share: str = told("its share in percent; a range where a source prints one")
    unknown: bool = told("true for what is not known")


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of a chain."""

    name: Shown = told("its name")
    measured: str = told("what was measured, and in which year, in words")
    upstream: str = told("the stages that it takes from; empty if none is shown")
    shares: tuple[ShareRow, ...] = told("the shares, in the order of the drawing")
    span: int = told("how many shares there are, which is how many rows its name spans")
    sources: tuple[Link, ...] = told("where they are printed")


@dataclass(frozen=True, slots=True)
class TierBlock:
    """The stages of one kind: a drawing and the table of the same numbers."""

    anchor: str = told("its place on the page")
    name: Shown = told("the kind: materials, components and so on")
    chart: BandChart = told("the drawing")
    narrow: StackChart = told("the same for a narrow screen")
    stages: tuple[StageRow, ...] = told("the stages")


@dataclass(frozen=True, slots=True)
class ChainBlock:
    """A chain."""

    anchor: str = told("its place on the page")
    name: Shown = told("its name")
    tiers: tuple[TierBlock, ...] = told("its stages by kind, from the ground to the product")


@dataclass(frozen=True, slots=True)
class ChainsPage:
    """Stages of the chains, and who makes how much of each."""

    frame: Frame = told("what every page carries")
    first: First = told("how old the figures are, and whose statement they are not")
    tabs: tuple[Link, ...] = told("the forum's pages")
    chains: tuple[ChainBlock, ...] = told("the chains")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the table beside a matrix."""

    name: Shown = told("whose inputs they are")
    shares: tuple[str, ...] = told("the share of each region's output in them, in percent")
    face: tuple[str, ...] = told("the same by who sells them")


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """A matrix: a drawing and the table of the same numbers."""

    anchor: str = told("its place on the page")
    title: str = told("whose inputs it shows")
    chart: MatrixChart = told("the drawing")
    narrow: StackChart = told("the same for a narrow screen")
    columns: tuple[Shown, ...] = told("the regions whose output it is")
    rows: tuple[MatrixRow, ...] = told("the rows")


@dataclass(frozen=True, slots=True)
class MutualRow:
    """One direction of a pair of parties."""

    of: Shown = told("whose work and capital")
    by: Shown = told("in whose final demand")
    supplies: str = told("which part of what the second pays for it is")
    earns: str = told("which part of all that the first adds it is")


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of one pair."""

    year: int = told("the year")
    shares: tuple[str, ...] = told("the share in each direction, in percent to three figures")


@dataclass(frozen=True, slots=True)
class PairBlock:
    """A pair of parties: a drawing over the years and the table of the same numbers."""

    anchor: str = told("its place on the page")
    name: str = told("both parties")
    chart: CourseChart = told("the drawing")
    ways: tuple[str, ...] = told("both directions, each from whose value added to whose demand")
    rows: tuple[YearRow, ...] = told("the years, a point of each line for each")


@dataclass(frozen=True, slots=True)
class MeasureBlock:
    """All pairs by one of the two shares."""

    anchor: str = told("its place on the page")
    name: str = told("which share it is")
    text: str = told("what it says")
    pairs: tuple[PairBlock, ...] = told("every pair of parties")


@dataclass(frozen=True, slots=True)
class YearTable:
    """A table of one year."""

    year: str = told("its year")
    digest: str = told("its SHA-256")


@dataclass(frozen=True, slots=True)
class YearsBlock:
    """How the parties depend on each other by year, from tables that do not come along."""

    title: str = told("what it shows, with the first and the last year")
    coarse: str = told("of how many regions and sectors the tables are, and how it is rounded")
    measures: tuple[MeasureBlock, ...] = told("both shares")
    sources: tuple[Shown, ...] = told("who published the tables")
    terms: tuple[Shown, ...] = told("on which terms they may be used, as far as they were seen")
    lumping: tuple[Shown, ...] = told("what is lumped in their sectors")
    tables: tuple[YearTable, ...] = told("the tables, one for each year")
    command: str = told("the command that works it out again from them")


@dataclass(frozen=True, slots=True)
class ExposurePage:
    """Whose output the inputs of each region and sector are made of."""

    frame: Frame = told("what every page carries")
    first: First = told("how old the figures are, and whose statement they are not")
    tabs: tuple[Link, ...] = told("the forum's pages")
    regions: MatrixBlock = told("all regions by each other")
    sectors: tuple[MatrixBlock, ...] = told("the sectors of each party, in the order of names")
    mutual: tuple[MutualRow, ...] = told("every ordered pair of parties")
    years: YearsBlock | None = told("the same by year; empty where the shares were not written")


@dataclass(frozen=True, slots=True)
class AssumedRow:
    """A telling of the example."""

    name: str = told("its name")
    assumed: str = told("what it assumes")


@dataclass(frozen=True, slots=True)
class ShockRow:
    """A region in the example."""

    region: Shown = told("the region")
    changes: tuple[str, ...] = told("the change of its output by telling, in percent")
    money: tuple[str, ...] = told("the same in money")


@dataclass(frozen=True, slots=True)
class ShocksPage:
    """An example of a stoppage, told three times."""

    frame: Frame = told("what every page carries")
    first: First = told("how old the figures are, and whose statement they are not")
    tabs: tuple[Link, ...] = told("the forum's pages")
    example: str = told("what is missing in the example, in words")
    tellings: tuple[AssumedRow, ...] = told("the three tellings, and what each assumes")
    chart: LaneChart = told("the drawing")
    narrow: LaneChart = told("the same for a narrow screen")
    rows: tuple[ShockRow, ...] = told("the regions")


@dataclass(frozen=True, slots=True)
class VariedRow:
    """An assumption of the example of days."""

    name: str = told("what is assumed")
    ends: str = told("from which value to which")


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Some days of one region, taken together."""

    days: str = told("the first and the last day, counted from the day before the loss")
    low: str = told("the lower end, in percent of usual output: 5 rows in 100 lie below it")
    middle: str = told("the middle: half of the rows lie below it")
    high: str = told("the upper end: 5 rows in 100 lie above it")


@dataclass(frozen=True, slots=True)
class FanBlock:
    """One region: a drawing and the table of the same numbers."""

    anchor: str = told("its place on the page")
    region: Shown = told("the region")
    chart: FanChart = told("the drawing")
    rows: tuple[PeriodRow, ...] = told("the periods, a point of each line for each")


@dataclass(frozen=True, slots=True)
class DaysPage:
    """Output after a loss, week by week, with a band for what is assumed."""

    frame: Frame = told("what every page carries")
    first: First = told("how old the figures are, and whose statement they are not")
    tabs: tuple[Link, ...] = told("the forum's pages")
    example: str = told("what is lost in the example, in words")
    drawn: str = told("how many rows were drawn from which seed, and how many have an answer")
    varied: tuple[VariedRow, ...] = told("what is assumed, each within its range")
    regions: tuple[FanBlock, ...] = told("the regions: the parties first")
