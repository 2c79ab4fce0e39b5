"""Ranges at a terminal: what was varied, what matters, what nobody knows, and bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

import pytest
import typer
from cli_nodes import fault, run, value

from architrave.cli import supply_uncertain_verb
from architrave.cli.desk_tables import tables_by_digest
from architrave.cli.rerunning import Inputs, rerun_apart
from architrave.cli.shipped import shipped
from architrave.cli.supply_uncertain_lines import untold_lines
from architrave.desks.evidence import differences
from architrave.desks.supply.uncertainty.naming import SCENARIOS
from architrave.desks.supply.uncertainty.ranges import Kind, Range
from architrave.desks.supply.uncertainty.variance import Index, largest_size, sample_rows
from architrave.desks.tabling import assessments_in

UNCERTAIN = ("supply", "uncertain")
PRICE = (*UNCERTAIN, "price", "--add", "ROW:MIN=0:0.4", "--party", "KOR", "--size", "16")
DAYS = (*UNCERTAIN, "outage", "--lose", "JPN:ELE=0.3:0.6", "--days", "60", "--for", "5:20",
        "--party", "KOR", "--party", "JPN", "--size", "8")  # fmt: skip
CHAIN = (*UNCERTAIN, "lose", "batteries", "CHN", "--party", "KOR", "--size", "8")


def words(*typed: str) -> str:
    return " ".join(run(*typed).stdout.split())


def test_a_table_of_what_matters_stands_below_what_was_varied() -> None:
    said = words(*PRICE, "--output", "price KOR")
    assert said.startswith("Newest year of each layer: WIOD 2013 release")
    assert "cost ROW:MIN 0 0.4 0.2 cost assumed by whoever asks" in said
    assert "price KOR: 1.908 in 100 at the base, of what it uses" in said
    assert "output KOR" not in said
    assert "elasticity 1.908 1.908 0.00 0.00 0.00 0.00" in said
    assert "80 rows from 16 draws, seed 1" in said
    assert "passed on 0.5 1 1 share assumed by the desk" in said
    assert "if this input alone were known (alone)" in said
    assert said.index("± is half an interval of 95%") < said.index("price KOR: 1.908")


def test_an_index_that_says_nothing_is_named_with_the_size_that_would_do() -> None:
    typed = (*UNCERTAIN, "resource", "--lose", "EU27:CHM=0.2:0.5", "--party", "JPN", "--size", "8")
    found = value(*typed, "--json")["outputs"]["cost JPN"]["indices"]
    untold = [
        name for name, one in found.items()
        if 2 * one["total_within"] >= one["total"] and one["total_within"] > 0.1
    ]  # fmt: skip
    assert untold
    said = words(*typed, "--output", "cost JPN")
    named = re.search(r"8 draws say nothing of (.+): the interval is .*? --size (\d+)", said)
    assert named is not None, said
    assert named[1].split(", ") == untold
    size = int(named[2])
    assert size > 8
    assert size & (size - 1) == 0
    printed = Index(0.17, 0.37, 1.16, 1.50)
    for of, take in ((64, "Take --size 1024."), (65536, "Even --size 65536 may be too small.")):
        lines = " ".join(" ".join(untold_lines({"spare": printed}, of)).split())
        assert lines.endswith(f"as wide as the part or wider. {take}")
    one = (Range("a", 0.0, 1.0, Kind.SHARE),)
    assert len(sample_rows(one, largest_size(1), 1)) <= 1 << 18
    many = words(*PRICE[:-1], "1024", "--output", "price KOR")
    assert "draws say nothing" not in many


def test_outputs_to_which_nothing_matters_are_told_together() -> None:
    typed = (*UNCERTAIN, "lose", "semiconductors", "JPN", "--party", "KOR", "--stage", "sem_hf",
             "--size", "4")  # fmt: skip
    said = words(*typed)
    outputs = value(*typed, "--json")["outputs"]
    once = "Nothing that was varied matters to any of these: each is the same throughout"
    assert said.count(once) == 1
    assert "The same throughout: nothing" not in said
    assert "Below each output" not in said
    told = said.partition(once)[2]
    assert all(told.count(f"{name},") + told.count(f"{name}.") == 1 for name in outputs)
    assert "1 of 1, the smallest part that comes on any day: least sem_" in told
    some = words(*CHAIN)
    assert once not in some
    assert some.count("The same throughout: nothing that was varied matters to it.") > 0


def test_json_has_every_output_and_a_range_that_was_typed() -> None:
    found = value(*PRICE, "--range", "elasticity=0:2:1", "--range", "passed on=1", "--json")
    told = {one["name"]: one for one in found["ranges"]}
    assert (told["elasticity"]["high"], told["elasticity"]["base"]) == (2.0, 1.0)
    assert (told["passed on"]["low"], told["passed on"]["high"]) == (1.0, 1.0)
    assert (found["size"], found["seed"], found["rows"], found["open"]) == (16, 1, 64, [])
    output = found["outputs"]["output KOR"]
    assert set(output["tornado"]) == set(output["indices"]) == {"cost ROW:MIN", "elasticity"}
    assert output["tornado"]["elasticity"][0] == 0.0
    assert output["band"]["answered"] == output["band"]["drawn"] == 32
    assert found["failed_rows"] == []


def test_workers_and_seed_do_what_they_say() -> None:
    one = value(*PRICE, "--json")
    assert value(*PRICE, "--workers", "2", "--json") == one
    assert value(*PRICE, "--seed", "2", "--json")["outputs"] != one["outputs"]


def test_what_nobody_knows_is_held_and_said_until_somebody_gives_it_a_range() -> None:
    said = words(*CHAIN, "--watch", "bat_cell")
    assert "Nobody knows how much more, so these are held" in said
    assert "stock bat_cell at 0" in said
    given = (*CHAIN, "--watch", "bat_cell", "--range", "stock bat_cell=0:60")
    assert "stock bat_cell" not in value(*given, "--json")["open"]
    assert "stock bat_cell" in value(*given, "--json")["outputs"]["missing bat_cell"]["indices"]


def test_a_row_without_an_answer_is_named_with_its_inputs() -> None:
    typed = (*UNCERTAIN, "price", "--add", "ROW:MIN=-2:1", "--party", "KOR", "--size", "4")
    said = words(*typed)
    assert "Of ends of ranges 1 have no answer: row 2: the price of ROW:MIN falls to 0" in said
    assert "cost ROW:MIN -2, passed on 1, elasticity 0.5" in said
    assert "No parts of the variance: they need an answer in every row." in said
    assert "not known" in said


@pytest.mark.parametrize(
    "typed",
    [
        ("embargo", "--from", "ROW:MIN", "--to", "KOR"),
        ("shortage", "--lose", "TWN:ELE=0.1:0.3"),
        ("demand", "--change", "KOR:ELE=0:1000"),
        ("outage", "--lose", "JPN:ELE=0.3:0.6", "--days", "60", "--for", "5:20"),
        ("resource", "--lose", "EU27:CHM=0.1:0.2", "--party", "JPN"),
    ],
    ids=lambda typed: typed[0],
)
def test_every_scenario_answers(typed: tuple[str, ...]) -> None:
    found = value(*UNCERTAIN, *typed, "--party", "KOR", "--size", "2", "--json")
    assert found["scenario"] == typed[0]
    assert found["failed_rows"] == []
    assert all(one["base"] is not None for one in found["outputs"].values())


def test_a_path_is_told_by_so_many_days_with_its_band() -> None:
    said = words(*DAYS, "--paths")
    assert said.startswith("Newest year of each layer: WIOD 2013 release")
    assert "lost JPN:ELE 0.3 0.6 0.45 share assumed by whoever asks" in said
    found = value(*DAYS, "--paths", "--json")
    assert found["periods"] == [[1, 7], [8, 14], [15, 21], [22, 28], [29, 35], [36, 42], [43, 49],
                                [50, 56], [57, 59]]  # fmt: skip
    assert list(found["regions"]) == ["KOR", "JPN"]
    japan = found["regions"]["JPN"]
    for at, (first, last) in enumerate(found["periods"]):
        low, middle, high = (f"{100 * japan[end][at]:.2f}" for end in ("low", "middle", "high"))
        assert f"days {first} to {last}" in said
        assert f"{middle} ({low}–{high})" in said
    assert (found["drawn"], found["answered"], found["failed"]) == (16, 16, [])
    assert "Of 16 rows (size 8, seed 1) 5 in 100 lie below the low end" in said
    assert found["basis"]["layers"][0]["newest"] == "2011"
    daily = value(*DAYS, "--paths", "--every", "1", "--json")
    assert [japan["low"][0] > 0, daily["periods"][0], len(daily["periods"])] == [True, [1, 1], 59]
    means = sum(daily["regions"]["JPN"]["base"][:7]) / 7
    assert means == pytest.approx(japan["base"][0], rel=1e-9)


def test_a_path_without_an_answer_in_some_rows_says_so() -> None:
    short = ("--range", "stock=5:120:5", "--for", "30", "--days", "200")
    said = words(*DAYS, *short, "--paths")
    assert "have no answer and are left out; row" in said
    assert "the model ran away" in said
    found = value(*DAYS, *short, "--paths", "--json")
    assert 0 < found["answered"] == found["drawn"] - len(found["failed"]) < found["drawn"]
    assert f"Of {found['drawn']} rows {len(found['failed'])} have no answer" in said
    assert f"Of {found['answered']} rows (size 8, seed 1)" in said


@pytest.mark.parametrize(
    "typed", [PRICE, CHAIN, (*DAYS, "--paths")], ids=["table", "chain", "paths"]
)
def test_another_capital_works_it_out_again(typed: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "fields.json"
    run(*typed, "--workers", "2", "--fields", str(out))
    wording = json.loads(out.read_text(encoding="utf-8"))["wording"]
    (tabled,) = assessments_in(wording["document"])
    assert tabled.versions["salib"]
    assert tabled.parameters["asked"]
    inputs = Inputs(tables_by_digest([shipped("data/chains")]), {}, ("JPN", "KOR", "USA"))
    assert differences(tabled.document, rerun_apart(tabled, inputs, 120)) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("price", "--add", "ROW:MIN"), "--add ROW:MIN: expected NAME=LOW:HIGH"),
        (("price", "--add", "ROW:MIN=a:b"), "'a' is no share; write it as in 50% or 0.5."),
        (("price", "--add", "ROW:MIN=0:1:2"), "expected LOW:HIGH"),
        (("price", "--add", "ROW:XXX=0:1"), "there is no sector 'XXX'"),
        ((*PRICE[2:], "--range", "elastic=0:1"), "there is no range 'elastic' here, only"),
        ((*PRICE[2:], "--range", "elasticity=1:0"), "elasticity: the range ends at 0, below 1"),
        ((*PRICE[2:], "--range", "elasticity"), "expected NAME=LOW:HIGH or NAME=LOW:HIGH:BASE"),
        ((*PRICE[2:], "--size", "10"), "the size must be a power of two"),
        ((*PRICE[2:], "--workers", "0"), "the number of workers must be from 1 to 256"),
        ((*PRICE[2:], "--output", "joy"), "--output joy: there is none, only price KOR"),
        (("shortage", "--lose", "KOR=1", "--lose", "KOR=0.5"), "KOR is named twice"),
        ((*DAYS[2:], "--every", "7"), "--every takes days of a path together: it needs --paths"),
        ((*DAYS[2:], "--paths", "--every", "60"), "from 1 to 59 at a time, not 60"),
        ((*DAYS[2:], "--paths", "--output", "lost KOR"), "--paths shows none"),
        ((*DAYS[2:], "--paths", "--top", "3"), "--paths shows none: leave --top out."),
        (
            ("shortage", "--lose", "KOR=20:50"),
            "--lose KOR=20:50: without a percent sign a share is a part of 1; write 20% or 0.2.",
        ),
        (("shortage", "--lose", "KOR=0.2:0.5,for=20"), "nothing stands behind a comma"),
        (("outage", "--lose", "KOR=0.2:0.5,recover=20"), "from=DAY, for=LOW:HIGH; 'recover=20' is"),
        (("outage", "--lose", "KOR=0.2:0.5,from=1.5"), "from=1.5 is no whole number of days"),
        (("outage", "--lose", "KOR=0.2:0.5,for=2,for=3"), "for= stands there twice"),
        (
            ("outage", "--lose", "KOR=0.2:0.5,for=2", "--for", "3:9"),
            "--for has no effect: each loss has a for= of its own; leave it out.",
        ),
        (("demand", "--change", "KOR:ELE=5%"), "--change KOR:ELE=5%: '5%' is no number."),
        ((*DAYS[2:], "--range", "stock=50%"), "stock is no share; write it without a percent sign"),
        ((*DAYS[2:], "--range", "psi=50:80"), "--range psi=50:80: without a percent sign"),
        ((*DAYS[2:], "--range", "psi=0.5", "--range", "psi=0.6"), "psi is named twice."),
        (
            (*CHAIN[2:], "--party", "USA"),
            "--party KOR USA: its ranges are those of one party; ask for one at a time.",
        ),
        ((*CHAIN[2:], "--party", "KOR"), "--party KOR: KOR is named twice."),
        ((*CHAIN[2:], "--days", "0:5"), "the days must lie from 1 to 365"),
    ],
)
def test_bad_input_is_one_sentence(typed: tuple[str, ...], said: str) -> None:
    assert said in fault(*UNCERTAIN, *typed)


def test_shares_with_a_percent_sign_are_the_same_shares() -> None:
    for plain, signed in (
        (("price", "--add", "ROW:MIN=-0.5:0.4", "--range", "passed on=0.5:1:0.75"),
         ("price", "--add", "ROW:MIN=-50%:40%", "--range", "passed on=50%:100%:75%")),
        (("embargo", "--from", "ROW:MIN", "--to", "KOR", "--share", "0.25:0.5"),
         ("embargo", "--from", "ROW:MIN", "--to", "KOR", "--share", "25%:50%")),
        (("resource", "--lose", "EU27:CHM=0.1:0.2", "--range", "spare=0.1"),
         ("resource", "--lose", "EU27:CHM=10%:20%", "--range", "spare=10%")),
    ):  # fmt: skip
        few = ("--party", "KOR", "--size", "2", "--json")
        assert value(*UNCERTAIN, *signed, *few) == value(*UNCERTAIN, *plain, *few)


def test_json_keeps_to_the_outputs_and_inputs_that_were_asked_for() -> None:
    all_of_it = value(*PRICE, "--json")["outputs"]
    found = value(*PRICE, "--output", "output", "--top", "1", "--json")["outputs"]
    assert list(found) == ["output"]
    assert len(all_of_it) == 3
    (widest,) = found["output"]["tornado"]
    assert widest == next(iter(all_of_it["output"]["tornado"]))
    assert list(found["output"]["indices"]) == [widest]
    assert found["output"]["band"] == all_of_it["output"]["band"]


def test_every_scenario_has_the_same_options_beside_its_own() -> None:
    verbs = cast(
        "typer.core.TyperGroup", typer.main.get_command(supply_uncertain_verb.app)
    ).commands
    assert set(verbs) == set(SCENARIOS)
    options = {name: {one.name: one for one in verb.params} for name, verb in verbs.items()}
    shared = {"ranges", "size", "seed", "workers", "shown", "top", "fields", "as_json"}
    for name, mine in options.items():
        assert shared | ({"party", "file"} if name != "lose" else {"party"}) <= set(mine), name
        for one in shared:
            other = options["price"][one]
            assert mine[one].opts == other.opts, f"{name} {one}"
            assert mine[one].default == other.default or one == "size", f"{name} {one}"
    sizes = {name: mine["size"].default for name, mine in options.items()}
    assert sizes["price"] == sizes["embargo"] == sizes["demand"] == 256
    assert (sizes["resource"], sizes["shortage"], sizes["lose"], sizes["outage"]) == (
        64,
        64,
        128,
        32,
    )
