"""From a request to a page of the board: read the tables anew, build the context, render."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.template import Context, Engine

from architrave.charter.model import Charter
from architrave.desks.errors import DeskError
from architrave.desks.exercises.postponements import Move
from architrave.portal.board.board_context import board_page
from architrave.portal.board.board_door import Answer, Asked, plain_answer
from architrave.portal.board.decisions import Unsaid, decision_read
from architrave.portal.board.folder import (
    Changed,
    keep_moves,
    keep_plan,
    read_tables,
    today_of,
)
from architrave.portal.board.forces_context import forces_page
from architrave.portal.board.laying import Bench
from architrave.portal.board.pages_board import BoardFrame, BoardTroublePage
from architrave.portal.board.piece_context import asked_day, piece_named, piece_page, tried
from architrave.portal.board.proposal_context import (
    accepted_moves,
    accepted_plan,
    earliest_of,
    proposal_page,
)
from architrave.portal.board.screen import Screen, piece_href
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Link
from architrave.portal.views import preferred
from architrave.portal.words import LANGUAGES, say

__all__ = ["Board"]

PATIENCE = 4.0
"""Seconds for which a page that waits for a search is held back; then it says that it waits."""


class Board:
    """The pages of one folder. `base` and `token` are the door's."""

    def __init__(
        self, folder: Path, charter: Charter, today: Callable[[], date], bench: Bench
    ) -> None:
        self.folder, self.charter, self.today, self.bench = folder, charter, today, bench
        self.base = self.token = ""

    def answer(self, asked: Asked) -> Answer:
        """The page, or what became of a form."""
        language, _, path = asked.path.partition("/")
        if not asked.path:
            return self._to(f"{self.base}/{preferred(asked.languages)}/")
        pages = {
            ("GET", ""): self._plan,
            ("GET", "piece"): self._piece,
            ("GET", "forces"): self._forces,
            ("GET", "proposal"): self._proposal,
            ("POST", "keep"): self._keep,
            ("POST", "again"): self._again,
            ("POST", "accept"): self._accept,
            ("POST", "drop"): self._drop,
        }
        page = pages.get((asked.method, path))
        if language not in LANGUAGES or page is None:
            return plain_answer(404, "There is nothing here.")
        try:
            return page(self._screen(language), asked.fields)
        except DeskError as fault:
            said = str(fault) if language == "en" else Said(str(fault), "en")
            return self._trouble(language, said, 422)
        except OSError as fault:
            said = say("board-not-written", language, why=fault.strerror or "")
            return self._trouble(language, said, 500)

    def _screen(self, language: str) -> Screen:
        tables = read_tables(self.folder, self.charter)
        today = today_of(tables) if tables.is_sandbox else self.today()
        return Screen(tables, language, self.base, self.token, today)

    # What is read

    def _plan(self, screen: Screen, fields: Mapping[str, str]) -> Answer:
        said = screen.say("board-kept") if fields.get("kept") else ""
        return _page("board", board_page(screen, said))

    def _forces(self, screen: Screen, _fields: Mapping[str, str]) -> Answer:
        return _page("board_forces", forces_page(screen))

    def _piece(self, screen: Screen, fields: Mapping[str, str]) -> Answer:
        piece = piece_named(screen, fields)
        if piece is None:
            return self._trouble(screen.language, screen.say("board-no-piece"), 404)
        try:
            to = asked_day(screen, piece, fields)
        except (ValueError, OverflowError):
            return _page(
                "board_piece", piece_page(screen, piece, fault=screen.say("board-no-day")), 422
            )
        said = screen.say("board-kept") if fields.get("kept") else ""
        return _page("board_piece", piece_page(screen, piece, to, said=said))

    def _proposal(self, screen: Screen, fields: Mapping[str, str]) -> Answer:
        number = fields.get("number", "")
        proposal = self.bench.at(int(number)) if number.isdecimal() else None
        if proposal is None:
            return self._trouble(screen.language, screen.say("board-no-proposal"), 404)
        proposal.done.wait(PATIENCE)
        return _page("board_proposal", proposal_page(screen, proposal))

    # What is kept

    def _keep(self, screen: Screen, fields: Mapping[str, str]) -> Answer:
        piece = piece_named(screen, fields)
        if piece is None:
            return self._trouble(screen.language, screen.say("board-no-piece"), 404)
        if fields.get("stamp") != screen.tables.stamp:
            return self._changed(screen)
        placed = piece.placed
        earliest = piece.moves[-1].decided if piece.moves else date.min
        to = None
        try:
            to = asked_day(screen, piece, fields)
            if to is None:
                raise Unsaid(screen.say("board-no-day"))
            made = decision_read(screen, fields, earliest)
            is_open = fields.get("how") == "open"
            if is_open and to <= placed.first:
                raise Unsaid(screen.say("board-open-later"))
            if not is_open and not tried(screen, piece, to, made.decided).may_stand:
                raise Unsaid(screen.say("board-broken"))
        except (Unsaid, ValueError, OverflowError) as fault:
            said = str(fault) if isinstance(fault, Unsaid) else screen.say("board-no-day")
            return _page("board_piece", piece_page(screen, piece, to, fields, said), 422)
        day = (None, to) if is_open else (to, None)
        move = Move(
            placed.edition, placed.first, made.decided, made.seat, made.reason, placed.part, *day
        )
        try:
            keep_moves(self.folder, screen.tables, (move,))
        except Changed:
            return self._changed(screen)
        return self._to(piece_href(screen, placed, kept=1))

    def _again(self, screen: Screen, _fields: Mapping[str, str]) -> Answer:
        proposal = self.bench.begin(screen.tables)
        return self._to(f"{screen.address('proposal')}?number={proposal.number}")

    def _accept(self, screen: Screen, fields: Mapping[str, str]) -> Answer:
        number = fields.get("number", "")
        proposal = self.bench.at(int(number)) if number.isdecimal() else None
        if proposal is None or not proposal.done.is_set():
            return self._trouble(screen.language, screen.say("board-no-proposal"), 404)
        # The proposal is about the tables of its beginning, whatever the page was made from.
        if proposal.tables.stamp != screen.tables.stamp:
            return self._changed(screen)
        try:
            if first := accepted_plan(proposal):
                keep_plan(self.folder, screen.tables, first)
            else:
                made = decision_read(screen, fields, earliest_of(proposal))
                keep_moves(self.folder, screen.tables, accepted_moves(proposal, made))
        except Unsaid as fault:
            page = proposal_page(screen, proposal, fields, str(fault))
            return _page("board_proposal", page, 422)
        except Changed:
            return self._changed(screen)
        self.bench.drop(proposal.number)
        return self._to(f"{screen.address()}?kept=1")

    def _drop(self, screen: Screen, fields: Mapping[str, str]) -> Answer:
        number = fields.get("number", "")
        if number.isdecimal():
            self.bench.drop(int(number))
        return self._to(screen.address())

    # What all answers share

    def _changed(self, screen: Screen) -> Answer:
        return self._trouble(screen.language, screen.say("board-changed"), 409)

    def _to(self, address: str) -> Answer:
        return Answer(b"", 303, more={"Location": address})

    def _trouble(self, language: str, sentence: str | Said, status: int) -> Answer:
        """A page that needs no tables, since these may be what is wrong."""
        home = f"{self.base}/{language}/"
        title = say("board-trouble", language)
        frame = BoardFrame(
            language,
            title,
            "",
            f"{self.base}/static/",
            home,
            (Link(say("board-place-plan", language), home, False),),
            tuple(
                Link(say("tongue", one), f"{self.base}/{one}/", one == language)
                for one in LANGUAGES
            ),
        )
        return _page("board_trouble", BoardTroublePage(frame, sentence), status)


@cache
def _engine() -> Engine:
    """Templates alone, without a site of Django around them."""
    return Engine(
        dirs=[str(Path(__file__).parents[1] / "templates")],
        libraries={"screen": "architrave.portal.templatetags.screen"},
    )


def _page(template: str, page: object, status: int = 200) -> Answer:
    text = _engine().get_template(f"portal/{template}.html").render(Context({"page": page}))
    frame: BoardFrame = page.frame  # type: ignore[attr-defined]
    return Answer(text.encode(), status, more={"Content-Language": frame.language})
