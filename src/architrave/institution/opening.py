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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from architrave.institution.act_reading import Outside, outside_of
from architrave.institution.acts import Act, Erased, KeyDelegated, Released, act_of
from architrave.institution.errors import UnknownKind
from architrave.record import b64, canonical
from architrave.record.audit_headers import ActLine
from architrave.record.canonical import Value
from architrave.record.errors import Malformed, RecordError
from architrave.record.fields import Fields
from architrave.record.findings import Remark
from architrave.record.founding import Founding
from architrave.record.keys import PublicKey
from architrave.record.layout import ACTS, act_path
from architrave.record.sealing import SealedAct, act_name
from architrave.record.tombstones import Tombstone

__all__ = ["PublicReader", "why_not_under"]


def why_not_under(founding: Founding, line: ActLine, act: SealedAct) -> str | None:
    """Why an act that opens the seal of a line is not of that line, in a sentence; None if it is.

    Whether it was public or released is not asked: nobody can take back that it is here.
    """
    read = _signed_under(founding, line, act)
    return read if isinstance(read, str) else None


def _signed_under(founding: Founding, line: ActLine, act: SealedAct) -> tuple[Outside, Value] | str:
    """What an act says to everyone, and all that it says; or why it is not the act of a line."""
    try:
        document = act.document
        outside = outside_of(document)
        key = PublicKey.parse(outside.key)
    except RecordError as fault:
        return f"the text is no act: {fault}"
    if not act.signed_by(key, founding.id):
        return "the signature is not by the key that the act names, for this institution."
    if outside.party != line.party:
        return f"an act of {outside.party} stands in the log of {line.party}."
    if line.to is not None and outside.audience != line.to:
        return "the act and its line name different readers."
    return outside, document


@dataclass(slots=True)
class PublicReader:
    """The judge that `record.audit` asks of each act; it is shown the public ones first.

    `released` holds the places of releases by party and name of the act, `shown` the acts seen by
    the same, `delegated` officer keys by party, seat and key text, `erasures` the place and cause
    of each by party and name of the act, `stones` the tombstones that stand: by seal, the place of
    their line, its party, and the name of the act. `unknown` counts acts of an earlier reader that
    were signed by keys which nothing named; `turned` says that something bears on earlier acts.
    """

    founding: Founding
    released: dict[tuple[str, str], str] = field(default_factory=dict)
    shown: set[tuple[str, str]] = field(default_factory=set)
    delegated: set[tuple[str, str, str]] = field(default_factory=set)
    erasures: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    stones: dict[bytes, tuple[str, str, str]] = field(default_factory=dict)
    unknown: int = 0
    turned: bool = False
    unknown_keys: set[bytes] = field(default_factory=set)
    noted: list[Remark] = field(default_factory=list)

    def fault(self, line: ActLine, act: SealedAct) -> str | None:
        """Why this act may not lie open under this line, in one sentence; None if it may."""
        read = _signed_under(self.founding, line, act)
        if isinstance(read, str):
            return read
        outside, document = read
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
            self.stones[stone.seal] = (line.place, line.party, stone.name)
            self.shown.add((line.party, stone.name))
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
        for place, party, name in self.stones.values():
            where, cause = self.erasures[party, name]
            yield Remark(place, f"its words were erased by {party} ({where}; cause: {cause}).")
        for (party, name), place in self.released.items():
            if (party, name) not in self.shown:
                yield Remark(place, f"releases the act {name}, whose text is not here.")
        count = self.unknown + len(self.unknown_keys)
        if count:
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
                self.turned = True
            case Erased() if public and act.seat:
                self.erasures.setdefault((line.party, act.act), (line.place, act.cause))
                self.turned = True
            case KeyDelegated() if not act.seat and act.key == party_key:
                self.delegated.add((line.party, act.office, act.officer_key))
                self.turned = True
            case _:
                pass

    # -- from one audit to the next -----------------------------------------------------------

    def remember(self) -> dict[str, Value]:
        """What another reader needs so that acts shown after these find what they would find now.

        What was shown is remembered only where a release names it.
        """
        return {
            "released": [
                [party, name, place, (party, name) in self.shown]
                for (party, name), place in sorted(self.released.items())
            ],
            "erasures": [
                [party, name, place, cause]
                for (party, name), (place, cause) in sorted(self.erasures.items())
            ],
            "stones": [[b64.encode(seal), *found] for seal, found in sorted(self.stones.items())],
            "delegated": [list(found) for found in sorted(self.delegated)],
            "noted": [list(one) for one in sorted((one.place, one.message) for one in self.noted)],
            "unknown": self.unknown + len(self.unknown_keys),
        }

    def recall(self, memory: Mapping[str, Value], renewed: Callable[[str], str]) -> None:
        """Take up where an earlier reader ended; Malformed if that is not what `remember` gave."""
        fields = Fields(memory, "state of an audit: acts")
        for party, name, place, shown in _rows(fields, "released", 4):
            self.released[str(party), str(name)] = renewed(str(place))
            if shown is True:
                self.shown.add((str(party), str(name)))
        for party, name, place, cause in _rows(fields, "erasures", 4):
            self.erasures[str(party), str(name)] = (renewed(str(place)), str(cause))
        for seal, place, party, name in _rows(fields, "stones", 4):
            self.stones[b64.decode(str(seal))] = (renewed(str(place)), str(party), str(name))
        for party, office, key in _rows(fields, "delegated", 3):
            self.delegated.add((str(party), str(office), str(key)))
        for place, message in _rows(fields, "noted", 2):
            self.noted.append(Remark(renewed(str(place)), str(message)))
        self.unknown = fields.integer("unknown")
        fields.end()
        if any(found[1:] not in self.erasures for found in self.stones.values()):
            raise Malformed("state of an audit: acts: a tombstone without its erasure.")

    def unsettled(self, *, listed: bool) -> bool:
        """Say whether acts of before `recall` may have to be looked at again, all of them.

        A release, an erasure or a delegation says something of acts that came before it. Without a
        listing nobody tells when the text of a released act, or a tombstone, has come or gone.
        """
        if self.turned or listed:
            return self.turned
        gone = {found[1:] for found in self.stones.values()}
        return not self.released.keys() <= self.shown or not self.erasures.keys() <= gone


def _rows(fields: Fields, name: str, width: int) -> Iterator[list[Value]]:
    for row in fields.values(name):
        if not isinstance(row, list) or len(row) != width:
            raise Malformed(f"{fields.place}: {name}: expected rows of {width}.")
        yield row
