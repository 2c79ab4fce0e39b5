"""Acts on matters: tabled, revised, positioned, retracted, withdrew-matter."""

from __future__ import annotations

from architrave.charter.errors import UncountedYear
from architrave.charter.model import Article, Body
from architrave.charter.rules import Position
from architrave.institution import amendments
from architrave.institution.acts import (
    Pledge,
    Positioned,
    Retracted,
    Revised,
    Silence,
    Tabled,
    WithdrewMatter,
)
from architrave.institution.amendment_race import position_fault
from architrave.institution.cadence import CADENCES, LAST_YEAR, iso_day, within_calendar
from architrave.institution.closing import Known
from architrave.institution.questions import (
    body_by_id,
    closed_by,
    matter_in,
    permitted,
    symbol_fault,
    text_fault,
    words_fault,
)
from architrave.institution.state import Fact, Institution, Refused, View, add
from architrave.record.entries import Audience

INSTRUMENTS = ("arrangement", "plan", "statement", "programme", amendments.INSTRUMENT, "note")
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
        or _wording_fault(state, past, body, fact, act, number)
        or _pledges_fault(state, body, number, act.pledges)
    )


def may_revise(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party of the body may put a further version, unless it has closed one."""
    act = fact.act
    assert isinstance(act, Revised)
    found = _open_matter(state, past, fact, act.matter, "revise")
    if isinstance(found, Refused):
        return found
    body, article, _ = found
    return (
        _wording_fault(state, past, body, fact, act, article.number)
        or _pledges_fault(state, body, article.number, act.pledges)
        or _closed_fault(state, past, fact, act.matter, article.number)
    )


def may_position(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party of the body takes a position on a version that it has before it."""
    act = fact.act
    assert isinstance(act, Positioned)
    found = _open_matter(state, past, fact, act.matter, "position")
    if isinstance(found, Refused):
        return found
    number = found[1].number
    version = state.find(past, act.version)
    if version is None or state.matter_of.get(act.version) != act.matter:
        return Refused(number, "the version is not one of this matter, or not yet received.")
    if act.position is Position.NONE:
        return Refused(number, "to hold no position, retract it.")
    if act.position is Position.OBJECT and not (act.reason and act.remedy):
        return Refused(number, "an objection states its reason and the remedy it seeks.")
    return (
        words_fault(state, number, act.reason)
        or words_fault(state, number, act.remedy)
        or _closed_fault(state, past, fact, act.matter, number)
        or position_fault(state, past, fact, version, number)
    )


def may_retract(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party leaves a position that it holds and has not closed."""
    act = fact.act
    assert isinstance(act, Retracted)
    found = _open_matter(state, past, fact, act.matter, "retract")
    if isinstance(found, Refused):
        return found
    number = found[1].number
    if Known(tuple(past.of(state.matters[act.matter]))).position(fact.party) is None:
        return Refused(number, "there is no position to retract.")
    return _closed_fault(state, past, fact, act.matter, number)


def may_withdraw_matter(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Only the party that tabled a matter takes it off the table, before it has closed it."""
    act = fact.act
    assert isinstance(act, WithdrewMatter)
    found = _open_matter(state, past, fact, act.matter, "withdraw-matter")
    if isinstance(found, Refused):
        return found
    _, article, tabled = found
    if tabled.party != fact.party:
        return Refused(article.number, f"only {tabled.party}, which tabled it, may withdraw it.")
    return words_fault(state, article.number, act.reason) or _closed_fault(
        state, past, fact, act.matter, article.number
    )


def table(state: Institution, fact: Fact) -> Institution:
    """A matter begins; its first version carries its name."""
    act = fact.act
    assert isinstance(act, Tabled)
    state = state.but(
        matters=add(state.matters, fact.name, fact),
        matter_of=state.matter_of.set(fact.name, fact.name),
        symbols=add(state.symbols, act.symbol, fact),
    )
    return amendments.joined(state, fact)


def revise(state: Institution, fact: Fact) -> Institution:
    """A further version joins its matter."""
    act = fact.act
    assert isinstance(act, Revised)
    state = state.but(
        matters=add(state.matters, act.matter, fact),
        matter_of=state.matter_of.set(fact.name, act.matter),
    )
    return amendments.joined(state, fact)


def move(state: Institution, fact: Fact) -> Institution:
    """A position, a retraction or a withdrawal joins its matter."""
    act = fact.act
    assert isinstance(act, Positioned | Retracted | WithdrewMatter)
    return state.but(matters=add(state.matters, act.matter, fact))


def _open_matter(
    state: Institution, past: View, fact: Fact, matter: str, permit: str
) -> tuple[Body, Article, Fact] | Refused:
    """The body of a matter that is still on the table, the article that permits this, its tabling.

    All acts of a matter are for the same readers: whoever may read the text must be able to read
    what was said on it, or two readers would see two matters.
    """
    tabled = matter_in(state, past, matter)
    if isinstance(tabled, Refused):
        return tabled
    assert isinstance(tabled.act, Tabled)
    body = state.charter.body(tabled.act.body)
    article = permitted(state, body.id, permit)
    if isinstance(article, Refused):
        return article
    if fact.party not in body.parties:
        return Refused(article.number, f"{fact.party} is no party of {body.id}.")
    if not fact.audience.covers(tabled.audience, state.founding.origins):
        return Refused(
            article.number, "everyone who may read the matter must be able to read this."
        )
    if any(isinstance(one.act, WithdrewMatter) for one in past.of(state.matters[matter])):
        return Refused(article.number, "the matter was withdrawn.")
    return body, article, tabled


def _closed_fault(
    state: Institution, past: View, fact: Fact, matter: str, article: str
) -> Refused | None:
    if closed_by(state, past, matter, fact.party) is None:
        return None
    position = fact.act.position if isinstance(fact.act, Positioned) else None
    if position in (Position.OBJECT, Position.RESERVE):
        word = "objection" if position is Position.OBJECT else "reserve"
        reason = f"late {word}: {fact.party} had already closed this matter."
        return Refused(article, reason, late=True)
    return Refused(
        article, f"{fact.party} has closed this matter; only notice of withdrawal is left."
    )


def _audience_fault(state: Institution, fact: Fact, body: Body, article: str) -> Refused | None:
    needed = Audience(frozenset(state.origin_of(party) for party in body.parties))
    if fact.audience.covers(needed, state.founding.origins):
        return None
    return Refused(article, f"every party of {body.id} must be able to read this.")


def _wording_fault(
    state: Institution, past: View, body: Body, fact: Fact, act: Tabled | Revised, tabling: str
) -> Refused | None:
    number, wording, silence = act.article, act.wording, act.silence
    article = state.charter.find_article(number)
    if article is None or not article.applies_to(body.id):
        return Refused(tabling, f"the charter has no article {number!r} for {body.id}.")
    wanted = "silence" if silence is not None else "decide"
    if wanted not in article.permits or article.rule is None:
        return Refused(number, f"this article does not let {body.id} {_deciding(wanted)}.")
    if silence is not None and silence.article != number:
        return Refused(number, "a silence procedure names the article that decides the matter.")
    uncounted = _silence_fault(state, body, fact, silence) if silence is not None else None
    if uncounted:
        return Refused(number, uncounted)
    if wording.instrument not in INSTRUMENTS or wording.nature not in NATURES:
        return Refused(number, "the text does not say what instrument it is, political or binding.")
    if not article.covers(wording.instrument, wording.nature):
        return Refused(
            number, f"this article does not decide a {wording.nature} {wording.instrument}."
        )
    if wording.instrument == amendments.INSTRUMENT:
        fault = amendments.document_fault(state, past, article, act)
        if fault is not None:
            return fault
    return text_fault(state, number, wording.title) or text_fault(state, number, wording.summary)


def _deciding(permit: str) -> str:
    return "adopt by silence" if permit == "silence" else "decide"


def _silence_fault(state: Institution, body: Body, fact: Fact, silence: Silence) -> str | None:
    """Why no silence can run on this text, or None."""
    article = state.charter.article(silence.article)
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


def _pledges_fault(
    state: Institution, body: Body, number: str, pledges: list[Pledge]
) -> Refused | None:
    """Refuse a commitment that nobody of the body owes, or that falls due on no day."""
    owners = {seat.id for seat in body.seats if seat.party is not None}
    seen: set[str] = set()
    for pledge in pledges:
        if not pledge.id or pledge.id in seen:
            return Refused(number, f"the commitment {pledge.id!r} has no name of its own.")
        seen.add(pledge.id)
        if pledge.owner not in owners:
            return Refused(number, f"{pledge.owner!r} is no seat of a party of {body.id}.")
        if pledge.cadence not in CADENCES:
            known = ", ".join(CADENCES)
            return Refused(
                number, f"{pledge.cadence!r} is no cadence of a commitment; these are: {known}."
            )
        if iso_day(pledge.due) is None:
            return Refused(number, f"{pledge.due!r} is no date of the form YYYY-MM-DD.")
        missing = text_fault(state, number, pledge.what)
        if missing is not None:
            return missing
    return None
