"""What a node serves to other nodes and to anyone who checks the record.

POST /peer/messages                 signed requests of the other nodes
POST /peer/act                      an act signed by an officer of this party; anyone may carry it
POST /peer/carried                  a carrier file signed by another node; anyone may bring it
GET  /peer/status                   how far this node is, as JSON
GET  /record/<path>                 the public record: founding, charter, checkpoints, tiles, acts
POST /witness/add-checkpoint        a checkpoint of another log, to be cosigned (C2SP tlog-witness)
GET  /witness/<origin>/checkpoint   what was cosigned last; the origin as hex of its SHA-256
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from architrave.institution.acts import act_of
from architrave.institution.digest import state_digest
from architrave.institution.errors import InstitutionError
from architrave.institution.state import Refused
from architrave.node.configure import MAX_BODY
from architrave.node.errors import Busy
from architrave.node.files import record_file
from architrave.node.keeper import Keeper
from architrave.node.runtime import current
from architrave.node.signing import MESSAGES, NONCE, RequestVerifier
from architrave.peer.carrying import MAX_CARRIER, read_carrier
from architrave.peer.cosigning import witnessed_note
from architrave.peer.errors import PeerError, StorageUncertain
from architrave.peer.messages import decode_batch
from architrave.peer.peer import Peer
from architrave.peer.succession import party_keys
from architrave.record.errors import RecordError
from architrave.record.notes import MAX_NOTE
from architrave.record.sealing import MAX_ACT, SealedAct, act_name

__all__ = ["Door", "urlpatterns"]


@dataclass
class Door:
    """What the views need beside the runtime."""

    keeper: Keeper
    verifier: RequestVerifier
    charter_text: str
    founding: bytes
    digests: dict[object, tuple[dict[str, int], str]] = field(default_factory=dict)


_door: list[Door] = []


def open_door(door: Door) -> None:
    """Let the views answer for this node."""
    _door[:] = [door]


def _json(value: object, status: int = 200) -> HttpResponse:
    return HttpResponse(
        json.dumps(value, ensure_ascii=False) + "\n",
        content_type="application/json; charset=utf-8",
        status=status,
    )


def _posted(request: HttpRequest, most: int) -> bytes | HttpResponse:
    """The body of a POST, or the answer to a request that is none or is too long."""
    if request.method != "POST":
        answer = _json({"error": "this address takes POST only."}, 405)
        answer["Allow"] = "POST"
        return answer
    length = request.META.get("CONTENT_LENGTH") or "0"
    # The server in front has read the body, and so has counted one that came in pieces.
    if not length.isdecimal() or int(length) > most:
        return _json({"error": f"the body is longer than {most} bytes."}, 413)
    return request.body


@csrf_exempt
def messages(request: HttpRequest) -> HttpResponse:
    """Take a batch of another node. 401 with a nonce if it must be signed anew."""
    body = _posted(request, MAX_BODY)
    if isinstance(body, HttpResponse):
        return body
    door = _door[0]
    try:
        sender = door.verifier.sender("POST", MESSAGES, request.headers, body)
        batch = decode_batch(body)
        taken = door.keeper.deliver(sender, batch, len(body))
        answer = HttpResponse(status=204) if taken else _json({"error": "too much waits."}, 503)
    except PeerError as fault:
        answer = _json({"error": str(fault)}, fault.status_hint)
    answer[NONCE] = door.verifier.nonces.newest()
    return answer


@csrf_exempt
def carried(request: HttpRequest) -> HttpResponse:
    """Take a carrier file. 400 with a sentence if it is none, or not for this node."""
    body = _posted(request, MAX_CARRIER)
    if isinstance(body, HttpResponse):
        return body
    door = _door[0]
    with current().reading() as peer:
        founding, me = peer.founding, peer.origin
    try:
        carrier = read_carrier(body, founding, me, lambda first: party_keys(peer, first))
    except RecordError as fault:
        return _json({"error": str(fault)}, 400)
    taken = door.keeper.deliver(carrier.sender, list(carrier.messages), len(body), carried=True)
    if not taken:
        return _json({"error": "too much waits; nothing of this was taken."}, 503)
    return _json({"from": carrier.sender, "part": carrier.part, "parts": carrier.parts})


@csrf_exempt
def act(request: HttpRequest) -> HttpResponse:
    """Take an officer's act and answer with what became of it.

    400 for bytes that are no act, naming the field; 409 with the article if it was refused; 413 if
    it is too long; 503 if too much waits, or if nobody knows whether it was written.
    """
    body = _posted(request, MAX_ACT)
    if isinstance(body, HttpResponse):
        return body
    try:
        document = SealedAct(b"", body).document
        act_of(document)
    except (RecordError, InstitutionError) as fault:
        return _json({"error": str(fault)}, 400)
    try:
        answer = _door[0].keeper.submit(body)
    except Busy as fault:
        return _json({"error": str(fault)}, 503)
    except StorageUncertain as fault:
        return _json({"error": f"nobody knows whether it was written: {fault}"}, 503)
    value: dict[str, object] = {"name": act_name(document), "stored": answer.tip is not None}
    if answer.tip is not None:
        value |= {"log": answer.tip.origin, "n": answer.tip.size - 1}
    if isinstance(answer.verdict, Refused):
        value |= {"article": answer.verdict.article, "reason": answer.verdict.reason}
        return _json(value | {"admitted": False}, 409)
    return _json(value | {"admitted": True, "article": answer.verdict.article})


def status(_request: HttpRequest) -> HttpResponse:
    """How far this node is."""
    keeper = _door[0].keeper
    idle = keeper.idle
    with current().reading() as peer:
        final, state = _digests(_door[0], peer)
        value = {
            "party": peer.party,
            "institution": peer.founding.id,
            "demonstration": peer.founding.demonstration,
            "now": keeper.ticked,
            "idle": idle and peer.quiet,
            "signs": peer.why_not() or "yes",
            "next_wake": peer.next_wake,
            "heard": dict(sorted(peer.heard.items())),
            "sizes": {
                origin: replica.branch.size for origin, replica in sorted(peer.replicas.items())
            },
            "cosigned": {
                origin: dict(sorted(sizes.items()))
                for origin, sizes in sorted(peer.cosigned.items())
            },
            "stopped": sorted(
                origin for origin, replica in peer.replicas.items() if replica.proof is not None
            ),
            "witnesses": keeper.runtime.witnesses(),
            "final": final,
            "state": state,
        }
    return _json(value)


def _digests(door: Door, peer: Peer) -> tuple[dict[str, int], str]:
    """The final cut and the digest of the state, folded again only when the record has grown.

    Anyone may ask as often as they like, and the keeper waits meanwhile.
    """
    branches = [one for many in peer.history.branches.values() for one in many]
    stamp = (len(peer.reader.judged), *((b.size, peer.reader.read_size(b)) for b in branches))
    if stamp not in door.digests:
        final = peer.history.final_cut(peer.reader.cut())
        sizes = {origin: tips[0].size for origin, tips in sorted(final.tips.items())}
        door.digests = {stamp: (sizes, state_digest(peer.state, peer.view()))}
    return door.digests[stamp]


def record(_request: HttpRequest, place: str) -> HttpResponse:
    """A file of the public record."""
    door = _door[0]
    with current().reading() as peer:
        attested = door.keeper.runtime.attested
        data = record_file(peer, door.charter_text, door.founding, place, attested)
    if data is None:
        return _json({"error": f"/record/{place}: nothing lies here."}, 404)
    text = place.endswith(("checkpoint", ".toml", ".txt"))
    kind = "text/plain; charset=utf-8" if text else "application/octet-stream"
    if place.endswith(".json"):
        kind = "application/json"
    answer = HttpResponse(data, content_type=kind)
    # An act is not for keeping, although it never changes: its words may be erased one day.
    fixed = "/tile/" in place
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
    return answer


@csrf_exempt
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Cosign a checkpoint of another log of this founding; statuses as in C2SP tlog-witness."""
    body = _posted(request, MAX_NOTE + 8_192)
    if isinstance(body, HttpResponse):
        return body
    try:
        reply = _door[0].keeper.witness(body)
    except (Busy, StorageUncertain) as fault:
        return _json({"error": str(fault)}, 503)
    return HttpResponse(reply.body, status=reply.status, content_type=reply.kind)


def witnessed(_request: HttpRequest, origin: str) -> HttpResponse:
    """The checkpoint that this node cosigned last of a log; 404 if there is none."""
    with current().reading() as peer:
        named = {hashlib.sha256(one.encode()).hexdigest(): one for one in peer.replicas}
        note = witnessed_note(peer, named.get(origin, ""))
    if note is None:
        return _json({"error": "nothing of that log was cosigned here."}, 404)
    answer = HttpResponse(note, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


urlpatterns = [
    path(MESSAGES.removeprefix("/"), messages),
    path("peer/act", act),
    path("peer/carried", carried),
    path("peer/status", status),
    path("record/<path:place>", record),
    path("witness/add-checkpoint", add_checkpoint),
    path("witness/<str:origin>/checkpoint", witnessed),
]
