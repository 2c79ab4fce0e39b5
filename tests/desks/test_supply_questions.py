"""Every question of the supply desk: asked, tabled, read, worked out again, and held to bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from desk_shelves import PARTIES, shelf
from trade_copies import COUNTRIES, baci_text
from world import ROOT

from architrave.desks import supply
from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, differences, digest_of
from architrave.desks.registry import Shelf, rerun
from architrave.desks.supply.chains.reading import shipped_chain
from architrave.desks.supply.dynamics.scenario import Outage, Recovery, Scenario
from architrave.desks.supply.figures import figures
from architrave.desks.supply.questions import QUESTIONS, Given, Of, again, askable, assess
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.trade.concordance import shipped_concordance
from architrave.desks.supply.trade.reading import read_trade
from architrave.desks.supply.trade.sources import given_text
from architrave.desks.supply.uncertainty.answering import Design
from architrave.desks.tabling import assessments_in, wording_with_evidence

TEXTS = {"BACI_HS22_Y2023.csv": baci_text(), "country_codes.csv": COUNTRIES}
SHOCK = Scenario((Outage({"TWN:ELE": 0.4}, 3, 20, Recovery(30)),))

# What documents that are tabled already hold: none of these names may change.
ASKED: Mapping[str, dict[str, Any]] = {
    "single points": {},
    "a supplier is lost": {
        "supplier": "AUS", "days": 90, "parties": PARTIES, "stages": ("bat_li_mine",),
        "stock": 30.0,
    },
    "a way round a loss": {
        "lost": {"EU27:CHM": 0.5}, "parties": PARTIES, "assumed": Assumed(spare=0.1),
    },
    "where inputs come from": {"buyer": "KOR:ELE"},
    "on what most hangs": {"parties": PARTIES, "top": 5},
    "how far one depends on another": {"buyer": "KOR:ELE", "sellers": ["JPN:CHM", "TWN"]},
    "mutual dependence by year": {"parties": PARTIES},
    "demand changes": {"changes": {"USA:TRQ": -1000.0, "KOR:ELE": 20.0}},
    "costs rise": {"added": {"ROW:MIN": 0.1}},
    "an embargo": {"sellers": ["EU27:CHM"], "buyers": ["JPN"], "share": 0.5},
    "a shortage": {"missing": {"TWN:ELE": 0.3}},
    "days after a shock": {"scenario": SHOCK, "days": 60, "parties": PARTIES},
    "who supplies": {
        "parties": PARTIES, "stages": ["sem_hf"], "codes": [], "years": [2022], "top": 5,
    },
    "which assumption matters": {
        "scenario": "price", "asked": {"added": {"ROW:MIN": (0.0, 0.4)}, "watched": PARTIES},
        "ranges": {"elasticity": (0.0, 2.0, 1.0)}, "design": Design(4, 5),
    },
    "output after a loss, with a band": {
        "asked": {
            "lost": {"JPN:CHM": (0.2, 0.5)}, "lasting": (5.0, 20.0), "days": 40,
            "watched": PARTIES,
        },
        "every": 7, "ranges": {"stock": (60.0, 90.0, 80.0)}, "size": 4, "seed": 5,
    },
}  # fmt: skip


ON_TABLE = set(ASKED) - {"single points", "a supplier is lost", "who supplies"}


def given(question: str) -> Given:
    match QUESTIONS[question].of:
        case Of.CHAIN:
            return shipped_chain("batteries")
        case Of.TRADE:
            known = shipped_concordance()
            return read_trade([given_text(*one) for one in TEXTS.items()], known), known
        case Of.TABLES:
            return (figures(),)
        case _:
            return figures()


@cache
def answered(question: str) -> Assessment:
    return supply.assess(question, given(question), **ASKED[question])


@cache
def everything() -> Shelf:
    mine = {digest_of(text.encode()): text for text in TEXTS.values()}
    return replace(shelf(), tables={**shelf().tables, **mine})


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every cell of a result with its place, spelt as `differences` spells it."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from leaves(one, f"{place}.{key}" if place else key)
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from leaves(one, f"{place}[{at}]")
    else:
        yield place, value


def changed(value: Any, wanted: str, by: float, place: str = "") -> Any:
    """The same result with one number multiplied."""
    if isinstance(value, Mapping):
        return {
            key: changed(one, wanted, by, f"{place}.{key}" if place else key)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [changed(one, wanted, by, f"{place}[{at}]") for at, one in enumerate(value)]
    return value * by if place == wanted else value


def test_these_are_the_questions_and_their_parameters() -> None:
    assert {name: set(one.parameters) for name, one in QUESTIONS.items()} == {
        name: set(asked) for name, asked in ASKED.items()
    }
    assert all(name == one.name for name, one in QUESTIONS.items())


@pytest.mark.parametrize("question", ASKED)
def test_it_is_tabled_read_and_worked_out_again_elsewhere(question: str) -> None:
    said = answered(question)
    assert said.question == question
    wording = wording_with_evidence({}, {}, [said])
    (read,) = assessments_in(wording.document)
    assert list(wording.digests.values()) == [read.digest] == [said.digest]
    found = rerun(read, everything())
    assert differences(read.document, found.document) == ()
    assert found.digest == read.digest
    assert again(read, given(question)).digest == read.digest


@pytest.mark.parametrize("question", ASKED)
def test_whoever_reads_it_sees_the_table_its_year_and_what_is_lumped_in_it(question: str) -> None:
    said, table = answered(question), figures()
    on_table = question in ON_TABLE
    assert on_table == (QUESTIONS[question].of in (Of.TABLE, Of.TABLES, Of.EITHER))
    assert (table.layer in said.layers) == on_table
    assert len({layer.digest for layer in said.layers}) == len(said.layers) > 0
    if on_table:
        (row,) = said.parameters.get("tables", [said.parameters])
        assert (row["table_year"], row["table_lumping"]) == (2011, table.lumping)


@pytest.mark.parametrize(
    "question", ["a shortage", "a way round a loss", "which assumption matters"]
)
def test_what_was_tabled_without_its_layer_is_worked_out_as_it_stands(question: str) -> None:
    said = answered(question)
    parameters = {name: one for name, one in said.parameters.items() if name != "table_lumping"}
    older = replace(said, layers=(), parameters=parameters)
    (read,) = assessments_in(wording_with_evidence({}, {}, [older]).document)
    assert differences(read.document, rerun(read, everything()).document) == ()
    # Half of it is no older form: what is missing is said.
    for half, cells in (
        (replace(said, layers=()), ["layers (length)"]),
        (replace(said, parameters=parameters), ["parameters.table_lumping"]),
    ):
        found = rerun(half, everything())
        assert [one.cell for one in differences(half.document, found.document)] == cells
    claimed = replace(said, layers=(replace(said.layers[0], newest="2024", source="our own"),))
    assert [
        one.cell for one in differences(claimed.document, rerun(claimed, everything()).document)
    ] == ["layers[0].newest", "layers[0].source"]


@pytest.mark.parametrize("question", ASKED)
def test_one_changed_cell_is_shown_and_no_other(question: str) -> None:
    (read,) = assessments_in(wording_with_evidence({}, {}, [answered(question)]).document)
    cells = [one for one in leaves(read.result) if isinstance(one[1], float) and one[1]]
    assert cells
    for place, value in (cells[0], cells[-1]):
        other = replace(read, result=changed(read.result, place, 1 + 3e-9))
        (shown,) = differences(other.document, rerun(other, everything()).document)
        assert (shown.cell, shown.theirs) == (f"result.{place}", value)
        near = changed(read.result, place, 1 + 3e-10)
        assert differences(near, read.result) == ()


@pytest.mark.parametrize("question", ASKED)
def test_a_fault_names_the_parameter(question: str) -> None:
    of, asked = given(question), ASKED[question]
    for name, one in QUESTIONS[question].parameters.items():
        for wrong in ([[["no"]]], object()):
            with pytest.raises(BadInput, match=f"the parameter {name}"):
                assess(question, of, **{**asked, name: wrong})
        less = {key: value for key, value in asked.items() if key != name}
        if not one.optional:
            with pytest.raises(BadInput, match=f"also needs the parameter {name}"):
                assess(question, of, **less)
        foreign = answered(question)
        without = {key: value for key, value in foreign.parameters.items() if key != name}
        with pytest.raises(BadInput, match=f"also needs the parameter {name}"):
            rerun(replace(foreign, parameters=without), everything())
    with pytest.raises(BadInput, match="and not 'much'"):
        assess(question, of, **asked, much=1)
    with pytest.raises(BadInput, match="and not 'much'"):
        askable(
            replace(answered(question), parameters={**answered(question).parameters, "much": 1})
        )


@pytest.mark.parametrize("question", ASKED)
def test_it_is_asked_of_its_own_kind_of_thing(question: str) -> None:
    other = shipped_chain("batteries") if QUESTIONS[question].of is not Of.CHAIN else figures()
    with pytest.raises(BadInput, match=r"is asked of|is of a"):
        assess(question, other, **ASKED[question])


def test_what_may_be_left_out_is_said_in_the_answer() -> None:
    found = assess("a way round a loss", figures(), lost={"EU27:CHM": 0.5}, parties=["JPN", "KOR"])
    assert found.parameters["assumed"] == Assumed().document
    lost = assess("a supplier is lost", shipped_chain("batteries"), supplier="AUS", days=60,
                  parties=["KOR"])  # fmt: skip
    assert (lost.parameters["stages"], lost.parameters["stock"]) == ([], None)
    known = "it has single points, a supplier is lost, a way round a loss, where inputs come from"
    with pytest.raises(BadInput, match=f"'when' is no question of this desk; {known}"):
        assess("when", figures())


def test_numbers_of_numpy_stand_as_plain_ones_and_what_is_none_is_refused() -> None:
    plain = assess("a shortage", figures(), missing={"TWN:ELE": 0.25})
    assert assess("a shortage", figures(), missing={"TWN:ELE": np.float64(0.25)}) == plain
    with pytest.raises(BadInput, match="the parameter missing: "):
        assess("a shortage", figures(), missing={"TWN:ELE": float("nan")})


@pytest.mark.parametrize(
    ("question", "asked", "said"),
    [
        ("a shortage", {"missing": {}}, "missing is empty: it must name shares by cell or region."),
        ("a way round a loss", {"lost": {}}, "lost is empty: it must name shares by cell or regi"),
        ("demand changes", {"changes": {}}, "changes is empty: it must name money by cell."),
        ("an embargo", {"sellers": []}, "sellers is empty: it must name cells or regions."),
        ("a shortage", {"missing": {"JPN": 0.1, "TWN:ELE": float("nan")}},
         "missing: TWN:ELE must be a finite number, not nan."),
        ("an embargo", {"share": float("inf")}, "share: it must be a finite number, not inf."),
        ("costs rise", {"added": {"ROW:MIN": 1, "KOR:ELE": "0.1"}},
         "added: KOR:ELE must be a number, not '0.1'."),
        ("costs rise", {"added": {"ROW:MIN": 0.1, "KOR:ELE": True}},
         "added: KOR:ELE must be a number, not True."),
        ("costs rise", {"added": [1]}, "added: it must be values by name, not [1]."),
        ("an embargo", {"buyers": ["KOR", 7]}, "buyers: [1] must be a text, not 7."),
        ("days after a shock", {"scenario": {"outages": [{"lost": {"USA": 0.1, "JPN": "all"}}]}},
         "scenario: outages[0].lost.JPN must be a number, not 'all'."),
        ("which assumption matters", {"ranges": {"stock": [0, 1, None], "psi": [0, "1", 1]}},
         "ranges: psi[1] must be a number or nothing, not '1'."),
        ("a shortage", {"missing": {7: 0.1}}, "missing: each name in it must be a text."),
    ],
)  # fmt: skip
def test_a_fault_names_the_place_and_what_is_expected(
    question: str, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput) as fault:
        assess(question, figures(), **{**ASKED[question], **asked})
    assert str(fault.value).startswith(f"supply: the parameter {said}")


@pytest.mark.parametrize("question", ["a way round a loss", "on what most hangs"])
def test_what_one_party_asks_alone_is_worked_out_again(question: str) -> None:
    said = assess(question, figures(), **{**ASKED[question], "parties": ["KOR"]})
    assert differences(said.document, rerun(said, shelf()).document) == ()


def test_parties_beyond_the_twelfth_are_refused_and_not_left_out() -> None:
    said = answered("a supplier is lost")
    for parties, words in (
        (["KOR", *(f"P{n}" for n in range(12))], "the parameter parties names more than 12"),
        (["KOR", "KOR"], "the parameter parties must be 1 to 12 different names"),
        ([], "the parameter parties must be 1 to 12 different names"),
    ):
        with pytest.raises(BadInput, match=words):
            rerun(replace(said, parameters={**said.parameters, "parties": parties}), shelf())


def test_the_page_of_the_desk_lists_every_question_with_its_parameters() -> None:
    page = (ROOT / "docs" / "desks" / "supply.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*([^*|]+)\* \| ([^|]+) \| ([^|]*) \|$", page, re.MULTILINE)
    told = {name: (of, asked.strip()) for name, of, asked in rows}
    assert told == {
        name: (
            one.of.value,
            "; ".join(_row(key, two) for key, two in one.parameters.items()) or "–",
        )
        for name, one in QUESTIONS.items()
    }


def _row(name: str, one: Any) -> str:
    return f"`{name}` {one.says}" + (" (or left out)" if one.optional else "")
