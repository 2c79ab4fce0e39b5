"""`architrave act NODE KIND`: sign an act with an officer's key and give it to the running node."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.composing import Composed, composed
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.look import Look, look
from architrave.cli.passphrases import PartyKeyFile, PassphraseFile, asked, party_key_place
from architrave.cli.repeats import earlier
from architrave.cli.signing import give, node_clock
from architrave.cli.term_notes import note_terms
from architrave.institution.acts import (
    KINDS,
    Act,
    Alerted,
    Consulted,
    Convened,
    Tabled,
    document_of,
    kind_of,
    name_of,
)
from architrave.institution.admit import RIGHTS
from architrave.institution.state import Fact, Refused
from architrave.node.party_key import open_party_key
from architrave.portal.composing.fields import PARTS, Tree, field_lines, kind_found, typed_fields
from architrave.portal.words import say_of
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SALT_SIZE, SealedAct, sign_act

__all__ = [
    "ActAnswer",
    "Way",
    "about",
    "act",
    "answer_lines",
    "article_of",
    "enter",
    "entered",
    "given_to_node",
    "rehearsed",
]


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """What became of a command: the JSON shape of `architrave act`.

    `entered` says that a new line was written, `already` that an earlier one says the same; `line`
    counts from 1 and is null if none was written. `article` permits or refuses it.
    """

    party: str
    kind: str
    symbol: str
    name: str
    line: int | None
    admitted: bool
    entered: bool
    already: bool
    rehearsal: bool
    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class Way:
    """How an act is signed and entered: the options that every verb has that enters one."""

    seat: str | None = None
    to: str | None = None
    dry_run: bool = False
    again: bool = False
    strict_terms: bool = False
    as_json: bool = False


@plainly
def act(
    node: Annotated[str | None, typer.Argument(help="A node's folder or a capital.")] = None,
    kind: Annotated[str | None, typer.Argument(help="Such as positioned; see --kinds.")] = None,
    seat: Annotated[str | None, typer.Option(help="The seat for which it is signed.")] = None,
    put: Annotated[
        list[str] | None, typer.Option("--set", help="field=value; may be repeated.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Fields in TOML or JSON.")] = None,
    to: Annotated[str | None, typer.Option(help="public, or parties such as JPN,KOR.")] = None,
    party_key: PartyKeyFile = None,
    passphrase_file: PassphraseFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask; write nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Even if it is there already.")] = False,
    strict_terms: Annotated[
        bool, typer.Option("--strict-terms", help="Sign nothing that the glossary faults.")
    ] = False,
    kinds: Annotated[bool, typer.Option("--kinds", help="List kinds and fields.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Sign a record entry with an officer's key and give it to the running node.

    Typed twice it is entered once: what the book says already is not said again, unless --again.
    Where its texts depart from the glossary, notes on standard error say so first.
    """
    if kinds:
        _print_kinds(as_json)
        return
    if node is None or kind is None:
        raise Unclear("say for which node, and what: `architrave act NODE KIND`; see --kinds.")
    it = look(node)
    tree = typed_fields(kind_found(kind), put or [], file)
    place = party_key_place(it.reading.folder, party_key)
    way = Way(seat, to, dry_run, again, strict_terms, as_json)
    enter(it, kind, tree, way, lambda: open_party_key(place, asked(passphrase_file)))


def enter(
    look: Look,
    kind: str,
    tree: Tree,
    way: Way,
    party_key: Callable[[], PrivateKey] | None = None,
) -> None:
    """Compose an act, give it to the node or rehearse it, and say what became of it.

    Exit status 1 if it is not admitted; Unclear, naming the field, if something is not clear.
    """
    answer = entered(look, kind, tree, way, party_key)
    if way.as_json:
        print_json(asdict(answer))
    else:
        print_lines(answer_lines(look, answer))
    if not answer.admitted:
        raise typer.Exit(1)


def entered(
    look: Look,
    kind: str,
    tree: Tree,
    way: Way,
    party_key: Callable[[], PrivateKey] | None = None,
) -> ActAnswer:
    """What became of an act that is composed, and given to the node or rehearsed; as `enter`."""
    url = look.reading.folder.addresses(look.reading.founding)[look.party]
    now = node_clock(url) or look.at
    new = composed(look, kind, tree, way.seat, way.to, now, party_key)
    before = None if way.again else earlier(look, new)
    if before is None:
        note_terms(new.act, way.strict_terms)
    if before is not None:
        return _already(look, before)
    return rehearsed(look, new) if way.dry_run else given_to_node(look, url, new)


