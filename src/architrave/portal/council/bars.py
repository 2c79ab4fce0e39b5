"""Upright bars from zero, laid out for a drawing; the table beside them is the caller's."""

from __future__ import annotations

from collections.abc import Sequence

from architrave.portal import formats
from architrave.portal.council.pages_charts import Bar, BarChart

__all__ = ["bar_chart"]

# The drawing's own units: room for the scale's number, the longest bar, room for texts.
_LEFT, _WIDE, _LONGEST, _HEAD, _FOOT = 44, 640, 150, 24, 22
_WIDEST = 46
_NARROWEST_COUNT = 16  # a bar's column narrower than this has no room for its number


def bar_chart(
    label: str,
    counts: Sequence[int],
    names: Sequence[str],
    marked: Sequence[bool] = (),
) -> BarChart | None:
    """Bars for counts, each with the name below it; an empty name is left out.

    None where nothing was counted. `marked` says which bars carry a mark.
    """
    most = max(counts, default=0)
    if most == 0:
        return None
    column = min((_WIDE - _LEFT) / len(counts), 2 * _WIDEST)
    width = max(2, min(_WIDEST, round(column * 0.72)))
    base = _HEAD + _LONGEST
    marks = marked or [False] * len(counts)
    bars = []
    for at, (count, name, mark) in enumerate(zip(counts, names, marks, strict=True)):
        x = round(_LEFT + at * column + (column - width) / 2)
        height = round(count * _LONGEST / most)
        bars.append(
            Bar(
                x=x,
                y=base - height,
                width=width,
                height=height,
                middle=x + width // 2,
                label=name,
                count=formats.number(count) if column >= _NARROWEST_COUNT else "",
                count_y=base - height - 5,
                marked=mark,
            )
        )
    return BarChart(
        label=label,
        width=_WIDE,
        height=base + _FOOT,
        base=base,
        label_y=base + 15,
        most=formats.number(most),
        bars=tuple(bars),
    )
