"""A small world for tests: the real peers of one founding, joined by queues, on one clock.

`World` carries every message between all parties in the order in which it was sent, or holds it
back on cut links. Nothing here decides anything: officers sign, peers answer.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.institution import acts
from architrave.institution.acts import Act, document_of, name_of
from architrave.institution.standing import MatterStanding, stand
from architrave.institution.state import Admitted, Refused
from architrave.institution.successions import concurrence
from architrave.peer.effects import Answer, Effect, Notify, Persist, SaveToken, Send
from architrave.peer.errors import PeerError
from architrave.peer.messages import Message
from architrave.peer.peer import Keys, Pace, Peer
from architrave.peer.startup import Stored
from architrave.peer.succession import Succeeding
from architrave.record.entries import Tip
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    Founding,
    Member,
    read_founding,
    sign_founding,
)
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.mldsa import MldsaPrivateKey
from architrave.record.origins import generation_of, log_origin
from architrave.record.sealing import SealedAct, sign_act
from architrave.record.succession import Succession, Title
from architrave.record.tombstones import read_tombstone

ROOT = Path(__file__).parents[1]
START = 1_798_761_600_000  # 2027-01-01T00:00:00Z
HOUR = 3_600_000
DAY = 24 * HOUR


def seed(*words: object) -> bytes:
    """32 bytes that depend on the words alone."""
    return hashlib.sha256("/".join(str(word) for word in words).encode()).digest()


def load_charter(path: str = "charters/trilateral.toml") -> Charter:
    return parse_charter((ROOT / path).read_text(encoding="utf-8"), path)


def found(charter: Charter, mldsa: bool = False) -> tuple[Founding, dict[str, PrivateKey]]:
    """A founding of the charter's parties from fixed keys, and the party keys."""
    keys = {party: PrivateKey(seed(party, "party")) for party in charter.party_ids}
    members = tuple(
        Member(
            party,
            log_origin(party, DEMONSTRATION_DOMAIN),
            keys[party].public,
            PrivateKey(seed(party, "node")).public,
            PrivateKey(seed(party, "cosigner")).public,
            f"http://{party.lower()}.invalid",
            MldsaPrivateKey(seed(party, "mldsa")).public if mldsa else None,
        )
        for party in charter.party_ids
    )
    founding = Founding(DEMONSTRATION_DOMAIN, charter.digest, True, members)
    return read_founding(sign_founding(founding, keys)), keys


def node_keys(founding: Founding, party: str) -> Keys:
    """The keys of a party's node, those that `found` has named."""
    mldsa = founding.named(party).mldsa_key is not None
    return Keys(
        PrivateKey(seed(party, "node")),
        PrivateKey(seed(party, "cosigner")),
        MldsaPrivateKey(seed(party, "mldsa")) if mldsa else None,
    )


@dataclass
class Disk:
    """What one node has stored."""

    stored: Stored = field(default_factory=Stored)

    def write(self, effect: Persist | SaveToken) -> None:
        if isinstance(effect, SaveToken):
            self.stored.token = (effect.size, effect.root)
            return
        self.stored.entries += effect.entries
        self.stored.acts += [(salt, data) for _, salt, data in effect.acts]
        self.stored.notes.update(effect.notes)
        self.stored.witnessed.update(effect.witnessed)
        self.stored.proofs.update(effect.proofs)
        self.stored.cosigned.update(effect.cosigned)
        self.stored.titles.update(effect.titles)
        gone = {seal for seal, _ in effect.tombstones}
        if gone:
            kept = [one for one in self.stored.acts if SealedAct(*one).seal not in gone]
            self.stored.acts = kept
            stones = {read_tombstone(data).seal: data for data in self.stored.tombstones}
            self.stored.tombstones = list({**stones, **dict(effect.tombstones)}.values())

    def bytes(self) -> bytes:
        """Everything on the disk, for searching."""
        parts = [one.data for one in self.stored.entries]
        for salt, data in self.stored.acts:
            parts += [salt, data]
        parts += self.stored.tombstones
        parts += [*self.stored.notes.values(), *self.stored.proofs.values()]
        return b"\n".join(parts)


