"""Measurements: one module for each subject, each beside a yardstick run in the same process.

A module of this package with a function `measure(size) -> list[Figure]` is found by `bench.run`.
It gives the subject first, then further rows about it, and asserts that its answers are right
before it gives a time. `python -m bench.NAME [--size N] [--json]` measures one subject alone.
"""

import argparse
import gc
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from os import cpu_count


@dataclass(frozen=True, slots=True)
class Figure:
    """What one subject measured.

    `value` and `yardstick` are medians in the same unit, which the module names; a subject without
    a yardstick is compared with its reach directly. `reach` is `(">=", x)` or `("<=", x)`.
    `equal` says that the answers were checked and right; `sizes` and `versions` say of what.
    """

    name: str
    value: float
    yardstick: float | None
    reach: tuple[str, float]
    equal: bool
    sizes: Mapping[str, int]
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """The value over its yardstick, without unit."""
        return None if self.yardstick is None else self.value / self.yardstick

    @property
    def holds(self) -> bool:
        """Whether the answers are right and the reach is met."""
        sign, bound = self.reach
        if sign not in {">=", "<="}:
            raise ValueError(f"{self.name}: a reach is '>=' or '<=' a number, not {sign!r}")
        measured = self.value if self.ratio is None else self.ratio
        return self.equal and (measured >= bound if sign == ">=" else measured <= bound)


def as_record(figure: Figure) -> dict[str, object]:
    """Give the object that is written as JSON: plain values under the ten agreed keys."""
    return {
        "name": figure.name,
        "value": figure.value,
        "yardstick": figure.yardstick,
        "ratio": figure.ratio,
        "reach": f"{figure.reach[0]} {figure.reach[1]:g}",
        "holds": figure.holds,
        "equal": figure.equal,
        "sizes": dict(figure.sizes),
        "versions": {"python": platform.python_version(), **figure.versions},
        "cores": cpu_count(),
    }


def line(record: Mapping[str, object]) -> str:
    """One line for the reader: subject, ratio, reach, and both numbers."""
    shown = "no yardstick" if record["ratio"] is None else f"ratio {record['ratio']:.3g}"
    verdict = "holds" if record["holds"] else "does not hold"
    return (
        f"{record['name']}: {shown}, reach {record['reach']}: {verdict} "
        f"(value {record['value']:.6g}, yardstick {record['yardstick']}, "
        f"sizes {record['sizes']}, {record['cores']} cores)"
    )


def versions(*packages: str) -> dict[str, str]:
    """The installed versions of packages."""
    return {name: version(name) for name in packages}


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes, after the rubbish of earlier runs is gone."""
    gc.unfreeze()
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(
    work: Callable[[], object], yardstick: Callable[[], object], repeats: int = 5
) -> tuple[float, float]:
    """Median seconds of both, run in turn so that what else the machine does falls on both."""
    pairs = [(seconds(work), seconds(yardstick)) for _ in range(repeats)]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def percentile(values: Sequence[float], percent: int) -> float:
    """The least of the values that so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def main(measure: Callable[..., list[Figure]], arguments: Sequence[str] | None = None) -> int:
    """Measure one subject and print it: lines, or with --json an object for each row."""
    parser = argparse.ArgumentParser(description=sys.modules[measure.__module__].__doc__)
    parser.add_argument("--size", type=int, help="how much to measure on")
    parser.add_argument("--json", action="store_true", help="print an object for each row")
    given = parser.parse_args(arguments)
    figures = measure() if given.size is None else measure(given.size)
    for record in map(as_record, figures):
        print(json.dumps(record) if given.json else line(record), flush=True)
    return 0 if all(figure.equal for figure in figures) else 1
