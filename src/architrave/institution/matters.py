"""Acts on matters: tabled, revised, positioned, retracted, withdrew-matter."""

from __future__ import annotations

from dataclasses import replace

from architrave.charter.errors import UncountedYear
from architrave.charter.model import Article, Body
from architrave.charter.rules import Position
from architrave.institution.acts import (
    Pledge,
    Positioned,
    Retracted,
    Revised,
    Silence,
    Tabled,
    WithdrewMatter,
    Wording,
)
from architrave.institution.cadence import CADENCES, LAST_YEAR, iso_day, within_calendar
from architrave.institution.questions import (
    body_by_id,
    closed_by,
    matter_in,
    permitted,
    symbol_fault,
    text_fault,
)
from architrave.institution.state import Fact, Institution, Refused, View, add
from architrave.record.entries import Audience

INSTRUMENTS = ("arrangement", "plan", "statement", "programme", "charter-amendment", "note")
NATURES = ("political", "binding")


def may_table(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party of a body tables: right symbol, right article, a text its body can read."""
    act = fact.act
    assert isinstance(act, Tabled)
    body = body_by_id(state, act.body)
    if isinstance(body, Refused):
        return body
    article = permitted(state, body.id, "table")
    if isinstance(article, Refused):
        return article
    number = article.number
    if fact.party not in body.parties:
        return Refused(number, f"{fact.party} is no party of {body.id}.")
    fault = symbol_fault(state, past, fact, act.symbol, body.id)
    if fault:
        return Refused(number, fault)
    return (
        _audience_fault(state, fact, body, number)
        or _wording_fault(state, body, fact, act.article, act.wording, act.silence)
        or _pledge_fault(state, body, act.article, act.pledges)
    )


def may_revise(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party of the body may put a further version, unless it has closed one."""
    act = fact.act
    assert isinstance(act, Revised)
    tabled = matter_in(state, past, act.matter)
    if isinstance(tabled, Refused):
        return tabled
    found = _body_and_article(state, tabled, "revise")
    if isinstance(found, Refused):
        return found
    body, article = found
    return (
        _moving_fault(state, past, fact, act.matter, body, article.number)
        or _audience_fault(state, fact, body, article.number)
        or _wording_fault(state, body, fact, act.article, act.wording, act.silence)
        or _pledge_fault(state, body, act.article, act.pledges)
    )


def may_position(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party of the body takes a position on a version that it has before it."""
    act = fact.act
    assert isinstance(act, Positioned)
    tabled = matter_in(state, past, act.matter)
    if isinstance(tabled, Refused):
        return tabled
    found = _body_and_article(state, tabled, "position")
    if isinstance(found, Refused):
        return found
    body, article = found
    version = state.find(past, act.version)
    if version is None or state.matter_of.get(act.version) != act.matter:
        return Refused(
            article.number, "the version is not one of this matter, or not yet received."
        )
    if act.position is Position.NONE:
        return Refused(article.number, "to hold no position, retract it.")
    if act.position is Position.OBJECT and not (act.reason and act.remedy):
        return Refused(article.number, "an objection states its reason and the remedy it seeks.")
    return _moving_fault(state, past, fact, act.matter, body, article.number) or _audience_fault(
        state, fact, body, article.number
    )


def may_retract(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party leaves a position that it holds and has not closed."""
    act = fact.act
    assert isinstance(act, Retracted)
    tabled = matter_in(state, past, act.matter)
    if isinstance(tabled, Refused):
        return tabled
    found = _body_and_article(state, tabled, "retract")
    if isinstance(found, Refused):
        return found
    body, article = found
    held = [one for one in past.of(state.matters[act.matter]) if one.party == fact.party]
    if not any(isinstance(one.act, Positioned) for one in held):
        return Refused(article.number, "there is no position to retract.")
    return _moving_fault(state, past, fact, act.matter, body, article.number) or _audience_fault(
        state, fact, body, article.number
    )


def may_withdraw_matter(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Only the party that tabled a matter takes it off the table, before it has closed it."""
    act = fact.act
    assert isinstance(act, WithdrewMatter)
    tabled = matter_in(state, past, act.matter)
    if isinstance(tabled, Refused):
        return tabled
    found = _body_and_article(state, tabled, "withdraw-matter")
    if isinstance(found, Refused):
        return found
    body, article = found
    if tabled.party != fact.party:
        return Refused(article.number, f"only {tabled.party}, which tabled it, may withdraw it.")
    return _moving_fault(state, past, fact, act.matter, body, article.number) or _audience_fault(
        state, fact, body, article.number
    )


def table(state: Institution, fact: Fact) -> Institution:
    """A matter begins; its first version carries its name."""
    act = fact.act
    assert isinstance(act, Tabled)
    return replace(
        state,
        matters=add(state.matters, fact.name, fact),
        matter_of=state.matter_of.set(fact.name, fact.name),
        symbols=add(state.symbols, act.symbol, fact),
    )


def revise(state: Institution, fact: Fact) -> Institution:
    """A further version joins its matter."""
    act = fact.act
    assert isinstance(act, Revised)
    return replace(
        state,
        matters=add(state.matters, act.matter, fact),
        matter_of=state.matter_of.set(fact.name, act.matter),
    )


def move(state: Institution, fact: Fact) -> Institution:
    """A position, a retraction or a withdrawal joins its matter."""
    act = fact.act
    assert isinstance(act, Positioned | Retracted | WithdrewMatter)
    return replace(state, matters=add(state.matters, act.matter, fact))


def _body_and_article(
    state: Institution, tabled: Fact, permit: str
) -> tuple[Body, Article] | Refused:
    assert isinstance(tabled.act, Tabled)
    body = body_by_id(state, tabled.act.body)
    if isinstance(body, Refused):
        return body
    article = permitted(state, body.id, permit)
    return article if isinstance(article, Refused) else (body, article)


def _moving_fault(
    state: Institution, past: View, fact: Fact, matter: str, body: Body, article: str
) -> Refused | None:
    if fact.party not in body.parties:
        return Refused(article, f"{fact.party} is no party of {body.id}.")
    facts = tuple(past.of(state.matters[matter]))
    if any(isinstance(one.act, WithdrewMatter) for one in facts):
        return Refused(article, "the matter was withdrawn.")
    closing = closed_by(state, past, matter, fact.party)
    if closing is None:
        return None
    late = isinstance(fact.act, Positioned) and fact.act.position is Position.OBJECT
    if late:
        return Refused(article, f"late objection: {fact.party} had already closed this matter.")
    return Refused(
        article, f"{fact.party} has closed this matter; only notice of withdrawal is left."
    )


def _audience_fault(state: Institution, fact: Fact, body: Body, article: str) -> Refused | None:
    needed = Audience(frozenset(state.origin_of(party) for party in body.parties))
    if fact.audience.covers(needed, state.founding.origins):
        return None
    return Refused(article, f"every party of {body.id} must be able to read this.")


def _wording_fault(
    state: Institution,
    body: Body,
    fact: Fact,
    number: str,
    wording: Wording,
    silence: Silence | None,
) -> Refused | None:
    article = state.charter.find_article(number)
    if article is None or not article.applies_to(body.id):
        return Refused(number, f"the charter has no such article for {body.id}.")
    wanted = "silence" if silence is not None else "decide"
    if wanted not in article.permits or article.rule is None:
        return Refused(number, f"this article does not let {body.id} {_deciding(wanted)}.")
    if silence is not None:
        fault = _silence_fault(state, body, fact, article, silence)
        if fault:
            return Refused(number, fault)
    if wording.instrument not in INSTRUMENTS or wording.nature not in NATURES:
        return Refused(number, "the text does not say what instrument it is, political or binding.")
    if not article.covers(wording.instrument, wording.nature):
        return Refused(
            number, f"this article does not decide a {wording.nature} {wording.instrument}."
        )
    return text_fault(state, number, wording.title) or text_fault(state, number, wording.summary)


def _silence_fault(
    state: Institution, body: Body, fact: Fact, article: Article, silence: Silence
) -> str | None:
    """Why no silence can run on this text, or None."""
    if silence.article != article.number:
        return "a silence procedure names the article that decides the matter."
    if not within_calendar(silence.expiry):
        return f"the expiry lies before 1970 or after {LAST_YEAR - 1}."
    if article.minimum_period is None:
        return None
    try:
        for party in body.parties:
            article.minimum_period.end_after(fact.t, state.charter.party(party))
    except UncountedYear as fault:
        return str(fault)
    return None


def _pledge_fault(
    state: Institution, body: Body, number: str, pledges: list[Pledge]
) -> Refused | None:
    """Refuse a commitment that nobody of the body owes, or that falls due on no day."""
    owners = {seat.id for seat in body.seats if seat.party is not None}
    seen: set[str] = set()
    for pledge in pledges:
        if not pledge.id or pledge.id in seen:
            return Refused(number, f"the commitment {pledge.id!r} needs a name of its own.")
        seen.add(pledge.id)
        if pledge.owner not in owners:
            return Refused(
                number, f"{pledge.id}: {pledge.owner!r} is no seat of a party in {body.id}."
            )
        if iso_day(pledge.due) is None:
            return Refused(number, f"{pledge.id}: {pledge.due!r} is not a date such as 2027-03-31.")
        if pledge.cadence not in CADENCES:
            known = ", ".join(CADENCES)
            return Refused(number, f"{pledge.id}: {pledge.cadence!r} is none of {known}.")
        missing = text_fault(state, number, pledge.what)
        if missing is not None:
            return missing
    return None


def _deciding(permit: str) -> str:
    return "adopt by silence" if permit == "silence" else "decide"
