"""What parties say of evidence that they worked out again: same, different, or not.

`attested` names a version of a matter and one SHA-256 that the version names. Each party speaks for
itself, and its latest on a piece of evidence is what it says; nothing is added up.
"""

from __future__ import annotations

import re

from architrave.institution.acts import Attested, Revised, Tabled
from architrave.institution.questions import matter_in, permitted, words_fault
from architrave.institution.state import Fact, Institution, Refused, View, add_along

__all__ = [
    "FINDINGS",
    "MOST_CELLS",
    "MOST_VERSIONS",
    "attest",
    "attestations",
    "may_attest",
]

FINDINGS = ("same", "different", "not-rerun")
MOST_CELLS = 60
"""Cells that one act shows; how many differ is counted in full."""
MOST_VERSIONS = 32
_DIGEST = re.compile(r"[0-9a-f]{64}")


def may_attest(state: Institution, past: View, fact: Fact) -> Refused | None:
    """A party of the body says what came of evidence that another party's version names."""
    act = fact.act
    assert isinstance(act, Attested)
    tabled = matter_in(state, past, act.matter)
    if isinstance(tabled, Refused):
        return tabled
    assert isinstance(tabled.act, Tabled)
    article = permitted(state, tabled.act.body, "attest")
    if isinstance(article, Refused):
        return article
    number = article.number
    if fact.party not in state.charter.body(tabled.act.body).parties:
        return Refused(number, f"{fact.party} is no party of {tabled.act.body}.")
    if not fact.audience.covers(tabled.audience, state.founding.origins):
        return Refused(number, "everyone who may read the matter must be able to read this.")
    version = state.find(past, act.version)
    if version is None or state.matter_of.get(act.version) != act.matter:
        return Refused(number, "the version is not one of this matter, or not yet received.")
    if version.party == fact.party:
        return Refused(number, "a party attests no evidence of its own version.")
    assert isinstance(version.act, Tabled | Revised)
    if not _DIGEST.fullmatch(act.evidence) or (
        act.evidence not in version.act.wording.digests.values()
    ):
        return Refused(number, "the version names no evidence of this SHA-256.")
    return _outcome_fault(act, number) or words_fault(state, number, act.reason)


def _outcome_fault(act: Attested, number: str) -> Refused | None:
    if act.finding not in FINDINGS:
        return Refused(number, f"{act.finding!r} is no finding: {', '.join(FINDINGS)}.")
    rerun = act.finding != "not-rerun"
    if rerun != bool(_DIGEST.fullmatch(act.result)) or (act.result and not rerun):
        return Refused(number, "a result is named by its SHA-256 exactly where there is one.")
    if rerun != bool(act.versions) or len(act.versions) > MOST_VERSIONS:
        return Refused(number, f"1 to {MOST_VERSIONS} versions of programs stand with a result.")
    if (act.finding == "different") != (act.differing > 0) or act.differing < 0:
        return Refused(number, "cells differ exactly where the finding is different.")
    if len(act.cells) > min(act.differing, MOST_CELLS) or bool(act.cells) != (act.differing > 0):
        return Refused(number, f"of the cells that differ the first are shown, up to {MOST_CELLS}.")
    if not all(cell.cell.strip() for cell in act.cells):
        return Refused(number, "a cell that differs has no name.")
    if not rerun and not act.reason:
        return Refused(number, "who has not worked it out again says why.")
    return None


def attest(state: Institution, fact: Fact) -> Institution:
    """A party has said what came of a piece of evidence."""
    act = fact.act
    assert isinstance(act, Attested)
    key = f"{act.version} {act.evidence} {fact.party}"
    return state.but(attestations=add_along(state.attestations, key, fact))


def attestations(
    state: Institution, view: View, version: str, evidence: str
) -> tuple[tuple[Fact, Attested], ...]:
    """What each party says last of a piece of evidence of a version, in the charter's order."""
    found = []
    for party in state.charter.party_ids:
        fact = view.last(state.attestations.get(f"{version} {evidence} {party}", ()))
        if fact is not None and isinstance(fact.act, Attested):
            found.append((fact, fact.act))
    return tuple(found)
