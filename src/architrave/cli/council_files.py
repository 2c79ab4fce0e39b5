"""The files behind the council's pages, opened once when a copy starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from architrave.cli.desk_tables import marking, tables_beside
from architrave.cli.shipped import shipped

if TYPE_CHECKING:
    from architrave.node.readiness import Ready
    from architrave.portal.council.council_data import CouncilData

__all__ = ["council_beside"]


def council_beside(ready: Ready) -> CouncilData | None:
    """What the council's pages show of a copy that is ready to run; None if it has none of them.

    BadInput if one of the files cannot be read.
    """
    from architrave.portal.council.council_data import read_council

    file = shipped("data/council/council.toml")

    def opened(path: str) -> str | None:
        place = file.parent / path
        return place.read_text(encoding="utf-8") if place.is_file() else None

    def tables(path: str) -> Mapping[str, str]:
        places = sorted((file.parent / path).glob("*.csv"))
        return {place.name: place.read_text(encoding="utf-8") for place in places}

    found = read_council(
        file.read_text(encoding="utf-8"), ready.charter, ready.register, opened, tables, marking
    )
    return replace(found, brief=tables_beside(ready)) if found is not None else None
