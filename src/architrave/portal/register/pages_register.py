"""What the pages of the register show: promises and events as public reports show them."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import (
    Frame,
    Link,
    PeriodRow,
    RemarkRow,
    Rendered,
    Shown,
    told,
)
from architrave.portal.research.pages_cite import CiteBlock

__all__ = [
    "EventRow",
    "EventsPage",
    "NotedRow",
    "PromiseBlock",
    "PromiseGroup",
    "RegisterPage",
    "RowPage",
    "StateLink",
]


@dataclass(frozen=True, slots=True)
class NotedRow:
    """The matter by which the register was taken note of."""

    symbol: str = told("the symbol of the matter")
    href: str = told("its page")
    stage: Shown = told("how far it is")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
    cite_href: str = told("where it says how to cite it")
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
    promises: tuple[PromiseBlock, ...] = told(
        "those of this page, by the date on which they were made"
    )


@dataclass(frozen=True, slots=True)
class StateLink:
    """A state, how many promises have it, and where they begin."""

    word: str = told("the state in words")
    count: str = told("how many promises")
    href: str = told("the page and place where they begin")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
    cite_href: str = told("where it says how to cite it")
    kept: tuple[Link, ...] = told("the promises that it kept, or tells of")


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The register: promises period by period, events, each with its source."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the register's title")
    standing: Shown = told("what the register says of itself")
    attribution: Shown = told("who compiled it")
    attribution_note: str = told("in which language that is shown, if in another; else empty")
    reach: Moment = told("the day to which sources reach")
    counted: Moment = told(
        "the day to which periods are counted: that of the newest line, or of the last source"
    )
    digest: str = told("SHA-256 of all rows")
    noted: NotedRow | None = told("the matter by which it was taken note of, if the record has one")
    contact: Link | None = told("where to send a source, if this capital says")
    translated: bool = told("true if texts are shown in translation on this page")
    gaps: tuple[Shown, ...] = told("what is known to be missing from it")
    states: tuple[StateLink, ...] = told("all states, not held first, and where each begins")
    groups: tuple[PromiseGroup, ...] = told("the promises of this page by state, not held first")
    events_href: str = told("where the events are")
    pages: tuple[Link, ...] = told("the pages of the promises; empty if there is one")
    papers: tuple[Link, ...] = told("the same as a document, one for each kind of file")


@dataclass(frozen=True, slots=True)
class EventsPage:
    """The events of the register, newest first."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the register's title")
    reach: Moment = told("the day to which sources reach")
    translated: bool = told("true if texts are shown in translation on this page")
    register_href: str = told("where the promises are")
    events: tuple[EventRow, ...] = told("the events of this page, newest first")
    pages: tuple[Link, ...] = told("the pages of the events; empty if there is one")


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row of the register, to be read and cited: a promise or an event."""

    frame: Frame = told("what every page carries")
    id: str = told("its id in the register")
    standing: Shown = told("what the register says of itself")
    translated: bool = told("true if texts are shown in translation on this page")
    promise: PromiseBlock | None = told("the promise; none for an event")
    event: EventRow | None = told("the event; none for a promise")
    contact: Link | None = told("where to send a source for it, if this capital says")
    counted: Moment | None = told("the day to which its periods are counted; none for an event")
    register_href: str = told("where the register is")
    cite: CiteBlock = told("how to cite it")
