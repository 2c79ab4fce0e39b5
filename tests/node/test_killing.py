"""A few rounds of `python -m tests.node.killing`, which runs a hundred."""

from __future__ import annotations

from pathlib import Path

import pytest
from killing import kill


@pytest.mark.slow
def test_nodes_killed_at_random_moments_lose_nothing_acknowledged(tmp_path: Path) -> None:
    report = kill(4, 2027, tmp_path)
    assert report.faults == []
    assert report.acknowledged > 0
    assert report.kills >= 4
