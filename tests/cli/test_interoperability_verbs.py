"""The verbs of interoperability: who may read what, and one sentence for what cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_nodes import fault, run, said, value
from desk_examples import Example, examples
from world import ROOT

FOLDER = ROOT / "data" / "interoperability" / "illustration"
WHEN = ("--parties", "A,B,C", "--today", "2031-03-01")


@pytest.mark.parametrize("example", examples("interoperability"), ids=lambda one: one.command)
def test_the_page_shows_what_the_verbs_print(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(*example.arguments).stdout == example.printed


def test_the_matrix_shows_what_all_may_read_unless_a_reader_is_named() -> None:
    every = value("interoperability", "matrix", FOLDER, *WHEN)
    lamp = {tuple(one["pair"]): one["state"] for one in every["cells"] if one["function"] == "lamp"}
    assert lamp == {
        ("A", "B"): "stale",
        ("A", "C"): "not-assessed",
        ("B", "C"): "not-assessed",
    }
    assert (every["released_to"], every["illustrative"]) == (["A", "B", "C"], True)
    for_one = value("interoperability", "matrix", FOLDER, *WHEN, "--for", "C")
    assert for_one["released_to"] == ["A", "C"]
    public = value("interoperability", "matrix", FOLDER, *WHEN, "--for", "public")
    assert {one["state"] for one in public["cells"]} == {"not-assessed"}
    assert public["illustrative"] is True
    assert len({one["digest"] for one in (every, for_one, public)}) == 3


def test_stale_and_unknown_levels_are_null() -> None:
    found = value("interoperability", "matrix", FOLDER, *WHEN)
    for cell in found["cells"]:
        assert (cell["level"] is not None) == (cell["state"] == "current")


def test_a_chain_names_its_weakest_connections_and_the_best_upgrade() -> None:
    found = value("interoperability", "chain", FOLDER, "fog", *WHEN)
    assert found["level"] == {"low": 2, "high": 2}
    assert [one["pair"] for one in found["connections"] if one["weakest"]] == [
        ["A", "C"],
        ["B", "C"],
    ]
    assert [one["pair"] for one in found["upgrades"]] == [["B", "C"]]
    assert [one["party"] for one in found["hubs"]] == ["A", "B", "C"]
    assert found["assessment"]["result"]["level"] == [2, 2]
    higher = value("interoperability", "chain", FOLDER, "fog", *WHEN, "--to", "4")
    assert higher["upgrades"][0]["after"] == {"low": 4, "high": 4}


def test_standards_come_with_differences_first() -> None:
    found = value("interoperability", "standards", FOLDER, *WHEN)
    assert [one["agreement"] for one in found["standards"]] == ["different", "not-seen", "same"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chain", FOLDER, "frost", *WHEN), "'frost' is no mission here"),
        (("chain", FOLDER, "fog", *WHEN, "--to", "5"), "expected a level from 0 to 4, found 5"),
        (("matrix", FOLDER, *WHEN, "--for", "D"), "'D' is no party here"),
        (("matrix", FOLDER, "--parties", "A,A"), "expected different codes such as A,B,C"),
        (
            ("matrix", FOLDER, "--parties", "A,B,C", "--today", "soon"),
            "expected a date such as 2026-03-31",
        ),
        (("matrix", FOLDER / "none"), "no folder with tables lies here"),
        # Without --parties the charter's parties are meant, and A is none of them.
        (("matrix", FOLDER), "scores.csv, line 2: there is no party 'A'."),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(
    arguments: tuple[object, ...], sentence: str
) -> None:
    assert sentence in fault("interoperability", *arguments)


def test_a_bad_table_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "tables")
    text = (folder / "scores.csv").read_text(encoding="utf-8").replace("A,B,3", "A,A,3", 1)
    (folder / "scores.csv").write_text(text, encoding="utf-8")
    told = fault("interoperability", "matrix", folder, *WHEN)
    assert told.strip() == "scores.csv, line 2: second is A, which is paired with itself."
    assert (folder / "scores.csv").read_text(encoding="utf-8") == text


def test_a_marked_table_is_refused_without_its_words(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "tables")
    text = (folder / "scores.csv").read_text(encoding="utf-8")
    marked = text.replace("One form for all bulletins", "SECRET//HOW")
    (folder / "scores.csv").write_text(marked, encoding="utf-8")
    told = fault("interoperability", "chain", folder, "fog", *WHEN)
    assert "scores.csv, line 2: a cell carries the marking SECRET;" in told
    assert "HOW" not in told


def test_the_shipped_names_of_functions_can_be_read_for_the_parties_of_the_charter() -> None:
    shown = said("interoperability", "matrix", ROOT / "data" / "interoperability")
    assert "not assessed" in shown
    assert "Illustrative" not in shown
