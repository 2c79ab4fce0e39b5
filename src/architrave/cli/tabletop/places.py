"""Where a table-top exercise may run: nowhere near a real node; and how it is wiped."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from architrave.node.errors import FolderFault, FolderInUse, NodeError
from architrave.node.folder import Folder, write_durably
from architrave.record.errors import RecordError
from architrave.record.founding import DEMONSTRATION_DOMAINS

__all__ = ["Ground", "advance", "exercise_ground", "require_apart", "wipe"]

_MARKER = "table-top"
_README = """DEMO, TABLE-TOP: three nodes of an exercise. What they sign means nothing, and all of
it is wiped when the exercise ends.
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """The folder of an exercise and its clock file; a folder `made` for it goes at the end."""

    root: Path
    clock: Path
    made: bool


def require_apart(place: Path) -> None:
    """FolderFault if a real node lives in a folder, above it, below it or beside it."""
    found = next((one for one in _near(place.resolve()) if _is_real(one)), None)
    if found is not None:
        raise FolderFault(
            f"{place}: a node that is no demonstration lives in {found}; a table-top exercise runs "
            "neither there nor beside it: choose another --folder."
        )


def _near(place: Path) -> Iterator[Path]:
    yield place
    yield from place.parents
    for folder in (place, place.parent):
        if folder.is_dir():
            yield from (one for one in sorted(folder.iterdir()) if one.is_dir())


def _is_real(folder: Path) -> bool:
    """True if a node's folder is no demonstration's, or cannot say that it is."""
    try:
        if not (folder / "node.json").is_file():
            return False
        if (folder / "founding.json").is_file():
            return not Folder(folder).founding().demonstration
        return Folder(folder).setting("domain") not in DEMONSTRATION_DOMAINS
    except PermissionError:
        return False  # whoever may not look into a folder does not run its node
    except (NodeError, RecordError, OSError):
        return True


@contextmanager
def exercise_ground(folder: Path | None, clock: Path | None) -> Iterator[Ground]:
    """An empty folder to play in, held while the exercise runs. FolderFault if it may not be."""
    lent = folder is None
    root = folder or Path(tempfile.mkdtemp(prefix="architrave-table-top-"))
    ground = Ground(root, clock or root / "clock", lent or not root.exists())
    try:
        require_apart(root)
        if clock is not None:
            require_apart(clock.parent)
            if clock.exists() or not clock.parent.is_dir():
                raise FolderFault(f"{clock}: expected a new file in a folder that is there.")
    except FolderFault:
        if lent:
            root.rmdir()
        raise
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        _require_left_over(root)
    with open(root / _MARKER, "a+", encoding="utf-8") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(f"{root}: another exercise runs here; choose another.") from None
        _empty(root, [root / _MARKER])
        marker.truncate(0)
        marker.write(_README)
        marker.flush()
        yield ground


def _require_left_over(root: Path) -> None:
    """Return if all that lies in a folder was left by an exercise that was cut short."""
    # A file of that name may be anybody's: what it says tells whose it is. It is empty only where
    # an exercise was cut short before anything else was written.
    try:
        said = (root / _MARKER).read_text(encoding="utf-8")
    except (OSError, ValueError):
        said = None
    alone = [one.name for one in root.iterdir()] == [_MARKER]
    if said != _README and not (said == "" and alone):
        raise FolderFault(f"{root}: the folder is not empty, and no exercise made it.")


def wipe(ground: Ground, parties: Iterable[str], lines: int) -> str:
    """Wipe an exercise; the sentence that says what was deleted."""
    names = list(parties)
    files = sum(one.is_file() for one in ground.root.rglob("*"))
    _empty(ground.root, [])
    ground.clock.unlink(missing_ok=True)
    _lock_of(ground.clock).unlink(missing_ok=True)
    if ground.made:
        ground.root.rmdir()
    return (
        f"Wiped: {len(names)} nodes ({', '.join(names)}) with minute books of {lines} lines, their "
        f"keys, their tokens and the clock, {files} files in {ground.root}; nothing is left of it."
    )


def _empty(root: Path, kept: Iterable[Path]) -> None:
    spared = set(kept)
    for one in sorted(root.iterdir()):
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        elif one not in spared:
            one.unlink()


def advance(clock: Path, milliseconds: int) -> int:
    """Move a clock that others may move at the same time; the time (ms) that it then shows."""
    if not clock.is_file():
        raise FolderFault(f"{clock}: no exercise runs on this clock.")
    with open(_lock_of(clock), "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            now = int(clock.read_text(encoding="ascii")) + milliseconds
        except (OSError, ValueError):
            raise FolderFault(f"{clock}: no exercise runs on this clock.") from None
        write_durably(clock, str(now).encode())
    return now


def _lock_of(clock: Path) -> Path:
    return clock.with_name(clock.name + ".lock")
