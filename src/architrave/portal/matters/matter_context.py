"""The context of the page of one matter."""

from __future__ import annotations

from collections.abc import Iterator

from architrave.charter.compare import Change, changes
from architrave.charter.explain import rule_text
from architrave.charter.model import Charter
from architrave.charter.phrases import phrase
from architrave.institution.acts import Act, Revised, Tabled, kind_of
from architrave.institution.amendments import Amendment, amendment_in, course_of
from architrave.institution.owed import Notice, Owed, instrument_of, owed_under
from architrave.institution.pending import (
    SilenceRun,
    awaiting_version,
    focus,
    matter_is_final,
    silences,
)
from architrave.institution.standing import MatterStanding, Stage, VersionStanding
from architrave.portal import formats
from architrave.portal.alerts.alerts_context import alert_link
from architrave.portal.formats import Said
from architrave.portal.mark import beam_of_version
from architrave.portal.matters.attested_rows import attested_rows
from architrave.portal.matters.pages_matter import (
    AmendsBlock,
    DigestRow,
    MatterPage,
    NoticeRow,
    OwedRow,
    PledgeRow,
    RefusedRow,
    SilenceBlock,
    SilenceRow,
    TickRow,
    VersionBlock,
)
from architrave.portal.matters.position_rows import (
    explanation_block,
    position_row,
    position_rows,
)
from architrave.portal.matters.suspension_rows import suspension_rows
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.links import paper_links
from architrave.portal.paused import paused_texts, suspended_texts
from architrave.portal.reading import Copy
from architrave.portal.reasons import reason_in
from architrave.portal.refusals import refusals_about
from architrave.portal.research.citing import cite_act
from architrave.portal.rows import frame_of, matter_title, stage_text, waiting_rows, wording_of
from architrave.portal.translated import untranslated
from architrave.portal.whole import matter_tabs

__all__ = ["change_text", "matter_page"]


def matter_page(copy: Copy, symbol: str) -> MatterPage | None:
    """The page of the matter with this symbol; None if all parties know of no such matter."""
    standing = next((one for one in copy.told.matters if one.symbol == symbol), None)
    if standing is None:
        return None
    shown, tabled = focus(standing), standing.tabled
    final = matter_is_final(copy.view, standing)
    title = copy.of(wording_of(shown).title)
    return MatterPage(
        frame=frame_of(
            copy, matter_title(symbol, title), "matters", symbol, about=_about(copy, shown)
        ),
        symbol=symbol,
        title=title,
        body=copy.body(shown.version.body),
        party=copy.party(tabled.party),
        at=copy.zones(tabled.t),
        readers=copy.readers(tabled),
        stage=stage_text(copy, shown),
        code=shown.stage.value,
        suspended=suspended_texts(copy, standing),
        final=final,
        sure=copy.sure(final),
        beam=beam_of_version(copy, shown),
        ticks=_ticks(copy, shown),
        ticks_text=_ticks_text(copy, shown),
        awaiting=waiting_rows(copy, awaiting_version(copy.state, copy.view, standing, shown)),
        versions=tuple(
            _version(copy, one, number, one is shown)
            for number, one in reversed(list(enumerate(standing.versions, start=1)))
        ),
        notices=_notices(copy, standing),
        suspensions=suspension_rows(copy, standing),
        attested=attested_rows(copy, standing),
        owed=_owed(copy, standing),
        refused=tuple(_refused(copy, standing)),
        erased=tuple(_erased(copy, standing)),
        papers=paper_links(copy, f"matter/{symbol}"),
        tabs=matter_tabs(copy, symbol),
        cite=cite_act(copy, tabled, symbol, title, copy.body(shown.version.body)),
    )


def _about(copy: Copy, shown: VersionStanding) -> Shown:
    """How far a matter is, before which body, and what its text says of itself."""
    summary = copy.of(wording_of(shown).summary)
    told = (stage_text(copy, shown), copy.body(shown.version.body), summary)
    whole = " · ".join(text for one in told if (text := formats.plain(one)))
    return Said(whole, summary.lang) if isinstance(summary, Said) else whole


