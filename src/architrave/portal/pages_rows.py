"""Rows and blocks that several pages share, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from architrave.portal.formats import Moment, Said

__all__ = [
    "AnswerRow",
    "Beam",
    "BookRow",
    "Column",
    "ConsultationRow",
    "DateRow",
    "Frame",
    "Link",
    "MatterRow",
    "OpenedBlock",
    "PeriodRow",
    "RemarkRow",
    "Rendered",
    "Shown",
    "SilentRow",
    "WaitingRow",
    "told",
]

Shown = str | Said


def told(help_text: str) -> Any:
    """A field that says what it is."""
    return field(metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text of the register in the reader's language, and how it came into it."""

    text: Shown = told("the text")
    mark: str = told("provisional, stale or not translated, in words; empty for the original")
    original: Said | None = told("the original, where the text is a translation")


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """What a capital says of a row of the register, for itself."""

    party: Shown = told("who says it")
    says: str = told("confirms, proposes a correction or contests, in words")
    code: str = told("the same, as the code names it")
    at: Moment = told("when")
    text: Shown = told("its words; empty if there are none")
    holds: Shown = told("held or not held, and in the period of which day; empty if not said")
    source: Link | None = told("the source that it names")
    earlier: bool = told("true if it was said of an earlier wording of the row")
    href: str = told("the line of its minute book")


@dataclass(frozen=True, slots=True)
class Link:
    """A link."""

    text: Shown = told("what it says")
    href: str = told("where it leads")
    current: bool = told("true if it leads to this very page")


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A capital that is out of touch."""

    party: Shown = told("the party")
    since: Shown = told("since when nothing was heard of its copy")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page carries."""

    language: str = told("the page's language: ko, ja or en")
    title: str = told("the page's title")
    about: str = told("what it is about, for who is shown a link to it; empty if it does not say")
    about_language: str = told("the language of that, where it is not the page's; else empty")
    locale: str = told("its language as previews of links name it")
    institution: Shown = told("the charter's title")
    nature: str = told("political or binding, in words")
    demonstration: bool = told("true if the founding says that this is a demonstration")
    tabletop: bool = told("true if that demonstration is a table-top exercise")
    capital: Shown = told("the capital whose copy this is")
    at: Moment = told("when the page was made, by this copy's clock")
    home_href: str = told("the front page in this language")
    places: tuple[Link, ...] = told("the other pages")
    further: tuple[Link, ...] = told("pages for those who work with the record, at the foot")
    silent: tuple[SilentRow, ...] = told("the other capitals that are out of touch")
    tongues: tuple[Link, ...] = told("this very page in each language, named in that language")
    search_href: str = told("where the search in the head leads")
    sought: str = told("what stands in it; empty except after a search")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the mark."""

    x: int = told("its left edge")
    name: Shown = told("the party that it stands for")
    complete: bool = told("true if the column is full: the capital has acted")
    state: str = told("what a full or an empty column means, in words")


@dataclass(frozen=True, slots=True)
class Beam:
    """The mark: a column for each capital, and the beam that they carry."""

    columns: tuple[Column, ...] = told("the columns, in the order of names")
    width: int = told("the width of the drawing")
    span: int = told("the length of the beam")
    closed: bool = told("true if the beam rests on the columns: the books agree, the matter stands")
    text: str = told("the same in characters, for example ▮▮▯")
    label: str = told("how many columns are full, of how many, in words")


@dataclass(frozen=True, slots=True)
class BookRow:
    """A minute book as this copy holds it."""

    party: Shown = told("whose book it is")
    capital: Shown = told("that party's capital city")
    href: str = told("the page with its lines")
    size: str = told("how many lines it has")
    behind: Shown = told("the parties whose lines it does not acknowledge yet; empty if none")
    complete: bool = told("true if it acknowledges all that it should")
    alive: Shown = told("when it was last seen alive, or since when it is silent")
    silent: bool = told("true if it has been silent for minutes")
    stopped: bool = told("true if two different histories of it were signed")
    proof_href: str = told("the proof of that; empty if there is none")


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date ahead."""

    when: Moment = told("the date, or the instant as this capital's clock shows it")
    what: str = told("what happens then")
    parties: Shown = told("whose date it is")
    subject: Link = told("the matter or the body")
    over: bool = told("true if the date has passed and something is still awaited")
    sure: str = told("whether it rests on final lines")


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A party that something waits for."""

    party: Shown = told("the party")
    need: str = told("what is awaited of it")
    until: Moment | None = told("until when, where that is known")


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter in a list."""

    symbol: str = told("its symbol")
    href: str = told("its page")
    title: Shown = told("the title of the version to look at")
    body: Shown = told("the body before which it is")
    stage: Shown = told("how far it is")
    code: str = told("the same, as the code names it")
    suspended: tuple[Shown, ...] = told("who suspends it, since when; empty if nobody")
    beam: Beam = told("the mark: which capitals have acted, and whether it stands")
    awaiting: tuple[WaitingRow, ...] = told("whom it waits for")
    final: bool = told("true if all that this rests on is final")
    sure: str = told("whether it rests on final lines")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to a request to consult."""

    party: Shown = told("who answered")
    at: Moment = told("when")
    text: Shown = told("the answer")


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation in a list: it is open, or somebody owes a word on it."""

    symbol: str = told("its symbol")
    href: str = told("its page")
    body: Shown = told("the body in which it takes place")
    party: Shown = told("who asked")
    at: Moment = told("when")
    ground: Shown = told("on what ground")
    facts: Shown = told("the facts stated")
    wish: Shown = told("what is wished")
    answers: tuple[AnswerRow, ...] = told("the answers so far")
    drill: str = told("that it is a drill and no request; empty if it is a request")
    failed: bool = told("true if it was closed without the answers of those who are awaited")
    awaiting: Shown = told("the parties that have not answered; empty if none")
    sure: str = told("whether it rests on final lines")
    untranslated: str = told("in which language its words are shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A promise in one period."""

    span: Shown = told("from which day to which")
    state: str = told("the state, as the code names it")
    sign: str = told("a sign for the state, beside words or a legend")
    word: str = told("the state in words")
    reason: Shown = told("why it has that state")
    events: tuple[Link, ...] = told("the events that kept it")
    related: tuple[Link, ...] = told("events that were weighed and not counted")
    sources: tuple[Link, ...] = told("the sources that it rests on")
    count: str = told("how many sources")


@dataclass(frozen=True, slots=True)
class OpenedBlock:
    """A text that was sealed for some parties, and that its author has released later."""

    note: str = told("when it was released, and when it was sealed")
    first: str = told("to whom it was released at first, among whom alone it counts")
    release: Link = told("the line that releases it")
    texts: tuple[Shown, ...] = told("what it says; nothing of what was erased")
    untranslated: str = told("in which language its texts are shown, if in another; else empty")
    file: Link | None = told("the text as it was sealed; none once its words are erased")
    proof: str = told("what shows that it is the text sealed then; empty without the file")
    verify: Link = told("the page that checks it")
