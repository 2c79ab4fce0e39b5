"""The context of the forum's page of an example: a stoppage told three times."""

from __future__ import annotations

from architrave.portal import formats
from architrave.portal.forum.exposure_context import regions_in_order
from architrave.portal.forum.figures_file import TOLD
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.forum_frame import (
    forum_frame,
    forum_of,
    name_of,
    place_of_code,
    tabs_of,
    told_first,
)
from architrave.portal.forum.lanes import NARROW, lane_chart
from architrave.portal.forum.pages_forum import AssumedRow, ShockRow, ShocksPage
from architrave.portal.reading import Copy

__all__ = ["change_text", "changes_of", "example_text", "shocks_page"]


def shocks_page(copy: Copy) -> ShocksPage | None:
    """The page of the example; None if this copy has no forum."""
    found = forum_of(copy)
    if found is None:
        return None
    data, _ = found
    order = regions_in_order(copy, data)
    names = {kind: copy.say_of("forum-told", kind) for kind in TOLD}
    regions = [place_of_code(copy, data, one) for one in order]
    changes = [changes_of(data, one) for one in order]
    texts = [tuple(change_text(one) for one in line) for line in changes]
    example = example_text(copy, data)
    return ShocksPage(
        frame=forum_frame(copy, "shocks"),
        first=told_first(copy, data, "shocks"),
        tabs=tabs_of(copy, "shocks"),
        example=example,
        tellings=tuple(
            AssumedRow(name, copy.say_of("forum-assumed", kind)) for kind, name in names.items()
        ),
        chart=lane_chart(
            copy.say("forum-lanes-label", example=example), "hatch-shocks",
            regions, names, changes, texts,
        ),
        narrow=lane_chart(
            copy.say("forum-lanes-narrow", example=example), "narrow-shocks",
            regions, names, changes, texts, NARROW,
        ),
        rows=tuple(
            ShockRow(region, text, _money(data, code))
            for region, code, text in zip(regions, order, texts, strict=True)
        ),
    )  # fmt: skip


def example_text(copy: Copy, data: ForumData) -> str:
    """What is missing in the example: a sector of a region, and how much of its output."""
    said = []
    for cell, share in data.figures.shortage.missing.items():
        region, _, sector = cell.partition(":")
        where = formats.plain(place_of_code(copy, data, region))
        what = f"{where} · {formats.plain(name_of(copy, data, sector))}" if sector else where
        said.append(copy.say("pair", left=what, right=f"−{100 * share:g}%"))
    return formats.listing(said, copy.language)


def changes_of(data: ForumData, region: str) -> tuple[float, ...]:
    """The change of a region's output by telling, as parts of its output before."""
    short, at = data.figures.shortage, data.figures.exposure.regions.index(region)
    return tuple(short.told[kind][at] / short.output[at] for kind in TOLD)


def change_text(change: float) -> str:
    """A change in percent with its sign, to two decimals."""
    shown = f"{100 * abs(change):.2f}%"
    if shown == "0.00%":
        return shown
    return f"−{shown}" if change < 0 else f"+{shown}"


def _money(data: ForumData, region: str) -> tuple[str, ...]:
    short, at = data.figures.shortage, data.figures.exposure.regions.index(region)
    return tuple(_signed(round(short.told[kind][at])) for kind in TOLD)


def _signed(amount: int) -> str:
    sign = "−" if amount < 0 else "+" if amount > 0 else ""
    return f"{sign}{formats.number(abs(amount))}"
