"""Notes on an officer's words, before they are signed: what the glossary would have otherwise."""

from __future__ import annotations

import typer

from architrave.cli.faults import Unclear
from architrave.cli.layout import print_notes
from architrave.cli.term_texts import texts_of
from architrave.institution.acts import Act, document_of
from architrave.portal.glossary.term_faults import TermFault, faults_in, sentence

__all__ = ["note_terms", "term_faults_of"]


def term_faults_of(act: Act) -> list[tuple[str, TermFault]]:
    """The faults of an act's texts against the glossary, each with the name of its field."""
    return [
        (place.removeprefix("wording."), fault)
        for place, text in texts_of(document_of(act))
        for fault in faults_in(text)
    ]


def note_terms(act: Act, strict: bool) -> None:
    """Say the faults on standard error; if strict, refuse the act with the first of them."""
    faults = term_faults_of(act)
    if not faults:
        return
    place, first = faults[0]
    if strict:
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        told = sentence(first).rstrip(".")
        raise Unclear(f"{place}, {told}{more}; with --strict-terms nothing is signed.")
    print_notes(f"note: {place}, {sentence(fault)}" for place, fault in faults)
    typer.echo("note: `architrave glossary WORD` says more; nothing is held up by this.", err=True)
