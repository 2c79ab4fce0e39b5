"""The tables of a chain: stages with shares, substitution and stocks, dependence of importers.

Each row of the first table is a figure; the stage's name, tier, upstream stages and codes stand on
each of its rows and must agree. A note begins with ``[primary]`` or ``[alt]``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer, digest_of
from architrave.desks.rows import Row, choice, read_table, several, text
from architrave.desks.supply.chains.model import (
    FORECAST,
    Chain,
    Dependence,
    Figure,
    Kind,
    Stage,
    Substitution,
    Tier,
)

__all__ = ["SHIPPED", "read_chain", "shipped_chain"]

SHIPPED = ("semiconductors", "batteries")
"""The chains that come along, each by its name."""

_FIGURES = (
    "stage_id", "stage", "tier", "upstream_stage_ids", "measure", "country_iso3", "share_pct",
    "low_pct", "high_pct", "year", "hs6", "note", "source_url",
)  # fmt: skip
_SUBSTITUTION = (
    "stage_id", "holder_iso3", "kind", "time_to_substitute_months_low",
    "time_to_substitute_months_high", "typical_stock_days_low", "typical_stock_days_high", "basis",
    "source_url",
)  # fmt: skip
_DEPENDENCE = (
    "stage_id", "importer_iso3", "supplier_iso3", "share_pct", "year", "hs6", "note", "source_url",
)  # fmt: skip


def read_chain(
    name: str, figures: tuple[str, str], substitution: tuple[str, str], dependence: tuple[str, str]
) -> Chain:
    """Read a chain from three tables (file name, content); BadInput naming file, line and column.

    Rows of the second and third table that are of other chains' stages are passed over.
    """
    rows = read_table(*figures, _FIGURES)
    stages = _stages(rows)
    found = tuple(_figure(row) for row in rows)
    others = [row for row in read_table(*substitution, _SUBSTITUTION) if _is_of(row, stages)]
    bought = [row for row in read_table(*dependence, _DEPENDENCE) if _is_of(row, stages)]
    chain = Chain(
        name,
        stages,
        found,
        tuple(_substitution(row) for row in others),
        tuple(_dependence(row) for row in bought),
        tuple(_layer(*one, rows_) for one, rows_ in
              ((figures, rows), (substitution, others), (dependence, bought))),
    )  # fmt: skip
    chain.in_order()
    return chain


@cache
def shipped_chain(name: str) -> Chain:
    """A chain that comes along, by its name; BadInput for another."""
    if name not in SHIPPED:
        raise BadInput(f"there is no chain {name!r} here, only {' and '.join(SHIPPED)}.")
    package = Path(str(files("architrave")))
    roots = (package / "shipped", package.parents[1])
    folder = next((root / "data/chains" for root in roots if (root / "data/chains").is_dir()), None)
    if folder is None:
        raise BadInput("data/chains is not beside the program: it was not installed whole.")
    names = (f"{name}.csv", "substitution.csv", "import_dependence.csv")
    read = [(one, (folder / one).read_text(encoding="utf-8")) for one in names]
    return read_chain(name, *read)


def _stages(rows: Sequence[Row]) -> Mapping[str, Stage]:
    found: dict[str, Stage] = {}
    places: dict[str, Row] = {}
    for row in rows:
        stage = Stage(
            text(row, "stage_id"),
            text(row, "stage"),
            Tier(choice(row, "tier", [one.value for one in Tier])),
            several(row, "upstream_stage_ids"),
            several(row, "hs6"),
        )
        earlier = found.setdefault(stage.id, stage)
        if earlier != stage:
            raise BadInput(
                f"{row.place}: {stage.id} is described otherwise than in {places[stage.id].place}."
            )
        places.setdefault(stage.id, row)
    return found


def _figure(row: Row) -> Figure:
    note = text(row, "note")
    mark, _, rest = note.partition("]")
    if mark not in ("[primary", "[alt"):
        raise BadInput(f"{row.place}: note must begin with [primary] or [alt], not {note[:20]!r}.")
    share, low, high = (_percent(row, name) for name in ("share_pct", "low_pct", "high_pct"))
    if share is None and low is None and high is None:
        raise BadInput(f"{row.place}: neither share_pct nor a range stands there.")
    return Figure(
        text(row, "stage_id"), text(row, "measure"), text(row, "country_iso3"), share, low, high,
        _year(row), mark == "[primary", rest.strip(), text(row, "source_url"), row.place,
    )  # fmt: skip


def _substitution(row: Row) -> Substitution:
    kind = Kind(choice(row, "kind", [one.value for one in Kind]))
    months, days = "time_to_substitute_months", "typical_stock_days"
    mine, other = (days, months) if kind.stock else (months, days)
    for column in (f"{other}_low", f"{other}_high"):
        if row.cells.get(column):
            raise BadInput(f"{row.place}: {column} is no number of the kind {kind.value}.")
    holder = text(row, "holder_iso3") if kind.stock else text(row, "holder_iso3", "")
    if holder and not kind.stock:
        raise BadInput(f"{row.place}: holder_iso3 {holder} stands at months, which nobody holds.")
    low, high = _number(row, f"{mine}_low"), _number(row, f"{mine}_high")
    if low is not None and high is not None and high < low:
        raise BadInput(f"{row.place}: {mine}_high {high:g} is below {mine}_low {low:g}.")
    return Substitution(
        text(row, "stage_id"), holder, kind, low, high, text(row, "basis", ""),
        text(row, "source_url"),
    )  # fmt: skip


def _dependence(row: Row) -> Dependence:
    share = _percent(row, "share_pct")
    if share is None:
        raise BadInput(f"{row.place}: share_pct is empty.")
    return Dependence(
        text(row, "stage_id"), text(row, "importer_iso3"), text(row, "supplier_iso3"), share,
        _year(row), text(row, "note", ""), text(row, "source_url"),
    )  # fmt: skip


def _is_of(row: Row, stages: Mapping[str, Stage]) -> bool:
    return text(row, "stage_id") in stages


def _number(row: Row, column: str) -> float | None:
    found = row.cells.get(column, "")
    if not found:
        return None
    try:
        number = float(found)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e6:
        raise BadInput(f"{row.place}: {column} must be a number from 0 up, not {found!r}.")
    return number


def _percent(row: Row, column: str) -> float | None:
    found = _number(row, column)
    if found is not None and found > 100:
        raise BadInput(f"{row.place}: {column} must be at most 100, not {found:g}.")
    return found


def _year(row: Row) -> int | None:
    found = row.cells.get("year", "")
    if not found:
        return None
    if not (found.isdecimal() and 1900 <= int(found) <= 2100):
        raise BadInput(f"{row.place}: year must be a year such as 2024, not {found!r}.")
    return int(found)


def _layer(file: str, content: str, rows: Sequence[Row]) -> Layer:
    # What a source expects of a later year makes a layer no newer.
    years = [found for row in rows if (found := _year(row)) is not None and found < FORECAST]
    return Layer(
        file,
        str(max(years)) if years else "",
        digest_of(content.encode()),
        "public sources, by row",
    )
