"""HiGHS, asked for one linear programme: the values, the prices of rows, and the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput
from architrave.desks.supply.resourcing.model import Programme

__all__ = ["Solved", "filled", "solve"]


@dataclass(frozen=True, eq=False)
class Solved:
    """The least cost, a solution, and what each row's bound and each variable's bound is worth."""

    cost: float
    values: NDArray[np.float64]
    rows: NDArray[np.float64]
    reduced: NDArray[np.float64]


def filled(programme: Programme) -> highspy.Highs:
    """A solver that holds the programme and prints nothing; one thread, so that it repeats."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    rows, columns = programme.size
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = np.zeros(columns), programme.upper
    model.row_lower_, model.row_upper_ = programme.lower_row, programme.upper_row
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = programme.start
    model.a_matrix_.index_ = programme.index
    model.a_matrix_.value_ = programme.value
    solver.passModel(model)
    return solver


def solve(programme: Programme) -> Solved:
    """The solution of a programme; BadInput, with the solver's word, if it has none."""
    solver = filled(programme)
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise BadInput(f"no way round the loss: {solver.modelStatusToString(status)}.")
    found = solver.getSolution()
    return Solved(
        float(solver.getInfo().objective_function_value),
        np.array(found.col_value),
        np.array(found.row_dual),
        np.array(found.col_dual),
    )
