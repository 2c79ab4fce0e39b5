"""Mutual dependence by year on the forum's page: the file's shares, as lines and as tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import combinations
from typing import Any

import pytest
from forum_scenes import FOLDER, forum_copy, read, shipped_forum
from page_scenes import Scene, opened

from architrave.desks.errors import BadInput
from architrave.portal.beside import Beside
from architrave.portal.formats import plain
from architrave.portal.forum.courses import BOTTOM, LEFT, RIGHT, TOP, course_chart, grades_of
from architrave.portal.forum.exposure_context import exposure_page
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.pages_forum import YearsBlock
from architrave.portal.forum.years_context import COMMAND_OF_YEARS, percent_text
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say

every = pytest.mark.parametrize("language", LANGUAGES)


def written() -> dict[str, Any]:
    """The file as it lies there, read by nothing of ours."""
    found: dict[str, Any] = json.loads((FOLDER / "years.json").read_text(encoding="utf-8"))
    return found


@cache
def data() -> ForumData:
    return shipped_forum()


@cache
def scene() -> Scene:
    return opened()


def copy_in(language: str) -> Copy:
    return forum_copy(scene(), language, data())


def years_in(language: str) -> YearsBlock:
    page = exposure_page(copy_in(language))
    assert page is not None
    assert page.years is not None
    return page.years


@every
def test_every_pair_has_both_directions_and_both_shares_of_every_year(language: str) -> None:
    copy, found = copy_in(language), years_in(language)
    result = written()["result"]
    shares = {(one["of"], one["by"]): one for one in result["pairs"]}
    assert result["years"] == list(range(1995, 2012))
    for measure, name in zip(found.measures, ("supplies", "earns"), strict=True):
        assert measure.name == say(f"forum-mutual-{name}", language)
        for block, both in zip(measure.pairs, combinations(copy.order, 2), strict=True):
            ways = [both, both[::-1]]
            assert block.ways == tuple(
                f"{plain(copy.party(of))} → {plain(copy.party(by))}" for of, by in ways
            )
            assert [row.year for row in block.rows] == result["years"]
            for at, row in enumerate(block.rows):
                assert row.shares == tuple(percent_text(shares[way][name][at]) for way in ways)
            assert plain(copy.party(both[0])) in block.chart.label
            for ends in (block.rows[0].shares, block.rows[-1].shares):
                assert all(one in block.chart.label for one in ends)


def test_lines_stand_where_their_shares_are_on_one_scale_from_zero() -> None:
    found, result = years_in("en"), written()["result"]
    both_measures = zip(("supplies", "earns"), found.measures, strict=True)
    blocks = [(name, one) for name, measure in both_measures for one in measure.pairs]
    levels = {one.chart.levels for _, one in blocks}
    (scale,) = levels
    assert (float(scale[0].y), scale[0].text) == (BOTTOM, "0%")
    most = float(scale[-1].text.removesuffix("%"))
    assert float(scale[-1].y) == TOP
    largest = max(one for pair in result["pairs"] for one in (*pair["supplies"], *pair["earns"]))
    assert largest <= most < 2 * largest
    order = copy_in("en").order
    for (name, block), both in zip(blocks, [*combinations(order, 2)] * 2, strict=True):
        for course, way in zip(block.chart.courses, (both, both[::-1]), strict=True):
            (shares,) = (one[name] for one in result["pairs"] if (one["of"], one["by"]) == way)
            points = re.findall(r"([\d.]+) ([\d.]+)", course.path)
            assert [float(y) for _, y in points] == pytest.approx(
                [BOTTOM - one / most * (BOTTOM - TOP) for one in shares], abs=0.006
            )
            xs = [float(x) for x, _ in points]
            assert (xs[0], xs[-1]) == (LEFT, RIGHT)
            assert xs[1] - xs[0] == pytest.approx((RIGHT - LEFT) / 16, abs=0.011)


def test_a_missing_year_leaves_its_room_and_a_few_years_are_all_named() -> None:
    chart = course_chart("", "", (2000, 2001, 2010), ["a"], [[1.0, 2.0, 4.0]], grades_of([4.0]))
    xs = [float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", chart.courses[0].path)]
    assert xs == pytest.approx([LEFT, LEFT + (RIGHT - LEFT) / 10, RIGHT], abs=0.006)
    assert [one.text for one in chart.ticks] == ["2000", "2001", "2010"]
    assert [one.text for one in chart.levels] == ["0%", "1%", "2%", "3%", "4%"]
    assert [percent_text(one) for one in (4.5, 0.353, 12.0, 100.0)] == [
        "4.50%", "0.353%", "12.0%", "100%",
    ]  # fmt: skip


@every
def test_the_page_says_whose_tables_they_are_and_that_nobody_signed(
    screen: Callable[..., Any], language: str
) -> None:
    shown = replace(screen(scene().world, ""), beside=Beside(None, data()))
    page = unescape(shown.page(f"/{language}/forum/exposure"))
    (part,) = re.findall(r'<section aria-labelledby="years">(.*?)</section>', page, re.DOTALL)
    document = written()
    for told in (
        say("forum-years", language, first=1995, last=2011),
        say("forum-years-coarse", language, regions=41, sectors=35),
        say("forum-signer-text", language), say("forum-method-text", language),
        f"<code>{COMMAND_OF_YEARS}</code>", "(Timmer et al. 2015)", "CC BY 4.0",
        "c14 holds chips", *(one["digest"] for one in document["layers"]),
    ):  # fmt: skip
        assert told in part
    assert part.count("<svg") == part.count("<table") == 6
    assert part.count('<tr><th scope="row">') == 6 * 17
    without = replace(shown, beside=Beside(None, replace(data(), years=None)))
    assert 'id="years"' not in without.page(f"/{language}/forum/exposure")


def test_without_the_shares_there_is_a_forum_all_the_same() -> None:
    found = read({"years.json": None})
    assert found is not None
    assert found.years is None


def bad(change: Callable[[dict[str, Any]], object]) -> str:
    document = written()
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "this is no JSON"),
        (bad(lambda it: it.update(question="figures for pages")), "Invalid enum value"),
        (bad(lambda it: it["parameters"].update(parties=["JPN", "KOR"])), "of other parties"),
        (bad(lambda it: it["result"]["years"].reverse()), "fewer than two years stand there, or"),
        (bad(lambda it: it["result"].update(years=[1995])), "fewer than two years stand there, or"),
        (bad(lambda it: it["layers"].pop()), "there is not one table for each year"),
        (bad(lambda it: it["layers"][0].update(digest="0" * 64)), "its tables are not the layers"),
        (bad(lambda it: it["result"]["pairs"].pop()), "a pair of parties is missing, or stands"),
        (bad(lambda it: it["result"]["pairs"][0]["earns"].pop()), "JPN and KOR: there is not one"),
        (bad(lambda it: it["result"]["pairs"][0]["earns"].append(101.0)), "<= 100"),
    ],
    ids=lambda given: "" if given.startswith("{") else given,
)
def test_a_bad_file_of_years_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(BadInput) as fault:
        read({"years.json": text})
    assert str(fault.value).startswith("years.json: ")
    assert place in str(fault.value)
