"""Laying out again beside the pages: one search at a time, in a thread of its own.

The solver has a limit of seconds; a page that waits for it is answered within a few, and says
whether it is done. A proposal is nothing but a proposal until somebody accepts it with a reason.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from architrave.desks.errors import DeskError, MissingLibrary
from architrave.desks.exercises.trials import as_plan, last_put_off
from architrave.portal.board.folder import Tables

if TYPE_CHECKING:
    from architrave.desks.exercises.conflicts import Infeasible
    from architrave.desks.exercises.model import Plan
    from architrave.desks.exercises.planning import Undecided
    from architrave.desks.exercises.replanning import Replanned

__all__ = ["Bench", "Found", "Proposal", "laid_again"]

SECONDS = 20.0
"""For the search, and as many for the smallest set of rules that cannot stand together."""
KEPT = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ended with: a plan, rules in conflict, or why there was none."""

    result: Replanned | Plan | Infeasible | Undecided | None = None
    no_solver: bool = False
    fault: str = ""


@dataclass(slots=True)
class Proposal:
    """A search for the tables of one moment; `found` is there once `done` is set."""

    number: int
    tables: Tables
    done: threading.Event = field(default_factory=threading.Event)
    found: Found = Found()


def laid_again(tables: Tables) -> Found:
    """Plan again around what was moved; where there is no plan yet, plan for the first time."""
    try:
        # OR-Tools is heavy, and of an extra: nothing but this needs it.
        from architrave.desks.exercises.planning import plan
        from architrave.desks.exercises.replanning import replan
    except MissingLibrary:
        return Found(no_solver=True)
    try:
        programme = tables.programme
        if not tables.plan:
            return Found(plan(programme, SECONDS, conflict_seconds=SECONDS))
        standing = as_plan(programme, tables.plan)
        moved = last_put_off(tables.plan, tables.moves)
        return Found(replan(programme, standing, moved, SECONDS, conflict_seconds=SECONDS))
    except DeskError as fault:
        return Found(fault=str(fault))


class Bench:
    """The proposals of this process; the last few are kept. `search` finds one."""

    def __init__(self, search: Callable[[Tables], Found] = laid_again) -> None:
        self.search = search
        self._proposals: dict[int, Proposal] = {}
        self._lock = threading.Lock()
        self._count = 0

    def begin(self, tables: Tables) -> Proposal:
        """Begin a search, or give the one that is at work for the same tables."""
        with self._lock:
            for one in self._proposals.values():
                if one.tables.stamp == tables.stamp and not one.done.is_set():
                    return one
            self._count += 1
            made = Proposal(self._count, tables)
            self._proposals[made.number] = made
            for number in sorted(self._proposals)[:-KEPT]:
                del self._proposals[number]
        threading.Thread(target=self._work, args=(made,), daemon=True).start()
        return made

    def at(self, number: int) -> Proposal | None:
        """A proposal by its number; None if it was dropped."""
        return self._proposals.get(number)

    def drop(self, number: int) -> None:
        """Let a proposal go."""
        with self._lock:
            self._proposals.pop(number, None)

    def _work(self, proposal: Proposal) -> None:
        try:
            proposal.found = self.search(proposal.tables)
        except Exception as fault:  # a page waits for it: it must be told
            proposal.found = Found(fault=f"{type(fault).__name__}: {fault}")
        finally:
            proposal.done.set()
