"""The dates that the record and the charter hold, each with a history of its own.

`institution.pending.deadlines` says which dates hold now. A calendar that people subscribe to has
to know more: what became of a date that it once showed. So each date here is named for ever by the
thing to which it belongs, stays when it holds no longer, and carries a `sequence`, a count of what
the record has said of it, which never falls and is the same wherever the same record is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from architrave.charter.model import Body, Charter, Term
from architrave.institution.acts import AcceptedReport, Pledge, Reported
from architrave.institution.amendments import amended_by
from architrave.institution.cadence import day_end, period_ends
from architrave.institution.closing import closing
from architrave.institution.duties import pledges_of
from architrave.institution.owed import Notice, Owed, notices, owed_under
from architrave.institution.pending import DeadlineKind, SilenceRun, focus, silences
from architrave.institution.standing import MatterStanding, Stage, VersionStanding
from architrave.institution.state import Fact
from architrave.peer.peer import Peer
from architrave.portal.feeds.calendar_dated import Bearing, Dated, begun, name_of_thing
from architrave.portal.feeds.calendar_meetings import clock_dates, meeting_dates
from architrave.portal.feeds.calendar_states import Status, Why
from architrave.portal.reading import Copy
from architrave.record.entries import Tip

__all__ = ["Dated", "Status", "Why", "dates_of", "name_of_thing"]


# What the dates of a whole view are, kept until the view changes; as `reading` keeps what it tells.
_kept: WeakKeyDictionary[Peer, tuple[object, tuple[Dated, ...]]] = WeakKeyDictionary()


def dates_of(copy: Copy) -> tuple[Dated, ...]:
    """Every date that this copy holds or has held, by time; those of matters for all parties."""
    stamp = copy.told.stamp
    found = _kept.get(copy.peer)
    if found is None or found[0] != stamp:
        found = _kept[copy.peer] = (stamp, tuple(_all(copy)))
    return found[1]


def _all(copy: Copy) -> list[Dated]:
    found = [*_chairs(copy)]
    for standing in copy.told.matters:
        stands = standing.stage is Stage.IN_FORCE
        silent = [one for one in standing.versions if one.version.silence is not None]
        owes = stands and bool(pledges_of(standing.current.version))
        if silent or owes:
            bearing = Bearing(copy, _of_matter(copy, standing))
            for version in silent:
                found += _silence(copy, standing, version, bearing)
            found += _owed(copy, standing, bearing) if owes else ()
        found += _notices(copy, standing) if stands else ()
    found += [*meeting_dates(copy), *clock_dates(copy)]
    return sorted(found, key=_by_time)


def _by_time(one: Dated) -> tuple[int, str]:
    return (one.at if one.at is not None else day_end(one.day)), one.uid


# -- what bears on a date -----------------------------------------------------------------------


def _amended(copy: Copy) -> Iterator[Tip]:
    """The lines that say which charter runs: it names parties, bodies and chairs."""
    for facts in copy.state.amended.values():
        yield from (fact.tip for fact in copy.view.of(facts))


def _of_matter(copy: Copy, standing: MatterStanding) -> frozenset[Tip]:
    """Every line that can change a matter: what was said of it, and how each party closed it.

    Lines, not states, are counted: a state may come again, a line that is there stays.
    """
    state, view = copy.state, copy.view
    facts = tuple(view.of(state.matters[standing.name]))
    tips = {fact.tip for fact in facts} | _erasures(copy, facts)
    # Where a log has forked, a standing shows the branch that is furthest; here the first counts.
    forked = any(len(one) > 1 for one in view.cut.tips.values())
    for party in standing.current.version.body.parties:
        if party in standing.closed and not forked:
            tip = standing.closed[party]
        else:
            closed = closing(state, facts, party, view)
            tip = closed.tip if closed is not None else None
        if tip is not None:
            tips.add(tip)
    return frozenset(tips)


def _erasures(copy: Copy, facts: Iterable[Fact]) -> set[Tip]:
    names = {fact.name for fact in facts}
    return {
        fact.tip
        for name in names
        for fact in copy.view.of(copy.state.erasures.get(name, ()))
    }  # fmt: skip


# -- silence ------------------------------------------------------------------------------------


def _silence(
    copy: Copy, standing: MatterStanding, version: VersionStanding, bearing: Bearing
) -> Iterator[Dated]:
    fact, silence = version.version.fact, version.version.silence
    assert silence is not None
    for run in silences(copy.state, copy.view, version):
        upto = copy.view.tip(run.party)
        received = copy.view.history.first_naming(upto, fact.tip) if upto is not None else None
        yield bearing.dated(
            ("silence", fact.name, run.party),
            _silence_why(standing, version, run),
            (DeadlineKind.SILENCE, version.version.body.id, standing.symbol, run.party),
            run.ends or silence.expiry,
            _title(copy, version),
            [*([received] if received is not None else []), *_amended(copy)],
            # The line that first has the text may be one of the matter already.
            [received is not None],
        )


def _silence_why(standing: MatterStanding, version: VersionStanding, run: SilenceRun) -> Why:
    if run.kept:
        return Why.KEPT
    if version.stage is Stage.WITHDRAWN:
        return Why.WITHDRAWN
    if version.breaks:
        return Why.BROKEN
    if version is not focus(standing) or version.stage not in (Stage.RUNNING, Stage.CLOSING):
        return Why.REPLACED
    if run.received is not None and run.ends is None:
        return Why.UNCOUNTED
    return Why.SET


def _title(copy: Copy, version: VersionStanding) -> Mapping[str, str]:
    """The title of a version, without its words once they are erased."""
    act = copy.read(version.version.fact.tip)
    wording = getattr(act, "wording", None)
    return wording.title if wording is not None else {}


# -- notices ------------------------------------------------------------------------------------


def _notices(copy: Copy, standing: MatterStanding) -> Iterator[Dated]:
    version = standing.current
    facts = tuple(copy.view.of(copy.state.notices.get(standing.name, ())))
    for one in notices(copy.state, copy.view, standing):
        changes = [
            fact for fact in facts if getattr(fact.act, "notice", "") == one.given.name
        ]  # fmt: skip
        rests = frozenset({one.given.tip, *(fact.tip for fact in changes)})
        yield Bearing(copy, rests).dated(
            ("notice", one.given.name),
            _notice_why(one),
            (DeadlineKind.NOTICE, version.version.body.id, standing.symbol, one.party),
            one.effect,
            _title(copy, version),
            [*_erasures(copy, [version.version.fact]), *_amended(copy)],
            # A change counts once another book shows it in time; no line of its own says so.
            [one.suspended, one.rescinded, not one.awaiting],
        )


def _notice_why(one: Notice) -> Why:
    if one.rescinded:
        return Why.RESCINDED
    if one.suspended:
        return Why.SUSPENDED
    return Why.RUN if one.effective else Why.SET


# -- commitments --------------------------------------------------------------------------------


def _owed(copy: Copy, standing: MatterStanding, bearing: Bearing) -> Iterator[Dated]:
    version = standing.current
    rows = {
        (one.pledge.id, one.due): one
        for one in owed_under(copy.state, copy.view, standing, copy.final)
    }
    words = getattr(copy.read(version.version.fact.tip), "pledges", [])
    paused = [fact.tip for fact in copy.view.of(copy.state.suspensions.get(standing.name, ()))]
    given = notices(copy.state, copy.view, standing) if paused else ()
    left = [one.effective for one in given]
    for place, pledge in enumerate(pledges_of(version.version)):
        seat = copy.charter.find_seat(pledge.owner)
        party = seat.party if seat is not None else None
        if party is None:
            continue
        ends = period_ends(pledge, _reach(copy, standing, party))
        for count, due in enumerate(ends, start=1):
            row = rows.get((pledge.id, due))
            yield bearing.dated(
                ("commitment", version.version.name, pledge.id, str(count)),
                _owed_why(row),
                (DeadlineKind.COMMITMENT, version.version.body.id, standing.symbol, party),
                due,
                words[place].what if place < len(words) else {},
                [*_reports(copy, standing, pledge, due), *paused, *_amended(copy)],
                # Who leaves the instrument suspends it no longer, and no line of its own says so.
                [row is None, row is not None and bool(row.accepted), *left],
            )


def _owed_why(row: Owed | None) -> Why:
    if row is None:
        return Why.LEFT
    if row.accepted:
        return Why.ACCEPTED
    if row.reports:
        return Why.REPORTED
    return Why.PAUSED if row.suspensions else Why.SET


def _reach(copy: Copy, standing: MatterStanding, party: str) -> int:
    """How far the owner's own book reaches (ms), so far as it did not know yet that it had left."""
    history, upto = copy.view.history, copy.view.tip(party)
    if upto is None:
        return 0
    for one in notices(copy.state, copy.view, standing):
        if one.party == party and one.effective:
            others = [other for other in standing.current.version.body.parties if other != party]
            tips = [copy.view.tip(other) for other in others]
            run = [history.first_dated(tip, one.effect) for tip in tips if tip is not None]
            known = [history.first_naming(upto, tip) for tip in run if tip is not None]
            if known and all(tip is not None for tip in known):
                upto = max((tip for tip in known if tip is not None), key=lambda tip: tip.size)
            break
    return history.entry(upto).header.t


