"""A way round a loss by linear programming, alone and together, against HiGHS on the same model.

All coalitions of three parties; from the table to the cheapest plan of each. The yardstick is HiGHS
alone, handed the very arrays of the same programmes. Costs are asserted equal to 1e-7. Where the
full table of 2011 lies beside the project, about a third of one region's sales are lost (over
50,000 variables in all); else the small table, and nothing is judged of the reach. Rows:

supply.resource          seconds for the cheapest plan of each coalition
supply.resource.pooled   seconds for all of it: costs, least times, gains and how to share them
"""

import sys
from itertools import combinations
from pathlib import Path

import highspy
import numpy as np
from highspy._core import _Highs

from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.resourcing.losses import loss_of, needs_of
from architrave.desks.supply.resourcing.market import Assumed, market_for
from architrave.desks.supply.resourcing.model import Programme, cheapest
from architrave.desks.supply.resourcing.pooling import pooled
from architrave.desks.supply.resourcing.solving import solve
from architrave.desks.supply.table import Table
from bench import Figure, main, seconds, versions

SIZE = 5
PARTIES = ("JPN", "KOR", "USA")
REAL = Path(__file__).parents[2] / "shared" / "data" / "economy" / "wiod13_2011.npz"


def quiet() -> _Highs:
    """HiGHS as it is below its class for Python, which prints a line when it is made."""
    return _Highs()


def model_of(programme: Programme) -> highspy.HighsLp:
    """A programme as HiGHS takes it."""
    model = highspy.HighsLp()
    rows, columns = programme.size
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = np.zeros(columns), programme.upper
    model.row_lower_, model.row_upper_ = programme.lower_row, programme.upper_row
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = programme.start
    model.a_matrix_.index_ = programme.index
    model.a_matrix_.value_ = programme.value
    return model


def programmes(table: Table, share: float) -> list[Programme]:
    """The programme of every coalition."""
    assumed, loss = Assumed(), loss_of(table, {table.regions[-1]: share})
    needs = needs_of(table, loss, PARTIES)
    return [
        cheapest(needs.of(members), market_for(table, loss, PARTIES, members, assumed), assumed)
        for size in (1, 2, 3)
        for members in combinations(PARTIES, size)
    ]


def alone(models: list[highspy.HighsLp]) -> list[float]:
    """The costs that HiGHS finds."""
    found = []
    for model in models:
        solver = quiet()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(model)
        solver.run()
        found.append(float(solver.getInfo().objective_function_value))
    return found


def measure(size: int | None = None) -> list[Figure]:
    rounds = size or SIZE
    real = REAL.exists() and rounds >= SIZE
    table, share = (read_npz_table(REAL) if real else figures()), 0.3
    models = [model_of(one) for one in programmes(table, share)]
    ours = [solve(one).cost for one in programmes(table, share)]
    theirs = alone(models)
    equal = bool(np.allclose(ours, theirs, rtol=1e-7, atol=1e-6))
    value, yardstick = [], []
    for _ in range(rounds):
        value.append(seconds(lambda: [solve(one) for one in programmes(table, share)]))
        yardstick.append(seconds(lambda: alone(models)))
    whole = [seconds(lambda: pooled(table, loss_of(table, {table.regions[-1]: share}), PARTIES))]
    sizes = {
        "cells": table.size,
        "variables": sum(one.num_col_ for one in models),
        "coalitions": len(models),
        "rounds": rounds,
    }
    reach = ("<=", 1.5) if real else ("<=", 1e9)
    told = versions("scipy", "highspy", "numpy")
    return [
        Figure(
            "supply.resource", float(np.median(value)), float(np.median(yardstick)), reach, equal,
            sizes, told,
        ),
        Figure("supply.resource.pooled", whole[0], None, ("<=", 60.0), equal, sizes, told),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(measure))
