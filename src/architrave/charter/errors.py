"""Errors of this floor.

    CharterError    a charter file that cannot be used; holds every fault that was found
    UnknownId       (LookupError) a lookup by an id that the charter does not hold
    UncountedYear   (ValueError) working days asked for in a year without a list of holidays

`Fault` is one finding with its place; it is a value, not an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["CharterError", "Fault", "UncountedYear", "UnknownId"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a charter file.

    `line` counts from 1 (None where no line can be named); `field` is a dotted path in which
    elements of lists are named by their ids, for example ``bodies.TDC.phase``.
    """

    line: int | None
    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.field}: expected {self.expected}, found {self.found}."


class CharterError(Exception):
    """A charter file that cannot be used. `str()` gives one sentence for each fault, by line:

    trilateral.toml, line 12, bodies.TDC.phase: expected 1, 2 or 3, found "x".
    """

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=_place))
        super().__init__(name, self.faults)

    def __str__(self) -> str:
        return "\n".join(self._sentence(fault) for fault in self.faults)

    def _sentence(self, fault: Fault) -> str:
        place = self.name if fault.line is None else f"{self.name}, line {fault.line}"
        return f"{place}, {fault}"


def _place(fault: Fault) -> tuple[int, str, str]:
    return (fault.line or 0, fault.field, fault.expected)


class UnknownId(LookupError):
    """The charter holds nothing of this kind under this id."""

    def __init__(self, kind: str, wanted: str) -> None:
        self.kind, self.wanted = kind, wanted
        super().__init__(f"the charter has no {kind} {wanted!r}.")


class UncountedYear(ValueError):
    """Working days cannot be counted: the holidays of that year are not in the charter."""

    def __init__(self, party: str, year: int, first: int, last: int) -> None:
        self.party, self.year, self.first, self.last = party, year, first, last
        super().__init__(
            f"working days of {party} cannot be counted in {year}: "
            f"the charter lists holidays from {first} to {last} only."
        )
