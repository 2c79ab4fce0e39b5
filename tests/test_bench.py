"""The measuring frame itself: what a figure says, and that every subject is found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import Figure, as_record, percentile, side_by_side
from bench.run import main, subjects, write_results

ROOT = Path(__file__).resolve().parents[1]

# A size at which each subject still checks its answers and takes a few seconds.
SMALL = {
    "consult": 3,
    "consult_down": 1,
    "cosigning": 20,
    "exercises_plan": 12,
    "fold": 200,
    "portal": 1,
    "record_append": 1_280,
    "record_audit": 1_500,
    "record_proof": 700,
    "search": 1,
    "supply_demand": 3,
    "supply_dynamic": 1,
    "supply_embargo": 3,
    "supply_readers": 2,
    "supply_resource": 1,
}

KEYS = "name value yardstick ratio reach holds equal sizes versions cores".split()


def figure(
    value: float = 6.0,
    yardstick: float | None = 10.0,
    reach: tuple[str, float] = (">=", 0.6),
    equal: bool = True,
) -> Figure:
    return Figure("invented", value, yardstick, reach, equal, {"entries": 3})


@pytest.mark.parametrize(
    ("measured", "holds"),
    [
        (figure(), True),
        (figure(value=5.9), False),
        (figure(reach=("<=", 0.6)), True),
        (figure(value=6.1, reach=("<=", 0.6)), False),
        (figure(yardstick=None, reach=("<=", 6)), True),
        (figure(yardstick=None, reach=("<=", 5)), False),
        (figure(equal=False), False),
    ],
)
def test_a_figure_holds_when_right_and_in_reach(measured: Figure, holds: bool) -> None:
    assert measured.holds is holds


def test_a_reach_has_a_direction() -> None:
    with pytest.raises(ValueError, match="a reach is"):
        _ = figure(reach=("about", 1)).holds


def test_a_record_has_the_agreed_keys_and_survives_json(tmp_path: Path) -> None:
    target = tmp_path / "results" / "latest.json"
    write_results([as_record(figure())], target)
    (record,) = json.loads(target.read_text(encoding="utf-8"))
    assert list(record) == KEYS
    assert record["reach"] == ">= 0.6"


def test_every_subject_is_a_module_and_run_is_none() -> None:
    folder = ROOT / "bench"
    assert "run" not in subjects()
    assert all((folder / f"{name}.py").is_file() for name in subjects())


def test_an_unknown_subject_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no_such_subject"]) == 2
    assert "no_such_subject" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_a_small_run_checks_its_answers_and_prints_its_rows(name: str) -> None:
    command = [sys.executable, "-m", f"bench.{name}", "--json", "--size", str(SMALL[name])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records[0]["name"] == name.replace("_", ".")
    for record in records:
        assert list(record) == KEYS
        assert record["name"].startswith(records[0]["name"])
        assert record["equal"]
        assert record["value"] > 0


def test_every_subject_has_a_small_run() -> None:
    assert set(SMALL) == set(subjects())


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (1, 1), (50, 50), (99, 99), (100, 100)])
def test_a_percentile_is_one_of_the_values(percent: int, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), percent) == expected


def test_work_and_yardstick_run_in_turn() -> None:
    order: list[str] = []
    work, yardstick = side_by_side(lambda: order.append("work"), lambda: order.append("bare"), 3)
    assert order == ["work", "bare"] * 3
    assert work > 0
    assert yardstick > 0
