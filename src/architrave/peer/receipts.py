"""When a node writes a line of its own accord, and for which reason.

Four reasons, and no other, so that the exchange ends: it has read acts that its log does not cover;
it holds another's closing entry that its log does not cover; a silence of its own, or the date of a
notice, falls due; the charter's interval has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from architrave.institution.acts import NotifiedWithdrawal, Revised, Tabled
from architrave.institution.closing import period_end
from architrave.institution.standing import MatterStanding, Stage
from architrave.institution.state import Institution, View
from architrave.record.entries import Tip
from architrave.record.history import History
from architrave.record.reading import Reader

__all__ = [
    "interval",
    "notice_dates",
    "receipt_time",
    "silence_dates",
    "unanswered_acts",
    "unanswered_closings",
]


def receipt_time(now: int, last: int, gather: int) -> int:
    """When (ms) to write a line for a reason found `now`, if the own log's last is dated `last`.

    After a quiet time at once: nothing else is expected. Otherwise `gather` after the last line, so
    that what comes together is answered together and lines of this kind keep that distance.
    """
    return max(now, min(now, last) + gather)


def interval(state: Institution, given: int) -> int:
    """After how long (ms) a line is owed in any case: `given`, until an amendment changes it."""
    hours = state.charter.receipt_hours
    return given if hours == state.founded_under.receipt_hours else hours * 3_600_000


def unanswered_acts(reader: Reader, history: History, me: str) -> bool:
    """Say whether acts have been read that the own log does not cover."""
    own = history.main(me)
    named = own.seen[-1] if own.seen else {}
    for origin, tip in reader.seen_now().items():
        branch = history.main(origin)
        covered = history.covered(named, tip)
        for entry in branch.entries[covered : tip.size]:
            if entry.header.to is not None and entry.header.to.reaches(me):
                return True
    return False


def unanswered_closings(
    standings: Iterable[MatterStanding], history: History, own: Tip, readable: dict[str, Tip]
) -> bool:
    """Say whether closing entries are held and readable that the own log does not cover."""
    for standing in standings:
        for version in standing.versions:
            for tip in version.has_all.values():
                if tip is None or history.same_party(tip, own) or history.names(own, tip):
                    continue
                if any(history.is_prefix(tip, reach) for reach in readable.values()):
                    return True
    return False


def silence_dates(
    state: Institution, view: View, party: str, standing: MatterStanding
) -> Iterator[int]:
    """The instants (ms) at which silences of this party on a matter fall due for its log."""
    tip = view.tip(party)
    if tip is None:
        return
    history, last = view.history, view.history.entry(tip).header.t
    for version in standing.versions:
        if version.stage not in (Stage.RUNNING, Stage.CLOSING):
            continue
        act = version.version.fact.act
        assert isinstance(act, Tabled | Revised)
        received = history.first_naming(tip, version.version.fact.tip)
        if act.silence is None or received is None:
            continue
        if party not in version.version.body.parties:
            continue
        started = history.entry(received).header.t
        end = period_end(version.version, party, started)
        if end is not None and last < end:
            yield end


def notice_dates(state: Institution, view: View, party: str) -> Iterator[int]:
    """The instants (ms) at which others' notices of withdrawal fall due for this party's log."""
    tip = view.tip(party)
    if tip is None:
        return
    last = view.history.entry(tip).header.t
    for facts in state.notices.values():
        for fact in view.of(facts):
            if isinstance(fact.act, NotifiedWithdrawal) and fact.party != party:
                if last < fact.act.effect:
                    yield fact.act.effect
