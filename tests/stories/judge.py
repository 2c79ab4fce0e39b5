"""The judge of random histories: separate code that looks at every honest node after each step.

It knows who is honest; the nodes do not. `look` returns the sentences that were found untrue.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from world import HOUR, World

from architrave.institution.acts import Positioned, Retracted, Revised
from architrave.institution.standing import MatterStanding, Stage, VersionStanding, stand
from architrave.peer.peer import Peer
from architrave.record.entries import Tip

_DECIDED = (Stage.AGREED, Stage.IN_FORCE)


@dataclass
class Judge:
    """Remembers what each honest node has ever shown as agreed or in force."""

    world: World
    honest: list[str]
    agreed: dict[tuple[str, str], str] = field(default_factory=dict)
    in_force: dict[tuple[str, str], str] = field(default_factory=dict)
    ever: dict[str, set[str]] = field(default_factory=dict)

    def look(self, matters: list[str]) -> list[str]:
        """Compare all honest nodes on these matters."""
        found: list[str] = []
        for matter in matters:
            shown: dict[str, MatterStanding] = {}
            for party in self.honest:
                peer = self.world.peers[party]
                standing = stand(peer.state, matter, peer.own_view())
                if standing is not None:
                    shown[party] = standing
                    found += self._remember(party, matter, standing)
            found += self._agree(matter, shown)
        return found

    def _remember(self, party: str, matter: str, standing: MatterStanding) -> list[str]:
        found = []
        version = standing.decided
        name = version.version.name if version is not None else None
        key = (party, matter)
        if key in self.agreed and self.agreed[key] != name:
            found.append(f"{party}: what was agreed went back: {self.agreed[key][:6]} -> {name}")
        if key in self.in_force and (version is None or version.stage is not Stage.IN_FORCE):
            found.append(f"{party}: what was in force went back")
        if version is None or name is None:
            return found
        self.agreed[key] = name
        self.ever.setdefault(matter, set()).add(name)
        if len(self.ever[matter]) > 1:
            found.append(f"{party}: a second version of one matter stands")
        if version.stage is Stage.IN_FORCE:
            self.in_force[key] = name
        if version.version.silence is not None:
            found += self._silences(party, version.version.silence.expiry, version)
        else:
            found += self._left(party, matter, version)
        return found

    def _left(self, party: str, matter: str, version: VersionStanding) -> list[str]:
        """Nothing is agreed for a party that had left the version before it closed it."""
        peer = self.world.peers[party]
        found = []
        for other in self.honest:
            tip = version.has_all.get(other)
            if tip is None:
                continue
            mine = [
                fact
                for fact in peer.state.matters[matter]
                if fact.party == other and fact.tip.size <= tip.size
                if isinstance(fact.act, Positioned | Retracted | Revised)
            ]
            last = max(mine, key=lambda fact: fact.tip.size).act
            if not isinstance(last, Positioned) or last.version != version.version.name:
                found.append(f"{party} counts {other}, which had left what is agreed")
        return found

    def _agree(self, matter: str, shown: dict[str, MatterStanding]) -> list[str]:
        found = []
        for party, standing in shown.items():
            if standing.stage is not Stage.IN_FORCE:
                continue
            for other in self.honest:
                if other not in standing.current.version.body.parties:
                    continue
                theirs = shown.get(other)
                if theirs is None or theirs.stage not in _DECIDED:
                    found.append(f"{party} says in force, and {other} does not hold all of it")
                elif theirs.current.version.name != standing.current.version.name:
                    found.append(f"{party} and {other} say that different versions stand")
        return found

    def _silences(self, party: str, expiry: int, version: VersionStanding) -> list[str]:
        """No silence is counted for a party whose own log does not show it."""
        found = []
        history = self.world.peers[party].history
        fact = version.version.fact
        for other, tip in version.has_all.items():
            if tip is None:
                continue
            first = history.first_naming(tip, fact.tip)
            if first is None or first.size >= tip.size:
                found.append(f"{party} counts a silence of {other}, which had not got the text")
                continue
            ended, began = history.entry(tip).header.t, history.entry(first).header.t
            if ended < expiry or ended < began + 24 * HOUR:
                found.append(f"{party} counts a silence of {other} that had not run")
        return found

    def end(self) -> list[str]:
        """After honest nodes have been left in peace: their logs flow, and are not accused."""
        found = []
        for party in self.honest:
            peer = self.world.peers[party]
            found += [
                f"{party} does not read all of {other}"
                for other in self.honest
                if other != party and not self._reads(peer, self.world.peers[other])
            ]
            found += [
                f"{party} takes nothing more from {other}, which is honest"
                for other in self.honest
                if peer.replicas[self.world.origin(other)].stopped
            ]
            if not peer.may_sign():
                found.append(f"{party} is kept from signing: {peer.why_not()}")
        return found

    def _reads(self, peer: Peer, other: Peer) -> bool:
        branch = peer.history.main(other.origin)
        theirs = other.history.main(other.origin)
        return branch.size == theirs.size == peer.reader.read_size(branch)

    def received(self, origin: str, tip: Tip) -> list[str]:
        """Every honest party's log names an honest entry after peace has come."""
        return [
            f"{party} has not received a line of {origin}"
            for party in self.honest
            if (own := self.world.peers[party]).origin != origin
            and not own.history.names(own.history.main(own.origin).tips[-1], tip)
        ]
