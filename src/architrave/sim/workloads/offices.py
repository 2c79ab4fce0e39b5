"""Seats change hands and keys are revoked in the middle of everything; old keys go on signing."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import (
    Act,
    Appointed,
    Consulted,
    KeyDelegated,
    KeyRevoked,
    Vacated,
)
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.cast import officer_key, party_key
from architrave.sim.workloads.work import Work

__all__ = ["Handovers"]


class Handovers(Work):
    """A change of holder is three acts, of a key two; both may be cut off in between."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.next: dict[str, list[Draft]] = {}
        self.count: dict[str, int] = {}
        self.holder: dict[str, str] = {}

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
        """Begin a change of holder, or of the key that the holder signs with."""
        turn = self.count[party] = self.count.get(party, 0) + 1
        new = officer_key(party, self.agenda.body.id, turn).public.text
        if self.draw.random() < 0.4:
            acts = self._key_change(party, new)
        else:
            self.holder[party] = f"holder {turn}"
            acts = self._holder_change(party, new)
        self.next[party] = [Draft(act, party_key(party)) for act in acts]
        return self.next[party].pop(0)

    def _key_change(self, party: str, new: str) -> list[Act]:
        officers, body = self.agenda.officers, self.agenda.body
        old, seat = officers.key(party, body.id).public.text, body.seat_of(party).id
        holder = self.holder.get(party, "holder 0")
        words = officers.words("lost")
        return [
            officers.make_for_party(party, KeyRevoked, officer_key=old, reason=words),
            officers.make_for_party(
                party, KeyDelegated, office=seat, holder=holder, officer_key=new
            ),
        ]

    def _holder_change(self, party: str, new: str) -> list[Act]:
        officers, seat = self.agenda.officers, self.agenda.body.seat_of(party).id
        language = self.agenda.world.cast.charter.languages[0]
        holder = self.holder[party]
        return [
            officers.make_for_party(party, Vacated, office=seat),
            officers.make_for_party(
                party, Appointed, office=seat, holder=holder, language=language
            ),
            officers.make_for_party(
                party, KeyDelegated, office=seat, holder=holder, officer_key=new
            ),
        ]

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
