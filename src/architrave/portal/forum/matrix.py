"""A matrix of bars from zero, laid out for a drawing; the table beside it is the caller's.

What a region takes from itself would leave no room for the rest, so it has a number and no bar.
Bars are told apart across drawings only if all have one scale, so the caller gives `most`, the
share of the longest bar of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from architrave.portal.formats import Said, plain
from architrave.portal.forum.pages_drawings import (
    CellBar,
    LaneText,
    MatrixChart,
    ShareBar,
    StackChart,
    length,
)
from architrave.portal.pages_rows import Shown

__all__ = ["LONGEST", "NARROW_LONGEST", "matrix_chart", "matrix_stack", "most_of"]

LONGEST = 40
"""How long the longest bar of all drawings is, in the drawing's units."""

NARROW_LONGEST = 170
"""The same in a drawing for a narrow screen."""

_LEFT, _COLUMN, _HEAD, _LINE, _BAR, _GAP = 216, 88, 26, 22, 12, 4
_WIDTH, _NAMES, _NAME, _EACH, _THIN, _APART, _FOOT = 350, 118, 20, 15, 9, 12, 4


def most_of(shares: Iterable[Sequence[float]], own: Iterable[int]) -> float:
    """The largest share that has a bar, of rows that each have their own column; 0 of none."""
    return max(
        (
            share
            for line, mine in zip(shares, own, strict=True)
            for at, share in enumerate(line)
            if at != mine
        ),
        default=0.0,
    )


def matrix_chart(
    label: str,
    rows: Sequence[Shown],
    columns: Sequence[Shown],
    shares: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    own: Sequence[int],
    most: float,
) -> MatrixChart:
    """Lay out shares (rows by columns), each with its text; `own` is each row's own column."""
    cells = []
    for row, (line, words, mine) in enumerate(zip(shares, texts, own, strict=True)):
        y = _HEAD + row * _LINE
        for at, (share, text) in enumerate(zip(line, words, strict=True)):
            x = _LEFT + at * _COLUMN
            own_share = at == mine
            width = 0.0 if own_share or most == 0 else share * LONGEST / most
            text_x = x if own_share else round(x + width) + _GAP
            shown = "" if own_share else length(width)
            cells.append(CellBar(x, y, shown, text_x, y + _BAR - 2, text, own_share))
    return MatrixChart(
        label=label,
        width=_LEFT + len(columns) * _COLUMN,
        height=_HEAD + len(rows) * _LINE,
        bar=_BAR,
        rows=tuple(_text(0, _HEAD + at * _LINE + _BAR - 2, one) for at, one in enumerate(rows)),
        columns=tuple(_text(_LEFT + at * _COLUMN, 14, one) for at, one in enumerate(columns)),
        cells=tuple(cells),
    )


def matrix_stack(
    label: str,
    rows: Sequence[Shown],
    columns: Sequence[Shown],
    shares: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    own: Sequence[int],
    most: float,
) -> StackChart:
    """The same for a narrow screen: below each row its columns, each with a bar from zero."""
    names, bars, y = [], [], 0
    for row, line, words, mine in zip(rows, shares, texts, own, strict=True):
        names.append(_text(0, y + _NAME - 7, row))
        y += _NAME
        for at, (column, share, text) in enumerate(zip(columns, line, words, strict=True)):
            own_share = at == mine
            width = 0.0 if own_share or most == 0 else share * NARROW_LONGEST / most
            named = _text(_NAMES, y + _THIN, column)
            bars.append(
                ShareBar(
                    y=y, width="" if own_share else length(width),
                    kind="own" if own_share else "bar", name=named.text, lang=named.lang,
                    text_x=round(_NAMES + width) + _GAP, text_y=named.y, text=text,
                )
            )  # fmt: skip
            y += _EACH
        y += _APART
    return StackChart(
        label=label,
        width=_WIDTH,
        height=y - _APART + _FOOT,
        pattern="",
        zero=_NAMES,
        bar=_THIN,
        stages=tuple(names),
        notes=(),
        bars=tuple(bars),
    )


def _text(x: int, y: int, shown: Shown) -> LaneText:
    return LaneText(x, y, plain(shown), shown.lang if isinstance(shown, Said) else "")
