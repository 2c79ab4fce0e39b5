"""The contexts of alerts: rows of those that are open, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator

from architrave.charter.model import Body
from architrave.institution.acts import Alerted, Closed, Responded, Tabled
from architrave.institution.acts_warning import POINTS
from architrave.institution.alerts import Alert, alerts, first_point, matters_on, point_of
from architrave.institution.state import Fact
from architrave.portal.alerts.pages_alerts import (
    AlertAnswer,
    AlertPage,
    AlertPoint,
    AlertRow,
    AlertTold,
)
from architrave.portal.meetings_shown import clock_block
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.research.citing import cite_act
from architrave.portal.rows import frame_of, link_to, matter_title
from architrave.portal.translated import untranslated
from architrave.portal.whole import line_link

__all__ = ["alert_link", "alert_page", "alert_row", "body_alerts", "open_alerts"]


def open_alerts(copy: Copy) -> tuple[AlertRow, ...]:
    """The alerts that nobody has closed, the one raised last first, and tests after them."""
    return tuple(alert_row(copy, one) for one in _open(copy))


def body_alerts(copy: Copy, body: Body) -> tuple[AlertRow, ...]:
    """The open alerts of a body, as `open_alerts`."""
    return tuple(alert_row(copy, one) for one in _open(copy) if one.act.body == body.id)


def _open(copy: Copy) -> list[Alert]:
    found = (one for one in alerts(copy.state, copy.view) if one.pending)
    return sorted(found, key=lambda one: one.act.drill)


def alert_row(copy: Copy, one: Alert) -> AlertRow:
    """An alert as lists show it, its words as they can be read here."""
    act = _said(copy, one)
    answered = dict.fromkeys(fact.party for fact in one.answers)
    point = first_point(act)
    return AlertRow(
        symbol=act.symbol,
        href=copy.address("alerts", act.symbol),
        title=copy.say("alert-test-title" if act.drill else "alert-title"),
        drill=copy.say("alert-test-note") if act.drill else "",
        state=copy.say("alert-open-word" if one.pending else "alert-closed-word"),
        body=copy.body(copy.charter.body(act.body)),
        party=copy.party(one.asked.party),
        at=copy.here(one.asked.t),
        label=copy.say_of("alert-point", point),
        words=_words(copy, act, point),
        answered=copy.parties(answered) if answered else "",
        awaiting=copy.parties(one.unanswered) if one.unanswered else "",
        clock=clock_block(copy, one),
        due=next((copy.here(owed.until) for owed in one.awaiting if owed.until), None),
        sure=copy.sure(one.final),
    )


def alert_page(copy: Copy, symbol: str) -> AlertPage | None:
    """The page of an alert; None if all parties know of no such alert."""
    one = next((one for one in alerts(copy.state, copy.view) if one.act.symbol == symbol), None)
    if one is None:
        return None
    act, closed, row = _said(copy, one), one.closed, alert_row(copy, one)
    points = tuple(
        AlertPoint(copy.say_of("alert-point", point), _words(copy, act, point)) for point in POINTS
    )
    title = copy.say("pair", left=row.title, right=row.words)
    return AlertPage(
        frame=frame_of(copy, matter_title(symbol, title), "alerts", symbol, about=row.words),
        one=row,
        points=points,
        matter=_matter(copy, act),
        tabled=tuple(
            link_to(fact.act.symbol, copy.matter_address(fact.act.symbol))
            for fact in matters_on(copy.state, copy.view, one.asked.name)
            if isinstance(fact.act, Tabled)
        ),
        evidence=tuple(f"{name}: {digest}" for name, digest in sorted(act.evidence.items())),
        answers=tuple(_answers(copy, one)),
        readers=copy.readers(one.asked),
        closed=copy.here(closed.t) if closed is not None else None,
        outcome=copy.of(closed.act.outcome)
        if closed is not None and isinstance(closed.act, Closed) and closed.act.outcome
        else "",
        known=tuple(_told(copy, one)),
        untranslated=untranslated(copy, *(point.words for point in points)),
        cite=cite_act(copy, one.asked, symbol, row.words, row.body),
    )


def alert_link(copy: Copy, name: str) -> Link | None:
    """The page of the alert of this name (SHA-256); None if it is of none that all know."""
    found = copy.state.find(copy.view, name)
    if found is None or not isinstance(found.act, Alerted):
        return None
    return link_to(found.act.symbol, copy.address("alerts", found.act.symbol))


def _said(copy: Copy, one: Alert) -> Alerted:
    """What the alert says, without its words once they are erased."""
    said = copy.read(one.asked.tip)
    return said if isinstance(said, Alerted) else one.act


def _words(copy: Copy, act: Alerted, point: str) -> Shown:
    words = point_of(act, point)
    return copy.of(words) if words else copy.say("alert-not-known")


def _matter(copy: Copy, act: Alerted) -> Link | None:
    found = copy.state.find(copy.view, act.matter) if act.matter else None
    if found is None or not isinstance(found.act, Tabled):
        return None
    return link_to(found.act.symbol, copy.matter_address(found.act.symbol))


def _answers(copy: Copy, one: Alert) -> Iterator[AlertAnswer]:
    for fact in one.answers:
        act = _answer(copy, fact)
        yield AlertAnswer(
            party=copy.party(fact.party),
            at=copy.here(fact.t),
            line=line_link(copy, fact.tip),
            offer=copy.of(act.offer) if act.offer else "",
            sees=copy.of(act.sees) if act.sees else "",
            unable=copy.say("alert-unable") if act.unable else "",
        )


def _answer(copy: Copy, fact: Fact) -> Responded:
    said = copy.read(fact.tip)
    act = said if isinstance(said, Responded) else fact.act
    assert isinstance(act, Responded)
    return act


def _told(copy: Copy, one: Alert) -> Iterator[AlertTold]:
    """Of each other party the first line of its book that names the alert's, by hash."""
    history = copy.view.history
    for party in copy.ordered(copy.charter.body(one.act.body).parties):
        if party == one.asked.party:
            continue
        upto = copy.view.tip(party)
        first = history.first_naming(upto, one.asked.tip) if upto is not None else None
        name = copy.party(party)
        if first is None:
            yield AlertTold(copy.say("pair", left=name, right=copy.say("alert-told-unknown")), None)
        else:
            at = copy.here(history.entry(first).header.t)
            yield AlertTold(copy.say("pair", left=name, right=at), line_link(copy, first))
