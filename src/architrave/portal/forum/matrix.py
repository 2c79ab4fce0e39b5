"""A matrix of bars from zero, laid out for a drawing; the table beside it is the caller's."""

from __future__ import annotations

from collections.abc import Sequence

from architrave.portal.formats import Said, plain
from architrave.portal.forum.pages_drawings import CellBar, LaneText, MatrixChart, length
from architrave.portal.pages_rows import Shown

__all__ = ["LONGEST", "matrix_chart"]

LONGEST = 36
"""How long the longest bar is, in the drawing's units."""

_LEFT, _COLUMN, _HEAD, _LINE, _BAR, _GAP = 216, 82, 26, 22, 12, 4


def matrix_chart(
    label: str,
    rows: Sequence[Shown],
    columns: Sequence[Shown],
    shares: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    own: Sequence[int],
) -> MatrixChart:
    """Lay out shares (rows by columns), each with its text; `own` is each row's own column.

    What a region takes from itself would leave no room for the rest, so it has a number and no bar.
    """
    most = max(
        (
            share
            for line, mine in zip(shares, own, strict=True)
            for at, share in enumerate(line)
            if at != mine
        ),
        default=0.0,
    )
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


def _text(x: int, y: int, shown: Shown) -> LaneText:
    return LaneText(x, y, plain(shown), shown.lang if isinstance(shown, Said) else "")
