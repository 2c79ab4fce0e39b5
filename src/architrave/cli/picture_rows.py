"""The shared picture of a consultation in the terminal: frozen values, and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from architrave.cli.layout import heading, paragraph
from architrave.cli.look import Look, in_english
from architrave.institution.acts import Assessed, kind_of
from architrave.institution.drills import legs
from architrave.institution.picture import Point, picture
from architrave.institution.state import Fact
from architrave.portal.composing.instants import utc
from architrave.portal.words import say, say_of

__all__ = [
    "LegRow",
    "PictureSheet",
    "PointRow",
    "ReadingRow",
    "TimelineRow",
    "WordingRow",
    "picture_lines",
    "picture_sheet",
]


@dataclass(frozen=True, slots=True)
class LegRow:
    """The line to one party that was asked: open, answered, failed, explained or ended."""

    party: str
    state: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A party's latest reading of a point: affirm, deny or uncertain."""

    party: str
    reading: str
    account: Mapping[str, str]
    at: int
    line: str
    final: bool


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A proposition of a point, and who reads it how."""

    worded_by: str
    proposition: Mapping[str, str]
    line: str
    readings: tuple[ReadingRow, ...]


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point: `agreement` is agreed, differs or open; `awaiting` have not spoken on it."""

    point: str
    agreement: str
    wordings: tuple[WordingRow, ...]
    awaiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An answer, a reading or the close; `at` is what its book claims."""

    kind: str
    party: str
    point: str
    reading: str
    at: int
    line: str


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """Who has answered, what each makes of each point, and what was said in which order."""

    legs: tuple[LegRow, ...]
    points: tuple[PointRow, ...]
    timeline: tuple[TimelineRow, ...]


def picture_sheet(look: Look, asked: Fact) -> PictureSheet:
    """The shared picture of a request as the view shows it."""
    found = picture(look.state, look.view, asked.name)
    return PictureSheet(
        legs=tuple(LegRow(leg.party, leg.state) for leg in legs(look.state, look.view, asked)),
        points=tuple(_point(look, one) for one in found.points) if found is not None else (),
        timeline=tuple(_row(look, one) for one in found.timeline) if found is not None else (),
    )


def _point(look: Look, point: Point) -> PointRow:
    wordings = tuple(
        WordingRow(
            worded_by=one.worded.party,
            proposition=one.act.proposition,
            line=look.line(one.worded.tip),
            readings=tuple(
                ReadingRow(
                    party=read.party,
                    reading=read.act.reading,
                    account=read.act.account,
                    at=read.fact.t,
                    line=look.line(read.fact.tip),
                    final=look.is_final(read.fact.tip),
                )
                for read in one.readings
            ),
        )
        for one in point.propositions
    )
    return PointRow(point.id, point.agreement, wordings, point.awaiting)


def _row(look: Look, fact: Fact) -> TimelineRow:
    act = fact.act
    point, reading = (act.point, act.reading) if isinstance(act, Assessed) else ("", "")
    return TimelineRow(kind_of(act), fact.party, point, reading, fact.t, look.line(fact.tip))


def picture_lines(look: Look, sheet: PictureSheet) -> Iterator[str]:
    """The shared picture on the screen."""
    for leg in sheet.legs:
        yield from paragraph(f"{look.capital(leg.party)}: {say_of('leg', leg.state, 'en')}", 4)
    if sheet.points:
        yield ""
        yield heading(say("picture-title", "en"))
        yield from paragraph(say("picture-note", "en"))
    for point in sheet.points:
        yield from paragraph(f"{point.point}: {say_of('point', point.agreement, 'en')}")
        for one in point.wordings:
            words = in_english(one.proposition)
            yield from paragraph(f"{words} ({look.capital(one.worded_by)}, line {one.line})", 4)
            for read in one.readings:
                said = say_of("reading", read.reading, "en")
                account = in_english(read.account)
                told = f"{look.capital(read.party)} {said}: {account} (line {read.line})"
                yield from paragraph(told, 6)
        if point.awaiting:
            text = say("point-awaits", "en", parties=look.capitals(point.awaiting))
            yield from paragraph(text, 4)
    if sheet.timeline:
        yield ""
        yield heading(say("timeline-title", "en"))
        yield from paragraph(say("timeline-note", "en"))
    for row in sheet.timeline:
        what = say_of("kind", row.kind, "en")
        if row.point:
            what = f"{what} {row.point}: {say_of('reading', row.reading, 'en')}"
        yield from paragraph(f"{utc(row.at)} {look.capital(row.party)}, {what} ({row.line})", 4)
