"""`architrave consultation` and `architrave drill`: times as evidence, lines to take, repairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, said, value
from scenes import BODY
from test_picture import ask, assess
from test_refusals import opened
from world import HOUR, World

from architrave.cli.consult_times import BooksOf
from architrave.cli.look import look
from architrave.institution import acts


def acknowledge(world: World, party: str, asked: str) -> None:
    world.act(party, BODY, acts.Acknowledged, consultation=asked, answer=world.words("read"))
    world.settle()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A request with two readings of one point, and a drill that was closed with one leg open."""
    world = opened()
    real = ask(world)
    acknowledge(world, "JPN", real)
    assess(world, "KOR", real, "affirm", words="The port is closed.")
    world.settle()
    assess(world, "USA", real, "deny")
    world.settle()
    drill = ask(world, number=2, drill=True)
    acknowledge(world, "USA", drill)
    world.now += 30 * HOUR
    world.settle()
    world.act("KOR", BODY, acts.Closed, consultation=drill, outcome=world.words("over"))
    world.settle()
    return lay_out(world, tmp_path_factory.mktemp("nodes"), BODY)


def test_a_consultation_shows_its_times_and_its_disagreement(folders: dict[str, Path]) -> None:
    found = value("consultation", "show", folders["USA"], "ESFSC/2027/KOR/1")
    legs = {leg["party"]: leg for leg in found["timings"]["legs"]}
    asked = found["timings"]["asked"]
    assert asked["line"].startswith("KOR:")
    assert asked["not_before"] <= asked["claimed"] <= asked["not_after"]
    assert not asked["outside"]
    assert legs["JPN"]["state"] == "answered"
    took = legs["JPN"]["answered_after"]
    assert took["at_least"] <= took["claimed"] <= took["at_most"]
    assert legs["JPN"]["final"] is not None
    assert legs["USA"]["received"] is not None
    assert legs["USA"]["answered"] is None
    assert [one["agreement"] for one in found["consultation"]["picture"]["points"]] == ["differs"]
    text = said("consultation", "show", folders["USA"], "ESFSC/2027/KOR/1")
    assert "Times, as others' books bear them out" in text
    assert "not before" in text


def test_the_bound_of_a_line_is_the_first_line_of_another_book_that_names_it(
    folders: dict[str, Path],
) -> None:
    it = look(str(folders["KOR"]))
    tip = it.view.tip("JPN")
    assert tip is not None
    first = it.history.at(tip, 1)
    when = BooksOf(it).moment(first).when
    named = [
        it.history.entry(one).header.t
        for party in ("KOR", "USA")
        if (one := it.history.first_naming(it.view.tip(party), first)) is not None
    ]
    assert when.not_after == min(named)


def test_a_report_says_which_line_failed_and_what_is_owed(folders: dict[str, Path]) -> None:
    found = value("drill", "report", folders["JPN"], "--body", BODY)
    (drill,) = found["drills"]
    assert drill["symbol"] == "ESFSC/2027/KOR/2"
    verdicts = {leg["party"]: (leg["verdict"], leg["failed"]) for leg in drill["legs"]}
    assert verdicts == {"JPN": ("late", True), "USA": ("in-time", False)}
    assert [leg["owes_a_word"] for leg in drill["legs"]] == [True, False]
    assert [one["state"] for one in found["months"]] == ["held"]
    assert {one["party"]: one["share"] for one in found["shares"]} == {"JPN": 0.0, "USA": 1.0}
    text = said("drill", "report", folders["JPN"], "--body", BODY)
    assert "has still to say why its line failed" in text
    assert "architrave drill repair" in text


def test_copies_that_hold_the_same_lines_work_out_the_same_assessment(
    folders: dict[str, Path],
) -> None:
    digests = {
        value("drill", "report", folder, "--body", BODY)["digest"] for folder in folders.values()
    }
    assert len(digests) == 1


def test_a_repair_is_worded_with_owner_and_date(folders: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "repair.json"
    words = ("drill", "repair", folders["KOR"], "ESFSC/2027/KOR/2", "Tokyo", "--due", "2027-02-01")
    assert "act" in said(*words, "--out", out)
    fields = json.loads(out.read_text(encoding="utf-8"))
    assert fields["pledges"][0]["owner"] == "JPN/ESFSC"
    assert "is there already" in fault(*words, "--out", out)
    answer = value("act", folders["KOR"], "tabled", "--file", out, "--dry-run")
    assert (answer["admitted"], answer["rehearsal"]) == (True, True)
    other = ("drill", "repair", folders["KOR"], "ESFSC/2027/KOR/2", "USA", "--due", "2027-02-01")
    assert "has not failed" in fault(*other, "--out", tmp_path / "other.json")
    real = ("drill", "repair", folders["KOR"], "ESFSC/2027/KOR/1", "USA", "--due", "2027-02-01")
    assert "is no drill" in fault(*real, "--out", tmp_path / "other.json")


def test_a_drill_is_opened_in_words_that_say_so(folders: dict[str, Path]) -> None:
    answer = value("drill", "open", folders["USA"], "--body", BODY, "--dry-run")
    assert (answer["kind"], answer["admitted"], answer["rehearsal"]) == ("consulted", True, True)
    text = said("drill", "open", folders["USA"], "--body", BODY, "--dry-run")
    assert "A drill." in text
    line = "Tokyo: its line failed in ESFSC/2027/KOR/2; an answer in time to this drill proves it"
    assert line in " ".join(text.split())


def test_lines_to_take_are_written_for_the_shortest_silence(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    texts = tmp_path / "lines.toml"
    texts.write_text(
        '[title]\nko = "가"\nja = "あ"\nen = "Lines"\n'
        '[summary]\nko = "나"\nja = "い"\nen = "We consult."\n',
        encoding="utf-8",
    )
    out = tmp_path / "lines.json"
    words = ("consultation", "lines", folders["USA"], "ESFSC/2027/KOR/1", texts)
    text = said(*words, "--out", out)
    assert "24 hours" in text
    answer = value("act", folders["USA"], "tabled", "--file", out, "--dry-run")
    assert (answer["admitted"], answer["rehearsal"]) == (True, True)
    refused = fault(*words, "--out", tmp_path / "more.json", "--instrument", "statement")
    assert "by silence" in refused
    texts.write_text('[title]\nen = "x"\n', encoding="utf-8")
    assert "title and summary" in fault(*words, "--out", tmp_path / "more.json")


def test_a_symbol_that_is_no_request_is_named(folders: dict[str, Path]) -> None:
    told = fault("consultation", "show", folders["USA"], "ESFSC/2027/KOR/9")
    assert "is no request to consult here; the nearest are ESFSC/2027/KOR/" in told
