"""`architrave supply backtest`: what the desk would have said of a case, and what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_backtest_rows import ChipMaterialsSheet, TohokuSheet
from architrave.cli.supply_chain_opening import case_basis
from architrave.cli.supply_verbs import AsJson, basis_lines, basis_sheet

if TYPE_CHECKING:
    from architrave.desks.supply.backtests.chip_materials import ChipMaterials, Said
    from architrave.desks.supply.backtests.scores import Panel
    from architrave.desks.supply.backtests.tohoku import OtherYear, Tohoku
    from architrave.desks.supply.backtests.tohoku_days import ByDays, DaysTold
    from architrave.desks.supply.table import Table

__all__ = ["CASES", "backtest"]

CASES = ("tohoku", "chip-materials")
_FIRST = 1995


@plainly
def backtest(
    case: Annotated[str, typer.Argument(metavar="CASE", help="tohoku or chip-materials.")],
    tables: Annotated[
        Path | None,
        typer.Option("--tables", help="The folder with wiod13_2005.npz to wiod13_2011.npz."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What the desk would have said before something happened, beside a yardstick, and what did."""
    if case not in CASES:
        raise Unclear(f"{case}: there is no such case, only {' and '.join(CASES)}.")
    if case == "chip-materials":
        if tables is not None:
            raise Unclear("--tables is of tohoku; chip-materials rests on chains: leave it out.")
        _chip_materials(as_json)
        return
    if tables is None:
        raise Unclear("tohoku: say with --tables where the tables of 2005, 2010 and 2011 lie.")
    _tohoku(tables, as_json)


def _tohoku(folder: Path, as_json: bool) -> None:
    from architrave.desks.supply.backtests.facts import shipped_facts
    from architrave.desks.supply.backtests.tohoku import FACTS, YEARS, other_years, tohoku
    from architrave.desks.supply.backtests.tohoku_days import days_told

    tables, facts = {year: _read(folder, year) for year in YEARS}, shipped_facts(FACTS)
    days = days_told(tables[YEARS[1]], facts)
    found = tohoku(tables, facts, days.beside)
    years = [year for year in range(_FIRST, YEARS[-1] + 1) if _file(folder, year).exists()]
    others = tuple(other_years((_read(folder, year) for year in years), found.lost))
    if as_json:
        sheet = TohokuSheet(
            basis_sheet(found.basis), found.alike, found.lost, found.vehicles_made, found.output,
            found.groups, found.products, found.partners, found.cells, others, days.runs,
            days.months,
        )  # fmt: skip
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(found.basis))
    print_lines(_tohoku_lines(found, days, others))


def _file(folder: Path, year: int) -> Path:
    return folder / f"wiod13_{year}.npz"


def _read(folder: Path, year: int) -> Table:
    from architrave.desks.supply.readers.opening import opened_table

    return opened_table(_file(folder, year))


def _tohoku_lines(found: Tohoku, days: DaysTold, others: tuple[OtherYear, ...]) -> Iterator[str]:
    own = found.own
    observed = [one.region for one in found.alike if one.observed]
    yield heading("What of the later table is an observation")
    yield from paragraph(
        f"{own.region}: {own.sectors} sectors grew by {own.factors} different factors, "
        f"{own.largest} of them by one and the same. Most sectors have a factor of their own in "
        f"{len(observed)} of {len(found.alike)} regions."
    )
    yield ""
    yield heading("Assumed lost of the year's output, and what follows for all output")
    for case, (vehicles, rest) in found.lost.items():
        tellings = ", ".join(
            f"{name.partition(', ')[2]} {_percent(change)}"
            for name, change in found.output.items()
            if name.startswith(f"{case},") and name not in days.beside
        )
        yield from paragraph(
            f"{case}: transport equipment {_percent(-vehicles)} (motor vehicles made that year "
            f"{_percent(found.vehicles_made)}), other factories {_percent(-rest)}. "
            f"All output: {tellings}."
        )
    yield ""
    yield from _days_lines(days)
    first = next(iter(found.lost))
    near = [one for one in found.output if one.startswith(first) and "put in" not in one]
    yield from _panel("Groups of sectors, share of output", found.groups, near)
    own = [one.name for one in found.products.scores if one.name not in days.beside]
    title = "Factory products, share of what the world sells abroad"
    yield from _panel(title, found.products, own)
    title = "Partners, share of the factory products they buy abroad"
    yield from _panel(title, found.partners, own, 8)
    yield heading("Order of other regions' factories, rank correlation with what happened")
    yield from table([(name, _order(one)) for name, one in found.cells.order.items()])
    yield from paragraph(f"{found.cells.count} cells of {len(found.cells.regions)} regions.")
    yield ""
    yield heading("The near case said of every year's products: mean error beside 'as last year'")
    yield from table(
        [
            ("", "level", "yardstick", "pattern", "yardstick"),
            *(
                (
                    str(one.year), f"{100 * one.level:.1f}", f"{100 * one.level_still:.1f}",
                    f"{100 * one.pattern:.1f}", f"{100 * one.pattern_still:.1f}",
                )
                for one in others
            ),
        ]
    )  # fmt: skip


