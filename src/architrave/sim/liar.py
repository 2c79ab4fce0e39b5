"""The lying party: its keys, its faces, and everything that it may try.

It forks its log, shows each peer another face, withholds acts from one and serves them to another,
dates lines back and ahead, names what it never read or what does not exist, breaks its own headers,
addresses acts to others than its lines say, replays, sends what is too large, and answers or not.
It cannot sign with others' keys, and knows of the others what has left their machines.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from architrave.institution.acts import document_of
from architrave.institution.successions import concurrence
from architrave.peer.messages import Acts, Ask, Cosigned, Growth, Heads, Message
from architrave.record.entries import Audience, Header, Tip, sign_entry
from architrave.record.history import Branch, History
from architrave.record.origins import first_log
from architrave.record.sealing import SealedAct, sign_act
from architrave.record.succession import Title
from architrave.sim.agenda import Draft
from architrave.sim.cast import node_key, party_key, seed_bytes
from architrave.sim.faces import Face
from architrave.sim.world import HOUR, World

__all__ = ["Liar"]

_FACES = 4
_KEPT = 60


class Liar:
    """One party without a machine; `malice` (0 to 1) says how often it does what is forbidden."""

    def __init__(self, world: World, party: str, draw: Random, malice: float) -> None:
        self.world, self.party, self.draw, self.malice = world, party, draw, malice
        self.origin = world.cast.origin(party)
        self.keys = {self.origin: node_key(party), **world.cast.later(party)}
        self.honest = [one for one in world.cast.parties if one != party]
        machine = world.machines[party]
        self.faces = [Face.of(machine.peer.history.main(self.origin))]
        self.acts: dict[bytes, SealedAct] = dict(machine.peer.reader.acts)
        self.served: dict[bytes, set[str]] = {seal: set(self.honest) for seal in self.acts}
        self.shows = {one: 0 for one in self.honest}
        self.heard: list[Message] = []
        self.read = b""
        self.salts = 0
        machine.stop()
        world.liar, world.liar_hears = party, self.hears

    # -- writing ------------------------------------------------------------------------------

    def step(self, draft: Draft | None) -> None:
        """Write something somewhere, and send something to somebody."""
        self.begin()
        self.write(draft if self.draw.random() < 0.8 else None)
        for party in self.honest:
            if self.draw.random() < 0.6:
                for message in self.show(party):
                    self.world.send(self.party, party, message)
            if self.draw.random() < 0.15 * self.malice:
                self.world.send(self.party, party, self.mischief(party))

    def begin(self) -> None:
        """Where somebody has opened a later log for it, go on there."""
        known = {face.origin for face in self.faces}
        for party in self.honest:
            history = self.world.machines[party].peer.history
            for log, succession in history.successions.items():
                if succession.first == self.origin and log not in known:
                    known.add(log)
                    face = Face.of(history.branches[log][0].prefix(succession.continues.size))
                    self.faces.append(face)
                    self.shows = {one: len(self.faces) - 1 for one in self.honest}
                    self._first_line(face, history)

    def _first_line(self, face: Face, history: History) -> None:
        """The act that begins a later log, or mostly so."""
        title = Title(history.successions[face.origin], self.party, {})
        key = party_key(self.party)
        asked = {self.party: title.succession.signed_by(key)}
        act = concurrence(replace(title, signatures=asked), self.party, key, self.world.now)
        draft = Draft(act, key) if self.draw.random() > 0.2 * self.malice else None
        header, data = self.line(face, draft)
        face.extend(header, data)

    def write(self, draft: Draft | None) -> None:
        """Write a line into one face, and mostly into all that are still the same."""
        face = self.faces[self.draw.randrange(len(self.faces))]
        if self.draw.random() < 0.12 * self.malice and len(self.faces) < _FACES:
            face = face.prefix(max(1, len(face.entries) - self.draw.randrange(4)))
            self.faces.append(face)
            self.world.tell(f"{self.party} begins another history at line {len(face.entries)}")
            for party in self.honest:
                if self.draw.random() < 0.4:
                    self.shows[party] = len(self.faces) - 1
        same = [one for one in self.faces if one.tips == face.tips]
        header, data = self.line(face, draft)
        for one in same if self.draw.random() < 0.8 else [face]:
            one.extend(header, data)

    def line(self, face: Face, draft: Draft | None) -> tuple[Header, bytes]:
        """The next line of a face, with an act or without."""
        shift = self.draw.choice([0, 0, 0, 0, -2 * HOUR, 100_000, 30 * HOUR])
        now = self.world.now + (shift if self.draw.random() < 0.3 * self.malice else 0)
        key = self.keys[face.origin]
        header = Header(
            log=face.origin,
            n=len(face.entries),
            t=max(face.headers[-1].t, now),
            key=key.public,
            seen=self.named(face),
        )
        if draft is not None:
            to = draft.act.to
            if self.draw.random() < 0.02 * self.malice:
                to = sorted({self.origin, self.world.cast.origin(self.draw.choice(self.honest))})
            audience = Audience(None) if to == ["public"] else Audience(frozenset(to))
            header = replace(header, seal=self.seal(draft), to=audience)
        if self.draw.random() < 0.03 * self.malice:
            header = self.forged(face, header)
        data = sign_entry(header, key).data
        if self.draw.random() < 0.005 * self.malice:
            data = data[:-1] + bytes([data[-1] ^ 1])
        return header, data

    def named(self, face: Face) -> dict[str, Tip]:
        """What the next line says it has seen: all, or less, and whether or not it was read."""
        seen = {}
        for party in self.honest:
            branch = self._branch(party)
            if branch is None:
                continue
            size = self.draw.choice([branch.size, branch.size, self.draw.randint(0, branch.size)])
            tip = branch.tips[size - 1] if size else None
            old = face.seen[-1].get(tip.origin) if tip is not None else None
            low = old.size if old is not None else 0
            if tip is not None and size > low and (not low or branch.tips[low - 1] == old):
                seen[tip.origin] = tip
        return seen

    def seal(self, draft: Draft) -> bytes:
        """Sign an act, or spoil it, and choose to whom it will be served."""
        self.salts += 1
        data = sign_act(document_of(draft.act), self.world.cast.founding.id, draft.key)
        if self.draw.random() < 0.03 * self.malice:
            data = b"[" * 5 + data
        sealed = SealedAct(seed_bytes(self.party, "salt", self.world.seed, self.salts), data)
        self.acts[sealed.seal] = sealed
        self.served[sealed.seal] = {
            one for one in self.honest if self.draw.random() > 0.4 * self.malice
        }
        return sealed.seal

    def forged(self, face: Face, header: Header) -> Header:
        """A header as no honest node writes it."""
        other = self.world.cast.origin(self.draw.choice(self.honest))
        match self.draw.randrange(5):
            case 0:
                return replace(header, t=max(0, face.headers[-1].t - 5))
            case 1:
                return replace(header, n=header.n + 1)
            case 2:
                return replace(header, seen={other: Tip(other, 1, bytes(32))})
            case 3:
                return replace(header, seen={other: Tip(other, 10**6, bytes(32))})
            case _:
                return replace(header, seal=bytes(32), to=Audience(frozenset([self.origin, other])))

    # -- sending ------------------------------------------------------------------------------

    def show(self, party: str) -> list[Message]:
        """One of the faces to one of the honest, whole or in part, and some acts."""
        number = self.shows[party]
        if self.draw.random() < 0.06:
            number = self.draw.randrange(len(self.faces))
        face = self.faces[number]
        replica = self.world.machines[party].peer.replicas.get(face.origin)
        held = replica.sure if replica is not None else 0
        size = len(face.entries)
        end = size if self.draw.random() < 0.7 else self.draw.randint(1, size)
        start = min(self.draw.choice([held, held, held, 0, end]), end)
        lines = face.entries[start:end]
        growth = Growth(face.origin, start, lines, size, face.note(end, self.keys[face.origin]))
        found: list[Message] = [growth]
        acts = self.acts_for(party, face, self.draw.random() < 0.05)
        if acts:
            found.append(Acts(acts))
        self.draw.shuffle(found)
        return found

    def acts_for(self, party: str, face: Face, relent: bool) -> list[tuple[bytes, bytes]]:
        """The acts of a face that this party is served, each with its salt."""
        found = []
        for header in face.headers:
            if header.seal in self.acts:
                if relent:
                    self.served[header.seal].add(party)
                if party in self.served[header.seal]:
                    sealed = self.acts[header.seal]
                    found.append((sealed.salt, sealed.data))
        return found

    def mischief(self, party: str) -> Message:
        """Something that an honest node never sends."""
        peer = self.world.machines[party].peer
        other = self.draw.choice(self.honest)
        origin = self.world.cast.origin(other)
        branch = self._branch(other)
        sure = peer.replicas[origin].sure
        match self.draw.randrange(8):
            case 0:
                noise = [bytes(self.draw.randrange(256) for _ in range(100))]
                return Growth(origin, sure, noise * self.draw.randint(1, 3), sure + 3, b"")
            case 1:
                sizes = {one: self.draw.choice([0, 10**6]) for one in self.world.cast.everyone}
                shift = self.draw.choice([0, -HOUR, HOUR])
                return Heads(self.world.now + shift, sizes, sorted(self.secret_seals()))
            case 2 if branch is not None:
                start = self.draw.randint(0, branch.size)
                lines = [one.data for one in branch.entries[start:]]
                return Growth(origin, start, lines, branch.size, b"")
            case 3 if branch is not None:
                tip = branch.tips[-1]
                return Cosigned(peer.origin, tip.size, tip.root, "— nobody AAAA")
            case 4:
                return Ask(origin, self.draw.choice([0, 10**6]), 3, bytes(32))
            case 5:
                return Growth(self.origin, 0, [bytes(70_000)] * 3, 3, b"")
            case 6 if self.heard:
                return self.draw.choice(self.heard)
            case _:
                return Acts([(bytes(32), b"{}"), (b"", b"")])

    def secret_seals(self) -> set[bytes]:
        """Seals of the newest acts of the honest: it may ask for what it may not read."""
        found: set[bytes] = set()
        for party in self.honest:
            found |= set(list(self.world.machines[party].peer.reader.acts)[-20:])
        return found

    # -- listening ----------------------------------------------------------------------------

    def hears(self, sender: str, message: Message) -> None:
        """Keep what was sent, and answer or not."""
        if isinstance(message, Acts):
            self.read += b"".join(data for _, data in message.acts)
        if len(self.heard) < _KEPT or self.draw.random() < 0.1:
            self.heard.append(message)
            del self.heard[:-_KEPT]
        if isinstance(message, Ask) and first_log(message.origin) == self.origin:
            if self.draw.random() < 0.6:
                for answer in self.answer(message):
                    self.world.send(self.party, sender, answer)

    def answer(self, message: Ask) -> list[Message]:
        """What was asked for, of one face or another."""
        if message.root:
            for face in self.faces:
                if Tip(message.origin, message.size, message.root) in face.tips:
                    data = face.entries[message.start : message.size]
                    return [Growth(message.origin, message.start, data, message.size, b"")]
            return []
        face = self.draw.choice(self.faces)
        size = len(face.entries)
        start = min(max(0, message.start), size)
        lines = face.entries[start:]
        return [Growth(face.origin, start, lines, size, face.note(size, self.keys[face.origin]))]

    def _branch(self, party: str) -> Branch | None:
        """A party's log as far as it has left its machine; None if nobody can show it now."""
        origin = self.world.cast.origin(party)
        for holder in (party, *self.honest):
            machine = self.world.machines[holder]
            if machine.up:
                return machine.peer.history.main(origin)
        return None
