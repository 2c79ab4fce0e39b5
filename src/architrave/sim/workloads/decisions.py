"""Matters decided by positions: tabled, revised, concurred, objected to, retracted, all at once."""

from __future__ import annotations

from random import Random

from architrave.charter.rules import Position
from architrave.institution.acts import (
    Act,
    Positioned,
    Retracted,
    Revised,
    Tabled,
    WithdrewMatter,
    name_of,
)
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft, Matter
from architrave.sim.workloads.work import Work

__all__ = ["Decisions"]

_POSITIONS = {
    "concur": Position.CONCUR,
    "abstain": Position.ABSTAIN,
    "let pass": Position.DO_NOT_BLOCK,
    "reserve": Position.RESERVE,
    "object": Position.OBJECT,
}


class Decisions(Work):
    """`silent` is the chance of a silence, `discord` how far the parties disagree."""

    silent = 0.15

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.discord = draw.choice([0.05, 0.2, 1.0])
        self.most = draw.choice([2, 3, 6])

    def propose(self, party: str) -> Draft | None:
        """Table, or do something in a matter, drawn at random; nothing is checked here."""
        agenda = self.agenda
        if party not in agenda.body.parties:
            return None
        few = len(agenda.matters) < self.most
        if not agenda.matters or (few and self.draw.random() < 0.25):
            return self._table(party)
        matter = agenda.some_matter()
        assert matter is not None
        return self._act_on(party, matter)

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember what was put before all, even if it is not known whether it was written."""
        if isinstance(verdict, Refused):
            return
        if isinstance(act, Tabled):
            self.agenda.note_matter(name_of(act), act.to, act.silence)
        elif isinstance(act, Revised) and act.matter in self.agenda.matters:
            self.agenda.matters[act.matter].versions.append(name_of(act))
            if act.silence is not None:
                self.agenda.instants.append(act.silence.expiry)

    def _table(self, party: str) -> Draft:
        agenda = self.agenda
        to = agenda.world.cast.everyone
        if self.draw.random() < 0.2:
            to = agenda.only(*agenda.body.parties)
        silent = self.draw.random() < self.silent
        fields = agenda.text(silent)
        return agenda.draft(
            party, Tabled, to=to, symbol=agenda.symbol(party), body=agenda.body.id, **fields
        )

    def _act_on(self, party: str, matter: Matter) -> Draft:
        kind = self.draw.choices(
            ["concur", "retract", "object", "reserve", "revise", "withdraw", "abstain", "let pass"],
            [60, *(self.discord * weight for weight in (7, 4, 3, 5, 1, 5, 5))],
        )[0]
        early = self.draw.random() > 0.4 * self.discord
        version = matter.versions[0] if early else self.draw.choice(matter.versions)
        to = matter.to
        if self.draw.random() < 0.04:
            to = self.agenda.only(party, self.draw.choice(self.agenda.body.parties))
        if kind in _POSITIONS:
            because = self.agenda.officers.words("because") if kind == "object" else {}
            return self.agenda.draft(
                party,
                Positioned,
                to=to,
                matter=matter.name,
                version=version,
                position=_POSITIONS[kind],
                reason=because,
                remedy=because,
            )
        if kind == "revise":
            fields = self.agenda.text(self.draw.random() < max(self.silent, 0.3))
            return self.agenda.draft(party, Revised, to=to, matter=matter.name, **fields)
        if kind == "withdraw":
            words = self.agenda.officers.words("withdrawn")
            return self.agenda.draft(party, WithdrewMatter, to=to, matter=matter.name, reason=words)
        return self.agenda.draft(party, Retracted, to=to, matter=matter.name)


class SilenceRace(Decisions):
    """Silences with objections, reserves and further versions close to their expiry."""

    silent = 0.95

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.discord = draw.choice([0.02, 0.1, 0.5])

    def propose(self, party: str) -> Draft | None:
        """Mostly nothing: a silence is kept. Near an expiry, somebody may break it."""
        now = self.agenda.world.now
        near = any(abs(one - now) < 5 * 60_000 for one in self.agenda.instants)
        if self.agenda.matters and not near and self.draw.random() < 0.7:
            return None
        return super().propose(party)
