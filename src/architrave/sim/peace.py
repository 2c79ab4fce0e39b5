"""After the faults: the honest are left in peace, and what must then be true is checked once.

Everything is mended, the liar falls silent, and time passes in rounds of a second or so. All must
converge, a consultation must be received, the exchange must end, and nothing may have leaked.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from architrave.institution.acts import Consulted
from architrave.institution.digest import state_digest
from architrave.institution.state import Admitted
from architrave.peer.errors import PeerError
from architrave.peer.opened import opened_texts
from architrave.peer.peer import Keys, Peer
from architrave.peer.replica import Replica
from architrave.peer.startup import Stored
from architrave.record.checkpoints import parse_checkpoint
from architrave.record.entries import Tip
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import RecordError
from architrave.record.notes import parse_note
from architrave.record.origins import first_log
from architrave.record.sealing import SealedAct
from architrave.record.tombstones import ErasedAct
from architrave.sim.cast import cosigner_key, node_key
from architrave.sim.compare import all_of, contradict, left_out, read_of
from architrave.sim.faults import Faults
from architrave.sim.judge import Judge
from architrave.sim.liar import Liar
from architrave.sim.workloads.work import Work
from architrave.sim.world import MINUTE

__all__ = ["ROUNDS", "Peace"]

ROUNDS = 40
"""In how many rounds of 1.1 seconds all honest nodes converge once nothing fails any more."""

_ROUND = 1_100
# What keeps a node from signing for good: lines that it signed and that nobody holds, which only a
# succession ends; and a succession with which some party, the liar perhaps, does not concur.
_MUTE = ("were signed, and nobody holds them", "continues it once")
_MENDINGS = 8


class Peace:
    """The end of one history."""

    def __init__(
        self, judge: Judge, faults: Faults, liar: Liar | None, works: Sequence[Work], draw: Random
    ) -> None:
        self.judge, self.faults, self.liar, self.draw = judge, faults, liar, draw
        self.works = works
        self.world, self.agenda = judge.world, judge.agenda
        self.rounds = 0
        self.mute: list[str] = []
        self.lost = 0
        self.ahead = False
        self.opened: set[tuple[str, Tip]] = set()

    def come(self) -> None:
        """Let peace come, and check."""
        self.faults.end()
        self.world.liar_hears = None
        self.world.advance(5 * MINUTE, ticks=20)
        self._wait_for_dates()
        self._mend()
        self._converge()
        self._consult()
        self._converge()
        self._rest()
        self._states()
        self._kept()
        self._leaks()
        self._erased()
        self._opened()
        self._proofs()
        self._replay()
        self._another_order()

    # -- i, l: liveness ------------------------------------------------------------------------

    def _converge(self) -> None:
        for number in range(ROUNDS):
            self.world.advance(_ROUND, ticks=2)
            self.judge.look()
            left = self._apart()
            if not left:
                self.rounds = max(self.rounds, number + 1)
                return
        for text in left:
            self.judge.fault("i", text)

    def _mend(self) -> None:
        for _ in range(_MENDINGS):
            left = [work.mend() for work in self.works]
            self.world.advance(10 * _ROUND, ticks=20)
            if not any(left):
                return

    def _wait_for_dates(self) -> None:
        """Let the time come that the honest have dated their lines with.

        Two wrong clocks that agree with each other let their nodes sign: what they date ahead is
        held back by the others until then, as the rule says.
        """
        logs = [self.world.machines[party].peer for party in self.world.honest]
        latest = max(peer.history.main(peer.origin).times[-1] for peer in logs)
        if latest > self.world.now:
            self.ahead = True
            self.world.advance(latest - self.world.now + MINUTE, ticks=8)

    def _apart(self) -> list[str]:
        """What still keeps honest nodes apart."""
        found = []
        self.mute, self.lost = [], self._lost()
        for party in self.world.honest:
            machine = self.world.machines[party]
            why = machine.peer.why_not() if machine.up else "it does not run"
            if any(one in why for one in _MUTE) or self._waits_for_the_liar(machine.peer):
                self.mute.append(party)
            elif why:
                found.append(f"{party} writes nothing: {why}")
        for party in self.world.honest if not self.lost else ():
            machine = self.world.machines[party]
            found += [
                f"{party} has not read all of {other}"
                for other in self.world.honest
                if other != party and other not in self.mute
                if not self._reads(machine.peer, other)
            ]
        return found

    def _lost(self) -> int:
        """How many acts are gone from the disks of all honest parties that had read them.

        The line comes back from the others, the act does not: nobody reads past it, and only a
        succession leaves it behind. An act of a liar counts if an honest log names it.
        """
        peers = [self.world.machines[party].peer for party in self.world.honest]
        gone = set()
        for peer in peers:
            own = peer.history.main(peer.origin).tips[-1]
            for other in peers:
                gone |= {
                    one.seal
                    for one in other.reader.waiting.values()
                    if other.history.find(own) is not None
                    and other.history.find(one.tip) is not None
                    and other.history.names(own, one.tip)
                    and not any(one.seal in held.reader.acts for held in peers)
                }
        return len(gone)

    def _waits_for_the_liar(self, peer: Peer) -> bool:
        liar = self.world.liar
        if liar is None or not peer.restored:
            return False
        origin = self.world.cast.origin(liar)
        told = set(peer.others) - {origin} <= set(peer.reported)
        size = peer.history.main(peer.origin).size
        claims = peer.reported.get(origin, 0) > size
        return told and (origin not in peer.reported or claims)

    def _reads(self, peer: Peer, other: str) -> bool:
        theirs = self.world.machines[other].peer.history.main(self.world.cast.origin(other))
        branch = peer.history.main(theirs.origin)
        return branch.size == theirs.size == peer.reader.read_size(branch)

    def _consult(self) -> None:
        """A party that may write asks the others to consult: every other honest log receives it."""
        able = [
            party
            for party in self.world.honest
            if party in self.agenda.body.parties and party not in self.mute
        ]
        if not able:
            return
        party = self.draw.choice(able)
        words = self.agenda.officers.words("please")
        _, verdict = self.agenda.officers.act(
            party,
            self.agenda.body.id,
            Consulted,
            symbol=self.agenda.symbol(party),
            body=self.agenda.body.id,
            ground=words,
            facts=words,
            wish=words,
        )
        if not isinstance(verdict, Admitted):
            # Its seat may be vacant, or held by somebody whose key was never delegated.
            return
        peer = self.world.machines[party].peer
        tip = peer.history.main(peer.origin).tips[-1]
        for _ in range(12):
            self.world.advance(_ROUND, ticks=2)
        for other in self.world.honest:
            mine = self.world.machines[other].peer
            if other != party and other not in self.mute and not self.lost:
                if not mine.history.names(mine.history.main(mine.origin).tips[-1], tip):
                    self.judge.fault("l", f"{other} has not received a request of {party}")

    def _rest(self) -> None:
        """The exchange has ended: nobody writes a line because somebody wrote one."""
        before = self._sizes()
        for _ in range(6):
            self.world.advance(_ROUND, ticks=2)
        if self._sizes() != before:
            self.judge.fault("i", "receipts do not end")

    def _sizes(self) -> list[int]:
        peers = [self.world.machines[party].peer for party in self.world.honest]
        return [peer.history.main(peer.origin).size for peer in peers]

    # -- d: equal cuts, equal state ------------------------------------------------------------

    def _states(self) -> None:
        digests: dict[str, str] = {}
        for party in self.world.honest:
            peer = self.world.machines[party].peer
            digest = state_digest(peer.state, peer.view())
            cut = repr(sorted(peer.reader.cut().tips.items()))
            if digests.setdefault(cut, digest) != digest:
                self.judge.fault("d", f"{party}'s shared state is not that of others with its cut")

    def _another_order(self) -> None:
        """A node that starts from nothing and is told everything in another order."""
        party = self.draw.choice(self.world.honest)
        source = self.world.machines[party].peer
        fresh = Peer(
            self.world.cast.founding,
            self.world.cast.charter,
            party,
            Keys(node_key(party), cosigner_key(party), later=self.world.cast.later(party)),
            Stored(),
            source.pace,
        )
        fresh.restored = True
        fresh.now = self.world.now
        senders = [other for other in self.world.cast.parties if other != party]
        for _ in range(60):
            messages = list(all_of(source, fresh, self.draw))
            self.draw.shuffle(messages)
            for message in messages:
                try:
                    fresh.receive(self.world.cast.origin(senders[0]), message)
                except PeerError:
                    continue
            # Of its own log a node counts all as read, also what it has still to fetch.
            if read_of(fresh) == read_of(source) and not fresh.reader.waiting:
                break
        if read_of(fresh) != read_of(source):
            # A log that lied may be held in part, or on other branches; then nothing is compared.
            return
        if state_digest(fresh.state, fresh.view()) != state_digest(source.state, source.view()):
            self.judge.fault("d", f"in another order of arrival {party} comes to another state")

    # -- c: what was acknowledged --------------------------------------------------------------

    def _kept(self) -> None:
        for party, tip in self.judge.acknowledged:
            if party in self.mute:
                continue
            peer = self.world.machines[party].peer
            if tip not in peer.history.main(peer.origin).tips and not left_out(peer, tip):
                self.judge.fault("c", f"{party}: line {tip.size - 1} was acknowledged, and is gone")

    # -- g: secrets ----------------------------------------------------------------------------

    def _leaks(self) -> None:
        liar = self.world.liar
        for mark, to in self.agenda.secrets:
            may_leak = liar is not None and self.world.cast.origin(liar) in to
            for party in self.world.honest:
                if self.world.cast.origin(party) not in to and not may_leak:
                    if self.world.machines[party].disk.folder.contains(mark):
                        self.judge.fault("g", f"an act not for {party} lies on its disk")
            if self.liar is not None and not may_leak and mark in self.liar.read:
                self.judge.fault("g", "an act was sent to a party that may not read it")

    # -- n: erased words -------------------------------------------------------------------------

    def _erased(self) -> None:
        """Words are shown by nobody who has read their erasure, and gone once all have signed."""
        self.world.advance(2 * MINUTE, ticks=4)
        peers = {party: self.world.machines[party].peer for party in self.world.honest}
        for name, (mark, to) in self.agenda.erased.items():
            readers = [party for party in peers if self.world.cast.origin(party) in to]
            if not any(peers[party].state.erasures.get(name) for party in readers):
                continue  # nobody knows what became of the act that was to erase: it never was
            done = {party: self._dropped(peers[party], name) for party in readers}
            for party in readers:
                folder = self.world.machines[party].disk.folder
                if done[party] and folder.contains(mark):
                    self.judge.fault("n", f"erased words lie on the disk of {party}")
                facts = peers[party].state.acts.get(name, ())
                read = peers[party].state.erasures.get(name, ())
                if facts and any(one.party == facts[0].party for one in read):
                    if mark.decode() in repr([fact.act for fact in facts]):
                        self.judge.fault("n", f"{party} shows words that it knows to be erased")
            if any(done.values()) and not all(done.values()) and not self.mute and not self.lost:
                self.judge.fault("n", "some have dropped erased words, and others never do")
            all_honest = len(readers) == len(to)
            if all_honest and not any(done.values()) and not self.mute and not self.lost:
                self.judge.fault("n", "all readers are honest, and erased words stay")

    @staticmethod
    def _dropped(peer: Peer, name: str) -> bool:
        held = [peer.reader.acts.get(seal) for seal in peer.names.get(name, ())]
        return bool(held) and all(isinstance(act, ErasedAct) for act in held)

    # -- p: what was released ----------------------------------------------------------------------

    def _opened(self) -> None:
        """Whoever has read a release holds the text, if any other honest party holds it."""
        peers = {party: self.world.machines[party].peer for party in self.world.honest}
        opened = {party: opened_texts(peer) for party, peer in peers.items()}
        texts = {tip: one for found in opened.values() for tip, one in found.items()}
        for tip, text in texts.items():
            if not any(self._worded(peer, text.seal) for peer in peers.values()):
                continue  # its words were erased: a party that never read them vouches for nothing
            for party, peer in peers.items():
                if tip in opened[party]:
                    self.opened.add((party, tip))
                elif peer.history.find(tip) and peer.view().holds(text.release):
                    self.judge.fault("p", f"{party} lacks a text that {text.party} has released")

    @staticmethod
    def _worded(peer: Peer, seal: bytes) -> bool:
        return isinstance(peer.reader.acts.get(seal), SealedAct)

    # -- h: proofs -----------------------------------------------------------------------------

    def _proofs(self) -> None:
        if self.world.liar is None:
            return
        first = self.world.cast.origin(self.world.liar)
        peers = [self.world.machines[party].peer for party in self.world.honest]
        logs = {log for peer in peers for log in peer.replicas if first_log(log) == first}
        for log in sorted(logs):
            self._proofs_of([peer.replicas[log] for peer in peers if log in peer.replicas])

    def _proofs_of(self, replicas: list[Replica]) -> None:
        for replica in replicas:
            if replica.proof is not None:
                try:
                    check_equivocation(replica.proof, replica.key)
                except RecordError as fault:
                    self.judge.fault("h", f"a proof of two histories does not verify: {fault}")
        covered = [
            replica
            for replica in replicas
            if replica.note and parse_checkpoint(parse_note(replica.note).text).size
        ]
        convicted = [replica.proof is not None for replica in replicas]
        if any(convicted) and not all(convicted):
            self.judge.fault("h", "some honest nodes hold a proof of two histories, others do not")
        if not all(convicted) and any(
            contradict(one, other) for one in covered for other in covered if one is not other
        ):
            self.judge.fault("h", "honest nodes hold two histories that it signed, and no proof")

    # -- j: replay -----------------------------------------------------------------------------

    def _replay(self) -> None:
        for sender, to, data in self.draw.sample(
            self.world.delivered, min(25, len(self.world.delivered))
        ):
            machine = self.world.machines[to]
            if not machine.up:
                continue
            # Once or twice may still bring something: acts that were served before their lines
            # were known, and what becomes readable by them.
            self.world.deliver(sender, to, data)
            self.world.deliver(sender, to, data)
            before = (read_of(machine.peer), len(machine.peer.reader.acts))
            written = len(machine.disk.folder.stored.entries)
            self.world.deliver(sender, to, data)
            after = (read_of(machine.peer), len(machine.peer.reader.acts))
            if before != after or written != len(machine.disk.folder.stored.entries):
                self.judge.fault(
                    "j", f"a message of {sender} to {to}, sent again, changes something"
                )
