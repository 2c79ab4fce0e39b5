"""`architrave charter …`: check a charter, explain its rules, print their tables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from architrave.charter.errors import CharterError
from architrave.charter.explain import (
    check_summary,
    explain_article,
    explain_body,
    explain_charter,
    explanation_text,
    rule_table_text,
)
from architrave.charter.model import Article, Body, Charter
from architrave.charter.parse import parse_charter
from architrave.charter.rules import MAX_PARTIES, Position, Rule, explain, read_rule
from architrave.cli import charter_rows as rows
from architrave.cli.amend_verb import amend
from architrave.cli.faults import Unclear, plainly
from architrave.cli.shipped import shipped
from architrave.institution.life import BEGINNINGS, LIFE, diagram
from architrave.portal.composing.parties import party_named

app = typer.Typer(no_args_is_help=True, help="Check a charter, explain its rules, print them.")

_SHIPPED = "trilateral"
_LONGEST = 4 * 1024 * 1024
_CITED = re.compile(r"(?:art(?:icle)?\.?\s*)?(\d+(?:\(\d+\))?)", re.IGNORECASE)

app.command("amend")(amend)

FileOption = Annotated[
    str, typer.Option("--charter", help="A charter file, or a shipped one by its name.")
]
LanguageOption = Annotated[str, typer.Option("--lang", help="A language of the charter.")]
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
@plainly
def check(
    files: Annotated[
        list[str] | None, typer.Argument(help="Charter files; without one, the shipped charter.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--shipped", help="Every charter that is shipped.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check charters: one sentence for each that is sound, one for each fault of the others."""
    if every and files:
        raise Unclear("check: expected files or --shipped, found both.")
    asked = [one.stem for one in _shipped_files()] if every else files or [""]
    # Everything is read before anything is said.
    texts = [_text_of(one) for one in asked]
    checked: list[Charter | CharterError] = []
    for name, text in texts:
        try:
            checked.append(parse_charter(text, name))
        except CharterError as fault:
            checked.append(fault)
    names = [name for name, _ in texts]
    if as_json:
        _print_json([rows.checked_row(name, one) for name, one in zip(names, checked, strict=True)])
    for name, one in zip(names, checked, strict=True):
        if isinstance(one, CharterError):
            typer.echo(str(one), err=True)
        elif not as_json:
            typer.echo(check_summary(one, name))
    if any(isinstance(one, CharterError) for one in checked):
        raise typer.Exit(2)