def _erased(copy: Copy, standing: MatterStanding) -> Iterator[Shown]:
    indexes = (
        copy.state.matters,
        copy.state.reports,
        copy.state.notices,
        copy.state.suspensions,
        copy.state.late,
    )
    facts = [fact for index in indexes for fact in index.get(standing.name, ())]
    for fact in sorted(copy.view.of(facts), key=lambda fact: (fact.t, fact.tip)):
        note = copy.erased(fact.act.party, fact.name)
        if note:
            yield copy.say("erased-line", line=copy.line(fact.tip), note=note)


def _version(copy: Copy, one: VersionStanding, number: int, shown: bool) -> VersionBlock:
    version, wording = one.version, wording_of(one)
    fact, rule = version.fact, version.article.rule
    amendment = amendment_in(fact.act)
    return VersionBlock(
        name=copy.say("version-n", n=number),
        anchor=f"version-{number}",
        shown=shown,
        party=copy.party(fact.party),
        at=copy.here(fact.t),
        line=copy.line(fact.tip),
        title=copy.of(wording.title),
        summary=copy.of(wording.summary),
        instrument=phrase(wording.instrument, copy.language),
        nature=phrase(wording.nature, copy.language),
        document=amendment.text if amendment is not None else wording.document,
        amends=_amends(copy, one, amendment) if amendment is not None else None,
        digests=tuple(
            DigestRow(name, digest, alert_link(copy, digest))
            for name, digest in sorted(wording.digests.items())
        ),
        pledges_word=copy.of(copy.charter.words_for(wording.nature).commitment),
        pledges=_pledges(copy, fact.act),
        article=copy.cite(version.article.number),
        rule=rule_text(rule, copy.language) if rule is not None else "",
        stage=stage_text(copy, one),
        code=one.stage.value,
        positions=position_rows(copy, one),
        earlier=tuple(
            position_row(copy, fact.party, fact)
            for fact in one.breaks
            if one.positions.get(fact.party) != fact
        ),
        explanation=explanation_block(copy, one),
        silence=_silence(copy, one),
        ticks_text=_ticks_text(copy, one),
        untranslated=untranslated(copy, copy.of(wording.title), copy.of(wording.summary)),
    )


def _amends(copy: Copy, one: VersionStanding, amendment: Amendment) -> AmendsBlock:
    course = course_of(copy.state, copy.view, one)
    assert course is not None
    old, new = one.version.charter, amendment.charter
    return AmendsBlock(
        course=copy.say_of("amends", course),
        changes=tuple(change_text(copy, old, new, change) for change in changes(old, new)),
        digest=new.digest,
    )


def change_text(copy: Copy, old: Charter, new: Charter, change: Change) -> Shown:
    """One thing that differs, by the name that readers know it by."""
    holding = old if change.how != "added" else new
    match change.part:
        case "article":
            name: Shown = holding.citation(change.name, copy.tongue)
        case "body":
            name = copy.of(holding.body(change.name).name)
        case "party":
            name = copy.of(holding.party(change.name).short)
        case _:
            name = copy.say("amends-charter")
    return copy.say_of("change", change.how, what=name)


def _pledges(copy: Copy, act: Act) -> tuple[PledgeRow, ...]:
    assert isinstance(act, Tabled | Revised)
    return tuple(
        PledgeRow(
            owner=_seat(copy, pledge.owner),
            what=copy.of(pledge.what),
            due=_day(copy, pledge.due),
            cadence=_cadence(copy, pledge.cadence),
        )
        for pledge in act.pledges
    )


def _cadence(copy: Copy, cadence: str) -> str:
    """How often; the record knows more rhythms than a register does."""
    if cadence in ("monthly", "half-yearly"):
        return phrase(f"cadence-{cadence}", copy.language)
    known = ("once", "annual", "quarterly", "standing")
    return copy.say_of("cadence", cadence) if cadence in known else cadence


def _day(copy: Copy, text: str) -> Shown:
    found = formats.iso_moment(text, copy.language)
    return found if isinstance(found, str) else found.text


def _seat(copy: Copy, seat: str) -> Shown:
    found = copy.charter.find_seat(seat)
    return copy.of(found.title) if found is not None else seat


# -- silence and ticks ----------------------------------------------------------------------


