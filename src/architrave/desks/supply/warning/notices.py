"""Notices of restrictions: who announced which measure on which goods, when and where it stands.

```
date,issuer,hs,measure,source
2026-10-09,CHN,811292,export licence,https://example.org/notice
```

Goods stand by HS code, two to ten digits; a watch on a code is on all that begins with it. A watch
fires once for each notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.customs_codes import is_hs_code
from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.desks.rows import Row, day, read_table, several, text

__all__ = ["Notice", "Touched", "read_notices", "touched", "watch_of"]

_COLUMNS = ("date", "issuer", "hs", "measure", "source")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `id` is the SHA-256 of what it says, so that a table read again adds none."""

    day: date
    issuer: str
    goods: tuple[str, ...]
    measure: str
    source: str

    @property
    def id(self) -> str:
        """Hex SHA-256 of all that the row says."""
        goods = ";".join(sorted(self.goods))
        said = [self.day.isoformat(), self.issuer, goods, self.measure, self.source]
        return digest_of(said)


@dataclass(frozen=True, slots=True)
class Touched:
    """A notice and the codes of a watch that it touches."""

    notice: Notice
    codes: tuple[str, ...]


def read_notices(file: str, content: str) -> tuple[Notice, ...]:
    """Read a table of notices in the order of their days; BadInput naming line and column."""
    found: dict[str, tuple[Notice, Row]] = {}
    for row in read_table(file, content, _COLUMNS):
        one = Notice(
            day(row, "date"), text(row, "issuer"), _goods(row), text(row, "measure"),
            text(row, "source"),
        )  # fmt: skip
        if one.id in found:
            raise BadInput(f"{row.place}: it says what {found[one.id][1].place} says.")
        found[one.id] = one, row
    return tuple(sorted((one for one, _ in found.values()), key=lambda one: (one.day, one.id)))


def _goods(row: Row) -> tuple[str, ...]:
    codes = several(row, "hs")
    if not codes:
        raise BadInput(f"{row.place}: hs is empty.")
    for code in codes:
        if not is_hs_code(code):
            raise BadInput(
                f"{row.place}: hs must be codes of 2, 4, 6, 8 or 10 digits, not {code!r}."
            )
    return codes


def watch_of(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of a watch, in order; BadInput for what is no HS code, or for none."""
    for code in codes:
        if not is_hs_code(code):
            raise BadInput(f"{code!r} is no HS code of 2, 4, 6, 8 or 10 digits.")
    if not codes:
        raise BadInput("no HS code is given, so nothing is watched.")
    return tuple(sorted(set(codes)))


def touched(notices: Sequence[Notice], watch: Sequence[str]) -> tuple[Touched, ...]:
    """The notices that touch a watch: their goods lie under a code of it, or hold one.

    A measure on a whole chapter touches each heading of it.
    """
    found = []
    for one in notices:
        codes = tuple(
            code
            for code in watch
            if any(good.startswith(code) or code.startswith(good) for good in one.goods)
        )
        if codes:
            found.append(Touched(one, codes))
    return tuple(found)
