"""The board itself: the plan as drawing and as table, from the same pieces."""

from __future__ import annotations

from collections.abc import Sequence

from architrave.desks.exercises.approvals import readiness
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.gates import Gate, gates
from architrave.desks.exercises.lessons import read_lessons
from architrave.desks.exercises.model import Placed
from architrave.desks.exercises.trials import faults_of
from architrave.portal.board.chart import chart_of
from architrave.portal.board.pages_board import (
    BoardApproval,
    BoardGate,
    BoardPage,
    BoardRow,
)
from architrave.portal.board.pieces import Piece, lanes_of, pieces_of
from architrave.portal.board.screen import Screen, piece_href
from architrave.portal.formats import listing
from architrave.portal.words import say_of

__all__ = ["board_page", "gates_of", "row_of", "standing"]


def board_page(screen: Screen, said: str = "") -> BoardPage:
    """The plan of a folder as it stands after its moves."""
    tables = screen.tables
    pieces = standing(screen)
    held = {
        one.placed.edition: gates_of(screen, one.placed) for one in pieces if not one.placed.part
    }
    all_gates = [gate for many in held.values() for gate in many]
    return BoardPage(
        screen.frame(screen.say("board-title"), ""),
        said,
        chart_of(screen, pieces, all_gates) if pieces else None,
        tuple(row_of(screen, one, held.get(one.placed.edition, ())) for one in pieces),
        tuple(
            screen.fault(one) for one in faults_of(tables.programme, tables.plan, tables.moves)
        ) if pieces else (),
        _no_holidays(screen),
        screen.token,
        screen.address("again"),
        screen.address("piece"),
    )  # fmt: skip


def standing(screen: Screen) -> tuple[Piece, ...]:
    """The pieces of the plan as it stands."""
    tables = screen.tables
    return pieces_of(tables.programme, tables.plan, tables.moves)


def gates_of(screen: Screen, placed: Placed) -> tuple[Gate, ...]:
    """The conferences of an edition; none where no holidays can be had, as in a sandbox."""
    tables = screen.tables
    if screen.calendars is None:
        return ()
    return gates(
        tables.programme,
        placed,
        screen.calendars,
        screen.today,
        tables.products,
        read_lessons(tables.files, tables.programme, tables.plan),
    )


def row_of(screen: Screen, piece: Piece, held: Sequence[Gate]) -> BoardRow:
    """What the bar of a piece shows, in words."""
    placed, programme = piece.placed, screen.tables.programme
    lanes = {lane.id: lane.name for lane in lanes_of(programme)}
    return BoardRow(
        labelled(placed),
        screen.name(placed),
        piece.lane,
        lanes[piece.lane],
        screen.day(placed.first),
        screen.day(placed.last),
        str(placed.days),
        screen.party(placed.host),
        screen.party(placed.command),
        _state(screen, piece),
        () if placed.part else tuple(_gate(screen, one) for one in held),
        () if placed.part else _approvals(screen, placed),
        piece_href(screen, placed),
    )


def _state(screen: Screen, piece: Piece) -> str:
    if piece.tentative:
        return screen.say("board-open-day")
    if piece.moves:
        return screen.say("board-moved", n=len(piece.moves))
    return screen.say("board-within") if piece.within else ""


def _gate(screen: Screen, gate: Gate) -> BoardGate:
    waits = listing((one.name for one in gate.waits_for), screen.language)
    return BoardGate(
        say_of("gate", gate.kind, screen.language),
        screen.day(gate.day),
        screen.say("board-gate-waits", products=waits) if gate.is_shut else "",
    )


def _approvals(screen: Screen, placed: Placed) -> tuple[BoardApproval, ...]:
    tables = screen.tables
    found = readiness(tables.programme, placed.edition, tables.approvals, screen.today)
    said = {one.party: one.state for one in found.approvals}
    return tuple(
        BoardApproval(
            screen.party(party), say_of("approval", said[party], screen.language), str(said[party])
        )
        for party in screen.parties(said)
    )


def _no_holidays(screen: Screen) -> str:
    if screen.tables.is_sandbox or screen.calendars is not None:
        return ""
    return screen.say("board-no-holidays")
