"""The paper of the register: compiled facts that nobody has stated, to work with."""

from __future__ import annotations

from architrave.portal.pages import EventRow, PromiseBlock
from architrave.portal.pages_rows import Link, PeriodRow
from architrave.portal.papers.model import Paper, Text
from architrave.portal.papers.sheet import Sheet, code
from architrave.portal.reading import Copy
from architrave.portal.register.register_context import event_rows, promise_groups, register_page
from architrave.portal.register.register_listing import listing_of

__all__ = ["register_paper"]


def register_paper(copy: Copy) -> Paper | None:
    """Promised and held, then events, each with its source; None without a register."""
    page, say, register = register_page(copy), copy.say, copy.register
    if page is None or register is None:
        return None
    listing = listing_of(copy, register)
    # How its rows came into the language is said once, instead of a mark behind each.
    sheet = Sheet(copy, marks=False)
    sheet.begin(page.title)
    sheet.note(sheet.bold(say("paper-working-reference")), " ", page.standing)
    sheet.note(say("rendering-note" if page.translated else "paper-register-words"))
    noted = page.noted
    sheet.facts(
        (say("paper-reach"), page.reach),
        (say("register-digest"), code(page.digest)),
        (
            say("register-noted"),
            sheet.text(noted.symbol, " · ", noted.stage) if noted else say("register-not-noted"),
        ),
        (say("register-attribution"), page.attribution),
    )
    sheet.note(say("counted-to", at=page.counted))
    for group in promise_groups(copy, listing):
        sheet.heading(2, say("promises-title"), " · ", group.word, " · ", group.count)
        sheet.paragraph(group.means)
        if not group.promises:
            sheet.paragraph(say("promises-none"))
        for promise in group.promises:
            _promise(sheet, promise)
    sheet.heading(2, say("events-title"))
    sheet.note(say("events-text", at=page.reach))
    for event in event_rows(copy, register, listing.events):
        _event(sheet, event)
    sheet.heading(2, say("gaps-title"))
    sheet.listing([gap] for gap in page.gaps)
    sheet.check()
    return sheet.paper(f"register.{copy.language}", page.title)


def _promise(sheet: Sheet, one: PromiseBlock) -> None:
    say = sheet.copy.say
    sheet.heading(3, one.text.text)
    due = (" · ", say("due-by", at=one.due)) if one.due is not None else ()
    sheet.paragraph(
        *(say("made-on"), " ", one.made_on, " · ", one.made_at.text, " · ", one.body),
        *(" · ", one.pillar, " · ", one.cadence, *due),
    )
    head = (say("paper-period"), say("paper-stage"), say("position-reason"), say("sources-title"))
    sheet.table(
        head,
        (((row.span,), (row.word,), (_why(sheet, row),), (_sources(sheet, row),))
         for row in one.periods),
        (3, 2, 5, 3),
    )  # fmt: skip
    if one.status is not None:
        source = (" ", _source(sheet, one.status_source)) if one.status_source else ()
        sheet.paragraph(say("status-said"), " ", one.status.text, *source)
    sheet.paragraph(say("source"), " ", _source(sheet, one.source), " · ", say("compiled"))


def _why(sheet: Sheet, row: PeriodRow) -> Text:
    say = sheet.copy.say
    lines: list[object] = [row.reason]
    for name, events in (("events-that-kept", row.events), ("events-related", row.related)):
        if events:
            lines.append(say(name))
            lines += [event.text for event in events]
    return sheet.lines(lines)


def _sources(sheet: Sheet, row: PeriodRow) -> Text:
    """How many, and the sites; a paper of all their addresses would be nobody's to read."""
    sites = dict.fromkeys(link.text for link in row.sources)
    return sheet.lines([row.count, *sites] if row.count else sites)


def _source(sheet: Sheet, link: Link) -> Text:
    return sheet.text(code(link.href)) if link.href else sheet.text(link.text)


def _event(sheet: Sheet, one: EventRow) -> None:
    say = sheet.copy.say
    until = (" – ", one.until) if one.until is not None else ()
    place = (" · ", one.place) if one.place else ()
    sheet.heading(3, one.title.text)
    sheet.paragraph(
        *(one.when, *until, " · ", one.kind, " · ", one.pillar, " · ", one.parties, *place)
    )
    sheet.paragraph(one.summary.text)
    sheet.paragraph(say("source"), " ", _source(sheet, one.source), " · ", say("compiled"))
