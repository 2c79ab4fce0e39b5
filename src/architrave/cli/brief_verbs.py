"""`architrave brief …`: two pages for a meeting, made from a node's copy and the shipped tables."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from architrave.cli.desk_tables import tables_for
from architrave.cli.evidence_verbs import write_fields
from architrave.cli.faults import Unclear, plainly
from architrave.cli.forum_files import forum_for
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.look import Look, look
from architrave.desks.errors import MissingLibrary
from architrave.desks.tabling import wording_with_evidence
from architrave.institution.acts import Wording
from architrave.node.readiness import register_in
from architrave.portal.papers.council_paper import council_paper, state_text, tabled_texts
from architrave.portal.papers.desk_data import DeskData, desk_data
from architrave.portal.papers.errors import NotMade
from architrave.portal.papers.forum_paper import forum_paper
from architrave.portal.papers.model import Paper
from architrave.portal.papers.press import ENDINGS, Press, can_write
from architrave.portal.papers.shared_copy import NoSuchState, SharedCopy, cut_at, shared_copy
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES
from architrave.record import b64

__all__ = ["BookState", "BriefSheet", "app"]

app = typer.Typer(no_args_is_help=True, help="Two pages for a meeting, from live data.")

_LIBRARIES = {"pdf": "typst", "docx": "python-docx"}
_SIZE = re.compile(r"([A-Z0-9]+):(0|[1-9][0-9]{0,14})")


@dataclass(frozen=True, slots=True)
class BookState:
    """A minute book as it went in: its lines, and the root over them as in its checkpoints."""

    party: str
    lines: int
    root: str


@dataclass(frozen=True, slots=True)
class BriefSheet:
    """What `brief council --json` prints, and `brief forum --json`.

    `assessments` are digests, in the order of the brief; of the forum's, that of its figures.
    """

    file: str
    language: str
    digest: str
    as_of: str
    state: str
    books: list[BookState]
    assessments: dict[str, str]


@app.callback()
def _briefs() -> None:
    """Two pages for a meeting, from live data."""


@app.command()
@plainly
def council(
    node: Annotated[str, typer.Argument(help="A node's folder, or a capital of the demo.")],
    out: Annotated[Path, typer.Option(help="The file to write: .pdf, .docx or .txt.")],
    language: Annotated[str, typer.Option(help="ko, ja or en.")] = "en",
    state: Annotated[
        str | None, typer.Option(help="Of an earlier state, such as JPN:14,KOR:12,USA:9.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="A folder with other tables.")] = None,
    fields: Annotated[
        Path | None, typer.Option("--table", help="Write the fields of a matter that tables it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Write the council's brief: at most two pages, the same bytes from the same state."""
    ending = _ending(out, language, fields)
    copy = _copy(look(node), language, state)
    tables = tables_for(copy.charter, data)
    today = datetime.fromtimestamp(copy.now / 1000, UTC).date()
    desk = desk_data(tables, copy.register, tuple(copy.charter.party_ids), today)
    paper = council_paper(copy, desk)
    if paper is None:
        raise Unclear(f"{node}: its charter sets up no council, so there is no brief of one.")
    made = _made(paper, ending)
    said = {one.desk: one.digest for one in desk.assessments}
    sheet = _sheet(copy, said, out, hashlib.sha256(made).hexdigest())
    out.write_bytes(made)
    if fields is not None:
        write_fields(_wording(copy, desk, f"{paper.name}.{ending}", sheet.digest), fields)
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_lines(sheet, fields))


