"""The minute books as public data, line by line."""

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
    Tabled,
    Vacated,
    kind_of,
)
from architrave.peer.succession import two_histories
from architrave.portal.data.api_books import Book, BookPage, Books, Line
from architrave.portal.data.api_matters import NoWords
from architrave.portal.data.data_values import (
    API,
    cited,
    coded,
    erased_line,
    instant,
    paged,
)
from architrave.portal.places import stands_in
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
                pages=paged(size, LINES),
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
    history, origin = copy.view.history, copy.state.origin_of(party)
    main = history.main(origin)
    pages = paged(main.size, LINES)
    if not 1 <= page <= pages:
        return None
    first, end = (page - 1) * LINES, min(main.size, page * LINES)
    others = [
        tip
        for branch in copy.peer.branches_of(origin)
        if branch is not main
        for tip in branch.tips
        if history.find(tip) is branch and not stands_in(main, tip)
    ]
    # A second history may be longer than the first: what lies beyond stands on the last page.
    return BookPage(
        party=party,
        size=main.size,
        page=page,
        pages=pages,
        next=f"{API}/books/{party}?page={page + 1}" if page < pages else "",
        lines=tuple(_line(copy, tip) for tip in main.tips[first:end]),
        other_history=tuple(
            _line(copy, tip)
            for tip in others
            if first < tip.size and (tip.size <= end or page == pages)
        ),
    )


def _line(copy: Copy, tip: Tip) -> Line:
    """One line: what the page of the book shows of it, and no more."""
    header = copy.view.history.entry(tip).header
    act = copy.read(tip)
    refused = copy.state.refused.get(tip) if act is not None else None
    shown = act is not None and refused is None
    office = act.office if isinstance(act, Appointed | Vacated | KeyDelegated) else ""
    return Line(
        number=tip.size,
        root=tip.root.hex(),
        at=instant(header.t),
        what=_what(copy, header, act),
        kind=coded("kind", kind_of(act)) if act is not None else None,
        subject=_subject(copy, act) if act is not None and shown else "",
        seat=office,
        covers={copy.state.party_of(one.origin): one.size for one in header.seen.values()},
        readers=_readers(copy, header),
        public=header.to is not None and header.to.public,
        article=cited(copy, refused.article) if refused is not None and refused.article else None,
        refused={"en": on_screen(refused.reason).text} if refused is not None else {},
        erased=_erased(copy, header, tip),
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


def _erased(copy: Copy, header: Header, tip: Tip) -> NoWords | None:
    found = copy.peer.erasing.acts.get(header.seal or b"")
    if found is None or header.to is None:
        return None
    if not header.to.covers(copy.view.audience, copy.state.founding.origins):
        return None
    return erased_line(copy, tip, outside_of(found.document).party, found.name)


def _subject(copy: Copy, act: Act) -> str:
    """The symbol of the matter or consultation that an act is about; empty if of none."""
    if isinstance(act, Consulted | Tabled):
        return act.symbol
    named = act.consultation if isinstance(act, Acknowledged | Assessed | Closed) else ""
    named = named or getattr(act, "notice", "") or getattr(act, "report", "")
    if not named:
        named = getattr(act, "matter", "")
    found = copy.state.find(copy.view, named) if named else None
    if found is None or found.act == act:
        return ""
    return _subject(copy, found.act)
