"""What every kind of work is: somebody who may be asked for the next act of any party."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from architrave.institution.acts import Act
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft

__all__ = ["Work", "Workload"]


class Work:
    """One kind of work in one history, on an agenda, with a source of draws of its own."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        self.agenda, self.draw = agenda, draw

    def urgent(self, party: str) -> bool:
        """Say whether a party is in the middle of something here."""
        return False

    def propose(self, party: str) -> Draft | None:
        """The next act of a party, honest or not; None if it has nothing to do here now."""
        return None

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """What became of an act of an honest party; None if nobody knows."""

    def mend(self) -> bool:
        """Peace has come: bring to an end what officers can. True if it has not ended yet."""
        return False


Workload = Callable[[Agenda, Random], Work]
