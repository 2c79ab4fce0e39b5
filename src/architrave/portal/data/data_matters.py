"""Matters and consultations as public data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from architrave.charter.compare import changes
from architrave.charter.explain import rule_text
from architrave.institution import pending
from architrave.institution.acts import (
    Acknowledged,
    Closed,
    NotifiedWithdrawal,
    Positioned,
    Reported,
    Revised,
    Tabled,
    kind_of,
)
from architrave.institution.amendments import Amendment, amendment_in, course_of
from architrave.institution.owed import Owed, notices, owed_under
from architrave.institution.pending import Waiting, awaiting_version, focus, matter_is_final
from architrave.institution.record_acts import opened
from architrave.institution.standing import MatterStanding, Stage, VersionStanding
from architrave.institution.state import Fact
from architrave.portal.data.api_matters import (
    Amending,
    Answer,
    Attached,
    Awaited,
    Commitment,
    Consultation,
    Consultations,
    Difference,
    Matter,
    MatterBrief,
    Notice,
    NoWords,
    Pledge,
    Position,
    Refusal,
    Report,
    Silence,
    SilenceOf,
    Ticks,
    Version,
)
from architrave.portal.data.api_rows import Coded
from architrave.portal.data.data_crisis import legs_data, points_data, suspensions_data
from architrave.portal.data.data_values import (
    API,
    cited,
    coded,
    erased_line,
    instant,
    line_name,
    phrased,
    staged,
    texts,
)
from architrave.portal.reading import Copy, on_screen
from architrave.portal.refusals import refusals_about
from architrave.portal.rows import wording_of
from architrave.portal.words import LANGUAGES

__all__ = ["brief_data", "consultations_data", "matter_data"]


def brief_data(copy: Copy, standing: MatterStanding) -> MatterBrief:
    """A matter in a list."""
    shown = focus(standing)
    return MatterBrief(
        symbol=standing.symbol,
        address=f"{API}/matters/{standing.symbol}",
        title=texts(wording_of(shown).title),
        body=shown.version.body.id,
        party=standing.tabled.party,
        at=instant(standing.tabled.t),
        stage=staged(copy, shown),
        article=cited(copy, shown.version.article.number),
        awaiting=_awaiting(awaiting_version(copy.state, copy.view, standing, shown)),
        final=matter_is_final(copy.view, standing),
    )


def matter_data(copy: Copy, standing: MatterStanding) -> Matter:
    """All of a matter."""
    shown = focus(standing)
    stands = standing.stage is Stage.IN_FORCE
    owed = owed_under(copy.state, copy.view, standing, copy.final) if stands else ()
    return Matter(
        brief=brief_data(copy, standing),
        public=opened(copy.state, copy.view, standing.tabled),
        versions=tuple(
            _version(copy, one, number, one is shown)
            for number, one in enumerate(standing.versions, start=1)
        ),
        notices=_notices(copy, standing) if stands else (),
        suspensions=suspensions_data(copy, standing) if stands else (),
        commitments=tuple(_commitment(copy, one) for one in owed),
        refused=_refused(copy, standing),
        erased=tuple(_erased(copy, standing)),
    )


def _awaiting(waiting: Iterable[Waiting]) -> tuple[Awaited, ...]:
    return tuple(
        Awaited(one.party, coded("need", one.need), instant(one.until) if one.until else None)
        for one in waiting
    )


def _version(copy: Copy, one: VersionStanding, number: int, shown: bool) -> Version:
    version, wording, fact = one.version, wording_of(one), one.version.fact
    act, rule = fact.act, version.article.rule
    assert isinstance(act, Tabled | Revised)
    amendment = amendment_in(act)
    words = {two: rule_text(rule, two) for two in LANGUAGES} if rule is not None else {}
    return Version(
        number=number,
        id=fact.name,
        shown=shown,
        party=fact.party,
        at=instant(fact.t),
        line=line_name(copy, fact.tip),
        title=texts(wording.title),
        summary=texts(wording.summary),
        instrument=phrased(wording.instrument),
        nature=phrased(wording.nature),
        document=wording.document,
        attached=_attached(wording.digests),
        amends=_amends(copy, one, amendment) if amendment is not None else None,
        pledges=tuple(
            Pledge(two.id, two.owner, texts(two.what), two.due, two.cadence) for two in act.pledges
        ),
        article=cited(copy, version.article.number),
        rule=Coded(str(rule), words) if rule is not None else None,
        stage=staged(copy, one),
        positions=tuple(
            _position(copy, one.positions[party])
            for party in version.body.parties
            if party in one.positions
        ),
        earlier=tuple(
            _position(copy, two) for two in one.breaks if one.positions.get(two.party) != two
        ),
        silence=_silence(copy, one),
        ticks=tuple(
            Ticks(party, one.has_all[party] is not None, one.knows[party])
            for party in version.body.parties
        ),
    )


def _attached(digests: dict[str, str]) -> tuple[Attached, ...]:
    return tuple(Attached(*pair) for pair in sorted(digests.items()))


def _amends(copy: Copy, one: VersionStanding, amendment: Amendment) -> Amending:
    course = course_of(copy.state, copy.view, one)
    assert course is not None
    found = changes(one.version.charter, amendment.charter)
    return Amending(
        digest=amendment.charter.digest,
        course=coded("amends", course),
        differences=tuple(Difference(two.how, two.part, two.name) for two in found),
    )


def _position(copy: Copy, fact: Fact) -> Position:
    act = fact.act
    assert isinstance(act, Positioned)
    return Position(
        party=fact.party,
        position=phrased(act.position.value),
        reason=texts(act.reason),
        remedy=texts(act.remedy),
        at=instant(fact.t),
        line=line_name(copy, fact.tip),
        final=copy.final.holds(fact),
    )


def _silence(copy: Copy, one: VersionStanding) -> Silence | None:
    silence = one.version.silence
    if silence is None:
        return None
    return Silence(
        article=cited(copy, silence.article),
        expiry=instant(silence.expiry),
        periods=tuple(
            SilenceOf(
                party=run.party,
                received=instant(run.received) if run.received is not None else None,
                ends=instant(run.ends) if run.ends is not None else None,
                kept=run.kept,
            )
            for run in pending.silences(copy.state, copy.view, one)
        ),
    )


# -- what follows ---------------------------------------------------------------------------


def _notices(copy: Copy, standing: MatterStanding) -> tuple[Notice, ...]:
    found = []
    for one in notices(copy.state, copy.view, standing):
        assert isinstance(one.given.act, NotifiedWithdrawal)
        found.append(
            Notice(
                party=one.party,
                at=instant(one.given.t),
                line=line_name(copy, one.given.tip),
                effect=instant(one.effect),
                reason=texts(one.given.act.reason),
                suspended=one.suspended,
                taken_back=one.rescinded,
            )
        )
    return tuple(found)


def _commitment(copy: Copy, one: Owed) -> Commitment:
    reports = []
    for fact in one.reports:
        assert isinstance(fact.act, Reported)
        account, evidence = texts(fact.act.account), _attached(fact.act.evidence)
        reports.append(Report(instant(fact.t), line_name(copy, fact.tip), account, evidence))
    return Commitment(
        id=one.pledge.id,
        party=one.party,
        owner=one.pledge.owner,
        what=texts(one.pledge.what),
        due=one.due,
        state=coded("promise", one.state),
        reports=tuple(reports),
        accepted=one.accepted,
        suspended=tuple(dict.fromkeys(paused.party for paused in one.suspensions)),
        final=one.final,
    )


def _refused(copy: Copy, standing: MatterStanding) -> tuple[Refusal, ...]:
    """Lines about a matter that the charter did not admit, the newest first."""
    return tuple(
        Refusal(
            party=copy.state.party_of(one.tip.origin),
            kind=coded("kind", kind_of(one.act)),
            at=instant(one.t),
            line=line_name(copy, one.tip),
            article=cited(copy, one.refused.article) if one.refused.article else None,
            reason={"en": on_screen(one.refused.reason).text},
        )
        for one in refusals_about(copy, standing)
    )


def _erased(copy: Copy, standing: MatterStanding) -> Iterator[NoWords]:
    state = copy.state
    indexes = (state.matters, state.reports, state.notices, state.suspensions, state.late)
    facts = [fact for index in indexes for fact in index.get(standing.name, ())]
    for fact in sorted(copy.view.of(facts), key=lambda one: (one.t, one.tip)):
        note = erased_line(copy, fact.tip, fact.act.party, fact.name)
        if note is not None:
            yield note


# -- consultations --------------------------------------------------------------------------


def consultations_data(copy: Copy) -> Consultations:
    """Every consultation, open or closed."""
    found = pending.consultations(copy.state, copy.view)
    return Consultations(tuple(_consultation(copy, one) for one in found))


def _consultation(copy: Copy, one: pending.Consultation) -> Consultation:
    return Consultation(
        symbol=one.act.symbol,
        body=one.act.body,
        party=one.asked.party,
        at=instant(one.asked.t),
        line=line_name(copy, one.asked.tip),
        ground=texts(one.act.ground),
        facts=texts(one.act.facts),
        wish=texts(one.act.wish),
        drill=one.act.drill,
        answers=tuple(_answer(copy, fact) for fact in one.answers),
        legs=legs_data(one),
        points=points_data(copy, one),
        closed=_answer(copy, one.closed) if one.closed is not None else None,
        awaiting=one.unanswered,
        final=one.final,
    )


def _answer(copy: Copy, fact: Fact) -> Answer:
    act = fact.act
    assert isinstance(act, Acknowledged | Closed)
    said = act.answer if isinstance(act, Acknowledged) else act.outcome
    return Answer(fact.party, instant(fact.t), line_name(copy, fact.tip), texts(said))
