"""The context of the page on data."""

from __future__ import annotations

from architrave.node.connections import CONNECTIONS
from architrave.portal import formats
from architrave.portal.data.api_books import DumpedBook
from architrave.portal.data.data_kept import Kept, dump_data
from architrave.portal.data.data_values import API
from architrave.portal.data.pages_data import DataPage, DumpBlock, DumpedBookRow, TableRow
from architrave.portal.data.tables import TABLES
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to
from architrave.portal.translated import untranslated

__all__ = ["data_page"]

_ABOUT = {
    "matters": "data-table-matters",
    "positions": "data-table-positions",
    "commitments": "data-table-commitments",
    "promises": "data-table-promises",
    "events": "data-table-events",
    "seats": "data-table-seats",
    "lines": "data-table-lines",
}


def data_page(copy: Copy, found: Kept | None) -> DataPage:
    """What there is to take of this copy; `found` is what was finished last, if anything was."""
    header = copy.register.header if copy.register is not None else None
    compiled = copy.of(header.attribution) if header is not None else None
    return DataPage(
        frame=frame_of(copy, copy.say("place-data"), "data"),
        dump=_block(copy, found) if found is not None else None,
        tables=tuple(
            TableRow(
                name=name,
                about=copy.say(_ABOUT[name]),
                count=formats.number(found.sizes[name]) if found is not None else "",
                csv=link_to("CSV", f"/data/{name}.csv"),
                xlsx=link_to("XLSX", f"/data/{name}.xlsx"),
            )
            for name in TABLES
        ),
        index=link_to(f"{API}/", f"{API}/"),
        schema=link_to(f"{API}/schema.json", f"{API}/schema.json"),
        licence=copy.say("data-licence"),
        attribution=compiled,
        attribution_note=untranslated(copy, compiled) if compiled is not None else "",
        register_licence=copy.of(header.licence) if header is not None else None,
        register_digest=copy.register.digest if copy.register is not None else "",
        founding=copy.state.founding.id,
        rate=copy.say("data-rate", n=CONNECTIONS),
    )


def _block(copy: Copy, found: Kept) -> DumpBlock:
    told = dump_data(copy, found)
    of = {one.party: one for one in told.books}
    return DumpBlock(
        file=link_to("dump.zip", told.address),
        size=formats.number(told.length),
        digest=told.digest,
        books=tuple(_book(copy, of[party]) for party in copy.ordered(of)),
        newer=not told.present,
        cite=copy.say(
            "data-cite",
            title=copy.of(copy.charter.title),
            digest=told.digest,
            at=copy.shown_now,
        ),
    )


def _book(copy: Copy, one: DumpedBook) -> DumpedBookRow:
    return DumpedBookRow(
        party=copy.party(one.party),
        lines=copy.say("data-book-lines", n=formats.number(one.size)),
        at=copy.here(int(one.last.timestamp() * 1000)) if one.last is not None else None,
        root=one.root,
    )
