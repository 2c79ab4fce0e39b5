"""`architrave supply demand|price|embargo|shortage`: shocks on a table as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from math import inf, isfinite, nan
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.evidence_verbs import Fields
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_rows import ShockSheet, StoppageSheet, TellingRow
from architrave.cli.supply_shares import share_of
from architrave.cli.supply_verbs import AsJson, TableFile, basis_lines, basis_sheet, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.basis import Basis
    from architrave.desks.supply.stoppages import Stoppage
    from architrave.desks.supply.table import Table, Vector

__all__ = ["demand", "embargo", "price", "shortage"]

_FORMS = {
    "--change": "CELL=AMOUNT of money, as in KOR:ELE=1000",
    "--add": "CELL=SHARE, as in KOR:ELE=10%",
    "--lose": "NAME=SHARE, as in KOR:ELE=50%",
}
_STILL = "As in the year of the table, and nobody adapts: no forecast."
_TOP = 12
Top = Annotated[
    int | None,
    typer.Option(min=1, max=500, help="How many cells to show; else 12, and all as JSON."),
]


@plainly
def demand(
    change: Annotated[list[str], typer.Option(help="CELL=AMOUNT of money; may be repeated.")],
    top: Top = None,
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Final demand for cells changes: what everybody makes more or less."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.shocks import demand_shock
    from architrave.desks.supply.table_evidence import DEMANDS

    found, given = opened_table(file), _named(change, "--change")
    said = demand_shock(factored(found), _vector(found, given))
    write_assessed(fields, DEMANDS, found, changes=given)
    unit = f"output, {found.unit} {found.currency}"
    asked = {f"final demand changes, {found.unit} {found.currency}": given}
    _print(found, said.basis, asked, said.change, said.residual, top, as_json, unit, 1.0)


@plainly
def price(
    add: Annotated[
        list[str], typer.Option(help="CELL=SHARE of its price in added cost; may be repeated.")
    ],
    top: Top = None,
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Primary cost rises in cells and is passed on in full: what everything then costs."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.shocks import cost_shock
    from architrave.desks.supply.table_evidence import COSTS

    found, given = opened_table(file), _named(add, "--add")
    said = cost_shock(factored(found), _vector(found, given))
    write_assessed(fields, COSTS, found, added=given)
    asked, what = {"added": given}, "price, in 100"
    _print(found, said.basis, asked, said.change, said.residual, top, as_json, what, 100.0)


@plainly
def embargo(
    seller: Annotated[
        list[str], typer.Option("--from", help="REGION or REGION:SECTOR that no longer sells.")
    ],
    buyer: Annotated[
        list[str], typer.Option("--to", help="REGION or REGION:SECTOR that no longer gets it.")
    ],
    share: Annotated[str, typer.Option(help="The part of the flow that stops.")] = "1",
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Sales of inputs stop: who makes less, told three times by what fills the gap."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.stoppages import embargo as embargoed
    from architrave.desks.supply.table_evidence import EMBARGO

    found = opened_table(file)
    part = share_of("--share", share)
    said = embargoed(factored(found), seller, buyer, part)
    write_assessed(fields, EMBARGO, found, sellers=seller, buyers=buyer, share=part)
    _stopped(said, as_json)


@plainly
def shortage(
    missing: Annotated[
        list[str], typer.Option("--lose", help="CELL=SHARE of its output; may be repeated.")
    ],
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Cells make less and sell everybody less: who makes less, told three times likewise."""
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.stoppages import shortage as short
    from architrave.desks.supply.table_evidence import SHORTAGE

    found, given = opened_table(file), _named(missing, "--lose")
    said = short(factored(found), given)
    write_assessed(fields, SHORTAGE, found, missing=given)
    _stopped(said, as_json)


def _stopped(said: Stoppage, as_json: bool) -> None:
    """Print a stoppage: the regions, what nobody made, and what each telling assumes."""
    from architrave.desks.supply.stoppages import CLOSINGS

    names = tuple(CLOSINGS)
    tellings = [getattr(said, name) for name in names]
    by_region = [said.by_region(one) for one in tellings]
    if as_json:
        sheet = StoppageSheet(
            basis_sheet(said.basis),
            {
                name: TellingRow(
                    CLOSINGS[name],
                    dict(zip(said.table.regions, map(float, change), strict=True)),
                    one.unmet,
                    one.residual,
                    one.gap,
                )
                for name, one, change in zip(names, tellings, by_region, strict=True)
            },
        )
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(said.basis))
    money = f"{said.table.unit} {said.table.currency}"
    print_lines([heading(f"Change of output by region, {money}")])
    rows = [
        (region, *(f"{change[at]:z,.0f}" for change in by_region))
        for at, region in enumerate(said.table.regions)
    ]
    unmet = ("ordered, and made by nobody", *(f"{one.unmet:z,.0f}" for one in tellings))
    print_lines(table([("", *names), *rows, unmet]))
    for name in names:
        print_lines(paragraph(f"{name}: {CLOSINGS[name]}.", 2))
    worst = max(one.residual for one in tellings)
    print_lines(paragraph(f"{_STILL} Solved with a residual of {worst:.1e}.", 0))


def _vector(found: Table, given: Mapping[str, float]) -> Vector:
    import numpy as np

    values = np.zeros(found.size)
    for name, number in given.items():
        values[found.cell(name)] = number
    return values


def _named(typed: list[str], option: str) -> dict[str, float]:
    """What was typed as CELL=NUMBER, by cell; Unclear for another form or a cell named twice."""
    found: dict[str, float] = {}
    for one in typed:
        name, parted, amount = one.partition("=")
        if not parted:
            raise Unclear(f"{option} {one}: expected {_FORMS[option]}.")
        if name in found:
            raise Unclear(f"{option} {one}: {name} is named twice.")
        if option == "--change":
            found[name] = _money(one, amount)
        else:
            found[name] = share_of(option, one, amount, inf if option == "--add" else 1.0)
    return found


def _money(typed: str, amount: str) -> float:
    try:
        number = float(amount)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise Unclear(f"--change {typed}: expected {_FORMS['--change']}.")
    return number


def _print(
    found: Table,
    basis: Basis,
    asked: Mapping[str, object],
    change: Vector,
    residual: float,
    top: int | None,
    as_json: bool,
    what: str,
    scale: float,
) -> None:
    cells = sorted(zip(found.cells, change * scale, strict=True), key=lambda it: -abs(it[1]))
    if as_json:
        told = {name: float(value) for name, value in cells[:top]}
        print_json(asdict(ShockSheet(basis_sheet(basis), what, told, residual)))
        return
    print_lines(basis_lines(basis, asked))
    shown = cells[: top or _TOP]
    print_lines([heading(f"Change of {what}: the {len(shown)} largest")])
    print_lines(table(_shown(shown)))
    print_lines(paragraph(f"{_STILL} Solved with a residual of {residual:.1e}.", 0))


def _shown(cells: Iterable[tuple[str, float]]) -> Iterator[tuple[str, str]]:
    for name, value in cells:
        yield name, f"{value:,.4g}" if abs(value) < 100 else f"{value:z,.0f}"
