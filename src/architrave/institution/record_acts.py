"""Acts about the record itself: founded, deposited, released."""

from __future__ import annotations

from architrave.institution.acts import Deposited, Founded, Released
from architrave.institution.questions import text_fault
from architrave.institution.state import Fact, Institution, Refused, View, add

# A refusal without an article gets that of the act's right in `admit`.
_HEX = set("0123456789abcdef")


def may_found(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The first entry of a log names the founding and the charter that all parties signed."""
    act = fact.act
    assert isinstance(act, Founded)
    if fact.tip.size != 1:
        return Refused("", "an institution is founded by the first entry of each log.")
    if act.founding != state.founding.id or act.charter != state.founding.charter:
        return Refused("", "this names another founding or another charter.")
    return None


def may_deposit(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party lays down a document by its digest, for whom it chooses."""
    act = fact.act
    assert isinstance(act, Deposited)
    if len(act.digest) != 64 or set(act.digest) - _HEX:
        return Refused("", "the digest is not a SHA-256 in 64 hex digits.")
    return text_fault(state, "", act.title)


def may_release(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The party that wrote an act opens it to everyone."""
    act = fact.act
    assert isinstance(act, Released)
    # Whether the named act is the releaser's own cannot be judged by those who may not read it, so
    # it is no ground to refuse: a release opens only acts of the party that releases (`opened`).
    if not fact.audience.public:
        return Refused("", "a release is public.")
    return None


def found(state: Institution, fact: Fact) -> Institution:
    """The log belongs to this institution."""
    return state


def deposit(state: Institution, fact: Fact) -> Institution:
    """A document is laid down."""
    act = fact.act
    assert isinstance(act, Deposited)
    return state.but(deposits=add(state.deposits, act.digest, fact))


def release(state: Institution, fact: Fact) -> Institution:
    """An act is opened to everyone."""
    act = fact.act
    assert isinstance(act, Released)
    return state.but(releases=add(state.releases, act.act, fact))


def opened(state: Institution, view: View, act: Fact) -> bool:
    """Say whether anyone may read an act: public from the start, or released by its author."""
    return act.audience.public or released(state, view, act.party, act.name)


def released(state: Institution, view: View, party: str, name: str) -> bool:
    """Say whether a party has released the act of this name, which only its author can."""
    return any(one.party == party for one in view.of(state.releases.get(name, ())))
