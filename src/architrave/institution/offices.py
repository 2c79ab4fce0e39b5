"""Acts on seats and officer keys: appointed, vacated, key-delegated, key-revoked."""

from __future__ import annotations

import re

from architrave.institution.acts import Appointed, KeyDelegated, KeyRevoked, Vacated
from architrave.institution.questions import holder, revoked, words_fault
from architrave.institution.state import Fact, Institution, Refused, View, add, add_along
from architrave.record.entries import Audience
from architrave.record.errors import Malformed
from architrave.record.keys import PublicKey

_ALIAS = re.compile(r"[0-9a-f]{16}")


def may_appoint(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party fills its own seats, one holder at a time, in a language of the charter."""
    act = fact.act
    assert isinstance(act, Appointed)
    fault = _seat_fault(state, fact, act.office)
    if fault is not None:
        return fault
    if not act.holder.strip():
        return Refused("", "an appointment names the holder.")
    if act.alias and not _ALIAS.fullmatch(act.alias):
        return Refused("", "an alias is 16 hex digits.")
    if act.language not in state.charter.languages:
        return Refused("", f"{act.language!r} is no language of this charter.")
    return None


def may_vacate(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party vacates a seat of its own that is held."""
    act = fact.act
    assert isinstance(act, Vacated)
    fault = _seat_fault(state, fact, act.office)
    if fault is not None:
        return fault
    if holder(state, past, act.office) is None:
        return Refused("", f"the seat {act.office} is vacant already.")
    return None


def may_delegate_key(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The party key names an officer key for a seat and its holder."""
    act = fact.act
    assert isinstance(act, KeyDelegated)
    fault = _seat_fault(state, fact, act.office)
    if fault is not None:
        return fault
    if act.alias and not _ALIAS.fullmatch(act.alias):
        return Refused("", "an alias is 16 hex digits.")
    try:
        key = PublicKey.parse(act.officer_key)
    except Malformed:
        return Refused("", "the officer key is not a key in base64.")
    for member in state.founding.members:
        if key in (member.party_key, member.node_key, member.cosigner_key):
            return Refused("", "a key of the founding cannot serve as an officer key.")
    if revoked(state, past, act.officer_key, fact.party):
        return Refused("", "the key was revoked; a revoked key is never delegated again.")
    return None


def may_revoke_key(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party ends an officer key of its own, by position in its own log: no clock is consulted.

    What the key signed before that line stands; what it signs after it is void.
    """
    act = fact.act
    assert isinstance(act, KeyRevoked)
    if not fact.audience.covers(_everyone(state), state.founding.origins):
        return Refused("", "offices and keys are made known to all parties.")
    facts = tuple(past.of(state.keys.get(act.officer_key, ())))
    if not any(isinstance(one.act, KeyDelegated) and one.party == fact.party for one in facts):
        return Refused("", f"{fact.party} has not delegated this key.")
    if revoked(state, past, act.officer_key, fact.party):
        return Refused("", "the key is revoked already.")
    if not act.reason:
        return Refused("", "a revocation says why.")
    return words_fault(state, "", act.reason)


def seat_changed(state: Institution, fact: Fact) -> Institution:
    """The seat has another holder, or none."""
    act = fact.act
    assert isinstance(act, Appointed | Vacated)
    return state.but(seats=add_along(state.seats, act.office, fact))


def key_delegated(state: Institution, fact: Fact) -> Institution:
    """The key may sign for the seat while that holder holds it."""
    act = fact.act
    assert isinstance(act, KeyDelegated)
    return state.but(keys=add(state.keys, act.officer_key, fact))


def key_revoked(state: Institution, fact: Fact) -> Institution:
    """The key serves nobody from here on."""
    act = fact.act
    assert isinstance(act, KeyRevoked)
    return state.but(keys=add(state.keys, act.officer_key, fact))


def _seat_fault(state: Institution, fact: Fact, seat: str) -> Refused | None:
    found = state.charter.find_seat(seat)
    if found is None:
        return Refused("", f"the charter knows no seat {seat!r}.")
    if found.party != fact.party:
        owner = f"{found.party}'s" if found.party is not None else "no single party's"
        return Refused("", f"the seat {seat} is {owner}; each party fills its own.")
    if not fact.audience.covers(_everyone(state), state.founding.origins):
        return Refused("", "offices and keys are made known to all parties.")
    return None


def _everyone(state: Institution) -> Audience:

    return Audience(state.founding.origins)
