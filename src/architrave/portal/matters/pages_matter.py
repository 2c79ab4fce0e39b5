"""What the page of a matter shows, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Beam, Frame, Link, Shown, WaitingRow, told
from architrave.portal.research.pages_cite import CiteBlock

__all__ = [
    "AttestedRow",
    "ChangeRow",
    "DigestRow",
    "ExplanationBlock",
    "MatterPage",
    "NoticeRow",
    "OwedRow",
    "PledgeRow",
    "PositionRow",
    "ReasonRow",
    "RefusedRow",
    "SilenceBlock",
    "SilenceRow",
    "SuspensionRow",
    "TickRow",
    "VersionBlock",
]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A party's position on a version."""

    party: Shown = told("the party")
    code: str = told("the position, as the code names it")
    position: str = told("the position in words")
    reason: Shown = told("the reason given; empty if none")
    remedy: Shown = told("the change that an objection seeks; empty if none")
    at: Moment | None = told("when it was stated; none if the party has not spoken")
    line: Shown = told("the line of the minute book that holds it; empty if there is none")
    sure: str = told("whether every other party has received it; empty if there is none")
    untranslated: str = told("in which language its words are shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """What one party's position does to the outcome."""

    party: Shown = told("the party")
    position: str = told("its position")
    role: str = told("what that does to the outcome")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Changes of position that would turn the outcome over."""

    moves: Shown = told("which party would move to which position")


@dataclass(frozen=True, slots=True)
class ExplanationBlock:
    """Why the outcome is as it is, read from the rule's table."""

    outcome: str = told("decided or not decided by the positions as they stand")
    reasons: tuple[ReasonRow, ...] = told("what each position does")
    changes: tuple[ChangeRow, ...] = told("the smallest changes that would turn it over")
    more: str = told("how many parties would have to move, if too many to list; else empty")


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A party's own period of silence."""

    party: Shown = told("the party")
    received: Moment | None = told("when its own book first showed the text")
    ends: tuple[Moment, ...] = told("when its own period ends, on each clock; empty before that")
    state: str = told("running, kept, not begun or broken, in words")


@dataclass(frozen=True, slots=True)
class SilenceBlock:
    """A silence procedure."""

    article: Shown = told("the article that permits it")
    minimum: str = told("the least period of each party; empty if the article sets none")
    expiry: tuple[Moment, ...] = told("the expiry on each capital's clock and in UTC")
    periods: tuple[SilenceRow, ...] = told("each party's own period")


@dataclass(frozen=True, slots=True)
class TickRow:
    """The two ticks of one party."""

    party: Shown = told("the party")
    has_all: bool = told("true if its book shows that it has all positions")
    knows: bool = told("true if its book shows that it knows the others have them")


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A commitment that a version words."""

    owner: Shown = told("the seat that owes it")
    what: Shown = told("what is owed")
    due: Shown = told("by when")
    cadence: str = told("how often")


@dataclass(frozen=True, slots=True)
class DigestRow:
    """An attachment."""

    name: str = told("what the text calls it")
    digest: str = told("its SHA-256")
    alert: Link | None = told("the alert of which that is the name; none if it is of none")


@dataclass(frozen=True, slots=True)
class AmendsBlock:
    """What a version would change in the charter."""

    course: str = told("what has become of it")
    changes: tuple[Shown, ...] = told("article by article, what differs")
    digest: str = told("the SHA-256 of the charter that it brings")


@dataclass(frozen=True, slots=True)
class VersionBlock:
    """One version of a matter."""

    name: str = told("which version it is")
    anchor: str = told("its address within the page")
    shown: bool = told("true if it is the version to look at")
    party: Shown = told("who put it forward")
    at: Moment = told("when")
    line: Shown = told("the line of the minute book that holds it")
    title: Shown = told("its title")
    summary: Shown = told("its summary")
    instrument: str = told("what it would leave: a plan, a statement …")
    nature: str = told("political or binding, in words")
    document: str = told("the text itself; empty if it is attached by digest only")
    amends: AmendsBlock | None = told("what it would change in the charter, if it amends that")
    digests: tuple[DigestRow, ...] = told("attachments by SHA-256")
    pledges_word: Shown = told("what promises under it are called, by its legal nature")
    pledges: tuple[PledgeRow, ...] = told("the promises under it")
    article: Shown = told("the article that decides it")
    rule: str = told("the decision rule in words")
    stage: Shown = told("how far it is")
    code: str = told("the same, as the code names it")
    positions: tuple[PositionRow, ...] = told("each party's position")
    earlier: tuple[PositionRow, ...] = told("objections and reserves that no longer stand")
    explanation: ExplanationBlock | None = told("why the outcome is as it is")
    silence: SilenceBlock | None = told("its silence procedure, if it has one")
    ticks_text: str = told("how many ticks are set, of how many")
    untranslated: str = told("in which language its texts are shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A line about this matter that changes nothing."""

    party: Shown = told("whose line it is")
    kind: str = told("what it would have been")
    at: Moment = told("when")
    line: Shown = told("the line of the minute book that holds it")
    article: Shown = told("the article that it fails; empty if none is named")
    reason: Shown = told("why")


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice of withdrawal."""

    party: Shown = told("who gave it")
    at: Moment = told("when it was given")
    effect: tuple[Moment, ...] = told("when it takes effect, on each clock")
    reason: Shown = told("the reason given")
    state: Shown = told("running, suspended, taken back, or run and awaiting whom")
    untranslated: str = told("in which language the reason is shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """A party's suspension of the text, for itself."""

    party: Shown = told("whose it is, and whose alone it is to resume")
    at: Moment = told("since when")
    until: Moment | None = told("until when; none while it stands")
    state: str = told("that it stands, or how it ended")
    reason: Shown = told("the reason given")
    resumed: Shown = told("why it was resumed; empty if it stands, or if nothing was said")
    line: Shown = told("the line of the minute book that holds it")
    untranslated: str = told("in which language the reason is shown, if in another; else empty")


@dataclass(frozen=True, slots=True)
class AttestedRow:
    """What a party says came when it worked out a piece of evidence again."""

    evidence: str = told("the version, the name of the evidence and how its SHA-256 begins")
    party: Shown = told("who says so, for itself")
    code: str = told("same, different or not-rerun, as the code names it")
    word: str = told("the same in words")
    differing: str = told("how many cells differ; empty if none")
    cells: tuple[str, ...] = told("the first of them: what was tabled, and what came")
    versions: str = told("the programs that worked it out, with their versions; empty if none")
    reason: Shown = told("why it was not worked out; empty if it was and nothing was said")
    at: Moment = told("when")
    line: Shown = told("the line of the minute book that holds it")


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A promise under the text in one period."""

    party: Shown = told("who owes it")
    what: Shown = told("what is owed")
    due: Shown = told("by when")
    state: str = told("the state, as the code names it")
    word: str = told("the state in words")
    paused: tuple[Shown, ...] = told("who had suspended the text then; if so, nothing is owed")
    accounts: tuple[Shown, ...] = told("what was reported")
    accepted: Shown = told("who accepted the evidence; empty if nobody")


@dataclass(frozen=True, slots=True)
class MatterPage:
    """A matter: its versions, positions, outcome, silence and ticks."""

    frame: Frame = told("what every page carries")
    symbol: str = told("its symbol, one for all languages")
    title: Shown = told("the title of the version to look at")
    body: Shown = told("the body before which it is")
    party: Shown = told("who tabled it")
    at: tuple[Moment, ...] = told("when, on each capital's clock and in UTC")
    readers: Shown = told("to whom it is released")
    stage: Shown = told("how far it is")
    code: str = told("the same, as the code names it")
    final: bool = told("true if every other party has received all that this rests on")
    sure: str = told("the same in words")
    suspended: tuple[Shown, ...] = told("who suspends it, since when; empty if nobody")
    beam: Beam = told("the mark: which capitals have acted, and whether it stands")
    ticks: tuple[TickRow, ...] = told("the two rows of ticks of the version to look at")
    ticks_text: str = told("how many ticks are set, of how many")
    awaiting: tuple[WaitingRow, ...] = told("whom it waits for")
    versions: tuple[VersionBlock, ...] = told("its versions, the newest first")
    notices: tuple[NoticeRow, ...] = told("notices of withdrawal")
    suspensions: tuple[SuspensionRow, ...] = told("suspensions, those that are over too")
    attested: tuple[AttestedRow, ...] = told("what came of its evidence, by party")
    owed: tuple[OwedRow, ...] = told("promises under it, period by period")
    refused: tuple[RefusedRow, ...] = told("lines about it that change nothing")
    erased: tuple[Shown, ...] = told("lines about it whose words were erased: by whom, when, why")
    papers: tuple[Link, ...] = told("the same as a document, one for each kind of file")
    tabs: tuple[Link, ...] = told("the pages of this matter")
    cite: CiteBlock = told("how to cite it")
