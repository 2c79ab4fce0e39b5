"""What the page of critical goods shows, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = [
    "BodyGoods",
    "ChangedRow",
    "GoodBlock",
    "GoodsPage",
    "ListBlock",
    "PieceRow",
    "UnreadableRow",
]


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of evidence."""

    href: str = told("where it is: a matter or a source; empty if this copy has none of the digest")
    text: str = told("the matter's symbol, the source's host, or the digest that is not here")
    again: tuple[str, ...] = told("what each party says that worked it out again")


@dataclass(frozen=True, slots=True)
class GoodBlock:
    """A good that stands on the list."""

    anchor: str = told("its place on the page")
    name: Shown = told("its name")
    why: Shown = told("why it is on the list")
    codes: str = told("the customs codes that cover it; may be empty")
    stage: Shown = told("the stage of a chain that makes it; may be empty")
    evidence: tuple[PieceRow, ...] = told("the evidence it stands on")
    review: Shown = told("the day by which it is reviewed")
    owner: Shown = told("the party that reviews it")
    overdue: str = told("that the day is over; empty if it is not")
    matter: Link = told("the list that it stands on")


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """Goods that a list changes in one way."""

    word: str = told("in which way")
    names: tuple[Shown, ...] = told("the goods by name; of those that left, the reason as well")


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, and what it changes in those that it replaces."""

    matter: Link = told("the matter that tables it, by its title")
    symbol: str = told("the matter's symbol")
    count: str = told("how many goods it has, in words")
    stage: Shown = told("how far it is")
    code: str = told("the same as the code names it")
    stands: bool = told("true if it is decided and no other replaces it")
    sure: str = told("final or provisional")
    changes: tuple[ChangedRow, ...] = told("what it changes")
    lacks: tuple[str, ...] = told("what a proposed list lacks to follow what stands")


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A matter whose text says that it is a list, and is none."""

    matter: Link = told("the matter")
    why: Shown = told("why it is none, in English")


@dataclass(frozen=True, slots=True)
class BodyGoods:
    """The critical-goods list of one body as it stands, and every list before it."""

    anchor: str = told("its place on the page")
    name: Shown = told("the body")
    proposed: bool = told("true if the body does not exist")
    several: str = told("that lists were agreed beside each other, and which; empty if not")
    goods: tuple[GoodBlock, ...] = told("the goods, those reviewed first first")
    lists: tuple[ListBlock, ...] = told("the lists, the last tabled first")
    unreadable: tuple[UnreadableRow, ...] = told("matters that say they are lists, and are none")


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """The critical-goods lists of the forum's bodies."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the forum's pages")
    bodies: tuple[BodyGoods, ...] = told("the bodies before which a list is or was, in their order")
