"""What the public data say of the register and of the minute books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from architrave.portal.data.api_matters import NoWords
from architrave.portal.data.api_rows import Cited, Coded, Instant, LineName, Texts
from architrave.portal.pages_rows import told

__all__ = [
    "Book",
    "BookPage",
    "Books",
    "Dump",
    "DumpedBook",
    "Event",
    "Line",
    "Opened",
    "Promise",
    "PromiseState",
    "Register",
    "RegisterRow",
    "Remark",
]


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise in one period."""

    first: date = told("the first day of the period")
    last: date | None = told("its last day; none while it has no end")
    state: Coded = told("its state; that nothing was found is no failure")
    reason: str = told("why it has that state, as the code names it")
    values: dict[str, str] = told("what the reason rests on: dates, or the seat that said so")
    events: tuple[str, ...] = told("ids of the events that kept it")
    related: tuple[str, ...] = told("ids of events that were weighed and not counted")
    sources: tuple[str, ...] = told("addresses of sources, or lines of the record")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a party, for itself alone, says of a row."""

    party: str = told("the party")
    kind: Coded = told("whether it confirms, corrects or contests the row")
    text: Texts = told("its note, correction or reason, by language")
    state: str = told("held or not-held, if a correction says so; else empty")
    on: str = told("the day in whose period that holds; else empty")
    source: str = told("the source of a correction; else empty")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")
    present: bool = told("true if it is about the row as it reads now")
    final: bool = told("true if every other party has received it")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the register, as public reports show it; nobody's statement."""

    id: str = told("its id in the register")
    digest: str = told("SHA-256 of the row")
    text: Texts = told("the promise in the register's words")
    made_on: str = told("the day when it was made, or the month where the day is not known")
    made_at: str = told("the id of the event at which it was made")
    body: Texts = told("who promised, as the register says")
    pillar: Coded = told("the field of cooperation")
    cadence: Coded = told("how often it falls due")
    due: str = told("the day or month by which it falls due first; empty if none")
    status: Texts = told("what a source said of it, in the register's words; empty if nothing")
    status_source: str = told("the source of that")
    source: str = told("the source of the promise")
    periods: tuple[PromiseState, ...] = told("its periods, oldest first")
    remarks: tuple[Remark, ...] = told("what parties say of the row")


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the register, as public reports show it; nobody's statement."""

    id: str = told("its id in the register")
    digest: str = told("SHA-256 of the row")
    on: str = told("its day, or its month where the day is not known")
    until: str = told("its last day, if it lasted longer; else empty")
    title: Texts = told("its title in the register's words")
    kind: Coded = told("what kind of event")
    level: str = told("at what level")
    parties: tuple[str, ...] = told("who took part: parties, and others by their code")
    pillar: Coded = told("the field of cooperation")
    place: Texts = told("where, as the register says; empty if it does not")
    summary: Texts = told("what reports say of it, in the register's words")
    source: str = told("the source that was seen")
    remarks: tuple[Remark, ...] = told("what parties say of the row")


