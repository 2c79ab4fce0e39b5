"""The brief's parts from the record: what waits, what is owed, consultations and drills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from architrave.institution.drills import Leg, LegState
from architrave.institution.owed import Owed
from architrave.institution.pending import Consultation, OpenMatter, Waiting, consultations, status
from architrave.institution.picture import Agreement, Point, picture
from architrave.institution.promises import PeriodState, State, SummaryRow, is_late
from architrave.portal import formats
from architrave.portal.mark import beam_of_version
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.desk_data import DeskData
from architrave.portal.papers.fitting import clipped, more
from architrave.portal.papers.model import Text
from architrave.portal.papers.sheet import Sheet
from architrave.portal.reading import Copy
from architrave.portal.register.register_blocks import cell, years_of
from architrave.portal.rows import stage_text, wording_of

__all__ = ["awaited_lines", "owed_part", "talks_part", "waiting_part"]

_MATTERS, _OWED, _PROMISES, _TALKS, _POINTS = 5, 5, 3, 3, 3
_TITLE, _WHAT, _GROUND = 72, 76, 60

Bodies = frozenset[str]


def waiting_part(sheet: Sheet, bodies: Bodies, most: int = _MATTERS) -> None:
    """Matters that are open: who tabled them, who has taken a position, and whom they await."""
    copy, say = sheet.copy, sheet.copy.say
    found = [
        one for one in status(copy.state, copy.view).pending if one.shown.version.body.id in bodies
    ]
    sheet.heading(2, say("brief-waits"), " · ", formats.number(len(found)))
    if not found:
        sheet.paragraph(say("brief-nothing-waits"))
    head = (say("brief-matter"), say("matter-tabled-by"), say("paper-stage"), say("awaiting-title"))
    rows = (_matter(sheet, one) for one in found[:most])
    sheet.table(head, rows, (7, 2, 4, 6))
    more(sheet, found, most, "matters")


def _matter(sheet: Sheet, one: OpenMatter) -> tuple[tuple[object, ...], ...]:
    copy = sheet.copy
    title = clipped(copy.of(wording_of(one.shown).title), _TITLE)
    return (
        (one.standing.symbol, " ", title),
        (copy.party(one.standing.tabled.party),),
        (sheet.lines((stage_text(copy, one.shown), beam_of_version(copy, one.shown).label)),),
        (sheet.lines(awaited_lines(copy, one.awaiting)),),
    )


def awaited_lines(copy: Copy, waiting: Iterable[Waiting]) -> list[Shown]:
    """Whom something waits for; parties with one need and one date stand together."""
    together: dict[tuple[str, int | None], list[str]] = {}
    for one in waiting:
        together.setdefault((one.need.value, one.until), []).append(one.party)
    lines: list[Shown] = []
    for (need, until), parties in together.items():
        said = copy.say("pair", left=copy.parties(parties), right=copy.say_of("need", need))
        due = "" if until is None else copy.say("brief-until", at=copy.here(until))
        lines.append(formats.joined([said, *([due] if due else [])], " · "))
    return lines


# -- what is owed -----------------------------------------------------------------------------


def owed_part(sheet: Sheet, bodies: Bodies, desk: DeskData) -> None:
    """Commitments by seat, then three-way promises; *overdue* only where a source says not held."""
    copy, say = sheet.copy, sheet.copy.say
    owed = [
        one
        for one in status(copy.state, copy.view).owed
        if one.standing.current.version.body.id in bodies
        and (one.next or one.state is not State.HELD)
    ]
    owed.sort(key=lambda one: (one.due, copy.order.index(one.party), one.pledge.id))
    promised = [(row, _latest(row)) for row in desk.recurring]
    promised.sort(key=lambda pair: not is_late(pair[1].state))
    sheet.heading(2, say("handover-owed"), " · ", formats.number(len(owed) + len(promised)))
    if not owed and not promised:
        sheet.paragraph(say("brief-nothing-owed"))
    rows = [
        *(_owed(sheet, one) for one in owed[:_OWED]),
        *(_promised(sheet, *pair) for pair in promised[:_PROMISES]),
    ]
    head = (say("brief-seat"), say("paper-promise"), say("brief-due"), say("paper-stage"))
    sheet.table(head, rows, (5, 7, 3, 4))
    more(sheet, owed, _OWED, "calendar")
    more(sheet, promised, _PROMISES, "register")


def _owed(sheet: Sheet, one: Owed) -> tuple[tuple[object, ...], ...]:
    copy = sheet.copy
    seat = copy.charter.find_seat(one.pledge.owner)
    title = copy.of(seat.title) if seat is not None else one.pledge.owner
    what = clipped(copy.of(one.pledge.what), _WHAT)
    state = _state(copy, one.state)
    return (
        (clipped(title, _WHAT),),
        (what, " · ", one.standing.symbol),
        (formats.iso_text(one.due, copy.language),),
        (state,),
    )


def _promised(sheet: Sheet, row: SummaryRow, last: PeriodState) -> tuple[tuple[object, ...], ...]:
    copy, register = sheet.copy, sheet.copy.register
    assert register is not None
    return (
        (clipped(cell(copy, register, row.promise.id, "body"), _WHAT),),
        (clipped(cell(copy, register, row.promise.id, "text"), _WHAT), " · ", copy.say("compiled")),
        (years_of(last),),
        (_state(copy, last.state),),
    )


def _latest(row: SummaryRow) -> PeriodState:
    """The latest period of which something is known; else the latest."""
    known = [one for one in row.states if one.state is not State.NOT_KNOWN]
    return (known or row.states)[-1]


def _state(copy: Copy, state: State) -> str:
    return copy.say("brief-overdue") if is_late(state) else copy.say_of("promise", state)


# -- consultations and drills -----------------------------------------------------------------


def talks_part(sheet: Sheet, bodies: Bodies) -> None:
    """Consultations that are open, then the last drill: who answered, who did not, what differs."""
    copy, say = sheet.copy, sheet.copy.say
    every = [one for one in consultations(copy.state, copy.view) if one.act.body in bodies]
    drill = next((one for one in every if one.act.drill), None)
    open_now = [one for one in every if one.pending and one is not drill]
    latest = [one for one in every if not one.act.drill and not one.pending][:1]
    shown = [*open_now, *(latest if not open_now else [])]
    sheet.heading(2, say("brief-talks"), " · ", formats.number(len(every)))
    if not every:
        sheet.paragraph(say("brief-no-talks"))
        return
    entries = [_talk(sheet, one) for one in shown[:_TALKS]]
    entries.append(_talk(sheet, drill) if drill is not None else sheet.word("brief-no-drill"))
    points = [
        point
        for one in (*shown[:_TALKS], *([drill] if drill else []))
        for point in _differing(copy, one)
    ]
    entries += [_point(sheet, one) for one in points[:_POINTS]]
    sheet.listing((entry,) for entry in entries)
    more(sheet, open_now, _TALKS, "")
    more(sheet, points, _POINTS, "")
    sheet.note(say("brief-claimed"))


def _talk(sheet: Sheet, one: Consultation) -> Text:
    copy, say = sheet.copy, sheet.copy.say
    ground = say("drill-title") if one.act.drill else clipped(copy.of(one.act.ground), _GROUND)
    at = copy.here(one.asked.t)
    parts: list[object] = [
        one.act.symbol,
        ground,
        say("brief-asked-by", party=copy.party(one.asked.party), at=at),
        *_legs(copy, one.legs, at),
    ]
    return sheet.text(formats.joined(parts, " · "))


def _legs(copy: Copy, legs: Sequence[Leg], at: object) -> list[object]:
    answered = sorted(
        (
            (leg.answer.t, copy.order.index(leg.party), leg)
            for leg in legs
            if leg.answer is not None and leg.state is LegState.ANSWERED
        ),
        key=lambda row: row[:2],
    )
    said: list[object] = []
    for place, (when, _, leg) in enumerate(answered):
        slowest = place == len(answered) - 1 and place > 0
        word = copy.say(
            "brief-slowest" if slowest else "brief-answered",
            party=copy.party(leg.party),
            at=copy.here(when),
        )
        said.append(word)
    # Who says after the close why its line failed has not answered the drill by that.
    for state in (LegState.EXPLAINED, LegState.REPAIRED):
        late = copy.ordered([leg.party for leg in legs if leg.state is state])
        word = copy.say_of("leg", state)
        said += [copy.say("pair", left=copy.party(one), right=word) for one in late]
    silent = [leg.party for leg in legs if leg.answer is None]
    if silent:
        said.append(copy.say("brief-silent", parties=copy.parties(silent), at=at))
    return said


def _differing(copy: Copy, one: Consultation) -> list[Point]:
    found = picture(copy.state, copy.view, one.asked.name)
    return [
        point
        for point in (found.points if found is not None else ())
        if point.agreement is Agreement.DIFFERS
    ]


def _point(sheet: Sheet, point: Point) -> Text:
    copy = sheet.copy
    readings = {
        read.party: read.act.reading for worded in point.propositions for read in worded.readings
    }
    said = [
        copy.say("pair", left=copy.party(party), right=copy.say_of("reading", readings[party]))
        for party in copy.ordered(readings)
    ]
    listed = formats.listing(said, copy.language)
    return sheet.text(copy.say("brief-point", point=point.id, readings=listed))
