"""Acts for some parties only: sealed before the others, and sometimes released to everyone."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import Act, Deposited, Released, name_of
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.workloads.work import Work

__all__ = ["TwoParties"]


class TwoParties(Work):
    """Deposits for two; some of them are opened later by their author's party."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.sealed: list[tuple[str, str, bytes]] = []
        self.count = 0

    def propose(self, party: str) -> Draft | None:
        """Deposit something for one other party, or release what was deposited."""
        agenda = self.agenda
        if party not in agenda.body.parties:
            return None
        mine = [one for one in self.sealed if one[0] == party]
        if mine and self.draw.random() < 0.2:
            _, name, _ = self.draw.choice(mine)
            return agenda.draft(party, Released, to=["public"], act=name)
        other = self.draw.choice([one for one in agenda.world.cast.parties if one != party])
        self.count += 1
        mark = f"sealed {self.count} by {party}"
        return agenda.draft(
            party,
            Deposited,
            to=agenda.only(party, other),
            title=agenda.officers.words(mark),
            digest=f"{self.count:064x}",
            source="none",
        )

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember whom each may reach; what was released may reach everyone."""
        if isinstance(verdict, Refused):
            return
        if isinstance(act, Deposited):
            mark = next(iter(act.title.values())).rsplit(" (", 1)[0].encode()
            self.sealed.append((act.party, name_of(act), mark))
            self.agenda.secrets.append((mark + b" (", act.to))
        if isinstance(act, Released):
            gone = {mark for party, name, mark in self.sealed if name == act.act}
            self.agenda.secrets[:] = [one for one in self.agenda.secrets if one[0][:-2] not in gone]
