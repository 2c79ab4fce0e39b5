"""What the pages of the planner's board show, each field with its help.

Numbers are texts here: to print any other, templates would need settings of a whole site.
"""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Link, Shown, told

__all__ = [
    "BoardApproval",
    "BoardArea",
    "BoardBar",
    "BoardBooking",
    "BoardChart",
    "BoardClashes",
    "BoardDecision",
    "BoardDifference",
    "BoardFault",
    "BoardForce",
    "BoardForcesPage",
    "BoardFrame",
    "BoardGate",
    "BoardLane",
    "BoardMark",
    "BoardMonth",
    "BoardPage",
    "BoardPast",
    "BoardPiecePage",
    "BoardProposalPage",
    "BoardRow",
    "BoardSpace",
    "BoardSpan",
    "BoardTrial",
    "BoardTroublePage",
    "BoardYear",
    "BoardYearDays",
    "Day",
]

Day = str | Moment
"""A day; of a sandbox its year and week, which no machine can take for a date."""


@dataclass(frozen=True, slots=True)
class BoardFrame:
    """What every page of the board carries."""

    language: str = told("the page's language: ko, ja or en")
    title: str = told("the page's title; of a sandbox it says that it is illustrative")
    illustrative: str = told("that everything here is illustrative, in words; empty if it is not")
    assets: str = told("where the page's own files lie")
    home_href: str = told("the board")
    places: tuple[Link, ...] = told("the pages of the board")
    tongues: tuple[Link, ...] = told("this very page in each language")


@dataclass(frozen=True, slots=True)
class BoardMonth:
    """A month of the drawing."""

    x: str = told("its left edge")
    text: str = told("its number, or its name")


@dataclass(frozen=True, slots=True)
class BoardLane:
    """A lane of one year: a series, or a part of it, with what is shaded in it."""

    name: Shown = told("the series, or the part")
    below: bool = told("true for a part, which stands below its series")
    y: str = told("its upper edge")
    shut: str = told("outline of the days that are barred at no price")
    dear: str = told("outline of the days that can be had at a price, or that something occupies")
    holidays: str = told("outline of the public holidays of its parties")


@dataclass(frozen=True, slots=True)
class BoardYear:
    """A year of the drawing: its lanes, one below the other."""

    text: str = told("the year")
    y: str = told("its upper edge")
    text_y: str = told("where its name stands")
    height: str = told("how high it is")
    months: tuple[BoardMonth, ...] = told("the months across")
    lanes: tuple[BoardLane, ...] = told("the lanes")


@dataclass(frozen=True, slots=True)
class BoardMark:
    """A small mark in the drawing: a conference, or what a party has said."""

    x: str = told("its middle")
    y: str = told("its upper edge")
    state: str = told("its state, as the code names it")
    title: str = told("the same in words")


@dataclass(frozen=True, slots=True)
class BoardSpan:
    """A stretch of a bar within one year."""

    x: str = told("its left edge")
    y: str = told("its upper edge")
    width: str = told("how wide it is")
    height: str = told("how high it is")


@dataclass(frozen=True, slots=True)
class BoardBar:
    """An edition, or a part of it, in the drawing."""

    id: str = told("what it is, as the tables name it")
    href: str = told("its page, where it can be moved without the drawing")
    label: str = told("what it is, from which day to which, and who hosts, in one line")
    kind: str = told("edition or part, and whether its day is open, as the code names it")
    lane: str = told("the id of its lane")
    day: str = told("its first day, counted from the first day of the plan")
    days: str = told("how many days it takes")
    spans: tuple[BoardSpan, ...] = told("its stretches, one for each year")
    hold: BoardSpan = told("where it can be taken hold of; never smaller than a thumb")
    marks: tuple[BoardMark, ...] = told("what each party has said of it")


