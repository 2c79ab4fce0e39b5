"""What the pages for finding and citing show, each field with its help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe

from architrave.portal.formats import Moment, Said
from architrave.portal.pages_meetings import ClockBlock
from architrave.portal.pages_rows import ConsultationRow, Frame, Link, Shown, told
from architrave.portal.research.pages_cite import CiteBlock
from architrave.portal.search.pages_picture import PictureBlock

__all__ = [
    "AddedRow",
    "CloseRow",
    "ConsultationPage",
    "HitRow",
    "SearchPage",
    "Snippet",
    "snippets",
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
class Snippet:
    """The part of a text around what was found, in stretches: every other is marked.

    The first is not. `lang` is empty for a symbol or a name.
    """

    lang: str
    stretches: tuple[str, ...]

    def __html__(self) -> str:
        # Not through the template, which takes ten times as long for each stretch.
        parts = [escape(one) for one in self.stretches]
        parts[1::2] = [f"<mark>{one}</mark>" for one in parts[1::2]]
        return mark_safe(f'<p class="snippet" lang="{escape(self.lang)}">{"".join(parts)}</p>')


def snippets(several: Iterable[Snippet]) -> str:
    """Snippets one after the other, as they stand on the page."""
    return mark_safe("\n".join(one.__html__() for one in several))


@dataclass(frozen=True, slots=True)
class HitRow:
    """Something that was found."""

    code: str = told("official entry, compiled fact or charter, as the code names it")
    nature: str = told("the same in words")
    title: Shown = told("its title")
    href: str = told("where it stands")
    about: Shown = told("what it is, its id, the languages of what was hit, forms that led to it")
    snippets: str = told("where it was hit, the best first, marked; written before the template")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One search over everything public, in all languages at once."""

    frame: Frame = told("what every page carries")
    query: str = told("what was asked")
    notice: str = told("why nothing is shown; empty if something is")
    partly: bool = told("true if each hit holds only a part of what was asked")
    added: tuple[AddedRow, ...] = told("forms that the glossary added")
    close: tuple[CloseRow, ...] = told("words that stand nowhere, with the nearest that do")
    count: str = told("how many were found, and which are shown; empty if nothing was looked for")
    hits: tuple[HitRow, ...] = told("what was found, the best first")
    pages: tuple[Link, ...] = told("the page before, this and the next; empty if there is one")


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """A request to consult, its answers and how it ended."""

    frame: Frame = told("what every page carries")
    one: ConsultationRow = told("the request and its answers")
    readers: Shown = told("to whom it is released")
    closed: Moment | None = told("when it was closed; none if it is open")
    outcome: Shown = told("with what result; empty if it is open")
    clock: ClockBlock | None = told("the meeting clock and the meetings; none of a drill")
    picture: PictureBlock = told("who has answered, and what each makes of each point")
    cite: CiteBlock = told("how to cite it")
