"""Running a node: one process, one folder, one keeper, one web server."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from architrave.node.addresses import address_of, listening_at
from architrave.node.clock import Clock, clock_for
from architrave.node.configure import MAX_BODY, Home, begin, configure, may_write
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder
from architrave.node.lines import start_logging
from architrave.node.readiness import Ready, read_ready
from architrave.peer.errors import StorageUncertain

if TYPE_CHECKING:
    from architrave.node.keeper import Keeper
    from architrave.node.runtime import Runtime

__all__ = ["Aside", "run_node"]

log = logging.getLogger("architrave.node")
_POLL = 0.05
_SWITCH = 0.0005
_LAST_TURN = 10.0
_LAST_MESSAGES = 1.0


class Aside(Protocol):
    """A thread that works between the requests, and reads the node as they do."""

    def start(self) -> None:
        """Begin."""

    def close(self) -> None:
        """End soon; nobody waits for it."""


def run_node(
    path: Path,
    urls: str,
    apps: tuple[str, ...],
    clock_file: Path | None = None,
    time_confirmed: bool = False,
    token_file: Path | None = None,
    token_lost: bool = False,
    beside: Callable[[Ready], object] = lambda _ready: None,
    aside: Callable[[Runtime], Aside] | None = None,
) -> int:
    """Run the node in a folder until it is told to stop; returns the exit status.

    `beside` reads what the pages show beside the record; it may refuse like anything read here.
    `aside` makes the thread that works for the web server between its requests.

    0 after SIGTERM or SIGINT, 70 if nobody knows what was written, 1 for a mistake of ours. Raises
    NodeError before anything is changed if the folder, its keys, its database or its port are not
    as they must be.
    """
    folder = Folder(path)
    folder.settings()
    if not path.is_dir():
        raise FolderFault(f"{path}: expected a folder.")
    with ExitStack() as held:
        held.enter_context(folder.locked())
        ready = read_ready(folder, token_file, token_lost)
        shown = beside(ready)
        clock = clock_for(ready.founding, clock_file)
        held.enter_context(ready.token.locked())
        listening = listening_at(folder.listens(ready.founding))
        held.enter_context(closing(listening))
        home = Home(path, ready.addresses[ready.member.name])
        configure(folder.record, urls, apps, hosts=_hosts(ready), home=home)
        # From here on things change. Nothing that this process makes is for others to read.
        os.umask(0o077)
        may_write(alone=True)
        stopping = _stop_signals()
        return _serve(ready, listening, clock, time_confirmed, stopping, shown, aside, apps)


def _stop_signals() -> threading.Event:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping


def _hosts(ready: Ready) -> tuple[str, ...]:
    """The names by which this node may be asked for: its addresses', and those in node.json."""
    own = ready.folder.settings().get("hosts", [])
    if not isinstance(own, list) or not all(isinstance(one, str) for one in own):
        raise FolderFault(f"{ready.folder.path / 'node.json'}: hosts: expected a list of names.")
    urls = (
        ready.member.url,
        ready.addresses[ready.member.name],
        ready.folder.listens(ready.founding),
    )
    hosts = [address_of(url).host for url in urls]
    named = {f"[{host}]" if ":" in host else host for host in hosts}
    return tuple(sorted({*named, *own, "127.0.0.1", "localhost", "[::1]"}))


def _serve(
    ready: Ready,
    listening: socket.socket,
    clock: Clock,
    time_confirmed: bool,
    stopping: threading.Event,
    shown: object,
    aside: Callable[[Runtime], Aside] | None,
    apps: tuple[str, ...],
) -> int:
    # Django must be configured before what uses it is imported.
    from django.core.wsgi import get_wsgi_application

    from architrave.node.assemble import assemble, open_record
    from architrave.node.connections import web_server
    from architrave.node.witnesses import OutsideWitness, witnessed_in, witnesses_in

    # A message passes through four threads, each of which has little to do: none waits for its turn
    # as long as it would for a thread that computes.
    sys.setswitchinterval(_SWITCH)
    keeper = assemble(ready, open_record(ready), clock, time_confirmed)
    start_logging()
    begin(apps)
    runtime = keeper.runtime
    runtime.beside = shown
    runtime.attested = witnessed_in(ready.folder)
    witnesses = [
        OutsideWitness(one, ready.folder.path, runtime) for one in witnesses_in(ready.folder)
    ]
    runtime.witnesses = lambda: {one.asked.key.name: one.standing for one in witnesses}
    others: list[Aside] = [*witnesses, *([aside(runtime)] if aside is not None else [])]
    server = web_server(get_wsgi_application(), listening, 8, MAX_BODY)
    try:
        for one in keeper.outbound.values():
            one.start()
        keeper.start()
        for one_more in others:
            one_more.start()
        threading.Thread(target=server.run, name="web", daemon=True).start()
        log.info("%s listens at %s", keeper.peer.party, keeper.runtime.addresses[keeper.peer.party])
        while keeper.is_alive() and not stopping.wait(_POLL):
            pass
    finally:
        for one_more in others:
            one_more.close()
        _stop(keeper)
        server.close()
    return _status(keeper)


def _stop(keeper: Keeper) -> None:
    """Let the keeper end what it has begun, and what waits to be sent leave if it can."""
    keeper.stop()
    if keeper.is_alive():
        keeper.join(_LAST_TURN)
    for one in keeper.outbound.values():
        one.close()
    for one in keeper.outbound.values():
        one.join(_LAST_MESSAGES)


def _status(keeper: Keeper) -> int:
    if keeper.is_alive():
        log.critical("stopped: the last write does not end; nobody knows whether it landed.")
        return 70
    if keeper.failed is not None:
        log.critical("stopped: %s", keeper.failed)
        return 70 if isinstance(keeper.failed, StorageUncertain) else 1
    log.info("stopped.")
    return 0
