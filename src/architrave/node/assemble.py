"""Putting one node together: the only place where its real parts meet."""

from __future__ import annotations

from pathlib import Path

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from architrave.node import http, store
from architrave.node.clock import Clock
from architrave.node.configure import migrate
from architrave.node.database_check import check_database
from architrave.node.databases import on_one_line
from architrave.node.errors import FolderFault
from architrave.node.journal import Journal
from architrave.node.keeper import Keeper
from architrave.node.memory import filling
from architrave.node.outbound import Outbound
from architrave.node.readiness import Ready
from architrave.node.runtime import install
from architrave.node.signing import Nonces, RequestSigner, RequestVerifier
from architrave.peer.errors import OwnError
from architrave.peer.peer import Pace, Peer
from architrave.peer.startup import Stored, require_whole
from architrave.peer.succession import known_keys, speaks_as
from architrave.record.errors import RecordError

__all__ = ["assemble", "open_record"]


def open_record(ready: Ready) -> Stored:
    """Make or open the database, bring its tables up to date, and read it.

    FolderFault, and nothing is changed, if it is another's, a later version's or no database;
    FolderFault too if it cannot be written.
    """
    database = ready.folder.record
    known = frozenset(MigrationLoader(None).disk_migrations)
    check_database(database, ready.founding.id, known)
    try:
        if isinstance(database, Path):
            # Made for its owner alone; what SQLite lays beside it gets the same mode.
            database.touch(mode=0o600)
            database.chmod(0o600)
        migrate()
        store.require_institution(ready.founding.id)
        return store.read_stored(ready.signed)
    except (Error, OSError) as fault:
        said = on_one_line(fault)
        raise FolderFault(f"{database}: cannot be used as a record ({said}).") from fault
    finally:
        connection.close()


def assemble(ready: Ready, stored: Stored, clock: Clock, time_confirmed: bool) -> Keeper:
    """The keeper of a node, its web door open and its runtime installed; no thread runs yet.

    FolderFault if what was stored does not hold together.
    """
    peer = _peer(ready, stored, time_confirmed)
    signer = RequestSigner(lambda: speaks_as(peer))
    outbound = {
        member.origin: Outbound(member.origin, ready.addresses[member.name], signer)
        for member in ready.founding.members
        if member.origin != peer.origin
    }
    head = stored.notes.get(peer.log, b"")
    keeper = Keeper(peer, clock, Journal(peer.log, head, ready.token, ready.signed), outbound)
    if ready.folder.restored:
        keeper.signed_again = ready.folder.signed_again
    keeper.runtime.register = ready.register
    keeper.runtime.contact = ready.folder.contact
    keeper.runtime.language = ready.folder.language(ready.charter.languages)
    keeper.runtime.addresses = ready.addresses
    keeper.runtime.started = clock.now()
    install(keeper.runtime)
    own = ready.addresses[ready.member.name]
    verifier = RequestVerifier(lambda log: known_keys(peer, log), peer.origin, own, Nonces())
    text, founding = ready.folder.charter_text(), ready.folder.founding_bytes()
    keeper.runtime.charter_text, keeper.runtime.founding_file = text, founding
    http.open_door(http.Door(keeper, verifier, text, founding))
    return keeper


def _peer(ready: Ready, stored: Stored, time_confirmed: bool) -> Peer:
    # A node that has written before and cannot yet ask another does not trust its clock alone.
    confirmed = time_confirmed or ready.founding.demonstration or not stored.entries
    pace = Pace(receipt=ready.charter.receipt_hours * 3_600_000)
    database = ready.folder.record
    try:
        with filling():
            peer = Peer(
                ready.founding,
                ready.charter,
                ready.member.name,
                ready.keys,
                stored,
                pace,
                confirmed,
                ready.succeeding,
            )
    except KeyError as fault:
        raise FolderFault(f"{database}: holds {fault}, no log of this founding.") from fault
    except (RecordError, OwnError) as fault:
        raise FolderFault(f"{database}: the stored record is damaged: {fault}") from fault
    try:
        require_whole(peer, stored)
    except OwnError as fault:
        raise FolderFault(
            f"{database}: the stored record is damaged: {fault}; bring back a copy of the "
            "folder that is whole, and the others will fill up what it lacks."
        ) from fault
    if ready.signed is None or ready.folder.restored:
        # Without its token a folder may be an old copy, and from a backup it is one: it waits for
        # the others' word.
        peer.restored = True
    return peer
