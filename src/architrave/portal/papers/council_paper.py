"""The council's brief: at most two pages of what a minister's office asks before a meeting.

It is written from the record and the desks, as of the newest line and for nobody's capital: from
the same state of the record, register and tables every copy makes the same bytes. Lists are cut
where they would need a third page, and say how much was cut and where it stands.
"""

from __future__ import annotations

from dataclasses import replace

from architrave.charter.model import Body
from architrave.institution.questions import holder
from architrave.portal import formats
from architrave.portal.charter.charge_context import order_text
from architrave.portal.papers.alerts_part import alerts_part
from architrave.portal.papers.council_desks import dialogues_part, exercises_part, launches_part
from architrave.portal.papers.council_record import owed_part, talks_part, waiting_part
from architrave.portal.papers.desk_data import DeskData
from architrave.portal.papers.fitting import clipped
from architrave.portal.papers.links import council_body
from architrave.portal.papers.model import Paper
from architrave.portal.papers.shared_copy import SharedCopy
from architrave.portal.papers.sheet import Sheet, code
from architrave.portal.words import LANGUAGES
from architrave.record import b64

__all__ = ["command_of", "council_paper", "state_text", "tabled_texts"]

_HOLDER, _ALERTS = 44, 3


def council_paper(copy: SharedCopy, desk: DeskData) -> Paper | None:
    """The brief of the council; None if the charter knows of none."""
    body = council_body(copy.charter)
    if body is None:
        return None
    below = [one for one in copy.charter.bodies if one.parent == body.id]
    bodies = frozenset(one.id for one in (body, *below))
    title = copy.say("brief-title", body=copy.body(body))
    sheet = Sheet(copy)
    _begin(sheet, title)
    _body(sheet, body)
    alerts_part(sheet, bodies, _ALERTS)
    waiting_part(sheet, bodies)
    owed_part(sheet, bodies, desk)
    talks_part(sheet, bodies)
    dialogues_part(sheet, desk)
    exercises_part(sheet, desk)
    launches_part(sheet, desk)
    _sources(sheet, desk)
    _books(sheet)
    return replace(sheet.paper(f"council-brief.{copy.language}", title), compact=True)


def state_text(copy: SharedCopy) -> str:
    """The state of the record that a copy shows: each book's size, as the terminal takes it."""
    return ",".join(f"{party}:{_size(copy, party)}" for party in copy.charter.party_ids)


def command_of(copy: SharedCopy) -> str:
    """The command that makes the same paper from any copy of the record."""
    return f"architrave brief council FOLDER --state {state_text(copy)} --language {copy.language}"


def tabled_texts(copy: SharedCopy) -> tuple[dict[str, str], dict[str, str]]:
    """The title and the summary under which a matter tables the brief, in the charter's languages.

    A language in which the screen has no words gets the English ones.
    """
    title, summary = {}, {}
    body = council_body(copy.charter)
    for language in copy.charter.languages:
        own = replace(copy, language=language if language in LANGUAGES else "en")
        name = formats.plain(own.of(body.name)) if body is not None else ""
        title[language] = own.say("brief-title", body=name)
        summary[language] = own.say("brief-table-summary", at=own.here(own.now).text)
    return title, summary


def _size(copy: SharedCopy, party: str) -> int:
    tip = copy.view.tip(party)
    return tip.size if tip is not None else 0


def _begin(sheet: Sheet, title: object) -> None:
    copy, say = sheet.copy, sheet.copy.say
    sheet.heading(1, title)
    if copy.state.founding.demonstration:
        sheet.note(sheet.bold(say("demo-prefix")), " ", say("demo-banner"))
    stamp = sheet.stamp()
    as_of = (" · ", say("paper-as-of", at=copy.here(stamp))) if stamp else ()
    sheet.note(say("brief-compiled"), *as_of)


def _body(sheet: Sheet, body: Body) -> None:
    copy, say = sheet.copy, sheet.copy.say
    seats = [body.seat_of(party) for party in copy.ordered(body.parties)]
    sheet.facts(
        (say("matter-body"), copy.body(body), " · ", clipped(copy.of(body.mandate), 160)),
        (
            say("brief-asked"),
            sheet.lines(
                say(
                    "pair",
                    left=clipped(copy.of(seat.title), 80),
                    right=clipped(
                        holder(copy.state, copy.view, seat.id) or say("seat-not-entered"), _HOLDER
                    ),
                )
                for seat in seats
            ),
        ),
        (say("body-chair"), order_text(copy, body.chair) if body.chair is not None else ""),
    )


def _sources(sheet: Sheet, desk: DeskData) -> None:
    copy, say = sheet.copy, sheet.copy.say
    sheet.heading(2, say("brief-sources"))
    layers = {one.digest: one for said in desk.assessments for one in said.layers}
    register = copy.register
    if register is not None and register.digest not in layers:
        reach = formats.date_text(register.sources_reach, copy.language)
        rows = [((say("paper-reach"),), (reach,), (code(register.digest),))]
    else:
        rows = []
    rows += [
        (
            (sheet.lines([code(one.name), *([code(one.source[:80])] if one.source else [])]),),
            (formats.iso_text(one.newest, copy.language),),
            (code(one.digest),),
        )
        for one in layers.values()
    ]
    rows += [
        ((say("brief-assessment", desk=one.desk),), ("",), (code(one.digest),))
        for one in desk.assessments
    ]
    head = (say("brief-layer"), say("brief-newest"), say("brief-digest"))
    sheet.table(head, rows, (5, 4, 13))


def _books(sheet: Sheet) -> None:
    copy, say = sheet.copy, sheet.copy.say
    assert isinstance(copy, SharedCopy)
    sheet.heading(2, say("brief-books"))
    rows = []
    for party in copy.order:
        tip = copy.view.tip(party)
        root = code(b64.encode(tip.root)) if tip is not None else ""
        rows.append(((copy.party(party),), (formats.number(tip.size if tip else 0),), (root,)))
    sheet.table((say("col-book"), say("brief-lines"), say("brief-root")), rows, (5, 4, 13))
    sheet.note(say("brief-rebuild"), " ", code(command_of(copy)))
    sheet.note(say("brief-signing"))