@dataclass(frozen=True, slots=True)
class Register:
    """The register of what was promised and held, compiled from public reports."""

    title: Texts = told("its title, by language")
    standing: Texts = told("what it says of itself, by language")
    attribution: str = told("who compiled it, in English")
    compiled_by: Texts = told("who compiled it, by language; English alone if no more is known")
    licence: str = told("under which licence")
    sources_reach: date = told("the day to which sources reach")
    as_of: date = told("the day to which periods are counted: that of the newest line, if later")
    digest: str = told("SHA-256 of all rows")
    noted: tuple[str, ...] = told("symbols of the matters whose text names that digest")
    gaps: tuple[Texts, ...] = told("what is known to be missing from it, by language")
    promises: tuple[Promise, ...] = told("the promises, by id")
    events: tuple[Event, ...] = told("the events, by id")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of the register: a promise or an event."""

    id: str = told("its id in the register")
    cite: Texts = told("how to cite it, with its digest, by language")
    as_of: date | None = told("the day to which its periods are counted; none for an event")
    promise: Promise | None = told("the promise, if it is one")
    event: Event | None = told("the event, if it is one")


@dataclass(frozen=True, slots=True)
class Book:
    """A minute book."""

    party: str = told("whose book it is")
    address: str = told("where its lines are")
    size: int = told("how many lines it has")
    pages: int = told("on how many pages they stand; 1 for an empty book")
    last: Instant | None = told("the time of its last line; none for an empty book")
    covers: dict[str, int] = told("how many lines of each other book it acknowledges, by party")
    behind: tuple[str, ...] = told("parties whose lines it should acknowledge and does not yet")
    final: int = told("how many of its lines every other party has received")
    stopped: bool = told("true if two different histories of it were signed")


@dataclass(frozen=True, slots=True)
class Books:
    """The minute books."""

    books: tuple[Book, ...] = told("the books, in the order of the charter")


@dataclass(frozen=True, slots=True)
class Opened:
    """A text that was sealed for some parties, and that its author has released later.

    It counts among those parties alone.
    """

    at: Instant = told("when it was released; the time of its own line is when it was sealed")
    line: LineName = told("the line that releases it")
    texts: tuple[Texts, ...] = told("what it says, by language; nothing of what was erased")
    values: tuple[str, ...] = told("its symbol, digests and source, as far as it has any")
    sealed: str = told("the SHA-256 that the line has held since; the text is /record/acts/<this>")


@dataclass(frozen=True, slots=True)
class DumpedBook:
    """How far a minute book reached when the dump was made."""

    party: str = told("whose book it is")
    size: int = told("how many lines it had")
    root: str = told("the SHA-256 root of the book up to that line; empty for an empty book")
    last: Instant | None = told("the time of that line; none for an empty book")


@dataclass(frozen=True, slots=True)
class Dump:
    """The dump that was finished last. It is made aside, so the record may have gone on since."""

    address: str = told("where it lies, under its digest, until the one after the next is made")
    digest: str = told("its SHA-256")
    length: int = told("how long it is, in bytes")
    present: bool = told("true if nothing that it holds has changed since; else another is made")
    books: tuple[DumpedBook, ...] = told("the state that it holds, in the order of the charter")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a minute book. Of a text that is not for all parties it says only for whom."""

    number: int = told("its number in the book, from 1")
    root: str = told("the SHA-256 root of the book up to this line, as the record's files hold it")
    at: Instant = told("the time that its author claims")
    what: str = told(
        "statement, acknowledgement, sealed (for fewer readers), released (sealed once, and open"
        " now), or absent (not here)"
    )
    kind: Coded | None = told("what the statement does; none unless it is shown")
    subject: str = told("the symbol of what it is about; empty if none, or if it is not shown")
    seat: str = told("the seat that it fills, vacates or gives a key; else empty")
    covers: dict[str, int] = told("lines of other books that it acknowledges for the first time")
    readers: tuple[str, ...] = told("parties to which it was first released, where it names them")
    public: bool = told("true if anyone may read its text")
    article: Cited | None = told("the article that it fails, if it changes nothing")
    refused: Texts = told("why it changes nothing, in English; empty if it was received")
    erased: NoWords | None = told("that its words were erased, if they were")
    opened: Opened | None = told("its text, if it was sealed and released later")
    final: bool = told("true if every other party has received it")


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of a minute book. Page 1 has its oldest lines, so a full page keeps its lines."""

    party: str = told("whose book it is")
    size: int = told("how many lines it has")
    page: int = told("which page this is, from 1")
    pages: int = told("how many pages there are")
    next: str = told("the address of the next page; empty on the last")
    lines: tuple[Line, ...] = told("the lines of this page, the oldest first")
    other_history: tuple[Line, ...] = told(
        "lines of a second history, if two were signed; each copy shows first the one it read first"
    )
