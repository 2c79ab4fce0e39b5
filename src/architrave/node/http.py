"""What a node serves to other nodes and to anyone who checks the record.

POST /peer/messages   signed requests of the other nodes
POST /peer/act        an act signed by an officer of this party
GET  /peer/status     how far this node is, as JSON
GET  /record/<path>   the public record: founding, charter, checkpoints, tiles, public acts
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from architrave.institution.acts import act_of
from architrave.institution.digest import state_digest
from architrave.institution.state import Refused
from architrave.node.files import record_file
from architrave.node.keeper import Keeper
from architrave.node.runtime import current
from architrave.node.signing import RequestVerifier
from architrave.peer.errors import PeerError, StorageUncertain
from architrave.peer.messages import decode_batch
from architrave.record.errors import RecordError
from architrave.record.sealing import SealedAct, act_name

__all__ = ["Door", "urlpatterns"]


@dataclass
class Door:
    """What the views need beside the runtime."""

    keeper: Keeper
    verifier: RequestVerifier
    charter_text: str
    founding: bytes


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


@csrf_exempt
def messages(request: HttpRequest) -> HttpResponse:
    """Take a batch of another node."""
    if request.method != "POST":
        return _json({"error": "messages are posted."}, 405)
    door = _door[0]
    try:
        sender = door.verifier.sender(
            "POST", request.build_absolute_uri(), dict(request.headers), request.body
        )
        batch = decode_batch(request.body)
    except PeerError as fault:
        return _json({"error": str(fault)}, fault.status_hint)
    door.keeper.deliver(sender, batch)
    return HttpResponse(status=204)


@csrf_exempt
def act(request: HttpRequest) -> HttpResponse:
    """Take an officer's act and answer with what became of it."""
    if request.method != "POST":
        return _json({"error": "acts are posted."}, 405)
    try:
        document = SealedAct(b"", request.body).document
        act_of(document)
    except RecordError as fault:
        return _json({"error": str(fault)}, 400)
    try:
        answer = _door[0].keeper.submit(request.body)
    except (StorageUncertain, TimeoutError) as fault:
        return _json({"error": f"nobody knows whether it was written: {fault}"}, 503)
    value: dict[str, object] = {"name": act_name(document), "stored": answer.tip is not None}
    if answer.tip is not None:
        value |= {"log": answer.tip.origin, "n": answer.tip.size - 1}
    if isinstance(answer.verdict, Refused):
        value |= {"article": answer.verdict.article, "reason": answer.verdict.reason}
        return _json(value | {"admitted": False}, 409)
    return _json(value | {"admitted": True, "article": answer.verdict.article})


def status(request: HttpRequest) -> HttpResponse:
    """How far this node is."""
    keeper = _door[0].keeper
    idle = keeper.idle
    with current().reading() as peer:
        final = peer.history.final_cut(peer.reader.cut())
        value = {
            "party": peer.party,
            "institution": peer.founding.id,
            "demonstration": peer.founding.demonstration,
            "now": keeper.ticked,
            "idle": idle and peer.quiet,
            "signs": peer.why_not() or "yes",
            "next_wake": peer.next_wake,
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
            "final": {origin: tips[0].size for origin, tips in sorted(final.tips.items())},
            "state": state_digest(peer.state, peer.view()),
        }
    return JsonResponse(value)


def record(request: HttpRequest, place: str) -> HttpResponse:
    """A file of the public record."""
    door = _door[0]
    with current().reading() as peer:
        data = record_file(peer, door.charter_text, door.founding, place)
    if data is None:
        return _json({"error": f"/record/{place}: nothing lies here."}, 404)
    text = place.endswith(("checkpoint", ".toml", ".txt"))
    kind = "text/plain; charset=utf-8" if text else "application/octet-stream"
    if place.endswith(".json"):
        kind = "application/json"
    answer = HttpResponse(data, content_type=kind)
    fixed = "/tile/" in place or place.startswith("acts/")
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
    return answer


urlpatterns = [
    path("peer/messages", messages),
    path("peer/act", act),
    path("peer/status", status),
    path("record/<path:place>", record),
]
