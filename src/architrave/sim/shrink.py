"""Making a failing plan smaller: fewer steps, fewer faults, less work, while it still fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from architrave.sim.plan import Plan

__all__ = ["shrunk"]

_ATTEMPTS = 40


def shrunk(plan: Plan, check: str, fails: Callable[[Plan], set[str]]) -> Plan:
    """The smallest plan found that still fails the check of this letter.

    `fails` runs a plan and returns the letters of the checks that it fails; at most `_ATTEMPTS`
    plans are run. Other draws follow from a smaller plan, so it may fail in another way: only the
    letter is kept.
    """
    best, left = plan, _ATTEMPTS
    found = True
    while found and left > 0:
        found = False
        for smaller in _smaller(best):
            left -= 1
            if check in fails(smaller):
                best, found = smaller, True
                break
            if left <= 0:
                break
    return best


def _smaller(plan: Plan) -> Iterator[Plan]:
    """Plans that are smaller by one thing, the greatest first."""
    if plan.malice:
        yield replace(plan, malice=0.0)
    for name in plan.faults:
        yield replace(plan, faults=tuple(one for one in plan.faults if one != name))
    if len(plan.works) > 1:
        for name in plan.works:
            yield replace(plan, works=tuple(one for one in plan.works if one != name))
    for part in (0.5, 0.8, 0.95):
        steps = int(plan.steps * part)
        if 0 < steps < plan.steps:
            yield replace(plan, steps=steps)
