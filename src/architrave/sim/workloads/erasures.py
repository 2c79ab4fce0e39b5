"""Words that have to go: acts erased by their author's party while everything else runs."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import Act, Deposited, Erased, name_of
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.workloads.work import Work

__all__ = ["Erasures"]


class Erasures(Work):
    """Deposits with a mark in their words; many are erased. Who lies asks for those of others too.

    `told` holds by name each act of an honest party: whose it is, its mark, and its readers.
    """

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.told: dict[str, tuple[str, bytes, list[str]]] = {}
        self.count = 0

    def propose(self, party: str) -> Draft | None:
        """Deposit something, or have the words of an act erased."""
        agenda, draw = self.agenda, self.draw
        if party not in agenda.body.parties:
            return None
        lies = party == agenda.world.liar
        mine = [name for name, (author, _, _) in self.told.items() if lies or author == party]
        if mine and draw.random() < 0.5:
            name = draw.choice(mine[-6:])
            to = ["public"] if lies or draw.random() < 0.2 else self.told[name][2]
            return agenda.draft(party, Erased, to=to, act=name, cause="law")
        self.count += 1
        some = draw.sample(agenda.world.cast.parties, 2)
        to = agenda.only(*agenda.world.cast.parties if draw.random() < 0.6 else (party, *some))
        return agenda.draft(
            party,
            Deposited,
            to=to,
            title=agenda.officers.words(f"erasable {self.count} by {party}"),
            digest=f"{self.count:064x}",
            source="none",
        )

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember what can be erased, and what was."""
        if isinstance(verdict, Refused):
            return
        if isinstance(act, Deposited) and "erasable" in next(iter(act.title.values())):
            mark = next(iter(act.title.values())).rsplit(" (", 1)[0].encode() + b" ("
            self.told[name_of(act)] = act.party, mark, act.to
        if isinstance(act, Erased) and act.act in self.told:
            author, mark, to = self.told[act.act]
            if author == act.party:
                self.agenda.erased[act.act] = mark, to
