"""Makers on the left, stages on the right, and between them bands as wide as their shares.

Everything is laid out here, in the drawing's own units: a band of twice the share is twice as wide,
on both sides, and what is not known of a stage is a band too. The table beside it is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from architrave.portal.forum.pages_drawings import Band, BandChart, Box, length

__all__ = ["PER_PERCENT", "Flow", "Node", "band_chart"]

PER_PERCENT = 0.3
"""How wide a band is for each percent, in the drawing's units."""

_LEFT, _BAR, _BETWEEN, _WIDE, _FOOT = 150, 8, 270, 760, 6
_NAME, _GAP, _MIDDLE = 15, 12, 4  # room for a name; between boxes; from a line's middle to its foot


@dataclass(frozen=True, slots=True)
class Node:
    """A maker or a stage; `note` stands below its name, `kind` says how it is drawn."""

    id: str
    name: str
    lang: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A share of a stage, in percent, and the words of its band."""

    maker: str
    stage: str
    share: float
    title: str


def band_chart(
    label: str, pattern: str, makers: Sequence[Node], stages: Sequence[Node], flows: Sequence[Flow]
) -> BandChart:
    """Lay out bands between makers and stages, both in the order in which they are given.

    `pattern` names the hatching of this drawing, once on its page. Raises KeyError for a flow of a
    maker or stage that is not there.
    """
    left = _boxes(makers, {one.id: _sum(flows, maker=one.id) for one in makers})
    right = _boxes(stages, {one.id: max(100.0, _sum(flows, stage=one.id)) for one in stages})
    start = {one.id: float(box.y) for one, box in zip(makers, left, strict=True)}
    end = {one.id: float(box.y) for one, box in zip(stages, right, strict=True)}
    kinds = {one.id: one.kind for one in makers}
    places = {one.id: place for place, one in enumerate(makers)}
    order = {one.id: place for place, one in enumerate(stages)}
    bands = []
    for flow in sorted(flows, key=lambda one: (order[one.stage], places[one.maker])):
        width = flow.share * PER_PERCENT
        path = _path(start[flow.maker], end[flow.stage], width)
        bands.append(Band(path, kinds[flow.maker], flow.title))
        start[flow.maker] += width
        end[flow.stage] += width
    lowest = max(float(box.y) + max(float(box.height), _NAME) for box in (*left, *right))
    return BandChart(
        label=label,
        width=_WIDE,
        height=round(lowest + _FOOT),
        pattern=pattern,
        left=_LEFT,
        right=_LEFT + _BAR + _BETWEEN,
        bar=_BAR,
        makers=left,
        stages=right,
        bands=tuple(bands),
    )


def _sum(flows: Sequence[Flow], maker: str = "", stage: str = "") -> float:
    return sum(one.share for one in flows if maker in ("", one.maker) and stage in ("", one.stage))


def _boxes(nodes: Sequence[Node], percents: dict[str, float]) -> tuple[Box, ...]:
    """Boxes below each other, each with room for its name."""
    found, y = [], 4.0
    for one in nodes:
        height = percents[one.id] * PER_PERCENT
        middle = y + height / 2 if height >= _NAME else y + _NAME / 2
        found.append(
            Box(
                y=length(y),
                height=length(height),
                kind=one.kind,
                name=one.name,
                lang=one.lang,
                name_y=length(middle + (_MIDDLE if not one.note else -2)),
                note=one.note,
                note_y=length(middle + 10),
            )
        )
        y += max(height, _NAME) + _GAP
    return tuple(found)


def _path(start: float, end: float, width: float) -> str:
    """The outline of a band: across on its upper edge, down, and back on its lower edge."""
    x, to = _LEFT + _BAR, _LEFT + _BAR + _BETWEEN
    half = (x + to) / 2
    upper, lower = (start, end), (start + width, end + width)
    return (
        f"M{x} {upper[0]:.2f}C{half:g} {upper[0]:.2f} {half:g} {upper[1]:.2f} {to} {upper[1]:.2f}"
        f"V{lower[1]:.2f}"
        f"C{half:g} {lower[1]:.2f} {half:g} {lower[0]:.2f} {x} {lower[0]:.2f}Z"
    )
