"""UN Comtrade's CSV: the columns of the present interface, and those of the older download.

A row is one party's own report. What breaks a whole down further (second partner, customs
procedure, transport) is passed over, as the whole stands beside it; a part without its whole is
refused. Months are summed to a year that says how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from architrave.desks.errors import BadInput
from architrave.desks.supply.trade.baci import amount, year_of
from architrave.desks.supply.trade.model import OTHER_ASIA, WORLD, Flow, Teller
from architrave.desks.supply.trade.sources import Line, TradeFile

__all__ = ["NEW", "OLD", "Passed", "reports_in"]

NEW = frozenset("reporteriso partneriso flowcode cmdcode primaryvalue".split())
OLD = frozenset(
    ("year", "reporter iso", "partner iso", "commodity code", "trade value (us$)", "trade flow")
)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "year": ("refyear", "year"),
    "period": ("period",),
    "reporter": ("reporteriso", "reporter iso"),
    "reporter number": ("reportercode", "reporter code"),
    "partner": ("partneriso", "partner iso"),
    "partner number": ("partnercode", "partner code"),
    "flow": ("flowcode", "trade flow"),
    "code": ("cmdcode", "commodity code"),
    "value": ("primaryvalue", "trade value (us$)"),
    "weight": ("netwgt", "netweight (kg)"),
    "edition": ("classificationcode", "classification"),
}
_PARTS: Mapping[str, tuple[str, ...]] = {
    "partner2code": ("", "0"),
    "partner2iso": ("", WORLD, "WLD"),
    "2nd partner code": ("", "0"),
    "customscode": ("", "C00"),
    "customs proc. code": ("", "C00"),
    "motcode": ("", "0"),
    "mode of transport code": ("", "0"),
    "moscode": ("", "0"),
}
"""Columns that break a whole down, and what stands in them where the row is the whole."""
_FLOWS = {
    "m": (Teller.IMPORTER, False), "import": (Teller.IMPORTER, False),
    "imports": (Teller.IMPORTER, False), "x": (Teller.EXPORTER, False),
    "export": (Teller.EXPORTER, False), "exports": (Teller.EXPORTER, False),
    "rx": (Teller.EXPORTER, True), "re-export": (Teller.EXPORTER, True),
    "re-exports": (Teller.EXPORTER, True),
}  # fmt: skip
_EDITIONS = {"H0": 1988, "H1": 1996, "H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017, "H6": 2022}
_PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")


@dataclass
class Passed:
    """What was passed over, and why; `parts` are rows that break down a whole, by that whole.

    `editions` are the codes that were read, each with the edition in which it is told; `told` are
    the editions in which a party, or a compiler, tells its trade of a year.
    """

    parts: dict[tuple[str, ...], str] = field(default_factory=dict)
    count: int = 0
    flows: int = 0
    editions: set[tuple[str, int]] = field(default_factory=set)
    told: dict[tuple[str, int], set[int]] = field(default_factory=dict)


def reports_in(
    file: TradeFile, lines: Iterator[Line], passed: Passed, countries: Mapping[str, str]
) -> Iterator[tuple[int, tuple[str, ...], Flow]]:
    """The rows: line, what makes a row the same as another, and the flow.

    `countries` are letters by number, for a file that gives numbers only; it may be empty.
    """
    for line in lines:
        code = _cell(line, "code").zfill(6)
        place = f"{file.name}, line {line.number}"
        kind = _FLOWS.get(_cell(line, "flow").lower())
        if kind is None:
            passed.flows += 1
            continue
        reporter = _country(place, line, "reporter", countries)
        partner = _country(place, line, "partner", countries)
        year, month = _when(place, line)
        key = (str(year), str(month), reporter, partner, kind[0].value, str(kind[1]), code)
        if any(line.cells.get(one, "").strip() not in whole for one, whole in _PARTS.items()):
            passed.parts.setdefault(key, place)
            passed.count += 1
            continue
        edition = _EDITIONS.get(_cell(line, "edition"))
        if edition is not None:
            passed.editions.add((code, edition))
            passed.told.setdefault((reporter, year), set()).add(edition)
        value = amount(place, "value", _cell(line, "value"))
        if value is None:
            raise BadInput(f"{place}: the value is empty.")
        # A weight of 0 beside a value is how a missing one is written.
        weight = amount(place, "weight", _cell(line, "weight")) or None
        ends = (partner, reporter) if kind[0] is Teller.IMPORTER else (reporter, partner)
        yield line.number, key, Flow(year, month, *ends, code, value, weight, *kind)


def _cell(line: Line, what: str) -> str:
    return next((line.cells[one].strip() for one in _COLUMNS[what] if one in line.cells), "")


def _when(place: str, line: Line) -> tuple[int, int]:
    period = _cell(line, "period")
    if _PERIOD.fullmatch(period):
        return int(period[:4]), int(period[4:])
    if len(period) > 4:
        raise BadInput(
            f"{place}: the period must be a year or a month such as 202405, not {period[:20]!r}."
        )
    return year_of(place, "the year", _cell(line, "year") or period), 0


def _country(place: str, line: Line, what: str, countries: Mapping[str, str]) -> str:
    letters, number = _cell(line, what), _cell(line, f"{what} number")
    if number == "490":
        return OTHER_ASIA
    if letters in (WORLD, "WLD") or (not letters and number == "0"):
        return WORLD
    if letters and letters not in ("N/A", "NA"):
        return letters
    if number.isdecimal():
        return countries.get(number.lstrip("0"), f"code {number}")
    raise BadInput(f"{place}: it names no {what}.")
