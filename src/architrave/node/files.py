"""The public record as this node holds it: an export writes it, and the web serves it by path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from architrave.peer.erasing import shown
from architrave.peer.peer import Peer
from architrave.peer.relay import audience_of
from architrave.record.attested import attested_notes
from architrave.record.entries import Tip
from architrave.record.errors import RecordError
from architrave.record.export import Published, PublishedLog, publish_log, published_file
from architrave.record.founding import Member
from architrave.record.origins import first_log, generation_of
from architrave.record.package import covered_size
from architrave.record.proofs import offline_proof
from architrave.record.tombstones import HeldAct

__all__ = ["entry_proof", "proved_size", "published", "published_log", "record_file"]


def published(
    peer: Peer, charter: bytes, founding_file: bytes, attested: Mapping[str, bytes] | None = None
) -> Published:
    """What anyone may read of the record that a peer holds, with the bytes of the two files.

    `attested` are the notes of outside witnesses of the peer's own log, by key ID.
    """

    def public_act(seal: bytes) -> HeldAct | None:
        act = shown(peer, seal)
        if act is None or not audience_of(peer, seal, act).public:
            return None
        return act

    def log(member: Member) -> PublishedLog:
        found = published_log(peer, member)
        if member is not peer.me or not attested:
            return found
        keys = [one.key for one in peer.replicas.values() if one.party == peer.origin]
        notes = attested_notes(attested, keys, found.branch, found.size)
        return replace(found, attested=notes)

    return Published(peer.founding, founding_file, charter, log, public_act)


def published_log(peer: Peer, member: Member) -> PublishedLog:
    """A member's log as far as it is signed, without what outside witnesses have attested."""
    replica = peer.replicas[peer.history.newest(member.origin)]
    notes = [replica.note, replica.cosigned_note, replica.witnessed_note]
    proofs = [
        one.proof for one in peer.replicas.values() if one.party == member.origin and one.proof
    ]
    titles = {
        generation_of(log): title
        for log, title in peer.titles.items()
        if first_log(log) == member.origin
    }
    return publish_log(
        member,
        peer.founding,
        replica.branch,
        notes,
        replica.proof or (proofs[-1] if proofs else b""),
        replica.key,
        titles,
    )


def entry_proof(peer: Peer, tip: Tip) -> bytes:
    """The .tlog-proof file of a line: under the checkpoint that all have cosigned, if it covers it.

    Otherwise it is under a later one, with the log's own signature. ProofFailed if none covers it.
    """
    log = published_log(peer, peer.founding.member(tip.origin))
    try:
        return offline_proof(log.branch, tip, log.checkpoint)
    except RecordError:
        return offline_proof(log.branch, tip, log.signed or log.checkpoint)


def proved_size(peer: Peer, member: Member) -> int:
    """How many lines of a member's log lie under a checkpoint that all others have cosigned."""
    return covered_size(published_log(peer, member), peer.founding)


def record_file(
    peer: Peer,
    charter_text: str,
    founding: bytes,
    place: str,
    attested: Mapping[str, bytes] | None = None,
) -> bytes | None:
    """The bytes at a path below /record/, or None if nothing lies there."""
    return published_file(published(peer, charter_text.encode(), founding, attested), place)
