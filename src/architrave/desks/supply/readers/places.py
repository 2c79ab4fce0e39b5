"""Where the files of a table lie: a file, a packed one, a folder, or a folder packed as one file.

Nothing is unpacked to disk: a packed file is read as a stream.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

from architrave.desks.errors import BadInput

__all__ = [
    "UNREADABLE", "file_like", "names_in", "only_text", "opened_text", "packed_file", "text_name",
]  # fmt: skip

UNREADABLE = (BadZipFile, EOFError, gzip.BadGzipFile, zlib.error)
"""What reading raises where a packed file is broken or cut short."""


def names_in(path: Path) -> tuple[str, ...]:
    """The files in a folder or a packed folder, by their paths in it; none for any other file."""
    try:
        if path.is_dir():
            return tuple(
                sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
            )
        if is_zipfile(path):
            with ZipFile(path) as packed:
                return tuple(sorted(one.filename for one in packed.infolist() if not one.is_dir()))
    except (OSError, BadZipFile, RuntimeError) as fault:
        raise BadInput(f"{path.name}: it cannot be opened ({fault}).") from fault
    return ()


def file_like(names: Sequence[str], ending: str) -> str | None:
    """The one file whose name is `ending`, or ends so where that begins with ``_`` or ``.``.

    Of several the one in the fewest folders is meant; BadInput where two lie side by side, as two
    years do.
    """
    part = ending[0] in "_."
    fitting = [
        name
        for name in names
        if (name.endswith(ending) if part else PurePosixPath(name).name == ending)
    ]
    fitting.sort(key=lambda name: (name.count("/"), name))
    if len(fitting) > 1 and fitting[0].count("/") == fitting[1].count("/"):
        raise BadInput(f"both {fitting[0]} and {fitting[1]} lie there; name the folder of one.")
    return fitting[0] if fitting else None


def text_name(path: Path, name: str | None = None) -> str:
    """What a text is called in a fault: its own name, or that of the one packed in the file."""
    if name is not None:
        return PurePosixPath(name).name
    inside = [one for one in names_in(path) if one.lower().endswith(".csv")]
    return PurePosixPath(inside[0]).name if len(inside) == 1 else path.name


@contextmanager
def opened_text(
    path: Path, name: str | None = None, errors: str = "strict"
) -> Iterator[Iterator[str]]:
    """The lines of a text: of the file itself (also packed with gzip), or of one in it, by name.

    Without a `name` a packed file must hold one CSV. BadInput for several, or no UTF-8; `errors`
    is as `open` has it, for texts of which only plain letters are used.
    """
    try:
        if path.is_dir():
            if name is None:
                raise BadInput(f"{path.name}: it is a folder, and no one text is meant.")
            with (path / name).open(encoding="utf-8", errors=errors, newline="") as lines:
                yield lines
        elif is_zipfile(path):
            with packed_file(path, name or only_text(path)) as raw:
                yield TextIOWrapper(raw, encoding="utf-8", errors=errors, newline="")
        elif path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8", errors=errors, newline="") as lines:
                yield lines
        else:
            with path.open(encoding="utf-8", errors=errors, newline="") as lines:
                yield lines
    except UnicodeDecodeError:
        raise BadInput(f"{text_name(path, name)}: it is no text in UTF-8.") from None
    except UNREADABLE as fault:
        raise BadInput(f"{path.name}: it cannot be read ({fault}).") from fault


@contextmanager
def packed_file(path: Path, name: str) -> Iterator[IO[bytes]]:
    """The bytes of one file in a zip; BadInput where it is locked or packed in an unknown way."""
    with ZipFile(path) as packed:
        try:
            raw = packed.open(name)
        # A password is asked for, a way of packing is not known, or it is not where it should be.
        except (RuntimeError, OSError) as fault:
            raise BadInput(f"{path.name}: {name} cannot be read ({fault}).") from fault
        with raw:
            yield raw


def only_text(path: Path) -> str:
    """The one CSV in a packed file; BadInput for none or several, naming some."""
    inside = [one for one in names_in(path) if one.lower().endswith(".csv")]
    if len(inside) != 1:
        shown = ", ".join(PurePosixPath(one).name for one in inside[:6]) or "none"
        raise BadInput(
            f"{path.name}: it holds {len(inside)} tables ({shown}); unpack it and name one."
        )
    return inside[0]
