"""Output after a loss of capacity, by so many days at a time, with a band for what is assumed.

The middle and both ends are percentiles of the same days over the rows drawn: by themselves, one
day for another. So neither end is a path that the model takes, and nobody is at it throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.table import Matrix
from architrave.desks.supply.uncertainty.answering import Design, chosen_ranges, rounded
from architrave.desks.supply.uncertainty.dayed import OutageDays
from architrave.desks.supply.uncertainty.ranges import Output, Ran, Range
from architrave.desks.supply.uncertainty.running import Failed, answered
from architrave.desks.supply.uncertainty.variance import drawn_apart, sample_rows

__all__ = ["ENDS", "Banded", "OutagePaths", "PathBand", "banded"]

ENDS = (5.0, 50.0, 95.0)
"""The percentiles of the lower end, the middle and the upper end."""

_USUAL = Design()


@dataclass(frozen=True, eq=False)
class OutagePaths:
    """The days of `outage`, `every` so many taken together, as parts of what is usual.

    Day 0 is the day before the loss, and is left out. BadInput for less than a day at a time, or
    more days than are followed.
    """

    outage: OutageDays
    every: int

    def __post_init__(self) -> None:
        most = self.outage.days - 1
        if not most:
            raise BadInput("a path takes at least 2 days: the first is the day before the loss.")
        if not 1 <= self.every <= most:
            raise BadInput(
                f"days are taken together from 1 to {most} at a time, not {self.every}: "
                f"{self.outage.days} are followed, and the first is the day before the loss."
            )

    @cached_property
    def periods(self) -> tuple[tuple[int, int], ...]:
        """The first and the last day of each period; the last may be shorter."""
        last = self.outage.days - 1
        return tuple(
            (first, min(first + self.every - 1, last)) for first in range(1, last + 1, self.every)
        )

    @property
    def ranges(self) -> tuple[Range, ...]:
        """Those of the outage."""
        return self.outage.ranges

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """Output of each region that is watched, period by period."""
        return tuple(
            Output(f"made {region} {first}-{last}", "parts of 1", "of its usual output")
            for region in self.outage.watched
            for first, last in self.periods
        )

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return self.outage.basis

    def run(self, rows: Matrix) -> Ran:
        """K rows side by side: the mean output of a day in each period."""
        found, faults = self.outage.followed(rows)
        made = found.output / np.maximum(found.usual, 1e-300)[:, None]
        places = [self.outage.table.regions.index(one) for one in self.outage.watched]
        means = np.stack(
            [made[first : last + 1, places].mean(axis=0) for first, last in self.periods], axis=1
        )
        return Ran(means.reshape(-1, len(rows)).T, faults)


@dataclass(frozen=True, slots=True)
class PathBand:
    """One region, period by period, in parts of its usual output.

    `low`, `middle` and `high` are the percentiles `ENDS`. `base` is the model's own path with each
    assumption at its base; None if the model ran away there.
    """

    base: tuple[float, ...] | None
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def document(self) -> dict[str, object]:
        """The paths as JSON holds them."""
        return {
            "base": None if self.base is None else list(self.base),
            "low": list(self.low),
            "middle": list(self.middle),
            "high": list(self.high),
        }


@dataclass(frozen=True, eq=False)
class Banded:
    """The answer over the ranges: `regions` by name, in the order in which they are watched.

    Of `drawn` rows `answered` have an answer; `failed` are the others, numbered among those drawn.
    """

    scenario: OutagePaths
    ranges: tuple[Range, ...]
    design: Design
    regions: Mapping[str, PathBand]
    answered: int
    drawn: int
    failed: tuple[Failed, ...]

    @property
    def document(self) -> dict[str, object]:
        """The answer as JSON holds it, without what went in."""
        return {
            "percents": list(ENDS),
            "periods": [list(one) for one in self.scenario.periods],
            "regions": {name: one.document for name, one in self.regions.items()},
            "answered": self.answered,
            "drawn": self.drawn,
            "failed": [
                {"row": one.row, "inputs": dict(one.inputs), "why": one.why} for one in self.failed
            ],
        }


def banded(
    scenario: OutagePaths,
    ranges: Sequence[Range] | None = None,
    design: Design = _USUAL,
    workers: int = 1,
) -> Banded:
    """The paths over the ranges of their assumptions, or over others for the same inputs.

    Rows are those that `answering.uncertain` makes its bands from: two for each of the size. The
    answer is the same to the bit with any number of workers. BadInput as `uncertain`, and where
    no row has an answer.
    """
    chosen = chosen_ranges(scenario, ranges)
    drawn = sample_rows(chosen, design.size, design.seed)
    drawn = drawn[drawn_apart(chosen, len(drawn))]
    base = np.array([[one.at for one in chosen]])
    values, failed = answered(scenario, np.concatenate([base, drawn]), workers)
    kept = values[1:][np.isfinite(values[1:]).all(axis=1)]
    if not len(kept):
        raise BadInput(f"none of {len(drawn)} rows has an answer: {failed[-1].why}")
    many = np.vstack([values[:1], np.percentile(kept, ENDS, axis=0)])
    periods = len(scenario.periods)
    bands = {}
    for at, region in enumerate(scenario.outage.watched):
        mine = many[:, at * periods : (at + 1) * periods]
        own, low, middle, high = (tuple(float(x) for x in rounded(line)) for line in mine)
        bands[region] = PathBand(None if np.isnan(own[0]) else own, low, middle, high)
    return Banded(
        scenario, chosen, design, bands, len(kept), len(drawn),
        tuple(Failed(one.row - 1, one.inputs, one.why) for one in failed if one.row > 1),
    )  # fmt: skip
