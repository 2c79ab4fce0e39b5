"""Three bars from zero for each region, for a drawing: less to the left, more to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from architrave.portal.formats import Said, plain
from architrave.portal.forum.pages_drawings import Bar, LaneChart, LaneText, length
from architrave.portal.pages_rows import Shown

__all__ = ["SPAN", "lane_chart"]

SPAN = 320
"""How much room there is from the largest loss to the largest gain, in the drawing's units."""

_LEFT, _NAMES, _NUMBERS, _LINE, _BAR, _APART, _TOP = 130, 130, 700, 16, 11, 10, 6
_START = 280  # where the bars' room begins


def lane_chart(
    label: str,
    pattern: str,
    regions: Sequence[Shown],
    kinds: Mapping[str, str],
    changes: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
) -> LaneChart:
    """Lay out changes (regions by kinds), each with its text; `kinds` names each in words."""
    least = min(0.0, *(one for line in changes for one in line))
    most = max(0.0, *(one for line in changes for one in line))
    scale = SPAN / (most - least) if most > least else 0.0
    zero = round(_START - least * scale)
    bars, names = [], []
    each = len(kinds) * _LINE + _APART
    for row, (region, line, words) in enumerate(zip(regions, changes, texts, strict=True)):
        top = _TOP + row * each
        lang = region.lang if isinstance(region, Said) else ""
        names.append(LaneText(0, top + _LINE + _BAR - 2, plain(region), lang))
        for at, (kind, change, text) in enumerate(zip(kinds, line, words, strict=True)):
            y, width = top + at * _LINE, abs(change) * scale
            x = zero - width if change < 0 else float(zero)
            bars.append(Bar(length(x), y, length(width), kind, kinds[kind], y + _BAR - 2, text))
    return LaneChart(
        label=label,
        width=_NUMBERS,
        height=_TOP + len(regions) * each,
        zero=zero,
        bar=_BAR,
        pattern=pattern,
        names_x=_NAMES,
        numbers_x=_NUMBERS,
        regions=tuple(names),
        bars=tuple(bars),
    )
