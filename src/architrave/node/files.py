"""The public record as this node holds it: an export writes it, and the web serves it by path."""

from __future__ import annotations

from architrave.peer.exchange import audience_of
from architrave.peer.peer import Peer
from architrave.record.export import Published, PublishedLog, publish_log, published_file
from architrave.record.founding import Member
from architrave.record.sealing import SealedAct

__all__ = ["published", "record_file"]


def published(peer: Peer, charter: bytes, founding_file: bytes) -> Published:
    """What anyone may read of the record that a peer holds, with the bytes of the two files."""

    def log(member: Member) -> PublishedLog:
        replica = peer.replicas[member.origin]
        notes = [replica.note, replica.cosigned_note, replica.witnessed_note]
        proof = replica.proof or b""
        return publish_log(member, peer.founding, replica.branch, notes, proof)

    def public_act(seal: bytes) -> SealedAct | None:
        act = peer.reader.acts.get(seal)
        if act is None or not audience_of(peer, seal, act).public:
            return None
        return act

    return Published(peer.founding, founding_file, charter, log, public_act)


def record_file(peer: Peer, charter_text: str, founding: bytes, place: str) -> bytes | None:
    """The bytes at a path below /record/, or None if nothing lies there."""
    return published_file(published(peer, charter_text.encode(), founding), place)
