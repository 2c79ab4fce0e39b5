"""`architrave alert` and `architrave respond`: an early warning to a body, and an answer to one.

Both are record entries, signed and entered as by `architrave act`; here the six points are asked
for where they were not given, so that none is left out in silence.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.act_verbs import Way, enter
from architrave.cli.faults import Unclear, plainly
from architrave.cli.look import Look, look
from architrave.institution.acts import Alerted
from architrave.institution.acts_warning import POINTS
from architrave.portal.composing.fields import Tree, typed_fields
from architrave.portal.composing.finding import nearest, symbol_fact
from architrave.portal.composing.warning_fields import NOT_KNOWN
from architrave.portal.words import say_of

__all__ = ["alert", "alert_found", "alert_tree", "respond"]

NodeNamed = Annotated[str, typer.Argument(help="A node's folder or a capital.")]
Put = Annotated[list[str] | None, typer.Option("--set", help="field=value; may be repeated.")]
Fields = Annotated[Path | None, typer.Option(help="Fields in TOML or JSON.")]
ForSeat = Annotated[str | None, typer.Option(help="The seat for which it is signed.")]
To = Annotated[str | None, typer.Option(help="public, or parties such as JPN,KOR.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Ask; write nothing.")]
Again = Annotated[bool, typer.Option("--again", help="Even if it is there already.")]
Strict = Annotated[
    bool, typer.Option("--strict-terms", help="Sign nothing that the glossary faults.")
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@plainly
def alert(
    node: NodeNamed,
    body: Annotated[str, typer.Option(help="The body that is warned, for example ESF.")],
    put: Put = None,
    file: Fields = None,
    test: Annotated[bool, typer.Option("--test", help="A test alert: it owes nothing.")] = False,
    seat: ForSeat = None,
    to: To = None,
    dry_run: DryRun = False,
    again: Again = False,
    strict_terms: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Warn the others of a body: impact, causes, duration, sectors, measures, help wanted.

    A point of which nothing is known is given as "not known". What is not given is asked for.
    """
    it = look(node)
    tree = alert_tree(it, body, typed_fields("alerted", put or [], file), test)
    enter(it, "alerted", tree, Way(seat, to, dry_run, again, strict_terms, as_json))


def alert_tree(look: Look, body: str, given: Tree, test: bool) -> Tree:
    """The fields of an alert, with each point asked for that was not given.

    Unclear, naming the points, where nobody is there to ask.
    """
    tree: Tree = {**given, "body": body, **({"drill": True} if test else {})}
    said = tree.get("unknown", [])
    unknown = said.split(",") if isinstance(said, str) else said
    missing = [one for one in POINTS if one not in tree and one not in unknown]
    return {**tree, **_asked(missing, look.charter.languages)}


def _asked(points: Sequence[str], languages: Sequence[str]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for place, point in enumerate(points):
        words = _words_asked(point, languages)
        if words is None:
            raise Unclear(
                f"alerted: {', '.join(points[place:])}: missing; give words in each of "
                f'{", ".join(languages)}, or --set {point}="{NOT_KNOWN}".'
            )
        found[point] = words
    return found


def _words_asked(point: str, languages: Sequence[str]) -> dict[str, str] | str | None:
    """What is typed of a point in each language; None where nobody is there to type."""
    words: dict[str, str] = {}
    for language in languages:
        told = ""
        while not told:
            name = say_of("alert-point", point, "en")
            typer.echo(f"{name} ({language}), or {NOT_KNOWN!r}: ", nl=False, err=True)
            line = sys.stdin.readline()
            if not line:
                return None
            told = line.strip()
        if told.casefold() == NOT_KNOWN:
            return NOT_KNOWN
        words[language] = told
    return words


@plainly
def respond(
    node: NodeNamed,
    symbol: Annotated[str, typer.Argument(help="The symbol of an alert.")],
    put: Put = None,
    file: Fields = None,
    unable: Annotated[bool, typer.Option("--unable", help="Say that you cannot help.")] = False,
    seat: ForSeat = None,
    to: To = None,
    dry_run: DryRun = False,
    again: Again = False,
    strict_terms: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Answer an alert: what you offer, what you see, or that you cannot help."""
    it = look(node)
    tree = typed_fields("responded", put or [], file)
    found = alert_found(it, symbol)
    tree = {**tree, "alert": found, **({"unable": True} if unable else {})}
    enter(it, "responded", tree, Way(seat, to, dry_run, again, strict_terms, as_json))


def alert_found(look: Look, symbol: str) -> str:
    """The symbol of an alert as it stands in the record; Unclear with the nearest."""
    fact = symbol_fact(look, symbol)
    if fact is not None and isinstance(fact.act, Alerted):
        return fact.act.symbol
    known = [
        one.act.symbol
        for facts in look.state.consultations.values()
        for one in look.view.of(facts)
        if isinstance(one.act, Alerted)
    ]
    raise Unclear(f"{symbol!r} is no alert here; {nearest(symbol, known)}.")
