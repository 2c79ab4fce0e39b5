"""Which acts may lie open, judged by a reader who has the public part of the record and no more.

Such a reader can tell that a text is the one sealed on its line, that the key which the text names
signed it for this institution, that text and line agree on who may read it, and that its author's
party released it if it was not public from the start. Where no seat is named, the key must be the
party key of the founding.

Such a reader cannot tell whether an officer key served the seat on that line: appointments and keys
are made known to all parties, not to everyone. Where a party published the delegation of a key, the
reader sees it; otherwise a remark says so. Nor can it tell whether an act was admitted: that
depends on acts which it may not read. An act that is void is no fault of whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from architrave.institution.acts import (
    Act,
    Erased,
    KeyDelegated,
    Outside,
    Released,
    act_of,
    outside_of,
)
from architrave.institution.errors import UnknownKind
from architrave.record import canonical
from architrave.record.audit_log import ActLine
from architrave.record.errors import Malformed, RecordError
from architrave.record.findings import Remark
from architrave.record.founding import Founding
from architrave.record.keys import PublicKey
from architrave.record.layout import ACTS, act_path
from architrave.record.sealing import SealedAct, act_name
from architrave.record.tombstones import Tombstone

__all__ = ["PublicReader"]


@dataclass(slots=True)
class PublicReader:
    """The judge that `record.audit` asks of each act; it is shown the public ones first.

    `released` holds the places of releases by party and name of the act, `shown` the acts seen by
    the same, `delegated` officer keys by party, seat and key text, `erasures` the place and cause
    of each by party and name of the act, `stones` the seals of the tombstones that stand.
    """

    founding: Founding
    released: dict[tuple[str, str], str] = field(default_factory=dict)
    shown: set[tuple[str, str]] = field(default_factory=set)
    delegated: set[tuple[str, str, str]] = field(default_factory=set)
    erasures: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    stones: set[bytes] = field(default_factory=set)
    unknown_keys: set[bytes] = field(default_factory=set)
    noted: list[Remark] = field(default_factory=list)

    def fault(self, line: ActLine, act: SealedAct) -> str | None:
        """Why this act may not lie open under this line, in one sentence; None if it may."""
        try:
            document = act.document
            outside = outside_of(document)
            key = PublicKey.parse(outside.key)
        except RecordError as fault:
            return f"the text is no act: {fault}"
        if not act.signed_by(key, self.founding.id):
            return "the signature is not by the key that the act names, for this institution."
        if outside.party != line.party:
            return f"an act of {outside.party} stands in the log of {line.party}."
        if line.to is not None and outside.audience != line.to:
            return "the act and its line name different readers."
        name = act_name(document)
        public = line.to is not None and line.to.public
        if not public and (line.party, name) not in self.released:
            return f"it is not public, and no public act of {line.party} releases it."
        self.shown.add((line.party, name))
        self._note_signer(line, outside)
        try:
            self._take(line, act_of(document), public)
        except UnknownKind as unknown:
            self.noted.append(Remark(act_path(line.seal), str(unknown)))
        except Malformed as void:
            self.noted.append(Remark(act_path(line.seal), f"it counts for nothing: {void}"))
        return None

    def erased(self, line: ActLine, stone: Tombstone) -> str | None:
        """Why this tombstone may not stand for the act of this line; None if it may."""
        try:
            outside = outside_of(canonical.load(stone.skeleton))
            act = act_of(canonical.load(stone.skeleton))
        except (RecordError, UnknownKind) as fault:
            return f"the skeleton is no act: {fault}"
        if outside.party != line.party:
            return f"an act of {outside.party} stands in the log of {line.party}."
        if line.to is not None and outside.audience != line.to:
            return "the skeleton and its line name different readers."
        public = line.to is not None and line.to.public
        if not public and (line.party, stone.name) not in self.released:
            return f"it is not public, and no public act of {line.party} releases it."
        erasure = self.erasures.get((line.party, stone.name))
        if erasure is None:
            return f"no public act of {line.party} says that the words of this one were erased."
        if stone.seal not in self.stones:
            self.stones.add(stone.seal)
            self.shown.add((line.party, stone.name))
            place, cause = erasure
            message = f"its words were erased by {line.party} ({place}; cause: {cause})."
            self.noted.append(Remark(line.place, message))
            self._take(line, act, public)
        return None

    def may_be_open(self, line: ActLine) -> bool:
        """Say whether the act of a line that is not public could have been released."""
        return any(
            party == line.party and (party, name) not in self.shown for party, name in self.released
        )

    def remarks(self) -> Iterator[Remark]:
        """What a reader should know of the acts that were judged, once all were."""
        yield from self.noted
        for (party, name), place in self.released.items():
            if (party, name) not in self.shown:
                yield Remark(place, f"releases the act {name}, whose text is not here.")
        if self.unknown_keys:
            count = len(self.unknown_keys)
            acts = "1 act here is" if count == 1 else f"{count} acts here are"
            yield Remark(
                ACTS,
                f"{acts} signed by officers' keys that no public act names. The signatures hold;"
                " whether the keys served those seats only the parties can tell.",
            )

    def _note_signer(self, line: ActLine, outside: Outside) -> None:
        if outside.seat:
            if (line.party, outside.seat, outside.key) not in self.delegated:
                self.unknown_keys.add(line.seal)
        elif PublicKey.parse(outside.key) != self.founding.named(line.party).party_key:
            message = "it counts for nothing: it names no seat, and its key is not the party key."
            self.noted.append(Remark(act_path(line.seal), message))

    def _take(self, line: ActLine, act: Act, public: bool) -> None:
        party_key = self.founding.named(line.party).party_key.text
        match act:
            case Released() if public and act.seat:  # an officer releases, for a seat
                self.released.setdefault((line.party, act.act), line.place)
            case Erased() if public and act.seat:
                self.erasures.setdefault((line.party, act.act), (line.place, act.cause))
            case KeyDelegated() if not act.seat and act.key == party_key:
                self.delegated.add((line.party, act.office, act.officer_key))
            case _:
                pass
