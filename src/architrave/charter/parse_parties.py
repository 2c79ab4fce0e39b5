"""Reading parties, their holidays, and the orders in which they are named."""

from __future__ import annotations

import re
from datetime import date

from architrave.charter.forms import Sheet, shown
from architrave.charter.model import Party

__all__ = ["PARTY_ID", "read_orders", "read_party"]

PARTY_ID = r"[A-Z][A-Z0-9]{1,7}"

_OFFSET = re.compile(r"([+-])(0\d|1[0-4]):([0-5]\d)")
_ZONE = r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]+){0,2}"

Orders = tuple[tuple[str, tuple[str, ...]], ...]


def read_party(sheet: Sheet) -> Party:
    """Read one party with its names, its clock and its holidays."""
    party = sheet.text("id", PARTY_ID, "an id of capital letters and digits")
    short, full, adjective, capital = (
        sheet.translated(one) for one in ("short", "full", "adjective", "capital")
    )
    zone = sheet.text("time_zone", _ZONE, "an IANA time zone such as Europe/Paris")
    offset = _OFFSET.fullmatch(
        sheet.text("utc_offset", _OFFSET.pattern, 'an offset from UTC such as "+09:00"')
    )
    minutes = int(offset[2]) * 60 + int(offset[3]) if offset else 0
    holidays = sheet.sheet("holidays")
    days, years = _read_holidays(holidays) if holidays else (frozenset[date](), (0, 0))
    sheet.end()
    return Party(
        id=party,
        short=short,
        full=full,
        adjective=adjective,
        capital=capital,
        time_zone=zone,
        offset_minutes=-minutes if offset and offset[1] == "-" else minutes,
        holidays=days,
        holiday_years=years,
    )


def read_orders(
    root: Sheet, languages: tuple[str, ...], everyone: tuple[str, ...]
) -> tuple[Orders, Orders]:
    """Read the orders of names by language and by capital; each is a permutation of the parties."""
    sheet = root.sheet("order")
    if sheet is None:
        return (), ()
    by_language = tuple((one, _read_order(sheet, one, everyone)) for one in languages)
    inner = sheet.sheet("capital")
    by_capital: Orders = ()
    if inner is not None:
        by_capital = tuple((one, _read_order(inner, one, everyone)) for one in everyone if one)
        for party, order in by_capital:
            if order and order[0] != party:
                inner.fault(party, f"{party} first, since each copy names its own state first",
                            shown(order[0]))  # fmt: skip
        inner.end()
    sheet.end()
    return by_language, by_capital


def _read_order(sheet: Sheet, key: str, everyone: tuple[str, ...]) -> tuple[str, ...]:
    order = sheet.names(key, PARTY_ID, "ids of parties")
    if set(order) != set(everyone):
        sheet.fault(key, f"every party once ({', '.join(everyone)})", ", ".join(order) or "none")
    return order


def _read_holidays(sheet: Sheet) -> tuple[frozenset[date], tuple[int, int]]:
    years = sorted(key for key in sheet.left if re.fullmatch(r"[12]\d{3}", key))
    found: list[date] = []
    for year in years:
        days = sheet.days(year)
        for index, day in enumerate(days):
            if str(day.year) != year:
                sheet.reading.fault((*sheet.path, year, index), f"a day of {year}", str(day))
        found.extend(days)
    numbers = [int(year) for year in years]
    if not numbers:
        sheet.reading.fault(sheet.path, "a list of holidays for at least one year", "none")
        numbers = [0]
    elif numbers != list(range(numbers[0], numbers[-1] + 1)):
        sheet.reading.fault(sheet.path, "years without a gap", ", ".join(years))
    sheet.end()
    return frozenset(found), (numbers[0], numbers[-1])
