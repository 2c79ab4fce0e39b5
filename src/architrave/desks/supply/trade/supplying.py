"""Who supplies a party in a year: shares, the index of concentration, value by weight.

The index (Herfindahl-Hirschman, the sum of squared shares in percent) is a range where part of the
imports names no supplier: that part may be many, or all of it the largest supplier's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.trade.concordance import Covered
from architrave.desks.supply.trade.model import WORLD, Flow, Flows, Teller, Trade, of_nobody

__all__ = ["Priced", "Supplied", "Supplier", "newest_year", "supplied", "supplies", "trade_basis"]

_ROUNDING = 1e-6
"""Of a value: rounding of the publisher's, and no partner."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A value in US dollars, with what is told of its weight in kilograms.

    `weighed` is the part of the value that has a weight; `unit_value` is that part over its
    weight. Both `weight` and `unit_value` are None where no weight is told.
    """

    value: float
    weight: float | None
    weighed: float
    unit_value: float | None


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier and its share in percent of all that was imported."""

    name: str
    share: float
    priced: Priced


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a party imported in some codes in a year; shares with `unnamed` add up to 100.

    `months` is 12, or as many as rows by month tell of: 3 where one code is told for the year and
    another for three months. `of_all` says that shares are of all imports: a compiler's, or with a
    row of all partners in each code that is not below their sum. Else a supplier that is in no file
    is in no share. `by_code` holds what each code came to, as values by weight of different codes
    mean little together.
    """

    party: str
    covered: Covered
    year: int
    teller: Teller
    months: int
    total: Priced
    suppliers: tuple[Supplier, ...]
    unnamed: float
    index: tuple[float, float]
    of_all: bool
    by_code: Mapping[str, Priced]


def supplied(trade: Trade, party: str, covered: Covered, year: int) -> Supplied | None:
    """Who supplied a party; None where the files tell nothing of that.

    Reconciled numbers are taken first, then the party's own reports, then those of exporters.
    """
    flows = [flow for flow in trade.into(party, covered.codes, year) if not flow.again]
    for teller in Teller:
        told = tuple(flow for flow in flows if flow.teller is teller)
        if any(flow.value > 0 for flow in told):
            return _supplied(party, covered, year, teller, told)
    return None


def supplies(
    trade: Trade, parties: Sequence[str], covered: Sequence[Covered], years: Iterable[int] = ()
) -> tuple[Supplied, ...]:
    """The same for each party and group of codes: in `years`, or in the newest with anything."""
    wanted = tuple(years)
    for year in wanted:
        if year not in trade.years:
            shown = ", ".join(map(str, trade.years[:12]))
            raise BadInput(f"nothing is told of {year}; the files tell of {shown}.")
    found = []
    for one in covered:
        for party in parties:
            for year in wanted or (newest_year(trade, party, one) or 0,):
                answer = supplied(trade, party, one, year)
                if answer is not None:
                    found.append(answer)
    return tuple(found)


def newest_year(trade: Trade, party: str, covered: Covered) -> int | None:
    """The newest year in which a party imported anything in some codes; None if there is none."""
    codes = frozenset(covered.codes)
    flows = trade.by_importer.get(party, ())
    return max(
        (one.year for one in flows if one.code in codes and not one.again and one.value > 0),
        default=None,
    )


def trade_basis(trade: Trade) -> Basis:
    """What an answer rests on: the newest year of each file, and what was passed over in them."""
    return Basis(trade.layers, trade.said)


def _supplied(party: str, covered: Covered, year: int, teller: Teller, flows: Flows) -> Supplied:
    named: dict[str, list[Flow]] = {}
    unnamed: list[Flow] = []
    for flow in flows:
        if of_nobody(flow.exporter):
            unnamed.append(flow)
        elif flow.exporter != WORLD:
            named.setdefault(flow.exporter, []).append(flow)
    rest = sum(flow.value for flow in unnamed) + _beyond(flows)
    parts = [flow for flow in flows if flow.exporter != WORLD]
    total = sum(flow.value for flow in parts) + _beyond(flows)
    suppliers = [
        Supplier(name, 100.0 * sum(flow.value for flow in of) / total, _priced(of))
        for name, of in named.items()
    ]
    suppliers.sort(key=lambda one: (-one.share, one.name))
    share = 100.0 * rest / total
    by_code = {
        code: _priced([flow for flow in parts if flow.code == code])
        for code in sorted({flow.code for flow in parts})
    }
    whole = _priced(parts)
    return Supplied(
        party, covered, year, teller, _months(flows),
        Priced(total, whole.weight, whole.weighed, whole.unit_value),
        tuple(suppliers), share, _index(suppliers, share), _of_all(teller, flows), by_code,
    )  # fmt: skip


def _beyond(flows: Flows) -> float:
    """What the row of all partners together holds beyond the partners, code by code and month."""
    whole, parts = _whole_and_parts(flows)
    return sum(
        value - parts.get(key, 0.0)
        for key, value in whole.items()
        if value - parts.get(key, 0.0) > _ROUNDING * value
    )


def _whole_and_parts(
    flows: Flows,
) -> tuple[dict[tuple[str, int], float], dict[tuple[str, int], float]]:
    """By code and month: what the row of all partners says, and what those of partners sum to."""
    whole: dict[tuple[str, int], float] = {}
    parts: dict[tuple[str, int], float] = {}
    for flow in flows:
        into = whole if flow.exporter == WORLD else parts
        key = (flow.code, flow.month)
        into[key] = into.get(key, 0.0) + flow.value
    return whole, parts


def _of_all(teller: Teller, flows: Flows) -> bool:
    """Whether a row of all partners stands beside each of a partner, and not below their sum."""
    if teller is not Teller.IMPORTER:
        return teller is Teller.RECONCILED
    whole, parts = _whole_and_parts(flows)
    return all(part <= whole.get(key, 0.0) * (1 + _ROUNDING) for key, part in parts.items())


def _priced(flows: Sequence[Flow]) -> Priced:
    value = sum(flow.value for flow in flows)
    weighed = [flow for flow in flows if flow.weight]
    weight = sum(flow.weight or 0.0 for flow in weighed)
    with_weight = sum(flow.value for flow in weighed)
    if not weighed:
        return Priced(value, None, 0.0, None)
    return Priced(value, weight, with_weight, with_weight / weight)


def _index(suppliers: Sequence[Supplier], unnamed: float) -> tuple[float, float]:
    low = sum(one.share**2 for one in suppliers)
    largest = suppliers[0].share if suppliers else 0.0
    # One square more, and not a difference of large ones: it never falls below the low end.
    high = low + max(unnamed, 0.0) * (2 * largest + unnamed)
    return min(low, 10_000.0), min(high, 10_000.0)


def _months(flows: Flows) -> int:
    """How many months are told; of codes told by the year and by months, those of the latter."""
    return len({flow.month for flow in flows} - {0}) or 12
