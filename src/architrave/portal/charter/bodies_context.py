"""The blocks of the charter's bodies and articles, and the page of the bodies."""

from __future__ import annotations

from architrave.charter.days import Period
from architrave.charter.explain import rule_text, table_head
from architrave.charter.model import Article, Body, Rotation, Seat
from architrave.charter.phrases import phrase
from architrave.charter.proofs import article_tables
from architrave.institution.questions import holder
from architrave.portal import formats
from architrave.portal.alerts.alerts_context import body_alerts
from architrave.portal.charter.asof import asked_day
from architrave.portal.charter.charge_context import charge_rows, order_text
from architrave.portal.charter.pages_charter import (
    ArticleBlock,
    BodiesPage,
    BodyBlock,
    PlatformRow,
    SeatRow,
    TermRow,
)
from architrave.portal.meetings_shown import next_meetings
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.links import brief_href, paper_links
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to, site_of
from architrave.portal.translated import untranslated
from architrave.portal.whole import asked_frame, line_link

__all__ = ["article_block", "bodies_page", "body_block"]


def bodies_page(copy: Copy, on: str = "") -> BodiesPage:
    """Bodies that exist, bodies proposed, and forums outside, as of a day (`on`, ISO) or now."""
    asked = asked_day(copy, on, "bodies")
    then, day = asked.copy, asked.shown.day
    query = {"on": day} if day else {}
    blocks = [body_block(then, body) for body in then.charter.bodies]
    suffix = f"?on={day}" if day else ""
    return BodiesPage(
        frame=asked_frame(copy, copy.say("place-bodies"), query, "bodies", about=_about(then)),
        title=then.of(then.charter.title),
        nature=phrase(then.charter.legal_nature, copy.language),
        asof=asked.shown,
        charge=charge_rows(then, asked.day, suffix),
        existing=tuple(block for block in blocks if not block.proposed),
        proposed=tuple(block for block in blocks if block.proposed),
        platforms=tuple(
            PlatformRow(then.of(one.name), then.of(one.note)) for one in then.charter.platforms
        ),
        papers=paper_links(copy, "charter"),
        charter_href=copy.address("charter") + suffix,
    )


def _about(copy: Copy) -> str:
    """The names of the bodies; a proposed one says so."""
    return formats.listing(
        [formats.plain(copy.body(body)) for body in copy.charter.bodies], copy.language
    )


def body_block(copy: Copy, body: Body) -> BodyBlock:
    """A body as a copy's charter has it, with the holders of its seats."""
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
        untranslated=untranslated(copy, copy.of(body.mandate)),
        meetings=next_meetings(copy, body),
        alerts=body_alerts(copy, body),
        brief_href=brief_href(copy, body),
    )


def _seats(copy: Copy, body: Body) -> tuple[SeatRow, ...]:
    """Seats that speak for a party in the order of names, then the others."""
    voting = [body.seat_of(party) for party in copy.ordered(body.parties)]
    others = [seat for seat in body.seats if seat not in voting]
    return tuple(_seat(copy, seat) for seat in (*voting, *others))


def _seat(copy: Copy, seat: Seat) -> SeatRow:
    """A seat: its holder and since when, or since when it is vacant, or that nothing is entered."""
    last = copy.view.last(copy.state.seats.get(seat.id, ()))
    return SeatRow(
        title=copy.of(seat.title),
        holder=holder(copy.state, copy.view, seat.id) or "",
        since=copy.here(last.t) if last is not None else None,
        line=line_link(copy, last.tip) if last is not None else None,
    )


def _rotation(copy: Copy, chair: Rotation | None) -> Shown:
    return order_text(copy, chair) if chair is not None else ""


def _terms(copy: Copy, chair: Rotation | None) -> tuple[TermRow, ...]:
    return tuple(
        TermRow(
            copy.party(term.party),
            formats.date_moment(term.first, copy.language) if term.first else None,
            formats.date_moment(term.last, copy.language) if term.last else None,
        )
        for term in (chair.terms if chair is not None else ())
    )


def article_block(copy: Copy, article: Article, rule_page: bool = False) -> ArticleBlock:
    """An article as a copy's charter has it; `rule_page` if its rule has a page of its own."""
    charter, language = copy.charter, copy.language
    other = article.legal_nature != charter.legal_nature
    rule = article.rule
    names = [copy.body(charter.body(one)) for one in article.bodies]
    texts = [phrase(one, language) for one in article.instruments]
    text = copy.of(article.text)
    return ArticleBlock(
        anchor=f"article-{article.number}",
        cite=copy.cite(article.number),
        title=copy.of(article.title),
        text=text,
        nature=phrase(article.legal_nature, language) if other else "",
        bodies=formats.listing(names, language),
        instruments=formats.listing(texts, language),
        rule=rule_text(rule, language) if rule is not None else "",
        outcomes=_outcomes(copy, article),
        period=_span(copy, article.minimum_period),
        within=_span(copy, article.meeting_within),
        by=phrase("by-party-concerned", language) if article.by == "party-concerned" else "",
        accepts=phrase(f"accepts-{article.accepts_evidence}", language)
        if article.accepts_evidence is not None
        else "",
        href=copy.address("rules", article.number) if rule_page else "",
        untranslated=untranslated(copy, text),
    )


def _span(copy: Copy, period: Period | None) -> str:
    return copy.say_of("period", period.unit, n=period.count) if period is not None else ""


def _outcomes(copy: Copy, article: Article) -> tuple[str, ...]:
    """The table of the article's rule, summed up for each number of parties it meets."""
    return tuple(table_head(one, copy.language) for one in article_tables(copy.charter, article))
