"""The minute books as public data, line by line."""

from __future__ import annotations

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
    Tabled,
    Vacated,
    kind_of,
)
from architrave.peer.opened import OpenedText
from architrave.peer.succession import two_histories
from architrave.portal.data.api_books import Book, BookPage, Books, Line, Opened
from architrave.portal.data.api_matters import NoWords
from architrave.portal.data.data_values import (
    API,
    cited,
    coded,
    erased_line,
    instant,
    line_name,
    texts,
)
from architrave.portal.opened_lines import texts_in, values_in
from architrave.portal.places import book_pages, face_lines
from architrave.portal.reading import Copy, on_screen
from architrave.record.entries import Header, Tip

__all__ = ["LINES", "book_page_data", "books_data"]

LINES = 50  # on one page


def books_data(copy: Copy) -> Books:
    """The minute books."""
    by_party = {one.party: one for one in copy.told.books}
    found = []
    for party in copy.charter.party_ids:
        origin, book = copy.state.origin_of(party), by_party[party]
        size, final = copy.view.history.main(origin).size, copy.final.tip(party)
        found.append(
            Book(
                party=party,
                address=f"{API}/books/{party}",
                size=size,
                pages=book_pages(copy, origin, LINES),
                last=instant(book.last) if book.last is not None else None,
                covers=dict(book.covers),
                behind=book.behind,
                final=final.size if final is not None else 0,
                stopped=two_histories(copy.peer, origin),
            )
        )
    return Books(tuple(found))


def book_page_data(copy: Copy, party: str, page: int) -> BookPage | None:
    """A page of a party's book, from 1 for its oldest lines; None if there is no such page."""
    origin = copy.state.origin_of(party)
    main = copy.view.history.main(origin)
    # A second history may be longer than the first: its last pages have lines of it alone.
    pages = book_pages(copy, origin, LINES)
    if not 1 <= page <= pages:
        return None
    first, end = (page - 1) * LINES, min(main.size, page * LINES)
    return BookPage(
        party=party,
        size=main.size,
        page=page,
        pages=pages,
        next=f"{API}/books/{party}?page={page + 1}" if page < pages else "",
        lines=tuple(_line(copy, tip) for tip in main.tips[first:end]),
        other_history=tuple(
            sorted(
                (
                    _line(copy, tip)
                    for _, tip in face_lines(copy, origin, page * LINES - LINES, page * LINES)
                ),
                key=lambda one: one.number,
            )
        ),
    )


def _line(copy: Copy, tip: Tip) -> Line:
    """One line: what the page of the book shows of it, and no more."""
    header = copy.view.history.entry(tip).header
    later = copy.opened.get(tip)
    act = later[1] if later is not None else copy.read(tip)
    judged = act is not None and later is None
    refused = copy.state.refused.get(tip) if judged else None
    shown = judged and refused is None
    office = act.office if isinstance(act, Appointed | Vacated | KeyDelegated) else ""
    return Line(
        number=tip.size,
        root=tip.root.hex(),
        at=instant(header.t),
        what="released" if later is not None else _what(copy, header, act),
        kind=coded("kind", kind_of(act)) if act is not None else None,
        subject=_subject(copy, act) if act is not None and shown else "",
        seat=office,
        covers={copy.state.party_of(one.origin): one.size for one in header.seen.values()},
        readers=_readers(copy, header),
        public=later is not None or (header.to is not None and header.to.public),
        article=cited(copy, refused.article) if refused is not None and refused.article else None,
        refused={"en": on_screen(refused.reason).text} if refused is not None else {},
        erased=_erased(copy, header, tip, later is not None),
        opened=_opened(copy, *later) if later is not None else None,
        final=copy.view.history.holds(copy.final.cut, tip),
    )


def _what(copy: Copy, header: Header, act: Act | None) -> str:
    if header.receipt:
        return "acknowledgement"
    if header.to is None or not header.to.covers(copy.view.audience, copy.state.founding.origins):
        return "sealed"
    return "statement" if act is not None else "absent"


def _readers(copy: Copy, header: Header) -> tuple[str, ...]:
    if header.to is None or header.to.logs is None:
        return ()
    named = {copy.state.party_of(origin) for origin in header.to.logs}
    return tuple(party for party in copy.charter.party_ids if party in named)


def _opened(copy: Copy, one: OpenedText, act: Act) -> Opened:
    return Opened(
        at=instant(one.release.t),
        line=line_name(copy, one.release.tip),
        texts=tuple(texts(text) for text in texts_in(act)),
        values=values_in(act),
        sealed=one.seal.hex(),
    )


def _erased(copy: Copy, header: Header, tip: Tip, later: bool) -> NoWords | None:
    found = copy.peer.erasing.acts.get(header.seal or b"")
    if found is None or header.to is None:
        return None
    if not later and not header.to.covers(copy.view.audience, copy.state.founding.origins):
        return None
    return erased_line(copy, tip, outside_of(found.document).party, found.name)


def _subject(copy: Copy, act: Act) -> str:
    """The symbol of the matter, meeting, consultation or alert that an act is about; else empty."""
    if isinstance(act, Alerted | Consulted | Convened | Tabled):
        return act.symbol
    named = act.consultation if isinstance(act, Acknowledged | Assessed | Closed) else ""
    about = ("alert", "meeting", "notice", "report")
    named = named or next((name for one in about if (name := getattr(act, one, ""))), "")
    if not named:
        named = getattr(act, "matter", "")
    found = copy.state.find(copy.view, named) if named else None
    if found is None or found.act == act:
        return ""
    return _subject(copy, found.act)
