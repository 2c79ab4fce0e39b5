"""The context of what became of a signed entry that was given at a page."""

from __future__ import annotations

import base64
import binascii

from architrave.institution.act_reading import read_act
from architrave.institution.acts import Act, kind_of
from architrave.institution.errors import InstitutionError
from architrave.institution.state import Refused
from architrave.node.markings import marking_in
from architrave.peer.effects import Answer
from architrave.portal.reasons import reason_in
from architrave.portal.workspace.desk.desk_frame import desk_frame, desk_tabs
from architrave.portal.workspace.desk.own_copy import OwnCopy
from architrave.portal.workspace.desk.pages_desk import GivenPage
from architrave.portal.workspace.officers import Officer
from architrave.record.errors import RecordError
from architrave.record.sealing import MAX_ACT, SealedAct

__all__ = ["given_page", "signed_act", "unread_page"]


def signed_act(text: str, officer: Officer) -> tuple[bytes, Act] | str:
    """The signed act in a text that was pasted; else why not, as an id of a screen word."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
        sealed = SealedAct(b"", data)
        document = sealed.document if len(data) <= MAX_ACT else None
        act = read_act(sealed).act
    except (binascii.Error, ValueError, RecordError, InstitutionError):
        return "work-not-signed"
    if marking_in(document) is not None:
        return "work-given-marked"
    if act.party != officer.party or act.seat != officer.seat:
        return "work-not-yours"
    return data, act


def given_page(copy: OwnCopy, act: Act, answer: Answer) -> GivenPage:
    """What the copy answered."""
    verdict, tip = answer.verdict, answer.tip
    line = copy.line(tip) if tip is not None else ""
    book = copy.address("record", copy.peer.party.lower()) if tip is not None else ""
    refused = isinstance(verdict, Refused)
    return GivenPage(
        frame=desk_frame(copy, copy.say("work-given"), "give"),
        tabs=desk_tabs(copy, "give"),
        kind=copy.say_of("kind", kind_of(act)),
        admitted=not refused,
        line=line,
        href=book,
        article=copy.cite(verdict.article),
        why=reason_in(verdict.reason, copy.language) if isinstance(verdict, Refused) else "",
    )


def unread_page(copy: OwnCopy, why: str) -> GivenPage:
    """That nothing was given, and why: the id of a screen word."""
    return GivenPage(
        frame=desk_frame(copy, copy.say("work-given"), "give"),
        tabs=desk_tabs(copy, "give"),
        kind="",
        admitted=False,
        line="",
        href="",
        article="",
        why=copy.say(why),
    )
