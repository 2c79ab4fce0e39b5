"""A log that goes on under another key: when a new log opens here, and when the own one begins.

A new log opens at a node once every party but the one whose log it is has concurred with the same
statement, the prefix that it continues is held, and that prefix holds all that those parties had
received by the entries with which they concurred. From then on nothing more is taken of the log
that it continues. Each node comes to the same end by itself, from what it has read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from architrave.institution.acts import LogSucceeded
from architrave.institution.state import Admitted, Fact
from architrave.institution.successions import Concurred, concurred, statement_of
from architrave.peer.effects import Effect, Notify, Persist
from architrave.peer.exchange import drain_others
from architrave.peer.muteness import why_not_write
from architrave.peer.named_branches import want
from architrave.peer.replica import Replica
from architrave.record.entries import PUBLIC, Tip
from architrave.record.errors import RecordError
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.origins import first_log, generation_of
from architrave.record.sealing import SealedAct
from architrave.record.succession import Succession, Title

if TYPE_CHECKING:
    from architrave.peer.peer import Peer

__all__ = [
    "Succeeding",
    "admitted",
    "gives_way",
    "known_keys",
    "left_out",
    "look",
    "open_log",
    "party_keys",
    "pending",
    "speaks_as",
    "two_histories",
    "unbegun",
    "why_mute",
    "why_not_concur",
]


@dataclass(frozen=True, slots=True)
class Succeeding:
    """What this party's officer has prepared: the signed statement, and the new log's first act."""

    title: Title
    act: SealedAct


def admitted(peer: Peer, fact: Fact) -> None:
    """An act has been admitted: who concurs names no more of the old log than the new one has."""
    if isinstance(fact.act, LogSucceeded) and fact.party == peer.party:
        succession = statement_of(peer.state, fact.act)
        newest = peer.history.newest(succession.first)
        later = generation_of(succession.log) > generation_of(newest)
        if succession.first != peer.origin and later:
            peer.reader.ending[succession.first] = succession.continues


def look(peer: Peer, effects: list[Effect]) -> None:
    """Open the logs that may open now, and begin the own one."""
    for one in _concurred(peer):
        log = one.title.succession.log
        if _may_open(peer, one):
            open_log(peer, one.title)
            effects.append(Persist(titles={log: one.title.data}))
            effects.append(Notify(log, "the log goes on under a new key."))
            found = Persist()
            drain_others(peer, found)
            effects += [found] if found else []
            peer.judge()
    if unbegun(peer) and not why_not_write(peer):
        _begin(peer, effects)


def _concurred(peer: Peer) -> list[Concurred]:
    """What may open now; found again only when an act was read, or a log has opened."""
    known, logs = peer.state.successions, len(peer.history.successions)
    if peer.concurred is None or peer.concurred[:2] != (known, logs):
        peer.concurred = known, logs, list(concurred(peer.state, peer.history.successions))
    return peer.concurred[2]


def _may_open(peer: Peer, one: Concurred) -> bool:
    history, succession = peer.history, one.title.succession
    newest = history.newest(succession.log)
    if generation_of(succession.log) <= generation_of(newest):
        return False
    if succession.continues.origin != newest:
        return False  # only two parties that lie together can have it both ways
    if history.find(succession.continues) is None:
        want(peer, succession.continues)
        return False
    return any(_holds_received(peer, succession, tips) for tips in product(*one.tips.values()))


def _holds_received(peer: Peer, succession: Succession, namers: tuple[Tip, ...]) -> bool:
    """Say whether the prefix continued holds all that each of these entries' logs had received."""
    history = peer.history
    received = [history.tips_of(history.seen(tip), succession.first) for tip in namers]
    return all(history.is_prefix(tip, succession.continues) for tip in history.shared(received))


def open_log(peer: Peer, title: Title) -> None:
    """Take lines of a new log from now on, and none of the one that it continues."""
    succession = title.succession
    old = peer.replicas[peer.history.newest(succession.log)]
    old.close()
    peer.history.open(succession)
    peer.replicas[succession.log] = Replica(peer.history, succession.log, succession.log_key)
    peer.cosigned[succession.log] = {}
    peer.titles[succession.log] = title.data
    peer.reader.ending.pop(succession.first, None)
    for tip in [tip for tip in peer.branch_wants if tip == succession.continues]:
        del peer.branch_wants[tip]


def _begin(peer: Peer, effects: list[Effect]) -> None:
    prepared = peer.succeeding.get(peer.log)
    if prepared is not None and isinstance(peer.rehearse(prepared.act), Admitted):
        peer.write(effects, prepared.act, PUBLIC)


# -- this party's own log -------------------------------------------------------------------------


def unbegun(peer: Peer) -> bool:
    """Say whether the own log is a later one that has no line of its own yet."""
    branch = peer.history.main(peer.origin)
    return branch.size == branch.start > 0


