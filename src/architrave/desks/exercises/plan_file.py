"""The illustrative plan as a file: the sandbox's plan without a date, to be shown and not solved.

A plan takes seconds and a library to find; who shows one reads it from this file. Everything in it
is illustrative, and its days are "year 2, week 14" of no calendar: no date can stand in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from architrave.desks.errors import BadInput
from architrave.desks.exercises.illustration import MARK, YEARS, Illustration
from architrave.desks.exercises.model import Placed

__all__ = ["PLAN_FILE", "IllustrativePlan", "PlanRow", "PlanSeries", "plan_text", "read_plan"]

PLAN_FILE = "illustrative_plan.json"
_WEEKS = 53
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class PlanSeries:
    """A series of the plan, and on what its cadence, length and months rest (in English)."""

    id: str
    name: str
    parties: tuple[str, ...]
    cadence: str
    days: str
    months: str
    left_out: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One edition: its year (from 1) and week (from 1), its length in days, who hosts and commands.

    `host` and `command` are parties, or empty where the plan names none.
    """

    series: str
    year: int
    week: int
    days: int
    host: str
    command: str


@dataclass(frozen=True, slots=True)
class IllustrativePlan:
    """The whole plan; `proven` says that no plan of the sandbox costs less."""

    years: int
    proven: bool
    series: tuple[PlanSeries, ...]
    rows: tuple[PlanRow, ...]


def plan_text(illustration: Illustration, placed: Sequence[Placed], proven: bool) -> str:
    """The file of a plan of the sandbox: JSON in one spelling, so that it can be compared."""
    bases = {basis.series: basis for basis in illustration.bases}
    series = [
        PlanSeries(
            one.id,
            one.name,
            one.parties,
            bases[one.id].cadence,
            bases[one.id].days,
            bases[one.id].months,
            bases[one.id].left_out,
            bases[one.id].source,
        )
        for one in illustration.programme.series.values()
    ]
    rows = [
        PlanRow(
            one.edition.partition("/")[0],
            one.first.year,
            (one.first.timetuple().tm_yday - 1) // 7 + 1,
            one.days,
            one.host,
            one.command,
        )
        for one in placed
        if not one.part
    ]
    whole = {
        "mark": MARK,
        "years": illustration.programme.horizon.years,
        "proven": proven,
        "series": [asdict(one) for one in series],
        "rows": [asdict(one) for one in rows],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read_plan(content: str, parties: Sequence[str], file: str = PLAN_FILE) -> IllustrativePlan:
    """Read the file. Raises BadInput for what is not marked, unknown or out of its bounds."""
    try:
        whole = json.loads(content)
    except ValueError as fault:
        raise BadInput(f"{file}: this is no JSON ({fault}).") from fault
    _keys(whole, ("mark", "years", "proven", "series", "rows"), file)
    if whole["mark"] != MARK:
        raise BadInput(f"{file}: mark must be {MARK!r}, not {whole['mark']!r}.")
    years = _whole(whole, "years", YEARS * 2, file)
    if not isinstance(whole["proven"], bool):
        raise BadInput(f"{file}: proven must be true or false.")
    series = tuple(
        _series(one, parties, f"{file}, series {number}")
        for number, one in enumerate(_list(whole, "series", file), 1)
    )
    ids = tuple(one.id for one in series)
    for one in ids:
        if ids.count(one) > 1:
            raise BadInput(f"{file}: the series {one!r} stands there twice.")
    rows = tuple(
        _row(one, ids, years, parties, f"{file}, row {number}")
        for number, one in enumerate(_list(whole, "rows", file), 1)
    )
    return IllustrativePlan(years, whole["proven"], series, rows)


def _series(value: Any, parties: Sequence[str], place: str) -> PlanSeries:
    names = tuple(PlanSeries.__dataclass_fields__)
    _keys(value, names, place)
    among = tuple(_list(value, "parties", place))
    for party in among:
        if party not in parties:
            raise BadInput(f"{place}: there is no party {party!r}.")
    words = {name: _text(value, name, place) for name in names if name != "parties"}
    if MARK not in words["name"]:
        raise BadInput(f"{place}: the name {words['name']!r} does not say that it is {MARK}.")
    return PlanSeries(**words, parties=among)


def _row(
    value: Any, series: Sequence[str], years: int, parties: Sequence[str], place: str
) -> PlanRow:
    _keys(value, tuple(PlanRow.__dataclass_fields__), place)
    if value["series"] not in series:
        raise BadInput(f"{place}: there is no series {value['series']!r}.")
    for name in ("host", "command"):
        if value[name] not in ("", *parties):
            raise BadInput(f"{place}: {name} must be a party or empty, not {value[name]!r}.")
    return PlanRow(
        value["series"],
        _whole(value, "year", years, place),
        _whole(value, "week", _WEEKS, place),
        _whole(value, "days", _MOST_DAYS, place),
        value["host"],
        value["command"],
    )


def _keys(value: Any, names: Sequence[str], place: str) -> None:
    if not isinstance(value, Mapping) or sorted(value) != sorted(names):
        raise BadInput(f"{place}: an object with {', '.join(names)} was expected.")


def _list(value: Mapping[str, Any], name: str, place: str) -> list[Any]:
    found = value[name]
    if not isinstance(found, list):
        raise BadInput(f"{place}: {name} must be a list.")
    return found


def _text(value: Mapping[str, Any], name: str, place: str) -> str:
    found = value[name]
    if not isinstance(found, str):
        raise BadInput(f"{place}: {name} must be a text.")
    return found


def _whole(value: Mapping[str, Any], name: str, most: int, place: str) -> int:
    found = value[name]
    if not isinstance(found, int) or isinstance(found, bool) or not 1 <= found <= most:
        raise BadInput(f"{place}: {name} must be a whole number from 1 to {most}, not {found!r}.")
    return found
