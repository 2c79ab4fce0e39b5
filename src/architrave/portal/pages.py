"""What each page shows: one frozen dataclass for each page, each field with its help.

A template reads these fields and nothing else; a test compares the two, and `docs/pages.md` is
written from the help. `Shown` is text of the page's language, or a `Said` in another one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import get_args, get_type_hints

from architrave.portal.formats import Moment, Said
from architrave.portal.pages_glossary import GlossaryPage
from architrave.portal.pages_matter import MatterPage
from architrave.portal.pages_rows import (
    Beam,
    BookRow,
    ConsultationRow,
    DateRow,
    Frame,
    Link,
    MatterRow,
    PeriodRow,
    RemarkRow,
    Rendered,
    Shown,
    told,
)

__all__ = [
    "PAGES",
    "AbsentPage",
    "ArticleBlock",
    "BodiesPage",
    "BodyBlock",
    "EventRow",
    "HomePage",
    "LineRow",
    "MatterPage",
    "MattersPage",
    "NotedRow",
    "PlatformRow",
    "PromiseBlock",
    "PromiseGroup",
    "PromiseSummary",
    "PromiseTable",
    "RecordPage",
    "RegisterPage",
    "SeatRow",
    "SizeRow",
    "StateRow",
    "TermRow",
    "VerifyPage",
    "manual",
]


@dataclass(frozen=True, slots=True)
class PromiseSummary:
    """A promise of the front event and its state in each period."""

    who: Shown = told("who promised, as the register says")
    text: Shown = told("the promise")
    href: str = told("its place on the page of the register")
    cells: tuple[PeriodRow | None, ...] = told("its period under each column, if any")


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of a promise, for a legend."""

    state: str = told("the state, as the code names it")
    sign: str = told("its sign")
    word: str = told("the state in words")