def _already(look: Look, fact: Fact) -> ActAnswer:
    return _answer(look, fact.act, article_of(look, fact.act), line=fact.tip.size, already=True)


def rehearsed(look: Look, new: Composed) -> ActAnswer:
    """What the node would say now; nothing is written and nobody is asked."""
    data = sign_act(document_of(new.act), look.state.founding.id, new.key)
    verdict = look.peer.rehearse(SealedAct(os.urandom(SALT_SIZE), data))
    if isinstance(verdict, Refused):
        return _answer(look, new.act, verdict.article, reason=verdict.reason, rehearsal=True)
    return _answer(look, new.act, article_of(look, new.act), rehearsal=True)


def given_to_node(look: Look, url: str, new: Composed) -> ActAnswer:
    """What the running node at `url` says of an act that is given to it."""
    value = give(url, look.reading.founding, new.act, new.key)
    line = int(str(value["n"])) + 1 if value.get("stored") else None
    if not value.get("admitted"):
        article, reason = str(value.get("article", "")), str(value.get("reason", ""))
        return _answer(look, new.act, article, line=line, reason=reason)
    article = str(value.get("article") or article_of(look, new.act))
    return _answer(look, new.act, article, line=line, entered=True)


def _answer(
    look: Look,
    act: Act,
    article: str,
    line: int | None = None,
    reason: str = "",
    entered: bool = False,
    already: bool = False,
    rehearsal: bool = False,
) -> ActAnswer:
    return ActAnswer(
        party=look.party,
        kind=kind_of(act),
        symbol=about(look, act),
        name=name_of(act),
        line=line,
        admitted=not reason,
        entered=entered,
        already=already,
        rehearsal=rehearsal,
        article=article,
        reason=look.plain(reason),
    )


def article_of(look: Look, act: Act) -> str:
    """The number of the article that permits an act where it is done; empty if none is needed."""
    permit = RIGHTS[type(act)].permit
    if not permit:
        return ""
    body = about(look, act).partition("/")[0]
    found = look.charter.article_for(body, permit) or look.charter.article_permitting(permit)
    return found.number if found is not None else ""


def about(look: Look, act: Act) -> str:
    """The symbol or the seat that an act is about; empty if it is about neither."""
    if isinstance(act, Alerted | Consulted | Convened | Tabled):
        return act.symbol
    for field in ("matter", "consultation", "alert", "meeting", "act"):
        if hasattr(act, field):
            return look.symbol(getattr(act, field))
    for field in ("notice", "report"):
        for fact in look.state.acts.get(getattr(act, field, ""), ()):
            return about(look, fact.act)
    return str(getattr(act, "office", ""))


def answer_lines(look: Look, answer: ActAnswer) -> Iterator[str]:
    """What became of an act, on the screen."""
    what = say_of("kind", answer.kind, "en") + (f", {answer.symbol}" if answer.symbol else "")
    under = f" under {look.cite(answer.article)}" if answer.article else ""
    book = f"line {answer.line} of the minute book of {look.capital(answer.party)}"
    if answer.reason:
        would = "would not be admitted" if answer.rehearsal else "not admitted"
        kept = f" It stays in {book} and changes nothing." if answer.line is not None else ""
        yield from paragraph(f"{what}: {would}{under}: {answer.reason}{kept}", 0)
    elif answer.already:
        yield from paragraph(f"{what}: {book} says this already; nothing new was written.", 0)
    elif answer.rehearsal:
        yield from paragraph(f"{what}: would be admitted{under}; nothing was written.", 0)
    else:
        yield from paragraph(f"{what}: entered as {book}{under}.", 0)


def _print_kinds(as_json: bool) -> None:
    if as_json:
        print_json({kind: list(field_lines(kind)) for kind in KINDS})
        return
    for kind in KINDS:
        typer.echo(f"{kind} ({say_of('kind', kind, 'en')}; {RIGHTS[KINDS[kind]].signer.value})")
        print_lines(paragraph(" ".join(field_lines(kind)) or "no field", 4))
    typer.echo("Fields in [brackets] may be left out. Fields of a field:")
    for name, part in PARTS.items():
        print_lines(paragraph(f"{name}: {' '.join(part.__struct_fields__)}", 4))
