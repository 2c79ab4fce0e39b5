"""`architrave interoperability …`: levels by pair, standards by nation, a mission's weak links."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.parse import parse_charter
from architrave.cli.faults import Unclear, plainly, text_of
from architrave.cli.interoperability_rows import (
    ChainSheet,
    MatrixSheet,
    NationRow,
    StandardsSheet,
    cell_row,
    standard_line,
)
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.shipped import shipped
from architrave.desks.interoperability import evidence
from architrave.desks.interoperability.chains import (
    Chain,
    Connection,
    Interval,
    Upgrade,
    best_upgrades,
    chain,
)
from architrave.desks.interoperability.hubs import Hub, hubs
from architrave.desks.interoperability.matrix import Cell, levels_of, matrix
from architrave.desks.interoperability.model import (
    PUBLIC,
    Documents,
    Level,
    Mission,
    Score,
    audience,
    readable,
)
from architrave.desks.interoperability.reading import read_documents
from architrave.desks.interoperability.standards import StandardRow, standards_table
from architrave.node.markings import marking_in
from architrave.portal.composing.finding import nearest

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, help="How far parties' systems and standards work together."
)

Folder = Annotated[Path, typer.Argument(help="Holds functions.csv and the other tables.")]
Today = Annotated[str | None, typer.Option(help="As things stood on this date.")]
Parties = Annotated[
    str | None, typer.Option(help="Codes, in order, divided by commas; else the charter's.")
]
CharterFile = Annotated[Path | None, typer.Option("--charter", help="Whose parties are meant.")]
Reader = Annotated[
    str | None, typer.Option("--for", help="Who is to read it: a party, or public. Else all.")
]
Json = Annotated[bool, typer.Option("--json", help="As JSON, with the assessment.")]

_ILLUSTRATIVE = "Illustrative: these levels are made up and say nothing of anybody."
_ASSESSED = "Each level is its assessor's; it is nobody else's statement."


@app.command("matrix")
@plainly
def matrix_(
    folder: Folder,
    today: Today = None,
    parties: Parties = None,
    charter: CharterFile = None,
    reader: Reader = None,
    as_json: Json = False,
) -> None:
    """The latest level of each function between each pair, with age and evidence."""
    documents = _documents(folder, parties, charter)
    scores, day = _readable(documents, reader), _day(today)
    cells = matrix(documents.functions, scores, documents.parties, day)
    found = evidence.assess_matrix(documents, scores, day)
    if as_json:
        sheet = MatrixSheet(
            today=day.isoformat(),
            parties=list(documents.parties),
            released_to=list(audience(scores, documents.parties)),
            illustrative=documents.illustrative,
            cells=[cell_row(cell) for cell in cells],
            assessment=found.document,
            digest=found.digest,
        )
        print_json(asdict(sheet))
        return
    print_lines(_matrix_lines(documents, scores, cells, day))


@app.command()
@plainly
def standards(
    folder: Folder,
    today: Today = None,
    parties: Parties = None,
    charter: CharterFile = None,
    as_json: Json = False,
) -> None:
    """Standards by nation, differences first."""
    documents, day = _documents(folder, parties, charter), _day(today)
    made_up = documents.illustrative
    rows = standards_table(documents.standards, documents.statuses, documents.parties, day)
    if as_json:
        found = evidence.assess_standards(documents, day)
        lines = [standard_line(row) for row in rows]
        sheet = StandardsSheet(day.isoformat(), made_up, lines, found.document, found.digest)
        print_json(asdict(sheet))
        return
    print_lines(_standard_lines(rows, day, made_up))


@app.command("chain")
@plainly
def chain_(
    folder: Folder,
    mission: Annotated[str, typer.Argument(help="A mission of missions.csv, by its id.")],
    to: Annotated[
        int | None, typer.Option(help="Try raising one cell to this level, not by one.")
    ] = None,
    today: Today = None,
    parties: Parties = None,
    charter: CharterFile = None,
    reader: Reader = None,
    as_json: Json = False,
) -> None:
    """A mission's weakest connections, what would help most, and each party as hub."""
    documents = _documents(folder, parties, charter)
    asked, goal = _mission(documents, mission), _level(to)
    scores, day = _readable(documents, reader), _day(today)
    levels = levels_of(matrix(documents.functions, scores, documents.parties, day))
    found = chain(asked, levels, documents.parties)
    best = best_upgrades(asked, levels, documents.parties, goal)
    around = hubs(asked, levels, documents.parties)
    if as_json:
        said = evidence.assess_mission(documents, scores, asked, day, goal)
        sheet = ChainSheet(
            today=day.isoformat(),
            mission=asked.id,
            name=asked.name,
            released_to=list(audience(scores, documents.parties)),
            illustrative=documents.illustrative,
            level=asdict(found.level),
            connections=[asdict(one) for one in found.connections],
            unknown=[[function, *pair] for function, pair in found.unknown],
            upgrades=[asdict(one) for one in best],
            hubs=[asdict(one) for one in around],
            assessment=said.document,
            digest=said.digest,
        )
        print_json(asdict(sheet))
        return
    print_lines(_chain_lines(documents, scores, found, day))
    print_lines(_choice_lines(best, around))