@dataclass(frozen=True, slots=True)
class PromiseTable:
    """Promised and held, as public reports show it."""

    made_at: Link = told("the event at which they were made")
    years: tuple[str, ...] = told("the columns: the years of each period, oldest first")
    rows: tuple[PromiseSummary, ...] = told("one row for each promise, any not held first")
    legend: tuple[StateRow, ...] = told("the five states")
    reach: Moment = told("the day to which sources reach")
    standing: Shown = told("what the register says of itself")


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page: do the books agree, what comes, what was promised, what is being decided."""

    frame: Frame = told("what every page carries")
    beam: Beam = told("the mark: a column for each capital, and the beam")
    verdict: str = told("one sentence that says whether the books agree")
    books: tuple[BookRow, ...] = told("the minute books, in the order of names")
    dates: tuple[DateRow, ...] = told("the next dates, by time")
    promises: PromiseTable | None = told("promised and held; none without a register")
    deciding: tuple[MatterRow, ...] = told("matters before a body, the last tabled first")
    standing: tuple[MatterRow, ...] = told("the latest texts that stand, the last tabled first")
    consultations: tuple[ConsultationRow, ...] = told("consultations that are open")
    verify_href: str = told("where it says how to check all this")
    matters_href: str = told("where all matters are listed")
    register_href: str = told("where the whole register is")


@dataclass(frozen=True, slots=True)
class MattersPage:
    """Every matter that this copy holds."""

    frame: Frame = told("what every page carries")
    matters: tuple[MatterRow, ...] = told("the matters, the last tabled first")


@dataclass(frozen=True, slots=True)
class NotedRow:
    """The matter by which the register was taken note of."""

    symbol: str = told("the symbol of the matter")
    href: str = told("its page")
    stage: Shown = told("how far it is")


@dataclass(frozen=True, slots=True)
class PromiseBlock:
    """A promise of the register with all its periods."""

    id: str = told("its id in the register")
    text: Rendered = told("the promise")
    made_on: Moment = told("when it was made")
    made_at: Link = told("the event at which it was made")
    body: Shown = told("who promised, as the register says")
    pillar: Shown = told("the field of cooperation")
    cadence: str = told("how often it falls due")
    due: Moment | None = told("the day or month by which it falls due first")
    status: Rendered | None = told("what a source said of it, in the register's words")
    status_source: Link | None = told("the source of that")
    source: Link = told("the source of the promise")
    periods: tuple[PeriodRow, ...] = told("its periods, oldest first")
    remarks: tuple[RemarkRow, ...] = told("what capitals say of it, each for itself")


@dataclass(frozen=True, slots=True)
class PromiseGroup:
    """Promises whose state is the same; those not held come first."""

    state: str = told("the state, as the code names it")
    word: str = told("the state in words")
    means: str = told("what the state means")
    looked: Shown = told("where was looked, for promises of which nothing was found; else empty")
    count: str = told("how many promises")
    promises: tuple[PromiseBlock, ...] = told("the promises, by the date on which they were made")


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event of the register."""

    id: str = told("its id in the register")
    when: Moment = told("its day, or its month where the day is not known")
    until: Moment | None = told("its last day, if it lasted longer")
    title: Rendered = told("its title")
    kind: Shown = told("what kind of event")
    pillar: Shown = told("the field of cooperation")
    parties: Shown = told("who took part")
    place: Shown = told("where, as the register says; empty if it does not")
    summary: Rendered = told("what reports say of it, in the register's words")
    source: Link = told("the source that was seen")
    remarks: tuple[RemarkRow, ...] = told("what capitals say of it, each for itself")


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The register: promises period by period, events, each with its source."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the register's title")
    standing: Shown = told("what the register says of itself")
    attribution: Said = told("who compiled it")
    reach: Moment = told("the day to which sources reach")
    digest: str = told("SHA-256 of all rows")
    noted: NotedRow | None = told("the matter by which it was taken note of, if the record has one")
    contact: Link | None = told("where to send a source, if this capital says")
    translated: bool = told("true if texts are shown in translation on this page")
    gaps: tuple[Shown, ...] = told("what is known to be missing from it")
    groups: tuple[PromiseGroup, ...] = told("the promises by state, not held first")
    events: tuple[EventRow, ...] = told("the events, newest first")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat and who holds it."""

    title: Shown = told("the seat's title")
    holder: str = told("who holds it; empty if nobody is entered")


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of a chair."""

    party: Shown = told("the party in the chair")
    first: Moment | None = told("its first day; none if not known")
    last: Moment | None = told("its last day; none if not known")


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """A body of the charter."""

    id: str = told("its id in the charter")
    name: Shown = told("its name")
    proposed: bool = told("true if it does not exist")
    mandate: Shown = told("its work")
    cadence: str = told("how often it meets")
    phase: Shown = told("the phase that would set it up; empty for an existing body")
    parent: Shown = told("the body above it; empty if none")
    absorbs: Shown = told("bodies whose work it would take over; empty if none")
    seats: tuple[SeatRow, ...] = told("its seats, in the order of names")
    rotation: Shown = told("the order of the chair; empty if the charter sets none")
    terms: tuple[TermRow, ...] = told("the terms of the chair that the charter lists")
    sources: tuple[Link, ...] = told("where an existing body was seen, with the date")


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """An article of the charter."""

    cite: Shown = told("how it is cited")
    title: Shown = told("its title")
    text: Shown = told("its text")
    nature: str = told("political or binding, where it differs from the charter; else empty")
    bodies: Shown = told("the bodies it governs; empty for all")
    instruments: str = told("the texts it decides; empty if it decides none or any")
    rule: str = told("its decision rule; empty if it has none")
    outcomes: tuple[str, ...] = told("the rule's table, summed up for each number of parties")
    period: str = told("the least period of a silence or a notice; empty if none")
    by: str = told("who alone may do it; empty for any party")
    accepts: str = told("who accepts evidence; empty if it is not about that")


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A forum outside."""

    name: Shown = told("its name")
    note: Shown = told("how contact is kept")


@dataclass(frozen=True, slots=True)
class BodiesPage:
    """The charter: bodies that exist, bodies proposed, and articles."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the charter's title")
    nature: str = told("political or binding")
    existing: tuple[BodyBlock, ...] = told("bodies that exist")
    proposed: tuple[BodyBlock, ...] = told("bodies that are proposed")
    articles: tuple[ArticleBlock, ...] = told("the articles, in order")
    platforms: tuple[PlatformRow, ...] = told("forums outside, which are contacts only")


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a minute book."""

    number: str = told("its number in the book")
    anchor: str = told("its address within the page")
    at: Moment = told("the time that its author claims")
    what: Shown = told("what the line holds")
    subject: Link | None = told("the matter it is about")
    readers: Shown = told("to whom its text is released; empty for an acknowledgement")
    refused: Shown = told("why it changes nothing, with its article; empty if it was received")
    erased: Shown = told("by whom, when and why its words were erased; empty if they stand")
    final: bool = told("true if every other party has received it")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One minute book, line by line, the newest first."""

    frame: Frame = told("what every page carries")
    book: Shown = told("whose book it is")
    size: str = told("how many lines this copy holds of it")
    tabs: tuple[Link, ...] = told("the books of all parties")
    lines: tuple[LineRow, ...] = told("the lines of this page, newest first")
    other_face: tuple[LineRow, ...] = told("lines of a second history, if two were signed")
    stopped: bool = told("true if two different histories of this book were signed")
    newer: Link | None = told("the page with newer lines")
    older: Link | None = told("the page with older lines")


