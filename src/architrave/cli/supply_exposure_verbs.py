"""`architrave supply exposure|chokepoints|mutual`: what depends on what, from a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.evidence_verbs import Fields, write_evidence
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, print_notes, table
from architrave.cli.supply_pages_verb import require_new, write_figures
from architrave.cli.supply_resource_verb import named_parties
from architrave.cli.supply_rows import (
    ChokepointRow,
    ChokepointsSheet,
    EachOtherRow,
    ExposureSheet,
    MutualSheet,
    OnRow,
    PairRow,
    ReliedRow,
)
from architrave.cli.supply_verbs import AsJson, TableFile, basis_lines, basis_sheet, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.exposure.mutual import Mutual
    from architrave.desks.supply.exposure.pairs import Dependency
    from architrave.desks.supply.exposure.views import SharedView
    from architrave.desks.supply.table import Table

__all__ = ["chokepoints", "exposure", "mutual"]

Party = Annotated[
    list[str] | None, typer.Option("--party", help="A region; else the charter's parties.")
]


@plainly
def exposure(
    buyer: Annotated[str, typer.Argument(help="REGION or REGION:SECTOR, such as KOR:ELE.")],
    on: Annotated[
        list[str] | None, typer.Option(help="REGION or REGION:SECTOR that it may depend on.")
    ] = None,
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Where a buyer's inputs come from: who sells them, and whose output they are made of."""
    from architrave.desks.supply.exposure.dependence import reliance
    from architrave.desks.supply.exposure.pairs import dependency
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table

    opened = opened_table(file)
    found = reliance(factored(opened), buyer)
    pairs = [dependency(factored(opened), buyer, seller) for seller in on or ()]
    if fields is not None:
        _write_relied(fields, opened, buyer, list(on or ()))
    rows = zip(found.face.regions, found.face.shares, found.through.shares, strict=True)
    ordered = sorted(rows, key=lambda row: -row[2])
    if as_json:
        sheet = ExposureSheet(
            basis_sheet(found.basis), found.buyer, [ReliedRow(*row) for row in ordered],
            found.concentration,
            [OnRow(one.seller, one.bought, one.through, one.sold, one.passed_on) for one in pairs],
        )  # fmt: skip
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(found.basis, {"on": list(on)} if on else None))
    print_lines([heading(f"Inputs of {buyer}: who sells them, and whose output they are")])
    print_lines(
        table(
            (region, f"{face:.1%} at face value", f"{through:.1%} looked through")
            for region, face, through in ordered
        )
    )
    print_lines(
        paragraph(
            "Concentration of the foreign part, looked through: "
            f"{found.concentration:.2f} (1 is one region alone)."
        )
    )
    print_lines(_pair_lines(pairs))


def _write_relied(fields: Path, opened: Table, buyer: str, on: list[str]) -> None:
    """Table where a buyer's inputs come from, and beside it how far it depends on each of `on`."""
    from architrave.desks.supply import assess
    from architrave.desks.supply.table_evidence import ON, RELIANCE

    found = [assess(RELIANCE, opened, buyer=buyer)]
    if on:
        found.append(assess(ON, opened, buyer=buyer, sellers=on))
    write_evidence(found, fields)


def _pair_lines(pairs: Sequence[Dependency]) -> Iterator[str]:
    for one in pairs:
        yield ""
        yield heading(f"{one.buyer} and {one.seller}")
        yield from table(
            [
                (f"{one.bought:.2%}", f"of the inputs of {one.buyer} are sold by {one.seller}"),
                (f"{one.through:.2%}", "of all output that they are made of is its output"),
                (_share(one.sold), f"of the output of {one.seller} goes to {one.buyer}"),
                (
                    _share(one.passed_on),
                    f"of all output that its value added is passed on to is that of {one.buyer}",
                ),
            ]
        )


def _share(part: float | None) -> str:
    return "nothing" if part is None else f"{part:.2%}"


