"""Seats change hands in the middle of everything; those who left go on signing for a while."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import (
    Act,
    Appointed,
    Consulted,
    KeyDelegated,
    Vacated,
)
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.cast import officer_key, party_key
from architrave.sim.workloads.work import Work

__all__ = ["Handovers"]


class Handovers(Work):
    """A change of holder is three acts that may be cut off anywhere in between."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.next: dict[str, list[Draft]] = {}
        self.count: dict[str, int] = {}

    def urgent(self, party: str) -> bool:
        """A seat stands empty, or its holder has no key yet."""
        return bool(self.next.get(party))

    def propose(self, party: str) -> Draft | None:
        """The next act of a change that has begun; else begin one, or sign with an old key."""
        if party not in self.agenda.body.parties:
            return None
        if self.next.get(party):
            return self.next[party].pop(0)
        if self.count.get(party) and self.draw.random() < 0.5:
            return self._with_an_old_key(party)
        if self.draw.random() < 0.5:
            return None
        return self._begin(party)

    def _begin(self, party: str) -> Draft:
        officers, body = self.agenda.officers, self.agenda.body.id
        seat = self.agenda.body.seat_of(party).id
        turn = self.count[party] = self.count.get(party, 0) + 1
        holder, key = f"holder {turn}", party_key(party)
        language = self.agenda.world.cast.charter.languages[0]
        officer = officer_key(party, body, turn).public.text
        self.next[party] = [
            Draft(act, key)
            for act in (
                officers.make_for_party(party, Vacated, office=seat),
                officers.make_for_party(
                    party, Appointed, office=seat, holder=holder, language=language
                ),
                officers.make_for_party(
                    party, KeyDelegated, office=seat, holder=holder, officer_key=officer
                ),
            )
        ]
        return self.next[party].pop(0)

    def _with_an_old_key(self, party: str) -> Draft:
        body = self.agenda.body
        words = self.agenda.officers.words("from one who has left")
        turn = self.draw.randrange(self.count[party])
        key = officer_key(party, body.id, turn)
        act = Consulted(
            party=party,
            seat=body.seat_of(party).id,
            key=key.public.text,
            at=self.agenda.world.now,
            to=self.agenda.world.cast.everyone,
            symbol=self.agenda.symbol(party),
            body=body.id,
            ground=words,
            facts=words,
            wish=words,
        )
        return Draft(act, key)

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """The new holder signs once the key has been delegated."""
        if isinstance(act, KeyDelegated) and isinstance(verdict, Admitted):
            turn = self.count[act.party]
            self.agenda.officers.turns[act.party, self.agenda.body.id] = turn