def _reports(copy: Copy, standing: MatterStanding, pledge: Pledge, due: str) -> Iterator[Tip]:
    facts = tuple(copy.view.of(copy.state.reports.get(standing.name, ())))
    mine = {
        fact.name
        for fact in facts
        if isinstance(fact.act, Reported)
        and (fact.act.pledge, fact.act.period) == (pledge.id, due)
    }  # fmt: skip
    for fact in facts:
        accepts = isinstance(fact.act, AcceptedReport) and fact.act.report in mine
        if fact.name in mine or accepts:
            yield fact.tip


# -- chairs -------------------------------------------------------------------------------------


def _chairs(copy: Copy) -> Iterator[Dated]:
    """The first day of each term of a chair: of every charter that has run, by place in its list.

    Before any book is begun there is nobody whose charter it is, and no date.
    """
    if begun(copy) is None:
        return
    charters = [
        copy.state.founded_under,
        *(amendment.charter for _, amendment in amended_by(copy.state, copy.view)),
    ]
    bearing = Bearing(copy, frozenset(_amended(copy)))
    for body in charters[-1].bodies:
        listed = [_terms(charter, body) for charter in charters]
        for place in range(max(map(len, listed))):
            told = [terms[place] for terms in listed if place < len(terms)]
            dated = [term for term in told if term.first is not None]
            if not dated:
                continue
            holds = place < len(listed[-1]) and listed[-1][place].first is not None
            term = dated[-1]
            assert term.first is not None
            yield bearing.dated(
                ("chair", body.id, str(place + 1)),
                Why.SET if holds else Why.DROPPED,
                (DeadlineKind.CHAIR, body.id, body.id, term.party),
                term.first.isoformat(),
                {},
            )


def _terms(charter: Charter, body: Body) -> tuple[Term, ...]:
    """The terms of a body's chair under a charter; in a body that does not exist there is none."""
    found = charter.find_body(body.id)
    if found is None or found.proposed or found.chair is None:
        return ()
    return found.chair.terms