def _silence(copy: Copy, one: VersionStanding) -> SilenceBlock | None:
    silence = one.version.silence
    if silence is None:
        return None
    runs = {run.party: run for run in silences(copy.state, copy.view, one)}
    period = one.version.article.minimum_period
    return SilenceBlock(
        article=copy.cite(silence.article),
        minimum=copy.say_of("period", period.unit, n=period.count) if period is not None else "",
        expiry=copy.zones(silence.expiry),
        periods=tuple(_silence_row(copy, one, runs[party]) for party in copy.ordered(runs)),
    )


def _silence_row(copy: Copy, one: VersionStanding, run: SilenceRun) -> SilenceRow:
    broke = any(fact.party == run.party for fact in one.breaks)
    if run.kept:
        state = copy.say("silence-kept")
    elif broke:
        state = copy.say("silence-spoken")
    elif one.stage in (Stage.RUNNING, Stage.CLOSING):
        state = copy.say("silence-runs" if run.received else "silence-not-begun")
    else:
        state = copy.say("silence-over")
    return SilenceRow(
        party=copy.party(run.party),
        received=copy.here(run.received) if run.received is not None else None,
        ends=copy.zones(run.ends) if run.ends is not None else (),
        state=state,
    )


def _ticks(copy: Copy, one: VersionStanding) -> tuple[TickRow, ...]:
    return tuple(
        TickRow(copy.party(party), one.has_all[party] is not None, one.knows[party])
        for party in copy.ordered(one.version.body.parties)
    )


def _ticks_text(copy: Copy, one: VersionStanding) -> str:
    return copy.say("ticks-of", n=one.ticks, all=2 * len(one.version.body.parties))


# -- what follows ---------------------------------------------------------------------------


def _notices(copy: Copy, standing: MatterStanding) -> tuple[NoticeRow, ...]:
    if standing.stage is not Stage.IN_FORCE:
        return ()
    instrument = instrument_of(copy.state, copy.view, standing, True)
    return tuple(
        NoticeRow(
            party=copy.party(one.party),
            at=copy.here(one.given.t),
            effect=copy.zones(one.effect),
            reason=copy.of(getattr(one.given.act, "reason", {})),
            state=_notice_state(copy, one),
            untranslated=untranslated(copy, copy.of(getattr(one.given.act, "reason", {}))),
        )
        for one in instrument.notices
    )


def _notice_state(copy: Copy, one: Notice) -> Shown:
    if one.rescinded:
        return copy.say("notice-rescinded")
    if one.suspended:
        return copy.say("notice-suspended")
    if not copy.passed(one.effect - 1):
        return copy.say("notice-runs")
    if one.awaiting:
        return copy.say("notice-awaits", parties=copy.parties(one.awaiting))
    return copy.say("notice-run")


def _owed(copy: Copy, standing: MatterStanding) -> tuple[OwedRow, ...]:
    if standing.stage is not Stage.IN_FORCE:
        return ()
    rows = owed_under(copy.state, copy.view, standing, copy.final)
    place = {party: n for n, party in enumerate(copy.ordered({one.party for one in rows}))}
    ordered = sorted(rows, key=lambda one: (one.due, place[one.party]))
    return tuple(_owed_row(copy, one) for one in ordered)


def _owed_row(copy: Copy, one: Owed) -> OwedRow:
    return OwedRow(
        party=copy.party(one.party),
        what=copy.of(one.pledge.what),
        due=_day(copy, one.due),
        state=one.state.value,
        word=copy.say_of("promise", one.state),
        paused=paused_texts(copy, one.suspensions),
        accounts=tuple(copy.of(getattr(fact.act, "account", {})) for fact in one.reports),
        accepted=copy.parties(one.accepted),
    )


def _refused(copy: Copy, standing: MatterStanding) -> Iterator[RefusedRow]:
    """Lines about this matter that the charter did not admit, the newest first."""
    for one in refusals_about(copy, standing):
        yield RefusedRow(
            party=copy.party(copy.state.party_of(one.tip.origin)),
            kind=copy.say_of("kind", kind_of(one.act)),
            at=copy.here(one.t),
            line=copy.line(one.tip),
            article=copy.cite(one.refused.article),
            reason=reason_in(one.refused.reason, copy.language),
        )
