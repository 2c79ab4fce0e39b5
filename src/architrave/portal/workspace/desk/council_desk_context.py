"""The context of the desk of a body: its matters with their texts, and what was tabled in them.

A level of interoperability stands here only as a matter tabled it to those who may read the matter;
the tables beside this copy are not asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.desks.tabling import assessments_in
from architrave.institution.acts import Deposited
from architrave.institution.pending import OpenMatter, focus, open_matters
from architrave.institution.standing import MatterStanding, Stage
from architrave.portal import formats
from architrave.portal.council.consultations_context import drill_months
from architrave.portal.matters.position_rows import position_rows
from architrave.portal.pages_rows import Shown
from architrave.portal.rows import link_to, stage_text, wording_of
from architrave.portal.workspace.desk.desk_frame import (
    body_of,
    desk_frame,
    desk_tabs,
    form_link,
)
from architrave.portal.workspace.desk.own_copy import OwnCopy
from architrave.portal.workspace.desk.pages_desk import (
    DeskMatter,
    LevelCell,
    PlacedRow,
    SaidRow,
    WorkCouncilPage,
)
from architrave.portal.workspace.officers import Officer
from architrave.record.entries import Audience

__all__ = ["work_council_page"]

# A drawing's own units: a line, and its greatest width; a bar that can be seen.
_LINE, _WIDE, _THIN = 14, 600, 3
# What the planner takes for the length of an edition, too: a year at the most.
_LONGEST = 366
_LIVE = frozenset({Stage.OPEN, Stage.RUNNING, Stage.CLOSING, Stage.AGREED, Stage.IN_FORCE})
"""The stages in which what a matter tables still counts for something."""


def work_council_page(copy: OwnCopy, officer: Officer) -> WorkCouncilPage:
    """The desk of the officer's body."""
    body = body_of(copy, officer)
    open_here = [
        one for one in open_matters(copy.state, copy.view) if one.shown.version.body.id == body.id
    ]
    here = [
        one
        for one in copy.told.matters
        if one.current.version.body.id == body.id and focus(one).stage in _LIVE
    ]
    plan, stage = next(((rows, one) for one in here if (rows := _plan(copy, one))), ((), None))
    return WorkCouncilPage(
        frame=desk_frame(copy, copy.say("work-council"), "council"),
        tabs=desk_tabs(copy, "council"),
        body=copy.body(body),
        matters=tuple(_matter(copy, one, officer) for one in open_here),
        sealed=tuple(_sealed(copy)),
        levels=tuple(cell for one in here for cell in _levels(copy, one)),
        plan=plan,
        plan_stage=stage_text(copy, focus(stage)) if stage is not None else "",
        plan_height=len(plan) * _LINE,
        months=drill_months(copy, body.id),
        papers=tuple(
            link_to(copy.say_of("paper", kind), f"/papers/{copy.language}/council.{kind}")
            for kind in ("pdf", "docx", "txt")
        )
        if copy.council is not None
        else (),
    )


def _matter(copy: OwnCopy, one: OpenMatter, officer: Officer) -> DeskMatter:
    fact, wording = one.shown.version.fact, wording_of(one.shown)
    symbol = one.standing.symbol
    everyone = copy.state.founding.origins
    few = fact.audience.logs is not None and fact.audience.logs != everyone
    tables = bool(_assessments(one.standing)) or _programme(one.standing) is not None
    forms = ("position", "retract") if officer.acts else ()
    return DeskMatter(
        symbol=symbol,
        title=copy.of(wording.title),
        summary=copy.of(wording.summary),
        document="" if tables else wording.document,
        stage=stage_text(copy, one.shown),
        readers=copy.readers(fact),
        few=few,
        positions=position_rows(copy, one.shown),
        digests=(
            *(SaidRow(name, (digest,)) for name, digest in sorted(wording.digests.items())),
            *_inputs(one.standing),
        ),
        actions=tuple(form_link(copy, name, symbol) for name in forms),
    )


