"""What the page of interoperability shows, and no level of the parties; fields with their help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = [
    "HubRow",
    "InteroperabilityPage",
    "LevelRow",
    "MissionBlock",
    "NationRow",
    "StandardBlock",
]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of the public scale."""

    number: str = told("the level")
    name: str = told("its name")
    means: str = told("what it means, in one sentence")


@dataclass(frozen=True, slots=True)
class NationRow:
    """How a party stands to a standard, as a public source says."""

    party: Shown = told("the party")
    word: str = told("how it stands, in words")
    on: Moment | None = told("on which day; none where no source was seen")
    source: Link | None = told("the public source")


@dataclass(frozen=True, slots=True)
class StandardBlock:
    """A standard, party by party."""

    name: Shown = told("the standard")
    word: str = told("whether the parties stand alike, in words")
    nations: tuple[NationRow, ...] = told("the parties, in the order of names")


@dataclass(frozen=True, slots=True)
class HubRow:
    """A made-up party as the hub of a made-up mission."""

    party: str = told("the made-up party")
    mission: str = told("the level of the mission through this hub; two where it is not settled")
    with_all: str = told("the level with every pair")
    carried: str = told("connections of two others that it would carry")
    own: str = told("the lowest level among its own connections")
    others: str = told("the lowest level among those of two others")


@dataclass(frozen=True, slots=True)
class MissionBlock:
    """A made-up mission, and each made-up party as its hub."""

    anchor: str = told("where it stands on the page")
    name: Shown = told("the mission; its name says that it is an illustration")
    hubs: tuple[HubRow, ...] = told("the parties, as the illustration orders them")


@dataclass(frozen=True, slots=True)
class InteroperabilityPage:
    """Functions, the scale, standards with a public source, and how many levels are withheld."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the council's pages")
    functions: tuple[Shown, ...] = told("functions that the parties may share")
    levels: tuple[LevelRow, ...] = told("the scale, the lowest level first")
    withheld: str = told("how many levels are in this copy's tables and not shown, in words")
    standards: tuple[StandardBlock, ...] = told("standards, those on which parties differ first")
    missions: tuple[MissionBlock, ...] = told("the illustration; none without its tables")
