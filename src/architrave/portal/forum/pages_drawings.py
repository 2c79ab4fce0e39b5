"""The drawings of the forum's pages, each field with its help; a table beside says the same."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.pages_rows import told

__all__ = [
    "Band",
    "BandChart",
    "Bar",
    "Box",
    "CellBar",
    "Course",
    "CourseChart",
    "FanChart",
    "LaneChart",
    "LaneText",
    "Level",
    "MatrixChart",
    "ShareBar",
    "StackChart",
    "Tick",
    "length",
]


def length(units: float) -> str:
    """A place or a length in a drawing's own units, as a drawing writes it in every language."""
    return f"{units:.2f}"


@dataclass(frozen=True, slots=True)
class Band:
    """A share of a stage, as a band from its maker."""

    path: str = told("its outline, in the drawing's units: as wide as its share on both sides")
    kind: str = told("party, other, or unknown; the last is hatched")
    title: str = told("the same in words: maker, stage, share")


@dataclass(frozen=True, slots=True)
class Box:
    """A maker or a stage, at the end of its bands."""

    y: str = told("its upper edge")
    height: str = told("its height; that of a stage is the whole world's output of it")
    kind: str = told("party, other, unknown or stage")
    name: str = told("its name")
    lang: str = told("the language of that, where it is not the page's; else empty")
    name_y: str = told("the line on which the name stands")
    note: str = told("what was measured, and when; empty for a maker")
    note_y: str = told("the line on which that stands")


@dataclass(frozen=True, slots=True)
class BandChart:
    """Makers on the left, stages on the right, and a band for each share between them."""

    label: str = told("what the drawing shows, in words")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    pattern: str = told("the name of its hatching, once on the page")
    left: int = told("where the makers' boxes begin")
    right: int = told("where the stages' boxes begin")
    bar: int = told("how wide a box is")
    makers: tuple[Box, ...] = told("the makers: the parties first, what is not known last")
    stages: tuple[Box, ...] = told("the stages, each after those that it takes from")
    bands: tuple[Band, ...] = told("the bands, one for each row of the table")


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A share of a stage, or of a row of the matrix, as a bar from zero, with its maker."""

    y: int = told("its upper edge")
    width: str = told("its length, from zero; empty for what a region takes from itself")
    kind: str = told("party, other, or unknown (hatched); in a matrix bar, or own for no bar")
    name: str = told("the maker, or the region whose output it is")
    lang: str = told("the language of that, where it is not the page's; else empty")
    text_x: int = told("where the share begins")
    text_y: int = told("the line on which the maker and the share stand")
    text: str = told("the share in words, as the table has it")


@dataclass(frozen=True, slots=True)
class StackChart:
    """The same as `BandChart` or `MatrixChart` for a narrow screen: below each stage its makers."""

    label: str = told("what the drawing shows, in words")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    pattern: str = told("the name of its hatching, once on the page; empty without any")
    zero: int = told("where zero is")
    bar: int = told("how high a bar is")
    stages: tuple[LaneText, ...] = told("the names of the stages, or of the rows of the matrix")
    notes: tuple[LaneText, ...] = told("what was measured of each stage, and when")
    bars: tuple[ShareBar, ...] = told("the bars, one for each row of the table")


@dataclass(frozen=True, slots=True)
class LaneText:
    """A name beside or above the drawing."""

    x: int = told("where it begins, or its middle above a column")
    y: int = told("the line on which it stands")
    text: str = told("the name")
    lang: str = told("the language of that, where it is not the page's; else empty")


@dataclass(frozen=True, slots=True)
class CellBar:
    """A cell of the matrix: a bar from zero and its number, or only the number."""

    x: int = told("where the bar begins")
    y: int = told("its upper edge")
    width: str = told("its length, from zero; empty for what a region takes from itself")
    text_x: int = told("where the number begins")
    text_y: int = told("the line on which the number stands")
    text: str = told("the number that it stands for")
    own: bool = told("true if it is what a region takes from itself")


@dataclass(frozen=True, slots=True)
class MatrixChart:
    """Buyers by row, those they take from by column, and in each cell a bar from zero."""

    label: str = told("what the drawing shows, in words")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    bar: int = told("how high a bar is")
    rows: tuple[LaneText, ...] = told("the names of the rows")
    columns: tuple[LaneText, ...] = told("the names of the columns")
    cells: tuple[CellBar, ...] = told("the cells, row by row, one for each number of the table")


@dataclass(frozen=True, slots=True)
class Bar:
    """A change as a bar from zero, to the left for less and to the right for more."""

    x: str = told("its left edge")
    y: int = told("its upper edge")
    width: str = told("its length, from zero")
    kind: str = told("which telling it is of, as the desk names it")
    name: str = told("the same in words, beside it")
    name_y: int = told("the line on which that and the number stand")
    number: str = told("the number that it stands for")


@dataclass(frozen=True, slots=True)
class LaneChart:
    """Three bars for each region, from zero, one for each telling."""

    label: str = told("what the drawing shows, in words")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    zero: int = told("where zero is")
    bar: int = told("how high a bar is")
    pattern: str = told("the name of its hatching, once on the page")
    names_x: int = told("where the names of the tellings begin")
    numbers_x: int = told("where the numbers end")
    regions: tuple[LaneText, ...] = told("the names of the regions, each beside or above its bars")
    bars: tuple[Bar, ...] = told("the bars, one for each number of the table")


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the drawing, at a value that is written beside it."""

    y: str = told("where the line is")
    text_y: str = told("the line on which the value stands")
    text: str = told("the value, in percent")