def _sealed(copy: OwnCopy) -> Iterator[SaidRow]:
    """The papers laid down for some parties only, this one among them, by their titles."""
    everyone = copy.state.founding.origins
    for facts in copy.state.acts.values():
        for fact in copy.view.of(facts):
            if isinstance(fact.act, Deposited) and not fact.audience.covers(
                Audience(everyone), everyone
            ):
                title, source = copy.of(fact.act.title), fact.act.source
                yield SaidRow(title, (copy.readers(fact), source, fact.act.digest))


def _assessments(standing: MatterStanding) -> tuple[Assessment, ...]:
    """What a desk found that the matter tables; none where its text is another."""
    try:
        return assessments_in(wording_of(focus(standing)).document)
    except BadInput:
        return ()


def _inputs(standing: MatterStanding) -> Iterator[SaidRow]:
    for one in _assessments(standing):
        for layer in one.layers:
            yield SaidRow(f"{one.desk}: {layer.name}", (layer.newest, layer.digest, layer.source))


def _levels(copy: OwnCopy, standing: MatterStanding) -> Iterator[LevelCell]:
    for one in _assessments(standing):
        if one.desk != "interoperability":
            continue
        for name, cell in one.result.items():
            # A mission's result and one of standards have no such cells.
            if isinstance(cell, dict) and {"state", "level", "age"} <= set(cell):
                yield _level(copy, standing, name, cell, str(one.parameters.get("today", "")))


def _level(
    copy: OwnCopy, standing: MatterStanding, name: str, cell: dict[str, Any], on: str
) -> LevelCell:
    level, age = cell.get("level"), cell.get("age")
    # A text from outside: `true` is an int to Python, and no level.
    known = type(level) is int and 0 <= level <= 4
    state = str(cell.get("state", ""))
    days = copy.say("work-days", n=formats.number(age)) if type(age) is int else ""
    stale = copy.say("work-level-stale") if state == "stale" else ""
    return LevelCell(
        what=name,
        level=copy.say_of("level", str(level)) if known else stale or copy.say("work-no-level"),
        age=formats.joined([one for one in (days, stale) if one], " · "),
        on=on,
        symbol=standing.symbol,
    )


def _programme(standing: MatterStanding) -> list[dict[str, Any]] | None:
    """The editions of a plan of exercises that a matter tables; None where its text is another."""
    try:
        value = json.loads(wording_of(focus(standing)).document)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("kind") != "exercise-programme":
        return None
    plan = value.get("plan")
    rows = [one for one in plan if isinstance(one, dict)] if isinstance(plan, list) else []
    return rows or None


def _plan(copy: OwnCopy, standing: MatterStanding) -> tuple[PlacedRow, ...]:
    read = []
    for one in _programme(standing) or ():
        first, days = one.get("first"), one.get("days")
        try:
            begins = date.fromisoformat(first if isinstance(first, str) else "")
        except ValueError:
            return ()
        if type(days) is not int or not 0 < days <= _LONGEST:
            return ()
        read.append((begins, days, one))
    read.sort(key=lambda row: (row[0], str(row[2].get("edition", ""))))
    if not read:
        return ()
    begin = read[0][0].toordinal()
    span = max(1, max(first.toordinal() + days for first, days, _ in read) - begin)
    return tuple(
        PlacedRow(
            first=formats.date_moment(first, copy.language),
            name=str(one.get("edition", "")),
            days=formats.number(days),
            host=_host(copy, str(one.get("host", ""))),
            x=(first.toordinal() - begin) * _WIDE // span,
            y=at * _LINE + 3,
            width=max(_THIN, days * _WIDE // span),
            symbol=standing.symbol,
        )
        for at, (first, days, one) in enumerate(read)
    )


def _host(copy: OwnCopy, party: str) -> Shown:
    return copy.party(party) if party in copy.order else party
