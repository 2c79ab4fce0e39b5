"""The context of the page of one minute book, line by line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from architrave.institution.act_reading import outside_of
from architrave.institution.acts import (
    Acknowledged,
    Act,
    Alerted,
    Appointed,
    Assessed,
    Closed,
    Consulted,
    Convened,
    KeyDelegated,
    Minuted,
    Responded,
    Revised,
    Tabled,
    Vacated,
    kind_of,
)
from architrave.peer.succession import two_histories
from architrave.portal import formats
from architrave.portal.feeds.feed_topics import meeting_of
from architrave.portal.meetings_shown import subject_address
from architrave.portal.opened_lines import opened_block
from architrave.portal.pages import LineRow, RecordPage
from architrave.portal.pages_rows import Link, OpenedBlock, Shown
from architrave.portal.places import book_pages, face_lines, faces, stands_in
from architrave.portal.proofs.proof_files import proof_links, proved_sizes
from architrave.portal.reading import LINES, Copy
from architrave.portal.reasons import reason_in
from architrave.portal.rows import frame_of, link_to
from architrave.portal.whole import line_link
from architrave.record.entries import Header, Tip

__all__ = ["record_page"]


def record_page(copy: Copy, party: str, number: int | None) -> RecordPage | None:
    """Page `number` of a party's book, from 1 for its oldest lines; the newest page for None.

    None if there is no such page.
    """
    history, origin = copy.view.history, copy.state.origin_of(party)
    main = history.main(origin)
    size = main.size
    # A second history may be longer than the first: its last pages then have lines of it alone.
    last = book_pages(copy, origin, LINES)
    place = max(1, -(-size // LINES)) if number is None else number
    if not 1 <= place <= last:
        return None
    first, end = (place - 1) * LINES, min(size, place * LINES)
    path, proved = ("record", party.lower()), proved_sizes(copy)
    return RecordPage(
        frame=frame_of(
            copy,
            copy.say("book-of", party=formats.plain(copy.party(party))),
            *path,
            *([str(number)] if number is not None else []),
            about=_about(copy, party, first, end),
        ),
        book=copy.party(party),
        size=formats.number(size),
        tabs=tuple(
            Link(copy.party(one), copy.address("record", one.lower()), one == party)
            for one in copy.order
        ),
        lines=tuple(line_row(copy, tip, proved) for tip in reversed(main.tips[first:end])),
        other_face=tuple(
            line_row(copy, tip, proved, face)
            for face, tip in face_lines(copy, origin, place * LINES - LINES, place * LINES)
        ),
        parted=_parted(copy, origin),
        stopped=two_histories(copy.peer, origin),
        newer=_page_link(copy, "newer", path, place + 1) if place < last else None,
        older=_page_link(copy, "older", path, place - 1) if place > 1 else None,
    )


def _about(copy: Copy, party: str, first: int, end: int) -> str:
    """Which lines are shown of whose book, and what a line is."""
    what = copy.say("record-what")
    if first == end:
        return what
    name = formats.plain(copy.party(party))
    lines = copy.say(
        "record-lines", party=name, first=formats.number(first + 1), last=formats.number(end)
    )
    return f"{lines} · {what}"


def _parted(copy: Copy, origin: str) -> tuple[Link, ...]:
    """Where each other history of a book begins."""
    main, found = copy.view.history.main(origin), []
    for _, branch in faces(copy, origin):
        place = bisect_left(branch.tips, True, key=lambda tip: not stands_in(main, tip))
        if place < len(branch.tips):
            found.append(line_link(copy, branch.tips[place]))
    return tuple(found)


def _page_link(copy: Copy, word: str, path: tuple[str, str], number: int) -> Link:
    return link_to(copy.say(word), copy.address(*path, str(number)))


def line_row(copy: Copy, tip: Tip, proved: Mapping[str, int], face: str = "") -> LineRow:
    """One line of a book."""
    header = copy.view.history.entry(tip).header
    act = copy.read(tip)
    later = opened_block(copy, tip)
    refused = copy.state.refused.get(tip) if act is not None else None
    reason: Shown = ""
    if refused is not None:
        said = reason_in(refused.reason, copy.language)
        cite = copy.cite(refused.article)
        word = "refused-under" if cite else "refused-because"
        reason = copy.say(word, article=cite, reason=said)
    return LineRow(
        number=formats.number(tip.size),
        anchor=f"{face}line-{tip.size}",
        at=copy.here(header.t),
        what=_what(copy, header, act) if later is None else _kind(copy, copy.opened[tip][1]),
        subject=_subject(copy, act) if act is not None and refused is None else None,
        readers=_shown_readers(copy, header, act, later),
        refused=reason,
        erased=_erased(copy, header, later is not None),
        opened=later,
        final=copy.view.history.holds(copy.final.cut, tip),
        proof=proof_links(copy, tip, proved) if not face else None,
    )


def _erased(copy: Copy, header: Header, later: bool) -> Shown:
    found = copy.peer.erasing.acts.get(header.seal or b"")
    if found is None or header.to is None:
        return ""
    if not later and not header.to.covers(copy.view.audience, copy.state.founding.origins):
        return ""
    return copy.erased(outside_of(found.document).party, found.name)


def _what(copy: Copy, header: Header, act: Act | None) -> Shown:
    if header.receipt:
        return _acknowledges(copy, header)
    if header.to is None:
        return copy.say("sealed-secret")
    everyone = copy.state.founding.origins
    if not header.to.covers(copy.view.audience, everyone):
        return copy.say("sealed-for", readers=_readers(copy, header))
    if act is None:
        return copy.say("text-not-here")
    return _kind(copy, act)


def _kind(copy: Copy, act: Act) -> Shown:
    word = copy.say_of("kind", kind_of(act))
    if isinstance(act, Alerted) and act.drill:
        return copy.say("pair", left=word, right=copy.say("alert-test-title"))
    if isinstance(act, Consulted) and act.drill:
        return copy.say("pair", left=word, right=copy.say("drill-title"))
    if isinstance(act, Appointed | Vacated | KeyDelegated):
        seat = copy.charter.find_seat(act.office)
        title = copy.of(seat.title) if seat is not None else act.office
        return copy.say("pair", left=word, right=title)
    return word


def _acknowledges(copy: Copy, header: Header) -> Shown:
    named = {copy.state.party_of(origin): tip.size for origin, tip in header.seen.items()}
    if not named:
        return copy.say("receipt-alone")
    parts = [
        copy.say("covers", party=copy.party(party), n=formats.number(named[party]))
        for party in copy.ordered(named)
    ]
    return copy.say("receipt", lines=formats.listing(parts, copy.language))


def _readers(copy: Copy, header: Header) -> Shown:
    if header.to is None:
        return ""
    if header.to.logs is None:
        return copy.say("released-public")
    return copy.parties(copy.state.party_of(origin) for origin in header.to.logs)


def _shown_readers(copy: Copy, header: Header, act: Act | None, later: OpenedBlock | None) -> Shown:
    if later is not None:
        return copy.say("released-public")
    return _readers(copy, header) if act is not None else ""


def _subject(copy: Copy, act: Act) -> Link | None:
    """The matter that an act is about, or the symbol of a consultation or an alert."""
    if isinstance(act, Consulted):
        return link_to(act.symbol, copy.address("consultations", act.symbol))
    if isinstance(act, Alerted):
        return link_to(act.symbol, copy.address("alerts", act.symbol))
    if isinstance(act, Acknowledged | Assessed | Closed | Responded):
        name = act.alert if isinstance(act, Responded) else act.consultation
        asked = copy.state.find(copy.view, name)
        return _subject(copy, asked.act) if asked is not None else None
    if isinstance(act, Convened | Minuted):
        meeting = meeting_of(copy, act)
        return link_to(meeting.symbol, subject_address(copy, meeting.symbol)) if meeting else None
    if isinstance(act, Tabled):
        return link_to(act.symbol, copy.matter_address(act.symbol))
    matter = act.matter if isinstance(act, Revised) else getattr(act, "matter", "")
    named = getattr(act, "notice", "") or getattr(act, "report", "")
    if named:
        other = copy.state.find(copy.view, named)
        matter = getattr(other.act, "matter", "") if other is not None else ""
    found = copy.state.find(copy.view, matter) if matter else None
    if found is None or not isinstance(found.act, Tabled):
        return None
    return link_to(found.act.symbol, copy.matter_address(found.act.symbol))
