"""The paper of one matter, from the context of its page."""

from __future__ import annotations

from collections.abc import Iterable

from architrave.portal.matters.matter_context import matter_page
from architrave.portal.matters.pages_matter import (
    ExplanationBlock,
    MatterPage,
    PositionRow,
    SilenceBlock,
    VersionBlock,
)
from architrave.portal.papers.model import Paper, Text
from architrave.portal.papers.sheet import Sheet, code
from architrave.portal.reading import Copy

__all__ = ["matter_paper"]


def matter_paper(copy: Copy, symbol: str) -> Paper | None:
    """The paper of the matter with this symbol; None where its page would be absent."""
    page = matter_page(copy, symbol)
    if page is None:
        return None
    sheet = Sheet(copy)
    sheet.begin(page.title)
    _head(sheet, page)
    _ticks(sheet, page)
    if page.awaiting:
        sheet.heading(2, copy.say("awaiting-title"))
        sheet.listing(
            (sheet.bold(one.party), " ", one.need, *((" · ", one.until) if one.until else ()))
            for one in page.awaiting
        )
    _notices(sheet, page)
    _suspensions(sheet, page)
    _owed(sheet, page)
    for version in page.versions:
        _version(sheet, version)
    _without_effect(sheet, page)
    sheet.check(*(one.line for one in reversed(page.versions)))
    return sheet.paper(f"{symbol}.{copy.language}", page.title, symbol)


def _head(sheet: Sheet, page: MatterPage) -> None:
    say = sheet.copy.say
    shown = next(one for one in page.versions if one.shown)
    sheet.facts(
        (say("paper-symbol"), page.symbol),
        (say("paper-stage"), page.stage),
        (say("paper-sure"), page.sure),
        (say("matter-body"), page.body),
        (say("matter-tabled-by"), page.party),
        (say("matter-tabled-at"), sheet.lines(page.at)),
        (say("matter-readers"), page.readers),
        (say("paper-article"), shown.article),
    )


def _ticks(sheet: Sheet, page: MatterPage) -> None:
    say = sheet.copy.say
    sheet.heading(2, page.ticks_text)
    sheet.mark()
    rows = (
        (
            (tick.party,),
            (say("yes" if tick.has_all else "not-yet"),),
            (say("yes" if tick.knows else "not-yet"),),
        )
        for tick in page.ticks
    )
    head = (say("paper-party"), say("tick-has-all"), say("tick-knows"))
    sheet.table(head, rows, (1, 1, 1))
    sheet.paragraph(say("ticks-meaning"))


def _notices(sheet: Sheet, page: MatterPage) -> None:
    say = sheet.copy.say
    if not page.notices:
        return
    sheet.heading(2, say("notices-title"))
    for one in page.notices:
        sheet.facts(
            (say("paper-party"), one.party),
            (say("paper-stage"), one.state),
            (say("paper-when"), say("notice-given", at=one.at)),
            (say("paper-effect"), sheet.lines(one.effect)),
            (say("position-reason"), one.reason),
        )


def _suspensions(sheet: Sheet, page: MatterPage) -> None:
    say = sheet.copy.say
    if not page.suspensions:
        return
    sheet.heading(2, say("suspensions-title"))
    for one in page.suspensions:
        sheet.facts(
            (say("paper-party"), one.party),
            (say("paper-stage"), one.state),
            (say("paper-when"), sheet.lines((one.at, *([one.until] if one.until else [])))),
            (say("position-reason"), one.reason),
        )
    sheet.paragraph(say("suspensions-meaning"))


def _owed(sheet: Sheet, page: MatterPage) -> None:
    say = sheet.copy.say
    if not page.owed:
        return
    sheet.heading(2, say("owed-title"))
    head = (say("paper-party"), say("paper-promise"), say("paper-stage"), say("paper-account"))
    rows = []
    for one in page.owed:
        accounts = [*one.accounts, *one.paused]
        if one.accepted:
            accounts.append(say("owed-accepted", parties=one.accepted))
        rows.append(
            (
                (one.party,),
                (sheet.lines((one.what, say("due-by", at=one.due))),),
                (one.word,),
                (sheet.lines(accounts),),
            )
        )
    sheet.table(head, rows, (2, 4, 2, 4))


