"""The files of an export beside its logs and acts: the fixed ones, and those that should not be."""

from __future__ import annotations

import hashlib

from architrave.record.attested import is_attested
from architrave.record.audit_log import ReadFile, ReadLog
from architrave.record.errors import Malformed, RecordError
from architrave.record.findings import Fault
from architrave.record.founding import Founding, read_founding
from architrave.record.layout import (
    ACTS,
    CHARTER,
    FOUNDING,
    README,
    TOMBSTONES,
    checkpoint_path,
    proof_path,
    readme,
    signed_path,
    succession_path,
    tile_belongs,
)
from architrave.record.tiles import parse_path

__all__ = ["check_surplus", "check_texts", "founding_of"]


def founding_of(
    read: ReadFile, wanted: Founding | None, faults: list[Fault]
) -> tuple[Founding | None, bool]:
    """The founding to go on with, and whether it is the trusted one."""
    data = read(FOUNDING)
    if data is None:
        faults.append(Fault(FOUNDING, "the file is missing."))
        return wanted, wanted is not None
    try:
        found = read_founding(data)
    except RecordError as fault:
        faults.append(Fault(FOUNDING, str(fault)))
        return wanted, wanted is not None
    if wanted is not None and found.id != wanted.id:
        faults.append(
            Fault(FOUNDING, f"this is institution {found.id}, the trusted one is {wanted.id}.")
        )
        return None, False
    return found, wanted is not None


def check_texts(read: ReadFile, founding: Founding, faults: list[Fault]) -> None:
    """Compare the charter and the README with what the founding says of them."""
    charter = read(CHARTER)
    if charter is None:
        faults.append(Fault(CHARTER, "the file is missing."))
    elif hashlib.sha256(charter).hexdigest() != founding.charter:
        faults.append(Fault(CHARTER, "its SHA-256 is not the one that the founding names."))
    text = read(README)
    if text is None:
        faults.append(Fault(README, "the file is missing."))
    elif text != readme(founding):
        faults.append(Fault(README, "it is not the text that goes with this founding."))


def check_surplus(
    read: ReadFile, paths: frozenset[str], logs: list[ReadLog], faults: list[Fault]
) -> None:
    """Blame each file that is no part of an export of these logs."""
    fixed = {FOUNDING, CHARTER, README}
    for log in logs:
        optional = {signed_path(log.folder), proof_path(log.folder)}
        optional |= {succession_path(log.folder, one) for one in log.keys.generations}
        for path in sorted(optional & paths):
            if read(path) is None:
                faults.append(Fault(path, "it is listed and cannot be read as an ordinary file."))
        fixed |= {checkpoint_path(log.folder), *optional}
    folders = {log.folder: log for log in logs}
    for path in sorted(paths - fixed):
        if path.startswith((ACTS, TOMBSTONES)):
            continue  # judged with the acts
        folder, _, rest = path.partition("/")
        if folder in folders and is_attested(rest):
            continue  # judged with the witnesses
        if folder not in folders or not _expected(folders[folder], rest):
            faults.append(Fault(path, "this file is no part of the export."))


def _expected(log: ReadLog, path: str) -> bool:
    try:
        level, index, width = parse_path(path)
    except Malformed:
        return False
    if log.top is None:
        return True  # how many files there should be is not known without a checkpoint
    return tile_belongs(log.top.size, 0 if level == "entries" else level, index, width)
