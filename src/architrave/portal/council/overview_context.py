"""The context of the council's first page."""

from __future__ import annotations

from collections.abc import Iterator

from architrave.institution.owed import Owed, owed_under
from architrave.institution.pending import consultations, final_part, focus
from architrave.institution.standing import Stage
from architrave.portal import formats
from architrave.portal.charter.bodies_context import body_block
from architrave.portal.council.council_data import CouncilData
from architrave.portal.council.council_frame import (
    council_frame,
    council_of,
    page_titles,
    tabs_of,
)
from architrave.portal.council.pages_council import CouncilPage, DutyRow, PlaceRow
from architrave.portal.pages_rows import MatterRow
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to, matter_row

__all__ = ["council_page", "duty_rows", "open_rows", "withheld_text"]


def council_page(copy: Copy) -> CouncilPage | None:
    """The first page; None if this copy has no council."""
    found = council_of(copy)
    if found is None:
        return None
    data, bodies = found
    ids = frozenset(body.id for body in bodies)
    first = copy.charter.body(data.body)
    return CouncilPage(
        frame=council_frame(copy, data, ""),
        name=copy.body(first),
        proposed=first.proposed,
        tabs=tabs_of(copy, data, ""),
        places=_places(copy, data),
        bodies=tuple(body_block(copy, body) for body in bodies),
        open=open_rows(copy, ids),
        duties=duty_rows(copy, ids),
        drills=_drills(copy, ids),
        withheld=withheld_text(copy, data),
        research_href=copy.address("research") + "#withheld",
    )


def open_rows(copy: Copy, ids: frozenset[str]) -> tuple[MatterRow, ...]:
    """Matters before some bodies that are open, the last tabled first."""
    gone = (Stage.IN_FORCE, Stage.WITHDRAWN)
    return tuple(
        matter_row(copy, one)
        for one in copy.told.matters
        if focus(one).version.body.id in ids and focus(one).stage not in gone
    )


def duty_rows(copy: Copy, ids: frozenset[str]) -> tuple[DutyRow, ...]:
    """What is owed under the texts of some bodies that stand, the earliest due first."""
    # An ISO date sorts as text; what is due on one day keeps the order of its texts.
    return tuple(_duty(copy, one) for one in sorted(_owed(copy, ids), key=lambda one: one.due))


def withheld_text(copy: Copy, data: CouncilData) -> str:
    """How many levels this copy's tables hold: none of them is shown."""
    scores = data.interoperability.scores if data.interoperability is not None else ()
    return copy.say("council-withheld", n=formats.number(len(scores)))


def _places(copy: Copy, data: CouncilData) -> tuple[PlaceRow, ...]:
    titles = page_titles(copy, data)
    return tuple(
        PlaceRow(
            link_to(title, copy.address("council", *path.split("/"))),
            copy.say_of("council-about", path.rpartition("/")[2]),
        )
        for path, title in titles.items()
        if path
    )


def _owed(copy: Copy, ids: frozenset[str]) -> Iterator[Owed]:
    """Under each text in force, of each commitment the period that runs, or the last one."""
    last = final_part(copy.view)
    for standing in copy.told.matters:
        if standing.stage is not Stage.IN_FORCE or standing.current.version.body.id not in ids:
            continue
        latest: dict[tuple[str, str], Owed] = {}
        for row in owed_under(copy.state, copy.view, standing, last):
            latest[row.pledge.id, row.party] = row
        yield from latest.values()


def _duty(copy: Copy, one: Owed) -> DutyRow:
    symbol = one.standing.symbol
    return DutyRow(
        due=formats.iso_moment(one.due, copy.language),
        party=copy.party(one.party),
        what=copy.of(one.pledge.what),
        state=copy.say_of("promise", one.state),
        code=one.state.value,
        matter=link_to(symbol, copy.matter_address(symbol)),
    )


def _drills(copy: Copy, ids: frozenset[str]) -> str:
    held = [
        one for one in consultations(copy.state, copy.view) if one.act.drill and one.act.body in ids
    ]
    if not held:
        return copy.say("council-drills-none")
    latest = copy.here(max(one.asked.t for one in held))
    return copy.say("council-drills", n=formats.number(len(held)), at=latest)
