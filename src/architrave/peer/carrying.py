"""Carrying by hand or by mail, where no line joins two networks: files of the peers' own messages.

`carried_for` gathers what one party lacks, as far as its last word shows; `carrier_files` makes
signed files of it; `read_carrier` checks one; `take_carried` hands its messages to the peer. A
file may be hours old, come twice, out of order or never. So what it says of its writer's clock, and
of how far the writer holds this party's log, counts for nothing where freshness counts: it confirms
no clock, ends no restored state, and shows nobody as in touch.

Wire form: canonical JSON header, LF, 64 bytes of Ed25519 by the sender's node key over
``carrier/v1\\n`` + header, then the messages as between nodes (msgpack). Fields of the header::

    v              1
    institution    the institution's id
    demonstration  true for what a demonstration wrote
    from, to       origins of the sender's and of the receiver's log
    t              when it was written, by its sender's clock (ms)
    part, parts    which of how many files, from 1
    messages       hex SHA-256 of the messages' bytes
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from architrave.peer import exchange
from architrave.peer.effects import Effect, Send
from architrave.peer.errors import PeerError
from architrave.peer.messages import (
    Acts,
    Cosigned,
    Growth,
    Heads,
    Message,
    Misconduct,
    decode_batch,
    encode_batch,
)
from architrave.peer.relay import acts_for
from architrave.record import canonical
from architrave.record.canonical import Value
from architrave.record.checkpoints import open_checkpoint
from architrave.record.errors import BadSignature, Malformed, RecordError
from architrave.record.fields import Fields
from architrave.record.founding import Founding
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.notes import lines_of, parse_note

if TYPE_CHECKING:
    from architrave.peer.peer import Peer
    from architrave.peer.replica import Replica

__all__ = [
    "MAX_CARRIER",
    "Carrier",
    "carried_for",
    "carrier_files",
    "read_carrier",
    "take_carried",
]

MAX_CARRIER = 16 << 20
"""Bytes of the largest file that is read."""

_CONTEXT = b"carrier/v1\n"
_SIGNATURE = 64
_HEADER = 4_096
_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Carrier:
    """A file as read and checked; the module's docstring lists the fields of its header."""

    sender: str
    to: str
    t: int
    part: int
    parts: int
    demonstration: bool
    messages: tuple[Message, ...]

    @property
    def word(self) -> Heads | None:
        """How far its sender held each log when it was written, and what it still needed."""
        return next((one for one in self.messages if isinstance(one, Heads)), None)


# -- what to carry ------------------------------------------------------------------------------


def carried_for(peer: Peer, other: str, word: Heads | None, limit: int) -> list[Message]:
    """All that the party of the log `other` lacks, in messages of at most about `limit` bytes.

    `word` is its last word: what it holds is left out, what it needs is brought. Without a word
    everything is brought from the start. The first message is this party's own word.
    """
    known = word.sizes if word is not None else {}
    found: list[Message] = [exchange.heads(peer)]
    for origin, replica in peer.replicas.items():
        if replica.proof is not None:
            found.append(Misconduct(origin, replica.proof))
        # Of its own log it lacks something only if it says so: then its folder is an old copy.
        if replica.party != other or (word is not None and known.get(origin, 0) < replica.sure):
            start = max(min(known.get(origin, 0), replica.sure), replica.branch.start)
            found += _lines(replica, start, limit)
            found += _acts(peer, other, replica, start, limit)
    if word is not None:
        found += _together(peer, other, word.wants, limit)
    cosigned = _cosigned(peer, other)
    return [*found, cosigned] if cosigned is not None else found


def _lines(replica: Replica, start: int, limit: int) -> Iterator[Message]:
    """The lines of a log from a position on, and its checkpoint with the last of them."""
    covered = open_checkpoint(replica.note, replica.key)[0].size if replica.note else 0
    if not covered or covered > replica.sure:
        return  # what no checkpoint covers is taken from nobody
    while True:
        lines: list[bytes] = []
        size = 0
        for data in replica.data(start, min(start + _LINES, covered)):
            if lines and size + len(data) > limit:
                break
            lines.append(data)
            size += len(data)
        last = start + len(lines) >= covered
        note = replica.note if last else b""
        yield Growth(replica.origin, start, lines, covered, note)
        start += len(lines)
        if last:
            return


def _acts(peer: Peer, other: str, replica: Replica, start: int, limit: int) -> list[Message]:
    seals = [one.header.seal for one in replica.branch.entries[start:] if one.header.seal]
    return _together(peer, other, seals, limit)


def _together(peer: Peer, other: str, seals: Iterable[bytes], limit: int) -> list[Message]:
    """Acts that the other may read, gathered into messages of at most about `limit` bytes."""
    found: list[Message] = []
    waiting: list[tuple[bytes, bytes]] = []
    size = 0
    for seal in seals:
        for effect in acts_for(peer, other, [seal]):
            message = effect.message if isinstance(effect, Send) else None
            if not isinstance(message, Acts):
                found += [message] if message is not None else []
                continue
            length = sum(len(salt) + len(data) for salt, data in message.acts)
            if waiting and size + length > limit:
                found.append(Acts(waiting))
                waiting, size = [], 0
            waiting += message.acts
            size += length
    return [*found, Acts(waiting)] if waiting else found


