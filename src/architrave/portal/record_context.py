"""The context of the page of one minute book, line by line."""

from __future__ import annotations

from architrave.institution.act_reading import outside_of
from architrave.institution.acts import (
    Acknowledged,
    Act,
    Appointed,
    Assessed,
    Closed,
    Consulted,
    KeyDelegated,
    Revised,
    Tabled,
    Vacated,
    kind_of,
)
from architrave.peer.succession import two_histories
from architrave.portal import formats
from architrave.portal.pages import LineRow, RecordPage
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.places import faces, stands_in
from architrave.portal.reading import LINES, Copy
from architrave.portal.reasons import reason_in
from architrave.portal.rows import frame_of, link_to
from architrave.record.entries import Header, Tip

__all__ = ["record_page"]


def record_page(copy: Copy, party: str, number: int | None) -> RecordPage | None:
    """Page `number` of a party's book, from 1 for its oldest lines; the newest page for None.

    None if there is no such page.
    """
    history, origin = copy.view.history, copy.state.origin_of(party)
    main = history.main(origin)
    size = main.size
    last = max(1, -(-size // LINES))
    place = last if number is None else number
    if not 1 <= place <= last:
        return None
    first, end = (place - 1) * LINES, min(size, place * LINES)
    path = ("record", party.lower())
    return RecordPage(
        frame=frame_of(
            copy,
            copy.say("book-of", party=formats.plain(copy.party(party))),
            *path,
            *([str(number)] if number is not None else []),
        ),
        book=copy.party(party),
        size=formats.number(size),
        tabs=tuple(
            Link(copy.party(one), copy.address("record", one.lower()), one == party)
            for one in copy.order
        ),
        lines=tuple(line_row(copy, tip) for tip in reversed(main.tips[first:end])),
        other_face=tuple(
            line_row(copy, tip, face)
            for face, branch in faces(copy, origin)
            for tip in reversed(branch.tips)
            if history.find(tip) is branch and not stands_in(main, tip)
        ),
        stopped=two_histories(copy.peer, origin),
        newer=_page_link(copy, "newer", path, place + 1) if place < last else None,
        older=_page_link(copy, "older", path, place - 1) if place > 1 else None,
    )


def _page_link(copy: Copy, word: str, path: tuple[str, str], number: int) -> Link:
    return link_to(copy.say(word), copy.address(*path, str(number)))


def line_row(copy: Copy, tip: Tip, face: str = "") -> LineRow:
    """One line of a book."""
    header = copy.view.history.entry(tip).header
    act = copy.read(tip)
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
        what=_what(copy, header, act),
        subject=_subject(copy, act) if act is not None and refused is None else None,
        readers=_readers(copy, header) if act is not None else "",
        refused=reason,
        erased=_erased(copy, header),
        final=copy.view.history.holds(copy.final.cut, tip),
    )


def _erased(copy: Copy, header: Header) -> Shown:
    found = copy.peer.erasing.acts.get(header.seal or b"")
    if found is None or header.to is None:
        return ""
    if not header.to.covers(copy.view.audience, copy.state.founding.origins):
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
    word = copy.say_of("kind", kind_of(act))
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


def _subject(copy: Copy, act: Act) -> Link | None:
    """The matter that an act is about, or the symbol of a consultation."""
    if isinstance(act, Consulted):
        return link_to(act.symbol, copy.address() + "#consultations")
    if isinstance(act, Acknowledged | Assessed | Closed):
        asked = copy.state.find(copy.view, act.consultation)
        return _subject(copy, asked.act) if asked is not None else None
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
