"""One history from a plan: what happened, what the judge found, and a number that proves which."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from architrave.charter.model import Charter
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted
from architrave.sim.agenda import Agenda
from architrave.sim.cast import cast_of
from architrave.sim.faults import Faults
from architrave.sim.judge import Finding, Judge
from architrave.sim.liar import Liar
from architrave.sim.officers import open_world
from architrave.sim.peace import Peace
from architrave.sim.plan import WORKLOADS, Plan, charter_of
from architrave.sim.workloads.work import Work
from architrave.sim.world import HOUR, MINUTE, Endless

__all__ = ["Outcome", "simulate"]


@dataclass(frozen=True)
class Outcome:
    """What came of one plan.

    `unseed` depends on everything that happened: two runs of one plan give the same. `heads` are
    the sizes and roots of all logs at each honest node, `counts` what happened how often.
    """

    plan: Plan
    found: tuple[Finding, ...]
    story: tuple[tuple[int, str], ...]
    heads: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)
    unseed: str = ""


class _History:
    """One history while it runs."""

    def __init__(self, plan: Plan, charter: Charter) -> None:
        self.plan = plan
        self.draw = Random(f"{plan.seed}/history")
        self.counts: Counter[str] = Counter()
        cast = cast_of(charter)
        self.world, self.officers = open_world(cast, plan.seed, (plan.body,))
        body = charter.body(plan.body)
        self.agenda = Agenda(self.world, self.officers, body, self.stream("agenda"))
        self.liar = self._lies()
        self.judge = Judge(self.world, self.agenda)
        self.faults = Faults(self.world, self.stream("faults"), plan.faults, self.judge.forgot)
        self.works: list[Work] = [
            WORKLOADS[name](self.agenda, self.stream(name)) for name in plan.works
        ]

    def stream(self, name: str) -> Random:
        """A source of draws for each part: leaving one out changes the draws of no other."""
        return Random(f"{self.plan.seed}/{name}")

    def _lies(self) -> Liar | None:
        draw = self.stream("liar")
        if not self.plan.malice:
            return None
        party = draw.choice(self.world.cast.parties)
        return Liar(self.world, party, draw, self.plan.malice)

    # -- steps ----------------------------------------------------------------------------------

    def step(self) -> None:
        """Somebody acts, something fails, and time passes."""
        if self.draw.random() < 0.8:
            self._honest_act()
        if self.liar is not None and self.draw.random() < 0.5:
            self._lie()
        self.faults.step()
        self._pass()
        self.judge.look()

    def _honest_act(self) -> None:
        party = self.draw.choice(self.world.honest)
        if not self.world.machines[party].up:
            return
        begun = [one for one in self.works if one.urgent(party)]
        work = self.draw.choice(begun if begun and self.draw.random() < 0.7 else self.works)
        draft = work.propose(party)
        if draft is None:
            return
        verdict = self.officers.bring(draft.act, draft.key)
        kind = type(draft.act).__name__
        became = "of unknown fate" if verdict is None else type(verdict).__name__.lower()
        self.counts[became] += 1
        reason = "" if verdict is None or isinstance(verdict, Admitted) else f": {verdict.reason}"
        self.world.tell(f"{party} signs {kind}: {became}{reason}")
        work.took(draft.act, verdict)

    def _lie(self) -> None:
        assert self.liar is not None
        work = self.draw.choice(self.works)
        draft = work.propose(self.liar.party)
        self.liar.step(draft)
        if draft is not None:
            work.took(draft.act, None)

    def _pass(self) -> None:
        chance = self.draw.random()
        if chance < 0.55:
            self.world.advance(self.draw.choice([60, 300]))
        elif chance < 0.9:
            self.world.advance(self.draw.choice([1_100, 3_000]), ticks=2)
        elif chance < 0.95 or not self._instants():
            self.world.advance(self.draw.randrange(1, 40) * HOUR, ticks=4)
        else:
            wanted = self.draw.choice(self._instants()[:3])
            near = self.draw.choice([-MINUTE, -1_000, 0, 10, 2_000])
            self.world.advance(max(10, wanted + near - self.world.now), ticks=4)

    def _instants(self) -> list[int]:
        return sorted(one for one in set(self.agenda.instants) if one > self.world.now)

    # -- the end ----------------------------------------------------------------------------------

    def outcome(self, peace: Peace) -> Outcome:
        """What came of it."""
        heads = []
        for party in self.world.honest:
            peer = self.world.machines[party].peer
            for origin, branches in peer.history.branches.items():
                tip = branches[0].tip
                root = tip.root.hex()[:16] if tip is not None else "-"
                heads.append(f"{party} {origin} {branches[0].size} {root}")
        self._count(peace)
        text = "\n".join(
            [*heads, *(f"{at} {one}" for at, one in self.world.story), repr(self.draw.random())]
        )
        unseed = hashlib.sha256(text.encode()).hexdigest()[:16]
        return Outcome(
            self.plan,
            tuple(self.judge.found),
            tuple(self.world.story),
            tuple(heads),
            self.counts,
            unseed,
        )

    def _count(self, peace: Peace) -> None:
        self.counts["lives"] += sum(self.world.machines[one].lives - 1 for one in self.world.honest)
        self.counts["mute for want of lines"] += len(peace.mute)
        self.counts["acts lost by all who had them"] += peace.lost
        self.counts["texts held by release"] += len(peace.opened)
        self.counts["dated ahead by clocks that agree"] += peace.ahead
        self.counts["convicted"] += sum(
            replica.proof is not None
            for party in self.world.honest
            for replica in self.world.machines[party].peer.replicas.values()
        )
        self.counts["logs that went on as others"] += sum(
            len(self.world.machines[party].peer.history.successions) for party in self.world.honest
        )
        self.counts["charters amended"] += len(self.judge.amended)
        stages: dict[str, set[str]] = {}
        for (_, name), standing in self.judge._shown.items():
            silent = " by silence" if standing.current.version.silence is not None else ""
            if standing.stage is Stage.IN_FORCE:
                stages.setdefault(name, set()).add("in force" + silent)
        for found in stages.values():
            self.counts.update(found)


@contextmanager
def _thrown_away_whole() -> Iterator[None]:
    """Look for no rubbish meanwhile: a history is short, and all of it goes at its end."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def simulate(plan: Plan, shipped: Charter | None = None) -> Outcome:
    """Run one history. The same plan gives the same outcome, whatever the hash seed."""
    with _thrown_away_whole():
        return _simulated(plan, shipped)


def _simulated(plan: Plan, shipped: Charter | None) -> Outcome:
    history = _History(plan, charter_of(plan, shipped))
    peace = Peace(
        history.judge, history.faults, history.liar, history.works, history.stream("peace")
    )
    try:
        for _ in range(plan.steps):
            history.step()
        peace.come()
    except Endless:
        history.judge.fault("i", "messages answer each other without end")
    return history.outcome(peace)
