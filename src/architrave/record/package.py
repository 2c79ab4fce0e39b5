"""One line of a minute book as files that are enough to check it: what an outsider is handed.

Files, by name; all but the marked ones are always there::

    README.txt                       for people; says nothing that is checked
    SHA256SUMS                       the digest of each other file, as `sha256sum` writes it
    founding.json                    the founding, as in an export
    line.tlog-proof                  the offline proof, its checkpoint cosigned by all others
    line.entry                       the entry
    line.act                         if anyone may read it: the salt, then the act
    <party>/succession.<generation>  for each later log up to the one that signed the checkpoint

The file names of titles are those of an export, so that its reader of titles reads these too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from architrave.record.audit_headers import ActLine, Headers
from architrave.record.audit_notes import open_accounted
from architrave.record.audit_succession import LogKeys, keys_of_log
from architrave.record.checkpoints import Checkpoint, parse_checkpoint
from architrave.record.cosignatures import cosigners
from architrave.record.entries import Audience, read_entry
from architrave.record.errors import Malformed, ProofFailed, RecordError
from architrave.record.export import Published, PublishedLog
from architrave.record.findings import Fault
from architrave.record.founding import Founding, Member, read_founding
from architrave.record.layout import FOUNDING, README, check_folders, folder_of, succession_path
from architrave.record.notes import parse_note
from architrave.record.origins import first_log
from architrave.record.proofs import (
    OfflineProof,
    offline_proof,
    parse_offline_proof,
    verify_offline_proof,
)
from architrave.record.sealing import MAX_ACT, SALT_SIZE, SealedAct
from architrave.record.vkeys import NoteKey

__all__ = [
    "ACT",
    "ENTRY",
    "LONGEST",
    "PROOF",
    "SUMS",
    "JudgeAct",
    "LineFiles",
    "PackageFound",
    "check_package",
    "covered_size",
    "line_files",
    "package_files",
]

PROOF = "line.tlog-proof"
ENTRY = "line.entry"
ACT = "line.act"
SUMS = "SHA256SUMS"

LONGEST = 4 << 20
"""No file of a package is longer: the longest are a proof and an act."""

JudgeAct = Callable[[Founding, ActLine, SealedAct], str | None]
"""Why an act may not stand under its line, in one sentence; None if it may."""


# -- what is handed out ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineFiles:
    """The files of one line, by name, without the two that are for people."""

    files: Mapping[str, bytes]

    @property
    def proof(self) -> bytes:
        """The offline proof."""
        return self.files[PROOF]

    @property
    def open(self) -> bool:
        """True if the text of the line is among them."""
        return ACT in self.files


def covered_size(log: PublishedLog, founding: Founding) -> int:
    """How many entries of a log lie under a checkpoint that every other party has cosigned."""
    if not log.checkpoint:
        return 0
    note = parse_note(log.checkpoint)
    if len(cosigners(note, _cosigner_keys(founding, log.member))) < len(founding.members) - 1:
        return 0
    return parse_checkpoint(note.text).size


def line_files(published: Published, member: Member, size: int) -> LineFiles | None:
    """The files of a member's line, named by the `size` of the log that ends with it.

    None if no checkpoint that all others have cosigned covers it.
    """
    founding, log = published.founding, published.log(member)
    if not 0 < size <= covered_size(log, founding):
        return None
    entry = log.branch.entries[size - 1]
    files = {
        FOUNDING: published.founding_file,
        PROOF: offline_proof(log.branch, log.branch.tips[size - 1], log.checkpoint),
        ENTRY: entry.data,
    }
    act = published.act(entry.header.seal) if entry.header.seal is not None else None
    if isinstance(act, SealedAct):
        files[ACT] = act.salt + act.data
    folder = folder_of(member)
    titles = {succession_path(folder, one): data for one, data in log.titles.items()}
    keys = keys_of_log(titles.get, member, founding, folder, log.checkpoint, [])
    files |= {path: titles[path] for path in _title_paths(folder, keys)}
    return LineFiles(files)


def package_files(line: LineFiles, readme: bytes) -> dict[str, bytes]:
    """All files of a package, by name and in that order."""
    files = dict(sorted({**line.files, README: readme}.items()))
    return dict(sorted({**files, SUMS: _sums(files)}.items()))


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


def _title_paths(folder: str, keys: LogKeys) -> list[str]:
    return [succession_path(folder, one) for one in keys.generations]


def _cosigner_keys(founding: Founding, member: Member) -> list[NoteKey]:
    return [key for one in founding.members if one != member for key in one.cosigners]


# -- what is checked ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PackageFound:
    """What a package shows, all of which holds.

    `trusted` says that its founding is the one that the reader brought. `log` is the name under
    which the line stands, `position` its index, `cosigned` the times (seconds since 1970) of the
    cosignatures by cosigner, `keys` how many signatures those are, `t` (ms) the author's claim of
    the line's time. `opened` is the act, if it is there.
    """

    founding: Founding
    trusted: bool
    member: Member
    log: str
    position: int
    checkpoint: Checkpoint
    cosigned: Mapping[str, int]
    keys: int
    successions: tuple[str, ...]
    t: int
    seal: bytes | None
    to: Audience | None
    opened: SealedAct | None


def check_package(
    files: Mapping[str, bytes], judge: JudgeAct, trusted: bytes | None = None
) -> PackageFound:
    """Check a package, given by file name. `trusted` is the founding file that the reader trusts.

    RecordError with one sentence that names the file, at the first thing that does not hold.
    """
    for name in (FOUNDING, PROOF, ENTRY, README, SUMS):
        if name not in files:
            raise Malformed(f"{name}: the file is missing.")
    with _named(FOUNDING):
        founding = read_founding(files[FOUNDING])
        check_folders(founding)
        if trusted is not None and read_founding(trusted).id != founding.id:
            raise Malformed(f"it is {founding.id}, not the founding that you brought.")
    with _named(PROOF):
        proof = parse_offline_proof(files[PROOF])
        if proof.extra is not None:
            raise Malformed("it has a line of extra, which nobody has signed.")
        origin = parse_checkpoint(parse_note(proof.note_bytes).text).origin
        if first_log(origin) not in founding.origins:
            raise Malformed(f"{origin} is no log of this founding.")
        member = founding.member(first_log(origin))
    keys = _keys(files, founding, member, proof)
    checkpoint, cosigned = _proven(files[ENTRY], proof, founding, member, keys)
    header, line = _read_line(files[ENTRY], proof.index, founding, member, keys)
    opened = _opened(files.get(ACT), line, founding, judge)
    _require_known(files, {*_title_paths(folder_of(member), keys)})
    _check_sums(files)
    return PackageFound(
        founding=founding,
        trusted=trusted is not None,
        member=member,
        log=keys.at(proof.index).log,
        position=proof.index,
        checkpoint=checkpoint,
        cosigned=cosigned,
        keys=len(_cosigner_keys(founding, member)),
        successions=tuple(one.log for one in keys.segments[1:]),
        t=header.time,
        seal=line.seal if line is not None else None,
        to=line.to if line is not None else None,
        opened=opened,
    )


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Let what does not hold be told with the name of its file."""
    try:
        yield
    except RecordError as fault:
        raise type(fault)(f"{path}: {fault}") from fault


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise Malformed(f"{faults[0].place}: {faults[0].message}")


