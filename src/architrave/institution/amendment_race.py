"""Of the amendments of one charter nobody closes two, so at most one is ever in force.

A party stands on one of them at a time. It goes from attempt to attempt and never back: whoever has
taken up a later one closes no earlier one any more. One that has closed an amendment takes part in
a later attempt only once the past of its act shows that some other party can never close what it
has closed. To object, or to reserve one's position, is always open: neither leads to a closing
under the rules by which a charter is amended. (`docs/decisions/0012-amendments.md`)
"""

from __future__ import annotations

from architrave.charter.rules import Position
from architrave.institution.acts import Positioned, Tabled
from architrave.institution.amendments import Amendment, amendment_in, amendments_of, in_force
from architrave.institution.closing import Known, closing
from architrave.institution.questions import closed_by
from architrave.institution.state import Fact, Institution, Refused, View

__all__ = ["position_fault"]

_APART = (Position.OBJECT, Position.RESERVE)


def position_fault(
    state: Institution, past: View, fact: Fact, version: Fact, number: str
) -> Refused | None:
    """Refuse a position by which a party might close two amendments of one charter."""
    act, mine = fact.act, amendment_in(version.act)
    assert isinstance(act, Positioned)
    if mine is None or act.position in _APART:
        return None
    if in_force(state, past)[0] != mine.amends:
        return Refused(number, "the charter that it amends has been amended since.")
    for other, theirs in amendments_of(state, past, mine.amends):
        symbol = _symbol(state, other)
        if theirs.attempt > mine.attempt and _took_up(state, past, other, fact.party):
            reason = f"{fact.party} has taken up a later attempt, {symbol}; there is no way back."
            return Refused(number, reason)
        if state.matter_of[other.name] == act.matter:
            continue
        if _has_closed(state, past, other, fact.party, judging=True):
            if mine.attempt <= theirs.attempt:
                reason = f"{fact.party} has closed another amendment at this attempt, {symbol}."
                return Refused(number, reason)
            if not _never_agreed(state, past, fact.party, other, theirs):
                reason = f"{fact.party} has closed {symbol}, which may still be agreed."
                return Refused(number, reason)
        elif _stands_on(state, past, other, fact.party):
            return Refused(
                number,
                f"{fact.party} holds a position on another amendment of this charter, {symbol}: "
                "retract it first.",
            )
    return None


def _symbol(state: Institution, version: Fact) -> str:
    tabled = state.acts[state.matter_of[version.name]][0].act
    assert isinstance(tabled, Tabled)
    return tabled.symbol


def _facts(state: Institution, view: View, version: Fact) -> tuple[Fact, ...]:
    return tuple(view.of(state.matters[state.matter_of[version.name]]))


def _took_up(state: Institution, view: View, version: Fact, party: str) -> bool:
    """Say whether a party has ever taken a position on a version but to object or reserve."""
    return any(
        fact.party == party
        and isinstance(fact.act, Positioned)
        and fact.act.version == version.name
        and fact.act.position not in _APART
        for fact in _facts(state, view, version)
    )


def _stands_on(state: Institution, past: View, version: Fact, party: str) -> bool:
    held = Known(_facts(state, past, version)).position(party)
    return (
        held is not None
        and isinstance(held.act, Positioned)
        and held.act.version == version.name
        and held.act.position not in _APART
    )


def _has_closed(
    state: Institution, view: View, version: Fact, party: str, judging: bool = False
) -> bool:
    matter = state.matter_of[version.name]
    if judging:
        found = closed_by(state, view, matter, party)
    else:
        found = closing(state, state.matters[matter], party, view)
    return found is not None and found.version == version.name


def _never_agreed(
    state: Institution, past: View, party: str, version: Fact, amendment: Amendment
) -> bool:
    """Say whether some other party can never close a version any more, on no branch of its log."""
    tabled = state.acts[state.matter_of[version.name]][0].act
    assert isinstance(tabled, Tabled)
    others = [one for one in state.charter.body(tabled.body).parties if one != party]
    return any(
        all(_has_left(state, choice, other, version, amendment) for choice in past.choices())
        for other in others
    )


def _has_left(
    state: Institution, view: View, party: str, version: Fact, amendment: Amendment
) -> bool:
    """A party that did not close a version has closed another, or taken up a later attempt."""
    if _has_closed(state, view, version, party):
        return False
    return any(
        (one.attempt > amendment.attempt and _took_up(state, view, fact, party))
        or (
            one.attempt == amendment.attempt
            and fact.name != version.name
            and _has_closed(state, view, fact, party)
        )
        for fact, one in amendments_of(state, view, amendment.amends)
    )
