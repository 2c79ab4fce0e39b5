"""A plan as an assessment that another capital can work out again."""

import json
from dataclasses import replace
from datetime import date

from exercise_worlds import PARTIES, YEAR, programme, series

from architrave.desks.evidence import differences
from architrave.desks.exercises.model import Blackout, ClashKind, Plan, Postponed
from architrave.desks.exercises.plan_evidence import assessment_of
from architrave.desks.exercises.planning import Infeasible, plan
from architrave.desks.exercises.replanning import Replanned, replan
from architrave.desks.rows import Place

TALKS = Blackout("talks", ClashKind.TALKS, date(YEAR, 3, 1), date(YEAR, 4, 2), (), 3)
FOUND = programme(series(hosts=PARTIES), blackouts=(TALKS,))


def test_the_same_tables_give_the_same_assessment() -> None:
    one, other = (assessment_of(FOUND, found) for found in (plan(FOUND), plan(FOUND, workers=2))
                  if isinstance(found, Plan))  # fmt: skip
    assert one.digest == other.digest
    assert json.loads(json.dumps(one.document)) == one.document
    assert one.result["settled"] is True
    assert [layer.newest for layer in one.layers if layer.name == "blackouts.csv"] == ["2041-04-02"]


def test_another_line_of_the_file_is_no_other_table_but_another_weight_is() -> None:
    made = plan(FOUND)
    assert isinstance(made, Plan)
    moved = replace(FOUND, blackouts=(replace(TALKS, place=Place("blackouts.csv", 9)),))
    dearer = replace(FOUND, blackouts=(replace(TALKS, weight=4),))
    ours = assessment_of(FOUND, made)
    assert assessment_of(moved, made).digest == ours.digest
    theirs = assessment_of(dearer, made)
    cells = [one.cell for one in differences(ours.document, theirs.document)]
    names = [layer.name for layer in ours.layers]
    assert cells == [f"layers[{names.index('blackouts.csv')}].digest"]


def test_a_conflict_and_a_new_plan_are_results_too() -> None:
    blocked = replace(FOUND, series={"north-wind": series(days=400)})
    found = plan(blocked)
    assert isinstance(found, Infeasible)
    result = assessment_of(blocked, found).result
    assert result["found"] == "conflict"
    assert len(result["rules"]) == 2
    made = plan(FOUND)
    assert isinstance(made, Plan)
    put_off = Postponed(
        f"north-wind/{YEAR}.1", date(YEAR, 5, 1), date(YEAR, 1, 1), "", "storms", "chair"
    )
    again = replan(FOUND, made, (put_off,))
    assert isinstance(again, Replanned)
    (move,) = assessment_of(FOUND, again, 7, made, (put_off,)).result["moves"]
    assert (move["seat"], move["reason"], move["after"]) == ("chair", "storms", "2041-05-06")
