"""Bars from zero and the table that says the same, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Shown, told

__all__ = ["Bar", "BarChart", "TallyRow"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; everything is in the drawing's own units."""

    x: int = told("its left edge")
    y: int = told("its upper edge")
    width: int = told("its width")
    height: int = told("its height; nothing has none")
    middle: int = told("where its texts are centred")
    label: str = told("the text below it; empty where there is no room")
    count: str = told("the number that it stands for; empty where there is no room")
    count_y: int = told("the line on which that number stands")
    marked: bool = told("true if it is marked, by a sign and not by colour alone")


@dataclass(frozen=True, slots=True)
class BarChart:
    """Upright bars from zero."""

    label: str = told("what the drawing shows, in words")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    base: int = told("the line on which all bars stand")
    label_y: int = told("the line on which the labels stand")
    most: str = told("the number of the longest bar, at the scale's upper end")
    bars: tuple[Bar, ...] = told("the bars, one for each row of the table")


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A row of the table that says what a chart shows."""

    label: Shown | Moment = told("what is counted")
    count: str = told("how many")
    note: Shown = told("what is said besides; empty if nothing")
