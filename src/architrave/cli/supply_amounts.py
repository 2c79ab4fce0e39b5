"""Amounts of stages, dates and what is left out, in words and as rows, for all verbs of chains."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from architrave.cli.layout import paragraph
from architrave.cli.supply_rows import AmountRow, UndatedShareRow

if TYPE_CHECKING:
    from architrave.desks.supply.chains.model import Amount, Figure

__all__ = [
    "amount_row", "amount_words", "dates_row", "dates_words", "left_out_lines", "quantity",
    "span", "undated_row", "year_of",
]  # fmt: skip


def span(low: float | None, high: float | None, unit: str) -> str:
    """A range in words; an end that no source prints is none."""
    if low is None:
        return f"up to {high:.3g}{unit}"
    if high is None:
        return f"{low:.3g}{unit} or more"
    return f"{low:.3g}{unit}" if low == high else f"{low:.3g} to {high:.3g}{unit}"


def quantity(low: float | None, high: float | None, unit: str, figures: int = 6) -> str:
    """An amount in words, with so many figures that count: at most, at least, or between two."""

    def said(number: float | None) -> str:
        number = float(f"{number:.{figures}g}")
        return f"{number:,.{figures}g}" if number < 10**figures else f"{number:,.0f}"

    if not low:
        return f"at most {said(high)} {unit}" if high else f"no amount bounds it, in {unit}"
    if high is None:
        return f"at least {said(low)} {unit}"
    return f"{said(low)} {unit}" if low == high else f"{said(low)} to {said(high)} {unit}"


def amount_words(one: Amount) -> str:
    """How much, of what, and in which year: ``255.4 kt contained a year, output (2024)``."""
    what = one.counted.value + (f" of {one.part}" if one.part else "")
    year = f"({year_of(one.year)})" if one.year else year_of(None)
    return f"{quantity(one.low, one.high, one.unit)} a {one.per.value}, {what} {year}"


def amount_row(one: Amount) -> AmountRow:
    """The same for JSON."""
    return AmountRow(
        one.stage, one.country, one.part, one.counted.value, [one.low, one.high], one.unit,
        one.per.value, one.year, one.note, one.source,
    )  # fmt: skip


def year_of(year: int | None) -> str:
    """The year of a figure, or that none is printed."""
    return str(year) if year else "(no year printed)"


def dates_words(dates: Sequence[str]) -> str:
    """Months, years or times of rows of stock or months, in brackets."""
    told = [" to ".join(_month(end) for end in one.split("/")) for one in dates if one]
    if "" in dates:
        told.append("in part not dated" if told else "not dated")
    return f"({', '.join(told)})"


def dates_row(dates: Iterable[str]) -> list[str | None]:
    """The same for JSON."""
    return [one or None for one in dates]


def undated_row(one: Figure) -> UndatedShareRow:
    """A share without a year for JSON."""
    low = one.share if one.low is None else one.low
    high = one.share if one.high is None and one.low is None else one.high
    return UndatedShareRow(one.stage, one.country, one.measure, [low, high], one.note, one.source)


def left_out_lines(figures: Iterable[Figure], indent: int = 0) -> Iterator[str]:
    """The shares of the world that were passed over, each with its stage and its note."""
    for one in figures:
        low, high = undated_row(one).share
        note = f" ({one.note})" if one.note else ""
        yield from paragraph(
            f"Left out, as no year is printed with it: {one.stage} {one.country} "
            f"{span(low, high, '%')} of the world's {one.measure}{note}.", indent,
        )  # fmt: skip


def _month(date_: str) -> str:
    year, _, month = date_.partition("-")
    return f"{month_name[int(month)]} {year}" if month else year
