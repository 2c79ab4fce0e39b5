"""The token: the last signed size and root of a node's log, in a file outside its folder.

Wire form, two lines of 512 bytes, each filled up with spaces before its LF::

    <serial> <size> <root, base64> <first 16 hex digits of the SHA-256 of what stands before>

The line with the larger serial counts. A write goes over the other one, so it changes no name and
no length, and a crash in the middle of it leaves the line that counted before. A file of one line,
``<size> <root>``, as earlier versions wrote it, is read too, and replaced at the first write.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from architrave.node.durable import held, read_bytes, write_durably
from architrave.node.errors import FolderFault
from architrave.record import b64
from architrave.record.errors import RecordError
from architrave.record.tree import EMPTY_ROOT, HASH_SIZE

__all__ = ["Token"]

_LINE = 512


@dataclass(frozen=True, slots=True)
class _Signed:
    """What one line says, and which of the two it is; None for a file of an earlier version."""

    serial: int
    size: int
    root: bytes
    line: int | None

    @property
    def text(self) -> str:
        """The line, filled up."""
        said = f"{self.serial} {self.size} {b64.encode(self.root)}"
        return f"{said} {_digest(said)}".ljust(_LINE - 1) + "\n"


@dataclass(frozen=True, slots=True)
class Token:
    """The file; `architrave node init` writes it with size 0, so one that is missing was lost."""

    path: Path

    def read(self) -> tuple[int, bytes] | None:
        """The size and the root; None if there is no file. FolderFault for anything else."""
        if not self.path.exists():
            return None
        found = self._found()
        return found.size, found.root

    def write(self, size: int, root: bytes) -> None:
        """Write both durably; OSError if that fails. FolderFault if what lies there is no token."""
        before = self._found() if self.path.exists() else None
        if before is None or before.line is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            first = _Signed(1, size, root, 0)
            write_durably(self.path, (first.text + " " * (_LINE - 1) + "\n").encode(), 0o600)
            return
        other = 1 - before.line
        _write_over(self.path, _Signed(before.serial + 1, size, root, other).text, other * _LINE)

    def begin(self) -> None:
        """Write the token of a log without entries, and the file that its lock is on."""
        self.write(0, EMPTY_ROOT)
        write_durably(self._lock, b"", 0o600)

    def _found(self) -> _Signed:
        # A line that was not written whole may hold anything, and is no reason to stop.
        data = read_bytes(self.path, f"{self.path}: the token is missing.")
        text = data.decode("latin-1")
        lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
        if len(lines) == 2 and len(text) == 2 * _LINE:
            found = [one for number, line in enumerate(lines) if (one := _read(line, number))]
        else:
            found = [one] if (one := _read_earlier(text)) else []
        if not found:
            raise FolderFault(f"{self.path}: expected a size and a root.")
        return max(found, key=lambda one: one.serial)

    @property
    def _lock(self) -> Path:
        return self.path.with_name(self.path.name + ".lock")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the token; FolderInUse if a copy of the folder runs with it."""
        with held(
            self._lock, f"{self.path}: a process with a copy of this folder holds the token."
        ):
            yield


def _write_over(path: Path, text: str, at: int) -> None:
    handle = os.open(path, os.O_WRONLY)
    try:
        data = text.encode()
        if os.pwrite(handle, data, at) != len(data):
            raise OSError(f"{path}: the line was not written whole")
        os.fdatasync(handle)
    finally:
        os.close(handle)


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _read(line: str, number: int) -> _Signed | None:
    """What a line says; None if it was not written whole, or never."""
    words = line.split()
    if len(words) != 4 or not (words[0].isdecimal() and words[0].isascii()):
        return None
    signed = _signed(words[1], words[2], int(words[0]), number)
    return signed if signed is not None and signed.text == line else None


def _read_earlier(text: str) -> _Signed | None:
    words = text.split()
    signed = _signed(words[0], words[1], 0, None) if len(words) == 2 else None
    if signed is None or text != f"{signed.size} {b64.encode(signed.root)}\n":
        return None
    return signed


def _signed(size: str, root: str, serial: int, number: int | None) -> _Signed | None:
    try:
        found = _Signed(serial, int(size), b64.decode(root), number)
    except (ValueError, RecordError):
        return None
    return found if found.size >= 0 and len(found.root) == HASH_SIZE else None