@dataclass(frozen=True, slots=True)
class BoardChart:
    """The drawing."""

    width: str = told("its width, in its own units")
    height: str = told("its height")
    label: str = told("what it shows")
    illustrative: str = told("that it is illustrative; empty if it is not")
    left: str = told("where the first day of a year stands")
    step: str = told("how wide a day is")
    breadth: str = told("how wide the longest year is")
    years: tuple[BoardYear, ...] = told("the years, one below the other")
    gates: tuple[BoardMark, ...] = told("the conferences")
    bars: tuple[BoardBar, ...] = told("the bars, by first day")
    first: str = told("the first day of the plan for the script; empty for a sandbox")
    lengths: str = told("how many days each year has, for the script")


@dataclass(frozen=True, slots=True)
class BoardGate:
    """A conference of an edition."""

    kind: str = told("which one, in words")
    day: Day = told("its day")
    waits: str = told("the products that keep it shut, or that nothing does")


@dataclass(frozen=True, slots=True)
class BoardApproval:
    """What a party has said of an edition."""

    party: Shown = told("the party")
    state: str = told("what it has said, in words")
    code: str = told("the same, as the code names it")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A row of the table: what the bar beside it shows."""

    id: str = told("what it is, as the tables name it")
    name: Shown = told("its name and year")
    lane: str = told("the id of its lane")
    lane_name: Shown = told("the lane in which its bar lies")
    first: Day = told("its first day")
    last: Day = told("its last day")
    days: str = told("how many days it takes")
    host: Shown = told("who hosts; empty if nobody")
    command: Shown = told("who commands; empty if nobody")
    state: str = told("moved how often, or without a day, or within its edition; empty if settled")
    gates: tuple[BoardGate, ...] = told("its conferences")
    approvals: tuple[BoardApproval, ...] = told("what each party has said")
    href: str = told("its page")


@dataclass(frozen=True, slots=True)
class BoardFault:
    """A rule that is broken."""

    rule: str = told("the rule, in words")
    sentence: Shown = told("what exactly breaks it, as the checker says it")


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The plan as it stands: the drawing, and the equal table."""

    frame: BoardFrame = told("what every page of the board carries")
    said: str = told("what was just done; empty if nothing was")
    chart: BoardChart | None = told("the drawing; none where nothing is planned yet")
    rows: tuple[BoardRow, ...] = told("the table")
    broken: tuple[BoardFault, ...] = told("rules that the plan breaks as it stands")
    no_holidays: str = told("why no public holidays are shown; empty if they are")
    token: str = told("lets a form of this page be taken")
    again_href: str = told("lays out again")
    piece_href: str = told("where the script asks what a new place means")


@dataclass(frozen=True, slots=True)
class BoardClashes:
    """What is in the way of a place, of one kind."""

    kind: str = told("the kind, in words")
    rows: tuple[BoardBooking, ...] = told("each thing, with its days")


@dataclass(frozen=True, slots=True)
class BoardBooking:
    """Something with its days, in the words of the tables."""

    span: Shown = told("from which day to which")
    what: Shown = told("what it is")
    source: str = told("who says so, and in which row")


@dataclass(frozen=True, slots=True)
class BoardTrial:
    """A new place that is tried."""

    span: Shown = told("from which day to which it would be")
    shift: str = told("by how many days it would move")
    clashes: tuple[BoardClashes, ...] = told("what is in the way, by kind")
    broken: tuple[BoardFault, ...] = told("rules that it would break")
    verdict: str = told("whether it may be kept, in words")
    may_keep: bool = told("true if it may be kept with this day")
    may_open: bool = told("true if it may be put off without a day")
    to: str = told("the day, counted from the first day of the plan")


@dataclass(frozen=True, slots=True)
class BoardDecision:
    """The form of a decision: nothing is kept without a reason and the seat that decided."""

    href: str = told("where the form goes")
    token: str = told("lets the form be taken")
    stamp: str = told("names the tables that the page was made from")
    reason: str = told("the reason, as it was typed")
    seat: str = told("the deciding seat, as it was typed")
    decided: str = told("the day of the decision; empty for a sandbox, which has none")
    seats: tuple[str, ...] = told("seats that the tables name")
    fault: Shown = told("why it was not kept; empty at first")


