"""HiGHS, asked for one linear programme: the values, and what each bound is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array

from architrave.desks.errors import BadInput
from architrave.desks.supply.resourcing.model import Programme

__all__ = ["Solved", "solve"]


@dataclass(frozen=True, eq=False)
class Solved:
    """The least cost, a solution, and what one more unit below each upper bound would save."""

    cost: float
    values: NDArray[np.float64]
    saved: NDArray[np.float64]


def solve(programme: Programme) -> Solved:
    """The solution of a programme; BadInput, with the solver's word, if it has none."""
    matrix = csc_array(
        (programme.value, programme.index, programme.start), shape=programme.size
    ).tocsr()
    equal = programme.lower_row == programme.upper_row
    rest = ~equal if not equal.all() else None
    found = linprog(
        programme.cost,
        A_eq=matrix[equal] if rest is not None else matrix,
        b_eq=programme.lower_row[equal],
        A_ub=None if rest is None else matrix[rest],
        b_ub=None if rest is None else programme.upper_row[rest],
        bounds=np.stack([np.zeros(len(programme.upper)), programme.upper], axis=1),
        method="highs",
    )
    if not found.success:
        raise BadInput(f"no way round the loss was found: {found.message}")
    return Solved(float(found.fun), np.asarray(found.x), -np.asarray(found.upper.marginals))