def _cosigned(peer: Peer, other: str) -> Message | None:
    """This party's cosignature of the checkpoint that it holds of the other's log."""
    replica = peer.replicas[peer.history.newest(other)]
    if replica.witnessed is None or not replica.note or replica.proof is not None:
        return None
    note = parse_note(replica.note)
    if note.text != replica.witnessed.text:
        return None
    own = lines_of(note, peer.me.cosigners)
    if own is None:
        return None
    return Cosigned(replica.origin, replica.witnessed.size, replica.witnessed.root, "".join(own))


# -- files --------------------------------------------------------------------------------------


def carrier_files(
    founding: Founding, key: PrivateKey, sender: str, to: str, t: int, messages: list[Message],
    limit: int,
) -> list[bytes]:  # fmt: skip
    """Signed files of messages, each of at most `limit` bytes, or of one message if that is larger.

    `t` is the sender's clock (ms), `key` its node key. Each file begins with the sender's word.
    """
    words: list[Message] = [one for one in messages if isinstance(one, Heads)]
    del words[1:]
    room = limit - _HEADER - len(encode_batch(words))
    parts: list[list[Message]] = [[]]
    size = 0
    for message in messages:
        if isinstance(message, Heads):
            continue
        length = len(encode_batch([message]))
        if parts[-1] and size + length > room:
            parts.append([])
            size = 0
        parts[-1].append(message)
        size += length
    files = []
    for number, part in enumerate(parts, start=1):
        body = encode_batch([*words, *part])
        header: dict[str, Value] = {
            "v": 1,
            "institution": founding.id,
            "demonstration": founding.demonstration,
            "from": sender,
            "to": to,
            "t": t,
            "part": number,
            "parts": len(parts),
            "messages": hashlib.sha256(body).hexdigest(),
        }
        text = canonical.dump(header)
        files.append(text + b"\n" + key.sign(_CONTEXT + text) + body)
    return files


def read_carrier(
    data: bytes,
    founding: Founding,
    me: str,
    keys: Callable[[str], tuple[PublicKey, ...]] | None = None,
) -> Carrier:
    """Read and check a file for the party of the log `me`.

    `keys` gives those that may speak for a party's node; by default, that of the founding.

    RecordError, in one sentence, if it is no such file, not whole, too large, of another
    institution, for another party, or not signed by the party that it says it is from.
    """
    if len(data) > MAX_CARRIER:
        raise Malformed(f"carrier file: longer than {MAX_CARRIER} bytes.")
    end = data.find(b"\n", 0, _HEADER)
    if end < 2 or len(data) < end + 1 + _SIGNATURE:
        raise Malformed("carrier file: expected a header, a signature and messages.")
    text, rest = data[:end], data[end + 1 :]
    fields = Fields.of(canonical.load(text), "carrier file")
    fields.require_integer("v", 1)
    institution, digest = fields.text("institution"), fields.text("messages")
    demonstration = fields.value("demonstration")
    sender, to = fields.text("from"), fields.text("to")
    t, part, parts = fields.integer("t"), fields.integer("part"), fields.integer("parts")
    fields.end()
    if institution != founding.id or demonstration is not founding.demonstration:
        raise Malformed(f"carrier file: of another institution ({institution[:12]}…).")
    if sender not in founding.origins or sender == me:
        raise Malformed(f"carrier file: {sender} is no other party of this founding.")
    if to != me:
        raise Malformed(f"carrier file: it is for {to}, not for {me}.")
    if not 1 <= part <= parts:
        raise Malformed(f"carrier file: part {part} of {parts} cannot be.")
    known = keys(sender) if keys is not None else (founding.member(sender).node_key,)
    if not any(key.verifies(rest[:_SIGNATURE], _CONTEXT + text) for key in known):
        raise BadSignature(f"carrier file: the signature is not by the node key of {sender}.")
    body = rest[_SIGNATURE:]
    if hashlib.sha256(body).hexdigest() != digest:
        raise Malformed("carrier file: its messages are not those that its header names.")
    try:
        messages = decode_batch(body)
    except PeerError as fault:
        raise Malformed(f"carrier file: {fault}") from fault
    return Carrier(sender, to, t, part, parts, bool(demonstration), tuple(messages))


# -- taking -------------------------------------------------------------------------------------


def take_carried(peer: Peer, sender: str, messages: Iterable[Message]) -> list[Effect]:
    """Take the messages of a file that was checked; the effects are performed like any others.

    A message that may not be sent is left out, as between nodes.
    """
    effects: list[Effect] = []
    heard = peer.heard.get(sender)
    for message in messages:
        if isinstance(message, Heads):
            # How far the other was is known from now on; how late it is there is not.
            peer.told[sender] = {origin: max(0, size) for origin, size in message.sizes.items()}
            continue
        try:
            effects += peer.receive(sender, message)
        except (PeerError, RecordError):
            continue
    if heard is None:
        peer.heard.pop(sender, None)
    else:
        peer.heard[sender] = heard
    return effects
