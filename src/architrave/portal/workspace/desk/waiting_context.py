"""The context of what waits: on the officer's seat, on this capital's other seats, and for others.

Each row is asked of `institution.pending` and `institution.owed`, as `architrave status` asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from architrave.charter.model import Body
from architrave.institution.alerts import Alert, first_known
from architrave.institution.cadence import day_end
from architrave.institution.owed import Owed
from architrave.institution.pending import Consultation, Need, OpenMatter, Status, Waiting, status
from architrave.institution.promises import State
from architrave.portal import formats
from architrave.portal.rows import wording_of
from architrave.portal.workspace.desk.desk_frame import (
    desk_frame,
    desk_tabs,
    form_link,
    seat_name,
)
from architrave.portal.workspace.desk.own_copy import OwnCopy
from architrave.portal.workspace.desk.pages_desk import DeskBlock, WaitRow, WorkPage
from architrave.portal.workspace.officers import Officer
from architrave.portal.workspace.workspace_context import officer_row

__all__ = ["work_page"]

_SPEAKS = (Need.POSITION, Need.INSTRUCTIONS, Need.OBJECTION, Need.SILENCE)
_BEGUN = ("consult", "alert", "table")
# A repair is proven by the next drill that is answered in time: nothing is done about it here.
_ANSWERS = {Need.ANSWER: "acknowledge", Need.LINE: "acknowledge", Need.MEETING: "convene"}


@dataclass(frozen=True, slots=True)
class _Found:
    party: str
    seat: str
    until: int | None
    row: WaitRow


def work_page(copy: OwnCopy, officer: Officer) -> WorkPage:
    """What waits, for this officer first."""
    found = sorted(
        _found(copy, status(copy.state, copy.view)),
        key=lambda one: (one.until is None, one.until or 0, one.row.symbol),
    )
    own = [one for one in found if one.party == officer.party]
    return WorkPage(
        frame=desk_frame(copy, copy.say("work-title")),
        tabs=desk_tabs(copy, "work"),
        officer=officer_row(copy, officer),
        acts=officer.acts,
        blocks=(
            _block(copy, "seat", [one for one in own if one.seat == officer.seat]),
            _block(copy, "capital", [one for one in own if one.seat != officer.seat]),
            _block(copy, "others", [one for one in found if one.party != officer.party]),
        ),
        forms=tuple(form_link(copy, name) for name in _BEGUN) if officer.acts else (),
        keys_href=copy.address("work", "keys"),
        leave_href=copy.address("work", "leave"),
    )


def _block(copy: OwnCopy, name: str, found: list[_Found]) -> DeskBlock:
    rows = tuple(one.row for one in found)
    return DeskBlock(name, copy.say_of("work-waits", name), rows, copy.say_of("work-none", name))


def _found(copy: OwnCopy, now: Status) -> Iterator[_Found]:
    for matter in now.pending:
        for waiting in matter.awaiting:
            yield _matter_row(copy, matter, waiting)
    for asked in now.consultations:
        yield from _asked_rows(copy, asked)
    for warned in now.alerts:
        yield from _asked_rows(copy, warned)
    for owed in now.owed:
        if not owed.suspensions and (owed.next or owed.state is State.NONE_FOUND):
            yield _owed_row(copy, owed)


def _matter_row(copy: OwnCopy, one: OpenMatter, waiting: Waiting) -> _Found:
    standing, version = one.standing, one.shown.version
    seat = version.body.seat_of(waiting.party).id
    mine = waiting.party == copy.peer.party and waiting.need in _SPEAKS
    until = waiting.until
    return _Found(
        waiting.party,
        seat,
        until,
        WaitRow(
            due=copy.here(until) if until is not None else None,
            times=copy.zones(until) if until is not None else (),
            over=until is not None and copy.passed(until),
            rule=copy.cite(version.article.number),
            party=copy.party(waiting.party),
            seat=seat_name(copy, seat),
            what=copy.say_of("need", waiting.need),
            about=copy.of(wording_of(one.shown).title),
            symbol=standing.symbol,
            drill=False,
            action=form_link(copy, "position", standing.symbol) if mine else None,
        ),
    )


def _asked_rows(copy: OwnCopy, one: Consultation | Alert) -> Iterator[_Found]:
    body = copy.charter.body(one.act.body)
    for waiting in one.awaiting:
        need, form = copy.say_of("need", waiting.need), _ANSWERS.get(waiting.need, "")
        form = "respond" if isinstance(one, Alert) and form == "acknowledge" else form
        yield _asked_row(copy, one, body, waiting.party, need, form, waiting.until)
    if one.closed is None:
        # Also while somebody is silent: a drill fails by its close, and only its asker closes it.
        close = copy.say("work-to-close")
        yield _asked_row(copy, one, body, one.asked.party, close, "close", None)
        mine = copy.peer.party in body.parties
        asked = isinstance(one, Consultation)
        if asked and mine and not one.act.drill and copy.charter.article_for(body.id, "assess"):
            assess = copy.say("work-to-assess")
            yield _asked_row(copy, one, body, copy.peer.party, assess, "assess", None)


def _asked_row(
    copy: OwnCopy,
    one: Consultation | Alert,
    body: Body,
    party: str,
    what: str,
    form: str,
    until: int | None,
) -> _Found:
    seat = body.seat_of(party).id
    warned = isinstance(one, Alert)
    answers, asks = ("respond", "alert") if warned else ("acknowledge", "consult")
    permit = form if form in ("close", "convene", "assess") else answers
    article = copy.charter.article_for(body.id, permit) or copy.charter.article_for(body.id, asks)
    symbol = one.act.symbol
    return _Found(
        party,
        seat,
        until,
        WaitRow(
            due=copy.here(until) if until is not None else None,
            times=copy.zones(until) if until is not None else (),
            over=until is not None and copy.passed(until),
            rule=copy.cite(article.number if article is not None else ""),
            party=copy.party(party),
            seat=seat_name(copy, seat),
            what=what,
            about=copy.of(first_known(one.act) if isinstance(one, Alert) else one.act.ground),
            symbol=symbol,
            drill=one.act.drill,
            action=form_link(copy, form, symbol) if form and party == copy.peer.party else None,
        ),
    )


def _owed_row(copy: OwnCopy, one: Owed) -> _Found:
    until = day_end(one.due)
    mine = one.party == copy.peer.party
    version = one.standing.current.version
    return _Found(
        one.party,
        one.pledge.owner,
        until,
        WaitRow(
            due=formats.date_moment(date.fromisoformat(one.due), copy.language),
            times=(),
            over=copy.passed(until),
            rule=copy.cite(version.article.number),
            party=copy.party(one.party),
            seat=seat_name(copy, one.pledge.owner),
            what=copy.say_of("promise", one.state),
            about=copy.of(one.pledge.what),
            symbol=one.standing.symbol,
            drill=False,
            action=form_link(copy, "report", one.standing.symbol) if mine else None,
        ),
    )