def _documents(folder: Path, parties: str | None, charter: Path | None) -> Documents:
    if not folder.is_dir():
        raise Unclear(f"{folder}: no folder with tables lies here.")
    texts = {path.name: text_of(path) for path in sorted(folder.glob("*.csv"))}
    for name, content in texts.items():
        _refuse_marked(name, content)
    if parties is not None:
        codes = tuple(code.strip() for code in parties.split(","))
        if len(codes) < 2 or len(set(codes)) < len(codes) or not all(codes):
            raise Unclear(f"--parties: expected different codes such as A,B,C, found {parties!r}.")
        return read_documents(texts, codes)
    file = charter or shipped("charters/trilateral.toml")
    return read_documents(texts, parse_charter(text_of(file), file.name).party_ids)


def _refuse_marked(name: str, content: str) -> None:
    """Refuse a table with a marking above unclassified, before anything of it is shown."""
    lines = csv.reader(io.StringIO(content))
    for cells in lines:
        for cell in cells:
            if found := marking_in(cell):
                raise Unclear(
                    f"{name}, line {lines.line_num}: a cell carries the marking {found.name}; this "
                    "system is for unclassified paper only."
                )


def _readable(documents: Documents, reader: str | None) -> tuple[Score, ...]:
    """What all parties may read, unless a reader is named: nothing is shown further by chance."""
    if reader is None:
        return readable(documents.scores, documents.parties)
    if reader != PUBLIC and reader not in documents.parties:
        raise Unclear(f"--for: {reader!r} is no party here; {nearest(reader, documents.parties)}.")
    return readable(documents.scores, (reader,))


def _mission(documents: Documents, name: str) -> Mission:
    known = {one.id: one for one in documents.missions}
    if name not in known:
        raise Unclear(f"{name!r} is no mission here; {nearest(name, known)}.")
    return known[name]


def _level(number: int | None) -> Level | None:
    if number is not None and number not in tuple(Level):
        raise Unclear(f"--to: expected a level from 0 to 4, found {number}.")
    return None if number is None else Level(number)


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(f"--today: expected a date such as 2026-03-31, found {text!r}.") from fault


def _matrix_lines(
    documents: Documents, scores: Sequence[Score], cells: Sequence[Cell], day: date
) -> Iterator[str]:
    yield heading(f"Interoperability by function and pair, as of {day.isoformat()}")
    yield from _standing(documents, scores)
    # Which of the two it is would itself tell a reader what is not released to them.
    left_out = len(scores) < len(documents.scores)
    none = "none released" if left_out else "not assessed"
    for function in documents.functions:
        yield ""
        yield heading(f"{function.id}  {function.names['en']}")
        mine = [cell for cell in cells if cell.function == function.id]
        yield from table((_cell_line(cell, none) for cell in mine), 4, fixed=2)


