"""Screen words: one file, one row for each word, one column for each language.

A word is asked for by its id, in templates with ``{% word "id" %}``. Words that name a value of an
enumeration are a *family*: their id is the family's name, a hyphen and the value.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from architrave.charter.days import Unit
from architrave.charter.rules import RuleName
from architrave.desks.exercises.approvals import ApprovalState
from architrave.desks.exercises.gates import GateKind
from architrave.desks.exercises.model import ClashKind
from architrave.desks.goods.changes import LackKind
from architrave.desks.interoperability.model import Level, StatusKind
from architrave.desks.interoperability.standards import Agreement as Alike
from architrave.desks.launches.reactive import Answer
from architrave.desks.launches.reading import Family
from architrave.institution.acts import KINDS
from architrave.institution.acts_warning import POINTS
from architrave.institution.amendments import Course
from architrave.institution.attestations import FINDINGS
from architrave.institution.drills import LegState
from architrave.institution.erasure import CAUSES
from architrave.institution.meetings import MeetingState
from architrave.institution.pending import DeadlineKind, Need
from architrave.institution.picture import READINGS, Agreement
from architrave.institution.promises import ReasonKey, State
from architrave.institution.register_rows import Cadence, Rendering
from architrave.institution.standing import Stage
from architrave.portal.formats import filled
from architrave.portal.forum.figures_file import TOLD, VARIED
from architrave.record.continuity import Outcome

__all__ = ["FAMILIES", "LANGUAGES", "OPEN_FAMILIES", "say", "say_of", "table"]

LANGUAGES = ("ko", "ja", "en")

FAMILIES: Mapping[str, Iterable[str]] = {
    "stage": [stage for stage in Stage if stage is not Stage.IN_FORCE],
    "need": list(Need),
    "deadline": list(DeadlineKind),
    "promise": list(State),
    "promise-means": list(State),
    "reason": list(ReasonKey),
    "cadence": list(Cadence),
    "rendering": list(Rendering),
    "remark": ["confirmed", "corrected", "contested"],
    "kind": list(KINDS),
    "cause": list(CAUSES),
    "alert-point": list(POINTS),
    "attested": list(FINDINGS),
    "leg": list(LegState),
    "met": list(MeetingState),
    "clock": ["within", "late", "convened", "ended", "owed", "running"],
    "reading": list(READINGS),
    "point": list(Agreement),
    "period": list(Unit),
    "amends": list(Course),
    "change": ["added", "changed", "dropped"],
    "topic": ["all", "decisions", "consultations", "commitments", "register", "record"],
    "became": (
        "set kept broken replaced withdrawn uncounted suspended rescinded run reported accepted"
        " left dropped paused cancelled held not-held differs met ended"
    ).split(),
    "since-dated": ["continues", "same", "none", "stopped"],
    "since-noted": list(Outcome),
    "paper": ["pdf", "docx", "txt"],
    "brief-answer": list(Answer),
    "language": LANGUAGES,
    "clash": list(ClashKind),
    "gate": list(GateKind),
    "approval": list(ApprovalState),
    "broken": (
        "promise length lead end period postponed months fixed blackout away force area shares"
        " tempo gap precedence host command cost"
    ).split(),
    "rule-plain": list(RuleName),
    "rule-example": list(RuleName),
    "council-about": ("exercises plan dialogues interoperability consultations launches").split(),
    "forum-about": ["chains", "exposure", "shocks", "days", "goods"],
    "goods-lack": list(LackKind),
    "forum-told": list(TOLD),
    "forum-assumed": list(TOLD),
    "forum-varied": list(VARIED),
    "council-layer": ["register", "research", "series"],
    "family": list(Family),
    "compared": list(Answer),
    "level": [str(level.value) for level in Level],
    "level-means": [str(level.value) for level in Level],
    "status": list(StatusKind),
    "standing-alike": list(Alike),
    "work-waits": ["seat", "capital", "others"],
    "work-none": ["seat", "capital", "others"],
    "work-do": (
        "consult acknowledge assess convene close position retract report table alert respond"
    ).split(),
    "work-field": (
        "body drill ground facts wish answer point reading proposition account outcome version"
        " position reason remedy pledge period instrument title summary document expiry symbol"
        " starts ends place impact causes duration sectors measures wanted unknown-impact"
        " unknown-causes unknown-duration unknown-sectors unknown-measures unknown-wanted test"
        " offer sees unable"
    ).split(),
}
"""Families whose values are closed: each has a row."""

OPEN_FAMILIES = ("event", "pillar", "rank")
"""Families whose values a register brings: where we have no row, its own word stands."""


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """All rows by id: language to word."""
    text = files("architrave.portal").joinpath("words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["id"]: {language: row[language] for language in LANGUAGES} for row in rows}


def say(name: str, language: str, /, **blanks: object) -> str:
    """A word in a language, each ``{blank}`` filled in; KeyError for an id without a row."""
    return filled(table()[name][language], blanks)


def say_of(family: str, value: str, language: str, /, **blanks: object) -> str:
    """The word of a family for a value; in an open family, the value itself where no row is."""
    name = f"{family}-{value}"
    if family in OPEN_FAMILIES and name not in table():
        return value
    return say(name, language, **blanks)
