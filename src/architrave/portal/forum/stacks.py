"""The same shares for a narrow screen: below each stage its makers, each with a bar from zero.

Bands need room between makers and stages. On a phone they would be moved sideways, and the two
never seen together; here each maker stands beside its bar, and the whole width is the whole world.
"""

from __future__ import annotations

from collections.abc import Sequence

from architrave.portal.forum.pages_drawings import LaneText, ShareBar, StackChart, length
from architrave.portal.forum.sankey import Flow, Node

__all__ = ["NARROW_PERCENT", "stack_chart"]

NARROW_PERCENT = 1.7
"""How long a bar is for each percent, in the drawing's units."""

_WIDTH, _NAMES, _LINE, _BAR, _GAP, _APART, _FOOT = 350, 118, 18, 11, 7, 12, 4
_NAME, _NOTE, _BASE = 13, 14, 9  # heights of a stage's name and note; a line's foot below its top


def stack_chart(
    label: str,
    pattern: str,
    makers: Sequence[Node],
    stages: Sequence[Node],
    flows: Sequence[Flow],
    shares: Sequence[str],
) -> StackChart:
    """Lay out flows, each with its share in words, below their stages and in their order."""
    by_id = {one.id: one for one in makers}
    names, notes, bars, y = [], [], [], 0
    for stage in stages:
        names.append(LaneText(0, y + _NAME, stage.name, stage.lang))
        notes.append(LaneText(0, y + _NAME + _NOTE, stage.note, ""))
        y += _NAME + _NOTE + _GAP
        for flow, share in zip(flows, shares, strict=True):
            if flow.stage != stage.id:
                continue
            maker, width = by_id[flow.maker], flow.share * NARROW_PERCENT
            bars.append(
                ShareBar(
                    y=y, width=length(width), kind=maker.kind, name=maker.name, lang=maker.lang,
                    text_x=round(_NAMES + width) + _GAP, text_y=y + _BASE, text=share,
                )
            )  # fmt: skip
            y += _LINE
        y += _APART
    return StackChart(
        label=label,
        width=_WIDTH,
        height=y - _APART + _FOOT,
        pattern=pattern,
        zero=_NAMES,
        bar=_BAR,
        stages=tuple(names),
        notes=tuple(notes),
        bars=tuple(bars),
    )
