"""OR-Tools' CP-SAT, asked one thing after the other, within so many seconds in all.

Its own clock is read, no other. The seed and the number of workers are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from architrave.desks.errors import MissingLibrary

try:
    from ortools.sat.python import cp_model
except ModuleNotFoundError as missing:
    raise MissingLibrary(
        "Planning needs OR-Tools: install architrave[exercises], or run make setup."
    ) from missing

__all__ = ["Answer", "Asker", "cp_model"]

SEED = 20_311


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `solved` has values, `proven` is the last word on it (best, or none)."""

    solved: bool
    proven: bool
    value: int
    bound: int
    chosen: dict[int, bool]

    @property
    def impossible(self) -> bool:
        """It is proven that there is no solution."""
        return self.proven and not self.solved


@dataclass(slots=True)
class Asker:
    """A budget of seconds, spent question by question."""

    seconds: float
    workers: int = 1

    def ask(
        self,
        model: cp_model.CpModel,
        literals: Sequence[cp_model.IntVar] = (),
        share: float = 1.0,
        in_order: bool = False,
    ) -> Answer:
        """Solve, in that share of the time left; `chosen` says by index which literals are true.

        `in_order`: decide nothing but by the model's own strategy, and let no solution be left out.
        """
        if self.seconds <= 0:
            return Answer(False, False, 0, 0, {})
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = SEED
        solver.parameters.num_workers = self.workers
        # Cliques and begun-by chains are tight as linear programmes, and the bound comes from them.
        solver.parameters.linearization_level = 2
        if in_order:
            solver.parameters.num_workers = 1
            solver.parameters.linearization_level = 1
            solver.parameters.search_branching = cp_model.FIXED_SEARCH
            solver.parameters.keep_all_feasible_solutions_in_presolve = True
        solver.parameters.max_time_in_seconds = self.seconds * share
        status = solver.solve(model)
        self.seconds -= solver.wall_time
        if status == cp_model.MODEL_INVALID:
            raise ValueError(model.validate())
        bound = ceil(solver.best_objective_bound - 1e-6) if model.has_objective() else 0
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(False, status == cp_model.INFEASIBLE, 0, bound, {})
        chosen = {one.index: solver.boolean_value(one) for one in literals}
        proven = status == cp_model.OPTIMAL
        return Answer(True, proven, round(solver.objective_value), bound, chosen)
