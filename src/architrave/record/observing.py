"""What an outside witness decides: cosign a checkpoint of a log that it follows, or not.

Pure: the caller holds what was cosigned last, and keeps the new one before it answers. A witness
holds no entries. It sees that a log only grew, and not what it says (C2SP tlog-witness).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from architrave.record.checkpoints import Checkpoint, open_checkpoint
from architrave.record.errors import BadSignature, Malformed, ProofFailed, UnknownSigner
from architrave.record.notes import NoteKey, parse_note
from architrave.record.tree import EMPTY_ROOT, check_growth
from architrave.record.witness import parse_add_checkpoint

__all__ = ["SIZE_TYPE", "TEXT_TYPE", "Refusal", "check_request", "requested_log"]

SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"

Held = Callable[[str], Checkpoint | None]
"""The checkpoint that was cosigned last of the log of an origin; None if there is none."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is cosigned: the HTTP status, the body, and its type.

    400: no request. 403: not signed by the log. 404: no log that is followed. 409: another size
    than the one named is held; the body is the size. 422: the proof does not hold.
    """

    status: int
    body: str
    kind: str = TEXT_TYPE


def requested_log(body: bytes) -> str | Refusal:
    """The origin of the log that a request is about."""
    try:
        return parse_note(parse_add_checkpoint(body)[2]).text.split("\n", 1)[0]
    except Malformed as fault:
        return Refusal(400, f"{fault}\n")


def check_request(body: bytes, keys: Mapping[str, NoteKey], held: Held) -> Checkpoint | Refusal:
    """The checkpoint to be cosigned, or why it is not; `keys` are the followed logs' by origin."""
    origin = requested_log(body)
    if isinstance(origin, Refusal):
        return origin
    key = keys.get(origin)
    if key is None:
        return Refusal(404, "no log of that name is followed here.\n")
    old, proof, note = parse_add_checkpoint(body)
    try:
        checkpoint, _ = open_checkpoint(note, key)
    except (BadSignature, UnknownSigner) as fault:
        return Refusal(403, f"{fault}\n")
    except Malformed as fault:
        return Refusal(400, f"{fault}\n")
    if old > checkpoint.size:
        return Refusal(400, "the old size is larger than the checkpoint's.\n")
    last = held(origin)
    size, root = (last.size, last.root) if last is not None else (0, EMPTY_ROOT)
    if old != size:
        return Refusal(409, f"{size}\n", SIZE_TYPE)
    try:
        check_growth(old, checkpoint.size, root, checkpoint.root, proof)
    except ProofFailed as fault:
        return Refusal(422, f"{fault}\n")
    return checkpoint
