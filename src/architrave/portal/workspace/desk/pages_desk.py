"""What the pages behind the door show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.council.pages_council import DrillMonth
from architrave.portal.formats import Moment
from architrave.portal.matters.pages_matter import PositionRow
from architrave.portal.pages_rows import Frame, Link, Shown, told
from architrave.portal.workspace.pages_workspace import OfficerRow

__all__ = [
    "DeskBlock",
    "DeskMatter",
    "FieldRow",
    "GivenPage",
    "InputRow",
    "LevelCell",
    "OptionRow",
    "PlacedRow",
    "SaidRow",
    "WaitRow",
    "WorkCouncilPage",
    "WorkFormPage",
    "WorkPage",
    "WorkSignPage",
]


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Something that waits for somebody."""

    due: Shown | Moment | None = told("until when; none if no date is known")
    times: tuple[Moment, ...] = told("that instant in each capital and in UTC")
    over: bool = told("true if that date is past")
    rule: Shown = told("the article under which it waits")
    party: Shown = told("whose it is")
    seat: Shown = told("the seat whose it is")
    what: Shown = told("what is still to be done or to be received")
    about: Shown = told("what it is about, in its own words")
    symbol: str = told("the symbol of the matter or of the consultation")
    drill: bool = told("true if it is a drill of the line")
    action: Link | None = told("the form that does it; none if there is none here")


@dataclass(frozen=True, slots=True)
class DeskBlock:
    """Rows that wait for the same ones."""

    id: str = told("its place on the page")
    title: Shown = told("for whom they wait")
    rows: tuple[WaitRow, ...] = told("the rows, the nearest date first")
    none: str = told("what stands there if nothing waits")


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What waits on a seat, on its capital, and for others."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the pages of the workspace")
    officer: OfficerRow = told("who is signed in")
    acts: bool = told("false once the seat has passed to another")
    blocks: tuple[DeskBlock, ...] = told("what waits: for this seat, this capital, others")
    forms: tuple[Link, ...] = told("what can be begun anew")
    keys_href: str = told("the officer's passkeys")
    leave_href: str = told("where signing out is sent")


@dataclass(frozen=True, slots=True)
class DeskMatter:
    """A matter before the body, with its text."""

    symbol: str = told("its symbol")
    title: Shown = told("its title")
    summary: Shown = told("its summary")
    document: Shown = told("its text; empty if it is tables of a desk")
    stage: Shown = told("how far it is")
    readers: str = told("who may read it")
    few: bool = told("true if not all parties may")
    positions: tuple[PositionRow, ...] = told("the positions on it")
    digests: tuple[SaidRow, ...] = told("what it names by SHA-256, and what went in")
    actions: tuple[Link, ...] = told("the forms for it")


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A name and what stands under it."""

    name: Shown = told("the name")
    texts: tuple[Shown, ...] = told("what stands there, a line each")


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A level of interoperability as it was tabled to the parties."""

    what: Shown = told("the function and the pair")
    level: str = told("the level, or that there is none, in words")
    age: Shown = told("how old it was, in days; that it is stale, in words")
    on: Shown = told("the day as of which it was tabled")
    symbol: str = told("the matter in which it was tabled")


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """An edition of a plan that was tabled."""

    first: Moment = told("its first day")
    name: Shown = told("which edition, as the plan names it")
    days: str = told("its length in days")
    host: Shown = told("who hosts; empty if nobody is named")
    x: int = told("where its bar begins in the drawing")
    y: int = told("the line of its bar")
    width: int = told("the width of its bar")
    symbol: str = told("the matter in which the plan was tabled")


@dataclass(frozen=True, slots=True)
class WorkCouncilPage:
    """The desk of the officer's body: its matters, and what was tabled to the parties only."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the pages of the workspace")
    body: Shown = told("the body")
    matters: tuple[DeskMatter, ...] = told("its open matters, the last tabled first")
    sealed: tuple[SaidRow, ...] = told("papers laid down for this capital and some others only")
    levels: tuple[LevelCell, ...] = told("levels that were tabled to the parties")
    plan: tuple[PlacedRow, ...] = told("the plan that was tabled last and still counts")
    plan_stage: Shown = told("how far its matter has come")
    plan_height: int = told("the height of its drawing")
    months: tuple[DrillMonth, ...] = told("drills by month")
    papers: tuple[Link, ...] = told("the brief as a paper")


@dataclass(frozen=True, slots=True)
class OptionRow:
    """A choice."""

    value: str = told("its value")
    text: Shown = told("what it says")
    chosen: bool = told("true if it is chosen")


@dataclass(frozen=True, slots=True)
class InputRow:
    """A box to type in."""

    name: str = told("its name in the form")
    language: str = told("the language of its text; empty if it has none")
    label: Shown = told("that language, named in itself")
    value: str = told("what was typed")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a form."""

    name: str = told("its name")
    label: str = told("what it is, in words")
    form: str = told("texts, area, line, choice or tick")
    needed: bool = told("true if it must be there")
    options: tuple[OptionRow, ...] = told("the choices, if it is one")
    inputs: tuple[InputRow, ...] = told("its boxes")


@dataclass(frozen=True, slots=True)
class WorkFormPage:
    """A form for one kind of record entry. Nothing typed is kept."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the pages of the workspace")
    action: str = told("where it leads: to what would be signed")
    acts: bool = told("false once the seat has passed to another: then there is no form")
    about: tuple[SaidRow, ...] = told("what it is about")
    fault: Shown = told("what was not clear; empty if nothing was")
    fields: tuple[FieldRow, ...] = told("the fields")


@dataclass(frozen=True, slots=True)
class WorkSignPage:
    """What would be signed: in words, and byte by byte. Nothing of it is kept here."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the pages of the workspace")
    seat: Shown = told("the seat for which it is signed")
    said: tuple[SaidRow, ...] = told("the entry in words")
    article: Shown = told("the article that permits it; empty if none is needed")
    readers: str = told("who will read it")
    admitted: bool = told("whether it would be admitted now")
    why: Shown = told("why it would not be; empty if it would")
    text: str = told("exactly what is signed, as text")
    message: str = told("the same in base64, for the script")
    body: str = told("the entry in base64, for the script")
    key: str = told("the public key that is to sign it, base64")
    file_action: str = told("where the file to sign is had")
    give_action: str = told("where the signed text is given")


@dataclass(frozen=True, slots=True)
class GivenPage:
    """What became of a signed entry."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the pages of the workspace")
    kind: str = told("what kind of entry it was, in words; empty if it was none")
    admitted: bool = told("whether it was admitted")
    line: Shown = told("the line on which it stands; empty if it was not stored")
    href: str = told("the book in which that line is; empty without one")
    article: Shown = told("the article that permits or refuses it")
    why: Shown = told("why it was refused; empty if it was admitted")