def _keys(
    files: Mapping[str, bytes], founding: Founding, member: Member, proof: OfflineProof
) -> LogKeys:
    faults: list[Fault] = []
    folder = folder_of(member)
    keys = keys_of_log(files.get, member, founding, folder, proof.note_bytes, faults)
    _raise(faults)
    return keys


def _proven(
    entry: bytes, proof: OfflineProof, founding: Founding, member: Member, keys: LogKeys
) -> tuple[Checkpoint, Mapping[str, int]]:
    """The checkpoint, every line of it accounted for, under which the entry is in the log."""
    faults: list[Fault] = []
    key, needed = keys.latest.note_key, _cosigner_keys(founding, member)
    open_accounted(proof.note_bytes, f"{PROOF} checkpoint", member, key, founding, True, faults)
    _raise(faults)
    try:
        checkpoint = verify_offline_proof(proof, entry, key, needed)
    except ProofFailed as fault:
        reason = f"it does not lead from {ENTRY} to the checkpoint: {fault}"
        raise ProofFailed(f"{PROOF}: {reason}") from fault
    except RecordError as fault:
        raise type(fault)(f"{PROOF}: {fault}") from fault
    return checkpoint, cosigners(parse_note(proof.note_bytes), needed)


def _read_line(
    entry: bytes, position: int, founding: Founding, member: Member, keys: LogKeys
) -> tuple[Headers, ActLine | None]:
    with _named(ENTRY):
        read_entry(entry)
    headers = Headers(member, founding, 0, keys)
    headers.take(entry, position, ENTRY)
    if headers.fault is not None:
        _raise([headers.fault])
    return headers, headers.lines[0] if headers.lines else None


def _opened(
    data: bytes | None, line: ActLine | None, founding: Founding, judge: JudgeAct
) -> SealedAct | None:
    if data is None:
        return None
    if line is None:
        raise Malformed(f"{ACT}: the line carries no text.")
    if not SALT_SIZE < len(data) <= SALT_SIZE + MAX_ACT:
        raise Malformed(f"{ACT}: expected a salt of {SALT_SIZE} bytes and an act.")
    act = SealedAct(data[:SALT_SIZE], data[SALT_SIZE:])
    if act.seal != line.seal:
        raise Malformed(f"{ACT}: its bytes do not open the seal that {ENTRY} holds.")
    reason = judge(founding, line, act)
    if reason is not None:
        raise Malformed(f"{ACT}: {reason}")
    return act


def _require_known(files: Mapping[str, bytes], titles: set[str]) -> None:
    known = {README, SUMS, FOUNDING, PROOF, ENTRY, ACT, *titles}
    for name in sorted(files):
        if name not in known:
            raise Malformed(f"{name}: nothing in this package asks for the file.")


def _check_sums(files: Mapping[str, bytes]) -> None:
    others = {name: data for name, data in files.items() if name != SUMS}
    given = set(files[SUMS].splitlines(keepends=True))
    for name, data in sorted(others.items()):
        if _sums({name: data}) not in given:
            raise Malformed(f"{name}: its SHA-256 is not the one that {SUMS} tells.")
    for line in given:
        name = line.rstrip(b"\n")[66:].decode("ascii", "replace")
        if name and name.isprintable() and name not in others:
            raise Malformed(f"{name}: {SUMS} tells of the file, and it is missing.")
    if files[SUMS] != _sums(others):
        raise Malformed(f"{SUMS}: expected one line for each other file, in order of names.")
