"""Random histories with one lying party; `python -m tests.stories.adversary` runs thousands more.

Seeds that once showed a fault are in `FAILED_ONCE`, with what they found.
"""

from __future__ import annotations

import pytest
from adversary import run
from rejected import rejected

FAILED_ONCE: dict[tuple[int, int], str] = {
    (49, 3): "a checkpoint larger than what was held crashed the node that was shown it",
    (51, 3): "a branch was asked for once, and an honest log stopped where the answer was lost",
    (81, 3): "a checkpoint larger than what was held crashed the node that was shown it",
    (106, 3): "a bare claim to hold more of a log kept an honest node from signing for ever",
}


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(10))
def test_one_liar_among_three_makes_no_two_honest_contradict_each_other(chunk: int) -> None:
    for seed in range(chunk * 8, chunk * 8 + 8):
        assert run(seed, 3, steps=45).faults == [], f"seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
@pytest.mark.parametrize("parties", [4, 5])
def test_one_liar_among_more_makes_no_two_honest_contradict_each_other(
    chunk: int, parties: int
) -> None:
    for seed in range(chunk * 3, chunk * 3 + 3):
        assert run(seed, parties, steps=30).faults == [], f"seed {seed} of {parties}"


def test_seeds_that_failed_once_hold() -> None:
    for (seed, parties), found in FAILED_ONCE.items():
        assert run(seed, parties).faults == [], found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "first", "says"),
    [
        ("received", 0, "does not hold all of it"),
        ("deadline", 0, "counts a silence"),
        ("ever", 16, "had left what is agreed"),
    ],
)
def test_the_judge_finds_what_a_rejected_rule_does(rule: str, first: int, says: str) -> None:
    found: list[str] = []
    for seed in range(first, first + 40):
        with rejected(rule):
            found += run(seed, 3).faults
        if any(says in fault for fault in found):
            return
    raise AssertionError(f"the trial cannot tell the rule {rule!r} from ours: {found}")


def test_one_seed_gives_one_history() -> None:
    first, second = run(7, 3, steps=30), run(7, 3, steps=30)
    assert (first.faults, first.happened) == (second.faults, second.happened)
