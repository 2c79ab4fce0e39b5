"""A series of figures by period, read from CSV or a sheet: unit, currency and year are required.

```
period,value,unit,currency,year
2026-01,118.4,USD per tonne,USD,2026
2026-02,,USD per tonne,USD,2026
```

`currency` is an ISO code, or ``none`` for what is not money; `year` is that of the prices, or of
the edition for what is not money. The three are the same on every row. An empty value is not known:
it is no zero, and nothing is filled in.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.desks.rows import Place, Row, read_table, text, whole
from architrave.desks.supply.warning.periods import Period, period_of

__all__ = ["Point", "Series", "read_series"]

_COLUMNS = ("period", "value", "unit", "currency", "year")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_LARGEST, _LEAST = 1e100, 1e-100


@dataclass(frozen=True, slots=True)
class Point:
    """A figure; None where it is not known."""

    period: Period
    value: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """A series: `name` tells it from others, `digest` is the SHA-256 of the file that was read."""

    name: str
    unit: str
    currency: str
    year: int
    points: tuple[Point, ...]
    digest: str


def read_series(name: str, file: str, content: str, digest: str = "") -> Series:
    """Read a series; BadInput with the file, the line and what is wrong there.

    `name` is what thresholds and their log call it, `digest` that of the file as it lay there.
    """
    rows = read_table(file, content, _COLUMNS)
    if not rows:
        raise BadInput(f"{file}, line 2: there is no row.")
    units = [_units(row) for row in rows]
    points: list[Point] = []
    for row, own in zip(rows, units, strict=True):
        for column, mine, first in zip(_COLUMNS[2:], own, units[0], strict=True):
            if mine != first:
                raise BadInput(f"{row.place}: {column} is {mine!r}; {rows[0].place} has {first!r}.")
        point = Point(_period(row), _value(row))
        if points:
            _require_later(points[-1].period, point.period, row.place)
        points.append(point)
    unit, currency, year = units[0]
    return Series(name, unit, currency, int(year), tuple(points), digest or digest_of(content))


def _units(row: Row) -> tuple[str, str, str]:
    unit, currency = text(row, "unit"), text(row, "currency")
    if currency != "none" and not _CURRENCY.fullmatch(currency):
        raise BadInput(
            f"{row.place}: currency must be three capital letters or none, not {currency!r}."
        )
    return unit, currency, str(whole(row, "year", _FIRST_YEAR, _LAST_YEAR))


def _period(row: Row) -> Period:
    found = period_of(text(row, "period"))
    if found is None:
        raise BadInput(
            f"{row.place}: period must be such as 2026, 2026-Q3, 2026-07 or 2026-07-15, "
            f"not {row.cells['period']!r}."
        )
    return found


def _value(row: Row) -> float | None:
    typed = row.cells["value"]
    if not typed:
        return None
    found = float(typed) if _NUMBER.fullmatch(typed) else math.nan
    if not math.isfinite(found) or abs(found) > _LARGEST or 0 < abs(found) < _LEAST:
        raise BadInput(
            f"{row.place}: value must be a number, or empty if not known, not {typed!r}."
        )
    return found


def _require_later(before: Period, now: Period, place: Place) -> None:
    if now.kind != before.kind:
        raise BadInput(f"{place}: the period {now} is a {now.kind}; before stood a {before.kind}.")
    if now.number <= before.number:
        raise BadInput(f"{place}: the period {now} does not come after {before}.")
