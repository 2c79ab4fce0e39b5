"""Public holidays of the parties: the charter's own lists first, then a package's.

The charter's dates win for the years that it lists. The package `holidays` is brought in when a
year or a party is asked for that the charter does not list; its dates are nobody's statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

from architrave.charter.model import Charter
from architrave.desks.errors import BadInput, MissingLibrary

__all__ = ["CHARTER", "Calendars", "Holiday", "calendars_of"]

CHARTER = "the charter's list"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of a party, and who says so."""

    day: date
    party: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Calendars:
    """Holidays by party and day, for the years from `first_year` to `last_year`."""

    first_year: int
    last_year: int
    days: Mapping[str, Mapping[date, Holiday]]

    def holidays(self, parties: Iterable[str], first: date, last: date) -> tuple[Holiday, ...]:
        """Holidays of the parties from a day to another, both inclusive, by day.

        Raises BadInput for a year, or a party, that is not held here.
        """
        self._require(first, last)
        asked = tuple(parties)
        length = (last - first).days + 1
        days = [first + timedelta(days=count) for count in range(length)]
        return tuple(
            found
            for day in days
            for party in asked
            if (found := self._of(party).get(day)) is not None
        )

    def is_working_day(self, day: date, parties: Iterable[str]) -> bool:
        """True where all of the parties work: no weekend, and no holiday of any of them."""
        self._require(day, day)
        return day.weekday() < _SATURDAY and not any(day in self._of(one) for one in parties)

    def _of(self, party: str) -> Mapping[date, Holiday]:
        if party not in self.days:
            raise BadInput(f"No public holidays of {party} are held here.")
        return self.days[party]

    def _require(self, first: date, last: date) -> None:
        for year in (first.year, last.year):
            if not self.first_year <= year <= self.last_year:
                raise BadInput(
                    f"Public holidays are held for {self.first_year} to {self.last_year}, and "
                    f"{year} was asked for."
                )


def calendars_of(
    parties: Sequence[str], first_year: int, last_year: int, charter: Charter | None = None
) -> Calendars:
    """The public holidays of the parties in a span of years, both inclusive.

    Raises MissingLibrary where a year is not in the charter and the package is not installed, and
    BadInput for a party whose country neither knows.
    """
    days: dict[str, Mapping[date, Holiday]] = {}
    years = range(first_year, last_year + 1)
    for party in parties:
        listed, counted = _of_charter(party, charter)
        mine = {day: Holiday(day, party, "", CHARTER) for day in listed if day.year in years}
        other = [year for year in years if year not in counted]
        if other:
            mine.update(_of_package(party, other))
        days[party] = mine
    return Calendars(first_year, last_year, days)


def _of_charter(party: str, charter: Charter | None) -> tuple[frozenset[date], range]:
    for one in charter.parties if charter is not None else ():
        if one.id == party:
            first, last = one.holiday_years
            return one.holidays, range(first, last + 1)
    return frozenset(), range(0)


def _of_package(party: str, years: Sequence[int]) -> dict[date, Holiday]:
    try:
        import holidays
    except ImportError as fault:
        raise MissingLibrary(
            f"Public holidays of {party} in {years[0]} need the package holidays: install "
            "architrave[exercises], or run make setup."
        ) from fault
    try:
        found = holidays.country_holidays(party, years=list(years), language="en_US")
    except NotImplementedError as fault:
        raise BadInput(
            f"{party}: neither the charter nor the package holidays lists its public holidays."
        ) from fault
    source = f"package holidays {version('holidays')}"
    return {day: Holiday(day, party, str(name), source) for day, name in found.items()}
