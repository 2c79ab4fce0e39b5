"""The forum's drawings on a narrow screen: the numbers of the wide ones, within its width."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from forum_scenes import FOLDER, forum_copy, shipped_forum
from page_scenes import Scene, opened

from architrave.portal.beside import Beside
from architrave.portal.formats import plain
from architrave.portal.forum.chains_context import UNKNOWN, chains_page
from architrave.portal.forum.exposure_context import exposure_page
from architrave.portal.forum.figures_file import TOLD
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.lanes import NARROW, WIDE
from architrave.portal.forum.matrix import LONGEST, NARROW_LONGEST
from architrave.portal.forum.shocks_context import shocks_page
from architrave.portal.forum.stacks import NARROW_PERCENT
from architrave.portal.words import LANGUAGES

every = pytest.mark.parametrize("language", LANGUAGES)


@cache
def data() -> ForumData:
    return shipped_forum()


@cache
def scene() -> Scene:
    return opened()


def shown_in(screen: Callable[..., Any]) -> Any:
    return replace(screen(scene().world), beside=Beside(None, data()))


@every
def test_on_a_narrow_screen_each_share_is_a_bar_as_long_as_the_file_has_it(language: str) -> None:
    page = chains_page(forum_copy(scene(), language, data()))
    assert page is not None
    count = 0
    for chain in page.chains:
        for tier in chain.tiers:
            shares = [(row, share) for row in tier.stages for share in row.shares]
            assert len(tier.narrow.bars) == len(shares) == len(tier.chart.bands)
            assert [one.text for one in tier.narrow.stages] == [plain(r.name) for r in tier.stages]
            assert [one.text for one in tier.narrow.notes] == [r.measured for r in tier.stages]
            heads = [one.y for one in tier.narrow.notes]
            spans = iter([*heads[1:], tier.narrow.height])
            end = 0
            for bar, band, (row, share) in zip(
                tier.narrow.bars, tier.chart.bands, shares, strict=True
            ):
                assert (bar.name, bar.text) == (plain(share.maker), share.share)
                assert (bar.kind == UNKNOWN) == share.unknown
                assert bar.kind == band.kind
                least = float(re.findall(r"[\d.]+", share.share)[0])
                assert float(bar.width) == pytest.approx(least * NARROW_PERCENT, abs=0.02)
                if share is row.shares[0]:
                    assert bar.y > heads[tier.stages.index(row)]
                    end = next(spans)
                assert bar.y + tier.narrow.bar < end
                count += 1
    assert count > 120


@pytest.mark.parametrize(
    ("path", "kind"), [("chains", "bands"), ("exposure", "matrix"), ("shocks", "lanes")]
)
def test_one_of_the_two_drawings_is_shown_and_no_script_chooses(
    screen: Callable[..., Any], path: str, kind: str
) -> None:
    page = shown_in(screen).page(f"/en/forum/{path}")
    css = (FOLDER.parents[1] / "src/architrave/portal/static/portal/forum.css").read_text("utf-8")
    shown = re.findall(r'<figure class="chart ([a-z]+)"', page)
    drawn = [one for one in shown if one != "fan"]  # courses over years fit a phone as they are
    assert ("fan" in shown) == (path == "exposure")
    assert drawn == [kind, "stacks"] * (len(drawn) // 2)
    assert drawn
    wide, narrow = css.split("@media screen and (max-width: 45.99rem) {", 1)
    assert ".chart.stacks { display: none; }" in wide
    hidden, _, shown = narrow.split("}\n")[0].partition("{ display: none; }")
    assert f".chart.{kind}" in hidden
    assert ".chart.stacks { display: block; }" in shown
    assert "<script" not in page


@every
def test_on_a_narrow_screen_the_matrix_has_the_cells_of_the_wide_one(language: str) -> None:
    page = exposure_page(forum_copy(scene(), language, data()))
    assert page is not None
    longest = 0.0
    for block in (page.regions, *page.sectors):
        narrow, columns = block.narrow, [plain(one) for one in block.columns]
        assert [one.text for one in narrow.stages] == [plain(row.name) for row in block.rows]
        assert [one.name for one in narrow.bars] == columns * len(block.rows)
        assert [one.text for one in narrow.bars] == [
            share for row in block.rows for share in row.shares
        ]
        for at, (bar, cell) in enumerate(zip(narrow.bars, block.chart.cells, strict=True)):
            assert (bar.width == "", bar.kind == "own") == (cell.own, cell.own)
            head = narrow.stages[at // len(columns)].y
            assert head < bar.y
            assert bar.y + narrow.bar <= narrow.height
            if not cell.own:
                wanted = float(cell.width) / LONGEST * NARROW_LONGEST
                assert float(bar.width) == pytest.approx(wanted, abs=0.03)
                longest = max(longest, float(bar.width))
    assert longest == NARROW_LONGEST


@every
def test_on_a_narrow_screen_the_example_has_the_bars_of_the_wide_one(language: str) -> None:
    page = shocks_page(forum_copy(scene(), language, data()))
    assert page is not None
    wide, narrow = page.chart, page.narrow
    assert [one.text for one in narrow.regions] == [plain(row.region) for row in page.rows]
    assert len(narrow.bars) == len(wide.bars)
    for bar, other in zip(narrow.bars, wide.bars, strict=True):
        assert (bar.kind, bar.name, bar.number) == (other.kind, other.name, other.number)
        wanted = float(other.width) / WIDE.span * NARROW.span
        assert float(bar.width) == pytest.approx(wanted, abs=0.011)
        edge = float(bar.x) + (float(bar.width) if bar.number.startswith("−") else 0)
        assert edge == pytest.approx(narrow.zero, abs=0.011)
    # Three bars stand below the name of their region, and the next name below them.
    heads = [one.y for one in narrow.regions]
    for at, end in enumerate([*heads[1:], narrow.height]):
        mine = narrow.bars[len(TOLD) * at : len(TOLD) * (at + 1)]
        assert all(heads[at] < bar.y and bar.y + narrow.bar < end for bar in mine)
    assert narrow.width <= 340
