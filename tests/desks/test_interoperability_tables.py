"""The desk's tables: what is refused, what is stale, who may read, and differences first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from interoperability_scenes import SCORES, TODAY
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.interoperability.evidence import (
    assess_matrix,
    assess_mission,
    assess_standards,
)
from architrave.desks.interoperability.matrix import CellState, levels_of, matrix
from architrave.desks.interoperability.model import (
    PUBLIC,
    Basis,
    Documents,
    Level,
    audience,
    readable,
)
from architrave.desks.interoperability.reading import (
    read_documents,
    read_functions,
    read_missions,
    read_scores,
    read_standards,
    read_statuses,
)
from architrave.desks.interoperability.standards import Agreement, standards_table

FOLDER = ROOT / "data" / "interoperability" / "illustration"
PARTIES = ("A", "B", "C")
STATUSES = "standard,nation,status,on,planned,reservation,source,basis\n"
ROW = "lamp,A,B,2,seen,A/LAMP,2031-01-01,,assessed\n"


def illustration() -> Documents:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.csv"))}
    return read_documents(texts, PARTIES)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ROW + "lamp,B,A,3,seen again,B/LAMP,2031-01-01,,assessed\n",
            "scores.csv, line 3: lamp between A and B on 2031-01-01 has a level in scores.csv, "
            "line 2 already.",
        ),
        (
            ROW.replace(",2,", ",5,"),
            "scores.csv, line 2: level must be a whole number from 0 to 4, not '5'.",
        ),
        (
            ROW.replace("A,B", "B,B"),
            "scores.csv, line 2: second is B, which is paired with itself.",
        ),
        (ROW.replace("lamp", "bell", 1), "scores.csv, line 2: there is no function 'bell'."),
        (ROW.replace("A,B", "A,Q"), "scores.csv, line 2: there is no party 'Q'."),
        (ROW.replace("seen", ""), "scores.csv, line 2: evidence is empty."),
        (
            ROW.replace(",,assessed", ",public;A,assessed"),
            "scores.csv, line 2: to names public and parties; what is public needs no more.",
        ),
        (
            ROW + "lamp,A,C,2,seen,A/LAMP,2031-01-01,,illustrative\n",
            "scores.csv, line 3: basis is illustrative, and assessed in scores.csv, line 2: what "
            "is made up is not mixed with what was assessed.",
        ),
    ],
)
def test_a_bad_score_is_refused_with_its_rows(rows: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_scores(SCORES + rows, ("lamp",), PARTIES)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "S,A,ratified,2031-01-01,,,seen,assessed\nS,A,planned,2031-01-01,2032-01-01,,seen,"
            "assessed\n",
            "statuses.csv, line 3: S of A on 2031-01-01 has a status in statuses.csv, line 2 "
            "already.",
        ),
        (
            "S,A,planned,2031-01-01,,,seen,assessed\n",
            "statuses.csv, line 2: planned holds a day if the status is planned, and only then.",
        ),
        (
            "S,A,ratified,2031-01-01,,but,seen,assessed\n",
            "statuses.csv, line 2: reservation holds a text if the status is reserved, and only "
            "then.",
        ),
        ("S,A,ratified,2031-01-01,,,,assessed\n", "statuses.csv, line 2: source is empty."),
    ],
)
def test_a_bad_status_is_refused_with_its_rows(rows: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_statuses(STATUSES + rows, ("S",), PARTIES)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "m,One,lamp,A,B\nm,Two,lamp,A,B\n",
            "missions.csv, line 3: m is called 'Two' here and 'One' in missions.csv, line 2.",
        ),
        ("m,One,lamp,A,\n", "missions.csv, line 2: second is empty."),
        ("m,One,bell,A,B\n", "missions.csv, line 2: there is no function 'bell'."),
    ],
)
def test_a_bad_mission_is_refused_with_its_rows(rows: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_missions("mission,name,function,first,second\n" + rows, ("lamp",), PARTIES)
    assert str(refused.value) == sentence


def test_a_folder_needs_its_functions_and_standards() -> None:
    with pytest.raises(BadInput, match=r"^functions\.csv is missing\.$"):
        read_documents({}, PARTIES)
    texts = {"functions.csv": "id,name\nlamp,Lamp\n", "statuses.csv": STATUSES}
    with pytest.raises(BadInput, match=r"statuses\.csv is there without standards\.csv"):
        read_documents(texts, PARTIES)


@pytest.mark.parametrize(("age", "state"), [(0, "current"), (366, "current"), (367, "stale")])
def test_a_level_is_stale_after_a_year_and_then_no_level(age: int, state: str) -> None:
    functions = read_functions("id,name\nlamp,Lamp\n")
    on = TODAY - timedelta(days=age)
    scores = read_scores(SCORES + ROW.replace("2031-01-01", on.isoformat()), ("lamp",), PARTIES)
    first, *others = matrix(functions, scores, PARTIES, TODAY)
    assert (first.state, first.age) == (state, age)
    assert first.level == (Level.FUNCTIONAL if state == "current" else None)
    assert {one.state for one in others} == {CellState.NOT_ASSESSED}
    assert len(levels_of((first, *others))) == (state == "current")


def test_the_latest_level_counts_and_none_from_the_future() -> None:
    functions = read_functions("id,name\nlamp,Lamp\n")
    rows = "".join(
        ROW.replace(",2,", f",{level},").replace("2031-01-01", on)
        for level, on in ((3, "2031-02-01"), (1, "2031-01-01"), (4, "2031-03-02"))
    )
    scores = read_scores(SCORES + rows, ("lamp",), PARTIES)
    assert matrix(functions, scores, PARTIES, TODAY)[0].level == Level.DOMAIN


def test_levels_go_to_the_parties_alone_unless_a_row_says_otherwise() -> None:
    rows = ROW + ROW.replace("A,B", "A,C").replace(",,assessed", ",C;A,assessed")
    rows += ROW.replace("A,B", "B,C").replace(",,assessed", ",public,assessed")
    closed, narrow, opened = read_scores(SCORES + rows, ("lamp",), PARTIES)
    assert (closed.to, narrow.to, opened.to) == (PARTIES, ("A", "C"), (PUBLIC,))
    every = (closed, narrow, opened)
    assert readable(every, (PUBLIC,)) == (opened,)
    assert readable(every, ("B",)) == (closed, opened)
    assert readable(every, ("A", "C")) == every
    assert audience(every, PARTIES) == ("A", "C")
    assert audience((opened,), PARTIES) == (PUBLIC,)


def test_differences_come_first_and_what_was_not_seen_is_no_difference() -> None:
    documents = illustration()
    rows = standards_table(documents.standards, documents.statuses, PARTIES, TODAY)
    assert [(row.standard.id, row.agreement) for row in rows] == [
        ("S-3", Agreement.DIFFERENT),
        ("S-2", Agreement.NOT_SEEN),
        ("S-1", Agreement.SAME),
    ]
    planned = rows[0].nations[2]
    assert (planned.kind, planned.plan_passed) == ("planned", True)
    earlier = standards_table(documents.standards, documents.statuses, PARTIES, date(2030, 12, 1))
    assert not earlier[0].nations[2].plan_passed


def test_two_reservations_that_say_different_things_are_a_difference() -> None:
    standards = read_standards("id,name\nS,Sluice\n")
    row = "S,{},reserved,2031-01-01,,{},seen,assessed\n"
    for other, agreement in (("at low water", "same"), ("in winter", "different")):
        rows = [
            row.format(*one) for one in zip("ABC", ("at low water",) * 2 + (other,), strict=True)
        ]
        statuses = read_statuses(STATUSES + "".join(rows), ("S",), PARTIES)
        (found,) = standards_table(standards, statuses, PARTIES, TODAY)
        assert found.agreement == agreement


def test_everything_in_the_illustration_says_that_it_is_made_up() -> None:
    documents = illustration()
    assert {one.basis for one in documents.scores} == {Basis.ILLUSTRATIVE}
    assert {one.basis for one in documents.statuses} == {Basis.ILLUSTRATIVE}
    assert all(one.evidence.startswith("Illustration: ") for one in documents.scores)
    assert all("(illustration)" in one.name for one in documents.standards + documents.missions)


def test_for_the_real_parties_there_are_names_of_functions_and_nothing_else() -> None:
    folder = ROOT / "data" / "interoperability"
    assert [path.name for path in sorted(folder.glob("*.csv"))] == ["functions.csv"]
    functions = read_functions((folder / "functions.csv").read_text(encoding="utf-8"))
    assert all(set(one.names) == {"en", "ko", "ja"} for one in functions)


def test_an_assessment_says_what_went_in_and_can_be_worked_out_again() -> None:
    documents = illustration()
    scores = readable(documents.scores, PARTIES)
    found = assess_mission(documents, scores, documents.missions[0], TODAY)
    assert found.parameters["illustrative"] is True
    assert found.result["level"] == [2, 2]
    assert found.digest == assess_mission(documents, scores, documents.missions[0], TODAY).digest
    assert {layer.name: layer.newest for layer in found.layers}["scores.csv"] == "2031-02-01"
    sheet = assess_matrix(documents, scores, TODAY)
    assert sheet.result["lamp/A-B"] == {"state": "stale", "level": None, "age": 780}
    assert sheet.digest != assess_matrix(documents, scores, TODAY + timedelta(days=1)).digest
    assert assess_standards(documents, TODAY).result["S-3"]["agreement"] == "different"
