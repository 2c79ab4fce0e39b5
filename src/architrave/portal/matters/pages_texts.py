"""What a matter's pages of texts and of steps show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment, Said
from architrave.portal.pages_rows import Frame, Link, Shown, told
from architrave.portal.proofs.pages_proofs import ProofLinks

__all__ = ["AlignedRow", "AlignedText", "ClosingRow", "StepRow", "StepsPage", "TextsPage",
           "TextsVersion"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One paragraph of a text in each language."""

    number: str = told("which paragraph it is")
    cells: tuple[Said | None, ...] = told("the paragraph in each language; none where it is absent")
    uneven: bool = told("true if a language that has the text lacks this paragraph")


@dataclass(frozen=True, slots=True)
class AlignedText:
    """One text in all languages of the charter, paragraph by paragraph."""

    label: Shown = told("which text it is")
    note: str = told("which languages are missing or unequal, in a sentence; empty if none is")
    rows: tuple[AlignedRow, ...] = told("its paragraphs, in order")


@dataclass(frozen=True, slots=True)
class TextsVersion:
    """The texts of one version of a matter, and what was said on it."""

    name: str = told("which version it is")
    anchor: str = told("its address within the page")
    line: Link = told("the line of the minute book that holds it")
    texts: tuple[AlignedText, ...] = told("its texts, aligned")
    document: str = told("a text that is not kept by language; empty if there is none")


@dataclass(frozen=True, slots=True)
class TextsPage:
    """A matter's texts in all the charter's languages, side by side."""

    frame: Frame = told("what every page carries")
    symbol: str = told("the symbol of the matter")
    title: Shown = told("its title")
    tabs: tuple[Link, ...] = told("the pages of this matter")
    heads: tuple[Said, ...] = told("the languages, one for each column, in the charter's order")
    versions: tuple[TextsVersion, ...] = told("its versions, the newest first")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One entry about a matter, and what the positions came to with it."""

    number: str = told("its place in the order")
    at: Moment = told("the time that its author claims")
    party: Shown = told("whose entry it is")
    capital: Shown = told("that party's capital")
    kind: str = told("what kind of entry")
    what: Shown = told("its title, its position or the version it concerns; empty if none")
    article: Shown = told("the article under which it stands, or which it fails; empty if none")
    decides: Shown = told("the article that decides the text; empty if it brings no text")
    line: Link = told("the line of the minute book that holds it")
    proof: ProofLinks | None = told("what proves the line without a network; none before that")
    sure: str = told("whether every other party has received it")
    refused: Shown = told("why it changes nothing; empty if it stands")
    positions: Shown = told("the positions on the version after it; empty if it moves none")
    outcome: str = told("what the rule makes of those positions; empty if it moves none")


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """How one party came to have all positions on the version to look at."""

    party: Shown = told("the party")
    line: Link | None = told("the line by which its book shows that it has them; none so far")
    knows: bool = told("true if its book shows that it knows the others have them")


@dataclass(frozen=True, slots=True)
class StepsPage:
    """How a matter came to where it is: every entry about it, in order, with the outcome so far."""

    frame: Frame = told("what every page carries")
    symbol: str = told("the symbol of the matter")
    title: Shown = told("its title")
    tabs: tuple[Link, ...] = told("the pages of this matter")
    steps: tuple[StepRow, ...] = told("the entries, none before what it rests on")
    pages: tuple[Link, ...] = told("the pages of the steps; empty if there is one")
    stage: Shown = told("how far the version to look at is")
    code: str = told("the same, as the code names it")
    sure: str = told("whether every other party has received all that this rests on")
    closings: tuple[ClosingRow, ...] = told("each party's line that closes the version")
    ticks_text: str = told("how many ticks are set, of how many")