@dataclass(frozen=True, slots=True)
class SizeRow:
    """How far a minute book is vouched for, and where it can be fetched."""

    party: Shown = told("whose book it is")
    folder: str = told("where its files lie below /record/")
    address: str = told("where that capital's copy is reached")
    command: str = told("the command that checks it")
    signed: str = told("lines signed by the author")
    cosigned: str = told("lines co-signed by all the others")
    final: str = told("lines that every other party has received")


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """How to check the record without trusting this page."""

    frame: Frame = told("what every page carries")
    founding: str = told("SHA-256 of the founding")
    charter: str = told("SHA-256 of the charter")
    books: tuple[SizeRow, ...] = told("the minute books, in the order of names")


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """What is shown where there is no page."""

    frame: Frame = told("what every page carries")


PAGES: dict[str, type] = {
    "home": HomePage,
    "matters": MattersPage,
    "matter": MatterPage,
    "register": RegisterPage,
    "bodies": BodiesPage,
    "record": RecordPage,
    "verify": VerifyPage,
    "glossary": GlossaryPage,
    "absent": AbsentPage,
}
"""Each page by the name of its template."""


def manual() -> str:
    """The pages and their fields as Markdown, from the help of each dataclass."""
    lines = [_HEAD]
    shared: dict[type, None] = {}
    for name, page in PAGES.items():
        lines += [f"## {name}", "", _first_line(page), ""]
        lines += [*_rows_of(page), ""]
        _gather(page, shared)
    lines += ["## Rows and blocks", ""]
    for block in sorted(shared, key=lambda one: one.__name__):
        if block not in PAGES.values():
            lines += [f"### {block.__name__}", "", _first_line(block), "", *_rows_of(block), ""]
    return "\n".join(lines)


_HEAD = """# Pages

What each page of a node shows, written from the help of the fields in `portal/pages*.py`:

```
python -c "from architrave.portal.pages import manual; print(manual(), end='')" > docs/pages.md
```

Every page is served at `/ko/`, `/ja/` and `/en/` under one path; `/` leads to the language that
the browser asks for. A text that the charter or a capital wrote in other languages only is shown in
one of those, and marked with it. Pages show what is released to all parties of the founding. A line
for fewer readers shows only that there is a sealed text, and for whom, even in their own copies.
A page is no door: whoever reaches its address may read it. Let only those in who may.
"""


def _first_line(block: type) -> str:
    return (block.__doc__ or "").strip()


def _rows_of(block: type) -> list[str]:
    rows = [
        f"| `{one.name}` | {_kind(str(one.type))} | {one.metadata['help']} |"
        for one in fields(block)
    ]
    return ["| field | what | help |", "|---|---|---|", *rows]


def _kind(name: str) -> str:
    return name.replace("|", "or")


def _gather(block: type, found: dict[type, None]) -> None:
    """All dataclasses of pages that a page reaches."""
    for hint in get_type_hints(block).values():
        for one in (hint, *get_args(hint)):
            if is_dataclass(one) and isinstance(one, type) and "portal.pages" in one.__module__:
                if one not in found:
                    found[one] = None
                    _gather(one, found)
