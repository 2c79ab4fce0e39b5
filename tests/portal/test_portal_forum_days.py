"""The forum's page of days after a loss: its drawings as the file is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from forum_scenes import FOLDER, forum_copy, read, shipped_forum
from page_scenes import Scene, opened

from architrave.desks.errors import BadInput
from architrave.portal.beside import Beside
from architrave.portal.formats import plain
from architrave.portal.forum.days_context import days_page, part_text
from architrave.portal.forum.exposure_context import regions_in_order
from architrave.portal.forum.fans import BOTTOM, LEFT, RIGHT, TOP, Scale, scale_of
from architrave.portal.forum.figures_file import VARIED, PathBand
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.pages_forum import DaysPage
from architrave.portal.words import LANGUAGES, say

every = pytest.mark.parametrize("language", LANGUAGES)


@cache
def data() -> ForumData:
    return shipped_forum()


@cache
def scene() -> Scene:
    return opened()


def said() -> dict[str, Any]:
    """The days in the file as it lies there, read by nothing of ours."""
    document = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = document["result"]["days"]
    return found


def page_in(language: str, party: str = "KOR") -> DaysPage:
    found = days_page(forum_copy(scene(), language, data(), party))
    assert found is not None
    return found


def shown_in(screen: Callable[..., Any]) -> Any:
    return replace(screen(scene().world), beside=Beside(None, data()))


def points(path: str) -> list[tuple[float, float]]:
    """The corners of a line or an outline."""
    assert re.fullmatch(r"M[\d.]+ [\d.]+(?:L[\d.]+ [\d.]+)+Z?", path), path
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


# -- days ---------------------------------------------------------------------------------------


@every
def test_the_table_and_the_drawing_say_the_numbers_of_the_file(language: str) -> None:
    days, page = said(), page_in(language)
    order = regions_in_order(forum_copy(scene(), language, data()), data())
    assert len(page.regions) == len(order) == len(days["regions"])
    for code, block in zip(order, page.regions, strict=True):
        band = days["regions"][code]
        assert len(block.rows) == len(days["periods"])
        levels = {one.text: float(one.y) for one in block.chart.levels}
        by_text = sorted((float(text.rstrip("%")), y) for text, y in levels.items())
        (least, lowest), (most, highest) = by_text[0], by_text[-1]
        assert (lowest, highest) == (BOTTOM, TOP)
        for end in ("low", "middle", "high"):
            drawn = points(getattr(block.chart, end))
            told = [getattr(row, end) for row in block.rows]
            assert told == [f"{100 * one:.2f}%" for one in band[end]]
            # Read off the drawing by its own axes, each corner is the number of the table.
            for (x, y), (first, last), text in zip(drawn, days["periods"], told, strict=True):
                percent = least + (lowest - y) / (lowest - highest) * (most - least)
                assert percent == pytest.approx(float(text.rstrip("%")), abs=0.006)
                middle = (x - LEFT) / (RIGHT - LEFT) * days["periods"][-1][1]
                assert middle == pytest.approx((first - 1 + last) / 2, abs=0.02)
        outline = points(block.chart.band)
        assert outline == [*points(block.chart.high), *reversed(points(block.chart.low))]
        assert levels["100%"] == float(block.chart.base)
        ticks = {one.text: float(one.x) for one in block.chart.ticks}
        for day, x in ticks.items():
            want = LEFT + int(day) / days["periods"][-1][1] * (RIGHT - LEFT)
            assert x == pytest.approx(want, abs=0.006)


@every
def test_all_regions_share_one_scale_and_each_drawing_tells_its_lowest_point(language: str) -> None:
    page = page_in(language)
    assert len({(one.chart.levels, one.chart.base) for one in page.regions}) == 1
    for block in page.regions:
        lowest = min(block.rows, key=lambda row: float(row.middle.rstrip("%")))
        assert plain(block.region) in block.chart.label
        for part in (lowest.low.rstrip("%"), lowest.middle, lowest.high, lowest.days):
            assert part in block.chart.label


@every
def test_what_is_assumed_stands_before_the_drawings(
    screen: Callable[..., Any], language: str
) -> None:
    days, page = said(), page_in(language)
    assert len(page.varied) == len(days["ranges"]) == len(days["lost"]) + len(VARIED)
    shown = shown_in(screen).page(f"/{language}/forum/days")
    first = shown.index("<svg")
    for one in page.varied:
        assert shown.index(f"<dt>{one.name}</dt><dd>{one.ends}</dd>") < first
    for name in ("forum-days-text", "forum-days-model", "forum-days-varied-text"):
        assert shown.index(say(name, language).replace("'", "&#x27;")) < first
    assert str(days["seed"]) in page.drawn
    assert page.drawn.count(str(days["drawn"])) == 2
    stock = next(one for one in days["ranges"] if one["name"] == "stock")
    ends = {one.name: one.ends for one in page.varied}
    assert ends[say("forum-varied-stock", language)] == say(
        "forum-days-range", language, low=f"{stock['low']:g}", high=f"{stock['high']:g}"
    )


def test_the_example_hits_every_party_alike_and_nobody_else() -> None:
    lost = said()["lost"]
    assert {cell.partition(":")[0] for cell in lost} == set(data().figures.exposure.regions) & {
        "JPN", "KOR", "USA"
    }  # fmt: skip
    assert len({cell.partition(":")[2] for cell in lost}) == 1
    assert len({tuple(ends) for ends in lost.values()}) == 1
    for party in ("JPN", "KOR", "USA"):
        copy = forum_copy(scene(), "en", data(), party)
        page = page_in("en", party)
        names = [plain(copy.party(one)) for one in copy.order]
        assert [plain(one.region) for one in page.regions[:3]] == names
        assert page.example.startswith(", ".join(names) + " · ")
        assert page.example.endswith(": −20–50%")
        assert all(name in row.name for name, row in zip(names, page.varied, strict=False))


def test_the_band_is_told_without_colour(screen: Callable[..., Any]) -> None:
    page = shown_in(screen).page("/en/forum/days")
    css = (FOLDER.parents[1] / "src/architrave/portal/static/portal/forum.css").read_text("utf-8")
    assert page.count('class="edge"') == 2 * page.count('class="middle"') == 2 * page.count("<svg")
    assert re.search(r"\.fan \.edge \{[^}]*stroke-dasharray", css)
    assert re.search(r"\.fan \.middle \{[^}]*stroke-width: 2\.5", css)
    assert not re.search(r"\.fan \.middle \{[^}]*dasharray", css)
    assert "dashed" in page
    assert "does not begin at zero" in page


@pytest.mark.parametrize(
    ("lowest", "highest", "scale"),
    [
        (0.962, 1.002, Scale(96.0, 101.0, 1.0)),
        (0.9995, 1.0, Scale(99.9, 100.1, 0.1)),
        (0.4, 1.0, Scale(40.0, 110.0, 10.0)),
        (0.0, 1.6, Scale(0.0, 200.0, 50.0)),
        (1.0, 1.0, Scale(99.9, 100.1, 0.1)),
    ],
)
def test_a_scale_has_room_for_all_in_even_steps_from_usual_output(
    lowest: float, highest: float, scale: Scale
) -> None:
    found = scale_of([PathBand((lowest,), (lowest,), (1.0,)), PathBand((1.0,), (1.0,), (highest,))])
    assert found.step == scale.step
    assert (found.least, found.most) == pytest.approx((scale.least, scale.most))
    assert 100.0 in found.levels
    assert found.levels[0] == pytest.approx(found.least)
    assert found.levels[-1] == pytest.approx(found.most)
    assert found.y(found.least) == BOTTOM
    assert found.y(found.most) == TOP


def bad(change: Callable[[dict[str, Any]], object]) -> str:
    document = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
    change(document["result"]["days"])
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda it: it["regions"].pop("KOR"), "days: a region is missing"),
        (lambda it: it["ranges"].pop(), "days: a range is missing, or of something else"),
        (lambda it: it["ranges"][-1].update(name="luck"), "days: a range is missing"),
        (lambda it: it["ranges"][3].update(low=99), "days: the range of lasting ends before"),
        (lambda it: it["lost"].update({"JPN:CHM": [0.1, 0.2]}), "days: of JPN:CHM another share"),
        (lambda it: it["periods"][2].reverse(), "days: a period does not begin where the one"),
        (lambda it: it["periods"].pop(0), "days: a period does not begin where the one"),
        (lambda it: it["periods"].clear(), "days: a period does not begin where the one"),
        (lambda it: it.update(answered=257), "days: 257 rows have an answer and 256 were drawn"),
        (lambda it: it.update(percents=[1, 50, 99]), "days: a band is not of the percentiles"),
        (lambda it: it["regions"]["KOR"]["low"].pop(), "days: KOR does not have an output for"),
        (lambda it: it["regions"]["KOR"]["low"].insert(0, 2.0) or it["regions"]["KOR"]["low"].pop(),
         "days: the band of KOR ends before it begins"),
        (lambda it: it["regions"]["KOR"].update(high=[-1.0]), "Expected `float` >= 0"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(
    change: Callable[[dict[str, Any]], object], words: str
) -> None:
    with pytest.raises(BadInput, match="figures") as fault:
        read({"figures.json": bad(change)})
    assert words in str(fault.value)


def test_numbers_are_written_to_two_decimals() -> None:
    assert (part_text(0.97464), part_text(1.0), part_text(1.00123)) == (
        "97.46%", "100.00%", "100.12%"
    )  # fmt: skip
