"""`architrave alert` and `architrave respond`: an early warning to a body, and an answer to one.

Both are record entries, signed and entered as by `architrave act`; here the six points are asked
for where they were not given, so that none is left out in silence.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature, signature
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


def _entering(kind: str) -> Callable[[Callable[..., Tree]], Callable[..., None]]:
    """Make a verb that enters an act of this kind out of a function that gives its fields.

    The function takes a `Look`, the fields that were typed, and options of its own; the options of
    both verbs are added to these here.
    """

    def verb_of(fields_of: Callable[..., Tree]) -> Callable[..., None]:
        def verb(
            node: NodeNamed,
            put: Put = None,
            file: Fields = None,
            seat: ForSeat = None,
            to: To = None,
            dry_run: DryRun = False,
            again: Again = False,
            strict_terms: Strict = False,
            as_json: AsJson = False,
            **own: object,
        ) -> None:
            it = look(node)
            tree = fields_of(it, typed_fields(kind, put or [], file), **own)
            enter(it, kind, tree, Way(seat, to, dry_run, again, strict_terms, as_json))

        node, *every, _ = signature(verb, eval_str=True).parameters.values()
        own = list(signature(fields_of, eval_str=True).parameters.values())[2:]
        shown = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in (node, *own, *every)]
        spoken = functools.wraps(fields_of)(plainly(verb))
        # The command line takes what stands in the signature.
        spoken.__signature__ = Signature(shown)  # type: ignore[attr-defined]
        spoken.__annotations__ = {one.name: one.annotation for one in shown}
        return spoken

    return verb_of


@_entering("alerted")
def alert(
    look: Look,
    given: Tree,
    body: Annotated[str, typer.Option(help="The body that is warned, for example ESF.")],
    test: Annotated[bool, typer.Option("--test", help="A test alert: it owes nothing.")] = False,
) -> Tree:
    """Warn the others of a body: impact, causes, duration, sectors, measures, help wanted.

    A point of which nothing is known is given as "not known". What is not given is asked for.
    """
    return alert_tree(look, body, given, test)


@_entering("responded")
def respond(
    look: Look,
    given: Tree,
    symbol: Annotated[str, typer.Argument(help="The symbol of an alert.")],
    unable: Annotated[bool, typer.Option("--unable", help="Say that you cannot help.")] = False,
) -> Tree:
    """Answer an alert: what you offer, what you see, or that you cannot help."""
    return {**given, "alert": alert_found(look, symbol), **({"unable": True} if unable else {})}


def alert_tree(look: Look, body: str, given: Tree, test: bool) -> Tree:
    """The fields of an alert, with each point asked for that was not given.

    Unclear, naming the points, where nobody is there to ask.
    """
    tree: Tree = {**given, "body": body, **({"drill": True} if test else {})}
    said = tree.get("unknown", [])
    unknown = [one.strip() for one in said.split(",")] if isinstance(said, str) else said
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