def _version(sheet: Sheet, one: VersionBlock) -> None:
    say = sheet.copy.say
    sheet.heading(2, one.name, " · ", one.stage)
    sheet.paragraph(say("version-by", party=one.party, at=one.at), " · ", one.line)
    sheet.paragraph(sheet.bold(one.title))
    sheet.paragraph(one.summary)
    rule = say("pair", left=one.article, right=one.rule) if one.rule else one.article
    digests = [
        (*sheet.text(file.name, " "), code(file.digest)) if file.name else (code(file.digest),)
        for file in one.digests
    ]
    sheet.facts(
        (say("matter-instrument"), one.instrument),
        (say("matter-nature"), one.nature),
        (say("matter-rule"), rule),
        (say("version-attached"), sheet.lines(digests)),
    )
    _promises(sheet, one)
    sheet.heading(3, say("positions-title"))
    _positions(sheet, one.positions)
    if one.earlier:
        sheet.heading(3, say("positions-earlier"))
        _positions(sheet, one.earlier)
    if one.silence is not None:
        _silence(sheet, one.silence)
    if one.explanation is not None:
        _explanation(sheet, one.explanation)
    if not one.shown:
        sheet.paragraph(one.ticks_text)
    if one.amends is not None:
        sheet.heading(3, say("amends-title"))
        sheet.listing([change] for change in one.amends.changes)
        sheet.paragraph(one.amends.course)
        sheet.paragraph(say("amends-digest"), " ", code(one.amends.digest))
    if one.document:
        sheet.heading(3, say("paper-text"))
        sheet.verbatim(one.document)


def _promises(sheet: Sheet, one: VersionBlock) -> None:
    say = sheet.copy.say
    if not one.pledges:
        return
    sheet.heading(3, one.pledges_word)
    sheet.listing(
        (row.what, " · ", row.owner, " · ", say("due-by", at=row.due), " · ", row.cadence)
        for row in one.pledges
    )


def _positions(sheet: Sheet, rows: Iterable[PositionRow]) -> None:
    say = sheet.copy.say
    head = (say("paper-party"), say("paper-position"), say("paper-statement"), say("paper-when"))
    sheet.table(
        head,
        (((row.party,), (_stated(sheet, row),), (_words(sheet, row),), (_when(sheet, row),))
         for row in rows),
        (2, 2, 5, 3),
    )  # fmt: skip


def _stated(sheet: Sheet, row: PositionRow) -> Text:
    return sheet.lines([row.position, row.sure] if row.sure else [row.position])


def _words(sheet: Sheet, row: PositionRow) -> Text:
    say = sheet.copy.say
    told = (("position-reason", row.reason), ("position-remedy", row.remedy))
    return sheet.lines(say("pair", left=say(name), right=text) for name, text in told if text)


def _when(sheet: Sheet, row: PositionRow) -> Text:
    return sheet.lines([row.at, row.line] if row.at is not None else [])


def _silence(sheet: Sheet, one: SilenceBlock) -> None:
    say = sheet.copy.say
    sheet.heading(3, say("silence-title"))
    sheet.facts(
        (say("silence-article"), one.article),
        (say("article-period"), one.minimum),
        (say("silence-expiry"), sheet.lines(one.expiry)),
    )
    head = (say("paper-party"), say("paper-stage"), say("paper-received"), say("paper-ends"))
    sheet.table(
        head,
        (
            (
                (run.party,),
                (run.state,),
                (run.received if run.received is not None else "",),
                (sheet.lines(run.ends),),
            )
            for run in one.periods
        ),
        (2, 3, 3, 4),
    )


def _explanation(sheet: Sheet, one: ExplanationBlock) -> None:
    say = sheet.copy.say
    sheet.heading(3, say("why-title"))
    sheet.paragraph(sheet.bold(one.outcome))
    sheet.listing(
        (sheet.bold(reason.party), " · ", reason.position, " · ", reason.role)
        for reason in one.reasons
    )
    if one.changes:
        sheet.paragraph(say("why-changes"))
        sheet.listing([change.moves] for change in one.changes)
    sheet.paragraph(one.more)


def _without_effect(sheet: Sheet, page: MatterPage) -> None:
    """Lines that change nothing, and lines whose words were erased."""
    say = sheet.copy.say
    if page.refused:
        sheet.heading(2, say("refused-title"))
        sheet.paragraph(say("refused-text"))
        for row in page.refused:
            why = say("pair", left=row.article, right=row.reason) if row.article else row.reason
            sheet.listing([(sheet.bold(row.party), " ", row.kind, " · ", row.at, " · ", row.line)])
            sheet.paragraph(why)
    if page.erased:
        sheet.heading(2, say("erased-title"))
        sheet.paragraph(say("erased-text"))
        sheet.listing([note] for note in page.erased)
