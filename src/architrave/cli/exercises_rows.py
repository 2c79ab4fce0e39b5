"""What `architrave exercises …` says, as plain values: the shapes of its JSON.

Days are ISO dates, and of a sandbox year and week. `assessment` is the SHA-256 under which another
capital can compare.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BasisRow",
    "CheckSheet",
    "ClashRow",
    "ClashesSheet",
    "CompareSheet",
    "GateRow",
    "GatesSheet",
    "LessonRow",
    "PastRow",
    "PromiseRow",
    "RunRow",
    "TraceSheet",
    "UncleanRow",
    "WindowsSheet",
]


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """A programme that is sound: how many rows of each kind, and its digests."""

    sound: bool
    illustrative: bool
    rows: dict[str, int]
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One thing in the way."""

    kind: str
    first: str
    last: str
    what: str
    parties: list[str]
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class ClashesSheet:
    """Everything in the way of a window."""

    series: str
    first: str
    last: str
    clashes: list[ClashRow]
    assessment: str


@dataclass(frozen=True, slots=True)
class UncleanRow:
    """First days in a row that are not clean, the same in words, and why."""

    first: str
    last: str
    days: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class WindowsSheet:
    """The next clean windows, each with first and last day, and what came before them."""

    series: str
    windows: list[list[str]]
    unclean: list[UncleanRow]
    looked_until: str
    assessment: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """One conference; products by id with due day and whether open."""

    kind: str
    day: str
    shut: bool
    waits_for: list[str]
    products: list[dict[str, object]]
    lessons: list[str]


@dataclass(frozen=True, slots=True)
class GatesSheet:
    """The conferences of an edition, and whether it may be announced."""

    edition: str
    first: str
    gates: list[GateRow]
    approvals: dict[str, str]
    may_announce: bool
    assessment: str


@dataclass(frozen=True, slots=True)
class TraceSheet:
    """Objective, event, incident, inject; the injects asked for; and what is missing."""

    trace: list[list[str]]
    injects: list[dict[str, object]]
    gaps: list[str]


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson and how it stands."""

    id: str
    edition: str
    text: str
    action: dict[str, str]
    owner: str
    due: str
    retest_in: str
    state: str


@dataclass(frozen=True, slots=True)
class CompareSheet:
    """Planned and held: by year with totals, and line by line, under the names of the exports."""

    years: list[dict[str, object]]
    lines: list[dict[str, object]]
    assessment: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run that a source tells of."""

    when: str
    title: str
    source: str
    layer: str
    row: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise that names a series, and its state in each period."""

    id: str
    text: str
    cadence: str
    states: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class PastRow:
    """One series of the public past."""

    id: str
    name: str
    parties: list[str]
    usual_months: str
    usual_days: str
    cadence: str
    source: str
    runs: list[RunRow]
    promises: list[PromiseRow]
    standing: str


@dataclass(frozen=True, slots=True)
class BasisRow:
    """On what the sandbox's rows of one series rest."""

    series: str
    cadence: str
    days: str
    months: str
    left_out: str
    source: str
