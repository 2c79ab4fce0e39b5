"""What each page shows: one frozen dataclass for each page, each field with its help.

A template reads these fields and nothing else; a test compares the two, and `docs/pages.md` is
written from the help. `Shown` is text of the page's language, or a `Said` in another one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import get_args, get_type_hints

from architrave.portal.alerts.pages_alerts import AlertPage, AlertRow
from architrave.portal.board.pages_board import (
    BoardForcesPage,
    BoardPage,
    BoardPiecePage,
    BoardProposalPage,
    BoardTroublePage,
)
from architrave.portal.charter.pages_charter import (
    ArticleBlock,
    BodiesPage,
    BodyBlock,
    CharterPage,
    PlatformRow,
    SeatRow,
    TermRow,
)
from architrave.portal.charter.pages_rules import RulePage
from architrave.portal.council.pages_council import ConsultationsPage, CouncilPage
from architrave.portal.council.pages_dialogues import DialoguesPage
from architrave.portal.council.pages_exercises import PastExercises, PlanPage
from architrave.portal.council.pages_interoperability import InteroperabilityPage
from architrave.portal.council.pages_launches import LaunchesPage
from architrave.portal.data.pages_data import DataPage
from architrave.portal.feeds.pages_feeds import CalendarPage
from architrave.portal.formats import Moment
from architrave.portal.forum.pages_forum import (
    ChainsPage,
    DaysPage,
    ExposurePage,
    ForumPage,
    ShocksPage,
)
from architrave.portal.forum.pages_goods import GoodsPage
from architrave.portal.glossary.pages_glossary import GlossaryPage
from architrave.portal.matters.pages_matter import MatterPage
from architrave.portal.matters.pages_texts import StepsPage, TextsPage
from architrave.portal.pages_rows import (
    Beam,
    BookRow,
    ConsultationRow,
    DateRow,
    Frame,
    Link,
    MatterRow,
    OpenedBlock,
    PeriodRow,
    Shown,
    told,
)
from architrave.portal.papers.pages_papers import BriefPage, NoPaperPage
from architrave.portal.proofs.pages_proofs import NoProofPage, ProofLinks
from architrave.portal.proofs.pages_since import SincePage
from architrave.portal.register.pages_register import (
    EventRow,
    EventsPage,
    NotedRow,
    PromiseBlock,
    PromiseGroup,
    RegisterPage,
    RowPage,
)
from architrave.portal.research.pages_research import ResearchPage
from architrave.portal.search.pages_search import ConsultationPage, SearchPage
from architrave.portal.workspace.desk.pages_desk import (
    GivenPage,
    WorkCouncilPage,
    WorkFormPage,
    WorkPage,
    WorkSignPage,
)
from architrave.portal.workspace.pages_workspace import (
    WorkEnterPage,
    WorkInvitedPage,
    WorkKeysPage,
    WorkTroublePage,
)

__all__ = [
    "PAGES",
    "AbsentPage",
    "ArticleBlock",
    "BodiesPage",
    "BodyBlock",
    "CharterPage",
    "DataPage",
    "EventRow",
    "HomePage",
    "LineRow",
    "MatterPage",
    "MattersPage",
    "NotedRow",
    "PlatformRow",
    "PromiseBlock",
    "PromiseGroup",
    "PromiseSummary",
    "PromiseTable",
    "RecordPage",
    "RegisterPage",
    "RulePage",
    "SeatRow",
    "SizeRow",
    "StateRow",
    "StepsPage",
    "TermRow",
    "TextsPage",
    "VerifyPage",
    "manual",
]


@dataclass(frozen=True, slots=True)
class PromiseSummary:
    """A promise of the front event and its state in each period."""

    who: Shown = told("who promised, as the register says")
    text: Shown = told("the promise")
    href: str = told("its place on the page of the register")
    cells: tuple[PeriodRow | None, ...] = told("its period under each column, if any")


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of a promise, for a legend."""

    state: str = told("the state, as the code names it")
    sign: str = told("its sign")
    word: str = told("the state in words")


