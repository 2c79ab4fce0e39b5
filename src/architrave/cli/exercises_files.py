"""What the verbs of the exercise desk read: a folder of tables, or a workbook, and a charter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.cli.faults import Unclear, text_of
from architrave.cli.shipped import shipped
from architrave.desks.exercises.brought import Brought
from architrave.desks.exercises.calendars import Calendars, calendars_of
from architrave.desks.exercises.editions import edition_named, promised
from architrave.desks.exercises.illustration import (
    Illustration,
    illustration,
    is_sandbox,
    shown_day,
)
from architrave.desks.exercises.model import Placed, Programme, Series
from architrave.desks.exercises.past import Past, read_past
from architrave.desks.exercises.reading import read_programme
from architrave.desks.exercises.windows import said
from architrave.desks.exercises.workbook import read_workbook
from architrave.institution.register import read_register

__all__ = ["Desk", "charter_of", "day_of", "open_desk", "past_of", "programme_of", "sandbox_of"]

TABLES = (".csv", ".toml")
LAST_YEAR = 9900
PAST = ("exercises.csv", "exercise_links.csv", "context_events.csv")


@dataclass(frozen=True)
class Desk(Brought):
    """The tables that somebody brought, under a charter."""

    charter: Charter

    @cached_property
    def calendars(self) -> Calendars | None:
        """Public holidays around the years that are planned; none for a sandbox."""
        first, last = self.programme.horizon.first.year, self.programme.horizon.last.year
        if self.is_sandbox:
            return None
        return calendars_of(self.programme.parties, first - 2, last + 1, self.charter)

    def series(self, name: str) -> Series:
        """A series by its id; what there is, is said where it is none."""
        if name not in self.programme.series:
            raise Unclear(f"{name!r} is no series here; {', '.join(self.programme.series)} are.")
        return self.programme.series[name]

    def require(self, edition: str, series: str = "") -> None:
        """Refuse an edition that the programme, or the series, does not promise; none is fine."""
        if edition and edition_named(self.programme, edition) is None:
            known = ", ".join(one.id for one in promised(self.programme)[:3])
            raise Unclear(f"{edition!r} is no edition here; some that are: {known}.")
        if edition and series and edition.partition("/")[0] != series:
            raise Unclear(f"{edition!r} is no edition of {series}.")

    def require_within(self, day: date, option: str) -> None:
        """Refuse a calendar day of a sandbox, whose years have no number."""
        last = self.programme.horizon.last.year
        if self.is_sandbox and day.year > last:
            raise Unclear(
                f"{option}: a sandbox has years 1 to {last} and no date; expected a day such as "
                f"0001-06-04, found {day.isoformat()!r}."
            )

    @property
    def is_sandbox(self) -> bool:
        """True for years without a number, in which everything is illustrative."""
        return is_sandbox(self.programme)

    def require_real(self, why: str) -> None:
        """Refuse what makes no sense of a sandbox."""
        if self.is_sandbox:
            raise Unclear(f"A sandbox's years have no number: {why}.")

    def said(self, first: date, last: date | None = None) -> str:
        """A day as it may be shown: of a sandbox only year and week; or a span, in words."""
        if last is not None and not self.is_sandbox:
            return said(first, last)
        days = (shown_day(self.programme, day) for day in (first, last or first))
        return " to ".join(dict.fromkeys(days))

    def placed(self, name: str) -> Placed:
        """An edition of the plan by its id."""
        for one in self.plan:
            if one.edition == name and not one.part:
                return one
        raise Unclear(f"{name!r} has no place in the plan (plan.csv).")


def open_desk(place: Path, charter: Path | None = None) -> Desk:
    """Read a folder of tables, or an .xlsx workbook; BadInput or Unclear where that fails."""
    law = charter_of(charter)
    files = _files(place)
    return Desk(files, read_programme(files, law.party_ids), law)


def charter_of(file: Path | None) -> Charter:
    """The charter of a file, or the one that is shipped."""
    found = file or shipped("charters/trilateral.toml")
    return parse_charter(text_of(found), found.name)


def day_of(text: str | None, option: str) -> date:
    """A day that was typed; today if it was left out."""
    if text is None:
        return date.today()
    try:
        found = date.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(f"{option}: expected a date such as 2031-05-20, found {text!r}.") from fault
    if found.year > LAST_YEAR:
        raise Unclear(f"{option}: expected a date up to {LAST_YEAR}, found {text!r}.")
    return found


def past_of(charter: Charter, today: date) -> Past:
    """The public past from the shipped tables, as far as it was public by a day."""
    research, register = shipped("data/research"), shipped("data/register")
    rows = {one.name: one.read_text(encoding="utf-8") for one in sorted(register.iterdir())}
    files = {name: (research / name).read_text(encoding="utf-8") for name in PAST}
    return read_past(files, read_register(rows, frozenset(charter.party_ids)), today)


def sandbox_of(charter: Charter) -> Illustration:
    """The illustrative programme that the shipped past makes."""
    return illustration(past_of(charter, date.today()), charter.party_ids)


def programme_of(place: Path | None, illustrative: bool) -> Programme:
    """The programme in a folder or workbook, or the illustrative one."""
    if illustrative == (place is not None):
        raise Unclear("Expected a folder with tables, or --illustration, and not both.")
    return sandbox_of(charter_of(None)).programme if place is None else open_desk(place).programme


def _files(place: Path) -> dict[str, str]:
    if place.suffix == ".xlsx" and place.is_file():
        return read_workbook(place.name, place.read_bytes())
    if not place.is_dir():
        raise Unclear(f"{place}: neither a folder with tables nor a workbook (.xlsx) lies here.")
    try:
        return {
            one.name: one.read_text(encoding="utf-8")
            for one in sorted(place.iterdir())
            if one.suffix in TABLES
        }
    except UnicodeDecodeError as fault:
        raise Unclear(f"{place}: a table is not written in UTF-8.") from fault
