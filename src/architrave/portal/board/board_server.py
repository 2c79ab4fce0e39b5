"""Serve a folder's board on 127.0.0.1, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from waitress.server import create_server

from architrave.charter.model import Charter
from architrave.portal.board.board_door import Door
from architrave.portal.board.board_pages import Board
from architrave.portal.board.laying import Bench

__all__ = ["LOCAL", "Served", "opened_board"]

LOCAL = "127.0.0.1"
THREADS = 6
"""A page that waits for a search holds one of them for a few seconds."""


class Served:
    """A board that listens: `address` leads to it, `run` answers until `close`."""

    def __init__(self, door: Door, server: Any, port: int) -> None:
        self.door = door
        self.server = server
        self.port = port

    @property
    def address(self) -> str:
        """Whoever knows it can read and move: it is drawn anew at each start."""
        return f"http://{LOCAL}:{self.port}{self.door.base}/"

    def run(self) -> None:
        """Answer until the server is closed."""
        self.server.run()

    def close(self) -> None:
        """Listen no more."""
        self.server.close()


def opened_board(
    folder: Path,
    charter: Charter,
    port: int = 0,
    today: Callable[[], date] = date.today,
    bench: Bench | None = None,
) -> Served:
    """Listen for a folder; port 0 takes any that is free. OSError where the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOCAL, port))
        listening.listen(16)
        taken = listening.getsockname()[1]
        board = Board(folder, charter, today, bench or Bench())
        door = Door(board.answer, (f"{LOCAL}:{taken}", f"localhost:{taken}"))
        board.base, board.token = door.base, door.token
        server = create_server(
            door,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
    except BaseException:
        listening.close()
        raise
    return Served(door, server, taken)
