"""The context of interoperability: names, the scale, public standards, and what is withheld.

No level of the parties is shown: a level is for whom it is released to. What a comparison of hubs
looks like is shown among made-up parties.
"""

from __future__ import annotations

from datetime import date

from architrave.desks.interoperability.chains import Interval
from architrave.desks.interoperability.hubs import Hub, hubs
from architrave.desks.interoperability.matrix import levels_of, matrix
from architrave.desks.interoperability.model import Basis, Documents, Level, readable
from architrave.desks.interoperability.standards import StandardRow, standards_table
from architrave.portal import formats
from architrave.portal.council.council_frame import council_frame, council_of, tabs_of
from architrave.portal.council.overview_context import withheld_text
from architrave.portal.council.pages_interoperability import (
    HubRow,
    InteroperabilityPage,
    LevelRow,
    MissionBlock,
    NationRow,
    StandardBlock,
)
from architrave.portal.formats import Said
from architrave.portal.reading import Copy
from architrave.portal.rows import source_link

__all__ = ["illustrated_hubs", "interoperability_page"]


def interoperability_page(copy: Copy) -> InteroperabilityPage | None:
    """The page; None if this copy has no council or no table of functions."""
    found = council_of(copy)
    if found is None or found[0].interoperability is None:
        return None
    data, own = found[0], found[0].interoperability
    made_up = data.illustration
    return InteroperabilityPage(
        frame=council_frame(copy, data, "interoperability"),
        tabs=tabs_of(copy, data, "interoperability"),
        functions=tuple(copy.of(one.names) for one in own.functions),
        levels=tuple(
            LevelRow(
                str(level.value),
                copy.say_of("level", str(level.value)),
                copy.say_of("level-means", str(level.value)),
            )
            for level in Level
        ),
        withheld=withheld_text(copy, data),
        standards=tuple(_standard(copy, row) for row in _public(own, copy.today())),
        missions=tuple(
            MissionBlock(f"hub-{mission}", Said(name, "en"), tuple(_hub(one) for one in found_hubs))
            for mission, name, found_hubs in (
                illustrated_hubs(made_up) if made_up is not None else ()
            )
        ),
    )


def illustrated_hubs(made_up: Documents) -> tuple[tuple[str, str, tuple[Hub, ...]], ...]:
    """Of each made-up mission its id, name and hubs, as of the illustration's own last day."""
    scores = readable(made_up.scores, made_up.parties)
    day = max((score.on for score in scores), default=date.min)
    levels = levels_of(matrix(made_up.functions, scores, made_up.parties, day))
    return tuple((one.id, one.name, hubs(one, levels, made_up.parties)) for one in made_up.missions)


def _public(own: Documents, today: date) -> tuple[StandardRow, ...]:
    """Standards by party, by statuses that have the address of a public page."""
    seen = [
        one
        for one in own.statuses
        if one.basis is Basis.ASSESSED and one.source.startswith(("https://", "http://"))
    ]
    return standards_table(own.standards, seen, own.parties, today)


def _standard(copy: Copy, row: StandardRow) -> StandardBlock:
    by_party = {one.nation: one for one in row.nations}
    return StandardBlock(
        name=Said(row.standard.name, "en"),
        word=copy.say_of("standing-alike", row.agreement),
        nations=tuple(
            NationRow(
                party=copy.party(party),
                word=copy.say_of("status", by_party[party].kind),
                on=formats.date_moment(status.on, copy.language) if status else None,
                source=source_link(status.source) if status else None,
            )
            for party in copy.ordered(by_party)
            for status in (by_party[party].status,)
        ),
    )


def _hub(one: Hub) -> HubRow:
    return HubRow(
        party=one.party,
        mission=str(one.mission),
        with_all=str(one.with_all),
        carried=formats.number(one.carried),
        own=_level(one.own),
        others=_level(one.others),
    )


def _level(interval: Interval | None) -> str:
    return "–" if interval is None else str(interval)
