"""The drawing: years one below the other, months across, lanes by series, a bar for each piece.

It is drawn here, so that it needs no script, and from the same pieces as the table below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from architrave.desks.exercises.approvals import readiness
from architrave.desks.exercises.editions import labelled
from architrave.desks.exercises.gates import Gate
from architrave.desks.exercises.model import Placed
from architrave.portal.board.pages_board import (
    BoardBar,
    BoardChart,
    BoardLane,
    BoardMark,
    BoardMonth,
    BoardSpan,
    BoardYear,
)
from architrave.portal.board.pieces import Lane, Piece, lanes_of
from architrave.portal.board.screen import Screen, piece_href
from architrave.portal.formats import plain
from architrave.portal.words import say_of

__all__ = ["LANE", "LEFT", "STEP", "chart_of"]

LEFT, STEP, WIDTH = 212, 2.2, 1030
"""Where the first of January stands, how wide a day is, and the whole, in the drawing's units."""
LANE, HEAD, GAP, TOP = 28, 34, 10, 8
THUMB = 24
THINNEST = 3.0
MARK = 8


def chart_of(screen: Screen, pieces: Sequence[Piece], gates: Sequence[Gate]) -> BoardChart:
    """The drawing of a plan; `gates` are the conferences of all its editions."""
    horizon = screen.tables.programme.horizon
    lanes = lanes_of(screen.tables.programme)
    years = [horizon.year + count for count in range(horizon.years)]
    places = {lane.id: number for number, lane in enumerate(lanes)}
    label = screen.say("board-chart-label", first=years[0], last=years[-1])
    if screen.tables.is_sandbox:
        label = screen.say("pair", left=screen.say("board-illustrative-mark"), right=label)
    shading = _Shading(screen)
    return BoardChart(
        str(WIDTH),
        str(TOP + len(years) * _year_height(len(lanes))),
        label,
        screen.say("board-illustrative-mark") if screen.tables.is_sandbox else "",
        str(LEFT),
        f"{STEP:g}",
        f"{366 * STEP:.1f}",
        tuple(_year(screen, shading, lanes, number, year) for number, year in enumerate(years)),
        tuple(_gates(screen, gates, places, len(lanes))),
        tuple(_bar(screen, one, places[one.lane], len(lanes)) for one in pieces),
        "" if screen.tables.is_sandbox else horizon.first.isoformat(),
        " ".join(str(_days_in(year)) for year in years),
    )


