"""A node's folder: what lies in it, and the one lock on it.

    node.json      party, address, where the token lies, addresses of the others
    request.json   public keys, for the founding
    founding.json  the founding, signed by every party
    charter.toml   the charter whose digest the founding names
    keys/          node, cosigner, party, and officers' keys: 32 bytes in hex, readable by the owner
    record.db      the record
    lock           held while a process runs

The *token* lies outside the folder: the last signed size and root of this node's log. A copy of the
folder that is older than the token is recognised and signs nothing.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from architrave.charter.errors import CharterError
from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.node.errors import FolderFault, FolderInUse
from architrave.record import b64
from architrave.record.errors import RecordError
from architrave.record.founding import Founding, read_founding
from architrave.record.keys import PrivateKey

__all__ = ["Folder", "Token", "read_key", "write_durably", "write_key"]


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths in a node's folder, and its settings."""

    path: Path

    @property
    def database(self) -> Path:
        """The record."""
        return self.path / "record.db"

    def setting(self, name: str) -> str:
        """A text from node.json; FolderFault if it is not there."""
        settings = self.settings()
        if not isinstance(settings.get(name), str):
            raise FolderFault(f"{self.path / 'node.json'}: {name}: expected text.")
        return str(settings[name])

    def settings(self) -> dict[str, object]:
        """node.json, decoded."""
        try:
            value = json.loads((self.path / "node.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise FolderFault(
                f"{self.path}: no node lives here; `architrave node init` makes one."
            ) from None
        except ValueError as fault:
            raise FolderFault(f"{self.path / 'node.json'}: {fault}.") from fault
        if not isinstance(value, dict):
            raise FolderFault(f"{self.path / 'node.json'}: expected an object.")
        return value

    def addresses(self, founding: Founding) -> dict[str, str]:
        """Where each party's node is reached: as node.json says, else as the founding says."""
        settings = self.settings().get("addresses", {})
        given = settings if isinstance(settings, dict) else {}
        return {one.name: str(given.get(one.name, one.url)) for one in founding.members}

    @property
    def party(self) -> str:
        """The charter's id of the party whose node this is."""
        return self.setting("party")

    def key(self, name: str) -> PrivateKey:
        """A key from keys/; FolderFault if it is missing or is no key."""
        return read_key(self.path / "keys" / f"{name}.key")

    def officer_keys(self) -> dict[str, PrivateKey]:
        """The officers' keys that lie here, by seat."""
        folder = self.path / "keys" / "officers"
        found = {}
        for file in sorted(folder.glob("*.key")):
            found[file.stem.replace(".", "/")] = read_key(file)
        return found

    def founding_bytes(self) -> bytes:
        """The signed founding file."""
        try:
            return (self.path / "founding.json").read_bytes()
        except FileNotFoundError:
            raise FolderFault(
                f"{self.path}: not founded yet; `architrave node found` makes founding.json."
            ) from None

    def founding(self) -> Founding:
        """The founding, checked."""
        try:
            return read_founding(self.founding_bytes())
        except RecordError as fault:
            raise FolderFault(f"{self.path / 'founding.json'}: {fault}") from fault

    def charter(self) -> Charter:
        """The charter, checked."""
        file = self.path / "charter.toml"
        try:
            return parse_charter(file.read_text(encoding="utf-8"), file.name)
        except FileNotFoundError:
            raise FolderFault(f"{file}: the charter is missing.") from None
        except CharterError as fault:
            raise FolderFault(f"{file}: {fault}") from fault

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; FolderInUse if another process does."""
        with open(self.path / "lock", "a", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderInUse(f"{self.path}: another process runs this node.") from None
            yield


@dataclass(frozen=True, slots=True)
class Token:
    """The file outside the folder that holds the last signed size and root of the own log."""

    path: Path

    def read(self) -> tuple[int, bytes] | None:
        """The size and the root; None before the first signature."""
        try:
            text = self.path.read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        try:
            size, root = text.split()
            return int(size), b64.decode(root)
        except (ValueError, RecordError) as fault:
            raise FolderFault(f"{self.path}: expected a size and a root.") from fault

    def write(self, size: int, root: bytes) -> None:
        """Write both durably."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(self.path, f"{size} {b64.encode(root)}\n".encode())


def write_durably(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file so that after a crash either the old or the new content is there."""
    draft = path.with_name(path.name + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_key(path: Path, seed: bytes) -> None:
    """Write a key that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, seed.hex().encode() + b"\n", 0o600)


def read_key(path: Path) -> PrivateKey:
    """Read a key; FolderFault naming the file if there is none or it is none."""
    try:
        return PrivateKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except FileNotFoundError:
        raise FolderFault(f"{path}: the key is missing.") from None
    except (ValueError, RecordError) as fault:
        raise FolderFault(f"{path}: expected a key of 32 bytes in hex.") from fault
