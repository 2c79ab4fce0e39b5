"""`architrave export`, `verify` and `tamper`: the record as files, checked by anyone."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.audit_words import (
    FAULT,
    GOOD,
    UNTRUSTED,
    audit_value,
    exit_status,
    lines_of,
    taken_over_lines,
    wrapped,
)
from architrave.cli.export_places import (
    Place,
    open_place,
    record_files,
    require_empty,
    state_at,
    write_export,
)
from architrave.cli.faults import plainly
from architrave.cli.package_verify import (
    PackageFault,
    is_package,
    package_at,
    package_lines,
    package_status,
    package_value,
)
from architrave.cli.places import node_folder
from architrave.cli.since_verify import Since, since_lines, since_status, since_value, sinces
from architrave.cli.tampering import What, city_of, noticed, tamper, told
from architrave.institution.opening import PublicReader
from architrave.node.durable import write_durably
from architrave.node.errors import NodeError
from architrave.record.audit import Progress, ReadFile, audit, audit_on
from architrave.record.audit_state import format_state
from architrave.record.cosignatures import parse_cosigner
from architrave.record.errors import Malformed, OtherRecord, RecordError
from architrave.record.findings import Audit
from architrave.record.notes import NoteKey

__all__ = ["export_", "tamper_", "verify"]

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@plainly
def export_(
    node: Annotated[
        str, typer.Argument(help="A node's folder, or a capital of the demonstration.")
    ],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    as_json: AsJson = False,
) -> None:
    """Write the public record into a folder that anyone can check."""
    require_empty(folder)
    files = record_files(node_folder(node))
    count = write_export(files.items(), folder)
    if as_json:
        _print_json({"folder": str(folder), "files": count})
        return
    sentence = f"Written: {count} files in {folder}. `architrave verify {folder}` checks them."
    typer.echo("\n".join(wrapped(sentence)))


@plainly
def verify(
    record: Annotated[
        str, typer.Argument(help="A folder, a node's web address, or the package of one line.")
    ],
    founding: Annotated[
        Path | None, typer.Option(help="The founding, as you got it from a capital yourself.")
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(help="Where you keep how far you have checked it; made the first time."),
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(help="The vkey of an outside witness that you trust; may be repeated."),
    ] = None,
    since: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint that you kept, of any book and copy; may be repeated."),
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(help="With --since: where a proof of two histories is written, if any."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a record, or the package of one line, without asking anybody.

    Ends with 0 if all is good, 1 with a fault, 3 if it fits together and nobody said whom to trust.
    With --state only what is new since the last time is read; what changed meanwhile in files that
    were read then is seen without --state. After a fault the state stays as it was. Each --witness
    must have attested some book, and what it has attested must stand. The record must continue the
    checkpoint of each --since, and those of one book each other.
    """
    keys = [_witness_key(one) for one in witness or ()]
    trusted = founding.read_bytes() if founding is not None else None
    if is_package(record):
        if state is not None or keys or since or proof:
            raise NodeError(f"{record}: a package takes --founding and --json only.")
        _verify_package(record, trusted, as_json)
    kept = state_at(state) if state is not None else None
    with open_place(record) as place, _progress() as progress:
        try:
            read, listed = place.read, place.listed
            audited = audit_on(read, listed, PublicReader, kept, trusted, progress, witnesses=keys)
        except OtherRecord as fault:
            raise OtherRecord(f"{state}: {fault}") from fault
        compared = _compared(read, since or (), trusted, audited.found)
    if state is not None and audited.state is not None:
        write_durably(state, format_state(audited.state))
    convicts = next((one.found.convicts for one in compared if one.found.convicts), b"")
    if proof is not None and convicts:
        write_durably(proof, convicts)
    found = audited.found
    if as_json:
        value = {**audit_value(found), "read_before": dict(audited.taken_over)}
        _print_json({**value, "since": since_value(compared)} if since else value)
    else:
        said = [*since_lines(compared), *lines_of(found), *taken_over_lines(audited)]
        typer.echo("\n".join(said))
    statuses = {exit_status(found), since_status(compared)}
    raise typer.Exit(next(one for one in (FAULT, UNTRUSTED, GOOD) if one in statuses))


def _compared(
    read: ReadFile, notes: Sequence[Path], trusted: bytes | None, found: Audit
) -> tuple[Since, ...]:
    if not notes:
        return ()
    try:
        return sinces(read, notes, trusted)
    except (NodeError, RecordError):
        if found.faults:
            return ()  # the record itself does not hold, which is told
        raise


def _verify_package(name: str, trusted: bytes | None, as_json: bool) -> None:
    try:
        found = package_at(name, trusted)
    except PackageFault as fault:
        if as_json:
            _print_json({"verdict": "fault", "fault": str(fault)})
        else:
            typer.echo("\n".join(wrapped(f"FAULT: {fault}")))
        raise typer.Exit(FAULT) from fault
    if as_json:
        _print_json(package_value(found))
    else:
        typer.echo("\n".join(package_lines(found)))
    raise typer.Exit(package_status(found))


def _witness_key(vkey: str) -> NoteKey:
    try:
        return parse_cosigner(vkey)
    except Malformed as fault:
        raise NodeError(f"--witness: {fault}") from fault


def _audited(place: Place, trusted: bytes | None, progress: Progress | None = None) -> Audit:
    return audit(place.read, place.listed, PublicReader, trusted, progress)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on standard error while lines are read; none where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("Reading the minute books", total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


@plainly
def tamper_(
    capital: Annotated[str, typer.Argument(help="A capital of the demonstration, or a folder.")],
    what: Annotated[What, typer.Option(help="What to change a byte of.")] = What.ENTRY,
    seed: Annotated[int, typer.Option(help="Chooses the byte.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Change one byte of a copy of the record, and see who notices.

    Ends with 0 if somebody does, 1 if nobody does. The record itself stays as it is.
    """
    from architrave.cli.reading import read_folder

    reading = read_folder(node_folder(capital))
    party, charter = reading.folder.party, reading.charter
    files, trusted = record_files(reading.folder.path), reading.folder.founding_bytes()
    with tempfile.TemporaryDirectory(prefix="architrave-copy-") as draft:
        copy = Path(draft) / "record"
        write_export(files.items(), copy)
        with open_place(str(copy)) as place:
            before = _audited(place, trusted)
            change = tamper(files, reading.founding, charter, party, what, seed)
            (copy / change.path).write_bytes(change.after)
            after = _audited(place, trusted)
    fresh = [fault for fault in after.faults if fault not in before.faults]
    status = GOOD if fresh else FAULT
    if as_json:
        value = {
            "capital": city_of(charter, party),
            "what": what.value,
            "path": change.path,
            "byte": change.at,
            "old": change.old,
            "new": change.new,
            "noticed": bool(fresh),
            "faults": [{"place": fault.place, "message": fault.message} for fault in fresh],
        }
        _print_json(value)
        raise typer.Exit(status)
    lines = wrapped(told(change))
    if fresh:
        lines += wrapped(f"Noticed: {noticed(what, party, before, charter)}:")
        lines += [row for one in fresh for row in wrapped(f"  {one.place}: {one.message}")]
    else:
        lines += ["Nobody noticed. That must not be: please report it."]
    typer.echo("\n".join([*lines, "The record itself is as it was."]))
    raise typer.Exit(status)


def _print_json(value: object) -> None:
    # A file's name may be no text at all: its odd bytes are then written as JSON escapes.
    text = json.dumps(value, ensure_ascii=False, indent=1)
    typer.echo(text.encode("utf-8", "backslashreplace").decode())
