"""A storm of consultations: everybody asks, drills, answers, reads points and closes at once."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import (
    Acknowledged,
    Act,
    Assessed,
    Closed,
    Consulted,
    name_of,
)
from architrave.institution.picture import READINGS
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.workloads.work import Work

__all__ = ["ConsultationStorm"]


class ConsultationStorm(Work):
    """Requests by name, with who asked."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.open: list[tuple[str, str]] = []

    def propose(self, party: str) -> Draft | None:
        """Ask, answer, read a point or close."""
        agenda = self.agenda
        if party not in agenda.body.parties:
            return None
        words = agenda.officers.words("please")
        charter = agenda.world.cast.charter
        answered = charter.article_for(agenda.body.id, "acknowledge") is not None
        if not self.open or not answered or self.draw.random() < 0.35:
            symbol = agenda.symbol(party)
            return agenda.draft(
                party,
                Consulted,
                symbol=symbol,
                body=agenda.body.id,
                ground=words,
                facts=words,
                wish=words,
                drill=self.draw.random() < 0.3,
            )
        name, asked = self.draw.choice(self.open[-4:])
        if asked == party and self.draw.random() < 0.7:
            return agenda.draft(party, Closed, consultation=name, outcome=words)
        if self.draw.random() < 0.3:
            # The one worded it first, or the other did: who is wrong about that is void.
            return agenda.draft(
                party,
                Assessed,
                consultation=name,
                point=self.draw.choice(["port", "road"]),
                reading=self.draw.choice(READINGS),
                account=words,
                proposition=words if self.draw.random() < 0.5 else {},
            )
        return agenda.draft(party, Acknowledged, consultation=name, answer=words)

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember what was asked."""
        if isinstance(act, Consulted) and not isinstance(verdict, Refused):
            self.open.append((name_of(act), act.party))
