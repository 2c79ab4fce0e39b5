"""Sobol' indices: what part of an output's variance each input brings, alone and with others.

The sample is Saltelli's scheme on a scrambled Sobol' sequence and the estimators are those of
Saltelli et al. 2010, both by SALib; every input is uniform in its range and independent of others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from architrave.desks.errors import BadInput, MissingLibrary
from architrave.desks.supply.table import Matrix, Vector
from architrave.desks.supply.uncertainty.ranges import Range

__all__ = ["Index", "drawn_apart", "indices", "largest_size", "salib_version", "sample_rows"]

_CONSTANT = 1e-12
_RESAMPLES = 100
_LARGEST = 1 << 16
_ROWS = 1 << 18


@dataclass(frozen=True, slots=True)
class Index:
    """Parts of an output's variance: `first` by an input alone, `total` with all it acts with.

    `first_within` and `total_within` are half the width of the interval of confidence, from
    resampling. An estimate may lie a little outside 0 to 1.
    """

    first: float
    first_within: float
    total: float
    total_within: float


def _salib() -> tuple[Any, Any]:
    # Not above: it brings pandas along, and workers have no use for it.
    try:
        from SALib.analyze import sobol as analysis
        from SALib.sample import sobol as sampling
    except ImportError as fault:
        raise MissingLibrary("ranges need SALib: pip install 'architrave[supply]'.") from fault
    return sampling, analysis


def salib_version() -> str:
    """The version of the library whose arithmetic takes part."""
    from importlib.metadata import version

    return version("SALib")


def _problem(ranges: Sequence[Range]) -> dict[str, Any]:
    varied = [one for one in ranges if one.varied]
    return {
        "num_vars": len(varied),
        "names": [one.name for one in varied],
        "bounds": [[one.low, one.high] for one in varied],
    }


def sample_rows(ranges: Sequence[Range], size: int, seed: int) -> Matrix:
    """Rows of all ranges, size x (varied + 2), those that are not varied at their base.

    BadInput for a size that is no power of two (the sequence is even only then), a seed below 1
    (which SALib would take for none), nothing to vary, or more than a quarter of a million rows.
    """
    if not 2 <= size <= _LARGEST or size & (size - 1):
        raise BadInput(f"the size must be a power of two from 2 to {_LARGEST}, not {size}.")
    if not 1 <= seed < 2**32:
        raise BadInput(f"the seed must be a whole number from 1 to {2**32 - 1}, not {seed}.")
    problem = _problem(ranges)
    if not problem["num_vars"]:
        raise BadInput("nothing is to be varied: every range is a fixed value, or open.")
    count = size * (problem["num_vars"] + 2)
    if count > _ROWS:
        raise BadInput(f"{count:,} rows are more than {_ROWS:,}: take a smaller size.")
    drawn = _salib()[0].sample(problem, size, calc_second_order=False, seed=seed)
    rows = np.tile(np.array([one.at for one in ranges]), (len(drawn), 1))
    rows[:, [one.varied for one in ranges]] = drawn
    return rows


def largest_size(varied: int) -> int:
    """The largest size that `sample_rows` takes for so many ranges that are varied."""
    return int(min(_LARGEST, 2 ** ((_ROWS // (varied + 2)).bit_length() - 1)))


def drawn_apart(ranges: Sequence[Range], count: int) -> NDArray[np.intp]:
    """The places in `sample_rows` of what was drawn by itself, not put together from two draws."""
    step = sum(one.varied for one in ranges) + 2
    places = np.arange(count)
    apart: NDArray[np.intp] = places[(places % step == 0) | (places % step == step - 1)]
    return apart


def indices(
    ranges: Sequence[Range], values: Vector, seed: int, confidence: float = 0.95
) -> Mapping[str, Index]:
    """The indices of one output, by input, from its answers to `sample_rows`; all must be finite.

    An output that is the same throughout has no variance to share out: every index is 0. So is,
    exactly, that of an input on which nothing hangs.
    """
    problem = _problem(ranges)
    # By a power of two, which no digit feels: squares of the values as they are may have no number.
    values = np.ldexp(values, -math.frexp(float(np.abs(values).max()))[1])
    if float(np.ptp(values)) <= _CONSTANT * float(np.abs(values).max()):
        return {name: Index(0.0, 0.0, 0.0, 0.0) for name in problem["names"]}
    found = _salib()[1].analyze(
        problem, values, calc_second_order=False, num_resamples=_RESAMPLES,
        conf_level=confidence, seed=seed,
    )  # fmt: skip
    keys = ("S1", "S1_conf", "ST", "ST_conf")
    return {
        name: Index(*(float(found[key][at]) for key in keys))
        for at, name in enumerate(problem["names"])
    }
