"""The institution, its charter and its bodies as public data."""

from __future__ import annotations

from architrave.charter.days import Period
from architrave.charter.explain import rule_text
from architrave.charter.model import Article as CharterArticle
from architrave.charter.model import Body as CharterBody
from architrave.institution.acts import Amended, Tabled
from architrave.institution.amendments import amended_by
from architrave.institution.questions import holder
from architrave.portal.data.api_rows import (
    Article,
    Bodies,
    Body,
    Charter,
    Coded,
    Institution,
    Party,
    Phase,
    Platform,
    Replaced,
    Seat,
    Source,
    Span,
    Term,
)
from architrave.portal.data.data_values import cited, instant, phrased, texts, word
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES

__all__ = ["bodies_data", "charter_data", "institution_data"]


def institution_data(copy: Copy) -> Institution:
    """The institution and its parties."""
    charter, founding = copy.charter, copy.state.founding
    parties = []
    for party in charter.parties:
        member = founding.named(party.id)
        parties.append(
            Party(
                id=party.id,
                short=texts(party.short),
                full=texts(party.full),
                capital=texts(party.capital),
                time_zone=party.time_zone,
                log=member.origin,
                address=member.url,
            )
        )
    return Institution(
        founding=founding.id,
        demonstration=founding.demonstration,
        title=texts(charter.title),
        nature=phrased(charter.legal_nature),
        languages=charter.languages,
        parties=tuple(parties),
        orders=dict(charter.language_orders),
        capital_orders=dict(charter.capital_orders),
        charter=charter.digest,
        founded_under=copy.state.founded_under.digest,
        speaks_for=word("speaks-for-none"),
    )


def charter_data(copy: Copy) -> Charter:
    """The charter in force."""
    charter = copy.charter
    return Charter(
        digest=charter.digest,
        title=texts(charter.title),
        nature=phrased(charter.legal_nature),
        articles=tuple(_article(copy, one) for one in charter.articles),
        phases=tuple(Phase(one.number, texts(one.name)) for one in charter.phases),
        platforms=tuple(
            Platform(one.id, texts(one.name), texts(one.note)) for one in charter.platforms
        ),
        amended_by=_amended(copy),
    )


def _article(copy: Copy, article: CharterArticle) -> Article:
    rule = article.rule
    words = {one: rule_text(rule, one) for one in LANGUAGES} if rule is not None else {}
    return Article(
        number=article.number,
        cite=cited(copy, article.number).cite,
        title=texts(article.title),
        text=texts(article.text),
        nature=phrased(article.legal_nature),
        permits=article.permits,
        by=article.by,
        bodies=article.bodies,
        instruments=article.instruments,
        rule=Coded(str(rule), words) if rule is not None else None,
        minimum_period=_span(article.minimum_period),
        accepts_evidence=article.accepts_evidence,
        meeting_within=_span(article.meeting_within),
    )


def _span(period: Period | None) -> Span | None:
    if period is None:
        return None
    return Span(period.count, period.unit.value, word(f"period-{period.unit}", n=period.count))


def _amended(copy: Copy) -> tuple[Replaced, ...]:
    found = []
    for fact, amendment in amended_by(copy.state, copy.view):
        assert isinstance(fact.act, Amended)
        tabled = copy.state.find(copy.view, fact.act.matter)
        assert tabled is not None
        assert isinstance(tabled.act, Tabled)
        found.append(Replaced(tabled.act.symbol, instant(fact.t), amendment.charter.digest))
    return tuple(found)


def bodies_data(copy: Copy) -> Bodies:
    """The bodies of the charter in force, and who holds their seats."""
    return Bodies(tuple(_body(copy, one) for one in copy.charter.bodies))


def _body(copy: Copy, body: CharterBody) -> Body:
    chair = body.chair
    return Body(
        id=body.id,
        name=texts(body.name),
        proposed=body.proposed,
        mandate=texts(body.mandate),
        parties=body.parties,
        cadence=phrased(body.cadence, f"cadence-{body.cadence}"),
        phase=body.phase,
        parent=body.parent,
        absorbs=body.absorbs,
        seats=tuple(
            Seat(
                id=seat.id,
                title=texts(seat.title),
                party=seat.party,
                speaks=seat.voting,
                holder=holder(copy.state, copy.view, seat.id),
            )
            for seat in body.seats
        ),
        rotation=chair.order if chair is not None else (),
        terms=tuple(
            Term(one.party, one.first, one.last)
            for one in (chair.terms if chair is not None else ())
        ),
        sources=tuple(Source(one.url, one.date) for one in body.sources),
    )
