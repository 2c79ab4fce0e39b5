"""What the watch keeps up to date is what a fresh look at every matter would find."""

import random

import pytest
from world import DAY, HOUR, World

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import Act, name_of
from architrave.institution.standing import stand
from architrave.institution.state import Admitted
from architrave.peer.peer import Peer
from architrave.peer.receipts import notice_dates, silence_dates, unanswered_closings

BODY = "ESFSC"


class Play:
    """Random officers, on links that are cut now and then."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.world = World()
        self.world.open(BODY)
        self.matters: list[str] = []
        self.versions: dict[str, list[str]] = {}
        self.serial = 0

    def turn(self) -> None:
        draw, world = self.draw, self.world
        kinds = [self.table, self.move, self.move, self.move, self.pass_time, self.cut]
        draw.choice(kinds if self.matters else [self.table])()
        if draw.random() < 0.5:
            world.tick(draw.choice([60, 1_000, HOUR]))

    def pass_time(self) -> None:
        self.world.tick(self.draw.choice([1_000, HOUR, DAY]))

    def cut(self) -> None:
        parties = self.world.parties
        pair = (self.draw.choice(parties), self.draw.choice(parties))
        self.world.cut = {pair} if self.draw.random() < 0.5 else set()

    def table(self) -> None:
        self.serial += 1
        party = self.draw.choice(self.world.parties)
        symbol = f"{BODY}/2027/{party}/{self.serial}"
        name = self.give(party, acts.Tabled, symbol=symbol, body=BODY, **self.text())
        if name is not None:
            self.matters.append(name)
            self.versions[name] = [name]

    def text(self) -> dict[str, object]:
        silent = self.draw.random() < 0.4
        article = "4(2)" if silent else "3(1)"
        return {
            "article": article,
            "wording": acts.Wording(
                title=self.world.words("Title"),
                summary=self.world.words("Summary"),
                instrument="note" if silent else "arrangement",
                nature="political",
            ),
            "silence": acts.Silence(article, self.world.now + DAY) if silent else None,
        }

    def move(self) -> None:
        draw, party = self.draw, self.draw.choice(self.world.parties)
        matter = draw.choice(self.matters)
        version = draw.choice(self.versions[matter])
        choice = draw.random()
        if choice < 0.7:
            position = draw.choice([Position.CONCUR] * 5 + [Position.RESERVE, Position.OBJECT])
            words = self.world.words("Reason") if position is Position.OBJECT else {}
            fields = {"reason": words, "remedy": words} if words else {}
            self.give(
                party, acts.Positioned, matter=matter, version=version, position=position, **fields
            )
        elif choice < 0.8:
            self.give(party, acts.Retracted, matter=matter)
        elif choice < 0.95:
            name = self.give(party, acts.Revised, matter=matter, **self.text())
            if name is not None:
                self.versions[matter].append(name)
        else:
            reason = self.world.words("Reason")
            self.give(party, acts.WithdrewMatter, matter=matter, reason=reason)

    def give(self, party: str, kind: type[Act], /, **fields: object) -> str | None:
        """The act's name if it was admitted; the charter may refuse what a random officer does."""
        world = self.world
        key = world.officer(party, BODY)
        world.at += 1
        act = kind(
            party=party,
            seat=world.charter.body(BODY).seat_of(party).id,
            key=key.public.text,
            at=world.now + world.at,
            to=world.everyone(),
            **fields,
        )
        verdict = world.try_submit(party, act, key)
        return name_of(act) if isinstance(verdict, Admitted) else None


def expected(peer: Peer) -> tuple[bool, list[int]]:
    """What a fresh look at all matters finds: is a closing unanswered, and which dates fall due."""
    view = peer.view()
    found = [stand(peer.state, matter, view) for matter in peer.state.matters]
    standings = [one for one in found if one is not None]
    own = peer.history.main(peer.origin).tips[-1]
    dates = [date for one in standings for date in silence_dates(peer.state, view, peer.party, one)]
    dates += notice_dates(peer.state, view, peer.party)
    seen = peer.reader.seen_now()
    return unanswered_closings(standings, peer.history, own, seen), sorted(dates)


@pytest.mark.parametrize("seed", range(12))
def test_the_watch_finds_what_a_fresh_look_finds(seed: int) -> None:
    play = Play(seed)
    stages = set()
    for _ in range(60):
        play.turn()
        for peer in play.world.peers.values():
            peer.watch.look(peer.state)
            own = peer.history.main(peer.origin).tips[-1]
            found = (peer.watch.unanswered(own), sorted(peer.watch.due()))
            assert found == expected(peer)
            for matter, standing in peer.watch.standings.items():
                assert standing == stand(peer.state, matter, peer.view())
                stages.add(standing.stage)
    assert len(stages) >= 3, "a play in which little happens proves little"