def _days_lines(days: DaysTold) -> Iterator[str]:
    """What was put in by days and what came of it, with each stock; then month by month."""
    yield heading("By days, in 100 of the usual: lost on the day, and missing in the year")
    yield from table(
        [
            (
                "days of stock", "transport", "others", "put in", "factories", "transport", "all",
                "lowest day",
            ),
            *(
                (
                    f"{one.case}, {one.stock:.0f}",
                    *map(_signed, (-one.first[0], -one.first[1], one.put_in)),
                    *_year(one),
                )
                for one in days.runs
            ),
        ]
    )  # fmt: skip
    yield ""
    title = "Output of factories by month against February"
    yield from _panel(title, days.months, list(days.beside))


def _year(one: ByDays) -> tuple[str, ...]:
    if one.runaway:
        return "–", "–", "–", "ran away"  # its figures tell nothing
    lacks = (one.factories, one.vehicles, one.output)
    return *map(_signed, lacks), f"{100 * one.lowest:.1f} on {one.lowest_day}"


def _panel(title: str, panel: Panel, short: Sequence[str], shown: int = 20) -> Iterator[str]:
    """The heaviest rows with some of the answers, then how far everybody was off."""
    yield heading(f"{title}: change in 100")
    rows = sorted(panel.rows, key=lambda one: -one.weight)[:shown]
    yield from table(
        [
            ("", "happened", *short),
            *(
                (one.name, _signed(one.happened), *(_signed(one.said[name]) for name in short))
                for one in rows
            ),
        ]
    )
    yield from table(
        [
            ("mean error", "level", "pattern", "order"),
            *(
                (
                    f"{one.name} (yardstick)" if one.yardstick else one.name,
                    f"{100 * one.level:.1f}", f"{100 * one.pattern:.1f}", _order(one.order),
                )
                for one in panel.scores
            ),
        ]
    )  # fmt: skip
    yield ""


def _percent(share: float) -> str:
    return f"{100 * share:+.1f} %"


def _signed(change: float) -> str:
    return f"{100 * change:+.1f}"


def _order(found: float | None) -> str:
    return "none" if found is None else f"{found:+.2f}"


def _chip_materials(as_json: bool) -> None:
    from architrave.desks.supply.backtests.chip_materials import FACTS, chip_materials
    from architrave.desks.supply.backtests.facts import shipped_facts
    from architrave.desks.supply.chains.reading import shipped_chain

    chain = shipped_chain("semiconductors")
    found = chip_materials(chain, shipped_facts(FACTS))
    if as_json:
        sheet = ChipMaterialsSheet(
            basis_sheet(found.basis), found.days, found.said, found.downstream, found.stopped
        )
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(case_basis(found.basis, chain)))
    print_lines(_chip_lines(found))


def _chip_lines(found: ChipMaterials) -> Iterator[str]:
    yield heading(f"Nothing of the supplier for {found.days} days: first day that runs short")
    yield from table(
        [
            ("", "share", "stock, days", "from", "at the latest", "first licence"),
            *(
                (
                    one.stage, _range(100 * one.share[0], 100 * one.share[1]), _stock(one),
                    _day(one.earliest), _latest(one), _range(*one.licence),
                )
                for one in found.said
            ),
        ]
    )  # fmt: skip
    yield ""
    yield heading("The same by the world's shares alone, and by all that the tables hold by now")
    rows = [(one.stage, _day(one.by_world), _day(one.today)) for one in found.said]
    yield from table([("", "world", "by now"), *rows])
    yield ""
    yield from paragraph(
        f"Short before the first licence at worst: {found.short} of {len(found.said)} materials, "
        f"and {len(found.downstream)} stages that take from them. Stoppages of production "
        f"reported in the first hundred days: {found.stopped:.0f}. A licence is no loss, and a "
        "shortage no standstill.", 0,
    )  # fmt: skip


def _range(low: float, high: float) -> str:
    return f"{low:.4g}" if low == high else f"{low:.4g}-{high:.4g}"


def _stock(one: Said) -> str:
    low, high = one.stock
    return "not known" if low is None or high is None else _range(low, high)


def _day(found: int | None) -> str:
    return "not" if found is None else str(found)


def _latest(one: Said) -> str:
    return _day(one.latest) if one.latest_known else "not known"
