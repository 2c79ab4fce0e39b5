"""Random histories of one matter, and every change of stage that a reader of them can see.

A history is played by real peers in one process. It is then read again entry by entry, in any order
in which a reader could receive it: an entry is read when all that its header names has been read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from world import HOUR, World

from architrave.charter.model import Charter
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.standing import Stage, stand
from architrave.institution.state import Admitted
from architrave.record.history import Cut

Choose = Callable[[int], int]  # a number from 0 up to, but without, the one given

WORDS = (
    Position.CONCUR, Position.CONCUR, Position.CONCUR, Position.OBJECT, Position.RESERVE,
    Position.ABSTAIN,
)  # fmt: skip


@dataclass
class Walk:
    """A history being played: one body, at most one matter, versions as they come."""

    world: World
    body: str
    choose: Choose
    matter: str | None = None
    versions: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def parties(self) -> tuple[str, ...]:
        return self.world.charter.body(self.body).parties

    def party(self) -> str:
        return self.parties[self.choose(len(self.parties))]

    def try_act(self, party: str, kind: type[acts.Act], **fields: object) -> str | None:
        """Give an act to the party's node; its name if it was admitted."""
        world = self.world
        if party in world.down:
            return None
        world.at += 1
        key = world.officer(party, self.body)
        seat = world.charter.body(self.body).seat_of(party).id
        act = kind(
            party=party,
            seat=seat,
            key=key.public.text,
            at=world.now + world.at,
            to=world.everyone(),
            **fields,
        )
        verdict = world.try_submit(party, act, key)
        return acts.name_of(act) if isinstance(verdict, Admitted) else None

    def way(self, silence: bool | None = None) -> dict[str, object]:
        """By positions or by silence, as the charter has it for a plan in this body."""
        charter = self.world.charter
        silence = bool(self.choose(2)) if silence is None else silence
        permit = "silence" if silence else "decide"
        article = charter.article_for(self.body, permit, "plan")
        if article is None:
            permit, article = "decide", charter.article_for(self.body, "decide", "plan")
        assert article is not None
        self.number += 1
        fields: dict[str, object] = {
            "article": article.number,
            "wording": acts.Wording(
                self.world.words(f"text {self.number}"),
                self.world.words("summary"),
                "plan",
                article.legal_nature,
            ),
        }
        if permit == "silence":
            fields["silence"] = acts.Silence(article.number, self.world.now + 24 * HOUR)
        return fields

    def table(self) -> None:
        party = self.party()
        symbol = f"{self.body}/2027/{party}/1"
        self.matter = self.try_act(party, acts.Tabled, symbol=symbol, body=self.body, **self.way())
        if self.matter is not None:
            self.versions = [self.matter]

    def revise(self) -> None:
        name = self.try_act(self.party(), acts.Revised, matter=self.matter, **self.way())
        if name is not None:
            self.versions.append(name)

    def position(self) -> None:
        version = self.versions[self.choose(len(self.versions))]
        word = WORDS[self.choose(len(WORDS))]
        words = self.world.words("for this") if word is Position.OBJECT else {}
        self.try_act(
            self.party(),
            acts.Positioned,
            matter=self.matter,
            version=version,
            position=word,
            reason=words,
            remedy=words,
        )

    def retract(self) -> None:
        self.try_act(self.party(), acts.Retracted, matter=self.matter)

    def withdraw(self) -> None:
        reason = self.world.words("no longer needed")
        self.try_act(self.party(), acts.WithdrewMatter, matter=self.matter, reason=reason)

    def isolate(self) -> None:
        """A party's links are cut, or mended."""
        party = self.party()
        cut = {
            pair
            for other in self.world.parties
            if other != party
            for pair in ((party, other), (other, party))
        }
        self.world.cut = self.world.cut - cut if cut <= self.world.cut else self.world.cut | cut

    def step(self) -> None:
        if self.matter is None:
            self.table()
            return
        match self.choose(12):
            case 0:
                self.revise()
            case 1:
                self.retract()
            case 2:
                self.isolate()
            case 3:
                self.world.tick(13 * HOUR)
            case 4 if self.choose(3) == 0:
                self.withdraw()
            case 4 | 5 | 6 | 7:
                self.world.tick()
            case _:
                self.position()

    def follow(self, script: str) -> None:
        """Play written steps; each must be admitted, and is then carried wherever a link is whole.

        ``J:table J:concur0 cut:J J:retract mend day`` and so on: a party by the first letter of its
        id, what it does, and on which version. After a step with ``+`` the next follows at once.
        """
        by_letter = {party[0]: party for party in self.parties}
        for step in script.split():
            who, _, what = step.rstrip("+").partition(":")
            match who, what:
                case "mend", _:
                    self.world.cut = set()
                case "day", _:
                    self.world.tick(13 * HOUR)
                    self.world.tick(13 * HOUR)
                case "cut", letter:
                    party = by_letter[letter]
                    for other in self.world.parties:
                        self.world.cut |= {(party, other), (other, party)}
                case letter, _:
                    assert self.do(by_letter[letter], what), step
            if not step.endswith("+"):
                self.world.tick()

    def do(self, party: str, what: str) -> str | None:
        """One written act by one party."""
        matter, words = self.matter, self.world.words("for this")
        if what in ("table", "silence"):
            symbol = f"{self.body}/2027/{party}/1"
            way = self.way(what == "silence")
            self.matter = self.try_act(party, acts.Tabled, symbol=symbol, body=self.body, **way)
            self.versions = [self.matter or ""]
            return self.matter
        if what in ("revise", "revise-silence"):
            way = self.way(what == "revise-silence")
            name = self.try_act(party, acts.Revised, matter=matter, **way)
            self.versions.append(name or "")
            return name
        if what == "retract":
            return self.try_act(party, acts.Retracted, matter=matter)
        if what == "withdraw":
            return self.try_act(party, acts.WithdrewMatter, matter=matter, reason=words)
        position = Position(what[:-1])
        more = {"reason": words, "remedy": words} if position is Position.OBJECT else {}
        version = self.versions[int(what[-1])]
        return self.try_act(
            party, acts.Positioned, matter=matter, version=version, position=position, **more
        )


