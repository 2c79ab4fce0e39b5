"""Rows answered in fixed blocks: whoever answers a block, and however many do, the bits are one.

A block has the same rows with any number of workers, since sums over more columns at once may be
added up in another order.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.table import Matrix
from architrave.desks.supply.uncertainty.ranges import Ran, Scenario

__all__ = ["BLOCK", "Failed", "answered"]

BLOCK = 32
"""Rows of a block."""

_NO_NUMBER = "the answer is not a finite number"


@dataclass(frozen=True, slots=True)
class Failed:
    """A row without an answer: its place from 1, its inputs by name, and why."""

    row: int
    inputs: dict[str, float]
    why: str


def answered(scenario: Scenario, rows: Matrix, workers: int = 1) -> tuple[Matrix, list[Failed]]:
    """The answers to K rows (K x outputs), NaN in every row that failed, and all of those.

    BadInput for fewer than one worker, rows of another width, or a worker that ended before it
    answered. What a scenario raises beside BadInput is a fault of it and goes through.
    """
    if not 1 <= workers <= 256:
        raise BadInput(f"the number of workers must be from 1 to 256, not {workers}.")
    if rows.ndim != 2 or rows.shape[1] != len(scenario.ranges):
        raise BadInput(f"rows of {len(scenario.ranges)} inputs were expected, not {rows.shape}.")
    blocks = [rows[first : first + BLOCK] for first in range(0, len(rows), BLOCK)]
    if workers == 1 or len(blocks) < 2:
        return _joined(scenario, rows, (_whole(scenario, block) for block in blocks))
    try:
        with ProcessPoolExecutor(
            min(workers, len(blocks)), multiprocessing.get_context("spawn"), _take, (scenario,)
        ) as pool:
            return _joined(scenario, rows, pool.map(_block, blocks))
    except BrokenProcessPool as fault:
        raise BadInput("a worker ended before it answered: ask again with fewer.") from fault


def _joined(scenario: Scenario, rows: Matrix, parts: Iterable[Ran]) -> tuple[Matrix, list[Failed]]:
    names = [one.name for one in scenario.ranges]
    values = np.empty((len(rows), len(scenario.outputs)))
    failed, first = [], 0
    for part in parts:
        values[first : first + len(part.values)] = part.values
        for row in sorted(part.faults):
            inputs = dict(zip(names, map(float, rows[first + row]), strict=True))
            failed.append(Failed(first + row + 1, inputs, part.faults[row]))
        first += len(part.values)
    return values, failed


def _whole(scenario: Scenario, block: Matrix) -> Ran:
    """A block's answers, with each row that is not wholly finite among the faults."""
    ran = scenario.run(block)
    if ran.values.shape != (len(block), len(scenario.outputs)):
        raise BadInput(
            f"a scenario answered {len(block)} rows and {len(scenario.outputs)} outputs with the "
            f"shape {ran.values.shape}."
        )
    values = np.array(ran.values, dtype=np.float64)
    faults = dict(ran.faults)
    for row in np.flatnonzero(~np.isfinite(values).all(axis=1)):
        faults.setdefault(int(row), _NO_NUMBER)
    values[list(faults)] = np.nan
    return Ran(values, faults)


# -- in a worker ----------------------------------------------------------------------------

_taken: list[Scenario] = []


def _take(scenario: Scenario) -> None:
    _taken.append(scenario)


def _block(block: Matrix) -> Ran:
    return _whole(_taken[-1], block)
