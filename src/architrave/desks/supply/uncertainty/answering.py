"""Everything for one scenario: base, tornado, indices and bands, and what could not be said.

What an output has beyond eleven digits of its largest value is the noise of arithmetic, which no
two machines share; it is rounded off, so that nothing is nothing everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.table import Vector
from architrave.desks.supply.uncertainty.ranges import Output, Range, Scenario
from architrave.desks.supply.uncertainty.running import Failed, answered
from architrave.desks.supply.uncertainty.tornado import Bar, bars, tornado_rows
from architrave.desks.supply.uncertainty.variance import (
    Index,
    drawn_apart,
    indices,
    sample_rows,
)

__all__ = [
    "PERCENTS", "Band", "Design", "Ranged", "Said", "chosen_ranges", "rounded", "uncertain",
]  # fmt: skip

PERCENTS = (5.0, 25.0, 50.0, 75.0, 95.0)
"""The percentiles of a band."""

_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Design:
    """How many rows are drawn and from which seed; `confidence` is of the indices' intervals."""

    size: int = 256
    seed: int = 1
    confidence: float = 0.95

    @property
    def document(self) -> dict[str, object]:
        """The design as JSON holds it."""
        return {"size": self.size, "seed": self.seed, "confidence": self.confidence}


@dataclass(frozen=True, slots=True)
class Band:
    """Percentiles (`PERCENTS`) of the rows drawn by themselves, and of how many of how many."""

    percentiles: tuple[float, ...]
    answered: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one output. None stands for what is not known.

    `indices` are None where a row failed: they need every row. `band` is None where all failed.
    """

    output: Output
    base: float | None
    bars: tuple[Bar, ...]
    indices: Mapping[str, Index] | None
    band: Band | None
    constant: bool


@dataclass(frozen=True, eq=False)
class Ranged:
    """A scenario answered over its ranges.

    `failed` are rows without an answer, of the tornado and of the sample, each with its inputs.
    `open` are inputs whose upper end nobody knows: held at their base, and without any index.
    """

    basis: Basis
    ranges: tuple[Range, ...]
    design: Design
    rows: int
    said: tuple[Said, ...]
    failed_bars: tuple[Failed, ...]
    failed_rows: tuple[Failed, ...]

    @property
    def open(self) -> tuple[Range, ...]:
        """The inputs whose upper end is not known."""
        return tuple(one for one in self.ranges if one.high is None)

    def of(self, name: str) -> Said:
        """What is said of an output; BadInput if there is none of that name."""
        for one in self.said:
            if one.output.name == name:
                return one
        raise BadInput(f"there is no output {name!r}.")

    @property
    def document(self) -> dict[str, object]:
        """The answer as JSON holds it, without what went in."""
        return {
            "rows": self.rows,
            "open": [one.name for one in self.open],
            "outputs": {one.output.name: _said_document(one) for one in self.said},
            "failed": {
                "tornado": [_failed_document(one) for one in self.failed_bars],
                "sample": [_failed_document(one) for one in self.failed_rows],
            },
        }


def uncertain(
    scenario: Scenario,
    ranges: Sequence[Range] | None = None,
    design: Design = Design(),
    workers: int = 1,
) -> Ranged:
    """A scenario over its ranges, or over others for the same inputs (`ranges.with_ranges`).

    The answer is the same to the bit with any number of workers. BadInput as `sample_rows` and
    `answered` say, for a confidence outside 0 to 1, and for ranges of other names.
    """
    chosen = chosen_ranges(scenario, ranges)
    if not 0 < design.confidence < 1:
        raise BadInput(f"the confidence must lie between 0 and 1, not {design.confidence:g}.")
    _require_names(chosen, scenario.outputs)
    one_by_one, drawn = tornado_rows(chosen), sample_rows(chosen, design.size, design.seed)
    # Asked for together, so that workers are started once.
    values, failed = answered(scenario, np.concatenate([one_by_one, drawn]), workers)
    first = len(one_by_one)
    said = tuple(
        _said(chosen, design, output, first, rounded(values[:, at]))
        for at, output in enumerate(scenario.outputs)
    )
    return Ranged(
        scenario.basis,
        chosen,
        design,
        len(drawn),
        said,
        tuple(one for one in failed if one.row <= first),
        tuple(replace(one, row=one.row - first) for one in failed if one.row > first),
    )


def chosen_ranges(scenario: Scenario, ranges: Sequence[Range] | None) -> tuple[Range, ...]:
    """The scenario's own ranges, or others for the same inputs; BadInput for what is no such."""
    chosen = tuple(scenario.ranges if ranges is None else ranges)
    if [one.name for one in chosen] != [one.name for one in scenario.ranges]:
        raise BadInput("the ranges must have the names of the scenario's own, in their order.")
    for one in chosen:
        one.require_sound()
    return chosen


def _require_names(ranges: Sequence[Range], outputs: Sequence[Output]) -> None:
    for what, names in (
        ("range", [one.name for one in ranges]),
        ("output", [one.name for one in outputs]),
    ):
        for name in names:
            if names.count(name) > 1:
                raise BadInput(f"the {what} {name!r} stands there twice.")


def rounded(values: Vector) -> Vector:
    """Values to eleven digits of the largest: what lies beyond is the noise of arithmetic."""
    largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    if largest == 0.0:
        return values
    digits = _DIGITS - math.ceil(math.log10(largest))
    if digits > 300:
        return values  # NumPy cannot count so far behind the point
    found: Vector = np.round(values, digits)
    return found + 0.0  # no -0


def _said(
    ranges: Sequence[Range], design: Design, output: Output, first: int, values: Vector
) -> Said:
    one_by_one, drawn = values[:first], values[first:]
    apart = drawn[drawn_apart(ranges, len(drawn))]
    good = apart[np.isfinite(apart)]
    whole = bool(np.isfinite(drawn).all())
    found = indices(ranges, drawn, design.seed, design.confidence) if whole else None
    return Said(
        output,
        float(one_by_one[0]) if np.isfinite(one_by_one[0]) else None,
        bars(ranges, one_by_one),
        found,
        _band(good, len(apart)),
        found is not None and all(one.total == 0 for one in found.values()),
    )


def _band(good: Vector, drawn: int) -> Band | None:
    if not len(good):
        return None
    percentiles = np.percentile(good, PERCENTS)
    return Band(tuple(float(one) for one in percentiles), len(good), drawn)


def _said_document(one: Said) -> dict[str, object]:
    band = one.band
    return {
        "unit": one.output.unit,
        "base": one.base,
        "band": None
        if band is None
        else {
            "percents": list(PERCENTS),
            "percentiles": list(band.percentiles),
            "answered": band.answered,
            "drawn": band.drawn,
        },
        "tornado": {bar.name: [bar.low, bar.high] for bar in one.bars},
        "indices": None
        if one.indices is None
        else {
            name: {
                key: round(getattr(it, key), _DIGITS)
                for key in ("first", "first_within", "total", "total_within")
            }
            for name, it in one.indices.items()
        },
    }


def _failed_document(one: Failed) -> dict[str, object]:
    return {"row": one.row, "inputs": dict(one.inputs), "why": one.why}
