"""What the page shows that compares two points of a minute book, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told
from architrave.portal.research.pages_research import ChoiceRow

__all__ = ["BookSince", "CosignedRow", "DayEnd", "NoteEnd", "NotesRow", "SincePage"]


@dataclass(frozen=True, slots=True)
class DayEnd:
    """A minute book at the end of a day."""

    day: Moment = told("the day, which ends at midnight UTC")
    size: str = told("how many lines it had")
    root: str = told("the digest over all of them; empty before the first")
    at: Moment | None = told("the time that the author of the last of them claims")
    not_before: Moment | None = told("the newest line of another book that it had acknowledged")
    known_by: Moment | None = told("by when all others had acknowledged it, by their own clocks")
    proof: Link | None = told("a file: the book as signed now continues these lines")


@dataclass(frozen=True, slots=True)
class BookSince:
    """One minute book at the ends of two days, and that the later continues the earlier."""

    book: Shown = told("whose book it is")
    verdict: str = told("what came out, in one sentence")
    code: str = told("the same as the code names it: continues, same, none or stopped")
    ends: tuple[DayEnd, ...] = told("the two ends, the earlier first")
    hashes: tuple[str, ...] = told("the consistency proof between them (RFC 9162), in base64")


@dataclass(frozen=True, slots=True)
class CosignedRow:
    """A co-signature under a pasted checkpoint."""

    party: Shown = told("whose it is")
    at: Moment = told("when, by its own clock")


@dataclass(frozen=True, slots=True)
class NoteEnd:
    """A checkpoint that was compared."""

    whence: str = told("where it comes from: the first text, the second, or this copy")
    size: str = told("how many lines it covers")
    root: str = told("the digest over them")
    cosigned: tuple[CosignedRow, ...] = told("who has co-signed it, and when")


@dataclass(frozen=True, slots=True)
class NotesRow:
    """Two checkpoints of one book, and what they are to each other."""

    number: str = told("its place, by which its proof is asked for")
    book: Shown = told("whose book they are of")
    verdict: str = told("what came out, in one sentence")
    where: str = told("within which lines they part; empty if they do not")
    code: str = told("the same as the code names it")
    ends: tuple[NoteEnd, ...] = told("the two, the earlier first")
    hashes: tuple[str, ...] = told("the consistency proof between them, in base64")
    file: str = told("what the file that can be had shows; empty if there is none")


@dataclass(frozen=True, slots=True)
class SincePage:
    """Whether anything was rewritten between two dates, or between two kept checkpoints."""

    frame: Frame = told("what every page carries")
    action: str = told("where both forms lead")
    books: tuple[ChoiceRow, ...] = told("the minute books, all first")
    first: str = told("the earlier day as it was asked")
    second: str = told("the later day as it was asked")
    earliest: str = told("the day of the first line; empty before it")
    latest: str = told("today")
    fault: str = told("why nothing was compared, in one sentence; empty if all is well")
    dated: tuple[BookSince, ...] = told("each book at the two dates")
    others: tuple[Link, ...] = told("the same question to each other capital's copy")
    older: str = told("the first text as it was pasted")
    newer: str = told("the second text as it was pasted")
    noted: tuple[NotesRow, ...] = told("what pasted checkpoints are to each other, or to this copy")
    founding: str = told("SHA-256 of the founding, for the check in the browser")
    folders: tuple[Link, ...] = told("each book, with the folder of its files below /record/")
