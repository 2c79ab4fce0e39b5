"""`exercises plan` at a terminal, on a programme that is handed to it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from exercise_worlds import PARTIES, YEAR, programme, series
from typer.testing import CliRunner, Result

from architrave.cli.exercises_plan_verbs import register

FOUND = programme(series(hosts=PARTIES), series("sea-breeze"))


def run(*words: str, days: int = 5) -> Result:
    app = typer.Typer()
    rows = {**FOUND.series, "sea-breeze": series("sea-breeze", days=days)}
    register(app, lambda folder, illustration: replace(FOUND, series=rows))
    app.callback()(lambda: None)
    return CliRunner().invoke(app, ["plan", *words])


def test_a_plan_is_a_table_with_reasons() -> None:
    said = run()
    assert said.exit_code == 0
    assert "The cheapest plan." in said.output
    assert f"north-wind/{YEAR}.1" in said.output
    assert "nobody's decision" in said.output


def test_a_conflict_is_said_in_words_and_by_the_exit_status() -> None:
    said = run(days=500)
    assert said.exit_code == 1
    assert "sea-breeze must be held once" in said.output
    assert "no smaller set is a conflict" in said.output


def test_a_plan_as_json_is_planned_again(tmp_path: Path) -> None:
    printed = run("--json")
    first = json.loads(printed.output)
    assert first["result"]["proven"] is True
    kept = tmp_path / "plan.json"
    kept.write_text(printed.output, encoding="utf-8")
    words = ("--before", str(kept), "--decided", f"{YEAR}-01-01", "--seat", "chair", "--json")
    again = run("--replan", f"north-wind/{YEAR}.1={YEAR}-06-01", *words)
    (move,) = json.loads(again.output)["result"]["moves"]
    assert (move["after"], move["seat"]) == (f"{YEAR}-06-03", "chair")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--replan", "north-wind/2041.1=2041-06-01", "--decided", "2041-01-01"), "--before"),
        (("--replan", "north-wind/2041.1=June", "--decided", "2041-01-01"), "'June'"),
        (("--seconds", "0"), "neither a plan nor a conflict"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert said in answer.stderr
