"""Seeded histories: the real peers in a world that fails, judged by separate code.

`architrave sim --seeds 0:2000` runs more of them, `make sim` twenty thousand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from world import load_charter

from architrave.sim.plan import plan_for
from architrave.sim.simulate import Outcome, simulate

SHIPPED = load_charter()
SEEDS = 128
CHUNK = 8
FAILED_ONCE = [
    int(line.split()[0])
    for line in (Path(__file__).parent / "seeds.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def run(seed: int, steps: int) -> Outcome:
    return simulate(plan_for(seed, SHIPPED, steps=steps), SHIPPED)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_nothing_untrue_is_found_in_histories(first: int) -> None:
    for seed in range(first, first + CHUNK):
        outcome = run(seed, 30)
        assert not outcome.found, f"{outcome.plan.sentence}: {outcome.found[0]}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", FAILED_ONCE)
def test_seeds_that_failed_once_hold(seed: int) -> None:
    assert not run(seed, 60).found


def test_one_seed_gives_one_history() -> None:
    first, second = run(11, 30), run(11, 30)
    assert (first.unseed, first.heads, first.story) == (second.unseed, second.heads, second.story)
    assert run(12, 30).unseed != first.unseed


def test_one_seed_gives_one_history_whatever_the_hash_seed() -> None:
    found = []
    for hash_seed in ("1", "2"):
        command = [sys.executable, "-m", "architrave.cli.main", "sim", "--seed", "7", "--json"]
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            timeout=120,
        )
        found.append(json.loads(done.stdout))
    assert found[0] == found[1]
    assert found[0]["unseed"]


def test_histories_are_rich_enough_to_be_worth_judging() -> None:
    # What a run of many seeds must contain, or its silence would say nothing.
    counts = sum((run(seed, 50).counts for seed in range(40, 60)), start=run(39, 50).counts)
    for word in (
        *("admitted", "refused", "in force", "in force by silence", "lives", "convicted"),
        "texts held by release",
    ):
        assert counts[word] > 0, word
