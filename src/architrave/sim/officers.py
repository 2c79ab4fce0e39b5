"""The officers of all parties: they hold the keys, word the acts and bring them to their nodes."""

from __future__ import annotations

from dataclasses import dataclass, field

from architrave.institution.acts import Act, Appointed, Founded, KeyDelegated, document_of
from architrave.institution.state import Admitted, Refused
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act
from architrave.sim.cast import Cast, officer_key, party_key, seed_bytes
from architrave.sim.links import Links
from architrave.sim.world import World

__all__ = ["Officers", "open_world"]


@dataclass
class Officers:
    """Who holds which seat, by (party, body): the number of the holder, from 0."""

    world: World
    turns: dict[tuple[str, str], int] = field(default_factory=dict)
    written: int = 0

    def key(self, party: str, body: str) -> PrivateKey:
        """The key of the officer who holds the party's seat in a body."""
        return officer_key(party, body, self.turns.get((party, body), 0))

    def words(self, text: str) -> dict[str, str]:
        """A text in every language of the charter."""
        return {language: f"{text} ({language})" for language in self.world.cast.charter.languages}

    def make(self, party: str, body: str, kind: type[Act], /, **fields: object) -> Act:
        """An act of the party's seat in a body, not yet signed; for all parties unless told."""
        fields.setdefault("to", self.world.cast.everyone)
        return kind(
            party=party,
            seat=self.world.cast.charter.body(body).seat_of(party).id,
            key=self.key(party, body).public.text,
            at=self._at(),
            **fields,
        )

    def make_for_party(self, party: str, kind: type[Act], /, **fields: object) -> Act:
        """An act that the party key signs."""
        fields.setdefault("to", self.world.cast.everyone)
        return kind(party=party, key=party_key(party).public.text, at=self._at(), **fields)

    def _at(self) -> int:
        self.written += 1
        return self.world.now + self.written

    def bring(self, act: Act, key: PrivateKey) -> Admitted | Refused | None:
        """Sign an act and bring it to its party's node; None if nobody knows what became of it."""
        self.written += 1
        ticket = self.written
        data = sign_act(document_of(act), self.world.cast.founding.id, key)
        sealed = SealedAct(seed_bytes("salt", self.world.seed, ticket), data)
        self.world.turn(act.party, acts=[(ticket, sealed)])
        answer = self.world.answers.get(ticket)
        return answer.verdict if answer is not None else None

    def act(
        self, party: str, body: str, kind: type[Act], /, **fields: object
    ) -> tuple[Act, Admitted | Refused | None]:
        """Word, sign and bring an act of the party's seat in a body."""
        act = self.make(party, body, kind, **fields)
        return act, self.bring(act, self.key(party, body))

    def party_act(
        self, party: str, kind: type[Act], /, **fields: object
    ) -> tuple[Act, Admitted | Refused | None]:
        """Word, sign and bring an act under the party key."""
        act = self.make_for_party(party, kind, **fields)
        return act, self.bring(act, party_key(party))

    def fill(self, party: str, body: str, turn: int = 0) -> None:
        """Put the next holder into the party's seat in a body, and delegate a key."""
        self.turns[party, body] = turn
        seat = self.world.cast.charter.body(body).seat_of(party).id
        holder, language = f"holder {turn}", self.world.cast.charter.languages[0]
        self.party_act(party, Appointed, office=seat, holder=holder, language=language)
        key = officer_key(party, body, turn).public.text
        self.party_act(party, KeyDelegated, office=seat, holder=holder, officer_key=key)


def _found(world: World, officers: Officers, bodies: tuple[str, ...]) -> None:
    founding = world.cast.founding
    for party in world.cast.parties:
        world.start(party)
        officers.party_act(
            party, Founded, to=["public"], founding=founding.id, charter=founding.charter
        )
    for body in bodies:
        for party in world.cast.charter.body(body).parties:
            officers.fill(party, body)
    world.advance(20_000, ticks=20)


_OPENED: dict[tuple[str, tuple[str, ...]], World] = {}


def open_world(cast: Cast, seed: object, bodies: tuple[str, ...]) -> tuple[World, Officers]:
    """A world in which all logs are founded, the seats of these bodies filled, and all is received.

    The founding is played once; every world of this cast and these bodies starts from its disks.
    """
    first = _OPENED.get((cast.founding.id, bodies))
    if first is None:
        first = World(cast, "founding", links=Links())
        _found(first, Officers(first), bodies)
        _OPENED[cast.founding.id, bodies] = first
    world = World(cast, seed, now=first.now)
    for party, machine in world.machines.items():
        old = first.machines[party].disk
        machine.disk.folder, machine.disk.token = old.folder.copy(), old.token
    for party in cast.parties:
        world.start(party, time_confirmed=True)
    officers = Officers(world, {}, 1_000)
    world.advance(3_000, ticks=3)
    return world, officers