@dataclass(frozen=True, slots=True)
class Tick:
    """A day or a year below the drawing."""

    x: str = told("where it is")
    y: int = told("the line on which its number stands")
    text: str = told("the year, or the day, counted from the day before the loss")


@dataclass(frozen=True, slots=True)
class FanChart:
    """A path with its band: output of one region over the days after a loss."""

    label: str = told("what the drawing shows, in words, with the lowest point")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    left: int = told("where the room for the lines begins")
    right: int = told("where it ends")
    bottom: int = told("its lower edge")
    base: str = told("where usual output is")
    band: str = told("the outline of the band, in the drawing's units")
    low: str = told("its lower edge, a point for each row of the table")
    middle: str = told("the line in it, likewise")
    high: str = told("its upper edge, likewise")
    levels: tuple[Level, ...] = told("the values on the vertical axis, from below")
    ticks: tuple[Tick, ...] = told("the days on the horizontal axis")
    across: str = told("what the horizontal axis is, in words")
    across_y: int = told("the line on which that stands")
    up: str = told("what the vertical axis is, in words")


@dataclass(frozen=True, slots=True)
class Course:
    """One direction of a pair over the years, as a line; the second of a drawing is dashed."""

    name: LaneText = told("whose value added in whose demand, beside a sample of the line")
    sample_y: int = told("where the sample of the line is")
    path: str = told("the line, a point for each row of the table")


@dataclass(frozen=True, slots=True)
class CourseChart:
    """Both directions of a pair over the years, in percent from zero."""

    label: str = told("what the drawing shows, in words, with both ends of each line")
    width: int = told("the width of the drawing")
    height: int = told("its height")
    left: int = told("where the room for the lines begins")
    right: int = told("where it ends")
    bottom: int = told("its lower edge, which is zero")
    sample: int = told("where the samples of the lines end")
    up: str = told("what the vertical axis is, in words")
    up_y: int = told("the line on which that stands")
    levels: tuple[Level, ...] = told("the values on the vertical axis, from zero")
    ticks: tuple[Tick, ...] = told("some of the years on the horizontal axis")
    courses: tuple[Course, ...] = told("both directions")
