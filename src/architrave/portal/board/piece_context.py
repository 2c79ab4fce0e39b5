"""One edition or part: where it stands, its history, and what a new place would mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from architrave.desks.exercises.approvals import readiness
from architrave.desks.exercises.clashes import Clash
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.model import Placed
from architrave.desks.exercises.postponements import Move
from architrave.desks.exercises.trials import Trial, trial
from architrave.portal.board.board_context import gates_of, row_of, standing
from architrave.portal.board.decisions import decision_form, typed_day, usual_day
from architrave.portal.board.pages_board import (
    BoardBooking,
    BoardClashes,
    BoardPast,
    BoardPiecePage,
    BoardTrial,
)
from architrave.portal.board.pieces import Piece
from architrave.portal.board.screen import Screen, last_day, piece_href, week_of
from architrave.portal.pages_rows import Shown
from architrave.portal.words import say_of

__all__ = ["asked_day", "piece_named", "piece_page", "tried"]


def piece_named(screen: Screen, asked: Mapping[str, str]) -> Piece | None:
    """The piece that an address or a form names; None if none stands there."""
    named = {labelled(one.placed): one for one in standing(screen)}
    return named.get(asked.get("of", ""))


def asked_day(screen: Screen, piece: Piece, asked: Mapping[str, str]) -> date | None:
    """The new day that was asked about: counted, as a date, or as a sandbox's year and week.

    None where none was asked, or where it is the day on which the piece stands anyway. ValueError
    for what is no day, or none that can be planned.
    """
    horizon = screen.tables.programme.horizon
    if asked.get("to"):
        found = screen.day_at(int(asked["to"]))
    elif asked.get("day") and not screen.tables.is_sandbox:
        found = date.fromisoformat(asked["day"])
    elif asked.get("year") and asked.get("week"):
        found = date(int(asked["year"]), 1, 1) + timedelta(days=7 * (int(asked["week"]) - 1))
        if found.year != int(asked["year"]):
            raise ValueError(asked["week"])
        same = week_of(found) == week_of(piece.placed.first)
        if same and found.year == piece.placed.first.year:
            return None
    else:
        return None
    if not horizon.first <= found <= last_day(horizon):
        raise ValueError(str(found))
    return None if found == piece.placed.first else found


def tried(screen: Screen, piece: Piece, to: date, decided: date) -> Trial:
    """A new place of a piece, tried by the desk."""
    tables = screen.tables
    return trial(
        tables.programme,
        tables.first_plan,
        tables.moves,
        Move(piece.placed.edition, piece.placed.first, decided, "-", "-", piece.placed.part, to),
        screen.calendars,
        tables.occasions,
    )


def piece_page(
    screen: Screen,
    piece: Piece,
    to: date | None = None,
    form: Mapping[str, str] | None = None,
    fault: Shown = "",
    said: str = "",
) -> BoardPiecePage:
    """The page of a piece, with a new place tried if `to` names one."""
    placed = piece.placed
    earliest = piece.moves[-1].decided if piece.moves else date.min
    usual = usual_day(screen, earliest)
    shown = to or placed.first
    held = () if placed.part else gates_of(screen, placed)
    sandbox = screen.tables.is_sandbox
    query = piece_href(screen, placed).partition("?")[2]
    asked = f"{query}&to={screen.counted(to)}" if to is not None else query
    return BoardPiecePage(
        screen.frame(screen.name(placed), "piece", asked),
        said,
        row_of(screen, piece, held),
        screen.span_text(placed.first, placed.last),
        _announce(screen, placed),
        screen.say("board-entry-number", n=len(piece.moves)),
        tuple(_past(screen, piece, number) for number in range(len(piece.moves))),
        labelled(placed),
        screen.address("piece"),
        "" if sandbox else shown.isoformat(),
        str(shown.year),
        str(week_of(shown)),
        _trial(screen, piece, to, typed_day(form, usual)) if to is not None else None,
        decision_form(screen, "keep", earliest, form, fault),
    )


def _announce(screen: Screen, placed: Placed) -> str:
    if placed.part:
        return ""
    tables = screen.tables
    found = readiness(tables.programme, placed.edition, tables.approvals, screen.today)
    return screen.say("board-may-announce" if found.may_announce else "board-may-not-announce")


def _past(screen: Screen, piece: Piece, number: int) -> BoardPast:
    move = piece.moves[number]
    last = number == len(piece.moves) - 1 and move.now is not None
    back = piece_href(screen, piece.placed, to=screen.counted(move.was))
    return BoardPast(
        "" if screen.tables.is_sandbox else screen.day(move.decided),
        move.seat,
        move.reason,
        screen.day(move.was),
        screen.day(move.now) if move.now is not None else screen.say("board-open-day"),
        back if last else "",
    )


def _trial(screen: Screen, piece: Piece, to: date, decided: date) -> BoardTrial:
    found = tried(screen, piece, to, decided)
    last = to + timedelta(days=piece.placed.days - 1)
    broken = found.unjudged or found.broken
    if found.unjudged:
        verdict = screen.say("board-unjudged")
    elif found.broken:
        verdict = screen.say("board-broken")
    else:
        verdict = screen.say("board-in-the-way" if found.clashes else "board-clean")
    return BoardTrial(
        screen.span_text(to, last),
        screen.shift((to - piece.placed.first).days),
        tuple(
            BoardClashes(
                say_of("clash", kind, screen.language), tuple(_clash(screen, one) for one in rows)
            )
            for kind, rows in groupby(found.clashes, lambda one: one.kind)
        ),
        tuple(screen.fault(one) for one in broken),
        verdict,
        found.may_stand,
        to > piece.placed.first,
        str(screen.counted(to)),
    )


def _clash(screen: Screen, one: Clash) -> BoardBooking:
    said = [part for part in (one.source, str(one.place) if one.place.file else "") if part]
    return BoardBooking(
        screen.span_text(one.first, one.last), screen.english(one.what), "; ".join(said)
    )
