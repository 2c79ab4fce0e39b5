"""`architrave may NODE "…"`: may we do this?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from architrave.cli.faults import plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines
from architrave.cli.look import Look, look
from architrave.cli.may_answer import Answer, answered
from architrave.cli.may_reading import read_question

__all__ = ["may"]


@plainly
def may(
    node: Annotated[str, typer.Argument(help="A node's folder or a capital.")],
    words: Annotated[list[str], typer.Argument(help="For example: Seoul consult TDC")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """May we do this? Yes, no or not yet, with the articles and what is missing.

    Who, what, where, on which text and when, in any order, in English, Korean or Japanese.
    """
    it = look(node)
    answer = answered(it, read_question(it, " ".join(words)))
    if as_json:
        print_json(asdict(answer))
    else:
        print_lines(_lines(it, answer))
    if answer.answer != "yes":
        raise typer.Exit(1)


def _lines(look: Look, answer: Answer) -> Iterator[str]:
    yield from paragraph(f"{answer.answer.replace('-', ' ')}: {answer.sentence}", 0)
    for one in answer.articles:
        yield heading(f"  {one.cite}, {one.title}")
        yield from paragraph(one.text, 4)
    for note in answer.notes:
        yield from paragraph(note)
    if look.state.founding.demonstration:
        yield from paragraph("DEMO: asked of a demonstration's copy.")
