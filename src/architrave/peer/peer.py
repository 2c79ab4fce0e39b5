"""The peer: one party's part in keeping the record, without clock, network or disk.

Inputs are method calls (a tick of the clock, an officer's command, a message); each returns the
effects that the node performs in order. The order is the safety: what a signature says is durable
before the signature leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.charter.model import Charter
from architrave.institution.acts import Tabled, act_of, known
from architrave.institution.admit import admit, fold_entry
from architrave.institution.errors import UnknownKind
from architrave.institution.standing import MatterStanding, stand
from architrave.institution.state import Admitted, Fact, Institution, Refused, View, empty
from architrave.peer import exchange, restore, startup
from architrave.peer.effects import Answer, Effect, Persist, SaveToken, Send, StoredEntry
from architrave.peer.errors import PeerError
from architrave.peer.messages import Acts, Ask, Cosigned, Growth, Heads, Message, Misconduct
from architrave.peer.receipts import due_dates, settled, unanswered_acts, unanswered_closings
from architrave.peer.relay import on_acts
from architrave.peer.replica import Replica
from architrave.peer.startup import Stored
from architrave.peer.witnessing import on_cosigned
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.entries import Audience, Header, Tip, sign_entry
from architrave.record.errors import RecordError
from architrave.record.founding import Founding, Member
from architrave.record.history import Cut, History
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note
from architrave.record.reading import Reader
from architrave.record.sealing import SealedAct, act_name

__all__ = ["AHEAD", "Keys", "Pace", "Peer"]

AHEAD = 120_000


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys that a node holds."""

    node: PrivateKey
    cosigner: PrivateKey


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen, in milliseconds."""

    gather: int = 50
    greet: int = 1_000
    refresh: int = 60_000
    receipt: int = 6 * 3_600_000


class Peer:
    """One party's node, sans I/O. `origin` is its log; `state` and `history` are for reading."""

    def __init__(
        self,
        founding: Founding,
        charter: Charter,
        party: str,
        keys: Keys,
        stored: Stored,
        pace: Pace = Pace(),
        clock_confirmed: bool = True,
    ) -> None:
        self.founding = founding
        self.me: Member = founding.named(party)
        self.origin = self.me.origin
        self.keys = keys
        self.pace = pace
        self.history = History(founding)
        self.reader = Reader(self.history, self.origin, known)
        self.state: Institution = empty(founding, charter)
        self.replicas = {
            member.origin: Replica(self.history, member.origin, member.log_key)
            for member in founding.members
        }
        self.cosigner_keys = {member.origin: member.cosigner for member in founding.members}
        self.others = [member.origin for member in founding.members if member.origin != self.origin]
        self.open: set[str] = set()
        self.now = 0
        self.clock_confirmed = clock_confirmed
        self.restored = False
        self.told: dict[str, dict[str, int]] = {}
        self.clocks: dict[str, tuple[int, int]] = {}
        self.heard: dict[str, int] = {}
        self.branch_wants: dict[Tip, int] = {}
        self.cosigned: dict[str, dict[str, int]] = {origin: {} for origin in self.replicas}
        self.seals: dict[bytes, list[Tip]] = {}
        self.names: set[str] = set()
        self.claims: dict[str, int] = {}
        self.reported: dict[str, int] = {}
        self._arrived: set[Tip] = set()
        self._receipt_at: int | None = None
        self._greet_at = 0
        self._refresh_at = 0
        self._due: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
        self._standings: tuple[tuple[int, ...], tuple[MatterStanding, ...]] = ((), ())
        startup.load(self, stored)

    # -- reading ----------------------------------------------------------------------------

    @property
    def party(self) -> str:
        """The charter's id of this party."""
        return self.me.name

    def view(self) -> View:
        """What counts for all parties now, as far as this party has read."""
        return self.state.view(self.history, self.reader.cut())

    def own_view(self) -> View:
        """All that this party has read, with what is addressed to some parties only."""
        return View(self.history, self.reader.cut(), Audience.among([self.origin]))

    def final_view(self) -> View:
        """What every other party has received."""
        return self.state.view(self.history, self.history.final_cut(self.reader.cut()))

    def note(self, origin: str) -> bytes:
        """The latest checkpoint held of a log, with its cosignatures; empty before the first."""
        return self.replicas[origin].note

    @property
    def next_wake(self) -> int | None:
        """The next instant (ms) at which a tick would do more than greet; None if none is known."""
        times = [] if self._receipt_at is None else [self._receipt_at]
        times.extend(self._due_times())
        return min(times, default=None)

    @property
    def quiet(self) -> bool:
        """True if nothing is staged, wanted or about to be written."""
        return (
            self._receipt_at is None
            and not self.branch_wants
            and not any(replica.staged for replica in self.replicas.values())
        )

    # -- inputs -----------------------------------------------------------------------------

    def tick(self, now: int) -> list[Effect]:
        """The clock shows `now` (ms)."""
        self.now = max(self.now, now)
        effects: list[Effect] = []
        self.settle(effects)
        if now >= self._greet_at:
            self._greet_at = now + self.pace.greet
            effects += [Send(other, exchange.heads(self)) for other in self.others]
            effects += exchange.ask_for_missing(self)
        if self._receipt_at is not None and now >= self._receipt_at:
            self._receipt_at = None
            if self.may_sign() and self.founded:
                self.write(effects, None, None)
        if now >= self._refresh_at and self.founded:
            self._refresh_at = now + self.pace.refresh
            # Notes of other logs too: two faces of one size are seen only where notes meet.
            for origin, replica in self.replicas.items():
                if replica.note and not replica.stopped:
                    effects += exchange.share(self, origin, refresh=True)
        return effects

    def command(self, ticket: int, act: SealedAct) -> list[Effect]:
        """An officer's signed act: written if the charter admits it, answered either way.

        An objection that comes after the own log has closed the matter is written too: it stands
        there as late.
        """
        verdict = self._command_verdict(act)
        if isinstance(verdict, Refused) and not verdict.late:
            return [Answer(ticket, None, verdict)]
        effects: list[Effect] = []
        tip = self.write(effects, act, act_of(act.document).audience)
        # The line that ends a silence may be the one that was to break it: what counts is the
        # verdict on the act where it now stands.
        effects.append(Answer(ticket, tip, self.state.refused.get(tip) or verdict))
        self.settle(effects)
        return effects

    def _command_verdict(self, act: SealedAct) -> Admitted | Refused:
        if not self.may_sign():
            return Refused("", self.why_not())
        try:
            read = act_of(act.document)
        except (RecordError, UnknownKind) as fault:
            return Refused("", str(fault))
        if not read.audience.reaches(self.origin):
            return Refused("", "an act is addressed to its own party too.")
        everyone = self.founding.origins
        if read.audience.logs is not None and read.audience.logs - everyone:
            return Refused("", "an act is addressed to logs of this founding only.")
        for one in self.reader.waiting.values():
            if one.tip.origin == self.origin and one.audience.covers(read.audience, everyone):
                return Refused("", "an earlier act of this log is still to be fetched and read.")
        return self.rehearse(act)

    def rehearse(self, act: SealedAct) -> Admitted | Refused:
        """What the verdict on an act would be if it were written now. Writes nothing.

        Raises Malformed or UnknownKind for bytes that are no act.
        """
        read = act_of(act.document)
        branch = self.history.main(self.origin)
        cut = {origin: (tip,) for origin, tip in self.reader.seen_now().items()}
        size = branch.size
        tip = branch.tips[-1] if branch.tips else Tip(self.origin, 0, b"")
        if size:
            cut[self.origin] = (tip,)
        future = Tip(self.origin, size + 1, b"")
        view = View(self.history, Cut(cut), read.audience, rehearsal=True)
        now = max(self.now, branch.times[-1] if branch.times else 0)
        fact = Fact(future, self.party, now, read.audience, act_name(act.document), read)
        return admit(self.state, view, fact, act)

    def receive(self, sender: str, message: Message) -> list[Effect]:
        """A message from another party's node; PeerError if it may not send this."""
        if sender not in self.others:
            raise PeerError(f"{sender} is no party of this founding.", 403)
        self.heard[sender] = self.now
        effects: list[Effect] = []
        match message:
            case Heads():
                exchange.on_heads(self, sender, message, effects)
            case Growth():
                exchange.on_growth(self, sender, message, effects)
            case Acts():
                on_acts(self, message, effects)
            case Ask():
                exchange.on_ask(self, sender, message, effects)
            case Cosigned():
                on_cosigned(self, sender, message, effects)
            case Misconduct():
                exchange.on_misconduct(self, message, effects)
        self.settle(effects)
        return effects

    # -- writing ----------------------------------------------------------------------------

    @property
    def founded(self) -> bool:
        """True once the own log holds its first entry."""
        return self.history.main(self.origin).size > 0

    def may_sign(self) -> bool:
        """Say whether this node may write entries now."""
        return not self.why_not()

    def why_not(self) -> str:
        """Why this node writes nothing now; empty if it may."""
        if self.replicas[self.origin].proof is not None:
            return "two histories of this log were signed; only a succession opens its voice again."
        if self.restored:
            return (
                "this is an old copy of the node's folder: it signs nothing until every other "
                "party has told how far it holds this log, and the log is refilled."
            )
        if restore.claimed(self):
            return "another party says that it holds more of this log; it has a moment to show it."
        if not self.clock_confirmed:
            return "after a restart out of touch an officer confirms the time first."
        touched = [
            ahead for at, ahead in self.clocks.values() if self.now - at < 3 * self.pace.refresh
        ]
        if touched and all(ahead > AHEAD for ahead in touched):
            return "this node's clock is over two minutes ahead of every other in touch."
        return ""

    def write(self, effects: list[Effect], act: SealedAct | None, to: Audience | None) -> Tip:
        """Write the next line of the own log, sign its checkpoint, and tell the others."""
        branch = self.history.main(self.origin)
        before = branch.seen[-1] if branch.seen else {}
        # Less may be read than was named before, for example by an older version of this program.
        seen = {
            origin: tip
            for origin, tip in self.reader.seen_now().items()
            if origin not in before or before[origin].size < tip.size
        }
        header = Header(
            log=self.origin,
            n=branch.size,
            t=max(self.now, branch.times[-1] if branch.times else 0),
            key=self.me.node_key,
            seen=seen,
            seal=act.seal if act else None,
            to=to,
            founding=self.founding.id if branch.size == 0 else None,
        )
        entry = sign_entry(header, self.keys.node)
        persist = Persist(entries=[StoredEntry(self.origin, 0, branch.size, entry.data)])
        if act is not None:
            self.reader.acts[act.seal] = act
            self.note_name(act)
            persist.acts.append((act.seal, act.salt, act.data))
        tip = self.history.append(branch, entry.data)
        self.arrived(tip)
        checkpoint = Checkpoint(self.origin, tip.size, tip.root)
        note = format_note(checkpoint.text, [sign_checkpoint(checkpoint, self.keys.node)])
        self.replicas[self.origin].note = note
        persist.notes[self.origin] = note
        effects += [persist, SaveToken(tip.size, tip.root)]
        self._receipt_at = None
        self.judge()
        effects += exchange.share(self, self.origin)
        return tip

    # -- after every input ------------------------------------------------------------------

    def arrived(self, tip: Tip) -> None:
        """An entry has joined the history; branches that share it bring it only once."""
        if tip in self._arrived:
            return
        self._arrived.add(tip)
        self.reader.arrived(tip)
        seal = self.history.entry(tip).header.seal
        if seal is not None:
            self.seals.setdefault(seal, []).append(tip)

    def note_name(self, act: SealedAct) -> None:
        """Note the name of an act that is held."""
        name = act_name_or_none(act)
        if name is not None:
            self.names.add(name)

    def judge(self) -> bool:
        """Fold what can be judged now; True if anything was."""
        fresh = self.reader.advance(self.now)
        for tip in fresh:
            seal = self.history.entry(tip).header.seal
            assert seal is not None
            self.state, _ = fold_entry(self.state, self.history, tip, self.reader.acts[seal])
            found = self.state.acts.get(act_name_or_none(self.reader.acts[seal]) or "", ())
            for fact in found:
                if isinstance(fact.act, Tabled):
                    self.open.add(fact.name)
        return bool(fresh)

    def settle(self, effects: list[Effect]) -> None:
        """Judge, and decide whether a receipt is owed."""
        self.judge()
        if self._receipt_at is None and self.founded and self.may_sign():
            if self._owes_receipt():
                self._receipt_at = self.now + self.pace.gather

    def _owes_receipt(self) -> bool:
        branch = self.history.main(self.origin)
        if self.now - branch.times[-1] >= self.pace.receipt:
            return True
        if unanswered_acts(self.reader, self.history, self.origin):
            return True
        if any(due <= self.now for due in self._due_times()):
            return True
        standings = self._open_standings()
        return unanswered_closings(standings, self.history, branch.tips[-1], self.reader.seen_now())

    def _stamp(self) -> tuple[int, ...]:
        sizes = [self.reader.read_size(b) for bs in self.history.branches.values() for b in bs]
        return (len(self.state.acts), len(self.reader.judged), *sizes)

    def _open_standings(self) -> tuple[MatterStanding, ...]:
        stamp = self._stamp()
        if self._standings[0] != stamp:
            self._standings = (stamp, self._read_standings())
        return self._standings[1]

    def _read_standings(self) -> tuple[MatterStanding, ...]:
        view, found = self.own_view(), []
        own = view.tip(self.party)
        for matter in sorted(self.open):
            standing = stand(self.state, matter, view)
            if standing is None:
                continue
            found.append(standing)
            if own is not None and settled(standing, self.history, own):
                self.open.discard(matter)
        return tuple(found)

    def _due_times(self) -> tuple[int, ...]:
        stamp = self._stamp()
        if self._due[0] != stamp:
            dues = due_dates(self.state, self.own_view(), self.party, sorted(self.open))
            self._due = (stamp, tuple(due.at for due in dues))
        return self._due[1]


def act_name_or_none(act: SealedAct) -> str | None:
    """The name of an act, or None if its bytes are no act."""
    try:
        return act_name(act.document)
    except RecordError:
        return None
