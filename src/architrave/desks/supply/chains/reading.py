"""The tables of a chain: stages with shares, substitution and stocks, purchases, and amounts.

Each row of the first table is a figure; the stage's name, tier, upstream stages and codes stand on
each of its rows and must agree. A note begins with ``[primary]`` or ``[alt]``. A stage of which no
share was found has a row without numbers whose note goes on with ``no share found``: it makes the
stage, and no figure. The other tables may be absent; then nothing is known of what they tell.
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
    WORLD,
    Amount,
    Chain,
    Counted,
    Dependence,
    Figure,
    Kind,
    Per,
    Stage,
    Substitution,
    Tier,
    is_code,
)

__all__ = ["BESIDE", "BY_ROW", "NO_SHARE", "SHIPPED", "Named", "read_chain", "shipped_chain"]

SHIPPED = ("semiconductors", "batteries")
"""The chains that come along, each by its name."""

BESIDE = ("substitution.csv", "import_dependence.csv", "capacity.csv")
"""The tables that stand beside one of figures, in the order in which a chain is read."""

BY_ROW = "public sources, by row"
"""The source of a table of a chain: each of its rows has an address of its own."""

NO_SHARE = "no share found"
"""How the note of a row without numbers goes on."""

Named = tuple[str, str]
"""A table: the name of its file, and what stands in it."""

_FIGURES = (
    "stage_id", "stage", "tier", "upstream_stage_ids", "measure", "country_iso3", "share_pct",
    "low_pct", "high_pct", "year", "hs6", "note", "source_url",
)  # fmt: skip
_MAY_STAND = ("may_ship",)  # whether others may have the row: nothing that a chain is made of
_SUBSTITUTION = (
    "stage_id", "holder_iso3", "kind", "time_to_substitute_months_low",
    "time_to_substitute_months_high", "typical_stock_days_low", "typical_stock_days_high", "basis",
    "source_url",
)  # fmt: skip
_DEPENDENCE = (
    "stage_id", "importer_iso3", "supplier_iso3", "share_pct", "year", "hs6", "note", "source_url",
)  # fmt: skip
_AMOUNTS = (
    "stage_id", "country_iso3", "part", "kind", "amount_low", "amount_high", "unit", "per", "year",
    "expected", "note", "source_url",
)  # fmt: skip


_MOST = 1e15
_WHOLE = 105.0
"""Percent: where each of many shares is rounded up to 1, a stage's may be a few more than 100."""


def read_chain(
    name: str,
    figures: Named,
    substitution: Named | None = None,
    dependence: Named | None = None,
    capacity: Named | None = None,
) -> Chain:
    """Read a chain from its tables (file name, content); BadInput naming file, line and column.

    Rows of all but the first that are of other chains' stages are passed over.
    """
    rows = read_table(*figures, _FIGURES, _MAY_STAND)
    if not rows:
        raise BadInput(f"{figures[0]}: no row stands below the heading.")
    stages = _stages(rows)
    found = tuple(one for row in rows if (one := _figure(row)) is not None)
    _require_parts_of_a_whole(found)
    held = tuple(_substitution(row) for row in _rows_of(substitution, _SUBSTITUTION, stages))
    bought = tuple(_dependence(row) for row in _rows_of(dependence, _DEPENDENCE, stages))
    amounts = tuple(_amount(row) for row in _rows_of(capacity, _AMOUNTS, stages))
    counted = [one.year for one in amounts if not one.expected]
    tables = (
        _layer(figures, [one.year for one in found]),
        _layer(substitution, ()),
        _layer(dependence, [one.year for one in bought]),
        _layer(capacity, counted),
    )
    chain = Chain(name, stages, found, held, bought, amounts, tables)
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
    # As bytes, so that the digest is that of the file wherever line ends are written otherwise.
    read = [(one, (folder / one).read_bytes().decode()) for one in (f"{name}.csv", *BESIDE)]
    return read_chain(name, *read)


def _rows_of(
    table: Named | None, columns: Sequence[str], stages: Mapping[str, Stage]
) -> tuple[Row, ...]:
    """The rows of a table that are of these stages; none where there is no table."""
    if table is None:
        return ()
    return tuple(row for row in read_table(*table, columns) if text(row, "stage_id") in stages)


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


def _figure(row: Row) -> Figure | None:
    """The figure of a row; None where its note says that none was found."""
    note = text(row, "note")
    mark, _, rest = note.partition("]")
    if mark not in ("[primary", "[alt"):
        raise BadInput(f"{row.place}: note must begin with [primary] or [alt], not {note[:20]!r}.")
    share, low, high = (_percent(row, name) for name in ("share_pct", "low_pct", "high_pct"))
    if share is None and low is None and high is None:
        if rest.strip().startswith(NO_SHARE):
            return None
        raise BadInput(
            f"{row.place}: neither share_pct nor a range stands there, and the note does not go "
            f"on with {NO_SHARE!r}."
        )
    _require_within(row, share, low, high)
    maker = _country(row, "country_iso3")
    if maker == WORLD:
        raise BadInput(f"{row.place}: country_iso3 {WORLD} is the world, and no maker of a part.")
    return Figure(
        text(row, "stage_id"), text(row, "measure"), maker, share, low, high, _year(row),
        mark == "[primary", rest.strip(), text(row, "source_url"), row.place,
    )  # fmt: skip


