"""The lying party: its keys, its faces, and everything that it may try."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from world import HOUR, World, seed

from architrave.institution.acts import Act, document_of
from architrave.peer.messages import Acts, Ask, Cosigned, Growth, Heads, Message
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.entries import Audience, Header, Tip, sign_entry
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note
from architrave.record.sealing import SealedAct, sign_act
from architrave.record.tree import Tree, leaf_hash


@dataclass
class Face:
    """One history that the liar signs."""

    entries: list[bytes]
    headers: list[Header]
    tips: list[Tip]
    seen: list[dict[str, Tip]]
    tree: Tree

    def prefix(self, size: int) -> Face:
        return Face(
            self.entries[:size],
            self.headers[:size],
            self.tips[:size],
            self.seen[:size],
            self.tree.copy_prefix(size),
        )


class Liar:
    """It knows all that the honest hold, and decides by drawing."""

    def __init__(
        self, world: World, party: str, body: str, draw: Random, malice: float = 1.0
    ) -> None:
        self.world, self.party, self.draw, self.malice = world, party, draw, malice
        self.origin = world.origin(party)
        self.node = PrivateKey(seed(party, "node"))
        self.officer = world.officer(party, body)
        self.honest = [one for one in world.parties if one != party]
        branch = world.peers[party].history.main(self.origin)
        self.faces = [
            Face(
                [entry.data for entry in branch.entries],
                [entry.header for entry in branch.entries],
                list(branch.tips),
                [dict(one) for one in branch.seen],
                branch.tree.copy_prefix(branch.size),
            )
        ]
        self.acts: dict[bytes, SealedAct] = dict(world.peers[party].reader.acts)
        self.served: dict[bytes, set[str]] = {seal: set(self.honest) for seal in self.acts}
        self.shows = {one: 0 for one in self.honest}
        self.heard = b""
        self.salts = 0

    # -- writing --------------------------------------------------------------------------------

    def step(self, act: Act | None) -> list[tuple[str, Message]]:
        """Write something somewhere, and send something to somebody."""
        self.write(act if self.draw.random() < 0.8 else None)
        sent: list[tuple[str, Message]] = []
        for party in self.honest:
            if self.draw.random() < 0.6:
                sent += [(party, one) for one in self.show(party)]
            if self.draw.random() < 0.15 * self.malice:
                sent.append((party, self.mischief(party)))
        return sent

    def write(self, act: Act | None) -> None:
        number = self.draw.randrange(len(self.faces))
        face = self.faces[number]
        if self.draw.random() < 0.12 * self.malice and len(self.faces) < 4:
            size = max(1, len(face.entries) - self.draw.randrange(4))
            face = face.prefix(size)
            self.faces.append(face)
            for party in self.honest:
                if self.draw.random() < 0.4:
                    self.shows[party] = len(self.faces) - 1
        same = [one for one in self.faces if one.tips == face.tips]
        entry = self.line(face, act)
        for one in same if self.draw.random() < 0.8 else [face]:
            self.extend(one, *entry)

    def line(self, face: Face, act: Act | None) -> tuple[Header, bytes]:
        old = face.seen[-1]
        seen = {}
        for party in self.honest:
            branch = self.world.peers[party].history.main(self.world.origin(party))
            low = old[branch.origin].size if branch.origin in old else 0
            size = self.draw.choice([branch.size, branch.size, self.draw.randint(0, branch.size)])
            if size > low:
                seen[branch.origin] = branch.tips[size - 1]
        last = face.headers[-1].t
        shift = self.draw.choice([0, 0, 0, 0, -2 * HOUR, 100_000, 30 * HOUR])
        header = Header(
            log=self.origin,
            n=len(face.entries),
            t=max(last, self.world.now + (shift if self.draw.random() < 0.3 * self.malice else 0)),
            key=self.node.public,
            seen=seen,
        )
        if act is not None:
            header = replace(header, seal=self.seal(act), to=Audience(frozenset(act.to)))
        if self.draw.random() < 0.03 * self.malice:
            header = self.forged(face, header)
        entry = sign_entry(header, self.node)
        data = entry.data
        if self.draw.random() < 0.005 * self.malice:
            data = data[:-1] + bytes([data[-1] ^ 1])
        return header, data

    def seal(self, act: Act) -> bytes:
        self.salts += 1
        data = sign_act(document_of(act), self.world.founding.id, self.officer)
        if self.draw.random() < 0.03 * self.malice:
            data = b"[" * 5 + data
        sealed = SealedAct(seed(self.party, "salt", self.salts), data)
        self.acts[sealed.seal] = sealed
        self.served[sealed.seal] = {
            one for one in self.honest if self.draw.random() > 0.4 * self.malice
        }
        return sealed.seal

    def forged(self, face: Face, header: Header) -> Header:
        """A header as no honest node writes it."""
        other = self.world.origin(self.draw.choice(self.honest))
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

    def extend(self, face: Face, header: Header, data: bytes) -> None:
        face.tree.append(leaf_hash(data))
        face.entries.append(data)
        face.headers.append(header)
        face.tips.append(Tip(self.origin, len(face.entries), face.tree.root()))
        face.seen.append({**face.seen[-1], **header.seen})

    # -- sending --------------------------------------------------------------------------------

    def show(self, party: str) -> list[Message]:
        """One of the faces to one of the honest, whole or in part, and some acts."""
        number = self.shows[party]
        if self.draw.random() < 0.06:
            number = self.draw.randrange(len(self.faces))
        face = self.faces[number]
        held = self.world.peers[party].replicas[self.origin].sure
        size = len(face.entries)
        end = size if self.draw.random() < 0.7 else self.draw.randint(1, size)
        start = min(self.draw.choice([held, held, held, 0, end]), end)
        growth = Growth(self.origin, start, face.entries[start:end], size, self.note(face, end))
        found: list[Message] = [growth, Acts(self.acts_for(party, face, self.draw.random() < 0.05))]
        self.draw.shuffle(found)
        return found

    def acts_for(self, party: str, face: Face, relent: bool) -> list[tuple[bytes, bytes]]:
        found = []
        for header in face.headers:
            if header.seal in self.acts:
                if relent:
                    self.served[header.seal].add(party)
                if party in self.served[header.seal]:
                    sealed = self.acts[header.seal]
                    found.append((sealed.salt, sealed.data))
        return found

    def note(self, face: Face, size: int) -> bytes:
        checkpoint = Checkpoint(self.origin, size, face.tree.root(size))
        return format_note(checkpoint.text, [sign_checkpoint(checkpoint, self.node)])

    def mischief(self, party: str) -> Message:
        """Something that an honest node never sends."""
        peer = self.world.peers[party]
        other = self.draw.choice(self.honest)
        origin = self.world.origin(other)
        sure = peer.replicas[origin].sure
        match self.draw.randrange(6):
            case 0:
                garbage = [bytes([self.draw.randrange(256) for _ in range(100)])]
                return Growth(origin, sure, garbage * self.draw.randint(1, 3), sure + 3, b"")
            case 1:
                sizes = {one: self.draw.choice([0, 10**6]) for one in self.world.everyone()}
                shift = self.draw.choice([0, -HOUR, HOUR])
                return Heads(self.world.now + shift, sizes, list(self.secret_seals()))
            case 2:
                lines = self.world.peers[other].history.main(origin).entries
                start = self.draw.randint(0, len(lines))
                return Growth(origin, start, [one.data for one in lines[start:]], len(lines), b"")
            case 3:
                tip = self.world.peers[other].history.main(origin).tips[-1]
                return Cosigned(peer.origin, tip.size, tip.root, "— nobody AAAA")
            case 4:
                return Ask(origin, self.draw.choice([0, 10**6]), 3, bytes(32))
            case _:
                return Acts([(bytes(32), b"{}"), (b"", b"")])

    def secret_seals(self) -> set[bytes]:
        """Seals of all acts of the honest: it may ask for what it may not read."""
        found = set()
        for party in self.honest:
            for seal in list(self.world.peers[party].reader.acts)[-20:]:
                found.add(seal)
        return found

    def answer(self, message: Message) -> list[Message]:
        """Listen, and answer or not."""
        if isinstance(message, Acts):
            self.heard += b"".join(data for _, data in message.acts)
        if not isinstance(message, Ask) or message.origin != self.origin:
            return []
        if self.draw.random() < 0.4:
            return []
        if message.root:
            for face in self.faces:
                if Tip(self.origin, message.size, message.root) in face.tips:
                    data = face.entries[message.start : message.size]
                    return [Growth(self.origin, message.start, data, message.size, b"")]
            return []
        face = self.faces[self.draw.randrange(len(self.faces))]
        size = len(face.entries)
        start = min(max(0, message.start), size)
        return [Growth(self.origin, start, face.entries[start:], size, self.note(face, size))]