def _cell_line(cell: Cell, none: str) -> tuple[str, str, str]:
    pair = f"{cell.pair[0]}–{cell.pair[1]}"
    if cell.score is None:
        return pair, none, ""
    said = f"{cell.score.on}, {cell.score.assessor}: {cell.score.evidence}"
    if cell.level is None:
        return pair, "stale", f"{cell.age} days old; was {int(cell.score.level)}. {said}"
    return pair, f"{int(cell.level)} {cell.level.name.lower()}", said


def _standing(documents: Documents, scores: Sequence[Score]) -> Iterator[str]:
    yield from paragraph(_ILLUSTRATIVE if documents.illustrative else _ASSESSED, 0)
    released = ", ".join(audience(scores, documents.parties)) or "nobody as a whole"
    yield f"Released to: {released}."


def _standard_lines(rows: Sequence[StandardRow], day: date, made_up: bool) -> Iterator[str]:
    yield heading(f"Standards by nation, as of {day.isoformat()}; differences first")
    if made_up:
        yield "Illustrative: these standards are made up and say nothing of anybody."
    yield "None seen means that no source was seen. It says nothing of the nation."
    for row in rows:
        yield ""
        agreement = {"different": "different", "not-seen": "not all seen", "same": "the same"}
        yield heading(f"{row.standard.id}  {row.standard.name}: {agreement[row.agreement]}")
        yield from table((_nation_line(one) for one in standard_line(row).nations), 4, fixed=2)


def _nation_line(one: NationRow) -> tuple[str, str, str]:
    planned = f"planned for {one.planned}" if one.planned else ""
    passed = "that day has passed, and nothing later was seen" if one.plan_passed else ""
    on = f"on {one.on}" if one.on else ""
    parts = (on, planned, passed, one.reservation, one.source)
    return one.nation, one.status.replace("-", " "), "; ".join(part for part in parts if part)


def _chain_lines(
    documents: Documents, scores: Sequence[Score], found: Chain, day: date
) -> Iterator[str]:
    yield heading(f"{found.mission.id}  {found.mission.name}, as of {day.isoformat()}")
    yield from _standing(documents, scores)
    yield f"Level of the mission: {found.level}"
    yield ""
    rows = [_connection_line(one, found.level) for one in found.connections]
    yield from table(rows, 2, fixed=4)
    if found.unknown:
        cells = ", ".join(
            f"{function} {first}–{second}" for function, (first, second) in found.unknown
        )
        yield from paragraph(f"Not assessed or stale, so anything from 0 to 4: {cells}.", 0)


def _connection_line(one: Connection, mission: Interval) -> tuple[str, str, str, str, str]:
    around = " or ".join("–".join(path) for path in one.paths if len(path) > 2)
    weak = "weakest" if one.level.high <= mission.low else "may be the weakest"
    notes = (f"best by {around}" if around else "", weak if one.weakest else "")
    return (
        f"{one.step}. {one.function}",
        f"{one.pair[0]}–{one.pair[1]}",
        str(one.level),
        f"direct {one.direct}",
        "; ".join(note for note in notes if note),
    )


def _choice_lines(best: Sequence[Upgrade], around: Sequence[Hub]) -> Iterator[str]:
    yield ""
    yield heading("Which single upgrade helps most")
    if not best:
        yield "  None alone raises the mission."
    yield from table(
        (
            f"{one.function} {one.pair[0]}–{one.pair[1]}",
            f"{one.before} → {one.after}",
            f"the mission is then {one.mission}",
        )
        for one in best
    )
    yield ""
    yield heading("If every pair ran through one party (with all links)")
    yield from table(
        (
            one.party,
            f"mission {one.mission} ({one.with_all})",
            f"carries {one.carried} of others ({one.carried_with_all})",
            "" if one.own is None else f"its own lowest {one.own} ({one.own_with_all})",
        )
        for one in around
    )
