"""What the supply desk found is found again, and by no other table or question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_shelves import assessed, shelf, sources

from architrave.desks.errors import BadInput
from architrave.desks.evidence import differences
from architrave.desks.registry import desk_named, rerun


def test_every_chain_is_assessed_and_a_changed_cell_is_named() -> None:
    found = desk_named("supply").assess(sources("supply"), date(2026, 11, 26))
    assert [one.parameters["chain"] for one in found] == ["semiconductors", "batteries"]
    points = found[1]
    anode = {**points.result["bat_anode"], "top": "another"}
    tabled = replace(points, result={**points.result, "bat_anode": anode})
    cells = differences(tabled.result, rerun(tabled, shelf()).result)
    assert [one.cell for one in cells] == ["bat_anode.top"]


def test_days_after_a_shock_are_found_again_and_bounded() -> None:
    days = assessed("supply")[3]
    assert days.question == "days after a shock"
    assert not differences(days.result, rerun(days, shelf()).result)
    assert days.result["JPN"]["lost"] > 0
    scenario = days.parameters["scenario"]
    for change, words in (
        ({"days": 5000}, "the parameter days must be a whole number from 1 to 1100"),
        ({"table": "ab" * 32}, "rests on a table with the digest abababababababab"),
        ({"scenario": {**scenario, "routes": scenario["routes"] * 61}}, "more than 60 events"),
        ({"scenario": {**scenario, "routes": scenario["routes"] * 2}}, "limited twice"),
        ({"scenario": {"outages": [{"lost": {"JPN": "all"}}]}}, "the parameter scenario: "),
        ({"parties": ["MARS"]}, "there is no region 'MARS'"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(replace(days, parameters={**days.parameters, **change}), shelf())


def test_another_table_and_another_question_are_refused() -> None:
    way = assessed("supply")[2]
    other = replace(way, parameters={**way.parameters, "table": "ab" * 32})
    for one, words in (
        (other, "rests on a table with the digest abababababababab"),
        (replace(way, parameters={**way.parameters, "lost": {}}), "nothing is lost"),
        (replace(way, parameters={**way.parameters, "assumed": {"spare": -1}}), "spare must be"),
        (replace(way, parameters={**way.parameters, "assumed": 7}), "the parameter assumed: "),
        (replace(assessed("supply")[0], question="when"), "is no question of this desk"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(one, shelf())
