"""`architrave verify PACKAGE`: one line of a minute book, from the files that a page handed out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from architrave.cli.audit_words import GOOD, UNTRUSTED, wrapped
from architrave.institution.opening import why_not_under
from architrave.node.errors import NodeError
from architrave.portal.composing.instants import utc
from architrave.record.b64 import encode
from architrave.record.errors import RecordError
from architrave.record.package import LONGEST, PROOF, PackageFound, check_package

__all__ = [
    "PackageFault",
    "is_package",
    "package_at",
    "package_lines",
    "package_status",
    "package_value",
]

_MOST = 64  # files; a package has one more for each time that its log went on under another key


class PackageFault(NodeError):
    """A package does not hold; the text names its file and says why in one sentence."""


def is_package(name: str) -> bool:
    """Say whether a path leads to a package: any file, or a folder that holds an offline proof."""
    if "://" in name:
        return False
    path = Path(name)
    return path.is_file() or (path / PROOF).is_file()


def package_at(name: str, trusted: bytes | None) -> PackageFound:
    """Check a package in a zip file or a folder; NodeError if none can be read there.

    PackageFault, naming the file, if it does not hold.
    """
    path = Path(name)
    files = _in_folder(path) if path.is_dir() else _in_zip(path)
    try:
        return check_package(files, why_not_under, trusted)
    except RecordError as fault:
        raise PackageFault(_plain(f"{name}: {fault}")) from fault


def _in_folder(folder: Path) -> dict[str, bytes]:
    files = {}
    for place in sorted(folder.rglob("*")):
        path = place.relative_to(folder).as_posix()
        if place.is_dir() and not place.is_symlink():
            continue
        if place.is_symlink() or not place.is_file():
            raise NodeError(f"{folder}: {path}: expected an ordinary file.")
        with place.open("rb") as file:
            files[path] = _short(file.read(LONGEST + 1), folder, path)
        _require_few(len(files), folder)
    return files


def _in_zip(path: Path) -> dict[str, bytes]:
    if path.stat().st_size > _MOST * LONGEST:
        raise NodeError(f"{path}: it is longer than any package.")
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
            entries = [one for one in packed.infolist() if not one.is_dir()]
            _require_few(len(entries), path)
            for entry in entries:
                if entry.filename in files:
                    raise PackageFault(_plain(f"{path}: {entry.filename}: it is there twice."))
                files[entry.filename] = _unpacked(packed, entry, path)
    except zipfile.BadZipFile as fault:
        raise NodeError(f"{path}: no package: it is no zip file that can be read.") from fault
    return files


def _unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    try:
        with packed.open(entry) as file:
            return _short(file.read(LONGEST + 1), path, entry.filename)
    except NodeError:
        raise
    except Exception as fault:  # what a damaged zip file raises is not written down anywhere
        reason = "its bytes are not those that were packed."
        raise PackageFault(_plain(f"{path}: {entry.filename}: {reason}")) from fault


def _short(data: bytes, place: Path, name: str) -> bytes:
    if len(data) > LONGEST:
        raise NodeError(f"{place}: {name}: longer than any file of a package.")
    return data


def _plain(text: str) -> str:
    """A sentence with names from a file of somebody else, without letters that move the cursor."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _require_few(count: int, place: Path) -> None:
    if count > _MOST:
        raise NodeError(f"{place}: more than {_MOST} files; a package has fewer.")


# -- in words -------------------------------------------------------------------------------------


def package_status(found: PackageFound) -> int:
    """0 if all holds, 3 if it does and nobody said whose founding to trust."""
    return GOOD if found.trusted else UNTRUSTED


def package_lines(found: PackageFound) -> Iterator[str]:
    """What holds, one sentence for each check, the verdict last."""
    if found.founding.demonstration:
        yield "DEMO: made for a demonstration. Its signatures mean nothing."
    yield f"Institution {found.founding.id}"
    yield ""
    for sentence in _sentences(found):
        yield from wrapped(f"Holds: {sentence}")
    yield ""
    for sentence in _remarks(found):
        yield from wrapped(f"To know: {sentence}")
    if found.trusted:
        yield from wrapped("Good. The line is as the capitals of this founding signed it.")
        return
    yield from wrapped(
        "It fits together. Whether these are the capitals' own keys is not settled: pass"
        " --founding with the founding as you got it from a capital yourself."
    )


def _sentences(found: PackageFound) -> Iterator[str]:
    names = ", ".join(one.name for one in found.founding.members)
    yield f"the founding is signed by every party ({names})."
    if found.trusted:
        yield "it is the founding that you brought."
    party, size = found.member.name, found.checkpoint.size
    for log in found.successions:
        yield f"every party has signed that the minute book goes on as {log}."
    yield f"the minute book of {party} signed a checkpoint of {size} lines."
    latest = utc(max(found.cosigned.values()) * 1000)
    others = ", ".join(one.name for one in found.founding.members if one != found.member)
    yield (
        f"every other party ({others}) cosigned it, with {found.keys} signatures in all, the last"
        f" at {latest}."
    )
    yield f"line {found.position + 1} is among those lines, unchanged."
    yield f"{party} signed the line; its author dates it {utc(found.t)}."
    if found.opened is not None:
        yield "the text is the one that was sealed in this line, signed by the key that it names."


def _remarks(found: PackageFound) -> Iterator[str]:
    if found.seal is None:
        yield "the line is an acknowledgement and carries no text."
    elif found.opened is None:
        yield (
            "the line holds a sealed text. The text is not in this package, which shows only that"
            " the line was there."
        )
    else:
        yield (
            "whether the key served the seat that the text names, and whether the entry was"
            " admitted, only the whole record shows."
        )


def package_value(found: PackageFound) -> Mapping[str, object]:
    """The same as a JSON value."""
    return {
        "verdict": "good" if found.trusted else "fits together",
        "institution": found.founding.id,
        "demonstration": found.founding.demonstration,
        "trusted": found.trusted,
        "party": found.member.name,
        "log": found.log,
        "line": found.position + 1,
        "at": found.t,
        "checkpoint": {
            "origin": found.checkpoint.origin,
            "size": found.checkpoint.size,
            "root": encode(found.checkpoint.root),
        },
        "cosigned": dict(found.cosigned),
        "successions": list(found.successions),
        "seal": found.seal.hex() if found.seal is not None else None,
        "text": found.opened.name if found.opened is not None else None,
    }
