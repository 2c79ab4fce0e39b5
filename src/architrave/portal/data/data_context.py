"""The context of the page on data."""

from __future__ import annotations

from architrave.node.connections import CONNECTIONS
from architrave.portal import formats
from architrave.portal.data.data_kept import Kept
from architrave.portal.data.data_values import API
from architrave.portal.data.pages_data import DataPage, TableRow
from architrave.portal.data.tables import TABLES
from architrave.portal.formats import Said
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


def data_page(copy: Copy, found: Kept) -> DataPage:
    """What there is to take of this copy."""
    header = copy.register.header if copy.register is not None else None
    compiled = copy.of(header.attribution) if header is not None else None
    return DataPage(
        frame=frame_of(copy, copy.say("place-data"), "data"),
        dump=link_to("dump.zip", f"{API}/dump.zip"),
        dump_size=formats.number(len(found.dump.data)),
        dump_digest=found.dump.digest.hex(),
        tables=tuple(
            TableRow(
                name=name,
                about=copy.say(_ABOUT[name]),
                count=formats.number(found.sizes[name]),
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
        register_licence=Said(header.licence, "en") if header is not None else None,
        register_digest=copy.register.digest if copy.register is not None else "",
        founding=copy.state.founding.id,
        cite=copy.say(
            "data-cite",
            title=copy.of(copy.charter.title),
            digest=found.dump.digest.hex(),
            at=copy.shown_now,
        ),
        rate=copy.say("data-rate", n=CONNECTIONS),
    )
