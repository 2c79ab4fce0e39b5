"""What a peer wants done, in order. The node does it and stops at the first failure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from architrave.institution.state import Admitted, Refused
from architrave.peer.messages import Message
from architrave.record.entries import Tip

__all__ = [
    "Answer",
    "Effect",
    "Notify",
    "Persist",
    "SaveToken",
    "Send",
    "StoredEntry",
    "Turn",
    "in_order",
]


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry at its place: log, number of the branch (0 is the first held), position, bytes."""

    origin: str
    branch: int
    n: int
    data: bytes


@dataclass(slots=True)
class Persist:
    """All of this is one transaction, durable before the next effect.

    `notes` holds the latest checkpoint of each log with its cosignatures, `witnessed` the note last
    cosigned of each other log, `proofs` the portable proofs of misconduct by origin, `cosigned` the
    latest checkpoint of each log that every other party has cosigned, `titles` those of later logs.
    Each of `tombstones` (seal, bytes) replaces what is stored under that seal, an act and its salt
    above all.
    """

    entries: list[StoredEntry] = field(default_factory=list)
    acts: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    notes: dict[str, bytes] = field(default_factory=dict)
    witnessed: dict[str, bytes] = field(default_factory=dict)
    proofs: dict[str, bytes] = field(default_factory=dict)
    cosigned: dict[str, bytes] = field(default_factory=dict)
    tombstones: list[tuple[bytes, bytes]] = field(default_factory=list)
    titles: dict[str, bytes] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """False if there is nothing to write."""
        notes = self.notes or self.witnessed or self.proofs or self.cosigned
        return bool(self.entries or self.acts or self.tombstones or self.titles or notes)


@dataclass(frozen=True, slots=True)
class SaveToken:
    """The last signed size and root of the own log, durable outside the folder before it leaves."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Send:
    """A message for one party (its log's origin)."""

    to: str
    message: Message


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command: the entry and its verdict, or why nothing was written."""

    ticket: int
    tip: Tip | None
    verdict: Admitted | Refused


@dataclass(frozen=True, slots=True)
class Notify:
    """Something an officer should hear of."""

    subject: str
    text: str


Effect = Persist | SaveToken | Send | Answer | Notify


@dataclass(frozen=True, slots=True)
class Turn:
    """The effects of one turn in the order in which they are performed.

    First `kept`, one durable transaction; then `token`; only then `leaving`, in order. Each of the
    first two may be missing. Whatever fails, nothing after it is performed.
    """

    kept: Persist | None
    token: SaveToken | None
    leaving: tuple[Send | Answer | Notify, ...]


def in_order(effects: Sequence[Effect]) -> Turn:
    """Put effects in the order of their safety: what a signature says is durable before it leaves.

    All that is kept becomes one transaction, in which a later note replaces an earlier one; of the
    tokens the last counts.
    """
    kept, token, leaving = Persist(), None, list[Send | Answer | Notify]()
    for effect in effects:
        if isinstance(effect, Persist):
            kept.entries += effect.entries
            kept.acts += effect.acts
            kept.notes.update(effect.notes)
            kept.witnessed.update(effect.witnessed)
            kept.cosigned.update(effect.cosigned)
            kept.proofs.update(effect.proofs)
            kept.tombstones += effect.tombstones
            kept.titles.update(effect.titles)
        elif isinstance(effect, SaveToken):
            token = effect
        else:
            leaving.append(effect)
    return Turn(kept or None, token, tuple(leaving))
