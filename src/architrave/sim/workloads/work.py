"""What every kind of work is: somebody who may be asked for the next act of any party."""

from __future__ import annotations

from random import Random
from typing import Protocol

from architrave.institution.acts import Act
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft

__all__ = ["Work", "Workload"]


class Work(Protocol):
    """One kind of work in one history."""

    def propose(self, party: str) -> Draft | None:
        """The next act of a party, honest or not; None if it has nothing to do here now."""

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """What became of an act of an honest party; None if nobody knows."""


class Workload(Protocol):
    """Begins one kind of work on an agenda, with a source of draws of its own."""

    def __call__(self, agenda: Agenda, draw: Random) -> Work:
        """Begin."""
