"""The dump and the tables: made aside, one state of the record after the other, then handed out.

They hold everything, so nobody who asks for them waits until they are made, or can keep the node
busy by asking. `make` is called by the thread of `packing`; a request is given what was finished
last, under the digest of its bytes. Whether that is still the present state is told by its stamp.
The reading lock is held while rows are read; encoding and packing come after it. What is made lies
in memory and is put in its place as a whole: a process that ends meanwhile leaves no part of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from weakref import WeakKeyDictionary

from architrave.institution.amendments import amended_by
from architrave.node.runtime import Runtime
from architrave.peer.peer import Peer
from architrave.portal.data.api_books import Dump, DumpedBook
from architrave.portal.data.data_values import API
from architrave.portal.data.data_whole import Whole, read_whole
from architrave.portal.data.dump import dump_file
from architrave.portal.data.sheets import csv_file, xlsx_file
from architrave.portal.data.tables import TABLES, Sheet, sheet_of
from architrave.portal.reading import Copy

__all__ = [
    "Kept",
    "Packed",
    "Table",
    "dump_data",
    "finished",
    "make",
    "named",
    "stamp_of",
    "table_file",
    "table_of",
]


@dataclass(frozen=True, slots=True)
class Packed:
    """A file and its SHA-256, reckoned once: a file may be long, and is asked for often."""

    data: bytes
    digest: bytes


@dataclass(slots=True)
class Kept:
    """All public data of one state of the record; `stamp` names the state, `sizes` counts the
    rows of each table; `tables` is filled as they are asked for, by file name.

    `number` counts what this process has made: two states may give the same bytes.
    """

    number: int
    stamp: object
    whole: Whole
    dump: Packed
    sizes: dict[str, int]
    tables: dict[str, Packed] = field(default_factory=dict)
    filling: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class _Shelf:
    """What was finished last, and the dump before it, whose address somebody may still hold."""

    last: Kept
    before: Packed | None


_shelves: WeakKeyDictionary[Peer, _Shelf] = WeakKeyDictionary()
_putting = threading.Lock()
_making = threading.Lock()
_FORMS: dict[str, Callable[[Sheet], bytes]] = {"csv": csv_file, "xlsx": xlsx_file}


def finished(peer: Peer) -> Kept | None:
    """What was finished last of this copy; None before anything was."""
    with _putting:
        shelf = _shelves.get(peer)
    return shelf.last if shelf is not None else None


def named(peer: Peer, digest: str) -> Packed | None:
    """The dump with this digest (hex), if it is the last or the one before."""
    with _putting:
        shelf = _shelves.get(peer)
    several = (shelf.last.dump, shelf.before) if shelf is not None else ()
    return next((one for one in several if one and one.digest.hex() == digest), None)


def dump_data(copy: Copy, found: Kept) -> Dump:
    """What a dump is and holds, and whether it is of the present state."""
    lines = {page.party: page.lines for page in found.whole.pages if page.page == page.pages}
    digest = found.dump.digest.hex()
    return Dump(
        address=f"{API}/dump/{digest}.zip",
        digest=digest,
        length=len(found.dump.data),
        present=found.stamp == stamp_of(copy),
        books=tuple(
            DumpedBook(
                party=one.party,
                size=one.size,
                root=lines[one.party][-1].root if lines.get(one.party) else "",
                last=one.last,
            )
            for one in found.whole.books.books
        ),
    )


def make(runtime: Runtime) -> Kept:
    """Make what there is of the present state, unless that was the last that was made.

    StorageUncertain if the copy has stopped.
    """
    with _making:
        with runtime.reading() as peer:
            copy = Copy(peer, "en", runtime.clock(), runtime.register, runtime.addresses)
            last, stamp = finished(peer), stamp_of(copy)
            if last is not None and last.stamp == stamp:
                return last
            whole, beside = read_whole(copy), _record_files(copy, runtime)
        dump = _packed(dump_file(whole, beside))
        sizes = {name: sum(1 for _ in one.rows(whole)) for name, one in TABLES.items()}
        made = Kept(last.number + 1 if last is not None else 1, stamp, whole, dump, sizes)
        with _putting:
            shelf = _shelves.get(peer)
            before = shelf.last.dump if shelf is not None else None
            if shelf is not None and before is not None and before.digest == dump.digest:
                before = shelf.before
            _shelves[peer] = _Shelf(made, before)
        return made


@dataclass(frozen=True, slots=True)
class Table:
    """A table that there is, and the form in which it is asked for."""

    name: str
    form: str


def table_of(file: str) -> Table | None:
    """The table and the form that a file's name says; None if there is no such table or form."""
    name, _, form = file.rpartition(".")
    return Table(name, form) if name in TABLES and form in _FORMS else None


def table_file(found: Kept, asked: Table) -> Packed:
    """A table of what was finished, as a file; written when it is first asked for."""
    with found.filling:
        file = f"{asked.name}.{asked.form}"
        if file not in found.tables:
            sheet = sheet_of(TABLES[asked.name], found.whole)
            found.tables[file] = _packed(_FORMS[asked.form](sheet))
        return found.tables[file]


def _packed(data: bytes) -> Packed:
    return Packed(data, sha256(data).digest())


def stamp_of(copy: Copy) -> object:
    """What the public data depend on: two states with the same stamp give the same bytes."""
    peer = copy.peer
    branches = [one for many in peer.history.branches.values() for one in many]
    return (
        frozenset(one.tips[-1] for one in branches if one.tips),
        # How far each book is read: a line may wait for its text while later ones are held.
        tuple(sorted(copy.view.cut.tips.items())),
        (len(peer.reader.judged), len(peer.reader.acts)),
        (len(peer.erasing.acts), peer.erasing.times),
        frozenset(log for log, one in peer.replicas.items() if one.proof is not None),
        copy.cosigned,
        copy.register.digest if copy.register is not None else "",
    )


def _record_files(copy: Copy, runtime: Runtime) -> dict[str, bytes]:
    """The founding and the charter as files; the charter in force too, once it was amended."""
    files = {
        "charter.toml": runtime.charter_text.encode(),
        "founding.json": runtime.founding_file,
    }
    for _, amendment in amended_by(copy.state, copy.view):
        files["charter-in-force.toml"] = amendment.text.encode()
    return files
