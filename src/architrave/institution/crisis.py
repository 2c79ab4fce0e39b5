"""Acts of a consultation, which any one party opens: consulted, acknowledged, closed.

What parties make of its points, by the act `assessed`, is in `picture`; the legs of it in `drills`.
"""

from __future__ import annotations

from architrave.institution.acts import Acknowledged, Alerted, Assessed, Closed, Consulted
from architrave.institution.alerts import may_close_alert
from architrave.institution.drills import answered_by
from architrave.institution.questions import may_ask, permitted, text_fault, words_fault
from architrave.institution.state import Fact, Institution, Refused, View, add


def may_consult(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party of a body asks the others, with ground, facts and wish."""
    act = fact.act
    assert isinstance(act, Consulted)
    article = may_ask(state, past, fact, act.body, act.symbol, "consult")
    if isinstance(article, Refused):
        return article
    for text in (act.ground, act.facts, act.wish):
        missing = text_fault(state, article.number, text)
        if missing is not None:
            return missing
    return None


def may_acknowledge(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party that was asked answers, while the consultation is open.

    A drill that was closed without its answer it still answers, once, and says why its line failed.
    """
    act = fact.act
    assert isinstance(act, Acknowledged)
    asked = state.find(past, act.consultation)
    if asked is None or not isinstance(asked.act, Consulted):
        return Refused("", "the request to consult is not in the past of this act.")
    if asked.party == fact.party:
        return Refused("", f"{fact.party} asked; the others answer.")
    return open_fault(state, past, act.consultation, fact, "acknowledge", act.answer)


def may_close(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The party that asked ends the consultation, and the one that raised an alert ends that."""
    act = fact.act
    assert isinstance(act, Closed)
    asked = state.find(past, act.consultation)
    if asked is not None and isinstance(asked.act, Alerted):
        return may_close_alert(state, past, fact, asked)
    if asked is None or not isinstance(asked.act, Consulted):
        return Refused("", "the request to consult is not in the past of this act.")
    if asked.party != fact.party:
        return Refused("", f"only {asked.party}, which asked, closes the consultation.")
    return open_fault(state, past, act.consultation, fact, "close", act.outcome)


def open_fault(
    state: Institution, past: View, name: str, fact: Fact, permit: str, words: dict[str, str]
) -> Refused | None:
    """Refuse what a party cannot say in a consultation that its past holds."""
    facts = tuple(past.of(state.consultations.get(name, ())))
    asked = facts[0]
    assert isinstance(asked.act, Consulted)
    article = permitted(state, asked.act.body, permit)
    if isinstance(article, Refused):
        return article
    number = article.number
    if fact.party not in state.charter.body(asked.act.body).parties:
        return Refused(number, f"{fact.party} is no party of {asked.act.body}.")
    if any(isinstance(one.act, Closed) for one in facts):
        late = isinstance(fact.act, Acknowledged) and asked.act.drill
        if not late or answered_by(facts, fact.party) is not None:
            return Refused(number, "the consultation is closed.")
        if not words:
            return Refused(number, "a late answer to a drill says why the line failed.")
    if not fact.audience.covers(asked.audience, state.founding.origins):
        return Refused(number, "everyone who may read the request must be able to read this.")
    return words_fault(state, number, words)


def consult(state: Institution, fact: Fact) -> Institution:
    """A consultation begins."""
    act = fact.act
    assert isinstance(act, Consulted)
    return state.but(
        consultations=add(state.consultations, fact.name, fact),
        symbols=add(state.symbols, act.symbol, fact),
    )


def consult_on(state: Institution, fact: Fact) -> Institution:
    """An answer, a reading or the close joins its consultation."""
    act = fact.act
    assert isinstance(act, Acknowledged | Assessed | Closed)
    return state.but(consultations=add(state.consultations, act.consultation, fact))