def _days_in(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1


def _year_height(lanes: int) -> int:
    return HEAD + lanes * LANE + GAP


def _x(day: date) -> float:
    return LEFT + (day - date(day.year, 1, 1)).days * STEP


def _y(screen: Screen, day: date, lane: int, lanes: int) -> int:
    year = day.year - screen.tables.programme.horizon.year
    return TOP + year * _year_height(lanes) + HEAD + lane * LANE


def _year(
    screen: Screen, shading: _Shading, lanes: Sequence[Lane], number: int, year: int
) -> BoardYear:
    top = TOP + number * _year_height(len(lanes))
    sandbox = screen.tables.is_sandbox
    return BoardYear(
        screen.say("board-year", year=year) if sandbox else str(year),
        str(top),
        str(top + 16),
        str(_year_height(len(lanes)) - GAP),
        tuple(
            BoardMonth(f"{_x(date(year, month, 1)):.1f}", screen.say("board-month", month=month))
            for month in range(1, 13)
        ),
        tuple(
            BoardLane(
                lane.name,
                lane.part is not None,
                str(y := top + HEAD + place * LANE),
                shading.shut(lane, year, y),
                shading.dear(lane, year, y),
                shading.holidays(lane, year, y),
            )
            for place, lane in enumerate(lanes)
        ),
    )


class _Shading:
    """Outlines of the days in the way of a lane's series, one path for each kind."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        tables = screen.tables
        self.barred = [one for one in tables.programme.blackouts if one.weight is None]
        self.priced = [one for one in tables.programme.blackouts if one.weight is not None]

    def shut(self, lane: Lane, year: int, y: int) -> str:
        """Days that are barred at no price."""
        return _outline(self._touching(lane, self.barred), year, y)

    def dear(self, lane: Lane, year: int, y: int) -> str:
        """Days at a price, and occasions."""
        occasions = self.screen.tables.occasions
        return _outline(self._touching(lane, [*self.priced, *occasions]), year, y)

    def holidays(self, lane: Lane, year: int, y: int) -> str:
        """Public holidays of the lane's parties."""
        calendars = self.screen.calendars
        if calendars is None:
            return ""
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = {one.day for one in calendars.holidays(lane.series.parties, first, last)}
        return _outline(((day, day) for day in sorted(days)), year, y)

    @staticmethod
    def _touching(lane: Lane, rows: Iterable[object]) -> Iterator[tuple[date, date]]:
        for one in rows:
            parties: tuple[str, ...] = one.parties  # type: ignore[attr-defined]
            if not parties or any(party in lane.series.parties for party in parties):
                yield one.first, one.last  # type: ignore[attr-defined]


def _outline(spans: Iterable[tuple[date, date]], year: int, y: int) -> str:
    parts = []
    for first, last in spans:
        begins, ends = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        if begins <= ends:
            width = ((ends - begins).days + 1) * STEP
            parts.append(f"M{_x(begins):.1f} {y}h{width:.1f}v{LANE}h-{width:.1f}z")
    return "".join(parts)


def _bar(screen: Screen, piece: Piece, lane: int, lanes: int) -> BoardBar:
    placed = piece.placed
    spans = tuple(_spans(screen, placed, lane, lanes, thin=bool(placed.part)))
    first = spans[0]
    left, width = float(first.x), float(first.width)
    hold = max(width, THUMB)
    y = _y(screen, placed.first, lane, lanes)
    kind = "part" if placed.part else "edition"
    return BoardBar(
        labelled(placed),
        piece_href(screen, placed),
        screen.label(placed, piece.tentative),
        f"{kind} tentative" if piece.tentative else kind,
        piece.lane,
        str(screen.counted(placed.first)),
        str(placed.days),
        spans,
        BoardSpan(
            f"{left - (hold - width) / 2:.1f}",
            str(y + (LANE - THUMB) // 2),
            f"{hold:.1f}",
            str(THUMB),
        ),
        () if placed.part else tuple(_marks(screen, placed, spans[-1])),
    )


def _spans(
    screen: Screen, placed: Placed, lane: int, lanes: int, thin: bool
) -> Iterator[BoardSpan]:
    """One stretch for each year in which it lies; what lies beyond the plan is drawn in no year."""
    height = 8 if thin else 16
    first = placed.first
    while first <= min(placed.last, screen.tables.programme.horizon.last) or first == placed.first:
        last = min(placed.last, date(first.year, 12, 31))
        width = max(((last - first).days + 1) * STEP, THINNEST)
        y = _y(screen, first, lane, lanes) + (LANE - height) // 2
        yield BoardSpan(f"{_x(first):.1f}", str(y), f"{width:.1f}", str(height))
        first = last + timedelta(days=1)


def _marks(screen: Screen, placed: Placed, span: BoardSpan) -> Iterator[BoardMark]:
    """What each party has said: small squares behind the bar, in the order of names."""
    found = readiness(
        screen.tables.programme, placed.edition, screen.tables.approvals, screen.today
    )
    said = {one.party: one.state for one in found.approvals}
    for place, party in enumerate(screen.parties(said)):
        x = float(span.x) + float(span.width) + 5 + place * (MARK + 2)
        state = say_of("approval", said[party], screen.language)
        title = screen.say("pair", left=plain(screen.party(party)), right=state)
        yield BoardMark(f"{x:.1f}", str(int(span.y) + 4), str(said[party]), title)


def _gates(
    screen: Screen, gates: Sequence[Gate], places: dict[str, int], lanes: int
) -> Iterator[BoardMark]:
    horizon = screen.tables.programme.horizon
    for one in gates:
        if horizon.first <= one.day <= horizon.last:
            kind = say_of("gate", one.kind, screen.language)
            name = screen.name_of(one.edition)
            told = screen.say("pair", left=name, right=kind)
            y = _y(screen, one.day, places[one.edition.partition("/")[0]], lanes)
            title = screen.say("board-on-day", what=told, day=screen.day_text(one.day))
            yield BoardMark(f"{_x(one.day):.1f}", str(y), "shut" if one.is_shut else "free", title)
