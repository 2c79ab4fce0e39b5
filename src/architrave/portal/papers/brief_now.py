"""The council's brief of a running node: which state it is of, then what desks say, then the paper.

Desks may compute for seconds, so they are asked while the record is not locked; the paper is then
written of the state that was read first, though the record may have moved on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from architrave.node.runtime import current
from architrave.portal import formats
from architrave.portal.papers.council_paper import command_of, council_paper
from architrave.portal.papers.desk_data import DeskData, desk_data, tables_in
from architrave.portal.papers.links import council_body, paper_links
from architrave.portal.papers.model import Paper
from architrave.portal.papers.pages_papers import BriefBookRow, BriefFileRow, BriefPage
from architrave.portal.papers.shared_copy import SharedCopy, shared_copy
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of
from architrave.record import b64
from architrave.record.branches import Cut

__all__ = ["Brief", "brief_now", "brief_page", "read_copy"]

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of one state of the record."""

    cut: Cut
    desk: DeskData

    def paper(self, copy: Copy) -> Paper | None:
        """The paper in the language of a copy; None without a council."""
        return council_paper(shared_copy(copy, self.cut), self.desk)

    def page(self, copy: Copy) -> BriefPage | None:
        """The page about the paper; None without a council."""
        return brief_page(copy, shared_copy(copy, self.cut))


def read_copy(language: str, build: Callable[[Copy], Built]) -> Built:
    """What is built of this node's copy while nobody writes."""
    runtime = current()
    with runtime.reading() as peer:
        return build(Copy(peer, language, runtime.clock(), runtime.register, runtime.addresses))


def brief_now(language: str) -> Brief:
    """The brief of this node's copy as it is now."""
    runtime = current()

    def state(copy: Copy) -> tuple[Cut, int, tuple[str, ...]]:
        shared = shared_copy(copy)
        return shared.cut, shared.now, tuple(shared.charter.party_ids)

    cut, now, parties = read_copy(language, state)
    today = formats.day_of(now)
    return Brief(cut, desk_data(tables_in(runtime.beside), runtime.register, parties, today))


def brief_page(copy: Copy, shared: SharedCopy) -> BriefPage | None:
    """The page about the brief, its files without their digests: none of them is made here."""
    body = council_body(shared.charter)
    if body is None:
        return None
    path = ("council", "brief")
    title = shared.say("brief-title", body=shared.body(body))
    links = paper_links(copy, "council")
    return BriefPage(
        frame=frame_of(copy, copy.say("brief-page"), *path),
        title=title,
        at=shared.here(shared.now) if shared.now else None,
        files=tuple(BriefFileRow(link, "", "") for link in links),
        books=tuple(_book(shared, party) for party in shared.order),
        command=command_of(shared),
    )


def _book(copy: SharedCopy, party: str) -> BriefBookRow:
    tip = copy.view.tip(party)
    lines, root = (tip.size, b64.encode(tip.root)) if tip is not None else (0, "")
    return BriefBookRow(copy.party(party), formats.number(lines), root)
