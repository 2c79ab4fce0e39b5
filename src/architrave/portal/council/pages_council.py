"""What the council's first page and its page of consultations show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.charter.pages_charter import BodyBlock
from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, MatterRow, Shown, told

__all__ = [
    "ConsultationsPage",
    "CouncilPage",
    "DrillMonth",
    "DutyRow",
    "LegLine",
    "PlaceRow",
    "RequestRow",
]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A page of the council."""

    link: Link = told("the page")
    about: str = told("what it shows, in one sentence")


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A commitment under a text of the council, for the period that runs or ended last."""

    due: Shown | Moment = told("the last day of the period")
    party: Shown = told("whose it is")
    what: Shown = told("what was promised")
    state: str = told("its state in words")
    code: str = told("its state, as the code names it")
    matter: Link = told("the text under which it stands")


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """The council: its bodies and seats, what is before them, what is owed, and where to go on."""

    frame: Frame = told("what every page carries")
    name: Shown = told("the body's name")
    proposed: bool = told("true if the body does not exist")
    tabs: tuple[Link, ...] = told("the council's pages")
    places: tuple[PlaceRow, ...] = told("its other pages, each with what it shows")
    bodies: tuple[BodyBlock, ...] = told("the body and those below it, with the holders of seats")
    open: tuple[MatterRow, ...] = told("matters before these bodies, the last tabled first")
    duties: tuple[DutyRow, ...] = told("commitments under their texts that stand")
    drills: str = told("how many drills of the line the record holds, in words")
    withheld: str = told("how many levels are in this copy's tables and not shown, in words")
    research_href: str = told("where texts for fewer readers are counted")


@dataclass(frozen=True, slots=True)
class LegLine:
    """One party that was asked."""

    party: Shown = told("the party")
    received: Moment | None = told("when its own book first shows the request; none if not yet")
    answered: Moment | None = told("when its own book has its answer; none if there is none")
    code: str = told("what became of it, as the code names it")
    word: str = told("what became of it, in words")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request to consult, or a drill."""

    link: Link = told("the request by its symbol, and its page")
    drill: bool = told("true if it is a drill of the line")
    body: Shown = told("in which body")
    party: Shown = told("who asked")
    at: Moment = told("when, as its own book says")
    ground: Shown = told("the ground stated")
    legs: tuple[LegLine, ...] = told("the parties asked, in the order of names")
    points: str = told("how many points are read differently, of how many; empty without any")
    sure: str = told("whether it rests on final lines")


@dataclass(frozen=True, slots=True)
class DrillMonth:
    """A month, and the drills of the line in it."""

    month: Moment = told("the month, by UTC")
    held: str = told("how many drills were asked for in it")
    slowest: Shown = told("whose answer came last, and how long after the request by the books")


@dataclass(frozen=True, slots=True)
class ConsultationsPage:
    """Consultations and drills of the council's bodies, and a calendar of drills by month."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the council's pages")
    requests: tuple[RequestRow, ...] = told("the requests, the last first")
    months: tuple[DrillMonth, ...] = told("the last twelve months of the record, the latest first")
