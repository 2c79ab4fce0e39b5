"""The context of the forum's page of chains: each stage with its makers, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from architrave.portal import formats
from architrave.portal.forum.figures_file import Stage
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.forum_frame import (
    forum_frame,
    forum_of,
    lang_of,
    name_of,
    place_of_code,
    tabs_of,
    told_first,
)
from architrave.portal.forum.pages_forum import (
    ChainBlock,
    ChainsPage,
    ShareRow,
    StageRow,
    TierBlock,
)
from architrave.portal.forum.sankey import Flow, Node, band_chart
from architrave.portal.forum.stacks import stack_chart
from architrave.portal.reading import Copy
from architrave.portal.rows import source_link

__all__ = ["REST", "UNKNOWN", "chains_page", "makers_of", "measured_text", "share_text"]

TIERS = ("material", "component", "equipment", "process", "product")
UNKNOWN = "unknown"
"""Stands for the maker of whom nothing is known; no code of a publisher is in small letters."""

REST = "ROW"
"""The publishers' code for all others together: a known share of makers that are not named."""


def chains_page(copy: Copy) -> ChainsPage | None:
    """The page of chains; None if this copy has no forum."""
    found = forum_of(copy)
    if found is None:
        return None
    data, _ = found
    return ChainsPage(
        frame=forum_frame(copy, "chains"),
        first=told_first(copy, data, "chains"),
        tabs=tabs_of(copy, "chains"),
        chains=tuple(
            ChainBlock(
                name,
                name_of(copy, data, name),
                tuple(
                    _tier(copy, data, name, tier, chosen)
                    for tier in TIERS
                    if (chosen := [one for one in stages if one.tier == tier])
                ),
            )
            for name, stages in data.figures.chains.items()
        ),
    )


def _tier(copy: Copy, data: ForumData, chain: str, tier: str, stages: Sequence[Stage]) -> TierBlock:
    anchor = f"{chain}-{tier}"
    kind = formats.plain(name_of(copy, data, tier))
    words = {"chain": formats.plain(name_of(copy, data, chain)), "kind": kind}
    makers, ends = _makers(copy, data, stages), [_end(copy, data, one) for one in stages]
    flows = [flow for one in stages for flow in _flows(copy, data, one)]
    rows = tuple(_row(copy, data, one) for one in stages)
    return TierBlock(
        anchor=anchor,
        name=name_of(copy, data, tier),
        chart=band_chart(
            copy.say("forum-bands-label", **words), f"hatch-{anchor}", makers, ends, flows
        ),
        narrow=stack_chart(
            copy.say("forum-stacks-label", **words), f"narrow-{anchor}", makers, ends, flows,
            [share.share for row in rows for share in row.shares],
        ),
        stages=rows,
    )  # fmt: skip


def makers_of(copy: Copy, stages: Iterable[Stage]) -> tuple[str, ...]:
    """The makers of some stages: parties in the order of names, others by code, the rest last."""
    every = {who for one in stages for who in one.shares}
    parties = copy.ordered(every & set(copy.charter.party_ids))
    others = sorted(every - set(parties) - {REST})
    unknown = any(one.unknown for one in stages)
    rest = [REST] if REST in every else []
    return (*parties, *others, *rest, *([UNKNOWN] if unknown else []))


def _maker(copy: Copy, data: ForumData, code: str) -> formats.Said | str:
    return copy.say("forum-unknown") if code == UNKNOWN else place_of_code(copy, data, code)


def _makers(copy: Copy, data: ForumData, stages: Sequence[Stage]) -> list[Node]:
    parties = set(copy.charter.party_ids)
    return [
        Node(
            one,
            formats.plain(shown := _maker(copy, data, one)),
            lang_of(shown),
            UNKNOWN if one == UNKNOWN else "party" if one in parties else "other",
        )
        for one in makers_of(copy, stages)
    ]


def _end(copy: Copy, data: ForumData, stage: Stage) -> Node:
    name = name_of(copy, data, stage.id)
    measured = measured_text(copy, data, stage)
    return Node(stage.id, formats.plain(name), lang_of(name), "stage", measured)


def _flows(copy: Copy, data: ForumData, stage: Stage) -> Iterable[Flow]:
    """A band for each maker, as wide as the least that its source prints, and for the unknown."""
    name = formats.plain(name_of(copy, data, stage.id))
    for maker, (low, high) in _shares(copy, stage):
        shown = formats.plain(_maker(copy, data, maker))
        said = f"{shown} · {name}"
        yield Flow(
            maker, stage.id, low, copy.say("pair", left=said, right=share_text(copy, low, high))
        )


def _shares(copy: Copy, stage: Stage) -> Iterable[tuple[str, tuple[float, float]]]:
    """The shares of a stage in the order of the drawing, with what is not known of it."""
    for maker in makers_of(copy, [stage]):
        unknown = (stage.unknown, stage.unknown)
        yield maker, stage.shares[maker] if maker != UNKNOWN else unknown


def _row(copy: Copy, data: ForumData, stage: Stage) -> StageRow:
    known = {one.id for stages in data.figures.chains.values() for one in stages}
    upstream = [name_of(copy, data, one) for one in stage.upstream if one in known]
    shares = tuple(
        ShareRow(_maker(copy, data, maker), share_text(copy, *share), maker == UNKNOWN)
        for maker, share in _shares(copy, stage)
    )
    return StageRow(
        name=name_of(copy, data, stage.id),
        measured=measured_text(copy, data, stage),
        upstream=formats.listing(upstream, copy.language),
        shares=shares,
        span=len(shares),
        sources=tuple(source_link(one) for one in stage.sources),
    )


def measured_text(copy: Copy, data: ForumData, stage: Stage) -> str:
    """What was measured of a stage and in which year; that no figure is here, if so."""
    if not stage.measure:
        return copy.say("forum-no-figure")
    year = stage.year if stage.year is not None else copy.say("forum-no-year")
    measure = formats.plain(name_of(copy, data, stage.measure))
    return copy.say("forum-measured", measure=measure, year=year)


def share_text(copy: Copy, low: float, high: float) -> str:
    """A share in percent as its source prints it, or as a range."""
    if low == high:
        return f"{round(low, 2):g}%"
    return copy.say("forum-range", low=f"{round(low, 2):g}", high=f"{round(high, 2):g}")
