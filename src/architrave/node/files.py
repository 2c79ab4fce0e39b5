"""One file of the public record, by its path: what an export holds, served one by one."""

from __future__ import annotations

from architrave.peer.exchange import audience_of
from architrave.peer.peer import Peer
from architrave.record.checkpoints import open_checkpoint
from architrave.record.errors import RecordError
from architrave.record.tiles import encode_bundle, parse_path, tile_bytes

__all__ = ["record_file"]


def record_file(peer: Peer, charter_text: str, founding: bytes, place: str) -> bytes | None:
    """The bytes at a path below /record/, or None if nothing lies there."""
    fixed = {"founding.json": founding, "charter.toml": charter_text.encode()}
    if place in fixed:
        return fixed[place]
    if place == "README.txt":
        from architrave.record.audit import readme

        return readme(peer.founding).encode()
    head, _, rest = place.partition("/")
    if head == "acts":
        return _act(peer, rest)
    for member in peer.founding.members:
        if head == member.name.lower():
            return _log_file(peer, member.origin, rest)
        if place == f"proofs/{member.name.lower()}.json":
            return peer.replicas[member.origin].proof
    return None


def _act(peer: Peer, seal: str) -> bytes | None:
    try:
        raw = bytes.fromhex(seal)
    except ValueError:
        return None
    act = peer.reader.acts.get(raw)
    if act is None or raw.hex() != seal or not audience_of(peer, raw, act).public:
        return None
    return act.salt + act.data


def _log_file(peer: Peer, origin: str, rest: str) -> bytes | None:
    note = peer.note(origin)
    if rest == "checkpoint":
        return note or None
    try:
        level, index, width = parse_path(rest)
    except RecordError:
        return None
    size = open_checkpoint(note, peer.replicas[origin].key)[0].size if note else 0
    branch = peer.history.main(origin)
    if level == "entries":
        first = index * 256
        if first + width > size:
            return None
        return encode_bundle([one.data for one in branch.entries[first : first + width]])
    if ((index * 256 + width) << (8 * level)) > size:
        return None
    return tile_bytes(branch.tree, level, index, width)
