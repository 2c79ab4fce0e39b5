"""What the pages for finding and citing show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment, Said
from architrave.portal.pages_rows import ConsultationRow, Frame, Link, Shown, told
from architrave.portal.research.pages_cite import CiteBlock
from architrave.portal.search.pages_picture import PictureBlock

__all__ = [
    "AddedRow",
    "CloseRow",
    "ConsultationPage",
    "HitRow",
    "SearchPage",
    "SnippetPart",
    "SnippetRow",
]


@dataclass(frozen=True, slots=True)
class AddedRow:
    """Forms that the glossary added to what was asked."""

    asked: str = told("what was asked")
    forms: tuple[Said, ...] = told("the forms that were added, each in its language")


@dataclass(frozen=True, slots=True)
class CloseRow:
    """A word that stands nowhere, and the nearest that does."""

    asked: str = told("what was asked")
    forms: tuple[Link, ...] = told("what was looked for besides, each as a search of its own")


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A stretch of a text."""

    text: str = told("the stretch as it was written")
    marked: bool = told("true if it is what was looked for")


@dataclass(frozen=True, slots=True)
class SnippetRow:
    """The part of a text around what was found."""

    lang: str = told("the language of the text; empty for a symbol or a name")
    parts: tuple[SnippetPart, ...] = told("its stretches in order")


@dataclass(frozen=True, slots=True)
class HitRow:
    """Something that was found."""

    code: str = told("official entry, compiled fact or charter, as the code names it")
    nature: str = told("the same in words")
    sort: str = told("what it is: a matter, a promise, a body …")
    name: str = told("its symbol or id; empty if it has none of its own")
    title: Shown = told("its title")
    href: str = told("where it stands")
    languages: str = told("the languages whose texts were hit; empty for symbols and names")
    through: tuple[Said, ...] = told("added forms by which it was found")
    snippets: tuple[SnippetRow, ...] = told("where it was hit, the best first")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One search over everything public, in all languages at once."""

    frame: Frame = told("what every page carries")
    query: str = told("what was asked")
    notice: str = told("why nothing is shown; empty if something is")
    partly: bool = told("true if each hit holds only a part of what was asked")
    added: tuple[AddedRow, ...] = told("forms that the glossary added")
    close: tuple[CloseRow, ...] = told("words that stand nowhere, with the nearest that do")
    count: str = told("how many were found; empty if nothing was looked for")
    more: str = told("how many of them are shown; empty if all are")
    hits: tuple[HitRow, ...] = told("what was found, the best first")


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """A request to consult, its answers and how it ended."""

    frame: Frame = told("what every page carries")
    one: ConsultationRow = told("the request and its answers")
    readers: Shown = told("to whom it is released")
    closed: Moment | None = told("when it was closed; none if it is open")
    outcome: Shown = told("with what result; empty if it is open")
    picture: PictureBlock = told("who has answered, and what each makes of each point")
    cite: CiteBlock = told("how to cite it")
