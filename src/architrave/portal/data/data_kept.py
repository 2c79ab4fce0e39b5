"""The dump and the tables, made once for each state of the record and then handed out.

They hold everything, so making them for each request would let any stranger keep the node busy.
The reading lock is held while rows are read; encoding and packing come after it.
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
from architrave.portal.data.data_whole import Whole, read_whole
from architrave.portal.data.dump import dump_file
from architrave.portal.data.sheets import csv_file, xlsx_file
from architrave.portal.data.tables import TABLES, Sheet, sheet_of
from architrave.portal.reading import Copy

__all__ = ["Kept", "Packed", "kept", "table_file"]


@dataclass(frozen=True, slots=True)
class Packed:
    """A file and its SHA-256, reckoned once: a file may be long, and is asked for often."""

    data: bytes
    digest: bytes


@dataclass(slots=True)
class Kept:
    """All public data of one state of the record; `stamp` names the state, `sizes` counts the
    rows of each table; `tables` is filled as they are asked for, by file name."""

    stamp: object
    whole: Whole
    dump: Packed
    sizes: dict[str, int]
    tables: dict[str, Packed] = field(default_factory=dict)


# One for each peer of this process; read and written while `_making` is held.
_kept: WeakKeyDictionary[Peer, Kept] = WeakKeyDictionary()
_making = threading.Lock()
_FORMS: dict[str, Callable[[Sheet], bytes]] = {"csv": csv_file, "xlsx": xlsx_file}


def kept(runtime: Runtime) -> Kept:
    """What there is of the present state; StorageUncertain if the copy has stopped."""
    with _making:
        with runtime.reading() as peer:
            copy = Copy(peer, "en", runtime.clock(), runtime.register, runtime.addresses)
            found, stamp = _kept.get(peer), _stamp(copy)
            if found is not None and found.stamp == stamp:
                return found
            whole, beside = read_whole(copy), _record_files(copy, runtime)
        dump = _packed(dump_file(whole, beside))
        sizes = {name: sum(1 for _ in one.rows(whole)) for name, one in TABLES.items()}
        made = _kept[peer] = Kept(stamp, whole, dump, sizes)
        return made


def table_file(runtime: Runtime, name: str, form: str) -> Packed | None:
    """A table as a file, `form` being csv or xlsx; None if there is no such table or form."""
    if name not in TABLES or form not in _FORMS:
        return None
    found = kept(runtime)
    with _making:
        file = f"{name}.{form}"
        if file not in found.tables:
            found.tables[file] = _packed(_FORMS[form](sheet_of(TABLES[name], found.whole)))
        return found.tables[file]


def _packed(data: bytes) -> Packed:
    return Packed(data, sha256(data).digest())


def _stamp(copy: Copy) -> object:
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
