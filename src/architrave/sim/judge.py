"""The judge: separate code that looks at every honest machine, at all that leaves it, and at disks.

It knows who is honest and what the true time is; the nodes know neither. Each check has a letter:

a  no two signed checkpoints of one honest log are inconsistent, over crashes and restores
b  the sizes that a witness cosigns never fall
c  what was acknowledged stays
d  equal cuts give equal shared state, in whatever order things arrived
e  a final act never changes its verdict or its place, and what is final only grows
f  two honest nodes never contradict each other on what is in force, and it never goes back
g  no act or salt reaches a node outside its audience
h  each second history that two honest nodes were shown yields a portable proof
i  once the faults stop, all converge within `ROUNDS` rounds, and then the exchange ends
j  a replay changes nothing
k  no silence is counted for a party whose own log does not show it
l  with one party lying, honest logs flow to each other, and a consultation between them is received
m  what an honest log names of another, its node has read
n  erased words are shown by nobody who knows of it, and lie nowhere once all who read them signed
o  of the amendments of one charter one at most is in force, and nobody runs by another than it
p  what its author's party has released later, every honest node holds if one does
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from architrave.institution.acts import Amended
from architrave.institution.amendments import amended_by, amendment_in
from architrave.institution.owed import notices
from architrave.institution.standing import MatterStanding, Stage, VersionStanding, stand
from architrave.institution.state import Admitted, View
from architrave.peer.effects import Answer, Notify, Send
from architrave.peer.messages import Cosigned, Growth
from architrave.peer.peer import Peer
from architrave.record.checkpoints import parse_checkpoint
from architrave.record.entries import Tip
from architrave.record.notes import parse_note
from architrave.record.origins import first_log
from architrave.sim.agenda import Agenda
from architrave.sim.standings import position_fault, silence_fault
from architrave.sim.world import World

__all__ = ["Finding", "Judge"]

_DECIDED = (Stage.AGREED, Stage.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that was found untrue: the letter of the check, and what was found."""

    check: str
    text: str

    def __str__(self) -> str:
        return f"({self.check}) {self.text}"


