"""Where two capitals tell one trade differently: both figures side by side, none is corrected.

An importer counts the way and the insurance (CIF), an exporter does not (FOB), so an importer's
figure is some percent above as a rule. What lies beyond that is another origin (goods that pass a
third place), another time, another code, or silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from architrave.desks.supply.trade.concordance import Covered
from architrave.desks.supply.trade.model import WORLD, Teller, Trade, of_nobody

__all__ = ["Mirrored", "mirrored"]


@dataclass(frozen=True, slots=True)
class Mirrored:
    """One trade as both ends tell it, in US dollars; None where an end tells nothing here.

    `difference` is the importer's figure less the exporter's, `again` what the exporter calls
    re-exports, which is part of its figure. `same_months` is False where one end tells other months
    of the year than the other, so that the figures are of different times.
    """

    party: str
    supplier: str
    covered: Covered
    year: int
    importer_says: float | None
    exporter_says: float | None
    again: float | None
    same_months: bool

    @property
    def difference(self) -> float | None:
        """None where one of the two is not told, or they are not of the same months."""
        if self.importer_says is None or self.exporter_says is None or not self.same_months:
            return None
        return self.importer_says - self.exporter_says


def mirrored(
    trade: Trade, parties: Sequence[str], covered: Covered, year: int
) -> tuple[Mirrored, ...]:
    """The trade of each pair that either end tells, the largest first; none of reconciled files."""
    found = []
    for party in parties:
        told: dict[str, dict[str, float]] = {}
        for flow in trade.into(party, covered.codes, year):
            if flow.exporter == WORLD or of_nobody(flow.exporter):
                continue
            if flow.teller is not Teller.RECONCILED:
                what = "again" if flow.again else flow.teller.value
                by = told.setdefault(flow.exporter, {})
                by[what] = by.get(what, 0.0) + flow.value
        rows = [
            Mirrored(
                party, supplier, covered, year, by.get(Teller.IMPORTER.value),
                by.get(Teller.EXPORTER.value), by.get("again"),
                _same_months(trade, party, supplier, year),
            )
            for supplier, by in told.items()
        ]  # fmt: skip
        found += sorted(rows, key=_largest)
    return tuple(found)


def _same_months(trade: Trade, party: str, supplier: str, year: int) -> bool:
    """Whether both ends tell of the same months, as far as both tell anything of the year."""
    ends = ((party, Teller.IMPORTER), (supplier, Teller.EXPORTER))
    told = [trade.months.get((year, *end)) for end in ends]
    whole = [months is not None and (0 in months or len(months) == 12) for months in told]
    return None in told or all(whole) or told[0] == told[1]


def _largest(row: Mirrored) -> tuple[float, str]:
    return -max(row.importer_says or 0.0, row.exporter_says or 0.0), row.supplier
