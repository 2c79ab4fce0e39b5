"""The measuring frame itself: what a figure says, and that every subject is found."""

import json
from pathlib import Path

import pytest

from bench import Figure, as_record
from bench.run import main, subjects, write_results

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
    folder = Path(__file__).resolve().parents[1] / "bench"
    assert "run" not in subjects()
    assert all((folder / f"{name}.py").is_file() for name in subjects())


def test_an_unknown_subject_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no_such_subject"]) == 2
    assert "no_such_subject" in capsys.readouterr().out
