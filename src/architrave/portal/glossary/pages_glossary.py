"""What the page of the glossary shows."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Said
from architrave.portal.pages_rows import Frame, Link, told

__all__ = ["GlossaryDomain", "GlossaryPage", "GlossaryTerm", "StatusMeaning"]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A concept and its form in each language."""

    id: str = told("its id, which is also its place on the page")
    href: str = told("the address of that place")
    forms: tuple[Said, ...] = told("its forms, in the order of the columns")
    avoid: tuple[Said, ...] = told("forms to avoid")
    status: str = told("how well it is founded, in words")
    code: str = told("the same, as the code names it")
    note: tuple[Said, ...] = told("why, in English, cut where another language is quoted")


@dataclass(frozen=True, slots=True)
class GlossaryDomain:
    """The terms of a domain."""

    id: str = told("its place on the page")
    name: str = told("what it is about")
    terms: tuple[GlossaryTerm, ...] = told("its terms, in the order of the file")


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """A status and what it means."""

    status: str = told("the status in words")
    code: str = told("the same, as the code names it")
    text: str = told("what it means")


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """The glossary: one form for each concept in each language, by domain."""

    frame: Frame = told("what every page carries")
    statuses: tuple[StatusMeaning, ...] = told("the statuses, best founded first")
    places: tuple[Link, ...] = told("the domains")
    columns: tuple[Said, ...] = told("the languages, each named in itself")
    domains: tuple[GlossaryDomain, ...] = told("the terms by domain")
