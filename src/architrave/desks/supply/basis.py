"""What a result rests on, printed with it: newest year of each layer, lumping, assumptions."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
import scipy

import architrave
from architrave.desks.evidence import Assessment, Layer
from architrave.desks.supply.table import Table

__all__ = ["NAMED", "Basis", "assessed_of", "assessed_of_all", "basis_of", "named", "versions"]

NAMED = ("table", "table_name", "table_year", "table_lumping")
"""The parameters of an assessment that say of which table it is."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The layers that a result used, what was lumped in them, and what was assumed.

    `assumptions` are values by name: elasticities, stocks, days; each as it went in. `terms` are
    those on which the layers may be used, where they are known.
    """

    layers: tuple[Layer, ...]
    lumping: tuple[str, ...] = ()
    assumptions: Mapping[str, Any] = field(default_factory=dict)
    terms: tuple[str, ...] = ()

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
        terms = tuple(dict.fromkeys([*self.terms, *other.terms]))
        return Basis(layers, lumping, {**self.assumptions, **other.assumptions}, terms)


def basis_of(table: Table, **assumptions: Any) -> Basis:
    """What a result from one table rests on."""
    lumping = (table.lumping,) if table.lumping else ()
    return Basis((table.layer,), lumping, assumptions, (table.licence,) if table.licence else ())


def named(table: Table) -> dict[str, Any]:
    """The parameters that say of which table an assessment is, what is lumped in it among them."""
    return dict(zip(NAMED, (table.digest, table.name, table.year, table.lumping), strict=True))


def assessed_of(
    question: str, table: Table, asked: Mapping[str, Any], result: Mapping[str, Any], **used: str
) -> Assessment:
    """What was found on a table: its layer, `named` and what was asked, the result, the versions.

    `used` are versions of further libraries, by their names.
    """
    parameters = {**named(table), **asked}
    return Assessment("supply", question, (table.layer,), parameters, result, versions() | used)


def assessed_of_all(
    question: str, tables: Sequence[Table], asked: Mapping[str, Any], result: Mapping[str, Any]
) -> Assessment:
    """The same of several tables, each a layer, in the order in which they are given."""
    layers = tuple(one.layer for one in tables)
    parameters = {"tables": [named(one) for one in tables], **asked}
    return Assessment("supply", question, layers, parameters, result, versions())


def versions() -> dict[str, str]:
    """The versions whose arithmetic took part in a result."""
    return {
        "architrave": architrave.__version__,
        "numpy": numpy.__version__,
        "python": platform.python_version(),
        "scipy": scipy.__version__,
    }
