"""Shocks of final demand, a thousand at once, against an explicit inverse and one product each.

The yardstick does what the best-known library for such tables does: it holds the inverse of I - A
as a pandas frame with its labels and multiplies each demand by it, one after the other. (That
library brings a package named `tests` with it, which hides ours, so it is not run itself; decision
0034 has its own time.) Forming the inverse is left out of the yardstick, and factoring out of the
value: both are done once a table. Answers are asserted equal to 1e-9. Where the full table of 2011
lies beside the project, it is measured; else the small table, and nothing is judged of the reach.
Rows:

supply.demand            seconds for all shocks, each with its output
supply.demand.product    the same, against one product of the bare inverse and all demands at once
supply.demand.factored   seconds to factor the table, against forming the inverse
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from architrave.desks.supply.factored import Factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.shocks import demand_shock
from bench import Figure, main, seconds, versions

SIZE = 1000
ROUNDS = 9
REAL = Path(__file__).parents[2] / "shared" / "data" / "economy" / "wiod13_2011.npz"


def measure(size: int | None = None) -> list[Figure]:
    count = size or SIZE
    real = REAL.exists() and count >= SIZE
    table = read_npz_table(REAL) if real else figures()
    solved = Factored(table)
    draw = np.random.default_rng(2011)
    # Up to a fifth of what is asked of each cell: a fall below what it makes would be refused.
    part = draw.uniform(-0.2, 0.2, (table.size, count))
    shocks = np.asfortranarray(part * np.maximum(table.f, 0.0)[:, None])
    solved.output(table.f)
    inverse = np.linalg.inv(np.eye(table.size) - solved.A)
    names = pd.MultiIndex.from_product([table.regions, table.sectors])
    labelled = pd.DataFrame(inverse, index=names, columns=names)
    demands = pd.DataFrame(shocks, index=names)

    def theirs() -> list[pd.Series]:
        return [labelled @ demands[at] for at in range(count)]

    found = demand_shock(solved, shocks)
    equal = bool(
        np.allclose(found.change, np.stack(theirs(), axis=1), rtol=1e-9, atol=1e-6)
        and found.residual < 1e-9
        and found.gap < 1e-9
    )
    # One after the other, not by turns: NumPy and SciPy each keep threads of their own, and those
    # of the one that ran last hold the processor for a while.
    rows = {
        name: [seconds(what) for _ in range(ROUNDS)]
        for name, what in (
            ("value", lambda: demand_shock(solved, shocks)),
            ("theirs", theirs),
            ("product", lambda: inverse @ shocks),
            ("factoring", lambda: Factored(table).output(table.f)),
            ("inverting", lambda: np.linalg.inv(np.eye(table.size) - solved.A)),
        )
    }
    sizes = {"cells": table.size, "shocks": count, "rounds": ROUNDS}

    def figure(name: str, value: str, yardstick: str, reach: float) -> Figure:
        one, other = float(np.median(rows[value])), float(np.median(rows[yardstick]))
        told = ("<=", reach if real else 1e9)
        used = versions("scipy", "numpy", "pandas")
        return Figure(name, one, other, told, equal, sizes, used)

    return [
        figure("supply.demand", "value", "theirs", 1 / 8),
        figure("supply.demand.product", "value", "product", 2.5),
        figure("supply.demand.factored", "factoring", "inverting", 1.0),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