@dataclass
class Judge:
    """Remembers what has left each machine, and what each has shown as agreed or in force."""

    world: World
    agenda: Agenda
    found: list[Finding] = field(default_factory=list)
    acknowledged: list[tuple[str, Tip]] = field(default_factory=list)
    signed: dict[str, dict[int, bytes]] = field(default_factory=dict)
    _checked: dict[tuple[str, int], int] = field(default_factory=dict)
    _cosigned: dict[tuple[str, str], int] = field(default_factory=dict)
    _verdicts: dict[Tip, str] = field(default_factory=dict)
    _judged: dict[tuple[str, int], int] = field(default_factory=dict)
    _final: dict[str, dict[str, Tip]] = field(default_factory=dict)
    _clock: dict[str, int] = field(default_factory=dict)
    _agreed: dict[tuple[str, str], str] = field(default_factory=dict)
    _in_force: dict[tuple[str, str], str] = field(default_factory=dict)
    _ever: dict[str, set[str]] = field(default_factory=dict)
    amended: dict[str, str] = field(default_factory=dict)
    _left: set[tuple[str, str]] = field(default_factory=set)
    _notices_said: dict[str, dict[str, str]] = field(default_factory=dict)
    _stamps: dict[str, object] = field(default_factory=dict)
    _shown: dict[tuple[str, str], MatterStanding] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world.observers.append(self.observe)

    def fault(self, check: str, text: str) -> None:
        """Note a sentence that is untrue."""
        finding = Finding(check, text)
        if finding not in self.found:
            self.found.append(finding)
            self.world.tell(f"THE JUDGE: {finding}")

    def forgot(self, party: str) -> None:
        """A machine has lost what it had written: it may show less until it has refilled."""
        for memory in (self._agreed, self._in_force, self._shown):
            for key in [key for key in memory if key[0] == party]:
                del memory[key]
        self._final.pop(party, None)
        for key in [key for key in self._cosigned if key[0] == party]:
            del self._cosigned[key]
        self._left = {key for key in self._left if key[0] != party}

    # -- what leaves a machine ------------------------------------------------------------------

    def observe(self, party: str, effect: Send | Answer | Notify) -> None:
        """Something leaves an honest machine."""
        if isinstance(effect, Answer):
            if effect.tip is not None and isinstance(effect.verdict, Admitted):
                self.acknowledged.append((party, effect.tip))
        elif isinstance(effect, Send):
            message, origin = effect.message, self.world.cast.origin(party)
            if isinstance(message, Growth) and first_log(message.origin) == origin:
                self._sees_log(party, message)
            elif isinstance(message, Cosigned):
                self._sees_cosignature(party, message)

    def _sees_log(self, party: str, message: Growth) -> None:
        """Check a: all that this machine has signed up to here is what was ever signed."""
        machine = self.world.machines[party]
        tips = machine.peer.history.branches[message.origin][0].tips
        signed = self.signed.setdefault(message.origin, {})
        size = message.start + len(message.entries)
        if message.note:
            checkpoint = parse_checkpoint(parse_note(message.note).text)
            size = max(size, checkpoint.size)
            if signed.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
                self.fault("a", f"{party} has signed two histories of {checkpoint.size} lines")
        key = (message.origin, machine.lives)
        for index in range(self._checked.get(key, 0), min(size, len(tips))):
            tip = tips[index]
            if tip.origin != message.origin:
                continue  # what a later log shares with the one before it
            if signed.setdefault(tip.size, tip.root) != tip.root:
                self.fault("a", f"{party} has signed two histories that differ at line {index}")
            if index >= machine.began:
                self._names_what_was_read(party, machine.peer, tip)
        self._checked[key] = max(self._checked.get(key, 0), min(size, len(tips)))

    def _names_what_was_read(self, party: str, peer: Peer, tip: Tip) -> None:
        """Check m: received means read."""
        for named in peer.history.entry(tip).header.seen.values():
            for waiting in peer.reader.waiting:
                if peer.history.is_prefix(waiting, named):
                    self.fault("m", f"{party} names {named.origin} further than it has read")

    def _sees_cosignature(self, party: str, message: Cosigned) -> None:
        last = self._cosigned.get((party, message.origin), 0)
        if message.size < last:
            self.fault(
                "b", f"{party} cosigns {message.size} lines of {message.origin}, after {last}"
            )
        self._cosigned[party, message.origin] = max(last, message.size)

    # -- after every step -----------------------------------------------------------------------

    def look(self) -> None:
        """Look at every machine that runs and has read something since the last look."""
        moved = []
        for party in self.world.running():
            peer = self.world.machines[party].peer
            stamp = (
                self.world.machines[party].lives,
                len(peer.reader.judged),
                tuple(peer.reader.read_size(one) for one in self._branches(peer)),
                tuple(sum(sizes.values()) for sizes in peer.cosigned.values()),
            )
            if self._stamps.get(party) != stamp:
                self._stamps[party] = stamp
                moved.append(party)
                self._look_at(party, peer)
        if moved:
            self._compare()

    @staticmethod
    def _branches(peer: Peer) -> Iterator:  # type: ignore[type-arg]
        return (branch for many in peer.history.branches.values() for branch in many)

    def _look_at(self, party: str, peer: Peer) -> None:
        self._verdicts_of(party, peer)
        if not peer.restored:
            self._final_of(party, peer)
        for origin, replica in peer.replicas.items():
            owner = self.world.cast.founding.member(origin).name
            if owner != self.world.liar and (replica.proof or replica.branch.broken):
                self.fault("a", f"{party} takes nothing more from {owner}, which is honest")
        view = peer.own_view()
        for name in self.agenda.matters:
            standing = stand(peer.state, name, view)
            if standing is not None:
                self._shown[party, name] = standing
                self._remember(party, peer, standing)
        self._runs_by(party, peer, view)

    def _verdicts_of(self, party: str, peer: Peer) -> None:
        """Check e: every node gives an act at its place the same verdict, for good."""
        key = (party, self.world.machines[party].lives)
        for tip in peer.reader.judged[self._judged.get(key, 0) :]:
            refused = peer.state.refused.get(tip)
            verdict = f"void: {refused.reason}" if refused is not None else "admitted"
            if self._verdicts.setdefault(tip, verdict) != verdict:
                self.fault(
                    "e",
                    f"{party} finds line {tip.size - 1} of {tip.origin} {verdict}; "
                    f"another found it {self._verdicts[tip]}",
                )
        self._judged[key] = len(peer.reader.judged)

    def _final_of(self, party: str, peer: Peer) -> None:
        # A node that starts again after its clock was put right has to wait for what it had read
        # too early: it knows less for a while, and nothing that it signed rests on it.
        if peer.reader.now < self._clock.get(party, 0):
            self._final.pop(party, None)
        self._clock[party] = peer.reader.now
        cut = peer.history.final_cut(peer.reader.cut())
        held = self._final.setdefault(party, {})
        for origin, old in list(held.items()):
            if not any(peer.history.is_prefix(old, tip) for tip in cut.of(origin)):
                self.fault("e", f"{party}: what was final of {origin} is not final any more")
        for origin, tips in cut.tips.items():
            held[origin] = max(tips, key=lambda tip: tip.size)

    def _remember(self, party: str, peer: Peer, standing: MatterStanding) -> None:
        version = standing.decided
        name = version.version.name if version is not None else None
        key = (party, standing.name)
        if key in self._agreed and self._agreed[key] != name:
            self.fault("f", f"{party}: what was agreed in {standing.symbol} went back")
        if key in self._in_force and (version is None or version.stage is not Stage.IN_FORCE):
            self.fault("f", f"{party}: what was in force in {standing.symbol} went back")
        if version is None or name is None:
            return
        self._agreed[key] = name
        self._ever.setdefault(standing.name, set()).add(name)
        if len(self._ever[standing.name]) > 1:
            self.fault("f", f"a second version of {standing.symbol} stands")
        if version.stage is Stage.IN_FORCE:
            self._in_force[key] = name
            self._notices(party, peer, standing)
            amendment = amendment_in(version.version.fact.act)
            if amendment is not None:
                self._amends(party, amendment.amends, name)
        self._closings(party, peer, standing, version)

    def _amends(self, party: str, base: str, version: str) -> None:
        """Check o: what one says amends a charter, nobody says of another version."""
        if self.amended.setdefault(base, version) != version:
            self.fault("o", f"{party} says that a second amendment of one charter stands")

    def _runs_by(self, party: str, peer: Peer, view: View) -> None:
        """Check o: a machine runs by no charter but one that it holds to be in force."""
        for fact, amendment in amended_by(peer.state, view):
            assert isinstance(fact.act, Amended)
            self._amends(party, amendment.amends, fact.act.version)
            standing = stand(peer.state, fact.act.matter, view)
            decided = standing.decided if standing is not None else None
            if decided is None or decided.stage is not Stage.IN_FORCE:
                self.fault("o", f"{party} runs by an amendment that is not in force")

    def _notices(self, party: str, peer: Peer, standing: MatterStanding) -> None:
        view = peer.own_view()
        for one in notices(peer.state, view, standing):
            key = (party, one.given.name)
            if one.effective:
                self._left.add(key)
            elif key in self._left:
                self.fault("f", f"{party}: a withdrawal that had taken effect went back")
            said = self._notices_said.setdefault(one.given.name, {})
            said.setdefault("has taken effect" if one.effective else "", party)
            said.setdefault("was taken back" if one.rescinded else "", party)
            if {"has taken effect", "was taken back"} <= set(said):
                self.fault(
                    "f",
                    f"{said['has taken effect']} says that a withdrawal has taken effect, and "
                    f"{said['was taken back']} that it was taken back in time",
                )

    def _closings(
        self, party: str, peer: Peer, standing: MatterStanding, version: VersionStanding
    ) -> None:
        """Check k, and its like for positions: a party's own log shows that it closed."""
        for other, tip in version.has_all.items():
            if tip is None or other == self.world.liar:
                continue
            check = silence_fault if version.version.silence is not None else position_fault
            wrong = check(peer, standing, version, other, tip)
            if wrong is not None:
                self.fault("k", f"{party} counts {other} in {standing.symbol}, {wrong}")

    def _compare(self) -> None:
        """Check f: what one says is in force, every other honest party of the body holds."""
        for party, name in [key for key in self._shown if key[0] in self.world.running()]:
            standing = self._shown[party, name]
            if standing.stage is not Stage.IN_FORCE:
                continue
            for other in standing.current.version.body.parties:
                if other in (party, self.world.liar) or not self._remembers(other):
                    continue
                theirs = self._shown.get((other, name))
                if theirs is None or theirs.stage not in _DECIDED:
                    self.fault(
                        "f",
                        f"{party} says that {standing.symbol} is in force, and {other} does not "
                        "hold all that makes it so",
                    )
                elif theirs.current.version.name != standing.current.version.name:
                    self.fault("f", f"{party} and {other} say that different versions stand")

    def _remembers(self, party: str) -> bool:
        """Say whether a party's machine runs and holds all that it had ever written and read."""
        machine = self.world.machines[party]
        return machine.up and not machine.peer.restored and not machine.peer.reader.waiting
