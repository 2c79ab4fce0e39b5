"""Alerts: one party warns the others, they answer side by side, and their body meets in time.

An alert is a request as a consultation is, with other words: it stands among the consultations of
the state under its own name, the same act closes it, the same act convenes the meeting that answers
it, and the same clock says until when. A test alert tries the way and owes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from architrave.institution.acts import Alerted, Closed, Responded, Revised, Tabled, Text
from architrave.institution.acts_warning import POINTS
from architrave.institution.drills import close_of
from architrave.institution.meeting_clock import MeetingClock, meeting_clock
from architrave.institution.questions import (
    matter_in,
    may_ask,
    permitted,
    text_fault,
    words_fault,
)
from architrave.institution.state import Fact, Institution, Refused, View, add
from architrave.institution.waiting import Need, Waiting, final_part

__all__ = [
    "Alert",
    "alert",
    "alert_named",
    "alerts",
    "first_known",
    "first_point",
    "matters_on",
    "may_alert",
    "may_close_alert",
    "may_respond",
    "point_of",
    "respond",
]

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert, what the others answered in the order of their books, and its close if any.

    `awaiting` names whom it waits for: the parties that have not answered, and the one that owes
    the meeting. A test alert and a closed one wait for nobody.
    """

    asked: Fact
    answers: tuple[Fact, ...]
    closed: Fact | None
    awaiting: tuple[Waiting, ...]
    final: bool

    @property
    def act(self) -> Alerted:
        """What was said."""
        assert isinstance(self.asked.act, Alerted)
        return self.asked.act

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The parties whose answer is not here, while it is open."""
        return tuple(one.party for one in self.awaiting if one.need is Need.ANSWER)

    @property
    def pending(self) -> bool:
        """True while nobody has closed it."""
        return self.closed is None


def point_of(act: Alerted, point: str) -> Text:
    """The words of one of the six points; empty where it is not known."""
    words: Text = getattr(act, point)
    return words


def first_point(act: Alerted) -> str:
    """The first point of which something is known: what a list shows of an alert."""
    return next(point for point in POINTS if point_of(act, point))


def first_known(act: Alerted) -> Text:
    """The words of that point."""
    return point_of(act, first_point(act))


def may_alert(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party of a body warns the others; each point is told, or said to be not known."""
    act = fact.act
    assert isinstance(act, Alerted)
    article = may_ask(state, past, fact, act.body, act.symbol, "alert")
    if isinstance(article, Refused):
        return article
    number = article.number
    if act.matter:
        matter = matter_in(state, past, act.matter)
        if isinstance(matter, Refused):
            return matter
    if not all(_DIGEST.fullmatch(digest) for digest in act.evidence.values()):
        return Refused(number, "the evidence is not named by a SHA-256 in 64 hex digits.")
    return _points_fault(state, act, number)


def _points_fault(state: Institution, act: Alerted, number: str) -> Refused | None:
    strangers = set(act.unknown) - set(POINTS)
    if strangers:
        return Refused(number, f"{min(strangers)!r} is none of the points of an alert.")
    if act.unknown != sorted(set(act.unknown)):
        return Refused(number, "what is not known is named in the order of the alphabet, once.")
    if len(act.unknown) == len(POINTS):
        return Refused(number, "an alert of which no point is known says nothing.")
    for point in POINTS:
        words = point_of(act, point)
        if point not in act.unknown:
            missing = text_fault(state, number, words)
            if missing is not None:
                return missing
        elif words:
            return Refused(number, f"{point} is told, and is said to be not known.")
    return None


