"""What the public data say of matters and consultations."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.data.api_rows import Cited, Coded, Instant, LineName, Texts
from architrave.portal.pages_rows import told

__all__ = [
    "Amending",
    "Answer",
    "Attached",
    "Awaited",
    "Commitment",
    "Consultation",
    "Consultations",
    "Difference",
    "Leg",
    "Matter",
    "MatterBrief",
    "Matters",
    "NoWords",
    "Notice",
    "Pledge",
    "Point",
    "Position",
    "Proposition",
    "Reading",
    "Refusal",
    "Report",
    "Silence",
    "SilenceOf",
    "Suspension",
    "Ticks",
    "Version",
]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A party that something waits for."""

    party: str = told("the party")
    need: Coded = told("what is awaited of it")
    until: Instant | None = told("until when, where that is known")


@dataclass(frozen=True, slots=True)
class MatterBrief:
    """A matter in a list."""

    symbol: str = told("its symbol, one for all languages")
    address: str = told("where all of it is")
    title: Texts = told("the title of the version to look at, by language")
    body: str = told("the body before which it is")
    party: str = told("who tabled it")
    at: Instant = told("when it was tabled")
    stage: Coded = told("how far it is")
    article: Cited = told("the article under which it is decided")
    awaiting: tuple[Awaited, ...] = told("whom it waits for")
    final: bool = told("true if every other party has received all that this rests on")


@dataclass(frozen=True, slots=True)
class Matters:
    """A page of the matters, the last tabled first. Filters: `body`, `year`, `party`, `stage`."""

    total: int = told("how many matters pass the filters")
    page: int = told("which page this is, from 1")
    pages: int = told("how many pages there are; 1 if there are no matters")
    next: str = told("the address of the next page; empty on the last")
    matters: tuple[MatterBrief, ...] = told("the matters of this page")


@dataclass(frozen=True, slots=True)
class Position:
    """A position that a party has stated on a version."""

    party: str = told("the party")
    position: Coded = told("the position")
    reason: Texts = told("the reason given, by language; empty if none")
    remedy: Texts = told("the change that an objection seeks, by language; empty if none")
    at: Instant = told("when it was stated")
    line: LineName = told("the line that holds it")
    final: bool = told("true if every other party has received it")


@dataclass(frozen=True, slots=True)
class SilenceOf:
    """A party's own period of silence."""

    party: str = told("the party")
    received: Instant | None = told("when its own book first showed the text")
    ends: Instant | None = told("when its own period ends, where that is known")
    kept: bool = told("true if its book shows the end of the period and nothing against the text")


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence procedure."""

    article: Cited = told("the article that permits it")
    expiry: Instant = told("the expiry that the text sets")
    periods: tuple[SilenceOf, ...] = told("each party's own period")


@dataclass(frozen=True, slots=True)
class Ticks:
    """The two ticks of a party. A text is in force when every party has both."""

    party: str = told("the party")
    has_all: bool = told("true if its book shows that it has all positions")
    knows: bool = told("true if its book shows that it knows the others have them")


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment that a version words."""

    id: str = told("its id within the text")
    owner: str = told("the seat that owes it")
    what: Texts = told("what is owed, by language")
    due: str = told("by which day; for one that returns, the end of its first period")
    cadence: str = told("how often: once, monthly, quarterly, half-yearly, annual")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is named by its digest only."""

    name: str = told("what the text calls it")
    digest: str = told("its SHA-256")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two charters differ."""

    how: str = told("added, changed or dropped")
    part: str = told("what it is: an article, a body, a party …")
    name: str = told("its number or id")


@dataclass(frozen=True, slots=True)
class Amending:
    """What a version would change in the charter."""

    digest: str = told("SHA-256 of the charter that it brings")
    course: Coded = told("what has become of it")
    differences: tuple[Difference, ...] = told("what differs from the charter that it amends")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a matter."""

    number: int = told("its number, from 1 for the first")
    id: str = told("SHA-256 of the statement that carries it")
    shown: bool = told("true if it is the version to look at")
    party: str = told("who put it forward")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")
    title: Texts = told("its title, by language")
    summary: Texts = told("its summary, by language")
    instrument: Coded = told("what it would leave: a plan, a statement …")
    nature: Coded = told("political or binding")
    document: str = told("the text itself; empty if it is attached by digest only")
    attached: tuple[Attached, ...] = told("attachments")
    amends: Amending | None = told("what it would change in the charter, if it amends that")
    pledges: tuple[Pledge, ...] = told("the commitments that it words")
    article: Cited = told("the article that decides it: that of its outcome")
    rule: Coded | None = told("the decision rule of that article")
    stage: Coded = told("how far it is")
    positions: tuple[Position, ...] = told("the positions that stand; none of who has not spoken")
    earlier: tuple[Position, ...] = told("objections and reserves that no longer stand")
    silence: Silence | None = told("its silence procedure, if it has one")
    ticks: tuple[Ticks, ...] = told("the ticks of each party of the body")


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a commitment."""

    at: Instant = told("when it was made")
    line: LineName = told("the line that holds it")
    account: Texts = told("what was reported, by language")
    evidence: tuple[Attached, ...] = told("evidence, by digest")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment under a text in force, in one period."""

    id: str = told("its id within the text")
    party: str = told("who owes it")
    owner: str = told("the seat that owes it")
    what: Texts = told("what is owed, by language")
    due: str = told("the last day of the period")
    state: Coded = told("its state; that nothing was found is no failure")
    reports: tuple[Report, ...] = told("what was reported for the period")
    accepted: tuple[str, ...] = told("who has accepted the evidence, as the charter asks")
    suspended: tuple[str, ...] = told("who had suspended the text then; if any, nothing is owed")
    final: bool = told("true if every other party has received all reports")


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of withdrawal."""

    party: str = told("who gave it")
    at: Instant = told("when it was given")
    line: LineName = told("the line that holds it")
    effect: Instant = told("when it takes effect")
    reason: Texts = told("the reason given, by language")
    suspended: bool = told("true if its effect is suspended")
    taken_back: bool = told("true if it was taken back")


