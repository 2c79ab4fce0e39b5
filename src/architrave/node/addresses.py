"""Addresses of nodes: what is allowed as one, and the socket that listens at one."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from architrave.node.errors import FolderFault, PortTaken

__all__ = ["Address", "address_of", "listening_at"]

_BACKLOG = 128


@dataclass(frozen=True, slots=True)
class Address:
    """Where a node is reached: `path` ends without a slash and is empty at the top."""

    scheme: str
    host: str
    port: int
    path: str


def address_of(url: str) -> Address:
    """Read an address; FolderFault naming it if it is none that a node can have."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise FolderFault(f"address {url!r}: {fault}.") from fault
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FolderFault(f"address {url!r}: expected http:// or https:// and a host.")
    if parts.username is not None or parts.query or parts.fragment:
        raise FolderFault(f"address {url!r}: expected a host, a port and a path, and no more.")
    if not re.fullmatch(r"[!-~]+", url):
        raise FolderFault(f"address {url!r}: expected printable ASCII without spaces.")
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    return Address(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))


def listening_at(url: str) -> socket.socket:
    """A socket that listens at an address; PortTaken if the address cannot be used.

    FolderFault for https: encryption is ended by a proxy before the node, which then says in
    node.json, as `listen`, where the node's own process listens.
    """
    address = address_of(url)
    if address.scheme != "http":
        raise FolderFault(
            f"{url}: the node itself listens without encryption, behind a proxy; say where in "
            "node.json, as listen."
        )
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address.host, address.port))
        # Only a socket that listens keeps another process from taking the address.
        listening.listen(_BACKLOG)
    except OSError as fault:
        listening.close()
        raise PortTaken(f"{url}: the address cannot be used ({fault.strerror}).") from fault
    return listening
