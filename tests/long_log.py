"""A log of any length, written and cosigned without peers: for what only shows in many tiles."""

from __future__ import annotations

import hashlib

from world import seed

from architrave.institution.opening import PublicReader
from architrave.record.audit import audit
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.cosignatures import cosign
from architrave.record.entries import Header, sign_entry
from architrave.record.export import Published, export_files, publish_log
from architrave.record.findings import Audit
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    Founding,
    Member,
    sign_founding,
)
from architrave.record.history import Branch, History
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note
from architrave.record.origins import log_origin

NAMES = ("Alder", "Birch")
CHARTER = b"a charter of two parties\n"


def key(name: str, role: str) -> PrivateKey:
    return PrivateKey(seed(name, role))


MEMBERS = tuple(
    Member(
        name,
        log_origin(name, DEMONSTRATION_DOMAIN),
        key(name, "party").public,
        key(name, "node").public,
        key(name, "cosigner").public,
        f"http://{name.lower()}.{DEMONSTRATION_DOMAIN}/",
    )
    for name in NAMES
)
FOUNDING = Founding(DEMONSTRATION_DOMAIN, hashlib.sha256(CHARTER).hexdigest(), True, MEMBERS)
FOUNDING_FILE = sign_founding(FOUNDING, {name: key(name, "party") for name in NAMES})


def append_receipt(branch: Branch, n: int, node: PrivateKey, t: int) -> None:
    """Write the next receipt, number `n`, signed by `node`, into a branch."""
    header = Header(
        log=branch.origin,
        n=n,
        t=t,
        key=node.public,
        founding=FOUNDING.id if n == 0 else None,
    )
    History(FOUNDING).append(branch, sign_entry(header, node).data)


def branch_of(name: str, size: int) -> Branch:
    """A branch of receipts."""
    branch = History(FOUNDING).main(FOUNDING.named(name).origin)
    for n in range(size):
        append_receipt(branch, n, key(name, "node"), 1_800_000_000_000 + n)
    return branch


def note_of(branch: Branch, size: int, *cosigners: str, seconds: int = 1_800_000_000) -> bytes:
    """A checkpoint of the first `size` entries, cosigned by the parties named."""
    name = FOUNDING.member(branch.origin).name
    checkpoint = Checkpoint(branch.origin, size, branch.tree.root(size))
    lines = [sign_checkpoint(checkpoint, key(name, "node"))]
    lines += [
        cosign(checkpoint, FOUNDING.named(other).cosigner.name, key(other, "cosigner"), seconds)
        for other in cosigners
    ]
    return format_note(checkpoint.text, lines)


def record_of(branches: dict[str, Branch], notes: dict[str, list[bytes]]) -> Published:
    return Published(
        FOUNDING,
        FOUNDING_FILE,
        CHARTER,
        lambda member: publish_log(member, FOUNDING, branches[member.name], notes[member.name]),
        lambda seal: None,
    )


def files_of(alder: int, birch: int) -> dict[str, bytes]:
    """An export of two logs of these sizes, cosigned by both."""
    branches = {"Alder": branch_of("Alder", alder), "Birch": branch_of("Birch", birch)}
    notes = {
        "Alder": [note_of(branches["Alder"], alder, "Birch")],
        "Birch": [note_of(branches["Birch"], birch, "Alder")],
    }
    return dict(export_files(record_of(branches, notes)))


def audited(files: dict[str, bytes]) -> Audit:
    return audit(files.get, lambda: list(files), PublicReader, FOUNDING_FILE)
