"""What the page of launches shows: what was counted, never a forecast; each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.council.pages_charts import BarChart, TallyRow
from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, told

__all__ = ["ComparedBlock", "LaunchYear", "LaunchesPage"]


@dataclass(frozen=True, slots=True)
class LaunchYear:
    """A year of the list, by family of kind."""

    year: str = told("the year")
    records: tuple[str, ...] = told("how many records of each family")
    total: str = told("how many in all")


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """Meetings soon after launches, beside the same meetings on shuffled dates."""

    answer: str = told("what is settled by it, in one sentence")
    rows: tuple[TallyRow, ...] = told("what was seen, and what shuffled dates bring")
    left_out: str = told("how many meetings are left out, and why")


@dataclass(frozen=True, slots=True)
class LaunchesPage:
    """Launches, tests and incidents by year and month, and one question asked of them."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the council's pages")
    caveat: str = told("after whose list this was compiled, and what it does not say")
    source: Link = told("where the list was taken from")
    newest: Moment = told("the newest day of the list")
    families: tuple[str, ...] = told("the families of kinds, in the order of the columns")
    years_chart: BarChart = told("records by year")
    years: tuple[LaunchYear, ...] = told("the same as a table, by family, the latest first")
    months_chart: BarChart = told("records by month over the last ten years")
    months: tuple[TallyRow, ...] = told("the same as a table")
    compared: ComparedBlock | None = told("none where it was not worked out from these tables")
