"""Signing an act at a terminal and giving it to a running node."""

from __future__ import annotations

import httpx

from architrave.institution.acts import Act, document_of
from architrave.node.errors import NodeError
from architrave.record.founding import Founding
from architrave.record.keys import PrivateKey
from architrave.record.sealing import sign_act

__all__ = ["give", "node_clock"]


def give(url: str, founding: Founding, act: Act, key: PrivateKey) -> dict[str, object]:
    """Sign an act and give it to the node at `url`; the node's answer.

    NodeError if the node cannot be reached or does not answer as a node does.
    """
    data = sign_act(document_of(act), founding.id, key)
    try:
        answer = httpx.post(
            url.rstrip("/") + "/peer/act", content=data, timeout=40, trust_env=False
        )
        value: dict[str, object] = answer.json()
    except httpx.HTTPError as fault:
        raise NodeError(f"{url}: the node cannot be reached ({type(fault).__name__}).") from fault
    except ValueError as fault:
        raise NodeError(f"{url}: the answer is not that of a node.") from fault
    if "error" in value:
        raise NodeError(f"{url}: {value['error']}")
    return value


def node_clock(url: str) -> int | None:
    """The clock (ms) of the node that runs at `url`; None if none answers."""
    try:
        value = httpx.get(f"{url.rstrip('/')}/peer/status", timeout=10, trust_env=False).json()
        return int(value["now"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return None
