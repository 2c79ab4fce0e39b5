"""Cosigning at a stranger's request, as a witness of the C2SP tlog-witness protocol.

A node is a witness of the other logs of its founding, and of no other. It cosigns only what it
holds in full: a consistency proof shows that a log grew, not what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from architrave.peer import exchange
from architrave.peer.effects import Effect
from architrave.peer.errors import PeerError
from architrave.peer.messages import Growth
from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.errors import BadSignature, Malformed, ProofFailed, UnknownSigner
from architrave.record.notes import Note, format_note, lines_of, parse_note
from architrave.record.tree import EMPTY_ROOT, check_growth
from architrave.record.witness import parse_add_checkpoint

if TYPE_CHECKING:
    from architrave.peer.peer import Peer
    from architrave.peer.replica import Replica

__all__ = ["SIZE_TYPE", "Cosigning", "add_checkpoint", "witnessed_note"]

SIZE_TYPE = "text/x.tlog.size"
_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Cosigning:
    """The answer to a request: HTTP status, body, and the type of the body.

    200: the signature lines, one for each key. 400: no request. 403: not signed by the log. 404: no
    log that this node witnesses. 409: another size is cosigned here, or the node does not hold so
    much yet; the body is the size. 422: the proof does not hold.
    """

    status: int
    body: str
    kind: str = _TEXT


def add_checkpoint(peer: Peer, body: bytes) -> tuple[Cosigning, list[Effect]]:
    """Answer a request; the effects, which persist what was cosigned, come before the answer."""
    try:
        old, proof, data = parse_add_checkpoint(body)
        origin = parse_note(data).text.split("\n", 1)[0]
    except Malformed as fault:
        return Cosigning(400, f"{fault}\n"), []
    replica = peer.replicas.get(origin)
    if replica is None or replica.party == peer.origin:
        return Cosigning(404, "this node witnesses no log of that name.\n"), []
    try:
        checkpoint, note = open_checkpoint(data, replica.key)
    except (BadSignature, UnknownSigner) as fault:
        return Cosigning(403, f"{fault}\n"), []
    except Malformed as fault:
        return Cosigning(400, f"{fault}\n"), []
    refused = _refused(peer, replica, checkpoint, old, proof)
    if refused is not None:
        return refused, []
    return _cosigned(peer, replica, checkpoint, note)


def _refused(
    peer: Peer, replica: Replica, checkpoint: Checkpoint, old: int, proof: list[bytes]
) -> Cosigning | None:
    """Why a checkpoint that its log signed is not cosigned now."""
    if replica.proof is not None:
        return Cosigning(403, "two histories of this log were signed; it is witnessed no more.\n")
    if old > checkpoint.size:
        return Cosigning(400, "the old size is larger than the checkpoint's.\n")
    held = replica.witnessed
    size, root = (held.size, held.root) if held is not None else (0, EMPTY_ROOT)
    hint = Cosigning(409, f"{size}\n", SIZE_TYPE)
    if old != size:
        return hint
    try:
        check_growth(old, checkpoint.size, root, checkpoint.root, proof)
    except ProofFailed as fault:
        return Cosigning(422, f"{fault}\n")
    branch = replica.branch
    if not 0 < checkpoint.size <= branch.size:
        # Of an empty log there is nothing to hold, and nothing to cosign.
        return hint
    if branch.tips[checkpoint.size - 1].root != checkpoint.root:
        return Cosigning(422, "this node holds other lines of this log.\n")
    return None


def _cosigned(
    peer: Peer, replica: Replica, checkpoint: Checkpoint, note: Note
) -> tuple[Cosigning, list[Effect]]:
    # Without the cosignatures that came with it the note takes the way of any other that arrives,
    # and is cosigned with the present time even if it was a moment ago.
    bare = [one for one in note.signatures if one.name == replica.origin]
    growth = Growth(
        replica.origin, checkpoint.size, [], checkpoint.size, format_note(note.text, bare)
    )
    effects: list[Effect] = []
    try:
        exchange.on_growth(peer, replica.party, growth, effects)
    except PeerError as fault:
        return Cosigning(422, f"{fault}\n"), effects
    lines = _own_lines(peer, replica)
    if lines is None or replica.witnessed != checkpoint:
        size = replica.witnessed.size if replica.witnessed is not None else 0
        return Cosigning(409, f"{size}\n", SIZE_TYPE), effects
    return Cosigning(200, lines), effects


def _own_lines(peer: Peer, replica: Replica) -> str | None:
    """This node's signature lines under the note it holds of a log, if all are there."""
    if not replica.note:
        return None
    own = lines_of(parse_note(replica.note), peer.me.cosigners)
    return "".join(own) if own is not None else None


def witnessed_note(peer: Peer, origin: str) -> bytes | None:
    """The checkpoint of a log that this node cosigned last, its cosignature included; None if none.

    None too for its own log and for one that it does not know.
    """
    replica = peer.replicas.get(origin)
    if replica is None or replica.party == peer.origin or replica.witnessed is None:
        return None
    held = replica.note and parse_note(replica.note).text == replica.witnessed.text
    return replica.note if held and _own_lines(peer, replica) is not None else None
