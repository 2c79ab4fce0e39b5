"""An embargo or a shortage as a scenario: how much stops, and who fills the gap.

The desk tells a stoppage three times (`stoppages.CLOSINGS`), since no table says who could make
more. Here the three are mixed: of what is missing, others make `replaced`; of the rest, `needed`
cannot be done without. A row is so much of each telling, in between them and no fourth model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.factored import factored
from architrave.desks.supply.stoppages import (
    CLOSINGS,
    Stoppage,
    embargo,
    embargoes,
    shortages,
)
from architrave.desks.supply.table import Matrix, Table, Vector
from architrave.desks.supply.uncertainty.ranges import (
    Kind,
    Output,
    Ran,
    Range,
    by_desk,
    columns,
    each_row,
)
from architrave.desks.supply.uncertainty.resourced import lost_ranges

__all__ = ["Embargo", "Shortage"]

_MIX = (
    Range("replaced", 0.0, 1.0, Kind.SUBSTITUTION, law=(0.0, 1.0)),
    Range("needed", 0.0, 1.0, Kind.SUBSTITUTION, law=(0.0, 1.0)),
)


@dataclass(frozen=True, eq=False)
class Embargo:
    """A share of what some sell to others is no longer sold; the output of `watched` regions.

    BadInput as `stoppages.embargo` for either end, or for a region that the table does not have.
    """

    table: Table
    sellers: tuple[str, ...]
    buyers: tuple[str, ...]
    share: tuple[float, float]
    watched: tuple[str, ...]

    def __post_init__(self) -> None:
        self.ranges[0].require_sound()
        for end in self.share:
            embargo(factored(self.table), self.sellers, self.buyers, end)
        _require_regions(self.table, self.watched)

    @cached_property
    @by_desk(*(one.name for one in _MIX))
    def ranges(self) -> tuple[Range, ...]:
        """The share that stops, and the two parts of the mix."""
        return (Range("share", *self.share, Kind.SHARE, law=(0.0, 1.0)), *_MIX)

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """The change of output of each region that is watched and of all; what nobody made."""
        return _outputs(self.table, self.watched)

    @cached_property
    def basis(self) -> Basis:
        """What it rests on."""
        return basis_of(
            self.table, sellers=list(self.sellers), buyers=list(self.buyers),
            share=list(self.share), mixed=list(CLOSINGS),
        )  # fmt: skip

    def run(self, rows: Matrix) -> Ran:
        """K rows; what is alike in the share is told once, and all that is told together."""
        given = columns(self, rows)
        solved = factored(self.table)

        def told(several: Sequence[tuple[float, ...]]) -> Sequence[Stoppage]:
            flows = [(self.sellers, self.buyers, share) for (share,) in several]
            return embargoes(solved, flows)

        return _mixed(told, given["share"][:, None], given, self.watched, len(self.outputs))


@dataclass(frozen=True, eq=False)
class Shortage:
    """Cells make a share less and sell everybody less: `lost` has the ends by cell or region.

    BadInput as `stoppages.shortage` for either end, or for a region that the table does not have.
    """

    table: Table
    lost: Mapping[str, tuple[float, float]]
    watched: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.ranges:
            raise BadInput("nothing is lost: name a cell such as AAA:BBB, and a share.")
        _require_regions(self.table, self.watched)

    @cached_property
    @by_desk(*(one.name for one in _MIX))
    def ranges(self) -> tuple[Range, ...]:
        """Each share that is not made, and the two parts of the mix."""
        return (*lost_ranges(self.table, self.lost), *_MIX)

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """The change of output of each region that is watched and of all; what nobody made."""
        return _outputs(self.table, self.watched)

    @cached_property
    def basis(self) -> Basis:
        """What it rests on."""
        missing = {name: list(ends) for name, ends in self.lost.items()}
        return basis_of(self.table, missing=missing, mixed=list(CLOSINGS))

    def run(self, rows: Matrix) -> Ran:
        """K rows; what is alike in all shares is told once, and all that is told together."""
        given = columns(self, rows)
        solved = factored(self.table)
        shares = np.stack([given[f"lost {name}"] for name in self.lost], axis=1)

        def told(several: Sequence[tuple[float, ...]]) -> Sequence[Stoppage]:
            return shortages(
                solved, [dict(zip(self.lost, shares, strict=True)) for shares in several]
            )

        return _mixed(told, shares, given, self.watched, len(self.outputs))


def _mixed(
    told: Callable[[Sequence[tuple[float, ...]]], Sequence[Stoppage]],
    shares: Matrix,
    given: Mapping[str, Vector],
    watched: tuple[str, ...],
    outputs: int,
) -> Ran:
    asked = [tuple(float(one) for one in row) for row in shares]
    known = _known(told, list(dict.fromkeys(asked)), watched)

    def answer(row: int) -> Vector:
        tellings = known[asked[row]]
        if isinstance(tellings, BadInput):
            raise tellings
        replaced, needed = given["replaced"][row], given["needed"][row]
        weights = np.array([(1 - replaced) * (1 - needed), replaced, (1 - replaced) * needed])
        found: Vector = weights @ tellings
        return found

    return each_row(lambda row: answer(row).tolist(), len(shares), outputs)


def _known(
    told: Callable[[Sequence[tuple[float, ...]]], Sequence[Stoppage]],
    asked: list[tuple[float, ...]],
    watched: tuple[str, ...],
) -> dict[tuple[float, ...], Matrix | BadInput]:
    """The tellings of each, or why the desk refuses it."""
    try:
        return {one: _tellings(said, watched) for one, said in zip(asked, told(asked), strict=True)}
    except BadInput as fault:
        if len(asked) == 1:
            return {asked[0]: fault}
        # One of them is refused: the others have their answers, each by itself.
        return {one: _known(told, [one], watched)[one] for one in asked}


def _tellings(said: Stoppage, watched: tuple[str, ...]) -> Matrix:
    """What each of the three tellings gives for the outputs: 3 x outputs."""
    rows = []
    for name in CLOSINGS:
        telling = getattr(said, name)
        by_region = dict(zip(said.table.regions, said.by_region(telling), strict=True))
        rows.append([*(by_region[one] for one in watched), telling.change.sum(), telling.unmet])
    return np.array(rows)


def _outputs(table: Table, watched: tuple[str, ...]) -> tuple[Output, ...]:
    money = f"{table.unit} {table.currency}"
    return (
        *(Output(f"output {one}", money, "its change in a year") for one in watched),
        Output("output", money, "of all regions, its change in a year"),
        Output("unmet", money, "ordered, and made by nobody"),
    )


def _require_regions(table: Table, names: tuple[str, ...]) -> None:
    for name in names:
        table.region(name)
