"""What the page of dialogues shows: promised, announced and held, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.council.pages_charts import BarChart, TallyRow
from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, PeriodRow, Shown, told

__all__ = ["AnnouncedRow", "CouncilPromise", "DialogueBlock", "DialoguesPage", "MeetingLine"]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting that was held."""

    when: Shown | Moment = told("its day or days, or the month where no day was given")
    number: str = told("which meeting of the series it was; empty if not known")
    where: Shown | None = told("where, as the source says")
    note: Shown | None = told("a word on the source")
    source: Link = told("the source")


@dataclass(frozen=True, slots=True)
class AnnouncedRow:
    """A day for which a meeting was announced and on which it was not seen to be held."""

    planned: Moment = told("the day or month that was announced")
    state: str = told("what became of that day, in words")
    held: Moment | None = told("when the meeting was held; none if that was not seen")
    slipped: str = told("by how many days it slipped, in words; empty if it surely did not")
    note: Shown | None = told("what the source says")
    source: Link = told("the source of the announcement")


@dataclass(frozen=True, slots=True)
class DialogueBlock:
    """A dialogue: its meetings, the time between them, and its promised interval by period."""

    id: str = told("its address within the page")
    name: Shown = told("its name")
    parties: Shown = told("its parties")
    level: Shown = told("on which level it meets")
    since: Shown | Moment = told("when it was founded, as a source says")
    promised: str = told("how often it was said to meet, or that no interval was seen")
    promised_on: Moment | None = told("when that was promised")
    promised_source: Link | None = told("where that was seen")
    reach: Moment = told("how far sources that speak of it were seen")
    source: Link = told("where the series was seen")
    note: Shown | None = told("what is to be known of its rows")
    meetings: tuple[MeetingLine, ...] = told("meetings held, the latest first")
    announced: tuple[AnnouncedRow, ...] = told("announced days on which it was not seen to be held")
    chart: BarChart | None = told("days from each meeting to the next; none with fewer than two")
    gaps: tuple[TallyRow, ...] = told("the same as a table")
    periods: tuple[PeriodRow, ...] = told("the promised interval in each of its periods")


@dataclass(frozen=True, slots=True)
class CouncilPromise:
    """A recurring promise of all parties, on which the council would build."""

    link: Link = told("the promise, and its place in the register")
    cadence: str = told("how often")
    periods: tuple[PeriodRow, ...] = told("its state in each period begun")


@dataclass(frozen=True, slots=True)
class DialoguesPage:
    """Dialogues of some parties, and the recurring promises of all, promised beside held."""

    frame: Frame = told("what every page carries")
    tabs: tuple[Link, ...] = told("the council's pages")
    translated: str = told("that names and notes were translated; empty where none were")
    dialogues: tuple[DialogueBlock, ...] = told("the series, as the table has them")
    promises: tuple[CouncilPromise, ...] = told("recurring promises; none without a register")
