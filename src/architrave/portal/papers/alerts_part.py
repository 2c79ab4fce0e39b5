"""The brief's part on alerts: those that nobody has closed, and what they wait for."""

from __future__ import annotations

from architrave.institution.acts import Alerted
from architrave.institution.alerts import Alert, alerts, first_point, point_of
from architrave.institution.meeting_clock import meeting_clock
from architrave.portal import formats
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.council_record import awaited_lines
from architrave.portal.papers.fitting import clipped, more
from architrave.portal.papers.model import Text
from architrave.portal.papers.sheet import Sheet

__all__ = ["alerts_part"]

_WORDS = 40


def alerts_part(sheet: Sheet, bodies: frozenset[str], most: int) -> int:
    """Alerts that are open: who raised them, who has answered, what is owed, and the meeting.

    How many are listed comes back, for a paper that has to make room.
    """
    copy, say = sheet.copy, sheet.copy.say
    found = [one for one in alerts(copy.state, copy.view) if one.pending and one.act.body in bodies]
    if not found:
        sheet.paragraph(say("brief-no-alerts"))
        return 0
    found.sort(key=_urgent)
    sheet.heading(2, say("alerts-title"), " · ", formats.number(len(found)))
    sheet.listing([_alert(sheet, one)] for one in found[:most])
    more(sheet, found, most, "matters")
    return min(len(found), most)


def _urgent(one: Alert) -> tuple[bool, bool, int]:
    """Tests last; before them what has its meeting, and first what is due first."""
    due = [waiting.until for waiting in one.awaiting if waiting.until is not None]
    return one.act.drill, not due, min(due, default=0)


def _alert(sheet: Sheet, one: Alert) -> Text:
    copy, say = sheet.copy, sheet.copy.say
    said: list[Shown] = [
        one.act.symbol,
        say("alert-test-title" if one.act.drill else "alert-title"),
        _first_point(sheet, one),
        say("alert-raised", party=copy.party(one.asked.party), at=copy.here(one.asked.t)),
    ]
    if one.answers:
        parties = copy.parties(dict.fromkeys(fact.party for fact in one.answers))
        said.append(say("pair", left=say("alert-answers-title"), right=parties))
    clock = meeting_clock(copy.state, copy.view, one.asked)
    if clock is not None and clock.meeting is not None:
        meets = clock.meeting.act
        said.append(say("brief-meets", symbol=meets.symbol, at=copy.here(meets.starts)))
    return sheet.text(formats.joined([*said, *awaited_lines(copy, one.awaiting)], " · "))


def _first_point(sheet: Sheet, one: Alert) -> Shown:
    """The first point of which something is known, as it can be read here."""
    copy, act = sheet.copy, sheet.copy.read(one.asked.tip)
    act = act if isinstance(act, Alerted) else one.act
    point = first_point(act)
    words = clipped(copy.of(point_of(act, point)), _WORDS)
    return copy.say("pair", left=copy.say_of("alert-point", point), right=words)
