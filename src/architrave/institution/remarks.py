"""Remarks on the register of facts: confirmed, corrected, contested, each party for itself.

The register lies beside the record and no act holds it; a remark names a row by its id and the
digest of the wording that it is about. A party's latest remark on a row is its remark; what it said
of an earlier wording is shown as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from architrave.institution.acts import Confirmed, Contested, Corrected
from architrave.institution.cadence import iso_day
from architrave.institution.promises import PromiseReport
from architrave.institution.questions import text_fault, words_fault
from architrave.institution.register_rows import Register
from architrave.institution.state import Fact, Institution, Refused, View, add_along

__all__ = [
    "Remark",
    "may_confirm",
    "may_contest",
    "may_correct",
    "promise_reports",
    "remark",
    "remarks",
]

_ROW = re.compile(r"(?:ev|cm)-[a-z0-9]+(?:-[a-z0-9]+)*")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STATES = ("held", "not-held")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a party says of a row; `present` says whether the wording is still the register's."""

    fact: Fact
    act: Confirmed | Corrected | Contested
    present: bool


def may_confirm(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party confirms a row, for itself; a note may be in one language only."""
    act = fact.act
    assert isinstance(act, Confirmed)
    return _row_fault(act) or words_fault(state, "", act.note)


def may_correct(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party proposes a correction, in each of the charter's languages."""
    act = fact.act
    assert isinstance(act, Corrected)
    fault = _row_fault(act) or text_fault(state, "", act.correction)
    if fault is not None or not (act.state or act.on):
        return fault
    if act.state not in _STATES:
        return Refused("", f"{act.state!r} is no state of a promise: {' or '.join(_STATES)}.")
    if not act.row.startswith("cm-"):
        return Refused("", f"{act.row} is an event; only a promise is held or not.")
    if iso_day(act.on) is None:
        return Refused("", f"{act.on!r} is no day; the state holds for the period of a day.")
    return None


def may_contest(state: Institution, past: View, fact: Fact) -> Refused | None:
    """Any party contests a row and says why, in each of the charter's languages."""
    act = fact.act
    assert isinstance(act, Contested)
    return _row_fault(act) or text_fault(state, "", act.reason)


def _row_fault(act: Confirmed | Corrected | Contested) -> Refused | None:
    if not _ROW.fullmatch(act.row):
        return Refused("", f"{act.row!r} is not the id of a row of the register.")
    if not _DIGEST.fullmatch(act.digest):
        return Refused("", "the digest of the row is not a SHA-256 in 64 hex digits.")
    return None


def remark(state: Institution, fact: Fact) -> Institution:
    """A party has said something of a row."""
    act = fact.act
    assert isinstance(act, Confirmed | Corrected | Contested)
    return state.but(remarks=add_along(state.remarks, f"{act.row} {fact.party}", fact))


def remarks(state: Institution, view: View, row: str, digest: str) -> Iterator[Remark]:
    """The remark of each party that has one on a row, whose wording has this digest."""
    for party in state.charter.party_ids:
        fact = view.last(state.remarks.get(f"{row} {party}", ()))
        if fact is not None:
            act = fact.act
            assert isinstance(act, Confirmed | Corrected | Contested)
            yield Remark(fact, act, act.digest == digest)


def promise_reports(
    state: Institution, view: View, register: Register
) -> tuple[PromiseReport, ...]:
    """What parties say of promises of a register: held or not in the period of a day.

    Only what was said of the present wording counts. None is accepted: no article of the charter
    says who would accept it, so a promise that a party calls held is *reported*.
    """
    promises = register.promise_by_id
    rows = sorted({key.partition(" ")[0] for key in state.remarks} & promises.keys())
    reports = []
    for row in rows:
        for one in remarks(state, view, row, register.row_digest(row)):
            act = one.act
            day = iso_day(act.on) if isinstance(act, Corrected) else None
            if day is None or not one.present or not isinstance(act, Corrected):
                continue
            symbol = f"{one.fact.party}/{one.fact.tip.size}"
            held = act.state == "held"
            reports.append(PromiseReport(row, act.seat, day, held, accepted=False, symbol=symbol))
    return tuple(reports)
