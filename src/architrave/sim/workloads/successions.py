"""Logs that go on under other keys: by plan, after lost lines, after two histories, and by lies."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import Act, LogSucceeded, document_of
from architrave.institution.state import Admitted, Refused
from architrave.institution.successions import concurrence
from architrave.peer.succession import Succeeding
from architrave.record.entries import Tip
from architrave.record.origins import log_origin
from architrave.record.sealing import SealedAct, sign_act
from architrave.record.succession import CAUSES, Succession, Title
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.cast import LATEST, node_key, party_key, seed_bytes
from architrave.sim.workloads.work import Work

__all__ = ["Successions"]

_STUCK = ("only a succession", "ask the others anew")


class Successions(Work):
    """Statements go round between the officers; each asks its own node before it concurs.

    `asking` holds the statement that each party waits for, `asked` all of the liar's.
    """

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.world = agenda.world
        self.asking: dict[str, Title] = {}
        self.lies: list[Title] = []
        self.generation: dict[str, int] = {}

    def urgent(self, party: str) -> bool:
        """Another party waits for this one's consent, or its own log can go on in no other way."""
        return any(not self._has(party, title) for title in self._open(party)) or self._stuck(party)

    def propose(self, party: str) -> Draft | None:
        """Concur with what another party asks, or ask."""
        if party == self.world.liar:
            return self._lie()
        waiting = [title for title in self._open(party) if not self._has(party, title)]
        if waiting and self.draw.random() < 0.8:
            return self._consent(party, self.draw.choice(waiting))
        if self._stuck(party) or (party not in self.asking and self.draw.random() < 0.3):
            self._ask(party)
        return None

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """A statement that has led to a new log is waited for no more."""
        for party, title in list(self.asking.items()):
            machine = self.world.machines[party]
            if machine.up and title.succession.log in machine.peer.history.successions:
                del self.asking[party]

    def mend(self) -> bool:
        """Each concurs, and asks anew where it must, until what was asked is open everywhere."""
        for party in self.world.honest:
            if self._stuck(party):
                self._ask(party)
        for party in self.world.honest:
            for title in self._open(party):
                if not self._has(party, title) and self.world.machines[party].up:
                    draft = self._consent(party, title)
                    self.took(draft.act, self.agenda.officers.bring(draft.act, draft.key))
        asked = {title.succession.log for title in (*self.asking.values(), *self.lies)}
        running = [self.world.machines[party] for party in self.world.running()]
        return any(self._stuck(party) for party in self.world.honest) or any(
            not asked <= set(machine.peer.history.successions) for machine in running
        )

    # -- asking ---------------------------------------------------------------------------------

    def _stuck(self, party: str) -> bool:
        machine = self.world.machines[party]
        if party == self.world.liar or not machine.up:
            return False
        why = machine.peer.why_not()
        return any(one in why for one in _STUCK)

    def _ask(self, party: str) -> None:
        """The party's officer ends its log and asks the others to concur with the next."""
        machine = self.world.machines[party]
        own = machine.peer.history.main(machine.origin)
        proof = machine.peer.replicas[machine.peer.log].proof
        cause = "two-histories" if proof is not None else "rotation"
        if machine.peer.restored:
            if not self._stuck(party):
                return
            cause = "lost-lines"
        title = self._statement(party, cause, own.tips[-1])
        if title is None:
            return
        key = party_key(party)
        act = concurrence(title, party, key, self.world.now)
        salt = seed_bytes("salt", self.world.seed, title.succession.log)
        sealed = SealedAct(salt, sign_act(document_of(act), self.world.cast.founding.id, key))
        self.asking[party] = title
        machine.succeeding[title.succession.log] = Succeeding(title, sealed)
        self.world.tell(f"{party} asks to go on as {title.succession.log} ({cause})")
        machine.stop()
        self.world.start(party, time_confirmed=machine.peer.clock_confirmed)

    def _statement(self, party: str, cause: str, continues: Tip) -> Title | None:
        generation = self.generation.get(party, 1) + 1
        if generation > LATEST:
            return None
        self.generation[party] = generation
        founding = self.world.cast.founding
        log = log_origin(party, founding.domain, generation)
        key = node_key(party, generation)
        said = Succession(founding.id, log, continues, key.public, cause)
        return Title(said, party, {party: said.signed_by(party_key(party))})

    # -- consent --------------------------------------------------------------------------------

    def _open(self, party: str) -> list[Title]:
        """What other parties wait for."""
        titles = [title for owner, title in self.asking.items() if owner != party]
        return titles + (self.lies[-2:] if party != self.world.liar else [])

    def _has(self, party: str, title: Title) -> bool:
        """Say whether a party's log holds its consent, as far as its own node knows."""
        machine = self.world.machines[party]
        facts = machine.peer.state.successions.get(title.succession.first, ())
        return any(
            fact.party == party
            and isinstance(fact.act, LogSucceeded)
            and fact.act.log == title.succession.log
            for fact in facts
        )

    def _consent(self, party: str, title: Title) -> Draft:
        key = party_key(party)
        self.agenda.officers.written += 1
        at = self.world.now + self.agenda.officers.written
        return Draft(concurrence(title, party, key, at), key)

    # -- lies -----------------------------------------------------------------------------------

    def _lie(self) -> Draft | None:
        """The liar asks for a log that begins somewhere, or concurs with whatever it likes."""
        liar = self.world.liar
        assert liar is not None
        waiting = self._open(liar)
        if waiting and self.draw.random() < 0.6:
            return self._consent(liar, self.draw.choice(waiting))
        honest = self.draw.choice(self.world.honest)
        history = self.world.machines[honest].peer.history
        branches = [one for log in history.branches for one in history.branches[log]]
        mine = [one for one in branches if one.origin.startswith(f"{liar.lower()}.") and one.tips]
        if not mine:
            return None
        branch = self.draw.choice(mine)
        back = self.draw.choice([1, 1, 2, branch.size])
        title = self._statement(liar, self.draw.choice(CAUSES), branch.tips[-back])
        if title is not None:
            self.world.tell(f"{liar} asks to go on as {title.succession.log}")
            self.lies.append(title)
        return None
