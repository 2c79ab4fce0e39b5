"""The peer: one party's part in keeping the record, without clock, network or disk.

Inputs are method calls (a tick of the clock, an officer's command, a message); each returns the
effects that the node performs in order. The order is the safety: what a signature says is durable
before the signature leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from architrave.charter.model import Charter
from architrave.institution.act_reading import known, read_act
from architrave.institution.admit import fold_entry
from architrave.institution.state import Admitted, Institution, Refused, View, empty
from architrave.institution.successions import Concurred
from architrave.peer import erasing, exchange, startup, succession
from architrave.peer.clocks import AHEAD
from architrave.peer.consents import on_consents
from architrave.peer.effects import Answer, Effect, Persist, SaveToken, Send, StoredEntry
from architrave.peer.errors import PeerError
from architrave.peer.keys import Keys
from architrave.peer.messages import (
    Acts,
    Ask,
    Consents,
    Cosigned,
    Growth,
    Heads,
    Message,
    Misconduct,
    Tombstones,
)
from architrave.peer.muteness import why_not_write
from architrave.peer.receipts import interval, receipt_time, unanswered_acts
from architrave.peer.rehearsal import rehearsed, verdict_on_command
from architrave.peer.relay import note_name, on_acts
from architrave.peer.replica import Replica
from architrave.peer.startup import Stored
from architrave.peer.succession import Succeeding
from architrave.peer.watch import Watch
from architrave.peer.witnessing import on_cosigned
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.entries import Audience, Header, Tip, sign_entry
from architrave.record.founding import Founding, Member
from architrave.record.history import Branch, History
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note
from architrave.record.reading import Reader
from architrave.record.sealing import SealedAct

__all__ = ["AHEAD", "Keys", "Pace", "Peer"]


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
        succeeding: Mapping[str, Succeeding] | None = None,
    ) -> None:
        self.founding = founding
        self.me: Member = founding.named(party)
        self.origin = self.me.origin
        self.keys = keys
        self.pace = pace
        self.succeeding = dict(succeeding or {})
        self.history = History(founding)
        self.reader = Reader(self.history, self.origin, known)
        self.state: Institution = empty(founding, charter)
        self.replicas = {
            member.origin: Replica(self.history, member.origin, member.log_key)
            for member in founding.members
        }
        self.cosigner_keys = {member.origin: member.cosigners for member in founding.members}
        self.others = [member.origin for member in founding.members if member.origin != self.origin]
        self.watch = Watch(self.history, self.reader, party)
        self.now = 0
        self.clock_confirmed = clock_confirmed
        self.restored = False
        self.signed: tuple[int, bytes] | None = None
        self.unsaved: SaveToken | None = None
        self.told: dict[str, dict[str, int]] = {}
        self.clocks: dict[str, tuple[int, int]] = {}
        self.heard: dict[str, int] = {}
        self.branch_wants: dict[Tip, int] = {}
        self.cosigned: dict[str, dict[str, int]] = {origin: {} for origin in self.replicas}
        self.titles: dict[str, bytes] = {}
        self.concurred: tuple[object, int, list[Concurred]] | None = None
        self.seals: dict[bytes, list[Tip]] = {}
        self.names: dict[str, set[bytes]] = {}
        self.erasing = erasing.Erasing()
        self.claims: dict[str, int] = {}
        self.reported: dict[str, int] = {}
        self.turn = 0
        self.their_own: dict[str, dict[str, int]] = {}
        self._arrived: set[Tip] = set()
        self._receipt_at: int | None = None
        self._greet_at = 0
        self._refresh_at = 0
        startup.load(self, stored)

    # -- reading ----------------------------------------------------------------------------

    @property
    def party(self) -> str:
        """The charter's id of this party."""
        return self.me.name

    @property
    def log(self) -> str:
        """The latest log of this party: the one that it writes."""
        return self.history.newest(self.origin)

    @property
    def node_key(self) -> PrivateKey | None:
        """The key that signs this party's latest log; None if this node does not have it."""
        log = self.log
        return self.keys.node if log == self.origin else self.keys.later.get(log)

    def branches_of(self, first: str) -> Iterator[Branch]:
        """Every branch of every log of a party, which is named by its first log."""
        for log, branches in self.history.branches.items():
            if self.replicas[log].party == first:
                yield from branches

    def view(self) -> View:
        """What counts for all parties now, as far as this party has read."""
        return self.state.view(self.history, self.reader.cut(), self.cosigned)

    def own_view(self) -> View:
        """All that this party has read, with what is addressed to some parties only."""
        audience = Audience.among([self.origin])
        return View(self.history, self.reader.cut(), audience, cosigned=self.cosigned)

    def final_view(self) -> View:
        """What every other party has received."""
        cut = self.history.final_cut(self.reader.cut())
        return self.state.view(self.history, cut, self.cosigned)

    def note(self, origin: str) -> bytes:
        """The latest checkpoint held of a party's latest log, with its cosignatures.

        Empty before the first.
        """
        return self.replicas[self.history.newest(origin)].note

    @property
    def next_wake(self) -> int | None:
        """The next instant (ms) at which a tick would do more than greet; None if none is known."""
        times = [] if self._receipt_at is None else [self._receipt_at]
        # What is due already is waiting for that receipt.
        times.extend(due for due in self._due_times() if due > self.now)
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
        """The clock shows `now` (ms); it may have been set back."""
        if now < self.now and self._receipt_at is not None:
            self._receipt_at = min(self._receipt_at, now + self.pace.gather)
        self.now = now
        effects: list[Effect] = []
        self.settle(effects)
        # A clock that was set back must not silence a node until it has caught up again.
        if not self._greet_at - self.pace.greet <= now < self._greet_at:
            self._greet_at = now + self.pace.greet
            self.turn += 1
            if startup.uncovered(self) and self.may_sign():
                effects += self._publish(Persist())
            effects += [Send(other, exchange.heads(self)) for other in self.others]
            effects += exchange.ask_for_missing(self)
        if self._receipt_at is not None and now >= self._receipt_at:
            self._receipt_at = None
            if self.may_sign() and self.founded:
                self.write(effects, None, None)
        due = not self._refresh_at - self.pace.refresh <= now < self._refresh_at
        if due and self.founded:
            self._refresh_at = now + self.pace.refresh
            # Notes of other logs too: two faces of one size are seen only where notes meet.
            for origin, replica in self.replicas.items():
                if replica.note and replica.proof is None:
                    effects += exchange.share(self, origin, refresh=True)
            effects += erasing.remind(self)
        return effects

    def command(self, ticket: int, act: SealedAct) -> list[Effect]:
        """An officer's signed act: written if the charter admits it, answered either way."""
        return self.commands([(ticket, act)])

    def commands(self, given: Sequence[tuple[int, SealedAct]]) -> list[Effect]:
        """Officers' signed acts, each judged after those before it: one checkpoint covers them all.

        Each is answered under its ticket, and only after all of them are durable. An objection that
        comes after the own log has closed the matter is written too: it stands there as late.
        """
        persist, answers = Persist(), list[Effect]()
        for ticket, act in given:
            verdict = verdict_on_command(self, act)
            tip = None
            if isinstance(verdict, Admitted) or verdict.late:
                tip = self._append(persist, act, read_act(act).act.audience)
                # The line that ends a silence may be the one that was to break it: what counts is
                # the verdict on the act where it now stands.
                verdict = self.state.refused.get(tip) or verdict
            answers.append(Answer(ticket, tip, verdict))
        if not persist:
            return answers
        effects = [*self._publish(persist), *answers]
        self.settle(effects)
        return effects

    def rehearse(self, act: SealedAct) -> Admitted | Refused:
        """What the verdict on an act would be if it were written now. Writes nothing.

        Raises Malformed or UnknownKind for bytes that are no act.
        """
        return rehearsed(self, act)

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
            case Consents():
                on_consents(self, sender, message, effects)
            case Tombstones():
                erasing.on_tombstones(self, sender, message, effects)
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
        return succession.why_mute(self) or why_not_write(self)

    def write(self, effects: list[Effect], act: SealedAct | None, to: Audience | None) -> Tip:
        """Write the next line of the own log, sign its checkpoint, and tell the others."""
        persist = Persist()
        tip = self._append(persist, act, to)
        effects += self._publish(persist)
        return tip

    def _append(self, persist: Persist, act: SealedAct | None, to: Audience | None) -> Tip:
        """Write the next line of the own log, which no checkpoint covers yet."""
        branch, key = self.history.main(self.origin), self.node_key
        assert key is not None  # `why_not` has been asked
        before = branch.seen[-1] if branch.seen else {}
        # Less may be read than was named before, for example by an older version of this program.
        seen = {
            origin: tip
            for origin, tip in self.reader.seen_now().items()
            if origin not in before or before[origin].size < tip.size
        }
        header = Header(
            log=self.log,
            n=branch.size,
            t=max(self.now, branch.times[-1] if branch.times else 0),
            key=key.public,
            seen=seen,
            seal=act.seal if act else None,
            to=to,
            founding=self.founding.id if branch.size == 0 else None,
        )
        entry = sign_entry(header, key)
        data = entry.data
        persist.entries.append(StoredEntry(self.log, 0, branch.size, data))
        if act is not None:
            self.reader.keep(act)
            note_name(self, act)
            persist.acts.append((act.seal, act.salt, act.data))
        tip = self.history.append_read(branch, entry, data, signature_holds=True)
        self.arrived(tip)
        self._receipt_at = None
        self.judge()
        return tip

    def _publish(self, persist: Persist) -> list[Effect]:
        """Sign a checkpoint over all that was appended: durable first, then the others hear it."""
        tip, log, key = self.history.main(self.origin).tips[-1], self.log, self.node_key
        assert key is not None
        checkpoint = Checkpoint(log, tip.size, tip.root)
        note = format_note(checkpoint.text, [sign_checkpoint(checkpoint, key)])
        self.replicas[log].note = persist.notes[log] = note
        self.unsaved = None
        return [persist, SaveToken(tip.size, tip.root), *exchange.share(self, log)]

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

    def judge(self) -> bool:
        """Fold what can be judged now; True if anything was."""
        found = False
        for tip in self.reader.judging(self.now):
            found = True
            seal = self.history.entry(tip).header.seal
            assert seal is not None
            act = erasing.shown(self, seal)
            assert act is not None
            self.state, verdict = fold_entry(self.state, self.history, tip, act)
            if isinstance(verdict, Admitted):
                fact = self.state.acts[read_act(act).name][-1]
                self.watch.admitted(fact)
                erasing.admitted(self, fact)
                succession.admitted(self, fact)
        return found

    def settle(self, effects: list[Effect]) -> None:
        """Judge, erase, and decide whether a receipt is owed."""
        if self.unsaved is not None:
            effects.append(self.unsaved)
            self.unsaved = None
        self.judge()
        succession.look(self, effects)
        erasing.look(self, effects)
        if self._receipt_at is None and self.founded and self.may_sign() and self._owes_receipt():
            last = self.history.main(self.origin).times[-1]
            self._receipt_at = receipt_time(self.now, last, self.pace.gather)

    def _owes_receipt(self) -> bool:
        branch = self.history.main(self.origin)
        if self.now - branch.times[-1] >= interval(self.state, self.pace.receipt):
            return True
        if unanswered_acts(self.reader, self.history, self.origin):
            return True
        if any(due <= self.now for due in self._due_times()):
            return True
        return self.watch.unanswered(branch.tips[-1])

    def _due_times(self) -> Iterator[int]:
        self.watch.look(self.state)
        return self.watch.due()