def _substitution(row: Row) -> Substitution:
    kind = Kind(choice(row, "kind", [one.value for one in Kind]))
    months, days = "time_to_substitute_months", "typical_stock_days"
    mine, other = (days, months) if kind.stock else (months, days)
    for column in (f"{other}_low", f"{other}_high"):
        if row.cells.get(column):
            raise BadInput(f"{row.place}: {column} is no number of the kind {kind.value}.")
    named = kind.stock or row.cells.get("holder_iso3")
    holder = _country(row, "holder_iso3") if named else ""
    if holder and not kind.stock:
        raise BadInput(f"{row.place}: holder_iso3 {holder} stands at months, which nobody holds.")
    low, high = _number(row, f"{mine}_low"), _number(row, f"{mine}_high")
    _require_order(row, mine, low, high)
    return Substitution(
        text(row, "stage_id"), holder, kind, low, high, text(row, "basis", ""),
        text(row, "source_url"),
    )  # fmt: skip


def _dependence(row: Row) -> Dependence:
    share = _percent(row, "share_pct")
    if share is None:
        raise BadInput(f"{row.place}: share_pct is empty.")
    importer, supplier = _country(row, "importer_iso3"), _country(row, "supplier_iso3")
    if importer == supplier:
        raise BadInput(f"{row.place}: {importer} stands as its own supplier; it imports nothing.")
    return Dependence(
        text(row, "stage_id"), importer, supplier, share, _year(row), text(row, "note", ""),
        text(row, "source_url"),
    )  # fmt: skip


def _amount(row: Row) -> Amount:
    low, high = _number(row, "amount_low", _MOST), _number(row, "amount_high", _MOST)
    if low is None and high is None:
        raise BadInput(f"{row.place}: neither amount_low nor amount_high stands there.")
    _require_order(row, "amount", low, high)
    year = _year(row)
    expected = choice(row, "expected", ("yes", "no")) == "yes"
    return Amount(
        text(row, "stage_id"), _country(row, "country_iso3"), text(row, "part", ""),
        Counted(choice(row, "kind", [one.value for one in Counted])), low, high,
        text(row, "unit"), Per(choice(row, "per", [one.value for one in Per])), year,
        expected or (year or 0) >= FORECAST, text(row, "note", ""), text(row, "source_url"),
    )  # fmt: skip


def _require_parts_of_a_whole(figures: Sequence[Figure]) -> None:
    """BadInput where figures that add up name a maker twice, or add up to more than there is.

    One of two would be dropped in silence, or the index would be of more than the world.
    """
    known: dict[tuple[str, str, int | None], dict[str, Figure]] = {}
    for one in figures:
        if one.primary:
            makers = known.setdefault((one.stage, one.measure, one.year), {})
            if one.country in makers:
                raise BadInput(
                    f"{one.place}: {one.country} has a [primary] share of this stage, measure and "
                    f"year in {makers[one.country].place} too; mark one of them [alt]."
                )
            makers[one.country] = one
    for (stage, measure, year), makers in known.items():
        least = sum(one.least for one in makers.values())
        if least > _WHOLE:
            *_, last = makers.values()
            raise BadInput(
                f"{last.place}: the [primary] shares of {stage} ({measure}, "
                f"{year or 'no year'}) add up to {least:g} in 100."
            )


def _require_within(row: Row, share: float | None, low: float | None, high: float | None) -> None:
    """BadInput where a range ends below its start, or does not hold the share beside it."""
    if low is not None and high is not None and high < low:
        raise BadInput(f"{row.place}: high_pct {high:g} is below low_pct {low:g}.")
    if share is None:
        return
    if low is not None and share < low:
        raise BadInput(f"{row.place}: share_pct {share:g} is below low_pct {low:g}.")
    if high is not None and share > high:
        raise BadInput(f"{row.place}: share_pct {share:g} is above high_pct {high:g}.")


def _country(row: Row, column: str) -> str:
    """A country as answers ask for it; written otherwise it would be missed in silence."""
    found = text(row, column)
    if not is_code(found):
        raise BadInput(f"{row.place}: {column} must be three capital letters, not {found!r}.")
    return found


def _require_order(row: Row, column: str, low: float | None, high: float | None) -> None:
    if low is not None and high is not None and high < low:
        raise BadInput(f"{row.place}: {column}_high {high:g} is below {column}_low {low:g}.")


def _number(row: Row, column: str, most: float = 1e6) -> float | None:
    found = row.cells.get(column, "")
    if not found:
        return None
    try:
        number = float(found)
    except ValueError:
        number = -1.0
    if not 0 <= number < most:
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


def _layer(table: Named | None, found: Sequence[int | None]) -> Layer | None:
    """A table by its digest; the years found in it are those of its rows that tell something."""
    if table is None:
        return None
    file, content = table
    # What a source expects of a later year makes a layer no newer.
    years = [year for year in found if year is not None and year < FORECAST]
    return Layer(
        file,
        str(max(years)) if years else "",
        digest_of(content.encode()),
        BY_ROW,
    )
