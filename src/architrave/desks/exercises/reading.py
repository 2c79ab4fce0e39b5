"""Read a programme from tables: CSV by file name, or the sheets of a workbook.

Whatever is wrong is refused with one sentence that names the place, and both rows where two
contradict each other. `docs/desks/exercises.md` lists the columns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence

from architrave.desks.errors import BadInput
from architrave.desks.exercises.consistency import refuse_contradictions
from architrave.desks.exercises.model import (
    Area,
    Away,
    Blackout,
    ClashKind,
    Domain,
    Fixed,
    Force,
    Horizon,
    Need,
    Part,
    Precedence,
    Programme,
    Series,
    Weights,
)
from architrave.desks.exercises.tables import SETTINGS, TABLES
from architrave.desks.rows import (
    Place,
    Row,
    by_id,
    choice,
    day,
    days_in_order,
    known,
    read_table,
    several,
    text,
    whole,
)

__all__ = ["identity", "read_programme", "rows_in", "subset", "table_named"]

MOST_DAYS = 366
MOST_POINTS = 1_000_000


def read_programme(
    files: Mapping[str, str], charter_parties: Sequence[str] | None = None
) -> Programme:
    """The programme that the tables hold: `files` maps names such as ``forces.csv`` to texts.

    A sheet of a workbook goes by its name alone (``forces``). Of all tables only `programme` and
    `series` must be there; `programme.toml` may stand for the first. With `charter_parties` only
    these may be named. Raises BadInput.
    """
    horizon, parties, weights = _settings(files, charter_parties)
    areas = _areas(rows_in(files, "areas"))
    forces = _forces(rows_in(files, "forces"), parties)
    series = _series(rows_in(files, "series", True), parties, areas)
    programme = Programme(
        horizon,
        parties,
        areas,
        forces,
        series,
        tuple(_away(row, forces) for row in rows_in(files, "away")),
        _needs(rows_in(files, "needs"), series, forces),
        _parts(rows_in(files, "parts"), series, forces, areas),
        _blackouts(rows_in(files, "blackouts"), parties),
        tuple(
            Precedence(
                text(row, "before"),
                text(row, "after"),
                whole(row, "gap_days", 0, 3660, 1),
                text(row, "why", ""),
                row.place,
            )
            for row in rows_in(files, "precedences")
        ),
        tuple(
            Fixed(text(row, "edition"), day(row, "first"), row.place)
            for row in rows_in(files, "fixed")
        ),
        weights,
    )
    refuse_contradictions(programme)
    return programme


def table_named(files: Mapping[str, str], name: str) -> str | None:
    """Under which name a table is there: ``forces.csv``, or ``forces`` from a workbook."""
    return next((one for one in (f"{name}.csv", name) if one in files), None)


def rows_in(files: Mapping[str, str], name: str, needed: bool = False) -> tuple[Row, ...]:
    """The rows of a table of the programme; a table that is not there has none."""
    file = table_named(files, name)
    if file is None:
        if needed:
            raise BadInput(f"{name}.csv: there is no such table.")
        return ()
    return read_table(file, files[file], TABLES[name].needed, TABLES[name].allowed)


def identity(row: Row, column: str = "id") -> str:
    """A short id: it stands in names of editions, so it holds no sign that they use."""
    found = text(row, column)
    if not all(word.isascii() and word.isalnum() for word in found.split("-")) or len(found) > 80:
        raise BadInput(
            f"{row.place}: {column} may hold letters, digits and single hyphens, not {found!r}."
        )
    return found


def subset(row: Row, column: str, of: Iterable[str], whose: str) -> tuple[str, ...]:
    """Words that must be among others, which the sentence calls `whose`."""
    words = several(row, column)
    allowed = tuple(of)
    for word in words:
        if word not in allowed:
            raise BadInput(f"{row.place}: {column} names {word!r}, which is not among {whose}.")
    return words


def _settings(
    files: Mapping[str, str], charter_parties: Sequence[str] | None
) -> tuple[Horizon, tuple[str, ...], Weights]:
    rows = _rows_of_toml(files) if "programme.toml" in files else rows_in(files, "programme", True)
    found: dict[str, Row] = {}
    for row in rows:
        name = choice(row, "setting", SETTINGS)
        if name in found:
            raise BadInput(f"{row.place}: {name} was settled in {found[name].place}.")
        found[name] = row
    file = "programme.toml" if "programme.toml" in files else table_named(files, "programme")
    for name in ("year", "parties"):
        if name not in found:
            raise BadInput(f"{file}: {name} is missing.")
    parties = several(found["parties"], "value", charter_parties)
    if not parties:
        raise BadInput(f"{found['parties'].place}: no party is named.")
    usual = Weights()
    year = whole(found["year"], "value", 1, 9000)
    years = whole(found["years"], "value", 1, 50) if "years" in found else 5
    points = {
        name: whole(found[name], "value", 0, MOST_POINTS) if name in found else getattr(usual, name)
        for name in ("host", "command", "spread")
    }
    # A list of names says who; the order of names is the charter's.
    order = parties if charter_parties is None else [p for p in charter_parties if p in parties]
    return Horizon(year, years), tuple(order), Weights(**points)


def _rows_of_toml(files: Mapping[str, str]) -> tuple[Row, ...]:
    """The keys of a TOML file as the rows of the table would be, each at the line of its key."""
    content = files["programme.toml"]
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"programme.toml: {fault}.") from fault
    lines = [line.partition("=")[0].strip() for line in content.splitlines()]
    found = []
    for key, value in values.items():
        line = lines.index(key) + 1 if key in lines else 1
        spelled = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        found.append(Row(Place("programme.toml", line), {"setting": key, "value": spelled}))
    return tuple(found)


def _areas(rows: Sequence[Row]) -> dict[str, Area]:
    areas = by_id(
        (Area(identity(row), text(row, "name"), several(row, "shares"), row.place) for row in rows),
        lambda area: area.id,
        lambda area: area.place,
    )
    for area in areas.values():
        for other in area.shares:
            if other not in areas:
                raise BadInput(f"{area.place}: there is no area {other!r} that it could overlap.")
            if other == area.id:
                raise BadInput(f"{area.place}: the area {other} is said to overlap itself.")
    return areas


def _forces(rows: Sequence[Row], parties: Sequence[str]) -> dict[str, Force]:
    return by_id(
        (
            Force(
                identity(row),
                choice(row, "party", parties),
                Domain(choice(row, "domain", tuple(Domain))),
                text(row, "name"),
                whole(row, "days_a_year", 0, MOST_DAYS, MOST_DAYS),
                whole(row, "rest_days", 0, MOST_DAYS, 0),
                row.place,
            )
            for row in rows
        ),
        lambda force: force.id,
        lambda force: force.place,
    )


def _series(
    rows: Sequence[Row], parties: Sequence[str], areas: Mapping[str, Area]
) -> dict[str, Series]:
    return by_id(
        (_one_series(row, parties, areas) for row in rows),
        lambda series: series.id,
        lambda series: series.place,
    )


def _one_series(row: Row, parties: Sequence[str], areas: Mapping[str, Area]) -> Series:
    named = several(row, "parties", parties)
    if not named:
        raise BadInput(f"{row.place}: parties is empty.")
    months = tuple(str(month) for month in range(1, 13))
    return Series(
        identity(row),
        text(row, "name"),
        named,
        tuple(Domain(one) for one in several(row, "domains", tuple(Domain))),
        whole(row, "days", 1, MOST_DAYS),
        whole(row, "editions", 1, 99, 1),
        whole(row, "years", 1, 50, 1),
        tuple(int(month) for month in several(row, "months", months)),
        known(row, "area", areas, "area") if row.cells.get("area") else "",
        whole(row, "lead_days", 0, 3660, 0),
        whole(row, "gap_days", 0, 3660, 0),
        subset(row, "hosts", named, "its parties"),
        subset(row, "commands", named, "its parties"),
        text(row, "source", ""),
        row.place,
    )


def _away(row: Row, forces: Mapping[str, Force]) -> Away:
    first, last = days_in_order(row, "first", "last")
    kinds = (ClashKind.MAINTENANCE, ClashKind.FORCE)
    kind = ClashKind(choice(row, "kind", kinds, ClashKind.MAINTENANCE))
    force = known(row, "force", forces, "force")
    return Away(force, first, last, kind, text(row, "note", ""), row.place)


def _needs(
    rows: Sequence[Row], series: Mapping[str, Series], forces: Mapping[str, Force]
) -> tuple[Need, ...]:
    needs = (
        Need(
            known(row, "series", series, "series"), known(row, "force", forces, "force"), row.place
        )
        for row in rows
    )
    pairs: dict[tuple[str, str], Need] = {}
    for need in needs:
        earlier = pairs.setdefault((need.series, need.force), need)
        if earlier is not need:
            raise BadInput(f"{need.place}: {earlier.place} says so already.")
        mine, theirs = series[need.series], forces[need.force]
        if theirs.party not in mine.parties:
            raise BadInput(
                f"{need.place}: the force {theirs.id} is of {theirs.party} ({theirs.place}), "
                f"which takes no part in {mine.id} ({mine.place})."
            )
    return tuple(pairs.values())


def _parts(
    rows: Sequence[Row],
    series: Mapping[str, Series],
    forces: Mapping[str, Force],
    areas: Mapping[str, Area],
) -> dict[str, Part]:
    parts = by_id(
        (
            Part(
                identity(row),
                known(row, "series", series, "series"),
                text(row, "name"),
                whole(row, "offset", 0, MOST_DAYS),
                whole(row, "days", 1, MOST_DAYS),
                known(row, "area", areas, "area") if row.cells.get("area") else "",
                subset(row, "forces", forces, "the forces"),
                row.place,
            )
            for row in rows
        ),
        lambda part: part.id,
        lambda part: part.place,
    )
    for part in parts.values():
        whole_of = series[part.series]
        if part.offset + part.days > whole_of.days:
            raise BadInput(
                f"{part.place}: the part {part.id} ends on day {part.offset + part.days} of an "
                f"edition that has {whole_of.days} ({whole_of.place})."
            )
        for force in part.forces:
            if forces[force].party not in whole_of.parties:
                raise BadInput(
                    f"{part.place}: the force {force} is of {forces[force].party} "
                    f"({forces[force].place}), which takes no part in {whole_of.id} "
                    f"({whole_of.place})."
                )
    return parts


def _blackouts(rows: Sequence[Row], parties: Sequence[str]) -> tuple[Blackout, ...]:
    found = []
    for row in rows:
        first, last = days_in_order(row, "first", "last")
        weight = whole(row, "weight", 0, MOST_POINTS) if row.cells.get("weight") else None
        found.append(
            Blackout(
                identity(row),
                ClashKind(choice(row, "kind", tuple(ClashKind))),
                first,
                last,
                several(row, "parties", parties),
                weight,
                text(row, "note", ""),
                text(row, "source", ""),
                row.place,
            )
        )
    return tuple(by_id(found, lambda one: one.id, lambda one: one.place).values())
