"""`architrave supply pages`: the figures of the forum's pages, worked out where the desk is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.supply_resource_verb import shipped_parties
from architrave.cli.supply_verbs import AsJson

if TYPE_CHECKING:
    from architrave.desks.evidence import Assessment
    from architrave.desks.supply.table import Table
    from architrave.desks.supply.uncertainty.pathed import OutagePaths

__all__ = ["EXAMPLE", "pages", "require_new", "storms", "write_figures"]

EXAMPLE = {"ROW:MIN": 0.1}
"""The shortage that the pages tell as an example: mining, where the table names nobody."""


def storms(table: Table, parties: Sequence[str]) -> OutagePaths:
    """The days that the pages tell as an example: storms that hit all parties, and each alike.

    They stop part of the chemical plants, for two to eight weeks; 20 weeks are followed.
    """
    from architrave.desks.supply.uncertainty.dayed import OutageDays
    from architrave.desks.supply.uncertainty.pathed import OutagePaths

    lost = {f"{party}:CHM": (0.2, 0.5) for party in sorted(parties)}
    return OutagePaths(OutageDays(table, lost, (14.0, 56.0), 141, table.regions), 7)


def require_new(out: Path) -> None:
    """Unclear where something lies at a place already, or where its folder is none."""
    if out.exists():
        raise Unclear(f"{out}: something lies there already; nothing was written.")
    if not out.parent.is_dir():
        raise Unclear(f"{out.parent}: no folder lies here; nothing was written.")


def write_figures(out: Path, found: Assessment) -> None:
    """Write finished figures as the Forum's pages read them."""
    text = json.dumps(found.document, ensure_ascii=False, indent=1)
    out.write_text(f"{text}\n", encoding="utf-8")


@plainly
def pages(
    out: Annotated[Path, typer.Option(help="The file to write; nothing may lie there yet.")],
    as_json: AsJson = False,
) -> None:
    """Write what the forum's pages show, from the small table and the chains that come along."""
    from architrave.desks.supply.chains.reading import SHIPPED, shipped_chain
    from architrave.desks.supply.figures import figures
    from architrave.desks.supply.finished import finished

    require_new(out)
    chains = [shipped_chain(name) for name in SHIPPED]
    table, parties = figures(), shipped_parties()
    found = finished(table, chains, parties, EXAMPLE, storms(table, parties))
    write_figures(out, found)
    if as_json:
        print_json({"file": str(out), "digest": found.digest, "layers": [
            {"name": one.name, "newest": one.newest, "digest": one.digest} for one in found.layers
        ]})  # fmt: skip
        return
    print_lines([f"{out}: {len(found.layers)} layers"])
    for one in found.layers:
        print_lines([f"  {one.newest}  {one.name}  {one.digest}"])
    print_lines(paragraph("The same tables give the same figures; pages compute none.", 0))
