"""A paper while it is written: from words and page contexts to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from architrave.portal.contexts import verify_page
from architrave.portal.mark import beam_of_books
from architrave.portal.papers.model import (
    Block,
    Heading,
    Listing,
    Mark,
    Note,
    Paper,
    Paragraph,
    Run,
    Table,
    Text,
    Verbatim,
    plain_text,
    runs_of,
    script_of,
    visible,
)
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say

__all__ = ["Sheet", "code", "strong"]


def strong(shown: object, language: str) -> tuple[Run, ...]:
    """What a page shows, in bold."""
    return tuple(Run(run.text, run.language, strong=True) for run in runs_of(shown, language))


def code(text: str) -> Run:
    """A digest or a command: nobody's language, and each sign told from every other."""
    return Run(visible(text), "en", code=True)


class Sheet:
    """Blocks for one reader's language. `marks`: a text in another language says so behind it."""

    def __init__(self, copy: Copy, marks: bool = True) -> None:
        self.copy, self.marks = copy, marks
        self.blocks: list[Block] = []
        self.others: set[str] = set()

    def text(self, *parts: object) -> Text:
        """Parts one after the other; tuples of runs are taken as they are."""
        language = self.copy.language
        runs: list[Run] = []
        for part in parts:
            runs += part if isinstance(part, tuple) else runs_of(part, language)
        foreign = sorted({run.language for run in runs if not run.code} - {language})
        if self.marks and foreign:
            self.others.update(foreign)
            runs += [Run(f" [{one}]", language) for one in foreign]
        return tuple(runs)

    def word(self, name: str, /, **blanks: object) -> Text:
        """A word of the screen as runs, so that it can be joined with others."""
        return runs_of(self.copy.say(name, **blanks), self.copy.language)

    def bold(self, shown: object) -> tuple[Run, ...]:
        """What a page shows, in bold."""
        return strong(shown, self.copy.language)

    # -- blocks -----------------------------------------------------------------------------

    def heading(self, level: int, *parts: object) -> None:
        self.blocks.append(Heading(level, self.text(*parts)))

    def paragraph(self, *parts: object) -> None:
        text = self.text(*parts)
        if text:
            self.blocks.append(Paragraph(text))

    def note(self, *parts: object) -> None:
        self.blocks.append(Note(self.text(*parts)))

    def listing(self, entries: Iterable[Sequence[object]], numbered: bool = False) -> None:
        texts = tuple(self.text(*entry) for entry in entries)
        if texts:
            self.blocks.append(Listing(texts, numbered))

    def table(
        self,
        head: Iterable[object],
        rows: Iterable[Iterable[Sequence[object]]],
        widths: Sequence[int],
        caption: object = "",
    ) -> None:
        """A table; each cell is a row of parts."""
        cells = tuple(tuple(self.text(*cell) for cell in row) for row in rows)
        if cells:
            names = tuple(self.text(one) for one in head)
            self.blocks.append(Table(self.text(caption), names, cells, tuple(widths)))

    def facts(self, *rows: Sequence[object]) -> None:
        """What is so, row by row: a name and what it says; a row that says nothing is left out."""
        told = [
            ((name,), parts)
            for name, *parts in rows
            if any(part not in ("", None, ()) for part in parts)
        ]
        head = (self.word("paper-what"), self.word("paper-says"))
        self.table(head, told, (1, 3))

    def verbatim(self, text: str) -> None:
        """A text as it was tabled; its script tells its language where that is certain."""
        lines = tuple(visible(text).rstrip("\n").split("\n"))
        found = script_of(text)
        language = found if found in LANGUAGES else self.copy.language
        self.blocks.append(Verbatim(lines, language))

    def lines(self, shown: Iterable[object]) -> Text:
        """Several values, one on each line."""
        runs: list[Run] = []
        for place, one in enumerate(shown):
            if place:
                runs.append(Run("\n", self.copy.language))
            runs += one if isinstance(one, tuple) else runs_of(one, self.copy.language)
        return tuple(runs)

    # -- what every paper carries -----------------------------------------------------------

    def begin(self, title: object) -> None:
        """The title, whether it is a demonstration, and for whom it speaks: nobody."""
        copy = self.copy
        self.heading(1, title)
        if copy.state.founding.demonstration:
            self.note(self.bold(copy.demo_prefix), " ", copy.demo_banner)
        self.note(copy.say("paper-speaks-for-none"))
        when = self.copy.say("copy-of", capital=copy.capital(copy.peer.party))
        stamp = self.stamp()
        self.note(when, *((". ", copy.say("paper-as-of", at=copy.here(stamp))) if stamp else ()))

    def mark(self) -> None:
        """How the minute books stand, as on the front page."""
        copy = self.copy
        by_party = {book.party: book for book in copy.told.books}
        beam = beam_of_books(copy, [by_party[party] for party in copy.order])
        pairs = [copy.say("pair", left=column.name, right=column.state) for column in beam.columns]
        means = [copy.say("paper-books"), *(part for pair in pairs for part in (" · ", pair))]
        self.blocks.append(Mark(beam.text, self.text(*means)))

    def check(self, *lines: object) -> None:
        """How to check the paper without trusting it; `lines` of the books hold what it tells."""
        copy, page = self.copy, verify_page(self.copy)
        self.heading(2, copy.say("check-title"))
        self.paragraph(copy.say("paper-check"))
        self.facts(
            (copy.say("paper-founding"), code(page.founding)),
            (copy.say("paper-charter"), code(page.charter)),
            (copy.say("paper-lines"), self.lines(lines)),
        )
        steps = ("verify-step-digest", "verify-step-run", "verify-step-compare")
        self.listing(([copy.say(step)] for step in steps), numbered=True)
        head = (copy.say("col-book"), copy.say("paper-command"), copy.say("col-final"))
        rows = (((row.party,), (code(row.command),), (row.final,)) for row in page.books)
        self.table(head, rows, (2, 7, 1))

    def stamp(self) -> int:
        """The time (ms) of the newest line that this copy counts; 0 while there is none."""
        view = self.copy.view
        tips = [tip for party in self.copy.order if (tip := view.tip(party)) is not None]
        times = [view.history.entry(tip).header.t for tip in tips]
        return max(times, default=0)

    def paper(self, name: str, title: object, symbol: str = "") -> Paper:
        """The paper, after a note on what stands in another language."""
        copy = self.copy
        for one in sorted(self.others):
            tongue = say("tongue", one) if one in LANGUAGES else one
            self.note(copy.say("paper-other-tongue", code=one, tongue=tongue))
        demonstration = copy.state.founding.demonstration
        return Paper(
            name=re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-."),
            language=copy.language,
            title=plain_text(runs_of(title, copy.language)),
            symbol=visible(symbol),
            banner=copy.demo_prefix if demonstration else "",
            institution=plain_text(runs_of(copy.of(copy.charter.title), copy.language)),
            stamp=self.stamp(),
            blocks=tuple(self.blocks),
        )
