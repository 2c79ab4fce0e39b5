"""`architrave evidence …`: what desks worked out as the text of a matter, and worked out again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from architrave.charter.parse import parse_charter
from architrave.cli.act_verbs import ActAnswer, Way, answer_lines, entered
from architrave.cli.desk_tables import (
    facts_in,
    marking,
    research_tables,
    tables_by_digest,
    tables_in,
)
from architrave.cli.faults import Unclear, plainly, text_of
from architrave.cli.layout import paragraph, print_json, print_lines, print_notes
from architrave.cli.look import Look, look
from architrave.cli.rerunning import Inputs, NotRerun, rerun_apart
from architrave.cli.shipped import shipped
from architrave.desks.consultation.words import worded
from architrave.desks.evidence import Assessment, Difference, differences, digest_of
from architrave.desks.registry import Sources, desk_named, names
from architrave.desks.tabling import assessments_in, holds_assessments, wording_with_evidence
from architrave.institution.attestations import MOST_CELLS
from architrave.institution.errors import InstitutionError
from architrave.institution.pending import focus
from architrave.institution.register import read_register
from architrave.portal.composing.fields import Tree
from architrave.portal.composing.finding import matter_found, nearest, standing_found
from architrave.portal.rows import wording_of

__all__ = [
    "CellRow",
    "EvidenceRow",
    "EvidenceSheet",
    "Fields",
    "app",
    "write_evidence",
    "write_fields",
]

app = typer.Typer(no_args_is_help=True, help="What desks worked out, tabled and worked out again.")

_CELLS_SHOWN, _LONGEST_VALUE, _LONGEST_LINE = 20, 60, 400
NOT_RERUN = {
    "ko": "재현하지 못하였습니다. 사유(영어):",
    "ja": "再現できませんでした。理由（英語）：",
    "en": "Not worked out again:",
}
"""What stands before the reason, which is worded in English, in each language."""

Data = Annotated[
    list[Path] | None, typer.Option("--data", help="A folder with further tables; may be repeated.")
]
Fields = Annotated[
    Path | None,
    typer.Option("--fields", help="Also write the fields of a matter that tables this."),
]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell in which what was tabled and what was worked out again differ."""

    cell: str
    tabled: object
    again: object


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One assessment: `state` is same, different or not-rerun, with the reason of the last.

    `named` says that the matter names its digest; `other_versions` that it was made by others than
    `versions`, those of here. `result` is the SHA-256 of what was worked out here, else empty.
    `newest` is the newest date or year of each layer on which it rests, empty if it names none;
    `lumping` is what it says of its tables' sectors.
    """

    desk: str
    question: str
    digest: str
    named: bool
    state: str
    other_versions: bool
    cells: list[CellRow]
    reason: str
    result: str
    versions: dict[str, str]
    newest: str = ""
    lumping: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """What `evidence check --json` prints; `version` is the version of the matter, from 1.

    `attested` is what became of each record entry that says so, where `--attest` asked for them.
    """

    symbol: str
    version: int
    assessments: list[EvidenceRow]
    attested: list[ActAnswer]


@app.command()
@plainly
def check(
    node: Annotated[str, typer.Argument(help="A node's folder, or a capital of the demo.")],
    symbol: Annotated[str, typer.Argument(help="The matter, by its symbol.")],
    data: Data = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--table", help="An input-output table as a file; may be repeated."),
    ] = None,
    seconds: Annotated[int, typer.Option(min=1, max=600, help="For each assessment.")] = 60,
    attest: Annotated[
        bool, typer.Option("--attest", help="Enter in the record what came.")
    ] = False,
    seat: Annotated[str | None, typer.Option(help="The seat for which it is signed.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Attest nothing; ask.")] = False,
    as_json: Json = False,
) -> None:
    """Work out again every assessment that a matter tables, and say which cells differ.

    With --attest each that the matter names becomes a record entry: same, different with the first
    cells, or not worked out again and why.
    """
    it = look(node)
    standing = standing_found(it, matter_found(it, symbol))
    shown = focus(standing)
    wording = wording_of(shown)
    found = _tabled(standing.symbol, wording.document)
    inputs = _inputs(it, data or [], files or [])
    named = frozenset(wording.digests.values())
    rows = [_row(one, inputs, named, seconds) for one in found]
    way = Way(seat, None, dry_run)
    attested = [
        entered(it, "attested", attestation(it, standing.name, shown.version.name, row), way)
        for row in rows
        if attest and row.named
    ]
    sheet = EvidenceSheet(standing.symbol, standing.versions.index(shown) + 1, rows, attested)
    if as_json:
        print_json(asdict(sheet))
    else:
        print_lines(line for row in sheet.assessments for line in _lines(row))
        for answer in attested:
            print_lines(answer_lines(it, answer))
    admitted = all(answer.admitted for answer in attested)
    if not admitted or any(row.state != "same" or not row.named for row in rows):
        raise typer.Exit(1)


@app.command()
@plainly
def fields(
    desks: Annotated[list[str], typer.Argument(help="One or more desks by name.")],
    out: Annotated[Path, typer.Option(help="The file to write, for `architrave act`.")],
    data: Annotated[Path | None, typer.Option(help="A folder with the desks' tables.")] = None,
    today: Annotated[str | None, typer.Option(help="As things stood on this date.")] = None,
    charter: Annotated[Path | None, typer.Option(help="Whose parties are meant.")] = None,
    as_json: Json = False,
) -> None:
    """Write the fields of a matter that tables what desks find in their tables."""
    for name in desks:
        if name not in names():
            raise Unclear(f"{name!r} is no desk; {nearest(name, names())}.")
    file = charter or shipped("charters/trilateral.toml")
    parties = tuple(parse_charter(text_of(file), file.name).party_ids)
    files = facts_in(shipped("data/register"))
    register = read_register(files, frozenset(parties)) if charter is None else None
    tables = tables_in(data) if data is not None else _shipped_tables()
    sources = Sources(tables, register, parties, marking)
    found = [one for name in desks for one in desk_named(name).assess(sources, _day(today))]
    wording = msgspec.to_builtins(wording_with_evidence({}, {}, found))
    del wording["title"], wording["summary"]
    write_fields(wording, out)
    if as_json:
        print_json({"file": str(out), "digests": wording["digests"]})
        return
    print_lines(paragraph(_next(out), 0))


def _tabled(symbol: str, document: str) -> tuple[Assessment, ...]:
    """The assessments of a matter; Unclear with its symbol if its text is of another kind."""
    if not holds_assessments(document):
        raise Unclear(f"{symbol}: this matter tables no evidence.")
    return assessments_in(document)


def _shipped_tables() -> dict[str, str]:
    """What is shipped of public reports and of product chains, by name."""
    return {**tables_in(shipped("data/chains")), **research_tables()}


def write_evidence(found: Sequence[Assessment], out: Path) -> None:
    """Write assessments as the fields of a matter that tables them, and note what comes next."""
    wording = msgspec.to_builtins(wording_with_evidence({}, {}, found))
    del wording["title"], wording["summary"]
    write_fields(wording, out)
    print_notes([_next(out)])


def write_fields(wording: dict[str, Any], out: Path) -> None:
    """Write a wording as the fields that `architrave act NODE tabled --file` takes."""
    if out.exists():
        raise Unclear(f"{out}: something lies there already; nothing was written.")
    text = json.dumps({"wording": wording}, ensure_ascii=False, indent=1)
    out.write_text(text + "\n", encoding="utf-8")


def _next(out: Path) -> str:
    return (
        f"{out} holds the fields. Add a title and a summary in each language, then: "
        f"architrave act NODE tabled --file {out} --set body=…"
    )


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(f"--today: expected a date such as 2026-03-31, found {text!r}.") from fault


def _inputs(it: Look, folders: Sequence[Path], files_named: Sequence[Path]) -> Inputs:
    for one in files_named:
        if not one.exists():
            raise Unclear(f"--table {one}: nothing is there.")
    parties = it.charter.party_ids
    registers = {}
    if files := facts_in(it.reading.folder.path / "register"):
        registers[read_register(files, frozenset(parties)).digest] = files
    files = facts_in(shipped("data/register"))
    with suppress(InstitutionError):  # it is of other parties than these
        registers[read_register(files, frozenset(parties)).digest] = files
    return Inputs(tables_by_digest(folders), registers, tuple(parties), tuple(files_named))


def _row(one: Assessment, inputs: Inputs, named: frozenset[str], seconds: int) -> EvidenceRow:
    cells: tuple[Difference, ...] = ()
    state, reason, other = "same", "", False
    result = ""
    versions: dict[str, str] = {}
    try:
        again = rerun_apart(one, inputs, seconds)
    except NotRerun as fault:
        state, reason = "not-rerun", str(fault)
    else:
        result, versions = digest_of(again), dict(again["versions"])
        other = versions != one.versions
        cells = differences(*({**told, "versions": {}} for told in (one.document, again)))
        state = "different" if cells else "same"
    return EvidenceRow(
        desk=one.desk,
        question=one.question,
        digest=one.digest,
        named=one.digest in named,
        state=state,
        other_versions=other,
        cells=[CellRow(cell.cell, cell.ours, cell.theirs) for cell in cells],
        reason=reason,
        result=result,
        versions=versions,
        newest=_newest(one),
        lumping=_lumped(one),
    )


def _newest(one: Assessment) -> str:
    """The newest date of each layer by its name; how many, if several have one name."""
    dates: dict[str, list[str]] = {}
    for layer in one.layers:
        dates.setdefault(layer.name, []).append(layer.newest)
    return "; ".join(
        f"{name}: {max(of) or 'not dated'}" + (f" ({len(of)} of them)" if of[1:] else "")
        for name, of in dates.items()
    )


def _lumped(one: Assessment) -> list[str]:
    """What an assessment says of the sectors that are lumped in its table or its tables."""
    several = one.parameters.get("tables")
    told = [one.parameters, *(several if isinstance(several, list) else [])]
    found = [row.get("table_lumping") for row in told if isinstance(row, dict)]
    return list(dict.fromkeys(text for text in found if isinstance(text, str) and text))


def attestation(look: Look, matter: str, version: str, row: EvidenceRow) -> Tree:
    """The fields of the record entry that says what came of one assessment.

    Of the cells that differ the first stand in it, each value as it is read, and how many differ.
    """
    found: Tree = {
        "matter": matter,
        "version": version,
        "evidence": row.digest,
        "finding": row.state,
    }
    if row.state == "not-rerun":
        reason = {one: f"{text} {row.reason}" for one, text in NOT_RERUN.items()}
        return {**found, "reason": worded(look.charter, reason)}
    found |= {"result": row.result, "versions": row.versions}
    if row.state == "same":
        return found
    first = row.cells[:MOST_CELLS]
    cells = [
        {"cell": _plain(one.cell), "tabled": _plain(one.tabled), "again": _plain(one.again)}
        for one in first
    ]
    return {**found, "differing": len(row.cells), "cells": cells}


def _lines(row: EvidenceRow) -> Iterator[str]:
    """One line for each assessment, what it rests on, and one line for each cell that differs."""
    said = {
        "same": "the same, worked out again",
        "different": f"different in {len(row.cells)} cells",
        "not-rerun": f"not worked out again: {row.reason}",
    }
    other = " (by another version)" if row.other_versions else ""
    yield f"{_plain(row.desk)}: {said[row.state]}{other}"
    newest = f"newest: {_plain(row.newest, _LONGEST_LINE)}"
    yield from paragraph(newest if row.newest else "it names no layer, and no year")
    for one in row.lumping:
        yield from paragraph(f"lumped: {_plain(one, _LONGEST_LINE)}")
    if not row.named:
        yield f"  its digest {row.digest[:16]}… is not among those that the matter names"
    for cell in row.cells[:_CELLS_SHOWN]:
        yield f"  {_plain(cell.cell)}: tabled {_plain(cell.tabled)}, here {_plain(cell.again)}"
    if len(row.cells) > _CELLS_SHOWN:
        yield f"  and {len(row.cells) - _CELLS_SHOWN} more (--json has all)"


def _plain(value: object, longest: int = _LONGEST_VALUE) -> str:
    """A value of somebody else's document in a line: short, and without signs for the terminal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = "".join(sign if sign.isprintable() else "?" for sign in text)
    return text if len(text) <= longest else text[:longest] + "…"
