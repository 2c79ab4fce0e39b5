"""A storm of consultations: all ask, drill, answer, read points, meet and close at once."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import (
    Acknowledged,
    Act,
    Assessed,
    Closed,
    Consulted,
    Convened,
    Minuted,
    name_of,
)
from architrave.institution.picture import READINGS
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.workloads.work import Work

__all__ = ["ConsultationStorm"]

_HOUR = 3_600_000


class ConsultationStorm(Work):
    """Requests by name, with who asked; meetings by name, with what was said of them."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.open: list[tuple[str, str]] = []
        self.meetings: list[tuple[str, Convened]] = []

    def propose(self, party: str) -> Draft | None:
        """Ask, answer, read a point, meet or close."""
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
        if self.draw.random() < 0.25:
            return self._meet(party)
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

    def _meet(self, party: str) -> Draft:
        """Convene, move, cancel or minute; by whom, and whether in time, is as chance has it."""
        agenda, now = self.agenda, self.agenda.world.now
        name, _ = self.draw.choice(self.open[-4:])
        starts = now + self.draw.randrange(-1, 4) * _HOUR
        if not self.meetings or self.draw.random() < 0.4:
            given = {"symbol": agenda.symbol(party), "body": agenda.body.id}
            answers = {"consultation": name} if self.draw.random() < 0.7 else {}
            ends = starts + _HOUR
            return agenda.draft(party, Convened, starts=starts, ends=ends, **given, **answers)
        name, act = self.draw.choice(self.meetings[-4:])
        if self.draw.random() < 0.4:
            cancelled = self.draw.random() < 0.3
            times = (act.starts, act.ends) if cancelled else (starts, starts + _HOUR)
            kept = {"symbol": act.symbol, "body": act.body, "consultation": act.consultation}
            return agenda.draft(
                party,
                Convened,
                starts=times[0],
                ends=times[1],
                moves=name,
                cancelled=cancelled,
                **kept,
            )
        held = self.draw.random() < 0.7
        words, present = agenda.officers.words("minutes"), [party] if held else []
        return agenda.draft(party, Minuted, meeting=name, held=held, present=present, account=words)

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember what was asked."""
        if isinstance(act, Consulted) and not isinstance(verdict, Refused):
            self.open.append((name_of(act), act.party))
        if isinstance(act, Convened) and not act.moves and not isinstance(verdict, Refused):
            self.meetings.append((name_of(act), act))
