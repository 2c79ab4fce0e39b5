"""What the supply desk found is found again, and by no other table or question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_shelves import assessed, shelf, sources
from supply_tables import ECONOMY, wiod

from architrave.desks.errors import BadInput
from architrave.desks.evidence import differences
from architrave.desks.registry import desk_named, rerun
from architrave.desks.supply.table_evidence import assess_embargo
from architrave.desks.supply.uncertainty.naming import RANGES


def test_every_chain_is_assessed_and_a_changed_cell_is_named() -> None:
    found = desk_named("supply").assess(sources("supply"), date(2026, 11, 26))
    assert [one.parameters["chain"] for one in found] == ["semiconductors", "batteries"]
    points = found[1]
    anode = {**points.result["bat_anode"], "top": "another"}
    tabled = replace(points, result={**points.result, "bat_anode": anode})
    cells = differences(tabled.result, rerun(tabled, shelf()).result)
    assert [one.cell for one in cells] == ["bat_anode.top"]


def test_an_embargo_on_others_is_another_answer() -> None:
    (embargoed,) = (one for one in assessed("supply") if one.question == "an embargo")
    others = {**embargoed.parameters, "buyers": ["KOR"]}
    assert differences(
        embargoed.result, rerun(replace(embargoed, parameters=others), shelf()).result
    )


@pytest.mark.parametrize(
    ("question", "given", "words"),
    [
        ("where inputs come from", {"buyer": 7}, "the parameter buyer: "),
        ("where inputs come from", {"buyer": "XXX"}, "there is no region 'XXX'"),
        ("on what most hangs", {"top": 10**9}, "the parameter top must be"),
        ("demand changes", {"changes": {"KOR": 1.0}}, "'KOR' names no cell"),
        ("demand changes", {"changes": {str(n): 1.0 for n in range(101)}}, "more than 100"),
        ("costs rise", {"added": [1]}, "the parameter added: "),
        ("an embargo", {"share": 7.0}, "the share must be above 0 and up to 1"),
        ("a shortage", {"missing": {"KOR": 0.0}}, "KOR: the share must be above 0"),
    ],
)
def test_a_parameter_of_a_table_that_is_none_is_refused(
    question: str, given: dict[str, object], words: str
) -> None:
    (one,) = [one for one in assessed("supply") if one.question == question]
    with pytest.raises(BadInput, match=words):
        rerun(replace(one, parameters={**one.parameters, **given}), shelf())


def test_a_table_that_somebody_names_is_found_by_its_digest() -> None:
    table = wiod(2011)
    said = assess_embargo(table, ["JPN:c14"], ["KOR"], 0.5)
    with pytest.raises(BadInput, match=r"\(--table FILE\) has it"):
        rerun(said, shelf())
    there = replace(shelf(), files=(ECONOMY / "wiod13_2010.npz", ECONOMY / "wiod13_2011.npz"))
    assert differences(said.document, rerun(said, there).document) == ()


def test_days_after_a_shock_are_found_again_and_bounded() -> None:
    (days,) = (one for one in assessed("supply") if one.question == "days after a shock")
    assert not differences(days.document, rerun(days, shelf()).document)
    assert days.result["JPN"]["lost"] > 0
    scenario = days.parameters["scenario"]
    everywhere = [{"lost": {str(n): 0.5 for n in range(61)}}]
    for change, words in (
        ({"days": 5000}, "the parameter days must be a whole number from 1 to 3650"),
        ({"table": "ab" * 32}, "rests on a table with the digest abababababababab"),
        ({"scenario": {**scenario, "routes": scenario["routes"] * 61}}, "more than 60 events"),
        ({"scenario": {"outages": everywhere}}, "more than 60 events or places"),
        ({"scenario": {**scenario, "routes": scenario["routes"] * 2}}, "limited twice"),
        ({"scenario": {"outages": [{"lost": {"JPN": "all"}}]}}, "the parameter scenario: "),
        ({"parties": ["MARS"]}, "there is no region 'MARS'"),
        ({"parties": ["JPN"] * 13}, "the parameter parties names more than 12"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(replace(days, parameters={**days.parameters, **change}), shelf())


def test_another_table_and_another_question_are_refused() -> None:
    way = assessed("supply")[2]
    other = replace(way, parameters={**way.parameters, "table": "ab" * 32})
    for one, words in (
        (other, "rests on a table with the digest abababababababab"),
        (replace(way, parameters={**way.parameters, "lost": {}}), "the parameter lost is empty"),
        (replace(way, parameters={**way.parameters, "assumed": {"spare": -1}}), "spare must be"),
        (replace(way, parameters={**way.parameters, "assumed": 7}), "the parameter assumed: "),
        (replace(assessed("supply")[0], question="when"), "is no question of this desk"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(one, shelf())


def test_ranges_are_found_again_and_a_claimed_source_of_another_range_is_named() -> None:
    asked = [one for one in assessed("supply") if one.question == RANGES]
    assert [one.parameters["scenario"] for one in asked] == ["price", "lose"]
    for one in asked:
        assert differences(one.document, rerun(one, shelf()).document) == ()
        assert one.versions["salib"]
    price, lost = asked
    outputs = {**price.result["outputs"]}
    outputs["price KOR"] = {**outputs["price KOR"], "base": 1.0}
    tabled = replace(price, result={**price.result, "outputs": outputs})
    cells = differences(tabled.result, rerun(tabled, shelf()).result)
    assert [one.cell for one in cells] == ["outputs.price KOR.base"]
    ranges = [dict(one) for one in lost.parameters["ranges"]]
    at = next(n for n, one in enumerate(ranges) if one["name"] == "months bat_anode")
    ranges[at]["high"] = 600.0
    claimed = replace(lost, parameters={**lost.parameters, "ranges": ranges})
    again = rerun(claimed, shelf())
    assert [one.cell for one in differences(claimed.parameters, again.parameters)] == [
        f"ranges[{at}].source"
    ]
    another = replace(price, parameters={**price.parameters, "design": {"size": 8, "seed": 6}})
    assert differences(price.result, rerun(another, shelf()).result)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scenario": "dance"}, "'dance' is no scenario"),
        ({"scenario": 7}, "the parameter scenario must be"),
        ({"asked": {"added": {}, "watched": []}}, "nothing changes"),
        ({"asked": {}}, "is asked with added, watched"),
        ({"asked": {"added": {f"C{n}": [0, 1] for n in range(61)}, "watched": ["KOR"]}}, "than 60"),
        ({"ranges": []}, "the ranges must be cost ROW:MIN, passed on, elasticity"),
        ({"design": {"size": 1 << 16, "seed": 1}}, "rows are more than 262,144"),
        ({"design": {"size": "all"}}, "the parameter design: "),
        ({"table": "00"}, "rests on a table with the digest 00"),
    ],
)
def test_ranges_that_cannot_be_are_refused(given: dict[str, object], words: str) -> None:
    price = next(one for one in assessed("supply") if one.question == RANGES)
    with pytest.raises(BadInput, match=words):
        rerun(replace(price, parameters={**price.parameters, **given}), shelf())
