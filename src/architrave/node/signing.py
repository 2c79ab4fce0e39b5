"""Requests between nodes, signed with the node key (RFC 9421) over method, path and body."""

from __future__ import annotations

from dataclasses import dataclass
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
from architrave.record.founding import Founding
from architrave.record.keys import PrivateKey

__all__ = ["RequestSigner", "RequestVerifier"]

_TAG = "architrave-peer"


@dataclass
class _Request:
    """What the library needs of a request."""

    method: str
    url: str
    headers: dict[str, str]


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, founding: Founding) -> None:
        self._founding = founding

    def resolve_private_key(self, key_id: str) -> Any:
        raise KeyError(key_id)

    def resolve_public_key(self, key_id: str) -> Any:
        member = self._founding.member(key_id)
        return Ed25519PublicKey.from_public_bytes(member.node_key.raw)


class RequestSigner:
    """Signs this node's requests; its log's origin is the key id."""

    def __init__(self, origin: str, key: PrivateKey) -> None:
        self._origin = origin
        self._key = key
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)

    def headers(self, method: str, url: str, body: bytes) -> dict[str, str]:
        """The headers that sign a request."""
        request = _Request(method, url, {})
        prepared = self._signer.prepare(
            request,
            key_id=self._origin,
            tag=_TAG,
            covered_component_ids=("@method", "@path"),
            body=body,
        )
        self._signer.apply(request, prepared, self._key.sign(prepared.signature_base))
        return request.headers


class RequestVerifier:
    """Tells which party's node signed a request."""

    def __init__(self, founding: Founding) -> None:
        self._verifier = HTTPMessageVerifier(
            signature_algorithm=algorithms.ED25519, key_resolver=_Keys(founding)
        )
        # Nodes' clocks may differ by as much as the record allows.
        self._verifier.max_clock_skew = self._verifier.max_clock_skew * 24

    def sender(self, method: str, url: str, headers: dict[str, str], body: bytes) -> str:
        """The origin of the node that signed; PeerError (401) if none of this founding did."""
        try:
            results = self._verifier.verify(
                _Request(method, url, headers),
                expect_tag=_TAG,
                require_components=("@method", "@path"),
                body=body,
            )
        except (HTTPMessageSignaturesException, KeyError, ValueError) as fault:
            raise PeerError(
                f"the request is not signed by a node of this founding: {fault}", 401
            ) from fault
        return str(results[0].parameters["keyid"])
