"""The list of launches, tests and incidents: one row for each day and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.errors import BadInput
from architrave.desks.rows import day, read_table, text, whole

__all__ = ["FILE", "Count", "Family", "days_of", "read_counts"]

FILE = "provocations.csv"


class Family(StrEnum):
    """Kinds in families, as far as a reader needs them apart."""

    SHORT_RANGE = "short-range"
    LONGER_RANGE = "longer-range"
    CRUISE = "cruise"
    OTHER_MISSILE = "other-missile"
    SATELLITE_LAUNCH = "satellite-launch"
    NUCLEAR_TEST = "nuclear-test"
    OTHER = "other"


_MISSILES = {
    "srbm": Family.SHORT_RANGE,
    "short-range-unspecified": Family.SHORT_RANGE,
    "mlrs": Family.SHORT_RANGE,
    "mrbm": Family.LONGER_RANGE,
    "irbm": Family.LONGER_RANGE,
    "icbm": Family.LONGER_RANGE,
    "slbm": Family.LONGER_RANGE,
    "cruise": Family.CRUISE,
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of one kind the list has for a day."""

    day: date
    kind: str
    records: int
    source: str

    @property
    def family(self) -> Family:
        """The family of the kind; what the list calls neither missile, launch nor test is other."""
        group, _, detail = self.kind.partition(":")
        if group == "missile":
            return _MISSILES.get(detail, Family.OTHER_MISSILE)
        return (
            Family(group)
            if group in (Family.SATELLITE_LAUNCH, Family.NUCLEAR_TEST)
            else (Family.OTHER)
        )

    @property
    def of_weapons(self) -> bool:
        """True for a missile, a satellite launch or a nuclear test: what meetings would answer."""
        return self.family is not Family.OTHER


def read_counts(content: str, file: str = FILE) -> tuple[Count, ...]:
    """Read the list, in order of days.

    Raises BadInput for a row that cannot be read, a kind that stands twice on one day (both rows
    are named) and a row whose day is before that of the row above it.
    """
    rows = read_table(file, content, needed=("date", "kind", "count", "source"))
    found: list[Count] = []
    places: dict[tuple[date, str], str] = {}
    for row in rows:
        count = Count(
            day(row, "date"), text(row, "kind"), whole(row, "count", 1, 1000), text(row, "source")
        )
        earlier = places.setdefault((count.day, count.kind), str(row.place))
        if earlier != str(row.place):
            raise BadInput(f"{row.place}: {count.kind} on {count.day} is that of {earlier}.")
        if found and count.day < found[-1].day:
            raise BadInput(f"{row.place}: {count.day} comes after {found[-1].day}.")
        found.append(count)
    return tuple(found)


def days_of(counts: Sequence[Count]) -> tuple[date, ...]:
    """The days with a missile, a satellite launch or a nuclear test, each once, in order."""
    return tuple(sorted({count.day for count in counts if count.of_weapons}))
