"""The act `log-succeeded`: a party's log goes on under a new key, if every party concurs.

Each other party logs it once in its own log: it *concurs* with one statement, signed by the party
whose log it is. With the signatures of all, the new log opens; its first entry is the same act by
its own party.

A party concurs with one statement for each generation, in rising order. It concurs with a later one
beside one that it still may see opened only once that is out of reach, because another party has
passed it over. So two statements that continue the same log never both stand, unless two parties
lie (`docs/decisions/0010-succession.md`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from architrave.institution.acts import LogSucceeded
from architrave.institution.state import Fact, Institution, Refused, View, add
from architrave.record import b64
from architrave.record.entries import Tip
from architrave.record.errors import Malformed
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.origins import first_log, generation_of
from architrave.record.succession import Succession, Title, fault_of

__all__ = [
    "Concurred",
    "beginning_fault",
    "concurred",
    "concurrence",
    "may_succeed",
    "statement_of",
    "succeeded",
]


def statement_of(state: Institution, act: LogSucceeded) -> Succession:
    """The statement that an act repeats; Malformed if it is none under this founding."""
    root = b64.decode(act.root)
    if len(root) != 32 or act.size < 1:
        raise Malformed("log-succeeded: continues: expected a size of 1 or more and a root.")
    succession = Succession(
        institution=state.founding.id,
        log=act.log,
        continues=Tip(act.continues, act.size, root),
        node_key=PublicKey.parse(act.node_key),
        cause=act.cause,
    )
    fault = fault_of(succession, state.founding)
    if fault:
        raise Malformed(f"log-succeeded: {fault}")
    return succession


def concurrence(title: Title, party: str, key: PrivateKey, at: int) -> LogSucceeded:
    """The act by which a party concurs, or by which the party whose log it is begins the new one.

    `key` is the party's own party key, `at` its claim of the time (ms).
    """
    succession = title.succession
    return LogSucceeded(
        party=party,
        key=key.public.text,
        at=at,
        to=["public"],
        log=succession.log,
        continues=succession.continues.origin,
        size=succession.continues.size,
        root=b64.encode(succession.continues.root),
        node_key=succession.node_key.text,
        cause=succession.cause,
        asked=title.asked,
        concurs=succession.signed_by(key),
    )


def may_succeed(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party concurs with the succession of another's log, or begins its own."""
    act = fact.act
    assert isinstance(act, LogSucceeded)
    try:
        succession = statement_of(state, act)
    except Malformed as fault:
        return Refused("", str(fault))
    if not fact.audience.public:
        return Refused("", "a succession is public.")
    owner = state.founding.member(succession.first)
    mine = state.founding.named(fact.party)
    if not succession.bears(act.asked, owner.party_key):
        return Refused("", f"{owner.name}, whose log it is, has not signed this statement.")
    if not succession.bears(act.concurs, mine.party_key):
        return Refused("", f"the statement does not bear the signature of {fact.party}.")
    if owner == mine:
        if fact.tip[:2] == (succession.log, succession.continues.size + 1):
            return None  # the log is open where this is read: all parties have concurred
        return Refused("", "a party says that its log succeeds in the first line of the new log.")
    return _may_concur(state, past, fact, succession)


def _may_concur(
    state: Institution, past: View, fact: Fact, succession: Succession
) -> Refused | None:
    before = [one for one in _of(state, past, succession.first) if one.party == fact.party]
    generation = generation_of(succession.log)
    for one in before:
        assert isinstance(one.act, LogSucceeded)
        earlier = generation_of(one.act.log)
        if earlier >= generation:
            return Refused("", f"{fact.party} has concurred with {one.act.log} already.")
        pending = earlier > generation_of(succession.continues.origin)
        if pending and not _passed_over(state, past, succession.first, one.act):
            return Refused(
                "", f"{fact.party} has concurred with {one.act.log}, which may still be opened."
            )
    return None


def _passed_over(state: Institution, past: View, first: str, act: LogSucceeded) -> bool:
    """Say whether some party can no longer concur with what an act says."""
    statement = statement_of(state, act)
    owner = state.founding.member(first).name
    by_party: dict[str, list[Succession]] = {}
    for one in _of(state, past, first):
        assert isinstance(one.act, LogSucceeded)
        by_party.setdefault(one.party, []).append(statement_of(state, one.act))
    return any(
        party != owner
        and statement not in given
        and any(generation_of(one.log) >= generation_of(statement.log) for one in given)
        for party, given in by_party.items()
    )


def _of(state: Institution, past: View, first: str) -> Iterator[Fact]:
    """The acts on the logs of a party that a past holds."""
    return past.of(state.successions.get(first, ()))


def succeeded(state: Institution, fact: Fact) -> Institution:
    """A party has concurred with a succession, or has begun its new log."""
    act = fact.act
    assert isinstance(act, LogSucceeded)
    first = first_log(act.log)
    return state.but(successions=add(state.successions, first, fact))


def beginning_fault(state: Institution, past: View, fact: Fact) -> str:
    """Why an act may not stand where it stands in a later log; empty if it may.

    The first line says that the log succeeds, and until that is admitted nothing in the log counts.
    """
    log = fact.tip.origin
    if log not in past.history.successions:
        return ""
    begins = fact.tip.size == past.history.successions[log].continues.size + 1
    if begins:
        if isinstance(fact.act, LogSucceeded) and fact.act.log == log:
            return ""
        return "a later log begins by saying that it succeeds, and nothing else stands there."
    if any(one.tip.origin == log for one in past.of(state.successions.get(first_log(log), ()))):
        return ""
    return "the first line of this log does not say, as it must, that the log succeeds."


@dataclass(frozen=True, slots=True)
class Concurred:
    """A statement with which every party but the one whose log it is has concurred.

    The title bears all signatures; `tips` are the entries by which the others concurred: more than
    one of a party only where its log has forked.
    """

    title: Title
    tips: Mapping[str, tuple[Tip, ...]]


def concurred(state: Institution, opened: Collection[str] = ()) -> Iterator[Concurred]:
    """The statements with which, as far as was read, all others have concurred.

    Those whose logs are among `opened` are left out.
    """
    for first, facts in state.successions.items():
        owner = state.founding.member(first).name
        others = [one.name for one in state.founding.members if one.name != owner]
        found: dict[bytes, list[Fact]] = {}
        for fact in facts:
            assert isinstance(fact.act, LogSucceeded)
            if fact.party != owner and fact.act.log not in opened:
                found.setdefault(statement_of(state, fact.act).body, []).append(fact)
        for agreeing in found.values():
            if {fact.party for fact in agreeing} != set(others):
                continue
            signatures: dict[str, str] = {}
            tips: dict[str, tuple[Tip, ...]] = {}
            for fact in agreeing:
                assert isinstance(fact.act, LogSucceeded)
                signatures |= {owner: fact.act.asked, fact.party: fact.act.concurs}
                tips[fact.party] = (*tips.get(fact.party, ()), fact.tip)
            assert isinstance(agreeing[0].act, LogSucceeded)
            yield Concurred(Title(statement_of(state, agreeing[0].act), owner, signatures), tips)
