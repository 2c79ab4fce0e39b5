"""A way round a loss as a scenario: what no table says, each from an end to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.resourcing.costs import Case, Ways
from architrave.desks.supply.resourcing.losses import loss_of, needs_of
from architrave.desks.supply.resourcing.market import Assumed
from architrave.desks.supply.table import Matrix, Table, Vector
from architrave.desks.supply.uncertainty.ranges import (
    Kind,
    Output,
    Ran,
    Range,
    by_desk,
    columns,
)

__all__ = ["Resourcing", "lost_ranges"]

_USUAL = Assumed()
_ASSUMED = (
    Range("spare", 0.02, 0.10, Kind.CAPACITY, base=_USUAL.spare),
    Range("dearer", 0.5, 2.0, Kind.COST, base=1.0),
    Range("stranger", 0.0, 0.3, Kind.SUBSTITUTION, base=_USUAL.stranger),
    Range("known", 0.0, 0.05, Kind.SUBSTITUTION, base=_USUAL.known),
    Range("uncovered", 2.0, 5.0, Kind.COST, base=_USUAL.uncovered),
    Range("months", 6.0, 24.0, Kind.SUBSTITUTION, base=_USUAL.months),
)
"""`dearer` multiplies all steps of extra cost; the others are `Assumed`'s own."""
_SAME = 1e-9
"""Of a cost: two that are nearer to each other are one."""


def lost_ranges(table: Table, lost: Mapping[str, tuple[float, float]]) -> tuple[Range, ...]:
    """What part is lost of each cell or region: a range each, named `lost REGION:SECTOR`.

    BadInput for a name that the table does not have, or ends outside 0 (not meant) to 1.
    """
    for name, (low, high) in lost.items():
        loss_of(table, {name: low})
        loss_of(table, {name: high})
    if not lost:
        raise BadInput("nothing is lost: name a cell such as AAA:BBB, and a share.")
    # By name: a document keeps the names in no order of its own, and columns must stay the same.
    found = tuple(
        Range(f"lost {name}", *lost[name], Kind.SHARE, law=(0.0, 1.0)) for name in sorted(lost)
    )
    for one in found:
        one.require_sound()
    return found


@dataclass(frozen=True, eq=False)
class Resourcing:
    """Part of what cells sell is lost: what each party pays alone, and all together.

    `lost` has the ends of the share by cell or region. BadInput as `lost_ranges`, for a party that
    is no region, or where no party buys anything of what is lost.
    """

    table: Table
    lost: Mapping[str, tuple[float, float]]
    parties: tuple[str, ...]

    def __post_init__(self) -> None:
        lost_ranges(self.table, self.lost)
        most = loss_of(self.table, {name: high for name, (_, high) in self.lost.items()})
        if needs_of(self.table, most, self.parties).count == 0:
            raise BadInput(f"none of {', '.join(self.parties)} buys anything of what is lost.")

    @cached_property
    @by_desk(*(one.name for one in _ASSUMED))
    def ranges(self) -> tuple[Range, ...]:
        """Each share lost, then what `Assumed` holds."""
        return (*lost_ranges(self.table, self.lost), *_ASSUMED)

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """Costs beyond the table's prices, the gain from looking together, and the time."""
        money = f"{self.table.unit} {self.table.currency} a year"
        return (
            *(Output(f"cost {one}", money, "beyond the prices, alone") for one in self.parties),
            Output("cost together", money, "beyond the prices, all together"),
            Output("gain", money, "what all save together beyond what each saves alone"),
            Output("not found", money, "what all together do not find"),
            Output("months", "months", "least time until all that can be covered is covered"),
        )

    @cached_property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(self.table, lost=_told(self.lost), parties=list(self.parties))

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self.table, self.parties)

    def run(self, rows: Matrix) -> Ran:
        """K rows together, as `resourcing.costs` has them."""
        cases: list[Case] = []
        faults = {}
        for row in range(len(rows)):
            try:
                cases.append(self._case(rows[row]))
            except BadInput as fault:
                faults[row] = str(fault)
        kept = [row for row in range(len(rows)) if row not in faults]
        values = np.full((len(rows), len(self.outputs)), np.nan)
        if cases:
            values[kept] = self._answers(cases)
        return Ran(values, faults)

    def _answers(self, cases: Sequence[Case]) -> Matrix:
        alone = [self._ways.costs(cases, [one]).cost for one in self.parties]
        both = self._ways.costs(cases, self.parties)
        apart: Vector = np.sum(alone, axis=0)
        gain = apart - both.cost
        gain[np.abs(gain) <= _SAME * apart] = 0.0  # the same plan, added up in another order
        found: Matrix = np.stack([*alone, both.cost, gain, both.uncovered, both.months], axis=1)
        return found

    def _case(self, row: Vector) -> Case:
        at = {name: float(values[0]) for name, values in columns(self, row[None, :]).items()}
        loss = loss_of(self.table, {name: at[f"lost {name}"] for name in self.lost})
        assumed = Assumed(
            spare=at["spare"],
            steps=tuple(at["dearer"] * step for step in _USUAL.steps),
            stranger=at["stranger"],
            known=at["known"],
            uncovered=at["uncovered"],
            months=at["months"],
        )
        assumed.require_sound()
        return loss, assumed


def _told(lost: Mapping[str, tuple[float, float]]) -> dict[str, list[float]]:
    return {name: list(ends) for name, ends in lost.items()}
