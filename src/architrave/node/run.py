"""Running a node: one process, one folder, one keeper, one web server."""

from __future__ import annotations

import json
import logging
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from architrave.node.clock import Clock, clock_for
from architrave.node.configure import configure, migrate
from architrave.node.errors import FolderFault, PortTaken
from architrave.node.folder import Folder, Token
from architrave.peer.errors import StorageUncertain

__all__ = ["run_node"]

log = logging.getLogger("architrave.node")


class _Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        value: dict[str, object] = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info:
            value["trace"] = self.formatException(record.exc_info)
        return json.dumps(value, ensure_ascii=False)


def _start_logging() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    logging.getLogger("django.request").setLevel(logging.ERROR)


def run_node(
    path: Path,
    urls: str,
    apps: tuple[str, ...],
    clock_file: Path | None = None,
    time_confirmed: bool = False,
    token_file: Path | None = None,
) -> int:
    """Run the node in a folder until it is told to stop; returns the exit status.

    Raises NodeError before anything is changed if the folder, its keys, its database or its port
    are not as they must be.
    """
    folder = Folder(path)
    folder.settings()
    founding, charter = folder.founding(), folder.charter()
    if charter.digest != founding.charter:
        raise FolderFault(f"{path}: the charter is not the one that the founding names.")
    member = founding.named(folder.party)
    for role, public in (("node", member.node_key), ("cosigner", member.cosigner_key)):
        if folder.key(role).public != public:
            raise FolderFault(f"{path}: keys/{role}.key is not the key that the founding names.")
    clock = clock_for(founding, clock_file)
    with folder.locked():
        listening = _listen(folder.addresses(founding)[member.name])
        configure(folder.database, urls, apps)
        _start_logging()
        migrate()
        return _serve(folder, listening, clock, time_confirmed, token_file)


def _listen(url: str) -> socket.socket:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as fault:
        listening.close()
        raise PortTaken(f"{url}: the address cannot be used ({fault.strerror}).") from fault
    return listening


def _serve(
    folder: Folder,
    listening: socket.socket,
    clock: Clock,
    time_confirmed: bool,
    token_file: Path | None,
) -> int:
    # Django must be configured before what uses it is imported.
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    from architrave.node import assemble

    token = Token(token_file or folder.path / folder.setting("token"))
    runtime, keeper = assemble.assemble(folder, clock, token, time_confirmed)
    server = create_server(get_wsgi_application(), sockets=[listening], threads=8, ident=None)
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    keeper.start()
    threading.Thread(target=server.run, name="web", daemon=True).start()
    log.info("%s listens at %s", runtime.peer.party, runtime.addresses[runtime.peer.party])
    while not stopping.is_set() and keeper.is_alive():
        time.sleep(0.05)
    keeper.stop()
    keeper.join(timeout=10)
    for one in keeper.outbound.values():
        one.close()
    server.close()
    if keeper.failed is not None:
        log.critical("stopped: %s", keeper.failed)
        return 70 if isinstance(keeper.failed, StorageUncertain) else 1
    log.info("stopped.")
    return 0