@app.command("explain")
@plainly
def explain_(
    article: Annotated[
        str, typer.Argument(help="An article, for example 3(4); without one, the whole charter.")
    ] = "",
    body: Annotated[str, typer.Option(help="Explain, or ask for, one body, by its id.")] = "",
    positions: Annotated[
        list[str] | None,
        typer.Option("--position", help="What a party says, for example ABC=object; repeat it."),
    ] = None,
    language: LanguageOption = "",
    file: FileOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say what a rule needs, what given positions come to, and what would change that."""
    charter = _charter_at(file)
    spoken = _language(charter, language)
    within = _body(charter, body)
    if not article:
        if positions:
            raise Unclear("--position: expected an article whose rule is asked about, found none.")
        _explain_whole(charter, within, spoken, as_json)
        return
    asked = _article(charter, article, within)
    given = _given(charter, asked, within, positions or [], spoken)
    if as_json:
        _print_json(rows.article_row(charter, asked, spoken, given))
        return
    typer.echo(explain_article(charter, asked, spoken), nl=False)
    if given is not None:
        order = [one for one in charter.order(spoken) if one in given]
        told = explain(_rule_of(charter, asked, spoken), {one: given[one] for one in order})
        names = {one.id: one.short[spoken] for one in charter.parties}
        typer.echo("\n" + explanation_text(told, spoken, names), nl=False)


@app.command()
@plainly
def table(
    article: Annotated[
        str, typer.Argument(help="An article, for example 3(4), or a rule: consensus(2).")
    ],
    parties: Annotated[
        int | None, typer.Option(help=f"For so many parties, 2 to {MAX_PARTIES}.")
    ] = None,
    body: Annotated[str, typer.Option(help="For the parties of this body, by its id.")] = "",
    language: LanguageOption = "",
    file: FileOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print every outcome of a rule, those together that differ only in who says what."""
    charter = _charter_at(file)
    spoken = _language(charter, language)
    within = _body(charter, body)
    if parties is not None and within is not None:
        raise Unclear("table: expected --parties or --body, found both.")
    rule = read_rule(article)
    asked = None if rule is not None else _article(charter, article, within)
    if asked is not None:
        rule = _rule_of(charter, asked, spoken)
    assert rule is not None
    numbers = _numbers(charter, asked, within, parties)
    for number in numbers:
        _refuse_number(rule, number)
    if as_json:
        cited = charter.citation(asked.number, spoken) if asked is not None else None
        _print_json([rows.table_row(rule, number, cited, spoken) for number in numbers])
        return
    if asked is not None:
        typer.echo(f"{charter.citation(asked.number, spoken)}  {asked.title[spoken]}")
    for number in numbers:
        typer.echo(rule_table_text(rule, number, spoken), nl=False)


@app.command()
@plainly
def life(
    mermaid: Annotated[bool, typer.Option("--mermaid", help="As a Mermaid diagram.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the life of a version: from which stage to which, and by what."""
    if mermaid:
        typer.echo(diagram(), nl=False)
        return
    changes = [("", stage.value, why) for stage, why in BEGINNINGS.items()]
    changes += [(old.value, new.value, why) for (old, new), why in LIFE.items()]
    if as_json:
        _print_json([{"from": old, "to": new, "by": why} for old, new, why in changes])
        return
    for old, new, why in changes:
        typer.echo(f"{old or '(begins)':<15} -> {new:<15}  {why}")


# Finding what is meant


def _shipped_files() -> list[Path]:
    return sorted(shipped("charters").glob("*.toml"))


def _text_of(name: str) -> tuple[str, str]:
    """A file's name and text: of this path, else a shipped charter of this name; "" is ours."""
    path, called = Path(name or "."), name
    if not name or not path.exists():
        known = {one.stem: one for one in _shipped_files()}
        if (name or _SHIPPED) not in known:
            raise Unclear(f"{name}: no such file, and no shipped charter ({', '.join(known)}).")
        path = known[name or _SHIPPED]
        called = path.name
    if not path.is_file():
        raise Unclear(f"{called}: expected a charter file, found something else.")
    # A digest is that of the file's bytes, so line ends are read as they are.
    data = path.read_bytes()
    if len(data) > _LONGEST:
        raise Unclear(f"{called}: expected a charter of at most {_LONGEST:,} bytes.")
    try:
        return called, data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise Unclear(
            f"{called}, line {line}, the file: expected UTF-8, found other bytes."
        ) from None


def _charter_at(name: str) -> Charter:
    called, text = _text_of(name)
    return parse_charter(text, called)


def _language(charter: Charter, wanted: str) -> str:
    if wanted in charter.languages:
        return wanted
    if wanted:
        known = ", ".join(charter.languages)
        raise Unclear(f"--lang {wanted}: expected a language of the charter ({known}).")
    return "en" if "en" in charter.languages else charter.languages[0]


def _body(charter: Charter, wanted: str) -> Body | None:
    if not wanted:
        return None
    found = charter.find_body(wanted.upper())
    if found is None:
        known = ", ".join(one.id for one in charter.bodies)
        raise Unclear(f"--body {wanted}: expected a body of the charter ({known}).")
    return found


def _article(charter: Charter, wanted: str, within: Body | None) -> Article:
    cited = _CITED.fullmatch(wanted.strip())
    found = charter.find_article(cited[1]) if cited else None
    if found is None:
        known = ", ".join(one.number for one in charter.articles)
        raise Unclear(f"{wanted}: expected an article of the charter ({known}).")
    if within is not None and not found.applies_to(within.id):
        raise Unclear(
            f"--body {within.id}: expected a body of article {found.number} "
            f"({', '.join(found.bodies)})."
        )
    return found


def _rule_of(charter: Charter, article: Article, language: str) -> Rule:
    if article.rule is None:
        ruled = ", ".join(one.number for one in charter.articles if one.rule is not None)
        cited = charter.citation(article.number, language)
        raise Unclear(f"{cited} has no decision rule; these have one: {ruled}.")
    return article.rule


def _explain_whole(charter: Charter, body: Body | None, language: str, as_json: bool) -> None:
    if as_json:
        _print_json(rows.charter_row(charter, body, language))
    elif body is not None:
        typer.echo(explain_body(charter, body, language), nl=False)
    else:
        typer.echo(explain_charter(charter, language), nl=False)


# Numbers of parties and positions


def _numbers(
    charter: Charter, article: Article | None, body: Body | None, parties: int | None
) -> Sequence[int]:
    if parties is not None:
        return [parties]
    if body is not None:
        return [len(body.parties)]
    if article is None:
        return [len(charter.parties)]
    sizes = {len(one.parties) for one in charter.bodies if article.applies_to(one.id)}
    return sorted(sizes)


def _refuse_number(rule: Rule, number: int) -> None:
    if not 2 <= number <= MAX_PARTIES:
        raise Unclear(f"--parties {number}: expected 2 to {MAX_PARTIES}.")
    if rule.parameter is not None and rule.parameter > number:
        raise Unclear(f"{rule}: expected a number up to {number}, the parties.")


def _given(
    charter: Charter, article: Article, body: Body | None, words: Sequence[str], language: str
) -> Mapping[str, Position] | None:
    """The positions asked about, by party in the order of the charter; None if none were given.

    A party that is not mentioned holds no position.
    """
    if not words:
        return None
    _rule_of(charter, article, language)
    if article.accepts_evidence is not None:
        cited = charter.citation(article.number, language)
        raise Unclear(f"{cited} lets a party accept evidence; positions decide nothing under it.")
    parties = _parties_asked(charter, article, body)
    given = dict.fromkeys(parties, Position.NONE)
    faults = []
    named: set[str] = set()
    for word in words:
        name, _, said = word.partition("=")
        party = party_named(charter, name)
        position = re.sub(r"[\s_]+", "-", said.strip().lower())
        if party is None or party.id not in parties:
            faults.append(f"--position {word}: expected a party first ({', '.join(parties)}).")
        elif position not in {one.value for one in Position}:
            known = ", ".join(one.value for one in Position)
            faults.append(f"--position {word}: expected one of {known} after {name}=.")
        elif party.id in named:
            faults.append(f"--position {word}: expected one position of {party.id}, found two.")
        else:
            named.add(party.id)
            given[party.id] = Position(position)
    if faults:
        raise Unclear("\n".join(faults))
    return given


def _parties_asked(charter: Charter, article: Article, body: Body | None) -> tuple[str, ...]:
    if body is not None:
        return body.parties
    among = [one for one in charter.bodies if article.applies_to(one.id)]
    if len({one.parties for one in among}) > 1:
        known = ", ".join(one.id for one in among)
        raise Unclear(f"--body: the bodies differ in their parties; say which is meant ({known}).")
    return among[0].parties


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
