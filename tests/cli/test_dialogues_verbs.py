"""The verbs of the dialogues, and both desks' pages for notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_nodes import fault, run, said, value
from desk_examples import Example, examples, notebook
from world import ROOT

RESEARCH = ROOT / "data" / "research"
TODAY = ("--today", "2026-03-31")


@pytest.mark.parametrize("example", examples("dialogues"), ids=lambda one: one.command)
def test_the_page_shows_what_the_verbs_print(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(*example.arguments).stdout == example.printed


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("interoperability", "2\n[('B', 'C')]\n"),
        ("dialogues", "['37', '41 to 71']\n['150', '178', '214', '335']\n"),
    ],
)
def test_the_pages_for_notebooks_run(
    page: str, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(notebook(page), {})
    assert capsys.readouterr().out == printed


def test_announced_days_and_held_ones_are_told_apart() -> None:
    (ncg,) = value("dialogues", "show", "NCG", *TODAY)["series"]
    told = [(one["meeting"], one["state"], one["slipped"]) for one in ncg["announced"]]
    assert ("ncg-4", "not-held", [37, 37]) in told
    assert ("ncg-4", "held", None) in told
    assert all(one["source"].startswith("http") for one in ncg["held"] + ncg["announced"])
    earlier = value("dialogues", "show", "NCG", "--today", "2024-12-20")["series"][0]
    assert [one["meeting"] for one in earlier["held"]] == ["ncg-1", "ncg-2", "ncg-3"]


def test_every_output_says_whose_statement_it_is_not() -> None:
    for verb in ("show", "council"):
        assert "nobody's statement" in said("dialogues", verb, *TODAY)
        assert "nobody's statement" in value("dialogues", verb, *TODAY)["compiled"]


def test_the_council_is_said_to_be_proposed() -> None:
    assert "The Defence Council is proposed and has not met." in said("dialogues", "council")
    found = value("dialogues", "council", *TODAY)
    assert found["sources_reach"] == "2026-03-31"
    assert "cm-defmin-annual" in [one["promise"] for one in found["promises"]]


def test_a_marked_row_is_refused_by_the_nodes_own_list(tmp_path: Path) -> None:
    for name in ("dialogues.csv", "dialogue_meetings.csv"):
        shutil.copy(RESEARCH / name, tmp_path / name)
    file = tmp_path / "dialogue_meetings.csv"
    rows = file.read_text(encoding="utf-8")
    file.write_text(rows.replace("By video", "SECRET//BY VIDEO"), encoding="utf-8")
    told = fault("dialogues", "show", "--folder", tmp_path)
    assert "place carries the marking SECRET; only what is public is taken." in told
    assert "VIDEO" not in told
    file.write_text(rows.replace("https://newsbox.co.kr", "seen at newsbox"), encoding="utf-8")
    assert "must be the address of a public page" in fault(
        "dialogues", "show", "--folder", tmp_path
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "ELM"), "'ELM' is no series here"),
        (("show", "--today", "soon"), "expected a date such as 2026-03-31"),
        (("show", "--folder", "none"), "no such table lies here"),
        (("council", "--register", "none"), "no folder with a register lies here"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(
    arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in fault("dialogues", *arguments)
