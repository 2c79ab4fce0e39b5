"""One lying party against real peers, from a seed.

The liar holds its keys and knows all that the honest parties hold. It forks its log, shows each
peer another face, withholds acts, dates lines back and ahead, names what it never read or what does
not exist, breaks its own headers, relays garbage, claims what is not so, and answers or not. Links
between the honest lose, double and reorder; their nodes restart from disk. Then comes peace, and
everything between the honest must have arrived.

    python -m tests.stories.adversary --seeds 0:2000 --parties 3
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.path.insert(0, str(Path(__file__).parent))

from judge import Judge
from liar import Liar
from rejected import RULES, rejected
from rivers import rivers
from world import HOUR, World, load_charter

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import name_of
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted
from architrave.peer.errors import PeerError
from architrave.peer.messages import Message

STEPS = 70


@dataclass(frozen=True)
class Place:
    """Where a history takes place: a body, and the articles that decide there."""

    body: str
    decide: str
    instrument: str
    nature: str
    silence: str
    silent: tuple[str, str]


@dataclass
class Result:
    """What came of one seed: sentences that were untrue, and what happened, counted."""

    faults: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)


def places(parties: int) -> list[Place]:
    """The places for a number of parties."""
    if parties == 3:
        silent = ("plan", "political")
        return [
            Place("ESFSC", "3(1)", "plan", "political", "4(2)", silent),
            Place("ESFSC", "3(4)", "statement", "political", "4(2)", silent),
        ]
    silent = ("plan", "binding")
    return [
        Place("BASIN", "2(2)", "arrangement", "binding", "3(1)", silent),
        Place("BASIN", "2(3)", "programme", "binding", "3(1)", silent),
        Place("FERRY", "2(2)", "arrangement", "binding", "3(2)", silent),
    ]


class Trial:
    """One seeded history."""

    def __init__(self, seed: int, parties: int, steps: int = STEPS) -> None:
        self.steps = steps
        self.draw = Random(f"{seed}/{parties}")
        charter = load_charter() if parties == 3 else rivers(parties)
        self.place = self.draw.choice(places(parties))
        self.world = World(charter)
        self.world.open(self.place.body)
        self.bad = self.draw.choice(self.world.parties)
        self.honest = [party for party in self.world.parties if party != self.bad]
        self.body = charter.body(self.place.body).parties
        malice = self.draw.choice([0.05, 0.2, 1.0])
        self.liar = Liar(self.world, self.bad, self.place.body, self.draw, malice)
        self.judge = Judge(self.world, self.honest)
        self.result = Result()
        self.matters: list[str] = []
        self.versions: dict[str, list[str]] = {}
        self.secrets: list[tuple[bytes, list[str]]] = []
        self.loss = self.draw.choice([0.0, 0.1, 0.4])
        self.longest = 40 if parties == 3 else 120
        self.discord = self.draw.choice([0.05, 0.2, 1.0])
        self.counter = 0

    # -- what the honest do -------------------------------------------------------------------

    def readers(self) -> list[str]:
        """For whom a matter is tabled: the body alone, or all."""
        if self.place.body == "FERRY" and self.draw.random() < 0.6:
            return sorted(self.world.origin(party) for party in self.body)
        return self.world.everyone()

    def table(self, silent: bool) -> None:
        party = self.draw.choice([one for one in self.body if one != self.bad])
        self.counter += 1
        year = "2027"
        symbol = f"{self.place.body}/{year}/{party}/{self.counter}"
        expiry = self.world.now + 24 * HOUR
        kind = self.place.silent if silent else (self.place.instrument, self.place.nature)
        article = self.place.silence if silent else self.place.decide
        name = self.world.act(
            party,
            self.place.body,
            acts.Tabled,
            to=self.readers(),
            symbol=symbol,
            body=self.place.body,
            article=article,
            wording=acts.Wording(self.world.words("t"), self.world.words("s"), *kind),
            silence=acts.Silence(article, expiry) if silent else None,
        )
        self.matters.append(name)
        self.versions[name] = [name]

    def revision(self, matter: str) -> dict[str, object]:
        silent = self.draw.random() < 0.4
        article = self.place.silence if silent else self.place.decide
        kind = self.place.silent if silent else (self.place.instrument, self.place.nature)
        return {
            "matter": matter,
            "article": article,
            "wording": acts.Wording(self.world.words("r"), self.world.words("s"), *kind),
            "silence": acts.Silence(article, self.world.now + 24 * HOUR) if silent else None,
        }

    def act_of(self, party: str, matter: str) -> acts.Act:
        """An act in a matter, drawn at random; nothing is checked here."""
        kind = self.draw.choices(
            ["concur", "retract", "object", "reserve", "revise", "withdraw", "abstain"],
            [60, *(self.discord * weight for weight in (7, 4, 3, 5, 1, 5))],
        )[0]
        versions = self.versions[matter]
        early = self.draw.random() > 0.4 * self.discord
        version = versions[0] if early else self.draw.choice(versions)
        to = self.tabled_to(matter)
        if self.draw.random() < 0.05:
            to = sorted({self.world.origin(party), self.world.origin(self.draw.choice(self.body))})
        common: dict[str, object] = {"to": to}
        position = {
            "concur": Position.CONCUR,
            "abstain": Position.ABSTAIN,
            "reserve": Position.RESERVE,
            "object": Position.OBJECT,
        }.get(kind)
        if position is not None:
            because = self.world.words("because") if kind == "object" else {}
            common |= {"matter": matter, "version": version, "position": position}
            return self.make(party, acts.Positioned, reason=because, remedy=because, **common)
        if kind == "revise":
            act = self.make(party, acts.Revised, **self.revision(matter), **common)
            versions.append(name_of(act))
            return act
        if kind == "withdraw":
            return self.make(
                party, acts.WithdrewMatter, matter=matter, reason=self.world.words("w"), **common
            )
        return self.make(party, acts.Retracted, matter=matter, **common)

    def tabled_to(self, matter: str) -> list[str]:
        for party in self.body:
            if party != self.bad:
                facts = self.world.peers[party].state.acts.get(matter)
                if facts:
                    return facts[0].act.to
        return self.world.everyone()

    def make(self, party: str, kind: type[acts.Act], **fields: object) -> acts.Act:
        self.world.at += 1
        return kind(
            party=party,
            seat=self.world.charter.body(self.place.body).seat_of(party).id,
            key=self.world.officer(party, self.place.body).public.text,
            at=self.world.now + self.world.at,
            **fields,
        )

    def honest_step(self) -> None:
        party = self.draw.choice(self.honest)
        chance = self.draw.random()
        if chance < 0.55 and party in self.body:
            act = self.act_of(party, self.draw.choice(self.matters))
            key = self.world.officer(party, self.place.body)
            verdict = self.world.try_submit(party, act, key)
            self.result.happened[type(verdict).__name__] += isinstance(verdict, Admitted)
        elif chance < 0.63 and party in self.body:
            other = self.draw.choice([one for one in self.world.parties if one != party])
            to = sorted({self.world.origin(party), self.world.origin(other)})
            key = self.world.officer(party, self.place.body)
            self.counter += 1
            mark = f"sealed {self.counter} for two"
            act = self.make(
                party,
                acts.Deposited,
                to=to,
                title=self.world.words(mark),
                digest="0" * 64,
                source="none",
            )
            self.world.try_submit(party, act, key)
            self.secrets.append((mark.encode(), to))
        elif chance < 0.67:
            self.world.restart(party)
            self.world.perform(party, self.world.peers[party].tick(self.world.now))
            self.result.happened["restart"] += 1

    # -- what the network does ----------------------------------------------------------------

    def carry(self, limit: int, loss: float) -> None:
        queue = self.world.queue
        for _ in range(limit):
            if not queue:
                return
            if loss and self.draw.random() < 0.3:
                queue.rotate(-self.draw.randrange(len(queue)))
            sender, to, message = queue.popleft()
            if loss and self.draw.random() < loss:
                continue
            if loss and self.draw.random() < 0.05:
                queue.append((sender, to, message))
            if to == self.bad:
                for answer in self.liar.answer(message):
                    self.hand(sender, answer)
            else:
                self.receive(sender, to, message)

    def hand(self, party: str, message: Message) -> None:
        """A message of the liar for an honest party."""
        self.receive(self.bad, party, message)

    def receive(self, sender: str, to: str, message: Message) -> None:
        try:
            effects = self.world.peers[to].receive(self.world.origin(sender), message)
        except PeerError as fault:
            self.result.happened["refused message"] += 1
            if sender != self.bad:
                self.result.faults.append(f"{to} refuses what the honest {sender} sent: {fault}")
            return
        self.world.perform(to, effects)

    def pass_time(self, milliseconds: int) -> None:
        self.world.now += milliseconds
        for party in self.honest:
            self.world.perform(party, self.world.peers[party].tick(self.world.now))

    # -- the whole ------------------------------------------------------------------------------

    def run(self) -> Result:
        self.table(silent=False)
        self.table(silent=True)
        for step in range(self.steps):
            self.honest_step()
            if self.draw.random() < 0.5:
                matter = self.draw.choice(self.matters)
                act = self.act_of(self.bad, matter) if self.bad in self.body else None
                for party, message in self.liar.step(act):
                    self.hand(party, message)
            self.carry(self.draw.choice([2, 10, 60]), self.loss)
            jump = self.draw.random() < 0.04
            self.pass_time(
                self.draw.randrange(6, self.longest) * HOUR
                if jump
                else self.draw.choice([60, 1100])
            )
            if step % 3 == 2:
                self.look()
        self.peace()
        return self.result

    def look(self) -> None:
        self.result.faults += self.judge.look(self.matters)

    def peace(self) -> None:
        """The liar falls silent and the honest are left alone."""
        for _ in range(4):
            self.settle()
        party = self.draw.choice([one for one in self.honest if one in self.body])
        self.counter += 1
        words = self.world.words("please")
        fields = {"ground": words, "facts": words, "wish": words, "body": self.place.body}
        symbol = f"{self.place.body}/2027/{party}/{self.counter}"
        self.world.act(party, self.place.body, acts.Consulted, symbol=symbol, **fields)
        tip = self.world.peers[party].history.main(self.world.origin(party)).tips[-1]
        for _ in range(8):
            self.settle()
        self.look()
        self.result.faults += self.judge.end()
        self.result.faults += self.judge.received(tip.origin, tip)
        sizes = [
            self.world.peers[one].history.main(self.world.origin(one)).size for one in self.honest
        ]
        for _ in range(5):
            self.settle()
        after = [
            self.world.peers[one].history.main(self.world.origin(one)).size for one in self.honest
        ]
        if sizes != after:
            self.result.faults.append("receipts do not end")
        self._secrets()
        self._count()

    def settle(self) -> None:
        self.pass_time(1_100)
        for _ in range(20_000):
            if not self.world.queue:
                return
            sender, to, message = self.world.queue.popleft()
            if to != self.bad:
                self.receive(sender, to, message)
        self.result.faults.append("messages without end")

    def _secrets(self) -> None:
        for mark, to in self.secrets:
            for party in self.honest:
                if self.world.origin(party) not in to and self.world.origin(self.bad) not in to:
                    if mark in self.world.disks[party].bytes():
                        self.result.faults.append(f"a sealed act for two lies on {party}'s disk")
            if self.world.origin(self.bad) not in to and mark in self.liar.heard:
                self.result.faults.append("a sealed act for two was sent to the third")

    def _count(self) -> None:
        happened = self.result.happened
        for party in self.honest:
            for replica in self.world.peers[party].replicas.values():
                happened["convicted"] += replica.proof is not None
                happened["broken"] += replica.branch.broken is not None
        for matter in self.matters:
            stages = [
                found.stage
                for party in self.honest
                if party in self.body and (found := self.world.found(party, matter)) is not None
            ]
            happened["in force"] += Stage.IN_FORCE in stages
            happened["agreed only"] += Stage.AGREED in stages and Stage.IN_FORCE not in stages
        happened["silence in force"] += self.world_silence()

    def world_silence(self) -> int:
        return sum(
            any(
                (one := self.world.found(party, matter)) is not None
                and one.stage is Stage.IN_FORCE
                and one.current.version.silence is not None
                for party in self.honest
                if party in self.body
            )
            for matter in self.matters
        )


def run(seed: int, parties: int, steps: int = STEPS) -> Result:
    """Run one seed."""
    return Trial(seed, parties, steps).run()


def main() -> int:
    """Run many seeds and print the counts; 1 if anything was untrue."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="0:200", help="first:last, last not included")
    parser.add_argument("--parties", type=int, default=3, choices=(3, 4, 5))
    parser.add_argument("--steps", type=int, default=STEPS, help="steps before peace")
    parser.add_argument("--rule", default="standing", choices=RULES, help="a rejected rule")
    given = parser.parse_args()
    first, last = (int(part) for part in given.seeds.split(":"))
    total: Counter[str] = Counter()
    failed: list[int] = []
    kinds: Counter[str] = Counter()
    for seed in range(first, last):
        with rejected(given.rule):
            result = run(seed, given.parties, given.steps)
        total += result.happened
        if result.faults:
            failed.append(seed)
            print(f"seed {seed}: {result.faults[0]} ({len(result.faults)} in all)", flush=True)
            kinds.update({re.sub(r"[A-Z]{3}|[0-9a-f]{6}\b", "x", one) for one in result.faults})
    print(f"{given.parties} parties, {last - first} seeds, {len(failed)} with a fault")
    print(", ".join(f"{word}: {count}" for word, count in sorted(total.items())))
    for kind, count in kinds.most_common():
        print(f"  in {count} seeds: {kind}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
