"""Leaving what is in force, or resting it: notices given, suspended, rescinded; suspensions."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import (
    Act,
    NotifiedWithdrawal,
    RescindedNotice,
    Resumed,
    Suspended,
    SuspendedNotice,
    name_of,
)
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft, Matter
from architrave.sim.workloads.decisions import Decisions
from architrave.sim.world import DAY, MINUTE

__all__ = ["Withdrawals"]


class Withdrawals(Decisions):
    """First something is agreed; then parties leave it, change their minds, and time runs."""

    silent = 0.0

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.discord, self.most = 0.02, 2
        self.given: list[tuple[str, str, Matter]] = []

    def propose(self, party: str) -> Draft | None:
        """Give notice, suspend or rescind one, suspend a text or resume it, or go on deciding."""
        if party not in self.agenda.body.parties:
            return None
        words = self.agenda.officers.words("because")
        mine = [one for one in self.given if one[0] == party]
        now = self.agenda.world.now
        near = any(abs(one - now) < 5 * MINUTE for one in self.agenda.instants)
        if mine and self.draw.random() < (0.8 if near else 0.2):
            _, notice, matter = self.draw.choice(mine)
            kind = self.draw.choice([SuspendedNotice, RescindedNotice])
            return self.agenda.draft(party, kind, to=matter.to, notice=notice, reason=words)
        matter = self.agenda.some_matter()
        if matter is not None and self.draw.random() < 0.35:
            return self.agenda.draft(
                party,
                NotifiedWithdrawal,
                to=matter.to,
                matter=matter.name,
                effect=self.agenda.world.now + self._notice(party) + self.draw.randrange(3 * DAY),
                reason=words,
            )
        if matter is not None and self.draw.random() < 0.2:
            kind = self.draw.choice([Suspended, Resumed])
            fields = {"matter": matter.name, "reason": words}
            return self.agenda.draft(party, kind, to=matter.to, **fields)
        return super().propose(party)

    def _notice(self, party: str) -> int:
        """How long a notice runs at least (ms), with two days to spare."""
        world = self.agenda.world
        article = world.cast.charter.article_for(self.agenda.body.id, "withdraw")
        if article is None or article.minimum_period is None:
            return 2 * DAY
        end = article.minimum_period.end_after(world.now, world.cast.charter.party(party))
        return end - world.now + 2 * DAY

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember the notices, and the instants of their effect."""
        super().took(act, verdict)
        if isinstance(act, NotifiedWithdrawal) and isinstance(verdict, Admitted):
            matter = self.agenda.matters[act.matter]
            self.given.append((act.party, name_of(act), matter))
            self.agenda.instants.append(act.effect)
