"""Each capital's copy of the record, exported and checked as an outsider would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from architrave.cli.demo.stage import Stage
from architrave.cli.export_places import open_place, record_files, write_export
from architrave.institution.opening import PublicReader
from architrave.node.folder import Folder
from architrave.record.audit import audit

__all__ = ["CheckedCopy", "check_copies", "export_copy"]


@dataclass(frozen=True, slots=True)
class CheckedCopy:
    """What verify says of one capital's export: lines signed, co-signed by all, and if it holds."""

    party: str
    lines: int
    cosigned: int
    sound: bool


def check_copies(stage: Stage, place: Path) -> list[CheckedCopy]:
    """Export each capital's copy and audit it, trusting the founding that all signed."""
    return [_checked(stage, party, place / party) for party in stage.charter.party_ids]


def _checked(stage: Stage, party: str, place: Path) -> CheckedCopy:
    export_copy(stage, party, place)
    trusted = Folder(stage.nodes[party].folder).founding_bytes()
    with open_place(str(place)) as files:
        found = audit(files.read, files.listed, PublicReader, trusted)
    return CheckedCopy(
        party,
        sum(log.signed_size for log in found.logs),
        sum(log.cosigned_size for log in found.logs),
        bool(found.logs) and found.trusted and not found.faults,
    )


def export_copy(stage: Stage, party: str, place: Path) -> None:
    """Leave one capital's record in a folder."""
    write_export(record_files(stage.nodes[party].folder).items(), place)