def may_respond(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party that was warned answers, as often as it has something to say, while it is open."""
    act = fact.act
    assert isinstance(act, Responded)
    asked = state.find(past, act.alert)
    if asked is None or not isinstance(asked.act, Alerted):
        return Refused("", "the alert is not in the past of this act.")
    if asked.party == fact.party:
        return Refused("", f"{fact.party} raised the alert; the others answer.")
    number = _open_fault(state, past, asked, fact, "respond")
    if isinstance(number, Refused):
        return number
    if not (act.offer or act.sees or act.unable):
        return Refused(number, "an answer says what is offered or seen, or that nothing can be.")
    if act.offer and act.unable:
        return Refused(number, "an answer that offers something does not say that it cannot help.")
    return words_fault(state, number, act.offer) or words_fault(state, number, act.sees)


def may_close_alert(state: Institution, past: View, fact: Fact, asked: Fact) -> Refused | None:
    """The party that raised an alert ends it."""
    act = fact.act
    assert isinstance(act, Closed)
    if asked.party != fact.party:
        return Refused("", f"only {asked.party}, which raised the alert, closes it.")
    number = _open_fault(state, past, asked, fact, "close")
    return number if isinstance(number, Refused) else words_fault(state, number, act.outcome)


def _open_fault(
    state: Institution, past: View, asked: Fact, fact: Fact, permit: str
) -> Refused | str:
    """The article under which a party speaks to an open alert that its past holds, or a refusal."""
    assert isinstance(asked.act, Alerted)
    article = permitted(state, asked.act.body, permit)
    if isinstance(article, Refused):
        return article
    number = article.number
    if fact.party not in state.charter.body(asked.act.body).parties:
        return Refused(number, f"{fact.party} is no party of {asked.act.body}.")
    if close_of(past.of(state.consultations[asked.name])) is not None:
        return Refused(number, "the alert is closed.")
    if not fact.audience.covers(asked.audience, state.founding.origins):
        return Refused(number, "everyone who may read the alert must be able to read this.")
    return number


def alert(state: Institution, fact: Fact) -> Institution:
    """An alert begins."""
    act = fact.act
    assert isinstance(act, Alerted)
    return state.but(
        consultations=add(state.consultations, fact.name, fact),
        symbols=add(state.symbols, act.symbol, fact),
    )


def respond(state: Institution, fact: Fact) -> Institution:
    """An answer joins its alert."""
    act = fact.act
    assert isinstance(act, Responded)
    return state.but(consultations=add(state.consultations, act.alert, fact))


def alerts(state: Institution, view: View) -> tuple[Alert, ...]:
    """The alerts that the view holds, the one raised last first."""
    found = [one for name in state.consultations if (one := alert_named(state, view, name))]
    return tuple(sorted(found, key=lambda one: (-one.asked.t, one.act.symbol, one.asked.name)))


def matters_on(state: Institution, view: View, name: str) -> tuple[Fact, ...]:
    """The tablings of the matters that an alert became: a version of each names it by its SHA-256.

    The matter that was tabled first stands first.
    """
    found = []
    for facts in state.matters.values():
        here = tuple(view.of(facts))
        tabled = next((one for one in here if isinstance(one.act, Tabled)), None)
        if tabled is not None and any(
            isinstance(one.act, Tabled | Revised) and name in one.act.wording.digests.values()
            for one in here
        ):
            found.append(tabled)
    return tuple(sorted(found, key=lambda one: (one.t, one.tip)))


def alert_named(state: Institution, view: View, name: str) -> Alert | None:
    """The alert of this name as a view shows it; None if the view holds none."""
    begun = state.consultations.get(name, ())
    if not begun or not any(isinstance(one.act, Alerted) for one in begun):
        return None
    here = tuple(view.of(begun))
    # On two faces of a book it may stand twice; every copy then takes the same one of the two.
    asked = min(
        (fact for fact in here if isinstance(fact.act, Alerted)),
        key=lambda one: (one.tip.size, one.tip),
        default=None,
    )
    if asked is None or not isinstance(asked.act, Alerted):
        return None
    answers = _in_order(state, asked.act, here)
    closed = close_of(here)
    clock = meeting_clock(state, view, asked)
    tips = (*(fact.tip for fact in here), *(clock.tips if clock is not None else ()))
    last = final_part(view).cut
    return Alert(
        asked,
        answers,
        closed,
        _awaiting(state, asked, answers, clock) if closed is None and not asked.act.drill else (),
        all(view.history.holds(last, tip) for tip in tips),
    )


def _in_order(state: Institution, act: Alerted, here: Iterable[Fact]) -> tuple[Fact, ...]:
    """The answers: those of each party together, in the order of the body's parties."""
    parties = state.charter.body(act.body).parties
    told = [fact for fact in here if isinstance(fact.act, Responded) and fact.party in parties]
    return tuple(sorted(told, key=lambda one: (parties.index(one.party), one.tip.size, one.tip)))


def _awaiting(
    state: Institution, asked: Fact, answers: tuple[Fact, ...], clock: MeetingClock | None
) -> tuple[Waiting, ...]:
    assert isinstance(asked.act, Alerted)
    spoken = {asked.party, *(one.party for one in answers)}
    parties = state.charter.body(asked.act.body).parties
    waiting = [Waiting(party, Need.ANSWER) for party in parties if party not in spoken]
    if clock is not None and clock.owed:
        waiting.append(Waiting(asked.party, Need.MEETING, clock.due))
    return tuple(waiting)
