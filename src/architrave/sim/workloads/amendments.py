"""Amendments of the charter that race: two at once, splits, second thoughts, attempts in a row."""

from __future__ import annotations

from random import Random

from architrave.charter.rules import Position
from architrave.institution.acts import (
    Act,
    Amended,
    Positioned,
    Retracted,
    Tabled,
    Wording,
    name_of,
)
from architrave.institution.amendments import (
    INSTRUMENT,
    amendments_of,
    in_force,
    write_amendment,
)
from architrave.institution.standing import Stage, stand
from architrave.institution.state import Admitted, Fact, Refused
from architrave.peer.peer import Peer
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.rivers import rivers, rivers_text
from architrave.sim.workloads.work import Work

__all__ = ["Amendments"]

_PERIOD = "minimum_period = { working_days = 3 }"


class Amendments(Work):
    """Each party has a text of its own that it would rather have, and changes its mind at times."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.world = agenda.world
        self.article = self.world.cast.charter.article_for(agenda.body.id, "amend")
        count = len(self.world.cast.parties)
        same = self.world.cast.charter == rivers(count)
        # Under a charter whose text is not at hand nobody amends anything.
        self.texts = _variants(rivers_text(count)) if same else []
        self.fickle = draw.choice([0.1, 0.3, 0.6])

    def propose(self, party: str) -> Draft | None:
        """Say that it runs as amended, table, or take or leave a position; nothing is checked."""
        peer = self._peer(party)
        if self.article is None or not self.texts or peer is None:
            return None
        if party not in self.agenda.body.parties:
            return None
        view = peer.view()
        base, _ = in_force(peer.state, view)
        known = [fact for fact, _ in amendments_of(peer.state, view, base)]
        done = [fact for fact in known if self._stands(peer, fact)]
        if done and self.draw.random() < 0.5:
            return self._act(party, Amended, done[0])
        if not known or (len(known) < 4 and self.draw.random() < 0.15):
            return self._table(party, peer, base)
        fact = self.draw.choice(known if self.draw.random() < self.fickle else known[-1:])
        chance = self.draw.random()
        if chance < self.fickle * 0.4:
            return self._act(party, Retracted, self.draw.choice(known))
        if chance < self.fickle * 0.5:
            because = self.agenda.officers.words("because")
            said = {"position": Position.OBJECT, "reason": because, "remedy": because}
            return self._act(party, Positioned, fact, **said)
        return self._act(party, Positioned, fact, position=Position.CONCUR)

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """The others' work may revise it, object to it or withdraw it too."""
        if isinstance(act, Tabled) and not isinstance(verdict, Refused):
            if act.wording.instrument == INSTRUMENT:
                self.agenda.note_matter(name_of(act), act.to, None)

    def mend(self) -> bool:
        """What is in force is brought about."""
        for party in self.world.running():
            peer = self._peer(party)
            if peer is None or party not in self.agenda.body.parties:
                continue
            base, _ = in_force(peer.state, peer.view())
            known = [fact for fact, _ in amendments_of(peer.state, peer.view(), base)]
            done = [fact for fact in known if self._stands(peer, fact)]
            if done:
                draft = self._act(party, Amended, done[0])
                self.agenda.officers.bring(draft.act, draft.key)
        return False

    # -- one act ------------------------------------------------------------------------------

    def _peer(self, party: str) -> Peer | None:
        """The node whose copy the officer looks at; of a liar, that of any other party."""
        if party == self.world.liar:
            running = self.world.running()
            return self.world.machines[running[0]].peer if running else None
        machine = self.world.machines[party]
        return machine.peer if machine.up else None

    @staticmethod
    def _stands(peer: Peer, version: Fact) -> bool:
        standing = stand(peer.state, peer.state.matter_of[version.name], peer.view())
        decided = standing.decided if standing is not None else None
        return (
            decided is not None
            and decided.stage is Stage.IN_FORCE
            and decided.version.name == version.name
        )

    def _table(self, party: str, peer: Peer, base: str) -> Draft:
        assert self.article is not None
        turns = [one.attempt for _, one in amendments_of(peer.state, peer.view(), base)]
        turn = max(turns, default=1) + (self.draw.random() < 0.5 if turns else 0)
        index = (self.agenda.body.parties.index(party) + len(turns)) % len(self.texts)
        words = self.agenda.officers.words("amendment")
        document = write_amendment(base, turn, self.texts[index])
        return self.agenda.draft(
            party,
            Tabled,
            symbol=self.agenda.symbol(party),
            body=self.agenda.body.id,
            article=self.article.number,
            wording=Wording(words, words, INSTRUMENT, self.article.legal_nature, document),
        )

    def _act(self, party: str, kind: type[Act], version: Fact, **fields: object) -> Draft:
        tabled = version.act.matter if not isinstance(version.act, Tabled) else version.name  # type: ignore[attr-defined]
        if kind is not Retracted:
            fields["version"] = version.name
        return self.agenda.draft(party, kind, matter=tabled, **fields)


def _variants(text: str) -> list[str]:
    assert _PERIOD in text
    periods = [f"minimum_period = {{ working_days = {days} }}" for days in (3, 1, 2, 4)]
    return [text.replace(_PERIOD, period) for period in periods]
