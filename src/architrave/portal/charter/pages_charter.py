"""What the pages of the charter show, its bodies and its articles, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.alerts.pages_alerts import AlertRow
from architrave.portal.formats import Moment
from architrave.portal.pages_meetings import MeetingRow
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = [
    "ArticleBlock",
    "AsOf",
    "BodiesPage",
    "BodyBlock",
    "ChangeBlock",
    "ChargeRow",
    "CharterPage",
    "CharterVersion",
    "PlatformRow",
    "SeatRow",
    "SideRow",
    "TermRow",
]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a page speaks of, and the form that asks for another."""

    action: str = told("the page's own address")
    day: str = told("the day asked for, ISO; empty for now")
    earliest: str = told("the first day of this copy's record, ISO; empty if it holds no line")
    latest: str = told("the last day that can be asked for, ISO")
    said: str = told("in one sentence, of which time the page speaks")
    fault: str = told("in one sentence, why the day asked for is not shown; empty if it is")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat and who holds it."""

    title: Shown = told("the seat's title")
    holder: str = told("who holds it; empty if nobody is entered")
    since: Moment | None = told("when the record entered the holder, or that the seat is vacant")
    line: Link | None = told("the line of the minute book that says so")


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
    untranslated: str = told("in which language its work is shown, if in another; else empty")
    meetings: tuple[MeetingRow, ...] = told("its meetings that are convened, the next one first")
    alerts: tuple[AlertRow, ...] = told("the alerts raised in it that nobody has closed")
    brief_href: str = told("where its two-page brief is; empty if it has none")


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """An article of the charter."""

    anchor: str = told("its address within the page")
    cite: Shown = told("how it is cited")
    title: Shown = told("its title")
    text: Shown = told("its text")
    nature: str = told("political or binding, where it differs from the charter; else empty")
    bodies: Shown = told("the bodies it governs; empty for all")
    instruments: str = told("the texts it decides; empty if it decides none or any")
    rule: str = told("its decision rule; empty if it has none")
    outcomes: tuple[str, ...] = told("the rule's table, summed up for each number of parties")
    period: str = told("the least period of a silence or a notice; empty if none")
    within: str = told("how long after a request to consult the body meets; empty if not said")
    by: str = told("who alone may do it; empty for any party")
    accepts: str = told("who accepts evidence; empty if it is not about that")
    href: str = told("where its rule is explained and tried; empty if there is no such page")
    untranslated: str = told("in which language its text is shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A forum outside."""

    name: Shown = told("its name")
    note: Shown = told("how contact is kept")


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """An office that goes from party to party, and who holds it by the charter's own dates."""

    body: Link = told("the body, and its place on the page of the bodies")
    office: Shown = told("the office: the chair, or a seat that goes from party to party")
    party: Shown = told("the party whose term it is; empty if the charter's dates do not say")
    first: Moment | None = told("the first day of that term; none if not known")
    last: Moment | None = told("the last day of that term; none if not known")
    handover: Moment | None = told("the day on which the next dated term begins; none if unknown")
    successor: Shown = told("whose term that is; empty if not known")
    order: Shown = told("the order in which the parties follow each other")
    note: Shown = told("what the charter says besides; empty if nothing")
    untranslated: str = told("in which language the note is shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class BodiesPage:
    """The charter's bodies, those that exist and those proposed, as of a day."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the charter's title")
    nature: str = told("political or binding")
    asof: AsOf = told("of which day the page speaks")
    charge: tuple[ChargeRow, ...] = told("who is in the chair of each existing body that has one")
    existing: tuple[BodyBlock, ...] = told("bodies that exist")
    proposed: tuple[BodyBlock, ...] = told("bodies that are proposed")
    platforms: tuple[PlatformRow, ...] = told("forums outside, which are contacts only")
    papers: tuple[Link, ...] = told("the same as a document, one for each kind of file")
    charter_href: str = told("where the articles are, as of the same day")


@dataclass(frozen=True, slots=True)
class SideRow:
    """One thing in an article or a body before and after an amendment."""

    label: str = told("which thing")
    old: Shown = told("how it was; empty if there was none")
    new: Shown = told("how it is; empty if there is none")


@dataclass(frozen=True, slots=True)
class ChangeBlock:
    """An article, a body or another part that an amendment changed, old and new side by side."""

    what: Shown = told("which part, and whether it was added, changed or dropped")
    rows: tuple[SideRow, ...] = told("what differs, old and new")
    fields: str = told("the fields of the file that differ; empty if the whole part is new or gone")


@dataclass(frozen=True, slots=True)
class CharterVersion:
    """A version of the charter, and from when to when it held."""

    anchor: str = told("its address within the page")
    name: str = told("which version it is")
    first: Moment | None = told("from when it held; none if this copy has no line yet")
    last: Moment | None = told("until when; none if it holds still")
    matter: Link | None = told("the matter that brought it; none for that of the founding")
    line: Link | None = told("the line of the minute book from which it held")
    digest: str = told("its SHA-256")
    shown: bool = told("true if it is the version that the page shows")
    href: str = told("the charter at the end of its first day; empty if another held by then")
    changes: tuple[ChangeBlock, ...] = told("what it changed in the version before it")


@dataclass(frozen=True, slots=True)
class CharterPage:
    """The charter's articles as of a day, and all its versions with what each changed."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the charter's title")
    nature: str = told("political or binding")
    asof: AsOf = told("of which day the page speaks")
    digest: str = told("SHA-256 of the charter shown")
    versions: tuple[CharterVersion, ...] = told("its versions by this copy's record, oldest first")
    articles: tuple[ArticleBlock, ...] = told("the articles, in order")
    bodies_href: str = told("where the bodies are, as of the same day")
