"""Measurements: one module for each subject, each beside a yardstick run in the same process.

A module of this package that has a function `measure() -> Figure` is found by `bench.run`. It
asserts that its answers are right before it gives a time.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
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
