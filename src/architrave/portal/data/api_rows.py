"""What the public data say of the institution, its charter and its bodies.

The classes of `api_rows`, `api_matters` and `api_books` are the answers of the API: msgspec encodes
them, `/api/1/schema.json` and `docs/api.md` are written from them and the help of their fields.
Nothing in them depends on the reader, on a clock, or on which capital's copy is asked: whatever
does stands in `Index` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from architrave.portal.pages_rows import told

__all__ = [
    "Article",
    "Bodies",
    "Body",
    "Charter",
    "Cited",
    "Coded",
    "Index",
    "Instant",
    "Institution",
    "LineName",
    "Party",
    "Phase",
    "Platform",
    "Replaced",
    "Resource",
    "Seat",
    "Source",
    "Span",
    "Term",
    "Texts",
]

Texts = dict[str, str]
"""Language code to text."""

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time in UTC."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A value as the code names it, and in the words of the screen."""

    code: str = told("the value; this is what a program compares")
    words: Texts = told("the same in words, by language")


@dataclass(frozen=True, slots=True)
class Cited:
    """An article."""

    number: str = told("its number in the charter")
    cite: Texts = told("how a text cites it, by language")


@dataclass(frozen=True, slots=True)
class LineName:
    """A line of a minute book."""

    book: str = told("whose book: the id of a party")
    number: int = told("the line's number in the book, from 1")


@dataclass(frozen=True, slots=True)
class Resource:
    """An address below this one."""

    name: str = told("what it is called in the schema")
    address: str = told("its address; a name in angle brackets stands for an id or a symbol")
    about: str = told("what it holds")


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything is, and whose copy this is."""

    version: int = told("the version of this API; fields may be added to it, none is taken away")
    copy_of: str = told("the party whose copy answers; the only thing that differs between copies")
    schema: str = told("the address of the JSON Schema of all answers")
    manual: str = told("what each field means is in this file of the source: docs/api.md")
    dump: str = told("the address of everything in one file")
    resources: tuple[Resource, ...] = told("the addresses of the answers")
    tables: tuple[str, ...] = told("the addresses of the tables")
    licence: Texts = told("what may be done with it, by language")
    rate: Texts = told("how many requests are answered, by language")


@dataclass(frozen=True, slots=True)
class Party:
    """A party."""

    id: str = told("its id in the charter")
    short: Texts = told("its short name, by language")
    full: Texts = told("its full name, by language")
    capital: Texts = told("its capital city, by language")
    time_zone: str = told("the IANA time zone of that city")
    log: str = told("the name of its first minute book in the record's own files")
    address: str = told("where the founding says that its copy is reached")


@dataclass(frozen=True, slots=True)
class Institution:
    """The institution and its parties. Lists of parties stand in the order of the charter's file;
    in which order a text names them is in `orders` and `capital_orders`."""

    founding: str = told("SHA-256 of the founding: the institution's id")
    demonstration: bool = told("true if the founding says that this is a demonstration")
    title: Texts = told("the charter's title, by language")
    nature: Coded = told("political or binding")
    languages: tuple[str, ...] = told("the charter's languages")
    parties: tuple[Party, ...] = told("the parties")
    orders: dict[str, tuple[str, ...]] = told("the order of names in a text, by its language")
    capital_orders: dict[str, tuple[str, ...]] = told("the order in a capital's copy, by party")
    charter: str = told("SHA-256 of the charter in force")
    founded_under: str = told("SHA-256 of the charter of the founding")
    speaks_for: Texts = told("for whom this speaks: for no government; by language")


@dataclass(frozen=True, slots=True)
class Span:
    """A least period."""

    count: int = told("how many")
    unit: str = told("of what, as the charter names it")
    words: Texts = told("the whole in words, by language")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the charter."""

    number: str = told("its number")
    cite: Texts = told("how a text cites it, by language")
    title: Texts = told("its title, by language")
    text: Texts = told("its text, by language")
    nature: Coded = told("political or binding")
    permits: tuple[str, ...] = told("what may be done under it, as the charter names it")
    by: str = told("any-party, or party-concerned: only the party whose affair it is")
    bodies: tuple[str, ...] = told("ids of the bodies that it governs; empty for all")
    instruments: tuple[str, ...] = told("which texts it decides; empty if any, or none")
    rule: Coded | None = told("its decision rule; none if it decides nothing")
    minimum_period: Span | None = told("the least period of a silence or a notice")
    accepts_evidence: str | None = told("who accepts evidence, if it is about that")
    meeting_within: Span | None = told("the longest from a request to consult to a meeting")


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of building the institution."""

    number: int = told("its number")
    name: Texts = told("its name, by language")


@dataclass(frozen=True, slots=True)
class Platform:
    """A forum outside: a contact, never a member."""

    id: str = told("its id in the charter")
    name: Texts = told("its name, by language")
    note: Texts = told("how contact is kept, by language")


@dataclass(frozen=True, slots=True)
class Replaced:
    """An amendment by which the charter came to run."""

    matter: str = told("the symbol of the matter")
    at: Instant = told("when the line that put it into effect was written")
    digest: str = told("SHA-256 of the charter that it brought")


@dataclass(frozen=True, slots=True)
class Charter:
    """The charter in force, article by article."""

    digest: str = told("SHA-256 of its text")
    title: Texts = told("its title, by language")
    nature: Coded = told("political or binding")
    articles: tuple[Article, ...] = told("the articles, in order")
    phases: tuple[Phase, ...] = told("the phases, in order")
    platforms: tuple[Platform, ...] = told("forums outside, which are contacts only")
    amended_by: tuple[Replaced, ...] = told("the amendments that have run, in order")


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a body."""

    id: str = told("its id in the charter")
    title: Texts = told("its title, by language")
    party: str | None = told("whose seat it is; none for an office that goes round")
    speaks: bool = told("true if it speaks for its party when something is decided")
    holder: str | None = told("who holds it, as entered in the record; none if nobody is entered")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a chair."""

    party: str = told("the party in the chair")
    first: date | None = told("its first day; none if not known")
    last: date | None = told("its last day; none if not known")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a body was seen, or where it is proposed."""

    url: str = told("the page")
    date: date = told("the day of the event that the page reports")


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the charter."""

    id: str = told("its id in the charter")
    name: Texts = told("its name, by language")
    proposed: bool = told("true if the body does not exist and is only proposed")
    mandate: Texts = told("its work, by language")
    parties: tuple[str, ...] = told("its parties")
    cadence: Coded = told("how often it meets")
    phase: int | None = told("the phase that would set it up; none for an existing body")
    parent: str | None = told("the body above it")
    absorbs: tuple[str, ...] = told("bodies whose work it would take over")
    seats: tuple[Seat, ...] = told("its seats, in the order of the charter")
    rotation: tuple[str, ...] = told("the order of the chair; empty if the charter sets none")
    terms: tuple[Term, ...] = told("the terms of the chair that the charter lists")
    sources: tuple[Source, ...] = told("where it was seen, or proposed")


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of the charter in force, those that exist and those that are proposed."""

    bodies: tuple[Body, ...] = told("the bodies, in the order of the charter")
