"""What the pages of the board share: the reader's language, days as they may be shown, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from architrave.desks.exercises.calendars import Calendars
from architrave.desks.exercises.checking import Fault
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.model import Horizon, Placed
from architrave.desks.exercises.postponements import MOST_YEARS
from architrave.portal.board.folder import Tables
from architrave.portal.board.pages_board import BoardFault, BoardFrame, Day
from architrave.portal.formats import Said, date_moment, date_text, listing, plain
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.words import LANGUAGES, say, say_of

__all__ = ["Screen", "last_day", "piece_href", "week_of"]

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Screen:
    """The tables as one reader sees them; `base` is the secret beginning of every address.

    `today` is the day of whoever sits here, and `token` lets the forms of this process be taken.
    """

    tables: Tables
    language: str
    base: str
    token: str
    today: date

    def say(self, name: str, /, **blanks: object) -> str:
        """A screen word."""
        return say(name, self.language, **blanks)

    def day(self, day: date) -> Day:
        """A day: of a sandbox its year and week, and no date."""
        if self.tables.is_sandbox:
            return self.week(day)
        return date_moment(day, self.language)

    def day_text(self, day: date) -> str:
        """The same as plain text."""
        return self.week(day) if self.tables.is_sandbox else date_text(day, self.language)

    def week(self, day: date) -> str:
        """A day of a sandbox, in words."""
        return self.say("board-week", year=day.year, week=week_of(day))

    def span_text(self, first: date, last: date) -> str:
        """From a day to another, or one of them alone where both are shown alike."""
        shown = tuple(dict.fromkeys((self.day_text(first), self.day_text(last))))
        return self.say("board-span", first=shown[0], last=shown[1]) if len(shown) > 1 else shown[0]

    def party(self, party: str) -> Shown:
        """A party's name; nothing for nobody."""
        names = {one.id: one.short for one in self.tables.charter.parties}
        if party not in names:
            return party
        return names[party].get(self.language) or Said(names[party]["en"], "en")

    def parties(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Parties in the order that the charter gives this language."""
        order = self.tables.charter.order(self.language)
        wanted = tuple(parties)
        return tuple(one for one in order if one in wanted)

    def name(self, placed: Placed) -> str:
        """An edition's name with its year, and the part's name behind it."""
        return self.name_of(placed.edition, placed.part)

    def name_of(self, edition: str, part: str = "") -> str:
        """The same by ids."""
        programme = self.tables.programme
        series_id, _, period = edition.partition("/")
        year, _, number = period.partition(".")
        series = programme.series.get(series_id)
        name = series.name if series is not None else series_id
        several = series is not None and series.editions > 1
        told = f"{name} {year}.{number}" if several else f"{name} {year}"
        if part:
            named = programme.parts[part].name if part in programme.parts else part
            return self.say("pair", left=told, right=named)
        return told

    def label(self, placed: Placed, tentative: bool) -> str:
        """A piece in one line, as it is read aloud."""
        parts = [self.name(placed), self.span_text(placed.first, placed.last)]
        if placed.host:
            parts.append(self.say("board-hosted", party=plain(self.party(placed.host))))
        if tentative:
            parts.append(self.say("board-open-day"))
        return str(listing(parts, self.language))

    def english(self, text: str) -> Shown:
        """A sentence of the desk, which speaks English; of a sandbox without any date."""
        if self.tables.is_sandbox:
            text = _ISO.sub(lambda hit: self.week(date.fromisoformat(hit[0])), text)
        return text if self.language == "en" else Said(text, "en")

    def fault(self, one: Fault) -> BoardFault:
        """A rule that is broken."""
        return BoardFault(say_of("broken", one.rule, self.language), self.english(one.sentence))

    def shift(self, days: int) -> str:
        """By how many days something moves."""
        if days < 0:
            return self.say("board-earlier", n=-days)
        return self.say("board-later", n=days) if days else self.say("board-unmoved")

    def address(self, *path: str) -> str:
        """A page of the board in this language."""
        return f"{self.base}/{self.language}/{'/'.join(path)}"

    def frame(self, title: str, current: str, query: str = "") -> BoardFrame:
        """What every page carries; `current` is the page's path, `query` what it was asked."""
        marked = self.say("board-illustrative-mark") if self.tables.is_sandbox else ""
        places = (("", "board-place-plan"), ("forces", "board-place-forces"))
        behind = f"?{query}" if query else ""
        return BoardFrame(
            self.language,
            self.say("pair", left=marked, right=title) if marked else title,
            self.say("board-illustrative") if marked else "",
            f"{self.base}/static/",
            self.address(),
            tuple(
                Link(self.say(word), self.address(path), path == current) for path, word in places
            ),
            tuple(
                Link(
                    say("tongue", one),
                    f"{self.base}/{one}/{current}{behind}",
                    one == self.language,
                )
                for one in LANGUAGES
            ),
        )

    @property
    def calendars(self) -> Calendars | None:
        """Public holidays, where they can be had."""
        return self.tables.calendars

    @property
    def first(self) -> date:
        """The first day of the plan, from which the board counts days."""
        return self.tables.programme.horizon.first

    def counted(self, day: date) -> int:
        """A day, counted from the first day of the plan."""
        return (day - self.first).days

    def day_at(self, count: int) -> date:
        """The day with that count."""
        return self.first + timedelta(days=count)


def last_day(horizon: Horizon) -> date:
    """The last day that can be named: so far beyond its years may a plan be put off."""
    return horizon.last.replace(year=horizon.last.year + MOST_YEARS)


def week_of(day: date) -> int:
    """The week of a year in which a day lies, as a sandbox counts them: each has seven days."""
    return (day.timetuple().tm_yday - 1) // 7 + 1


def piece_href(screen: Screen, placed: Placed, **asked: object) -> str:
    """The page of an edition or a part, and what is asked there."""
    named = {"of": labelled(placed), **asked}
    return f"{screen.address('piece')}?{urlencode(named, safe='/')}"
