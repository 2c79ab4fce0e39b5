"""What was known of a case and what came of it: a row for each fact, with day and source.

A fact is a number, a range, or words alone; what sources do not print stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer, digest_of
from architrave.desks.rows import Row, read_table, text

__all__ = ["Fact", "Facts", "read_facts", "shipped_facts"]

_NEEDED = ("fact", "value", "low", "high", "unit", "known", "what", "source_url")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `value`, or a range from `low` to `high`, in `unit`; `known` is when it was out.

    `stage` is the stage of a chain that it is about, empty where it is about none.
    """

    name: str
    stage: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    known: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a case, and the table they were read from as a layer."""

    rows: tuple[Fact, ...]
    layer: Layer

    def of(self, name: str, stage: str = "") -> Fact:
        """The first fact of a name, about a stage if one is given; BadInput if there is none."""
        for one in self.rows:
            if one.name == name and stage in ("", one.stage):
                return one
        about = f" about {stage}" if stage else ""
        raise BadInput(f"{self.layer.name}: there is no fact {name}{about}.")

    def number(self, name: str, stage: str = "") -> float:
        """The value of such a fact; BadInput where it has none."""
        found = self.of(name, stage).value
        if found is None:
            raise BadInput(f"{self.layer.name}: the fact {name} has no value.")
        return found

    def bounds(self, name: str, stage: str = "") -> tuple[float, float]:
        """The range of such a fact, or its value twice; BadInput where it has neither."""
        one = self.of(name, stage)
        low = one.low if one.low is not None else one.value
        high = one.high if one.high is not None else one.value
        if low is None or high is None:
            raise BadInput(f"{self.layer.name}: the fact {name} has no range.")
        return low, high


def read_facts(file: str, content: str) -> Facts:
    """Read the facts of a case; BadInput naming file, line and column."""
    rows = read_table(file, content, _NEEDED, ("stage_id",))
    newest = max((text(row, "known") for row in rows), default="")
    layer = Layer(file, newest[:4], digest_of(content.encode()), "public sources, by row")
    return Facts(tuple(_fact(row) for row in rows), layer)


@cache
def shipped_facts(name: str) -> Facts:
    """The facts of a case that comes along, by its name; BadInput if they are not there."""
    package = Path(str(files("architrave")))
    for root in (package / "shipped", package.parents[1]):
        file = root / "data" / "backtests" / f"{name}.csv"
        if file.is_file():
            return read_facts(file.name, file.read_text(encoding="utf-8"))
    raise BadInput(f"data/backtests/{name}.csv is not beside the program.")


def _fact(row: Row) -> Fact:
    value, low, high = (_number(row, one) for one in ("value", "low", "high"))
    if low is not None and high is not None and high < low:
        raise BadInput(f"{row.place}: high {high:g} is below low {low:g}.")
    return Fact(
        text(row, "fact"), row.cells.get("stage_id", ""), value, low, high,
        text(row, "unit"), text(row, "known"), text(row, "what"), text(row, "source_url"),
    )  # fmt: skip


def _number(row: Row, column: str) -> float | None:
    typed = row.cells.get(column, "")
    if not typed:
        return None
    try:
        found = float(typed)
    except ValueError:
        found = float("nan")
    if not abs(found) < 1e9:
        raise BadInput(f"{row.place}: {column} must be a number, not {typed!r}.")
    return found


def sources_of(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The addresses of facts, each once, in their order."""
    return tuple(dict.fromkeys(one.source for one in facts))
