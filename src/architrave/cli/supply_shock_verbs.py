"""`architrave supply demand|price|embargo`: shocks on a table as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_rows import EmbargoRow, EmbargoSheet, ShockSheet
from architrave.cli.supply_verbs import AsJson, TableFile, basis_lines, basis_sheet

if TYPE_CHECKING:
    from architrave.desks.supply.basis import Basis
    from architrave.desks.supply.table import Table, Vector

__all__ = ["demand", "embargo", "price"]

_STILL = "As in the year of the table, and nobody adapts: no forecast."
Top = Annotated[int, typer.Option(min=1, max=500, help="How many cells to show.")]


@plainly
def demand(
    change: Annotated[list[str], typer.Option(help="CELL=AMOUNT of money; may be repeated.")],
    top: Top = 12,
    file: TableFile = None,
    as_json: AsJson = False,
) -> None:
    """Final demand for cells changes: what everybody makes more or less."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.shocks import demand_shock

    found = opened_table(file)
    said = demand_shock(factored(found), _vector(found, change, "--change"))
    unit = f"output, {found.unit} {found.currency}"
    _print(found, said.basis, said.change, said.residual, top, as_json, unit, 1.0)


@plainly
def price(
    add: Annotated[
        list[str], typer.Option(help="CELL=SHARE of its price in added cost; may be repeated.")
    ],
    top: Top = 12,
    file: TableFile = None,
    as_json: AsJson = False,
) -> None:
    """Primary cost rises in cells and is passed on in full: what everything then costs."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.shocks import cost_shock

    found = opened_table(file)
    said = cost_shock(factored(found), _vector(found, add, "--add"))
    _print(found, said.basis, said.change, said.residual, top, as_json, "price, in 100", 100.0)


@plainly
def embargo(
    seller: Annotated[
        list[str], typer.Option("--from", help="REGION or REGION:SECTOR that no longer sells.")
    ],
    buyer: Annotated[
        list[str], typer.Option("--to", help="REGION or REGION:SECTOR that no longer gets it.")
    ],
    share: Annotated[float, typer.Option(help="The part of the flow that stops.")] = 1.0,
    file: TableFile = None,
    as_json: AsJson = False,
) -> None:
    """Sales of inputs stop: who makes less, if nobody fills the gap and if others do."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.shocks import embargo as embargoed

    found = opened_table(file)
    said = embargoed(factored(found), seller, buyer, share)
    rows = list(zip(said.regions, said.lost, said.moved, strict=True))
    if as_json:
        sheet = EmbargoSheet(basis_sheet(said.basis), [EmbargoRow(*row) for row in rows])
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(said.basis))
    print_lines([heading(f"Change of output by region, {found.unit} {found.currency}")])
    print_lines(
        table(
            [
                ("", "if nobody fills the gap", "if others do, pro rata"),
                *((region, f"{lost:,.0f}", f"{moved:,.0f}") for region, lost, moved in rows),
            ]
        )
    )
    print_lines(paragraph(_STILL, 0))


def _vector(found: Table, typed: list[str], option: str) -> Vector:
    import numpy as np

    values = np.zeros(found.size)
    for one in typed:
        name, parted, amount = one.partition("=")
        try:
            number = float(amount) if parted else float("nan")
        except ValueError:
            number = float("nan")
        if number != number or abs(number) == float("inf"):
            raise Unclear(f"{option} {one}: expected CELL=NUMBER, as in KOR:ELE=1000.")
        values[found.cell(name)] += number
    return values


def _print(
    found: Table,
    basis: Basis,
    change: Vector,
    residual: float,
    top: int,
    as_json: bool,
    what: str,
    scale: float,
) -> None:
    cells = sorted(zip(found.cells, change * scale, strict=True), key=lambda it: -abs(it[1]))
    if as_json:
        told = {name: float(value) for name, value in cells}
        print_json(asdict(ShockSheet(basis_sheet(basis), what, told, residual)))
        return
    print_lines(basis_lines(basis))
    print_lines([heading(f"Change of {what}: the {top} largest")])
    print_lines(table(_shown(cells[:top])))
    print_lines(paragraph(f"{_STILL} Solved with a residual of {residual:.1e}.", 0))


def _shown(cells: Iterable[tuple[str, float]]) -> Iterator[tuple[str, str]]:
    for name, value in cells:
        yield name, f"{value:,.4g}" if abs(value) < 100 else f"{value:,.0f}"