class World:
    """The nodes of one founding in one process."""

    def __init__(
        self, charter: Charter | None = None, pace: Pace | None = None, mldsa: bool = False
    ) -> None:
        self.charter = charter or load_charter()
        self.founding, self.party_keys = found(self.charter, mldsa)
        self.pace = pace or Pace()
        self.now = START
        self.parties = [member.name for member in self.founding.members]
        self.later_keys: dict[str, dict[str, PrivateKey]] = {}
        self.succeeding: dict[str, dict[str, Succeeding]] = {}
        self.disks = {party: Disk() for party in self.parties}
        self.peers: dict[str, Peer] = {party: self.boot(party) for party in self.parties}
        self.down: set[str] = set()
        self.cut: set[tuple[str, str]] = set()
        self.queue: deque[tuple[str, str, Message]] = deque()
        self.notices: list[tuple[str, Notify]] = []
        self.faults: list[str] = []
        self.salts = 0
        self.at = 0

    def boot(self, party: str) -> Peer:
        keys = replace(node_keys(self.founding, party), later=self.later_keys.get(party, {}))
        stored = self.disks[party].stored
        copy = Stored(
            list(stored.entries),
            list(stored.acts),
            dict(stored.notes),
            dict(stored.witnessed),
            dict(stored.proofs),
            stored.token,
            dict(stored.cosigned),
            list(stored.tombstones),
            dict(stored.titles),
        )
        return Peer(
            self.founding,
            self.charter,
            party,
            keys,
            copy,
            self.pace,
            succeeding=self.succeeding.get(party),
        )

    def restart(self, party: str) -> None:
        self.peers[party] = self.boot(party)
        self.down.discard(party)

    def origin(self, party: str) -> str:
        return self.founding.named(party).origin

    # -- acting -----------------------------------------------------------------------------

    def officer(self, party: str, body: str) -> PrivateKey:
        return PrivateKey(seed(party, body, "officer"))

    def everyone(self) -> list[str]:
        return sorted(self.founding.origins)

    def open(self, *bodies: str) -> None:
        """Found the logs, and give each party an officer in each body."""
        for party in self.parties:
            self.party_act(
                party,
                acts.Founded,
                to=["public"],
                founding=self.founding.id,
                charter=self.founding.charter,
            )
            for body in bodies:
                if party in self.charter.body(body).parties:
                    self.seat(party, body)
        self.settle()

    def seat(self, party: str, body: str, holder: str = "first holder") -> str:
        seat = self.charter.body(body).seat_of(party).id
        key = self.officer(party, body).public.text
        self.party_act(party, acts.Appointed, office=seat, holder=holder, language="en")
        self.party_act(party, acts.KeyDelegated, office=seat, holder=holder, officer_key=key)
        return seat

    def party_act(self, party: str, kind: type[Act], /, **fields: object) -> str:
        key = self.party_keys[party]
        fields.setdefault("to", self.everyone())
        self.at += 1
        act = kind(party=party, key=key.public.text, at=self.now + self.at, **fields)
        return self.submit(party, act, key)

    # -- succession -------------------------------------------------------------------------

    def statement(self, party: str, cause: str, continues: Tip, generation: int) -> Title:
        """A party's signed statement that its log is to go on under a key of its own making."""
        log = log_origin(party, self.founding.domain, generation)
        key = PrivateKey(seed(party, "node", generation))
        self.later_keys.setdefault(party, {})[log] = key
        said = Succession(self.founding.id, log, continues, key.public, cause)
        return Title(said, party, {party: said.signed_by(self.party_keys[party])})

    def prepare(self, party: str, cause: str = "rotation", continues: Tip | None = None) -> Title:
        """The party stops its log and asks the others to concur with the next one."""
        peer = self.peers[party]
        last = max(self.succeeding.get(party, {}), key=generation_of, default=peer.log)
        generation = max(generation_of(last), generation_of(peer.log)) + 1
        end = continues or peer.history.main(peer.origin).tips[-1]
        title = self.statement(party, cause, end, generation)
        key = self.party_keys[party]
        act = concurrence(title, party, key, self.now)
        sealed = SealedAct(
            seed("salt", party, generation), sign_act(document_of(act), self.founding.id, key)
        )
        self.succeeding.setdefault(party, {})[title.succession.log] = Succeeding(title, sealed)
        self.restart(party)
        return title

    def concur(self, party: str, title: Title) -> Admitted | Refused:
        """A party's act of concurring, as its own node takes it."""
        self.at += 1
        key = self.party_keys[party]
        return self.try_submit(party, concurrence(title, party, key, self.now + self.at), key)

    def all_concur(self, title: Title) -> None:
        """Every other party concurs, and the later log opens everywhere."""
        self.settle()
        for other in self.parties:
            if other != title.owner:
                verdict = self.concur(other, title)
                assert isinstance(verdict, Admitted), verdict
                self.settle()
        self.settle()

    def rotate(self, party: str) -> Title:
        """A party's log goes on under a new key, with everybody's consent."""
        title = self.prepare(party)
        self.all_concur(title)
        return title

    def known_keys(self, log: str) -> list[PublicKey]:
        """The node key that the founding names for a log."""
        return [one.node_key for one in self.founding.members if one.origin == log]

    def act(self, party: str, body: str, kind: type[Act], /, **fields: object) -> str:
        """An act by the party's officer in a body; returns its name and demands admission."""
        key = self.officer(party, body)
        fields.setdefault("to", self.everyone())
        self.at += 1
        act = kind(
            party=party,
            seat=self.charter.body(body).seat_of(party).id,
            key=key.public.text,
            at=self.now + self.at,
            **fields,
        )
        return self.submit(party, act, key)

    def submit(self, party: str, act: Act, key: PrivateKey) -> str:
        verdict = self.try_submit(party, act, key)
        assert isinstance(verdict, Admitted), verdict
        return name_of(act)

    def try_submit(self, party: str, act: Act, key: PrivateKey) -> Admitted | Refused:
        self.salts += 1
        data = sign_act(document_of(act), self.founding.id, key)
        sealed = SealedAct(seed("salt", self.salts), data)
        peer = self.peers[party]
        peer.now = max(peer.now, self.now)
        answers = self.perform(party, peer.command(self.salts, sealed))
        return answers[-1].verdict

    # -- carrying ---------------------------------------------------------------------------

    def perform(self, party: str, effects: list[Effect]) -> list[Answer]:
        answers = []
        for effect in effects:
            if isinstance(effect, Persist | SaveToken):
                self.disks[party].write(effect)
            elif isinstance(effect, Send):
                to = self.founding.member(effect.to).name
                self.queue.append((party, to, effect.message))
            elif isinstance(effect, Answer):
                answers.append(effect)
            else:
                self.notices.append((party, effect))
        return answers

    def deliver(self, limit: int = 100_000) -> None:
        """Carry messages until none is left; links that are cut lose theirs."""
        for _ in range(limit):
            if not self.queue:
                return
            sender, to, message = self.queue.popleft()
            if to in self.down or sender in self.down or (sender, to) in self.cut:
                continue
            try:
                effects = self.peers[to].receive(self.origin(sender), message)
            except PeerError as fault:
                self.faults.append(str(fault))
                continue
            self.perform(to, effects)
        raise AssertionError("messages without end")

    def tick(self, milliseconds: int = 1_000) -> None:
        self.now += milliseconds
        for party in self.parties:
            if party not in self.down:
                self.perform(party, self.peers[party].tick(self.now))
        self.deliver()

    def settle(self, rounds: int = 8) -> None:
        for _ in range(rounds):
            self.tick()

    # -- looking ----------------------------------------------------------------------------

    def stand(self, party: str, matter: str) -> MatterStanding:
        peer = self.peers[party]
        found = stand(peer.state, matter, peer.view())
        assert found is not None
        return found

    def found(self, party: str, matter: str) -> MatterStanding | None:
        """The matter as this party reads it, also if it is for some parties only; or None."""
        peer = self.peers[party]
        return stand(peer.state, matter, peer.own_view())

    def living(self) -> list[str]:
        return [party for party in self.parties if party not in self.down]

    def words(self, text: str) -> dict[str, str]:
        return {language: f"{text} ({language})" for language in self.charter.languages}
