"""`architrave glossary …`: look a term up, check texts against the glossary, find its uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, look
from architrave.cli.shipped import shipped
from architrave.cli.term_texts import Texts, texts_in, texts_of
from architrave.institution.acts import document_of
from architrave.institution.pending import all_matters
from architrave.portal.glossary.term_faults import faults_in, sentence, uses_in
from architrave.portal.glossary.terms import Term, looked_up, near, terms
from architrave.portal.words import LANGUAGES, say

__all__ = ["FaultRow", "TermSheet", "UseRow", "app"]


class _WordFirst(TyperGroup):
    """A group in which a word that names no verb is looked up."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb of this name, else `find` with all that was typed."""
        if args and args[0] not in self.commands:
            args = ["find", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_WordFirst,
    no_args_is_help=True,
    help="Terms in three languages: `architrave glossary WORD` looks one up.",
)


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A term: the JSON shape of `architrave glossary WORD`.

    `exact` says that the word asked for is one of its forms, or one to avoid; else it comes near.
    """

    id: str
    exact: bool
    forms: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[str, ...]]
    note: str
    status: str
    domain: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault of a text: the JSON shape of `architrave glossary check`.

    `offset` counts characters from 0 in the text of `found_in`, `paragraph` from 1.
    """

    file: str
    place: str
    term: str
    language: str
    expected: tuple[str, ...]
    found: str
    found_in: str
    offset: int
    paragraph: int
    instead: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """A text that uses a term: the JSON shape of `architrave glossary uses`.

    `where` is a matter's symbol or a file; `version` is null for a file.
    """

    term: str
    where: str
    version: int | None
    field: str
    language: str
    times: int


@app.command()
@plainly
def find(
    word: Annotated[str, typer.Argument(help="A word in any of the languages, or a term's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Look a term up: its forms, forms to avoid, and why. `find` may be left out."""
    exact = looked_up(word)
    sheets = [_sheet(one, bool(exact)) for one in exact or near(word)]
    if not sheets:
        raise Unclear(f"{word!r} is no term of the glossary, and none comes near.")
    if as_json:
        print_json([asdict(one) for one in sheets])
        return
    if not exact:
        typer.echo(f"{word!r} is no term of the glossary; the nearest are:")
    for sheet in sheets:
        print_lines(_term_lines(sheet))


def _sheet(one: Term, exact: bool) -> TermSheet:
    return TermSheet(
        one.id, exact, one.forms, one.also, one.avoid, one.note, one.status, one.domain
    )


def _term_lines(sheet: TermSheet) -> Iterator[str]:
    yield heading(f"{sheet.id}  ({say(f'terms-status-{sheet.status}', 'en')}, {sheet.domain})")
    yield from table(
        [
            [
                language,
                sheet.forms[language],
                _listed("also ", sheet.also[language]),
                _listed("not ", sheet.avoid[language]),
            ]
            for language in LANGUAGES
        ]
    )
    yield from paragraph(sheet.note) if sheet.note else ()


def _listed(before: str, forms: tuple[str, ...]) -> str:
    return before + ", ".join(forms) if forms else ""


@app.command()
@plainly
def check(
    file: Annotated[
        list[Path], typer.Argument(help="TOML, JSON or CSV with texts by language, or a register.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Check the texts of files against the glossary: every fault with its place."""
    texts = [(one, place, text) for one in file for place, text in texts_in(one)]
    rows = [
        (FaultRow(str(one), place, **asdict(fault)), sentence(fault))
        for one, place, text in texts
        for fault in faults_in(text)
    ]
    if as_json:
        print_json([asdict(row) for row, _ in rows])
    else:
        for row, told in rows:
            print_lines(paragraph(f"{row.file}, {row.place}, {told}", 0))
        typer.echo(f"{len(texts)} texts, {len(rows)} faults.")
    if rows:
        raise typer.Exit(1)


@app.command()
@plainly
def uses(
    term: Annotated[str, typer.Argument(help="A term's id, or a word in any of the languages.")],
    node: Annotated[str | None, typer.Option(help="The matters that this node holds.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Every text that uses a term: of a node's matters, or of the files that are shipped."""
    chosen = [terms()[term]] if term in terms() else looked_up(term)
    if not chosen:
        close = ", ".join(one.id for one in near(term)) or "none"
        raise Unclear(f"{term!r} is no term of the glossary; the nearest are: {close}.")
    texts = _shipped_texts() if node is None else _matter_texts(look(node))
    rows = list(_uses(chosen, texts))
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    places = {(row.where, row.version) for row in rows}
    typer.echo(f"{', '.join(one.id for one in chosen)}: in {len(places)} documents.")
    print_lines(_use_lines(rows))


_Document = tuple[str, int | None, Texts]


def _uses(chosen: Iterable[Term], documents: Iterable[_Document]) -> Iterator[UseRow]:
    for where, version, texts in documents:
        for field, text in texts:
            for one in chosen:
                for language, words in text.items():
                    times = len(uses_in(words, language, one))
                    if times:
                        yield UseRow(one.id, where, version, field, language, times)


def _use_lines(rows: Iterable[UseRow]) -> Iterator[str]:
    by_field: dict[tuple[str, int | None, str], Counter[str]] = {}
    for row in rows:
        found = by_field.setdefault((row.where, row.version, row.field), Counter())
        found[row.language] += row.times
    yield from table(
        [
            [
                where if version is None else f"{where}, version {version}",
                field,
                ", ".join(language for language in LANGUAGES if languages[language]),
            ]
            for (where, version, field), languages in by_field.items()
        ]
    )


def _matter_texts(it: Look) -> Iterator[_Document]:
    """The texts of every version of every matter that this copy may read, then of the charter."""
    for matter in all_matters(it.state, it.view):
        for number, one in enumerate(matter.versions, 1):
            tree = document_of(one.version.fact.act)
            texts = ((place.removeprefix("wording."), text) for place, text in texts_of(tree))
            yield matter.symbol, number, texts
    yield "charter.toml", None, texts_in(it.reading.folder.path / "charter.toml")


def _shipped_texts() -> Iterator[_Document]:
    for file in sorted(shipped("charters").glob("*.toml")):
        yield f"charters/{file.name}", None, texts_in(file)
    yield "data/register", None, texts_in(shipped("data/register"))
    with as_file(files("architrave.portal").joinpath("words.csv")) as words:
        yield words.name, None, texts_in(words)
