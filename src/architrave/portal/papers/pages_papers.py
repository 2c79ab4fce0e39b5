"""The page of the council's brief, and the one where a paper cannot be had, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = ["BriefBookRow", "BriefFileRow", "BriefPage", "NoPaperPage"]


@dataclass(frozen=True, slots=True)
class NoPaperPage:
    """Why a paper cannot be had now, and where the same can be read."""

    frame: Frame = told("what every page carries")
    reason: str = told("why, in one sentence, with what to do about it")
    source: Link = told("the page with the same content")


@dataclass(frozen=True, slots=True)
class BriefBookRow:
    """A minute book as it stood when the brief was made."""

    party: Shown = told("whose book it is")
    lines: str = told("how many lines of it went in")
    root: str = told("the root over those lines, in base64 as in the book's own checkpoints")


@dataclass(frozen=True, slots=True)
class BriefFileRow:
    """The brief as one kind of file."""

    file: Link = told("the file")
    digest: str = told("its SHA-256; empty if it cannot be made now")
    reason: str = told("why it cannot be made now; empty if it can")


@dataclass(frozen=True, slots=True)
class BriefPage:
    """The council's two-page brief: its files with their digests, and what they are made from."""

    frame: Frame = told("what every page carries")
    title: Shown = told("the title of the brief")
    at: Moment | None = told("the time of the newest line that went in; none if there is no line")
    files: tuple[BriefFileRow, ...] = told("the same brief, one row for each kind of file")
    books: tuple[BriefBookRow, ...] = told("the minute books, in the order of names")
    command: str = told("the command that makes the same file from any copy of the record")
