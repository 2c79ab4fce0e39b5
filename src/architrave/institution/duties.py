"""Acts on what an agreed matter leaves: reported, accepted-report, and notices of withdrawal."""

from __future__ import annotations

from architrave.charter.errors import UncountedYear
from architrave.institution.acts import (
    AcceptedReport,
    NotifiedWithdrawal,
    Pledge,
    Reported,
    RescindedNotice,
    Revised,
    SuspendedNotice,
    Tabled,
)
from architrave.institution.cadence import LAST_YEAR, is_period_end, within_calendar
from architrave.institution.closing import Version
from architrave.institution.questions import matter_in, permitted, text_fault
from architrave.institution.standing import stand
from architrave.institution.state import Fact, Institution, Refused, View, add


def decided_version(state: Institution, past: View, matter: str) -> Version | None:
    """The version of a matter that is agreed or in force in a past, or None."""
    known = state.agreed.get(matter)
    if known is not None and all(past.history.holds(past.cut, tip) for tip in known[0]):
        version: Version = known[1]
        return version
    standing = stand(state, matter, past)
    decided = standing.decided if standing is not None else None
    if decided is None:
        return None
    # Agreed is agreed in every past that holds these entries, whatever else it holds.
    tips = tuple(tip for tip in decided.has_all.values() if tip is not None)
    state.agreed[matter] = tips, decided.version
    return decided.version


def pledges_of(version: Version) -> tuple[Pledge, ...]:
    """The commitments that a version words."""
    act = version.fact.act
    assert isinstance(act, Tabled | Revised)
    return tuple(act.pledges)


def may_report(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The party whose seat owes a commitment reports on it, once its instrument is agreed."""
    act = fact.act
    assert isinstance(act, Reported)
    found = instrument_in(state, past, fact, act.matter, "report")
    if isinstance(found, Refused):
        return found
    version, number = found
    pledge = next((one for one in pledges_of(version) if one.id == act.pledge), None)
    if pledge is None:
        return Refused(number, f"the instrument holds no commitment {act.pledge!r}.")
    seat = state.charter.find_seat(pledge.owner)
    if seat is None or seat.party != fact.party:
        return Refused(number, f"the commitment is owed by {pledge.owner}; its party reports.")
    if not is_period_end(pledge, act.period):
        return Refused(number, f"no period of {act.pledge} ends on {act.period!r}.")
    return text_fault(state, number, act.account)


def may_accept_report(state: Institution, past: View, fact: Fact) -> Refused | None:
    """One whom the charter names accepts a report: never the party that made it."""
    act = fact.act
    assert isinstance(act, AcceptedReport)
    report = state.find(past, act.report)
    if report is None or not isinstance(report.act, Reported):
        return Refused("", "the report is not in the past of this act.")
    found = instrument_in(state, past, fact, report.act.matter, "accept-report")
    if isinstance(found, Refused):
        return found
    _, number = found
    if report.party == fact.party:
        return Refused(number, "a party does not accept its own report.")
    return None


def may_notify(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party gives notice that it leaves an instrument, no earlier than the charter allows."""
    act = fact.act
    assert isinstance(act, NotifiedWithdrawal)
    found = instrument_in(state, past, fact, act.matter, "withdraw")
    if isinstance(found, Refused):
        return found
    _, number = found
    article = state.charter.article(number)
    if not within_calendar(act.effect):
        return Refused(number, f"the effect lies before 1970 or after {LAST_YEAR - 1}.")
    if article.minimum_period is not None:
        try:
            earliest = article.minimum_period.end_after(fact.t, state.charter.party(fact.party))
        except UncountedYear as fault:
            return Refused(number, str(fault))
        if act.effect < earliest:
            return Refused(number, "the effect comes before the notice period has run.")
    for one in past.of(state.notices.get(act.matter, ())):
        if isinstance(one.act, NotifiedWithdrawal) and one.party == fact.party:
            if not _rescinded(state, past, act.matter, one.name):
                return Refused(number, f"{fact.party} has given notice already.")
    return text_fault(state, number, act.reason)


def may_change_notice(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The party that gave a notice suspends its effect, or takes it back."""
    act = fact.act
    assert isinstance(act, SuspendedNotice | RescindedNotice)
    notice = state.find(past, act.notice)
    if notice is None or not isinstance(notice.act, NotifiedWithdrawal):
        return Refused("", "the notice is not in the past of this act.")
    permit = "suspend-notice" if isinstance(act, SuspendedNotice) else "rescind-notice"
    article = permitted(state, _body_of(state, past, notice.act.matter), permit)
    number = article.article if isinstance(article, Refused) else article.number
    if notice.party != fact.party:
        return Refused(number, f"only {notice.party}, which gave the notice, may change it.")
    if _rescinded(state, past, notice.act.matter, notice.name):
        return Refused(number, "the notice was taken back already.")
    if not fact.audience.covers(notice.audience, state.founding.origins):
        return Refused(number, "everyone who may read the notice must be able to read this.")
    return text_fault(state, number, act.reason)


def _body_of(state: Institution, past: View, matter: str) -> str:
    tabled = matter_in(state, past, matter)
    assert isinstance(tabled, Fact)
    assert isinstance(tabled.act, Tabled)
    return tabled.act.body


def instrument_in(
    state: Institution, past: View, fact: Fact, matter: str, permit: str
) -> tuple[Version, str] | Refused:
    """The agreed version of a matter, and the article that permits this under it; or a refusal."""
    tabled = matter_in(state, past, matter)
    if isinstance(tabled, Refused):
        return tabled
    assert isinstance(tabled.act, Tabled)
    article = permitted(state, tabled.act.body, permit)
    if isinstance(article, Refused):
        return article
    body = state.charter.body(tabled.act.body)
    if fact.party not in body.parties:
        return Refused(article.number, f"{fact.party} is no party of {body.id}.")
    # Two readers of one matter must not see two sets of notices and reports.
    if not fact.audience.covers(tabled.audience, state.founding.origins):
        return Refused(
            article.number, "everyone who may read the matter must be able to read this."
        )
    version = decided_version(state, past, matter)
    if version is None:
        return Refused(article.number, "the matter is not agreed in the past of this act.")
    return version, article.number


def _rescinded(state: Institution, past: View, matter: str, notice: str) -> bool:
    return any(
        isinstance(one.act, RescindedNotice) and one.act.notice == notice
        for one in past.of(state.notices.get(matter, ()))
    )


def report(state: Institution, fact: Fact) -> Institution:
    """A report joins its instrument."""
    act = fact.act
    assert isinstance(act, Reported)
    return state.but(reports=add(state.reports, act.matter, fact))


def accept_report(state: Institution, fact: Fact) -> Institution:
    """A report is accepted."""
    act = fact.act
    assert isinstance(act, AcceptedReport)
    made = state.acts[act.report][0].act
    assert isinstance(made, Reported)
    return state.but(reports=add(state.reports, made.matter, fact))


def notify(state: Institution, fact: Fact) -> Institution:
    """A notice runs against its instrument."""
    act = fact.act
    assert isinstance(act, NotifiedWithdrawal)
    return state.but(notices=add(state.notices, act.matter, fact))


def change_notice(state: Institution, fact: Fact) -> Institution:
    """A notice is suspended or taken back."""
    act = fact.act
    assert isinstance(act, SuspendedNotice | RescindedNotice)
    given = state.acts[act.notice][0].act
    assert isinstance(given, NotifiedWithdrawal)
    return state.but(notices=add(state.notices, given.matter, fact))