def played(charter: Charter, body: str, choose: Choose, steps: int) -> Walk:
    """Play so many steps, then mend every link and let all receive all."""
    walk = Walk(World(charter), body, choose)
    walk.world.open(body)
    for _ in range(steps):
        walk.step()
    walk.world.cut = set()
    walk.world.settle()
    walk.world.tick(13 * HOUR)
    walk.world.tick(13 * HOUR)
    walk.world.settle()
    return walk


Change = tuple[Stage | None, Stage]


def changes(walk: Walk, choose: Choose) -> Iterator[Change]:
    """Read the history in some order; each change of stage of each version, the first from None."""
    if walk.matter is None:
        return
    peer = walk.world.peers[walk.parties[0]]
    history = peer.history
    end = {origin: history.main(origin) for origin in sorted(peer.founding.origins)}
    sizes = dict.fromkeys(end, 0)
    stages: dict[str, Stage] = {}
    while True:
        ready = [
            origin
            for origin, branch in end.items()
            if sizes[origin] < branch.size
            and all(
                tip.size <= sizes[other]
                for other, tip in branch.entries[sizes[origin]].header.seen.items()
            )
        ]
        if not ready:
            return
        sizes[ready[choose(len(ready))]] += 1
        tips = {o: (end[o].tips[n - 1],) for o, n in sizes.items() if n}
        found = stand(peer.state, walk.matter, peer.state.view(history, Cut(tips)))
        for one in found.versions if found is not None else ():
            name = one.version.name
            before = stages.get(name)
            if before is not one.stage:
                yield before, one.stage
                stages[name] = one.stage
