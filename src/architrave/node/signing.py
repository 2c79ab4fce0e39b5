"""Requests between nodes, signed with the node key (RFC 9421).

Covered: method, path, digest of the body, the log of the node it is meant for, and the parameters
created, expires, keyid (the latest log of the node that asks), tag, alg and a nonce: the
receiver's, a dot, and the sender's count of its requests, so that no two are alike.

Entries, checkpoints and acts are signed by themselves, and a message of them that comes twice, late
or to another node does no harm. Greetings are not: an old one could tell a node that was restored
from a copy that nobody holds more of its log than it does itself. So a request counts once, for one
receiver, while the receiver's nonce lasts. The nonce is drawn by the receiver when it starts and
every two minutes, so nothing that was sent to an earlier process counts, and the two clocks need
not agree. Every answer carries the newest nonce; a request with another is answered 401 and may be
signed again at once.
"""

from __future__ import annotations

import hashlib
import itertools
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from architrave.peer.errors import PeerError
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.origins import first_log

__all__ = ["MESSAGES", "NONCE", "TO", "Nonces", "RequestSigner", "RequestVerifier"]

MESSAGES = "/peer/messages"
TO = "Architrave-To"
NONCE = "Architrave-Nonce"
_TAG = "architrave-peer"
_COVERED = ("@method", "@path", "content-digest", TO.lower())
_LASTS = timedelta(minutes=2)
# Only against a clock that stands still for good: freshness is the nonce's work.
_SKEW = timedelta(days=2)
_SEEN = 50_000


@dataclass
class _Request:
    """What the library needs of a request."""

    method: str
    url: str
    headers: dict[str, str]


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, known: KnownKeys) -> None:
        self._known = known

    def resolve_private_key(self, key_id: str) -> Any:
        raise KeyError(key_id)

    def resolve_public_key(self, key_id: str) -> Any:
        for key in self._known(key_id):
            return Ed25519PublicKey.from_public_bytes(key.raw)
        raise KeyError(key_id)


KnownKeys = Callable[[str], Sequence[PublicKey]]
"""The node key that may speak under a log's name: one, or none."""


class Nonces:
    """The nonces of one process, newest last, with the requests that have come under each."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        draw: Callable[[], str] = lambda: secrets.token_urlsafe(18),
    ) -> None:
        self._clock = clock
        self._draw = draw
        self._guard = threading.Lock()
        self._live: OrderedDict[str, set[bytes]] = OrderedDict()
        self._drawn = 0.0
        self._renew()

    def newest(self) -> str:
        """The nonce to sign the next request with."""
        with self._guard:
            if self._clock() - self._drawn >= _LASTS.total_seconds():
                self._renew()
            return next(reversed(self._live))

    def take(self, nonce: str, request: bytes) -> bool:
        """Say whether a request counts: its nonce lives, and it comes for the first time."""
        self.newest()
        with self._guard:
            seen = self._live.get(nonce)
            if seen is None or request in seen:
                return False
            if len(seen) >= _SEEN:
                self._renew()
            seen.add(request)
            return True

    def _renew(self) -> None:
        self._live[self._draw()] = set()
        self._drawn = self._clock()
        # The one before lasts as long again, for requests that are under way.
        while len(self._live) > 2:
            self._live.popitem(last=False)


class RequestSigner:
    """Signs this node's requests. `speaks_as` gives its latest log, the key id, and the key."""

    def __init__(
        self,
        speaks_as: Callable[[], tuple[str, PrivateKey]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._speaks_as = speaks_as
        self._clock = clock
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)
        self._count = itertools.count()

    def headers(
        self, method: str, url: str, body: bytes, to: str, nonce: str = "none"
    ) -> dict[str, str]:
        """The headers that sign a request for the node that writes the log `to`."""
        request = _Request(method, url, {TO: to})
        now = self._clock()
        log, key = self._speaks_as()
        prepared = self._signer.prepare(
            request,
            key_id=log,
            tag=_TAG,
            nonce=f"{nonce}.{next(self._count)}",
            created=now,
            expires=now + _LASTS,
            covered_component_ids=_COVERED,
            body=body,
        )
        self._signer.apply(request, prepared, key.sign(prepared.signature_base))
        return request.headers


class RequestVerifier:
    """Tells which party's node signed a request for the node of the log `own`.

    `known` gives the key that speaks under a log's name, if one does. `url` is the address by which
    the others reach this node: its path is part of what they sign.
    """

    def __init__(self, known: KnownKeys, own: str, url: str, nonces: Nonces) -> None:
        self._verifier = HTTPMessageVerifier(
            signature_algorithm=algorithms.ED25519, key_resolver=_Keys(known)
        )
        self._verifier.max_clock_skew = _SKEW
        self._own = own
        self._url = url.rstrip("/")
        self.nonces = nonces

    def sender(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> str:
        """The first log of the party whose node signed; PeerError (401) if none here did."""
        try:
            results = self._verifier.verify(
                _Request(method, self._url + path, dict(headers)),
                expect_tag=_TAG,
                require_components=_COVERED,
                body=body,
            )
        except (HTTPMessageSignaturesException, KeyError, ValueError) as fault:
            raise PeerError(
                f"the request is not signed by a node of this founding: {fault}", 401
            ) from fault
        if len(results) != 1 or headers.get(TO) != self._own:
            raise PeerError("the request is not meant for this node.", 401)
        nonce = str(results[0].parameters.get("nonce", ""))
        # What was signed names the request; labels and spaces of its header fields are not covered.
        signed = repr((sorted(results[0].covered_components.items()), nonce))
        if not self.nonces.take(nonce.partition(".")[0], hashlib.sha256(signed.encode()).digest()):
            raise PeerError(
                f"the request does not carry this node's nonce, or came before; {NONCE} tells the "
                "newest nonce.",
                401,
            )
        return first_log(str(results[0].parameters["keyid"]))
