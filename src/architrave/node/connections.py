"""Limits on connections: how many, how long one may be idle, how long a request may take to come.

The server closes what is idle, but a client that sends one byte now and then is never idle. So a
request that has not come whole in time counts as idle from its beginning on.
"""

from __future__ import annotations

import socket
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server

__all__ = [
    "CONNECTIONS",
    "IDLE_SECONDS",
    "MAX_HEAD",
    "WHOLE_SECONDS",
    "ImpatientChannel",
    "web_server",
]

CONNECTIONS = 400
"""Connections at one time; more wait with the operating system."""
MAX_HEAD = 32 << 10
"""Bytes of the head of a request: its first line and all its header fields."""
IDLE_SECONDS = 60
"""After so long without a byte a connection is closed."""
WHOLE_SECONDS = 120
"""After so long a request that has not come whole is given up, however busy its line."""


def web_server(door: Any, listening: socket.socket, threads: int, longest: int) -> Any:
    """A server of a WSGI application on a socket, within these limits; `run` serves.

    `longest` is how many bytes of a request's body the application reads.
    """
    server = create_server(
        door,
        sockets=[listening],
        threads=threads,
        ident=None,
        max_request_body_size=longest + 1,
        max_request_header_size=MAX_HEAD,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
    )
    server.channel_class = ImpatientChannel
    return server


class ImpatientChannel(HTTPChannel):
    """A connection on which a request that comes in drops is not waited for without end."""

    began = 0.0

    def received(self, data: bytes) -> Any:
        """Take some bytes; what has not come whole keeps the time of its beginning."""
        before, now = self.request, time.time()
        answer = super().received(data)
        if self.request is not None:
            if self.request is not before:
                self.began = now
            # The server closes what it has not heard for IDLE_SECONDS.
            self.last_activity = min(now, self.began + WHOLE_SECONDS - IDLE_SECONDS)
        return answer
