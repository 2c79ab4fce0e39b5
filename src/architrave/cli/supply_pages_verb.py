"""`architrave supply pages`: the figures of the forum's pages, worked out where the desk is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.supply_resource_verb import shipped_parties
from architrave.cli.supply_verbs import AsJson

__all__ = ["EXAMPLE", "pages"]

EXAMPLE = {"ROW:MIN": 0.1}
"""The shortage that the pages tell as an example: mining, where the table names nobody."""


@plainly
def pages(
    out: Annotated[Path, typer.Option(help="The file to write; nothing may lie there yet.")],
    as_json: AsJson = False,
) -> None:
    """Write what the forum's pages show, from the small table and the chains that come along."""
    from architrave.desks.supply.chains.reading import SHIPPED, shipped_chain
    from architrave.desks.supply.figures import figures
    from architrave.desks.supply.finished import finished

    if out.exists():
        raise Unclear(f"{out}: something lies there already; nothing was written.")
    if not out.parent.is_dir():
        raise Unclear(f"{out.parent}: no folder lies here; nothing was written.")
    chains = [shipped_chain(name) for name in SHIPPED]
    found = finished(figures(), chains, shipped_parties(), EXAMPLE)
    text = json.dumps(found.document, ensure_ascii=False, indent=1)
    out.write_text(f"{text}\n", encoding="utf-8")
    if as_json:
        print_json({"file": str(out), "digest": found.digest, "layers": [
            {"name": one.name, "newest": one.newest, "digest": one.digest} for one in found.layers
        ]})  # fmt: skip
        return
    print_lines([f"{out}: {len(found.layers)} layers"])
    for one in found.layers:
        print_lines([f"  {one.newest}  {one.name}  {one.digest}"])
    print_lines(paragraph("The same tables give the same figures; pages compute none.", 0))
