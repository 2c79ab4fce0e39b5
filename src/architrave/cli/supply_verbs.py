"""`architrave supply …`: supply chains from input-output tables and product chains.

The verbs of each room have a module of their own; `supply_group` wires them. NumPy and what else
the desk needs belong to an extra, so a verb brings the desk in when it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from architrave.cli.evidence_verbs import write_evidence
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_rows import BasisSheet, LayerRow, TableSheet
from architrave.cli.supply_words import is_asked, words_of

if TYPE_CHECKING:
    from architrave.desks.supply.basis import Basis
    from architrave.desks.supply.questions import Given
    from architrave.desks.supply.table import Table

__all__ = [
    "AsJson", "TableFile", "basis_json", "basis_lines", "basis_sheet", "table_verb",
    "write_assessed",
]  # fmt: skip

TableFile = Annotated[
    Path | None,
    typer.Option("--table", help="An input-output table; left out, the small one of 2011."),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@plainly
def table_verb(
    named: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="An official table as downloaded: a file or folder."),
    ] = None,
    file: TableFile = None,
    as_json: AsJson = False,
) -> None:
    """Read a table, refuse it by its first fault, or say what it is and what rounding leaves."""
    from architrave.desks.supply.balance import balance_of
    from architrave.desks.supply.basis import basis_of
    from architrave.desks.supply.factored import factored, residual
    from architrave.desks.supply.figures import sector_names
    from architrave.desks.supply.readers.opening import opened_table

    if named is not None and file is not None:
        raise Unclear("name the table once: as FILE, or with --table.")
    found = opened_table(named or file)
    said, solved = balance_of(found), factored(found)
    left = residual(solved, solved.output(found.f), found.f)
    basis, names = basis_of(found), sector_names(found)
    if as_json:
        sheet = TableSheet(
            basis=basis_sheet(basis),
            regions=list(found.regions),
            sectors=list(found.sectors),
            names=dict(names),
            cells=found.size,
            unit=f"{found.unit} {found.currency}",
            gap=said.gap,
            gap_cell=said.gap_cell,
            empty=said.empty,
            negative=said.negative,
            drawn=said.drawn,
            residual=left,
        )
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(basis))
    print_lines(table(_rows(found)))
    print_lines(
        paragraph(
            f"It balances: the largest gap between sales and output is {said.gap:z,.0f} at "
            f"{said.gap_cell}. Cells without output: {said.empty}. Drawn inventories: "
            f"{said.negative}, {-said.drawn:z,.0f} in all. Solved with a residual of {left:.1e}."
        )
    )
    if names:
        print_lines(["", heading("Sectors by their codes")])
        print_lines(table(names.items()))


def _rows(found: Table) -> Iterator[list[str]]:
    yield ["Regions", f"{len(found.regions)}: {', '.join(found.regions)}"]
    yield ["Sectors", f"{len(found.sectors)}: {', '.join(found.sectors)}"]
    yield ["In", f"{found.unit} {found.currency}, {found.year}"]
    yield ["Output", f"{found.x.sum():z,.0f}"]
    yield ["Value added", f"{found.v.sum():z,.0f} (with net taxes and margins)"]
    yield ["Digest", found.digest]


def basis_lines(basis: Basis, asked: Mapping[str, Any] | None = None) -> Iterator[str]:
    """What an answer rests on, printed before it: first what was asked.

    `asked` are parameters of the question that do not stand in the basis.
    """
    values = {**basis.assumptions, **(asked or {})}
    said = {name: _said(name, value) for name, value in values.items() if not _empty(value)}
    given = [told for name, told in said.items() if name in (asked or {}) or is_asked(values, name)]
    yield heading(f"Newest year of each layer: {basis.newest}")
    if given:
        yield from paragraph(f"Asked: {'; '.join(given)}.")
    for lumped in basis.lumping:
        yield from paragraph(f"Note: {lumped}.")
    if assumed := [told for told in said.values() if told not in given]:
        yield from paragraph(f"Assumed: {'; '.join(assumed)}.")
    for source in dict.fromkeys(layer.source for layer in basis.layers):
        yield from paragraph(f"Source: {source}.")
    for terms in basis.terms:
        yield from paragraph(f"Terms: {terms}.")
    yield ""


def _said(name: str, value: object) -> str:
    return words_of(name, value) or f"{name.replace('_', ' ')} {_plain(value)}"


def _empty(value: object) -> bool:
    return isinstance(value, dict | list | tuple) and not value


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {_plain(one)}" for name, one in value.items())
    return " ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)


def basis_sheet(basis: Basis) -> BasisSheet:
    """The same as a value of JSON."""
    return BasisSheet(
        [LayerRow(one.name, one.newest, one.digest, one.source) for one in basis.layers],
        list(basis.lumping),
        dict(basis.assumptions),
        list(basis.terms),
    )


def basis_json(basis: Basis) -> dict[str, object]:
    """The same, for an answer whose shape its own verb makes."""
    return asdict(basis_sheet(basis))


def write_assessed(fields: Path | None, question: str, given: Given, **parameters: Any) -> None:
    """Write a question with its answer as the fields of a matter, where a file for it is named."""
    if fields is None:
        return
    from architrave.desks import supply

    write_evidence([supply.assess(question, given, **parameters)], fields)
