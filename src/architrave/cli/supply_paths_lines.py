"""Paths with their bands, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from architrave.cli.layout import heading, paragraph, table
from architrave.cli.supply_rows import FailedRow, PathRow, PathsSheet
from architrave.cli.supply_uncertain_lines import range_lines, range_row
from architrave.cli.supply_verbs import basis_sheet

if TYPE_CHECKING:
    from architrave.desks.supply.uncertainty.pathed import Banded, PathBand

__all__ = ["paths_lines", "paths_sheet"]


def paths_sheet(found: Banded) -> dict[str, object]:
    """What `--json` prints."""
    from architrave.desks.supply.uncertainty.pathed import ENDS

    def row(one: PathBand) -> PathRow:
        base = None if one.base is None else list(one.base)
        return PathRow(base, list(one.low), list(one.middle), list(one.high))

    return asdict(
        PathsSheet(
            basis_sheet(found.scenario.basis),
            [range_row(one) for one in found.ranges],
            found.design.size,
            found.design.seed,
            found.scenario.every,
            list(ENDS),
            [list(one) for one in found.scenario.periods],
            {name: row(one) for name, one in found.regions.items()},
            found.answered,
            found.drawn,
            [FailedRow(one.row, one.inputs, one.why) for one in found.failed],
        )
    )


def paths_lines(found: Banded) -> Iterator[str]:
    """The ranges, then output period by period: the middle, and both ends of nine rows in ten."""
    yield from range_lines(found.ranges)
    yield ""
    yield heading("Mean output of a day in 100 of the usual: the middle, and both ends")
    rows = [
        (
            _days(*period),
            *(
                f"{_part(one.middle[at])} ({_part(one.low[at])}–{_part(one.high[at])})"
                for one in found.regions.values()
            ),
        )
        for at, period in enumerate(found.scenario.periods)
    ]
    yield from table([("", *found.regions), *rows])
    if found.failed:
        first = found.failed[0]
        yield from paragraph(
            f"Of {found.drawn} rows {len(found.failed)} have no answer and are left out; row "
            f"{first.row}: {first.why} (--json has all.)", 0,
        )  # fmt: skip
    yield from paragraph(
        f"Day 0 is the day before. Of {found.answered} rows (size {found.design.size}, seed "
        f"{found.design.seed}) 5 in 100 lie below the low end, half below the middle and 5 in 100 "
        "above the high end, each period taken by itself: neither end is a path that the model "
        "takes. Within the ranges nothing is likelier than anything else: no forecast.", 0,
    )  # fmt: skip


def _days(first: int, last: int) -> str:
    return f"day {first}" if first == last else f"days {first} to {last}"


def _part(value: float) -> str:
    return f"{100 * value:.2f}"
