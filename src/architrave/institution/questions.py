"""Questions about a past that checks of several acts ask."""

from __future__ import annotations

import re

from architrave.charter.model import Article, Body
from architrave.institution.acts import Appointed, KeyDelegated, KeyRevoked, Tabled, Vacated
from architrave.institution.closing import Closing, closing
from architrave.institution.state import Fact, Institution, Refused, View
from architrave.record.entries import Audience

_SYMBOL = re.compile(r"([A-Z0-9]+)/([0-9]{4})/([A-Z0-9]+)/([1-9][0-9]*)")


def body_by_id(state: Institution, body: str) -> Body | Refused:
    """The body of this id, or a refusal."""
    found = state.charter.find_body(body)
    return found if found is not None else Refused("", f"the charter knows no body {body!r}.")


def permitted(state: Institution, body: str, permit: str) -> Article | Refused:
    """The article that permits this in this body, or a refusal."""
    article = state.charter.article_for(body, permit)
    if article is None:
        return Refused("", f"no article of the charter lets {body} do this ({permit}).")
    return article


def may_ask(
    state: Institution, past: View, fact: Fact, body: str, symbol: str, permit: str
) -> Article | Refused:
    """The article under which a party asks or warns the others of a body, or a refusal.

    Any one party of the body does, so that all of them can read it, under a symbol of its own.
    """
    named = body_by_id(state, body)
    if isinstance(named, Refused):
        return named
    article = permitted(state, named.id, permit)
    if isinstance(article, Refused):
        return article
    fault = readers_fault(state, fact, named, article.number)
    if fault is not None:
        return fault
    taken = symbol_fault(state, past, fact, symbol, named.id)
    return Refused(article.number, taken) if taken else article


def readers_fault(state: Institution, fact: Fact, body: Body, article: str) -> Refused | None:
    """Refuse what is said to a body by no party of it, or so that not all of them can read it."""
    if fact.party not in body.parties:
        return Refused(article, f"{fact.party} is no party of {body.id}.")
    needed = Audience(frozenset(state.origin_of(party) for party in body.parties))
    if not fact.audience.covers(needed, state.founding.origins):
        return Refused(article, f"every party of {body.id} must be able to read this.")
    return None


def matter_in(state: Institution, past: View, matter: str) -> Fact | Refused:
    """The tabling of a matter that the past holds, or a refusal."""
    fact = state.find(past, matter)
    if fact is None or not isinstance(fact.act, Tabled):
        return Refused("", "the matter is not in the past of this act.")
    return fact


def closed_by(state: Institution, past: View, matter: str, party: str) -> Closing | None:
    """How a party has closed a matter in the past of an act that is being judged, or None."""
    return closing(state, state.matters.get(matter, ()), party, past, judging=not past.rehearsal)


def _appointment(state: Institution, past: View, seat: str) -> Appointed | None:
    last = past.last(state.seats.get(seat, ()))
    if last is None or isinstance(last.act, Vacated):
        return None
    assert isinstance(last.act, Appointed)
    return last.act


def holder(state: Institution, past: View, seat: str) -> str | None:
    """The name of who holds a seat in a past; None if it is vacant."""
    now = _appointment(state, past, seat)
    return now.holder if now is not None else None


def known_as(act: Appointed | KeyDelegated) -> str:
    """What tells holders apart: the alias if there is one, so that a name can be erased."""
    return f"alias {act.alias}" if act.alias else act.holder


def holder_known_as(state: Institution, past: View, seat: str) -> str | None:
    """Who holds a seat in a past, by what tells holders apart; None if it is vacant."""
    now = _appointment(state, past, seat)
    return known_as(now) if now is not None else None


def key_serves(state: Institution, past: View, key: str, seat: str) -> bool:
    """Say whether an officer key may sign for a seat: delegated to its holder, and not revoked."""
    now = holder_known_as(state, past, seat)
    party = state.charter.seat(seat).party
    return (
        now is not None
        and party is not None
        and any(
            isinstance(fact.act, KeyDelegated)
            and fact.act.office == seat
            and known_as(fact.act) == now
            for fact in past.of(state.keys.get(key, ()))
        )
        and not revoked(state, past, key, party)
    )


def revoked(state: Institution, past: View, key: str, party: str) -> bool:
    """Say whether a party has revoked an officer key in a past."""
    return any(
        isinstance(fact.act, KeyRevoked) and fact.party == party
        for fact in past.of(state.keys.get(key, ()))
    )


def symbol_fault(state: Institution, past: View, fact: Fact, symbol: str, body: str) -> str | None:
    """What is wrong with a symbol that an act issues, or None."""
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        return f"the symbol {symbol!r} is not of the form BODY/YEAR/PARTY/NUMBER."
    if match[1] != body or match[3] != fact.party:
        return f"the symbol {symbol!r} does not carry {body} and {fact.party}."
    if any(past.of(state.symbols.get(symbol, ()))):
        return f"the symbol {symbol} has been issued before."
    return None


def text_fault(state: Institution, article: str, text: dict[str, str]) -> Refused | None:
    """Refuse a text that lacks one of the charter's languages, or has an empty one."""
    for language in state.charter.languages:
        if not text.get(language, "").strip():
            return Refused(article, f"the text is missing in the language {language!r}.")
    strangers = set(text) - set(state.charter.languages)
    if strangers:
        return Refused(article, f"{min(strangers)!r} is no language of this charter.")
    return None


def words_fault(state: Institution, article: str, text: dict[str, str]) -> Refused | None:
    """Refuse words in a language that the charter does not know, or empty ones.

    Unlike a text to be decided, a reason may be given in one language only.
    """
    for language in sorted(text):
        if language not in state.charter.languages:
            return Refused(article, f"{language!r} is no language of this charter.")
        if not text[language].strip():
            return Refused(article, f"the words in the language {language!r} are empty.")
    return None