@dataclass(frozen=True, slots=True)
class PromiseTable:
    """Promised and held, as public reports show it."""

    made_at: Link = told("the event at which they were made")
    years: tuple[str, ...] = told("the columns: the years of each period, oldest first")
    rows: tuple[PromiseSummary, ...] = told("one row for each promise, any not held first")
    legend: tuple[StateRow, ...] = told("the five states")
    reach: Moment = told("the day to which sources reach")
    counted: Moment = told(
        "the day to which periods are counted: that of the newest line, or of the last source"
    )
    standing: Shown = told("what the register says of itself")


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page: do the books agree, what comes, what was promised, what is being decided."""

    frame: Frame = told("what every page carries")
    beam: Beam = told("the mark: a column for each capital, and the beam")
    verdict: str = told("one sentence that says whether the books agree")
    books: tuple[BookRow, ...] = told("the minute books, in the order of names")
    dates: tuple[DateRow, ...] = told("the next dates, by time; the first few")
    more_dates: Link | None = told("the calendar, with how many dates are left out; none if none")
    promises: PromiseTable | None = told("promised and held; none without a register")
    consultations: tuple[ConsultationRow, ...] = told("consultations that are open")
    alerts: tuple[AlertRow, ...] = told("alerts that nobody has closed")
    deciding: tuple[MatterRow, ...] = told("matters before a body, the last tabled; the first few")
    more_deciding: Link | None = told("the matters, with how many are left out; none if none")
    standing: Link = told("the list of matters, with how many texts stand")
    verify_href: str = told("where it says how to check all this")
    register_href: str = told("where the whole register is")
    charge_href: str = told("where it says who is in the chair of each body; empty if nowhere")


@dataclass(frozen=True, slots=True)
class MattersPage:
    """Every matter that this copy holds, after the consultations and alerts that are open."""

    frame: Frame = told("what every page carries")
    consultations: tuple[ConsultationRow, ...] = told("consultations that are open")
    alerts: tuple[AlertRow, ...] = told("alerts that nobody has closed")
    matters: tuple[MatterRow, ...] = told("the matters, the last tabled first")


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a minute book."""

    number: str = told("its number in the book")
    anchor: str = told("its address within the page")
    at: Moment = told("the time that its author claims")
    what: Shown = told("what the line holds")
    subject: Link | None = told("the matter it is about")
    readers: Shown = told("to whom its text is released; empty for an acknowledgement")
    refused: Shown = told("why it changes nothing, with its article; empty if it was received")
    erased: Shown = told("by whom, when and why its words were erased; empty if they stand")
    opened: OpenedBlock | None = told("its text, if it was sealed and its author released it later")
    final: bool = told("true if every other party has received it")
    proof: ProofLinks | None = told("what proves it without a network; none before all co-signed")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One minute book, line by line, the newest first."""

    frame: Frame = told("what every page carries")
    book: Shown = told("whose book it is")
    size: str = told("how many lines this copy holds of it")
    tabs: tuple[Link, ...] = told("the books of all parties")
    lines: tuple[LineRow, ...] = told("the lines of this page, newest first")
    other_face: tuple[LineRow, ...] = told(
        "lines of a second history at the places of this page, if two were signed"
    )
    parted: tuple[Link, ...] = told("where each other history begins")
    stopped: bool = told("true if two different histories of this book were signed")
    newer: Link | None = told("the page with newer lines")
    older: Link | None = told("the page with older lines")


@dataclass(frozen=True, slots=True)
class SizeRow:
    """How far a minute book is vouched for, and where it can be fetched."""

    party: Shown = told("whose book it is")
    folder: str = told("where its files lie below /record/")
    address: str = told("where that capital's copy is reached")
    command: str = told("the command that checks it")
    signed: str = told("lines signed by the author")
    cosigned: str = told("lines co-signed by all the others")
    final: str = told("lines that every other party has received")


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """How to check the record without trusting this page."""

    frame: Frame = told("what every page carries")
    founding: str = told("SHA-256 of the founding")
    charter: str = told("SHA-256 of the charter")
    books: tuple[SizeRow, ...] = told("the minute books, in the order of names")
    since_href: str = told("where two points in time are compared")


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """What is shown where there is no page."""

    frame: Frame = told("what every page carries")


PAGES: dict[str, type] = {
    "home": HomePage,
    "matters": MattersPage,
    "matter": MatterPage,
    "register": RegisterPage,
    "bodies": BodiesPage,
    "charter": CharterPage,
    "rule": RulePage,
    "texts": TextsPage,
    "steps": StepsPage,
    "record": RecordPage,
    "verify": VerifyPage,
    "calendar": CalendarPage,
    "data": DataPage,
    "search": SearchPage,
    "research": ResearchPage,
    "consultation": ConsultationPage,
    "alert": AlertPage,
    "row": RowPage,
    "events": EventsPage,
    "glossary": GlossaryPage,
    "absent": AbsentPage,
    "no_paper": NoPaperPage,
    "no_proof": NoProofPage,
    "since": SincePage,
    "council_brief": BriefPage,
    "council": CouncilPage,
    "council_exercises": PastExercises,
    "council_plan": PlanPage,
    "council_dialogues": DialoguesPage,
    "council_interoperability": InteroperabilityPage,
    "council_consultations": ConsultationsPage,
    "council_launches": LaunchesPage,
    "forum": ForumPage,
    "forum_chains": ChainsPage,
    "forum_exposure": ExposurePage,
    "forum_shocks": ShocksPage,
    "forum_days": DaysPage,
    "forum_goods": GoodsPage,
    "work_enter": WorkEnterPage,
    "work_invited": WorkInvitedPage,
    "work_keys": WorkKeysPage,
    "work_trouble": WorkTroublePage,
    "board": BoardPage,
    "board_piece": BoardPiecePage,
    "board_forces": BoardForcesPage,
    "board_proposal": BoardProposalPage,
    "board_trouble": BoardTroublePage,
    "work": WorkPage,
    "work_council": WorkCouncilPage,
    "work_form": WorkFormPage,
    "work_sign": WorkSignPage,
    "work_given": GivenPage,
}
"""Each page by the name of its template."""


def manual() -> str:
    """The pages and their fields as Markdown, from the help of each dataclass."""
    lines = [_HEAD]
    shared: dict[type, None] = {}
    for name, page in PAGES.items():
        lines += [f"## {name}", "", _first_line(page), ""]
        lines += [*_rows_of(page), ""]
        _gather(page, shared)
    lines += ["## Rows and blocks", ""]
    for block in sorted(shared, key=lambda one: one.__name__):
        if block not in PAGES.values():
            lines += [f"### {block.__name__}", "", _first_line(block), "", *_rows_of(block), ""]
    return "\n".join(lines)


_HEAD = """# Pages

