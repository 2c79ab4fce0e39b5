"""Erasure: the words of an act disappear, and what the act did stays.

The *skeleton* of an act is the act with each free text replaced by one mark. `TREATMENTS` says of
every field of every kind what becomes of it. The skeleton follows from the act's bytes alone, so
all who read the act make the same one; and in any past it is admitted exactly where the act is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

import msgspec

from architrave.institution import acts
from architrave.institution.acts import Act, Appointed, Erased, KeyDelegated, Revised, Tabled
from architrave.institution.acts_warning import POINTS
from architrave.institution.amendments import INSTRUMENT
from architrave.institution.questions import words_fault
from architrave.institution.record_acts import released
from architrave.institution.state import Fact, Institution, Refused, View, add

__all__ = [
    "CAUSES",
    "MARK",
    "TREATMENTS",
    "Treatment",
    "erase",
    "erasure_of",
    "lasting_words",
    "may_erase",
    "skeleton_of",
]

MARK = "▇▇▇▇"
"""What stands where words stood: not blank, no id, no name, and in no language."""

CAUSES = ("law", "mistake")
_ID = re.compile(r"[!-~]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_Said = TypeVar("_Said", bound=msgspec.Struct)


class Treatment(Enum):
    """What becomes of a field in the skeleton."""

    STAYS = "it is a number, a choice, or a name that other acts use"
    ID = "it stays if it has the form of an id; else the mark (of a list: each of its ids)"
    LINE = "the mark, unless it is blank"
    WORDS = "the mark in each language, unless that is blank"
    FILES = "digests stay, under numbers in place of names"
    PART = "each of its own fields is treated"


S, I, L, W, F, P = Treatment  # noqa: E741
_EVERY = {"party": I, "key": I, "at": S, "to": S, "seat": I}
TREATMENTS: Mapping[type[msgspec.Struct], Mapping[str, Treatment]] = {
    acts.Silence: {"article": I, "expiry": S},
    # Reports name a commitment by its id, which may be any text: it is a name, and names stay.
    acts.Pledge: {"id": S, "owner": I, "due": I, "what": W, "cadence": I},
    acts.Wording: {"title": W, "summary": W, "instrument": I, "nature": I, "document": L,
                   "digests": F},
    acts.Point: {"title": W, "matter": I, "debate": S},
    acts.Cell: {"cell": L, "tabled": L, "again": L},
    acts.Founded: {**_EVERY, "founding": I, "charter": I},
    acts.Tabled: {**_EVERY, "symbol": I, "body": I, "article": I, "wording": P, "pledges": P,
                  "silence": P},
    acts.Revised: {**_EVERY, "matter": I, "article": I, "wording": P, "pledges": P, "silence": P},
    acts.Positioned: {**_EVERY, "matter": I, "version": I, "position": S, "reason": W,
                      "remedy": W},
    acts.Retracted: {**_EVERY, "matter": I},
    acts.WithdrewMatter: {**_EVERY, "matter": I, "reason": W},
    acts.Reported: {**_EVERY, "matter": I, "pledge": S, "period": I, "account": W, "evidence": F},
    acts.AcceptedReport: {**_EVERY, "report": I},
    acts.NotifiedWithdrawal: {**_EVERY, "matter": I, "effect": S, "reason": W},
    acts.SuspendedNotice: {**_EVERY, "notice": I, "reason": W},
    acts.RescindedNotice: {**_EVERY, "notice": I, "reason": W},
    acts.Suspended: {**_EVERY, "matter": I, "reason": W},
    acts.Resumed: {**_EVERY, "matter": I, "reason": W},
    acts.Consulted: {**_EVERY, "symbol": I, "body": I, "ground": W, "facts": W, "wish": W,
                     "drill": S},
    acts.Acknowledged: {**_EVERY, "consultation": I, "answer": W},
    acts.Assessed: {**_EVERY, "consultation": I, "point": I, "reading": I, "account": W,
                    "proposition": W},
    acts.Closed: {**_EVERY, "consultation": I, "outcome": W},
    acts.Convened: {**_EVERY, "symbol": I, "body": I, "starts": S, "ends": S, "place": W,
                    "agenda": P, "consultation": I, "moves": I, "cancelled": S, "reason": W},
    acts.Minuted: {**_EVERY, "meeting": I, "held": S, "present": I, "account": W},
    acts.Alerted: {**_EVERY, "symbol": I, "body": I, **dict.fromkeys(POINTS, W), "unknown": I,
                   "matter": I, "evidence": F, "drill": S},
    acts.Responded: {**_EVERY, "alert": I, "offer": W, "sees": W, "unable": S},
    acts.Attested: {**_EVERY, "matter": I, "version": I, "evidence": I, "finding": I, "result": I,
                    "versions": F, "differing": S, "cells": P, "reason": W},
    acts.Appointed: {**_EVERY, "office": I, "holder": L, "language": I, "alias": I},
    acts.Vacated: {**_EVERY, "office": I},
    acts.KeyDelegated: {**_EVERY, "office": I, "holder": L, "officer_key": I, "alias": I},
    acts.KeyRevoked: {**_EVERY, "officer_key": I, "reason": W},
    acts.Amended: {**_EVERY, "matter": I, "version": I},
    acts.LogSucceeded: {**_EVERY, "log": I, "continues": I, "size": S, "root": I, "node_key": I,
                        "cause": I, "asked": I, "concurs": I},
    acts.Deposited: {**_EVERY, "title": W, "digest": I, "source": L},
    acts.Released: {**_EVERY, "act": I},
    acts.Erased: {**_EVERY, "act": I, "cause": I, "reason": W},
    acts.Confirmed: {**_EVERY, "row": I, "digest": I, "note": W},
    acts.Corrected: {**_EVERY, "row": I, "digest": I, "correction": W, "source": L, "state": I,
                     "on": I},
    acts.Contested: {**_EVERY, "row": I, "digest": I, "reason": W},
}  # fmt: skip


def skeleton_of(said: _Said) -> _Said:
    """An act, or a part of one, without its words."""
    changes = {
        name: _TREAT[treatment](getattr(said, name))
        for name, treatment in TREATMENTS[type(said)].items()
    }
    return msgspec.structs.replace(said, **changes)


def _id(said: Any) -> Any:
    if isinstance(said, list):
        return [_id(one) for one in said]
    return said if _ID.fullmatch(said) else MARK


def _line(text: str) -> str:
    return MARK if text.strip() else ""


def _words(text: Mapping[str, str]) -> dict[str, str]:
    # What is no language of any charter stays that: the act was refused for it, and still is.
    return {
        language if _LANGUAGE.fullmatch(language) else "?": _line(words)
        for language, words in sorted(text.items())
    }


def _files(digests: Mapping[str, str]) -> dict[str, str]:
    return {
        f"{number:04}": digest if _DIGEST.fullmatch(digest) else MARK
        for number, (_, digest) in enumerate(sorted(digests.items()), 1)
    }


def _part(part: Any) -> Any:
    if isinstance(part, list):
        return [skeleton_of(one) for one in part]
    return None if part is None else skeleton_of(part)


def _stays(value: Any) -> Any:
    return value


_TREAT: Mapping[Treatment, Callable[[Any], Any]] = {
    S: _stays, I: _id, L: _line, W: _words, F: _files, P: _part,
}  # fmt: skip


def lasting_words(act: Act) -> str:
    """Why the words of an act cannot be erased, in one sentence; empty if they can."""
    if isinstance(act, Appointed | KeyDelegated) and not act.alias:
        return (
            "which key serves follows from the holder's name, and this act gives no alias that "
            "could stand for it."
        )
    if isinstance(act, Tabled | Revised) and act.wording.instrument == INSTRUMENT:
        return "a text that amends the charter says what runs; it stays."
    if not _worded(skeleton_of(act)):
        return "this act holds no words to erase."
    return ""


def _worded(skeleton: msgspec.Struct) -> bool:
    """Say whether a skeleton stands for something that had words: as true of it as of the act."""
    for name, treatment in TREATMENTS[type(skeleton)].items():
        value = getattr(skeleton, name)
        if treatment is P:
            parts = value if isinstance(value, list) else [value]
            found = any(_worded(part) for part in parts if part is not None)
        elif treatment is F:
            found = bool(value)
        else:
            found = value == MARK or (treatment is W and MARK in value.values())
            found = found or (isinstance(value, list) and MARK in value)
        if found:
            return True
    return False


# -- the act `erased` -------------------------------------------------------------------------


def may_erase(state: Institution, past: View, fact: Fact) -> Refused | None:
    """The party that wrote an act, admitted or void, has its words erased, for a cause."""
    act = fact.act
    assert isinstance(act, Erased)
    if act.cause not in CAUSES:
        return Refused("", f"{act.cause!r} is no cause of an erasure: {' or '.join(CAUSES)}.")
    fault = words_fault(state, "", act.reason)
    if fault is not None:
        return fault
    facts = [*state.acts.get(act.act, ()), *state.void.get(act.act, ())]
    named = next(past.of(facts), None)
    if named is None:
        # As with a release: those who may not read the act cannot judge whose it is. An erasure
        # has its effect only on acts of the party that erases.
        if fact.audience.public:
            return None
        return Refused("", "the act to be erased is not in the past of this act.")
    if named.act.party != fact.party:
        return Refused("", f"only {named.act.party}, whose words they are, may erase them.")
    wider = named.act.audience.public or released(state, past, fact.party, act.act)
    if wider and not fact.audience.public:
        return Refused("", "anyone may read the act, so its erasure is public too.")
    if not fact.audience.covers(named.act.audience, state.founding.origins):
        return Refused("", "everyone who may read the act must be able to read its erasure.")
    lasting = lasting_words(named.act)
    return Refused("", lasting) if lasting else None


def erase(state: Institution, fact: Fact) -> Institution:
    """The words of an act are to be erased."""
    act = fact.act
    assert isinstance(act, Erased)
    return state.but(erasures=add(state.erasures, act.act, fact))


def erasure_of(state: Institution, view: View, party: str, name: str) -> Fact | None:
    """The first act by which a party has had its act of this name erased, or None."""
    return next((one for one in view.of(state.erasures.get(name, ())) if one.party == party), None)
