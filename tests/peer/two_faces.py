"""A scene of three parties of which one writes with two hands, by hand instead of by drawing."""

from __future__ import annotations

from random import Random

import scenes
from liar import Face, Liar
from scenes import BODY
from world import World

from architrave.institution import acts
from architrave.peer.messages import Acts, Growth
from architrave.record.entries import Audience, Header, Tip, sign_entry

BAD = "USA"


class Scene:
    """Three parties of which one writes with two hands."""

    def __init__(self) -> None:
        self.world = World()
        self.world.open(BODY)
        self.liar = Liar(self.world, BAD, BODY, Random(1))
        self.world.down = {BAD}
        self.origin = self.world.origin(BAD)

    def header(self, face: Face, **fields: object) -> Header:
        given = {
            "log": self.origin,
            "n": len(face.entries),
            "t": max(self.world.now, face.headers[-1].t),
            "key": self.liar.node.public,
        }
        return Header(**{**given, **fields})

    def line(self, face: Face, act: acts.Act | None = None, **fields: object) -> Tip:
        """A line on one face, with all that it saw last of the honest."""
        seen = {}
        for party in self.liar.honest:
            peer = self.world.peers[party]
            tip = peer.history.main(peer.origin).tips[-1]
            if face.seen[-1].get(peer.origin) != tip:
                seen[peer.origin] = tip
        given: dict[str, object] = {"seen": seen, **fields}
        if act is not None:
            sealed = scenes.sealed(self.world, act, self.liar.officer)
            self.liar.acts[sealed.seal] = sealed
            self.liar.served[sealed.seal] = set(self.liar.honest)
            given |= {"seal": sealed.seal, "to": Audience(frozenset(act.to))}
        entry = sign_entry(self.header(face, **given), self.liar.node)
        self.liar.extend(face, entry.header, entry.data)
        return face.tips[-1]

    def fork(self, size: int | None = None) -> Face:
        face = self.liar.faces[0]
        other = face.prefix(size or len(face.entries))
        self.liar.faces.append(other)
        return other

    def show(self, party: str, face: Face, start: int = 0) -> None:
        """All of a face, with its acts."""
        size = len(face.entries)
        note = self.liar.note(face, size)
        growth = Growth(self.origin, start, face.entries[start:], size, note)
        for message in (growth, Acts(self.liar.acts_for(party, face, False))):
            peer = self.world.peers[party]
            self.world.perform(party, peer.receive(self.origin, message))

    def position(self, matter: str) -> acts.Act:
        fields = {"matter": matter, "version": matter, "position": "concur"}
        return scenes.make(self.world, BAD, acts.Positioned, **fields)
