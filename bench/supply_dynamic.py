"""Days after a shock on the full table of 2011, against BoARIO with the same parameters.

Half of a sector's capital in one region is lost for three weeks and comes back in sixty days; 365
days. The yardstick is BoARIO's own count of its days, without its preparation, in the interpreter
that `ARCHITRAVE_BOARIO` names; ours counts the preparation too. They take turns, and the medians of
three rounds count. A round of theirs takes half a minute, one scenario of ours half a second: that
runs five times a round. Seconds are the processor's, of all its cores together: on a machine that
others use too, how long either waits is not its own doing. Production of every cell on every day is
asserted equal to 1e-9, and scenarios that run together to those alone (1e-3 in float32). Without
that interpreter there is no yardstick, and only deliveries are checked against production; without
the full table beside the project the small one is taken, and nothing is judged of the reach.
Rows, in seconds for a scenario:

supply.dynamic         one scenario alone
supply.dynamic.batch   one of 64 that run together, float64
supply.dynamic.rough   the same in float32
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from architrave.desks.supply.dynamics.paths import many, paths
from architrave.desks.supply.dynamics.scenario import (
    Destruction,
    Parameters,
    Recovery,
    Scenario,
)
from architrave.desks.supply.factored import Factored, factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.table import Table
from bench import Figure, main, versions
from bench.boario_oracle import NEGLIGIBLE, interpreter, oracle
from bench.boario_vectors import destroyed

SIZE, DAYS, BATCH, AGAIN = 3, 365, 64, 5
KINDS: dict[str, Any] = {".batch": np.float64, ".rough": np.float32}
REAL = Path(__file__).parents[2] / "shared" / "data" / "economy" / "wiod13_2011.npz"


def scenario(table: Table, cell: str, share: float = 0.5) -> Scenario:
    """What is lost, and BoARIO's assumptions as it has them without being told."""
    one = Destruction(destroyed(table, {cell: share}), 5, 20, Recovery(60))
    return Scenario(destructions=(one,), parameters=Parameters(negligible=NEGLIGIBLE))


def equal(ours: Any, theirs: Any, relative: float) -> bool:
    """Whether every cell on every day is the same but for a share of it."""
    return bool((np.abs(ours - theirs) <= relative * np.abs(theirs)).all())


def seconds(run: Callable[[], object]) -> float:
    """The processor's seconds that a run takes."""
    began = time.process_time()
    run()
    return time.process_time() - began


def same_together(solved: Factored, several: list[Scenario], days: int, kind: Any) -> bool:
    """Whether the first and the middle one of many are as they are alone, on the first days."""
    found = many(solved, several, days, kind).made
    wanted = 1e-9 if kind is np.float64 else 1e-3
    return all(
        equal(found[:, :, at], paths(solved, several[at], days).made, wanted)
        for at in (0, BATCH // 2)
    )


def measure(size: int | None = None) -> list[Figure]:
    rounds = size or SIZE
    real = REAL.exists() and rounds >= SIZE
    table = read_npz_table(REAL) if real else figures()
    days, cell = (DAYS, "JPN:c14") if real else (90, "JPN:ELE")
    solved, one = factored(table), scenario(table, cell)
    shares = np.linspace(0.5, 0.05, BATCH)
    several = [scenario(table, cell, float(share)) for share in shares]
    ours, python = paths(solved, one, days), interpreter()
    same = ours.residual < 1e-11 and bool((ours.made <= ours.ceiling * (1 + 1e-12)).all())
    spent: dict[str, list[float]] = {"": [], ".batch": [], ".rough": [], "theirs": []}
    for _ in range(rounds):
        if python is not None:
            theirs = oracle(python, table, one, days)
            same = same and equal(ours.made, theirs.production, 1e-9)
            spent["theirs"].append(theirs.seconds)
        spent[""] += [seconds(lambda: paths(solved, one, days)) for _ in range(AGAIN)]
        for name, kind in KINDS.items():
            run = seconds(lambda kind=kind: many(solved, several, days, kind))  # type: ignore[misc]
            spent[name].append(run / BATCH)
    yardstick = float(np.median(spent["theirs"])) if python is not None else None
    sizes = {"cells": table.size, "days": days, "batch": BATCH, "rounds": rounds}
    judged, told = real and python is not None, versions("numpy", "scipy")
    right = {name: same_together(solved, several, 60, kind) for name, kind in KINDS.items()}
    return [
        Figure(
            f"supply.dynamic{name}", float(np.median(spent[name])), yardstick,
            reach(judged, 100 if name else 50), right.get(name, same), sizes, told,
        )
        for name in ("", *KINDS)
    ]  # fmt: skip


def reach(judged: bool, times: float) -> tuple[str, float]:
    """So many times faster: at most that part of the yardstick."""
    return ("<=", 1.0 / times) if judged else ("<=", 1e9)


if __name__ == "__main__":
    sys.exit(main(measure))