@plainly
def chokepoints(
    party: Party = None,
    top: Annotated[int, typer.Option(min=1, max=100, help="Cells in each list.")] = 8,
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Screen all cells: on which abroad most value added hangs, for each alone and together."""
    from architrave.desks.supply.exposure.extraction import screen
    from architrave.desks.supply.exposure.views import shared_view
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.table_evidence import VIEW

    parties, opened = named_parties(party), opened_table(file)
    found = shared_view(screen(factored(opened)), parties, top)
    write_assessed(fields, VIEW, opened, parties=parties, top=top)
    if as_json:
        print_json(asdict(_view_sheet(found)))
        return
    print_lines(basis_lines(found.basis, {"parties": list(parties), "cells in each list": top}))
    print_lines(_view_lines(found))


def _view_sheet(found: SharedView) -> ChokepointsSheet:
    return ChokepointsSheet(
        basis_sheet(found.basis),
        {
            who: [ChokepointRow(one.cell, {who: one.lost[0]}) for one in cells]
            for who, cells in found.alone.items()
        },
        [
            ChokepointRow(one.cell, dict(zip(found.parties, one.lost, strict=True)))
            for one in found.together
        ],
        list(found.added),
        [EachOtherRow(*pair, *on) for pair, on in found.each_other.items()],
    )


def _view_lines(found: SharedView) -> Iterator[str]:
    for who, cells in found.alone.items():
        yield heading(f"{who} alone: cells abroad, and the share of its value added on them")
        yield from table((one.cell, f"{one.lost[0]:.2%}") for one in cells)
        yield ""
    yield heading("All together: cells outside all of them, and the share of each")
    yield from table(
        (
            one.cell,
            *(f"{who} {lost:.2%}" for who, lost in zip(found.parties, one.lost, strict=True)),
        )
        for one in found.together
    )
    added = ", ".join(found.added) or "none"
    yield from paragraph(f"In the shared list and in nobody's own: {added}.")
    yield ""
    yield heading("On each other: the cell of the other on which most hangs")
    yield from table(
        (f"{who} on {whom}", cell, f"{lost:.2%}")
        for (who, whom), (cell, lost) in found.each_other.items()
    )
    yield from paragraph(
        "Taking a cell out replaces nothing: this says how much hangs on it, and not what would "
        "happen.", 0,
    )  # fmt: skip


def _by_year(files: Sequence[Path | None]) -> list[Table]:
    """Their tables, each of a year of its own; Unclear naming both files where two are of one."""
    from architrave.desks.supply.readers.opening import opened_table

    found: dict[int, tuple[Path | None, Table]] = {}
    for file in files:
        opened = opened_table(file)
        if opened.year in found:
            other = found[opened.year][0]
            raise Unclear(
                f"{other} and {file} are both tables of {opened.year}: name one for each year."
            )
        found[opened.year] = file, opened
    return [opened for _, opened in found.values()]


@plainly
def mutual(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Tables of several years; else the small one.")
    ] = None,
    party: Party = None,
    out: Annotated[
        Path | None, typer.Option(help="Also write it, rounded, as the Forum's pages read it.")
    ] = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """How parties depend on each other by year, in both directions of every pair."""
    from architrave.desks.supply.exposure.mutual import mutual as depended
    from architrave.desks.supply.table_evidence import MUTUAL

    parties = named_parties(party)
    if len(parties) < 2:
        raise Unclear("--party: name two regions or more.")
    for one in (out, fields):
        if one is not None:
            require_new(one)
    tables = _by_year(files or [None])
    found = depended(tables, parties)
    if out is not None:
        _write_rounded(out, found, tables)
    write_assessed(fields, MUTUAL, tuple(tables), parties=parties)
    if as_json:
        rows = [PairRow(one.year, one.of, one.by, one.supplies, one.earns) for one in found.rows]
        print_json(asdict(MutualSheet(basis_sheet(found.basis), rows)))
        return
    print_lines(basis_lines(found.basis, {"parties": list(parties)}))
    print_lines([heading("Whose value added in whose final demand")])
    print_lines(
        table(
            (
                str(row.year),
                f"{row.of} in {row.by}",
                f"{row.supplies:.2%} of what {row.by} pays for",
                f"{row.earns:.2%} of what {row.of} adds",
            )
            for row in found.rows
        )
    )
    print_lines(
        paragraph("Who sells much to another gains a say there, and hangs on that market.", 0)
    )


def _write_rounded(out: Path, found: Mutual, tables: Sequence[Table]) -> None:
    """The shares to three figures and no more of the tables, which may not go where these go."""
    from architrave.desks.supply.finished import finished_years

    write_figures(out, finished_years(found, tables))
    count = "one year" if len(tables) == 1 else f"{len(tables)} years"
    print_notes([f"{out} holds the shares of {count}, rounded to three figures."])
