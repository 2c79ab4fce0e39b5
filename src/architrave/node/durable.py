"""Files that are either the old ones or the new ones after a crash, and locks on them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from architrave.node.errors import FolderFault, FolderInUse

__all__ = ["LONGEST_FILE", "held", "read_bytes", "read_text", "write_durably"]

LONGEST_FILE = 32 << 20
"""Bytes of a file that is read whole: a setting, a key, a founding, a charter, a register."""


def write_durably(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file so that after a crash either the old or the new content is there.

    OSError if it cannot be written, and then the old content is still there.
    """
    draft = path.with_name(path.name + ".new")
    try:
        _write_all(draft, data, mode)
        # A crash before this line leaves the old content, and a draft that the next write replaces.
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    # A crash before this line may leave the old name pointing at the old content: still whole.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_all(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        os.fchmod(handle, mode)
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def read_bytes(path: Path, missing: str) -> bytes:
    """The bytes of a file; FolderFault if it cannot be read or is longer than LONGEST_FILE, in the
    words of `missing` if it is not there.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        raise FolderFault(missing) from None
    except OSError as fault:
        raise FolderFault(f"{path}: cannot be read ({fault.strerror}).") from fault
    if len(data) > LONGEST_FILE:
        raise FolderFault(f"{path}: longer than {LONGEST_FILE} bytes.")
    return data


def read_text(path: Path, missing: str) -> str:
    """The text of a UTF-8 file; FolderFault as `read_bytes`, and for other bytes."""
    try:
        return read_bytes(path, missing).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise FolderFault(f"{path}: not UTF-8 at byte {fault.start}.") from fault


@contextmanager
def held(path: Path, taken: str) -> Iterator[None]:
    """Hold the exclusive lock on a file; FolderInUse, in the words of `taken`, if another does.

    The kernel lets go of it when the process ends, however it ends.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise FolderFault(f"{path}: cannot be opened ({fault.strerror}).") from fault
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(taken) from None
        except OSError as fault:
            raise FolderFault(f"{path}: cannot be locked ({fault.strerror}).") from fault
        yield
    finally:
        os.close(handle)
