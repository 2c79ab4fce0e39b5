"""What the researcher's page shows, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = [
    "AgendaRow",
    "BarRow",
    "Chart",
    "ChoiceRow",
    "CountRow",
    "ErasedRow",
    "FilterRow",
    "ResearchPage",
    "WithheldRow",
]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """What one capital put on the table in one year."""

    year: str = told("the year, by UTC")
    party: Shown = told("the party")
    tabled: str = told("how many matters it tabled")
    stood: str = told("how many versions of that year that it put forward stand")


@dataclass(frozen=True, slots=True)
class BarRow:
    """A bar of the chart."""

    code: str = told("tabled or stood")
    label: str = told("the year and the party; empty on the second bar of a pair")
    count: str = told("the number that it stands for")
    y: int = told("its upper edge")
    text_y: int = told("the line on which its texts stand")
    length: int = told("its length; no number has none")
    count_x: int = told("where the number stands")


@dataclass(frozen=True, slots=True)
class Chart:
    """The table of the agenda as bars from zero."""

    width: int = told("the width of the drawing")
    height: int = told("its height")
    edge: int = told("where all bars begin")
    bars: tuple[BarRow, ...] = told("two bars for each row of the table")


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A value that a question can be narrowed to."""

    value: str = told("as it stands in the address; empty for all")
    text: Shown = told("in words")
    chosen: bool = told("true if it is chosen")


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A field of the question."""

    name: str = told("body, kind or year, as it stands in the address")
    label: str = told("in words")
    choices: tuple[ChoiceRow, ...] = told("the values, all first")


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many entries of one kind about one body in one month."""

    month: Moment = told("the month, by UTC and the author's clock")
    body: Shown = told("the body; empty for none")
    kind: str = told("what kind of entry")
    count: str = told("how many")


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """Sealed texts with so many readers, by age."""

    readers: str = told("how many parties may read them")
    ages: tuple[str, ...] = told("how many of each age")
    total: str = told("how many in all")


@dataclass(frozen=True, slots=True)
class ErasedRow:
    """Entries whose words were erased for one cause."""

    cause: str = told("the cause")
    count: str = told("how many entries")


@dataclass(frozen=True, slots=True)
class ResearchPage:
    """Counts: who sets the agenda, entries by body, kind and month, and what is withheld."""

    frame: Frame = told("what every page carries")
    agenda: tuple[AgendaRow, ...] = told("who tabled what, the latest year first")
    chart: Chart | None = told("the same as bars; none while there is nothing")
    filters: tuple[FilterRow, ...] = told("what the counts can be narrowed to")
    address: Link = told("the address of this very question")
    unknown: tuple[str, ...] = told("values in the address that nothing has")
    counts: tuple[CountRow, ...] = told("the counts, the latest month first")
    total: str = told("how many entries in all")
    ages: tuple[str, ...] = told("the ages by which sealed texts are counted")
    withheld: tuple[WithheldRow, ...] = told("sealed texts by readers and age")
    erased: tuple[ErasedRow, ...] = told("entries whose words were erased, by cause")
    since_href: str = told("where two points in time are compared")