@dataclass(frozen=True, slots=True)
class BoardPast:
    """An earlier move: who decided it, why and when."""

    decided: Day = told("when it was decided; empty for a sandbox")
    seat: str = told("the deciding seat")
    reason: str = told("the stated reason")
    was: Day = told("where it stood")
    now: Day = told("where it went; that no day is known yet")
    back_href: str = told("tries to take it back; empty unless it is the last")


@dataclass(frozen=True, slots=True)
class BoardPiecePage:
    """An edition or a part: where it stands, its history, and a new place for it."""

    frame: BoardFrame = told("what every page of the board carries")
    said: str = told("what was just done; empty if nothing was")
    row: BoardRow = told("the same as in the table")
    span: Shown = told("from which day to which it is")
    announce: str = told("whether it may be announced; empty for a part")
    number: str = told("how often its calendar entry was changed, in words")
    past: tuple[BoardPast, ...] = told("its moves, oldest first")
    id: str = told("what it is, as the tables name it")
    here_href: str = told("this page: where a new day is asked about")
    day: str = told("the day that stands in the field; empty for a sandbox")
    year: str = told("a sandbox: the year that stands in the field")
    week: str = told("a sandbox: the week that stands in the field")
    trial: BoardTrial | None = told("the new place that is tried; none at first")
    decision: BoardDecision = told("the form with which it is kept")


@dataclass(frozen=True, slots=True)
class BoardDifference:
    """Something that a proposal moves."""

    name: Shown = told("what moves")
    was: Day = told("from which day")
    now: Day = told("to which day")
    shift: str = told("by how many days")
    why: str = told("why: it was put off, or it makes room")


@dataclass(frozen=True, slots=True)
class BoardProposalPage:
    """What laying out again has found, as a difference; or that it is still at work."""

    frame: BoardFrame = told("what every page of the board carries")
    waiting: bool = told("true while it is at work")
    verdict: Shown = told("what was found, in words")
    rules: tuple[Shown, ...] = told("rules that cannot stand together; empty if they can")
    differences: tuple[BoardDifference, ...] = told("what it moves")
    here_href: str = told("this page")
    number: str = told("which proposal it is")
    drop_href: str = told("drops it")
    acceptable: bool = told("true if there is something to accept")
    first: bool = told("true for a first plan: there is nothing that it changes, and no reason why")
    decision: BoardDecision = told("the form with which it is accepted")


@dataclass(frozen=True, slots=True)
class BoardYearDays:
    """The days of one year on which a force, or an area, is taken."""

    year: str = told("the year")
    text: str = told("how many days, of how many")
    over: bool = told("true if they are more than are allowed")


@dataclass(frozen=True, slots=True)
class BoardForce:
    """A force with its tempo and its bookings."""

    name: str = told("the force")
    party: Shown = told("whose it is")
    rest: str = told("how long it rests between two")
    years: tuple[BoardYearDays, ...] = told("its days, year by year")
    bookings: tuple[BoardBooking, ...] = told("what takes it")


@dataclass(frozen=True, slots=True)
class BoardArea:
    """An area with its bookings."""

    name: str = told("the area")
    shares: str = told("the areas that it overlaps; empty if none")
    years: tuple[BoardYearDays, ...] = told("its days, year by year")
    bookings: tuple[BoardBooking, ...] = told("what takes it")


@dataclass(frozen=True, slots=True)
class BoardSpace:
    """A force or an area that two rows take at a time."""

    what: str = told("which one")
    day: Day = told("the first day on which both have it")
    rows: str = told("both, with the rows that say so")


@dataclass(frozen=True, slots=True)
class BoardForcesPage:
    """Forces and areas: days booked against tempo, and what is booked twice."""

    frame: BoardFrame = told("what every page of the board carries")
    twice: tuple[BoardSpace, ...] = told("what is booked twice, with both rows")
    years: tuple[str, ...] = told("the years")
    forces: tuple[BoardForce, ...] = told("the forces")
    areas: tuple[BoardArea, ...] = told("the areas")


@dataclass(frozen=True, slots=True)
class BoardTroublePage:
    """One sentence, where the tables cannot be read or something cannot be kept."""

    frame: BoardFrame = told("what every page of the board carries")
    sentence: Shown = told("what is wrong")
