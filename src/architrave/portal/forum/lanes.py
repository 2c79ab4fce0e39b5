"""Three bars from zero for each region, for a drawing: less to the left, more to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from architrave.portal.formats import Said, plain
from architrave.portal.forum.pages_drawings import Bar, LaneChart, LaneText, length
from architrave.portal.pages_rows import Shown

__all__ = ["NARROW", "WIDE", "Room", "lane_chart"]


@dataclass(frozen=True, slots=True)
class Room:
    """Where a drawing has its parts, in its own units.

    Names of tellings begin at `names`, and bars lie in `span` from `start`, from the largest loss
    to the largest gain; numbers end at `width`. The name of a region has a line of its own, `head`
    high, above its bars; without one (0) it stands to their left.
    """

    names: int
    start: int
    span: int
    width: int
    head: int


WIDE = Room(names=130, start=280, span=320, width=700, head=0)
NARROW = Room(names=0, start=116, span=170, width=340, head=19)
"""Fits a phone without being moved sideways."""

_LINE, _BAR, _APART, _TOP = 16, 11, 10, 6


def lane_chart(
    label: str,
    pattern: str,
    regions: Sequence[Shown],
    kinds: Mapping[str, str],
    changes: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    room: Room = WIDE,
) -> LaneChart:
    """Lay out changes (regions by kinds), each with its text; `kinds` names each in words."""
    least = min(0.0, *(one for line in changes for one in line))
    most = max(0.0, *(one for line in changes for one in line))
    scale = room.span / (most - least) if most > least else 0.0
    zero = round(room.start - least * scale)
    bars, names = [], []
    each = room.head + len(kinds) * _LINE + _APART
    for row, (region, line, words) in enumerate(zip(regions, changes, texts, strict=True)):
        top = _TOP + row * each + room.head
        lang = region.lang if isinstance(region, Said) else ""
        beside = top - _APART + 2 if room.head else top + _LINE + _BAR - 2
        names.append(LaneText(0, beside, plain(region), lang))
        for at, (kind, change, text) in enumerate(zip(kinds, line, words, strict=True)):
            y, width = top + at * _LINE, abs(change) * scale
            x = zero - width if change < 0 else float(zero)
            bars.append(Bar(length(x), y, length(width), kind, kinds[kind], y + _BAR - 2, text))
    return LaneChart(
        label=label,
        width=room.width,
        height=_TOP + len(regions) * each,
        zero=zero,
        bar=_BAR,
        pattern=pattern,
        names_x=room.names,
        numbers_x=room.width,
        regions=tuple(names),
        bars=tuple(bars),
    )
