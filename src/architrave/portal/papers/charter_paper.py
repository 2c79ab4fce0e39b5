"""The paper of the charter in force, from the context of its page."""

from __future__ import annotations

from architrave.portal.charter.bodies_context import article_block, bodies_page
from architrave.portal.pages import ArticleBlock, BodyBlock, SeatRow, TermRow
from architrave.portal.papers.model import Paper, Text
from architrave.portal.papers.sheet import Sheet, code
from architrave.portal.reading import Copy

__all__ = ["charter_paper"]


def charter_paper(copy: Copy) -> Paper:
    """The charter that the institution runs under now: its articles, then its bodies."""
    page, say = bodies_page(copy), copy.say
    sheet = Sheet(copy)
    sheet.begin(page.title)
    sheet.facts(
        (say("matter-nature"), page.nature),
        (say("paper-charter"), code(copy.charter.digest)),
    )
    sheet.heading(2, say("articles-title"))
    for article in (article_block(copy, one) for one in copy.charter.articles):
        _article(sheet, article)
    sheet.heading(2, say("bodies-existing"))
    for body in page.existing:
        _body(sheet, body)
    if page.proposed:
        sheet.heading(2, say("bodies-proposed"))
        sheet.note(say("bodies-proposed-text"))
        for body in page.proposed:
            _body(sheet, body)
    if page.platforms:
        sheet.heading(2, say("platforms-title"))
        sheet.facts(*((one.name, one.note) for one in page.platforms))
    sheet.check()
    return sheet.paper(f"charter.{copy.language}", page.title)


def _article(sheet: Sheet, one: ArticleBlock) -> None:
    say = sheet.copy.say
    sheet.heading(3, one.cite, " ", one.title)
    sheet.paragraph(one.text)
    # The page says nothing more of an article that neither decides nor limits anything.
    if one.rule or one.by or one.period or one.nature:
        sheet.facts(
            (say("matter-nature"), one.nature),
            (say("article-bodies"), one.bodies),
            (say("article-instruments"), one.instruments),
            (say("matter-rule"), sheet.lines([one.rule, *one.outcomes] if one.rule else [])),
            (say("article-period"), one.period),
            (say("article-by"), one.by),
            (say("article-accepts"), one.accepts),
        )


def _body(sheet: Sheet, one: BodyBlock) -> None:
    say = sheet.copy.say
    tag = say("tag-proposed" if one.proposed else "tag-existing")
    sheet.heading(3, one.name, " · ", tag)
    sheet.paragraph(one.mandate)
    sheet.facts(
        (say("body-cadence"), one.cadence),
        (say("body-phase"), one.phase),
        (say("body-parent"), one.parent),
        (say("body-absorbs"), one.absorbs),
        (say("body-seats"), sheet.lines(_seat(sheet, seat) for seat in one.seats)),
        (say("body-chair"), _chair(sheet, one)),
        (
            say("sources-title"),
            sheet.lines(sheet.text(link.text, " ", code(link.href)) for link in one.sources),
        ),
    )


def _seat(sheet: Sheet, seat: SeatRow) -> object:
    say = sheet.copy.say
    return say("pair", left=seat.title, right=seat.holder or say("seat-not-entered"))


def _chair(sheet: Sheet, one: BodyBlock) -> Text:
    if not one.rotation:
        return ()
    if not one.terms:
        return sheet.lines([one.rotation, sheet.copy.say("chair-undated")])
    return sheet.lines([one.rotation, *(_term(sheet, term) for term in one.terms)])


def _term(sheet: Sheet, term: TermRow) -> Text:
    unknown = sheet.copy.say("not-known")
    return sheet.text(term.party, " ", term.first or unknown, " – ", term.last or unknown)
