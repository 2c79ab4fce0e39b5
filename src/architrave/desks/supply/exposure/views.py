"""What several parties see together that none of them sees alone.

Each alone looks at the cells abroad on which most of its own value added hangs, the others' among
them. Together they look at what lies outside all of them, weighed by what all would lose. A cell
that stands high in the shared list and in nobody's own is what a shared view adds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from architrave.desks.supply.basis import Basis
from architrave.desks.supply.exposure.extraction import Chokepoint, Screen

__all__ = ["SharedView", "shared_view"]


@dataclass(frozen=True, slots=True)
class SharedView:
    """The lists of each alone and of all together; `added` are cells in the latter only.

    `each_other` is by ordered pair (who, on whom): the largest single cell of the other on which
    its own value added hangs, and the share.
    """

    basis: Basis
    parties: tuple[str, ...]
    alone: Mapping[str, tuple[Chokepoint, ...]]
    together: tuple[Chokepoint, ...]
    added: tuple[str, ...]
    each_other: Mapping[tuple[str, str], tuple[str, float]]


def shared_view(found: Screen, parties: Sequence[str], top: int = 10) -> SharedView:
    """Compare the views of `parties`, each of the `top` cells."""
    known = tuple(parties)
    alone = {one: found.worst_for([one], top) for one in known}
    together = found.worst_for(known, top)
    own = {cell.cell for cells in alone.values() for cell in cells}
    table = found.table
    pairs: dict[tuple[str, str], tuple[str, float]] = {}
    for who in known:
        row = table.regions.index(who)
        for whom in known:
            if whom != who:
                cells = found.lost[row, table.region(whom)]
                at = int(cells.argmax())
                pairs[who, whom] = (
                    table.cells[table.region(whom).start + at], float(cells[at])
                )  # fmt: skip
    return SharedView(
        found.basis, known, alone, together,
        tuple(one.cell for one in together if one.cell not in own), pairs,
    )  # fmt: skip