@app.command()
@plainly
def forum(
    node: Annotated[str, typer.Argument(help="A node's folder, or a capital of the demo.")],
    out: Annotated[Path, typer.Option(help="The file to write: .pdf, .docx or .txt.")],
    language: Annotated[str, typer.Option(help="ko, ja or en.")] = "en",
    state: Annotated[
        str | None, typer.Option(help="Of an earlier state, such as JPN:14,KOR:12,USA:9.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Write the forum's brief: one page, the same bytes from the same state."""
    ending = _ending(out, language)
    copy = _copy(look(node), language, state)
    data = forum_for(copy.charter)
    paper = forum_paper(copy, data) if data is not None else None
    if paper is None or data is None:
        raise Unclear(f"{node}: its charter sets up no forum, or no figures were written for it.")
    made = _made(paper, ending)
    said = {"supply": data.figures.digest}
    sheet = _sheet(copy, said, out, hashlib.sha256(made).hexdigest())
    out.write_bytes(made)
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(_lines(sheet, None))


def _ending(out: Path, language: str, fields: Path | None = None) -> str:
    """The kind of file to write; Unclear if anything lies there already."""
    ending = _kind(out)
    if language not in LANGUAGES:
        raise Unclear(f"--language: expected one of {', '.join(LANGUAGES)}, found {language!r}.")
    for place in (out, *([fields] if fields is not None else [])):
        if place.exists():
            raise Unclear(f"{place}: something lies there already; nothing was written.")
    return ending


def _kind(out: Path) -> str:
    ending = out.suffix.removeprefix(".")
    if ending not in ENDINGS:
        raise Unclear(f"--out: expected a file that ends in .pdf, .docx or .txt, found {out.name}.")
    if not can_write(ending):
        raise MissingLibrary(
            f"{out.name} needs {_LIBRARIES[ending]}: install architrave[papers], or run make setup."
        )
    return ending


def _copy(it: Look, language: str, state: str | None) -> SharedCopy:
    register = register_in(it.reading.folder, it.charter)
    copy = Copy(it.peer, language, it.at, register, {})
    if state is None:
        return shared_copy(copy)
    try:
        return shared_copy(copy, cut_at(copy, _sizes(state)))
    except NoSuchState as fault:
        raise Unclear(f"--state: {fault}") from fault


def _sizes(state: str) -> dict[str, int]:
    found = [_SIZE.fullmatch(one) for one in state.split(",")]
    sizes = {one[1]: int(one[2]) for one in found if one is not None}
    if None in found or len(sizes) < len(found):
        raise Unclear(f"--state: expected each book once, as in JPN:14,KOR:12, found {state!r}.")
    return sizes


def _made(paper: Paper, ending: str) -> bytes:
    try:
        return Press().printed(paper, ending)
    except NotMade as fault:
        raise Unclear(str(fault)) from fault


def _sheet(copy: SharedCopy, said: dict[str, str], out: Path, digest: str) -> BriefSheet:
    books = []
    for party in copy.charter.party_ids:
        tip = copy.view.tip(party)
        lines, root = (tip.size, b64.encode(tip.root)) if tip is not None else (0, "")
        books.append(BookState(party, lines, root))
    return BriefSheet(
        file=str(out),
        language=copy.language,
        digest=digest,
        as_of=datetime.fromtimestamp(copy.now / 1000, UTC).isoformat(),
        state=state_text(copy),
        books=books,
        assessments=said,
    )


def _wording(copy: SharedCopy, desk: DeskData, file: str, digest: str) -> dict[str, Any]:
    """The wording of a matter that tables the file by its digest, with what the desks say."""
    title, summary = tabled_texts(copy)
    if desk.assessments:
        wording = wording_with_evidence(title, summary, desk.assessments)
    else:
        wording = Wording(title, summary, "note", copy.charter.legal_nature)
    found: dict[str, Any] = msgspec.to_builtins(wording)
    return {**found, "digests": {**found.get("digests", {}), file: digest}}


def _lines(sheet: BriefSheet, fields: Path | None) -> Iterator[str]:
    yield f"{sheet.file}: the record as it stood at {sheet.as_of}, state {sheet.state}"
    yield f"SHA-256 {sheet.digest}"
    yield from paragraph(
        "The same state of the record, register and tables gives the same file.", 0
    )
    if fields is not None:
        told = (
            f"{fields} holds the fields. To sign the digest: architrave act NODE tabled --file "
            f"{fields} --set body=…"
        )
        yield from paragraph(told, 0)
