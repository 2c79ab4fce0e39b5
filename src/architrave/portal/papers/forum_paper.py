"""The forum's brief: one page of what its pages show, with the same figures in three languages.

It is written from the record and the file of figures, as of the newest line and for nobody's
capital: from the same state and the same file every copy makes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from architrave.charter.model import Body
from architrave.portal import formats
from architrave.portal.forum.chains_context import REST, measured_text, share_text
from architrave.portal.forum.days_context import band_text, lost_text
from architrave.portal.forum.exposure_context import mutual_rows
from architrave.portal.forum.figures_file import TOLD, Stage
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.forum_frame import dated_text, name_of, place_of_code
from architrave.portal.forum.shocks_context import change_text, changes_of, example_text
from architrave.portal.papers.alerts_part import alerts_part
from architrave.portal.papers.council_paper import state_text
from architrave.portal.papers.council_record import waiting_part
from architrave.portal.papers.fitting import clipped
from architrave.portal.papers.model import Paper
from architrave.portal.papers.shared_copy import SharedCopy
from architrave.portal.papers.sheet import Sheet, code

__all__ = ["forum_command", "forum_paper", "largest_stages"]

_STAGES, _MATTERS, _ALERTS = 4, 2, 2
_NAME, _MANDATE = 46, 120


def forum_paper(copy: SharedCopy, data: ForumData) -> Paper | None:
    """The brief of the forum; None where the charter does not know it."""
    bodies = data.bodies(copy.charter)
    if not bodies:
        return None
    body = copy.charter.body(data.body)
    title = copy.say("brief-title", body=copy.body(body))
    sheet = Sheet(copy)
    _begin(sheet, data, title, body)
    ids = frozenset(one.id for one in bodies)
    listed = alerts_part(sheet, ids, _ALERTS)
    # What an alert takes of the page matters and stages give up: it has one page.
    waiting_part(sheet, ids, _MATTERS - bool(listed))
    for chain, stages in data.figures.chains.items():
        _chain(sheet, data, chain, stages, _STAGES - listed)
    _mutual(sheet, data)
    _example(sheet, data)
    _days(sheet, data)
    _sources(sheet, data)
    return replace(sheet.paper(f"forum-brief.{copy.language}", title), compact=True)


def forum_command(copy: SharedCopy) -> str:
    """The command that makes the same paper from any copy of the record."""
    return f"architrave brief forum FOLDER --state {state_text(copy)} --language {copy.language}"


def largest_stages(stages: tuple[Stage, ...]) -> Iterator[tuple[Stage, str]]:
    """Stages with figures by the largest share of one maker, and that maker; others are none."""
    found = []
    for one in stages:
        named = {who: low for who, (low, _) in one.shares.items() if who != REST}
        if named:
            who = max(sorted(named), key=lambda it: named[it])
            found.append((-named[who], one.id, one, who))
    return ((stage, who) for _, _, stage, who in sorted(found, key=lambda it: it[:2]))


def _begin(sheet: Sheet, data: ForumData, title: object, body: Body) -> None:
    copy, say = sheet.copy, sheet.copy.say
    sheet.heading(1, title)
    if copy.state.founding.demonstration:
        sheet.note(sheet.bold(say("demo-prefix")), " ", say("demo-banner"))
    between = "" if copy.language == "ja" else " "  # Japanese sentences follow without a gap
    stamp = sheet.stamp()
    as_of = (" · ", say("paper-as-of", at=copy.here(stamp))) if stamp else ()
    sheet.note(dated_text(copy, data), between, say("forum-compiled"), *as_of)
    sheet.paragraph(copy.body(body), " · ", clipped(copy.of(body.mandate), _MANDATE))


def _chain(sheet: Sheet, data: ForumData, chain: str, stages: tuple[Stage, ...], most: int) -> None:
    copy, say = sheet.copy, sheet.copy.say
    sheet.heading(2, say("forum-largest", chain=name_of(copy, data, chain)))
    rows = []
    for stage, who in list(largest_stages(stages))[:most]:
        share = share_text(copy, *stage.shares[who])
        unknown = share_text(copy, stage.unknown, stage.unknown) if stage.unknown else "–"
        rows.append(
            (
                (clipped(name_of(copy, data, stage.id), _NAME),),
                (say("pair", left=place_of_code(copy, data, who), right=share),),
                (unknown,),
                (measured_text(copy, data, stage),),
            )
        )
    head = (say("forum-stage"), say("forum-largest-maker"), say("forum-unknown"),
            say("forum-what-measured"))  # fmt: skip
    sheet.table(head, rows, (7, 4, 3, 4))


def _mutual(sheet: Sheet, data: ForumData) -> None:
    copy, say = sheet.copy, sheet.copy.say
    sheet.heading(2, say("forum-mutual"), " · ", data.figures.exposure.year)
    names = ("forum-mutual-of", "forum-mutual-by", "forum-mutual-supplies", "forum-mutual-earns")
    rows = (
        ((row.of,), (row.by,), (row.supplies,), (row.earns,)) for row in mutual_rows(copy, data)
    )
    sheet.table((say(names[0]), say(names[1]), say(names[2]), say(names[3])), rows, (4, 4, 5, 5))


def _example(sheet: Sheet, data: ForumData) -> None:
    """The example of a shortage, for the parties: what each telling assumes is in its heading."""
    copy, say = sheet.copy, sheet.copy.say
    sheet.heading(2, say("forum-changes"))
    between = "" if copy.language == "ja" else " "
    sheet.paragraph(
        say("forum-example"), " ", example_text(copy, data), ". " if between else "。",
        say("forum-example-text"),
    )  # fmt: skip
    head = (say("forum-region"), *(copy.say_of("forum-told", kind) for kind in TOLD))
    rows: list[tuple[tuple[object, ...], ...]] = [
        ((copy.party(party),), *((change_text(one),) for one in changes_of(data, party)))
        for party in copy.order
    ]
    rows.append(
        ((say("forum-tellings"),), *((copy.say_of("forum-assumed", kind),) for kind in TOLD))
    )
    sheet.table(head, rows, (3, 4, 4, 5))


def _days(sheet: Sheet, data: ForumData) -> None:
    """The example of days in two lines, as there is no room for more: each party's lowest week."""
    copy, say = sheet.copy, sheet.copy.say
    stop = "。" if copy.language == "ja" else ". "
    lowest = (
        say("pair", left=copy.party(party), right=band_text(copy, data, party))
        for party in copy.order
    )
    sheet.paragraph(
        say("forum-days-example"), " ", lost_text(copy, data), stop,
        say("forum-days-lowest"), " ", formats.listing(lowest, copy.language), stop.strip(),
    )  # fmt: skip


def _sources(sheet: Sheet, data: ForumData) -> None:
    copy, say = sheet.copy, sheet.copy.say
    assert isinstance(copy, SharedCopy)
    sheet.heading(2, say("brief-sources"))
    rows: list[tuple[tuple[object, ...], ...]] = [
        ((code(one.name),), (formats.iso_text(one.newest, copy.language),), (code(one.digest),))
        for one in data.figures.layers
    ]
    rows.append(((say("forum-figures"),), ("",), (code(data.figures.digest),)))
    head = (say("brief-layer"), say("brief-newest"), say("brief-digest"))
    sheet.table(head, rows, (6, 3, 13))
    sheet.note(say("brief-rebuild"), " ", code(forum_command(copy)))
