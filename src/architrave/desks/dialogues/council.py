"""The council's own side: recurring three-way promises of the register, promised beside held.

The Defence Council is proposed and has not met. What can be shown are the promises on which it
would build (ministers, talks, exercises), as the register has them and by its rule.
"""

from __future__ import annotations

from datetime import date

from architrave.institution.promises import SummaryRow, assess
from architrave.institution.register_rows import Cadence, Register

__all__ = ["RECURRING", "council"]

RECURRING = (Cadence.ANNUAL, Cadence.QUARTERLY)


def council(register: Register, today: date, pillar: str = "defence") -> tuple[SummaryRow, ...]:
    """Every recurring promise of a pillar made by `today`, with its states, in order of ids."""
    rows = (
        SummaryRow(promise, assess(register, promise, today))
        for promise in register.promises
        if promise.cadence in RECURRING and promise.pillar == pillar
    )
    return tuple(row for row in rows if row.states)
