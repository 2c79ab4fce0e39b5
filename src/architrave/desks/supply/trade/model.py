"""What a row of trade says, and what a set of files holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from architrave.desks.evidence import Layer

__all__ = ["OTHER_ASIA", "WORLD", "Flow", "Flows", "Teller", "Trade", "of_nobody"]

WORLD = "W00"
"""All partners together: a whole, and no partner."""
OTHER_ASIA = "S19"
"""Other Asia, not elsewhere specified: code 490, see docs/desks/supply-trade.md."""
_NUMBERS = frozenset(
    "129 221 290 471 472 473 492 527 568 577 636 637 697 837 838 839 879 899".split()
)
_UNNAMED = re.compile(r"_X|XX|[A-Z][0-9]{1,2}|code ([0-9]+)")


def of_nobody(who: str) -> bool:
    """Whether a code is of no one partner: areas not specified, bunkers, free zones and such.

    Letters of a country have no digits; of those with digits only `OTHER_ASIA` is a supplier here.
    Files without letters for these give their numbers (``code 899``).
    """
    found = _UNNAMED.fullmatch(who)
    if found is None or who in (WORLD, OTHER_ASIA):
        return False
    return found[1] is None or found[1] in _NUMBERS


class Teller(StrEnum):
    """Whose word a row is: a compiler's who made one of two, the importer's, or the exporter's."""

    RECONCILED = "reconciled"
    IMPORTER = "importer"
    EXPORTER = "exporter"


@dataclass(frozen=True, slots=True)
class Flow:
    """Goods of one code from an exporter to an importer in a year, in US dollars.

    `weight` is in kilograms, None where no weight is told. `month` is 0 for a whole year. `again`
    says that the goods leave as they came: re-exports, which the exports hold too.
    """

    year: int
    month: int
    exporter: str
    importer: str
    code: str
    value: float
    weight: float | None
    teller: Teller
    again: bool = False


Flows = tuple[Flow, ...]


@dataclass(frozen=True, eq=False)
class Trade:
    """All rows of some files that were asked for, in an order that the files do not decide.

    `layers` name each file by its digest, `said` what was passed over and why.
    """

    flows: Flows
    layers: tuple[Layer, ...]
    said: tuple[str, ...] = ()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which anything is told, newest first."""
        return tuple(sorted({flow.year for flow in self.flows}, reverse=True))

    @cached_property
    def by_importer(self) -> Mapping[str, Flows]:
        """The rows by who imports."""
        found: dict[str, list[Flow]] = {}
        for flow in self.flows:
            found.setdefault(flow.importer, []).append(flow)
        return {who: tuple(flows) for who, flows in found.items()}

    @cached_property
    def months(self) -> Mapping[tuple[int, str, Teller], frozenset[int]]:
        """Of which months who reports tells in a year, in any code: 0 for the year as a whole."""
        found: dict[tuple[int, str, Teller], set[int]] = {}
        for flow in self.flows:
            who = flow.importer if flow.teller is Teller.IMPORTER else flow.exporter
            found.setdefault((flow.year, who, flow.teller), set()).add(flow.month)
        return {key: frozenset(months) for key, months in found.items()}

    def into(self, party: str, codes: Iterable[str], year: int) -> Flows:
        """What a party imports in some codes in a year, whoever tells it."""
        wanted = frozenset(codes)
        return tuple(
            flow
            for flow in self.by_importer.get(party, ())
            if flow.year == year and flow.code in wanted
        )