def why_mute(peer: Peer) -> str:
    """Why the own log takes no line because another succeeds it, or just did; empty if it does."""
    if unbegun(peer):
        return why_not_write(peer) or (
            f"{peer.log} has not begun: its first line is not in this node's folder."
        )
    succession = pending(peer)
    if succession is None:
        return ""
    end = succession.continues.size
    own = peer.history.main(peer.origin)
    if own.size > end:
        return (
            f"this log was to end at {end} lines and has {own.size} by now; ask the others anew "
            "with a statement that holds them all."
        )
    have = {fact.party for fact in _on(peer, succession)}
    waits = [
        one.name for one in peer.founding.members if one.name != peer.party and one.name not in have
    ]
    until = f"once {', '.join(waits)} concurs" if waits else "once the parties' lines are read"
    return f"this log ends at {end} lines; {succession.log} continues it {until}."


def pending(peer: Peer) -> Succession | None:
    """What this party has asked for last, if its present log is to go on so."""
    asked = [one.title.succession for one in peer.succeeding.values()]
    asked = [one for one in asked if one.continues.origin == peer.log]
    return max(asked, key=lambda one: generation_of(one.log), default=None)


def gives_way(peer: Peer, act: LogSucceeded) -> bool:
    """Say whether this party may concur with another though its own log has ended.

    Two parties that ask at once would wait for each other for ever: the one that the founding names
    later gives way, and asks anew. Its log takes such lines and no other.
    """
    if unbegun(peer) or why_not_write(peer):
        return False
    order = [one.origin for one in peer.founding.members]
    first = first_log(act.log)
    return first in order and order.index(first) < order.index(peer.origin)


def _on(peer: Peer, succession: Succession) -> Iterator[Fact]:
    for fact in peer.state.successions.get(succession.first, ()):
        assert isinstance(fact.act, LogSucceeded)
        if statement_of(peer.state, fact.act) == succession:
            yield fact


# -- others' logs ---------------------------------------------------------------------------------


def why_not_concur(peer: Peer, act: LogSucceeded) -> str:
    """Why this party should not concur now, as far as this node holds the record; else empty."""
    try:
        succession = statement_of(peer.state, act)
    except RecordError as fault:
        return str(fault)
    if succession.first == peer.origin:
        return ""
    if peer.history.find(succession.continues) is None:
        want(peer, succession.continues)
        return (
            f"this node does not hold the {succession.continues.size} lines that "
            f"{succession.log} is to continue; it asks for them, try again."
        )
    lines = left_out(peer, succession)
    return lines and f"{succession.log} would leave out {lines}."


def left_out(peer: Peer, succession: Succession) -> str:
    """Which lines a statement leaves out that must go on, as far as is known here; else empty.

    Those that some other party has received; and of a log with two histories, of which they may
    have received different ones, those that all others have.
    """
    history, cut = peer.history, peer.reader.cut()
    received: dict[str, list[Tip]] = {}
    for member in peer.founding.members:
        if member.origin != succession.first:
            mine = member is peer.me
            tips = history.main(peer.origin).tips[-1:] if mine else cut.of(member.origin)[:1]
            seen = history.seen(tips[0]) if tips else {}
            received[member.name] = list(history.tips_of(seen, succession.first))
    if succession.cause == "two-histories":
        for tip in history.shared(list(received.values())):
            if not history.is_prefix(tip, succession.continues):
                return f"lines up to {tip.size} that every other party has received"
        return ""
    for party, named in received.items():
        for tip in named:
            if not history.is_prefix(tip, succession.continues):
                return f"lines up to {tip.size} that {party} has received"
    return ""


def two_histories(peer: Peer, first: str) -> bool:
    """Say whether the latest log of a party, named by its first, is proved to have two faces."""
    return peer.replicas[peer.history.newest(first)].proof is not None


def known_keys(peer: Peer, log: str) -> tuple[PublicKey, ...]:
    """The node keys that may speak for the party of a log: of this very log, if it is named.

    That of its latest log, and of each later one with which this party has concurred.
    """
    first = first_log(log)
    if first not in peer.founding.origins:
        return ()
    newest = peer.history.newest(first)
    found = {newest: peer.history.node_key(newest)}
    for fact in peer.state.successions.get(first, ()):
        assert isinstance(fact.act, LogSucceeded)
        later = generation_of(fact.act.log) > generation_of(newest)
        if fact.party == peer.party and later:
            found[fact.act.log] = PublicKey.parse(fact.act.node_key)
    return (found[log],) if log in found else ()


def speaks_as(peer: Peer) -> tuple[str, PrivateKey]:
    """The log under whose name this node speaks to others, and the key.

    A node that lacks the key of its latest log speaks with the last one it has: the others take
    nothing from it, but it reads what they bring.
    """
    for log in (peer.log, *sorted(peer.keys.later, key=generation_of, reverse=True)):
        if log in peer.keys.later and log in peer.history.successions:
            return log, peer.keys.later[log]
    return peer.origin, peer.keys.node


def party_keys(peer: Peer, first: str) -> tuple[PublicKey, ...]:
    """Every node key that may speak now for a party, named by its first log."""
    newest = peer.history.newest(first)
    logs = {newest}
    for fact in peer.state.successions.get(first, ()):
        assert isinstance(fact.act, LogSucceeded)
        logs.add(fact.act.log)
    return tuple(key for log in sorted(logs) for key in known_keys(peer, log))
