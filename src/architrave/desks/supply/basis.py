"""What a result rests on, printed with it: newest year of each layer, lumping, assumptions."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy
import scipy

import architrave
from architrave.desks.evidence import Layer
from architrave.desks.supply.table import Table

__all__ = ["Basis", "basis_of", "versions"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The layers that a result used, what was lumped in them, and what was assumed.

    `assumptions` are values by name: elasticities, stocks, days; each as it went in.
    """

    layers: tuple[Layer, ...]
    lumping: tuple[str, ...] = ()
    assumptions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def newest(self) -> str:
        """The newest year of each layer, said first with every answer; how many, if several."""
        years: dict[str, list[str]] = {}
        for one in self.layers:
            years.setdefault(one.name, []).append(one.newest)
        return "; ".join(
            f"{name}: {max(of) or 'not dated'}"
            + (f" (back to {min(of) or 'no date'}, {len(of)} files)" if of[1:] else "")
            for name, of in years.items()
        )

    def joined(self, other: Basis) -> Basis:
        """What two results that are shown as one rest on."""
        layers = tuple(dict.fromkeys([*self.layers, *other.layers]))
        lumping = tuple(dict.fromkeys([*self.lumping, *other.lumping]))
        return Basis(layers, lumping, {**self.assumptions, **other.assumptions})


def basis_of(table: Table, **assumptions: Any) -> Basis:
    """What a result from one table rests on."""
    lumping = (table.lumping,) if table.lumping else ()
    return Basis((table.layer,), lumping, assumptions)


def versions() -> dict[str, str]:
    """The versions whose arithmetic took part in a result."""
    return {
        "architrave": architrave.__version__,
        "numpy": numpy.__version__,
        "python": platform.python_version(),
        "scipy": scipy.__version__,
    }
