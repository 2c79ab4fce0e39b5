"""Putting one node together: the only place where its real parts meet."""

from __future__ import annotations

import threading

from architrave.charter.model import Charter
from architrave.institution.register import Register, RegisterError, read_register
from architrave.node import http, store
from architrave.node.clock import Clock
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token
from architrave.node.keeper import Keeper
from architrave.node.memory import filling
from architrave.node.outbound import Outbound
from architrave.node.runtime import Runtime, install
from architrave.node.signing import RequestSigner, RequestVerifier
from architrave.peer.peer import Keys, Pace, Peer

__all__ = ["assemble"]


def assemble(
    folder: Folder, clock: Clock, token: Token, time_confirmed: bool
) -> tuple[Runtime, Keeper]:
    """The runtime and the keeper of the node in a folder; nothing runs yet."""
    founding, charter = folder.founding(), folder.charter()
    store.require_institution(founding.id)
    keys = Keys(folder.key("node"), folder.key("cosigner"))
    stored = store.read_stored(token.read())
    # A node that has written before and cannot yet ask another does not trust its clock alone.
    confirmed = time_confirmed or founding.demonstration or not stored.entries
    pace = Pace(receipt=charter.receipt_hours * 3_600_000)
    with filling():
        peer = Peer(founding, charter, folder.party, keys, stored, pace, confirmed)
    signer = RequestSigner(peer.origin, keys.node)
    addresses = folder.addresses(founding)
    outbound = {
        member.origin: Outbound(addresses[member.name], signer)
        for member in founding.members
        if member.origin != peer.origin
    }
    lock = threading.RLock()
    keeper = Keeper(peer, clock, token, outbound, lock)
    runtime = Runtime(
        peer=peer,
        clock=clock.now,
        submit=lambda act: keeper.submit(act.data),
        register=_register(folder, charter),
        addresses=addresses,
        lock=lock,
    )
    install(runtime)
    text = (folder.path / "charter.toml").read_text(encoding="utf-8")
    http.open_door(http.Door(keeper, RequestVerifier(founding), text, folder.founding_bytes()))
    return runtime, keeper


def _register(folder: Folder, charter: Charter) -> Register | None:
    """The register in the node's folder, if there is one."""
    place = folder.path / "register"
    if not place.is_dir():
        return None
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(place.iterdir())}
    try:
        return read_register(files, frozenset(charter.party_ids))
    except RegisterError as fault:
        raise FolderFault(f"{place}: {fault}") from fault
