"""The context of the forum's page of days after a loss: a path with a band for each region."""

from __future__ import annotations

from collections.abc import Sequence

from architrave.portal import formats
from architrave.portal.forum.chains_context import share_text
from architrave.portal.forum.exposure_context import regions_in_order
from architrave.portal.forum.fans import fan_chart, scale_of
from architrave.portal.forum.figures_file import PathBand, Varied
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.forum_frame import (
    forum_frame,
    forum_of,
    name_of,
    place_of_code,
    tabs_of,
    told_first,
)
from architrave.portal.forum.pages_forum import DaysPage, FanBlock, PeriodRow, VariedRow
from architrave.portal.reading import Copy

__all__ = ["band_text", "days_page", "lost_text", "part_text"]

_IN_DAYS = ("lasting", "recovery", "stock", "restoring")
_LOST = "lost "


def days_page(copy: Copy) -> DaysPage | None:
    """The page of days after a loss; None if this copy has no forum."""
    found = forum_of(copy)
    if found is None:
        return None
    data, _ = found
    said = data.figures.days
    return DaysPage(
        frame=forum_frame(copy, "days"),
        first=told_first(copy, data, "days"),
        tabs=tabs_of(copy, "days"),
        example=lost_text(copy, data),
        drawn=copy.say(
            "forum-days-drawn", answered=said.answered, drawn=said.drawn, seed=said.seed
        ),
        varied=tuple(_varied(copy, data, one) for one in _in_order(copy, said.ranges)),
        regions=tuple(_block(copy, data, one) for one in regions_in_order(copy, data)),
    )


def lost_text(copy: Copy, data: ForumData) -> str:
    """What is lost in the example: regions of which the same is lost stand together, by name."""
    days = data.figures.days
    together: dict[tuple[str, float, float], list[str]] = {}
    for one in _in_order(copy, days.ranges)[: len(days.lost)]:
        region, _, sector = one.name.removeprefix(_LOST).partition(":")
        together.setdefault((sector, one.low, one.high), []).append(region)
    said = []
    for (sector, low, high), regions in together.items():
        where = formats.listing([place_of_code(copy, data, one) for one in regions], copy.language)
        left = f"{where} · {formats.plain(name_of(copy, data, sector))}" if sector else where
        right = f"−{share_text(copy, 100 * low, 100 * high)}"
        said.append(copy.say("pair", left=left, right=right))
    return formats.listing(said, copy.language)


def part_text(part: float) -> str:
    """Output in percent of the usual, to two decimals."""
    return f"{100 * part:.2f}%"


def band_text(copy: Copy, data: ForumData, region: str) -> str:
    """The middle of a region where it is lowest, and both ends of its band there."""
    band, at = data.figures.days.regions[region], _lowest(data, region)
    low, middle, high = (f"{100 * line[at]:.2f}" for line in (band.low, band.middle, band.high))
    return copy.say("forum-days-band", middle=middle, low=low, high=high)


def _lowest(data: ForumData, region: str) -> int:
    middle = data.figures.days.regions[region].middle
    return middle.index(min(middle))


def _block(copy: Copy, data: ForumData, region: str) -> FanBlock:
    said, name = data.figures.days, place_of_code(copy, data, region)
    band: PathBand = said.regions[region]
    label = copy.say(
        "forum-days-label",
        region=formats.plain(name),
        lowest=band_text(copy, data, region),
        days=_period(copy, *said.periods[_lowest(data, region)]),
    )
    return FanBlock(
        anchor=f"days-{region.lower()}",
        region=name,
        chart=fan_chart(
            label, copy.say("forum-days-across"), copy.say("forum-days-up"), said.periods, band,
            scale_of(tuple(said.regions.values())),
        ),
        rows=tuple(
            PeriodRow(_period(copy, *days), part_text(low), part_text(middle), part_text(high))
            for days, low, middle, high in zip(
                said.periods, band.low, band.middle, band.high, strict=True
            )
        ),
    )  # fmt: skip


def _period(copy: Copy, first: int, last: int) -> str:
    return copy.say("forum-days-period", first=first, last=last)


def _in_order(copy: Copy, ranges: Sequence[Varied]) -> list[Varied]:
    """Shares lost by parties in the order of names, then the others as they stand."""
    regions = [one.name.removeprefix(_LOST).partition(":")[0] for one in ranges]
    places = [copy.order.index(one) if one in copy.order else len(copy.order) for one in regions]
    order = sorted(range(len(ranges)), key=lambda at: places[at])
    return [ranges[at] for at in order]


def _varied(copy: Copy, data: ForumData, one: Varied) -> VariedRow:
    if one.name.startswith(_LOST):
        cell = _cell(copy, data, one.name.removeprefix(_LOST))
        name = copy.say("pair", left=copy.say("forum-varied-lost"), right=cell)
    else:
        name = copy.say_of("forum-varied", one.name)
    if one.name in _IN_DAYS:
        ends = copy.say("forum-days-range", low=f"{one.low:g}", high=f"{one.high:g}")
    else:
        ends = share_text(copy, 100 * one.low, 100 * one.high)
    return VariedRow(name, ends)


def _cell(copy: Copy, data: ForumData, cell: str) -> str:
    region, _, sector = cell.partition(":")
    where = formats.plain(place_of_code(copy, data, region))
    return f"{where} · {formats.plain(name_of(copy, data, sector))}" if sector else where
