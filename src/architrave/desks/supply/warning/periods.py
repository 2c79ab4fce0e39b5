"""Days, months, quarters and years as periods that can be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Period", "period_of"]

_FORMS = {
    "year": re.compile(r"([0-9]{4})"),
    "quarter": re.compile(r"([0-9]{4})-Q([1-4])"),
    "month": re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"),
    "day": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period: `number` counts those of its kind, so that one after another differ by 1."""

    kind: str
    number: int
    text: str = field(compare=False)

    def __str__(self) -> str:
        return self.text


def period_of(text: str) -> Period | None:
    """The period that a text names: 2026, 2026-Q3, 2026-07 or 2026-07-15; None for any other."""
    for kind, form in _FORMS.items():
        match = form.fullmatch(text) if text.isascii() else None
        if match is None:
            continue
        year, *rest = (int(one) for one in match.groups())
        if kind == "day":
            try:
                return Period(kind, date(year, *rest).toordinal(), text)
            except ValueError:
                return None
        per_year = {"year": 1, "quarter": 4, "month": 12}[kind]
        return Period(kind, year * per_year + (rest[0] - 1 if rest else 0), text)
    return None
