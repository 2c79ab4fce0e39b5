"""What nodes say to each other. Every message may be lost, doubled or late without harm.

Wire form: msgpack of one of these structures; a batch is a list of them. Everything that matters in
them is signed by itself: entries and checkpoints by the log's key, acts by their seals.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from architrave.peer.errors import PeerError

__all__ = [
    "MOST_MESSAGES",
    "Acts",
    "Ask",
    "Consents",
    "Cosigned",
    "Growth",
    "Heads",
    "Message",
    "Misconduct",
    "Tombstones",
    "decode_batch",
    "encode_batch",
]

MOST_MESSAGES = 200
"""Messages in one batch: what a few bytes ask for may take long to answer."""


class Message(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Any message."""


class Heads(Message, frozen=True):
    """How far the sender holds each log, its clock (ms), and the seals of acts it still needs.

    `stopped` names the logs that it has seen proved to have two faces.
    """

    now: int
    sizes: dict[str, int]
    wants: list[bytes]
    stopped: list[str] = []


class Growth(Message, frozen=True):
    """Entries of one log from position `start` on, and a signed checkpoint that covers them.

    `total` is how many entries the sender has of what is being sent; `note` is empty while more is
    to come and when a branch is sent that another log has named.
    """

    origin: str
    start: int
    entries: list[bytes]
    total: int
    note: bytes


class Acts(Message, frozen=True):
    """Acts that the receiver may read, each with its salt."""

    acts: list[tuple[bytes, bytes]]


class Ask(Message, frozen=True):
    """Asks for a log from position `start` on; with a root, the branch of that size and root."""

    origin: str
    start: int
    size: int = 0
    root: bytes = b""


class Cosigned(Message, frozen=True):
    """The sender's cosignature of a checkpoint of the receiver's log.

    `lines` holds a note signature line for each key with which the sender cosigns, LF included.
    """

    origin: str
    size: int
    root: bytes
    lines: str = msgspec.field(name="line")


class Misconduct(Message, frozen=True):
    """A portable proof that a log has two faces."""

    origin: str
    proof: bytes


class Tombstones(Message, frozen=True):
    """Tombstones of acts that the receiver may read, with the signatures that the sender has."""

    stones: list[bytes]


class Consents(Message, frozen=True):
    """The entries by which the others concurred that `log` begins: [origin, size, root] each.

    A party that has not opened that log may lack one that a later log of its author leaves out.
    """

    log: str
    tips: list[tuple[str, int, bytes]]


_Any = Heads | Growth | Acts | Ask | Cosigned | Misconduct | Tombstones | Consents
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Annotated[list[_Any], msgspec.Meta(max_length=MOST_MESSAGES)])


def encode_batch(messages: list[Message]) -> bytes:
    """Return the wire form of some messages."""
    return _encoder.encode(messages)


def decode_batch(data: bytes) -> list[Message]:
    """Read a batch; PeerError if it is none."""
    try:
        return list(_decoder.decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise PeerError(f"not a batch of messages: {fault}.") from fault