@dataclass(frozen=True, slots=True)
class Suspension:
    """A party's suspension of the text, for itself."""

    party: str = told("whose it is, and whose alone it is to resume")
    since: Instant = told("since when")
    until: Instant | None = told("until when; none while it stands")
    line: LineName = told("the line that holds it")
    reason: Texts = told("the reason given, by language")
    resumed: LineName | None = told("the line that ended it; none if it stands or the party left")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that changes nothing."""

    party: str = told("whose line it is")
    kind: Coded = told("what it would have been")
    at: Instant = told("when it was written")
    line: LineName = told("the line")
    article: Cited | None = told("the article that it fails; none if none is named")
    reason: Texts = told("why, in English")


@dataclass(frozen=True, slots=True)
class NoWords:
    """That the words of a line were erased; what it did stays."""

    line: LineName = told("the line")
    party: str = told("who had them erased")
    at: Instant = told("when that was asked for")
    cause: Coded = told("why")
    reason: Texts = told("the reason given, by language")


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter: its versions, positions, outcome and what is owed under it."""

    brief: MatterBrief = told("the same as in the list")
    public: bool = told("true if anyone may read it; false if all parties may")
    versions: tuple[Version, ...] = told("its versions, the first one first")
    notices: tuple[Notice, ...] = told("notices of withdrawal, by their effect")
    suspensions: tuple[Suspension, ...] = told("suspensions, by time; most are over")
    commitments: tuple[Commitment, ...] = told("what is owed under it, period by period")
    refused: tuple[Refusal, ...] = told("lines about it that change nothing, the newest first")
    erased: tuple[NoWords, ...] = told("lines about it whose words were erased")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request to consult."""

    party: str = told("who answered")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")
    text: Texts = told("the answer, by language")


@dataclass(frozen=True, slots=True)
class Leg:
    """The line to a party that was asked."""

    party: str = told("the party")
    state: Coded = told("what has become of it")


@dataclass(frozen=True, slots=True)
class Reading:
    """A party's latest reading of a point."""

    party: str = told("the party")
    reading: Coded = told("affirm, deny or uncertain")
    account: Texts = told("on what it rests, by language")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")


@dataclass(frozen=True, slots=True)
class Proposition:
    """A wording of a point; two that were given at once stand side by side."""

    party: str = told("who worded it")
    line: LineName = told("the line that holds it")
    text: Texts = told("the proposition, by language")
    readings: tuple[Reading, ...] = told("who reads it how; never averaged")


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a consultation."""

    id: str = told("its id")
    agreement: Coded = told("whether the parties read it alike")
    propositions: tuple[Proposition, ...] = told("how it is worded: mostly once")
    awaiting: tuple[str, ...] = told("the parties that have not spoken on it")


@dataclass(frozen=True, slots=True)
class Consultation:
    """A request to consult, and what came of it."""

    symbol: str = told("its symbol")
    body: str = told("the body in which it takes place")
    party: str = told("who asked")
    at: Instant = told("when")
    line: LineName = told("the line that holds it")
    ground: Texts = told("on what ground, by language")
    facts: Texts = told("the facts stated, by language")
    wish: Texts = told("what is wished, by language")
    drill: bool = told("true if it is a drill of the line, and no request")
    answers: tuple[Answer, ...] = told("the answers")
    legs: tuple[Leg, ...] = told("the line to each party that was asked")
    points: tuple[Point, ...] = told("the shared picture: points, as first named")
    closed: Answer | None = told("how it was ended, by whom and when; none while it is open")
    awaiting: tuple[str, ...] = told("the parties of which an answer is owed")
    final: bool = told("true if every other party has received all of it")


@dataclass(frozen=True, slots=True)
class Consultations:
    """Every consultation, the one asked for last first."""

    consultations: tuple[Consultation, ...] = told("the consultations")