What each page of a node shows, written from the help of the fields in the modules
`pages*.py` of `portal`:

```
python -c "from architrave.portal.pages import manual; print(manual(), end='')" > docs/pages.md
```

Every page is served at `/ko/`, `/ja/` and `/en/` under one path; `/` leads to the language that
the browser asks for. A text that the charter or a capital wrote in other languages only is shown in
one of those, and marked with it. Pages show what is released to all parties of the founding. A line
for fewer readers shows only that there is a sealed text, and for whom, even in their own copies.
A page is no door: whoever reaches its address may read it. Let only those in who may.

The pages whose names begin with `board` are no pages of a node. `architrave exercises board` serves
them on a planner's own machine, and they read and change the tables of one folder there.

The pages whose names begin with `work` are for officers who have signed in
([the workspace](workspace.md)), and show what their capital has read, also what only some may read.
"""


def _first_line(block: type) -> str:
    return (block.__doc__ or "").strip()


def _rows_of(block: type) -> list[str]:
    rows = [
        f"| `{one.name}` | {_kind(str(one.type))} | {one.metadata['help']} |"
        for one in fields(block)
    ]
    return ["| field | what | help |", "|---|---|---|", *rows]


def _kind(name: str) -> str:
    return name.replace("|", "or")


def _of_pages(block: type) -> bool:
    """True for what a module of page contexts defines, in whichever room it lies."""
    return block.__module__.rpartition(".")[2].startswith("pages")


def _gather(block: type, found: dict[type, None]) -> None:
    """All dataclasses of pages that a page reaches."""
    for hint in get_type_hints(block).values():
        for one in (hint, *get_args(hint)):
            if is_dataclass(one) and isinstance(one, type) and _of_pages(one):
                if one not in found:
                    found[one] = None
                    _gather(one, found)
