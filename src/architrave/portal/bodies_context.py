"""The context of the page of the charter: its bodies and articles."""

from __future__ import annotations

from architrave.charter.explain import rule_text, table_head
from architrave.charter.model import Article, Body, Rotation
from architrave.charter.phrases import phrase
from architrave.charter.rules import table
from architrave.institution.questions import holder
from architrave.portal import formats
from architrave.portal.pages import (
    ArticleBlock,
    BodiesPage,
    BodyBlock,
    PlatformRow,
    SeatRow,
    TermRow,
)
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to, site_of

__all__ = ["bodies_page"]


def bodies_page(copy: Copy) -> BodiesPage:
    """Bodies that exist, bodies proposed, articles, and forums outside."""
    blocks = [_body(copy, body) for body in copy.charter.bodies]
    return BodiesPage(
        frame=frame_of(copy, copy.say("place-bodies"), "bodies"),
        title=copy.of(copy.charter.title),
        nature=phrase(copy.charter.legal_nature, copy.language),
        existing=tuple(block for block in blocks if not block.proposed),
        proposed=tuple(block for block in blocks if block.proposed),
        articles=tuple(_article(copy, article) for article in copy.charter.articles),
        platforms=tuple(
            PlatformRow(copy.of(one.name), copy.of(one.note)) for one in copy.charter.platforms
        ),
    )


def _body(copy: Copy, body: Body) -> BodyBlock:
    charter, language = copy.charter, copy.language
    phase = next((one for one in charter.phases if one.number == body.phase), None)
    absorbed = [copy.of(charter.body(one).name) for one in body.absorbs]
    return BodyBlock(
        id=body.id,
        name=copy.of(body.name),
        proposed=body.proposed,
        mandate=copy.of(body.mandate),
        cadence=phrase(f"cadence-{body.cadence}", language),
        phase=copy.say("phase-n", n=phase.number, name=copy.of(phase.name)) if phase else "",
        parent=copy.of(charter.body(body.parent).name) if body.parent is not None else "",
        absorbs=formats.listing(absorbed, language),
        seats=_seats(copy, body),
        rotation=_rotation(copy, body.chair),
        terms=_terms(copy, body.chair),
        sources=tuple(
            link_to(f"{site_of(one.url)}, {formats.date_text(one.date, language)}", one.url)
            for one in body.sources
        ),
    )


def _seats(copy: Copy, body: Body) -> tuple[SeatRow, ...]:
    """Seats that speak for a party in the order of names, then the others."""
    voting = [body.seat_of(party) for party in copy.ordered(body.parties)]
    others = [seat for seat in body.seats if seat not in voting]
    return tuple(
        SeatRow(copy.of(seat.title), holder(copy.state, copy.view, seat.id) or "")
        for seat in (*voting, *others)
    )


def _rotation(copy: Copy, chair: Rotation | None) -> Shown:
    if chair is None:
        return ""
    return formats.joined([copy.party(party) for party in chair.order], " → ")


def _terms(copy: Copy, chair: Rotation | None) -> tuple[TermRow, ...]:
    return tuple(
        TermRow(
            copy.party(term.party),
            formats.date_moment(term.first, copy.language) if term.first else None,
            formats.date_moment(term.last, copy.language) if term.last else None,
        )
        for term in (chair.terms if chair is not None else ())
    )


def _article(copy: Copy, article: Article) -> ArticleBlock:
    charter, language = copy.charter, copy.language
    other = article.legal_nature != charter.legal_nature
    rule, period = article.rule, article.minimum_period
    names = [copy.body(charter.body(one)) for one in article.bodies]
    texts = [phrase(one, language) for one in article.instruments]
    return ArticleBlock(
        cite=copy.cite(article.number),
        anchor=f"article-{article.number}",
        title=copy.of(article.title),
        text=copy.of(article.text),
        nature=phrase(article.legal_nature, language) if other else "",
        bodies=formats.listing(names, language),
        instruments=formats.listing(texts, language),
        rule=rule_text(rule, language) if rule is not None else "",
        outcomes=_outcomes(copy, article),
        period=copy.say_of("period", period.unit, n=period.count) if period is not None else "",
        by=phrase("by-party-concerned", language) if article.by == "party-concerned" else "",
        accepts=phrase(f"accepts-{article.accepts_evidence}", language)
        if article.accepts_evidence is not None
        else "",
    )


def _outcomes(copy: Copy, article: Article) -> tuple[str, ...]:
    """The table of the article's rule, summed up for each number of parties it meets."""
    if article.rule is None:
        return ()
    governed = [body for body in copy.charter.bodies if article.applies_to(body.id)]
    sizes = sorted({len(body.parties) for body in governed})
    return tuple(table_head(table(article.rule, size), copy.language) for size in sizes)
