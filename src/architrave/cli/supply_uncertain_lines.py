"""A scenario over its ranges, as lines and as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from architrave.cli.layout import heading, paragraph, table
from architrave.cli.supply_rows import (
    BandRow,
    FailedRow,
    IndexRow,
    OutputRow,
    RangedSheet,
    RangeRow,
)
from architrave.cli.supply_verbs import basis_sheet

if TYPE_CHECKING:
    from architrave.desks.supply.uncertainty.answering import Ranged, Said
    from architrave.desks.supply.uncertainty.ranges import Range
    from architrave.desks.supply.uncertainty.running import Failed
    from architrave.desks.supply.uncertainty.variance import Index

__all__ = ["range_lines", "range_row", "ranged_lines", "ranged_sheet", "untold_lines"]

_FAILED = 5
_SLIGHT = 0.1
"""Of the variance: a part that is told to within this much is told."""
_TOLD = 1 / 3
"""Of a part: what its interval may be on either side, at the size that is named."""


def ranged_sheet(
    scenario: str, found: Ranged, shown: Sequence[str], top: int | None
) -> dict[str, object]:
    """What `--json` prints: the outputs that are shown, with their `top` widest inputs, or all."""
    from architrave.desks.supply.uncertainty.answering import PERCENTS

    def row(said: Said) -> OutputRow:
        band = said.band and BandRow(
            list(PERCENTS), list(said.band.percentiles), said.band.answered, said.band.drawn
        )
        tornado = {bar.name: [bar.low, bar.high] for bar in said.bars[:top]}
        indices = None
        if said.indices is not None:
            kept = said.indices if top is None else {name: said.indices[name] for name in tornado}
            indices = {name: IndexRow(**asdict(one)) for name, one in kept.items()}
        output = said.output
        return OutputRow(output.unit, output.meaning, said.base, band, tornado, indices)

    design = found.design
    return asdict(
        RangedSheet(
            basis_sheet(found.basis),
            scenario,
            [range_row(one) for one in found.ranges],
            design.size,
            design.seed,
            design.confidence,
            found.rows,
            {one.output.name: row(one) for one in found.said if one.output.name in shown},
            [one.name for one in found.open],
            [FailedRow(one.row, one.inputs, one.why) for one in found.failed_bars],
            [FailedRow(one.row, one.inputs, one.why) for one in found.failed_rows],
        )
    )


def range_row(one: Range) -> RangeRow:
    """A range as JSON has it."""
    return RangeRow(one.name, one.low, one.high, one.at, one.kind.value, one.source)


def range_lines(ranges: Sequence[Range]) -> Iterator[str]:
    """What was varied, what was not, and what nobody knows."""
    yield heading("What was varied, each alike within its range and by itself")
    varied = [one for one in ranges if one.varied]
    yield from table(
        [
            ("", "from", "to", "base", "a range of", "source"),
            *(
                (
                    one.name, _number(one.low), _number(one.high), _number(one.at),
                    one.kind.value, one.source,
                )
                for one in varied
            ),
        ]
    )  # fmt: skip
    fixed = [f"{one.name} {_number(one.low)}" for one in ranges if one.low == one.high]
    if fixed:
        yield from paragraph(f"Not varied: {', '.join(fixed)}.")
    if unknown := [one for one in ranges if one.high is None]:
        held = ", ".join(f"{one.name} at {_number(one.at)}" for one in unknown)
        yield from paragraph(
            f"Nobody knows how much more, so these are held, and nothing is said of how much they "
            f"matter (--range NAME=LOW:HIGH varies one): {held}."
        )


def ranged_lines(found: Ranged, shown: Sequence[str], top: int) -> Iterator[str]:
    """The ranges, then what was found for each output that is shown."""
    yield from range_lines(found.ranges)
    yield ""
    told = [said for said in found.said if said.output.name in shown]
    if len(told) > 1 and all(map(_unmoved, told)):
        yield from _unmoved_lines(told)
    else:
        yield from _moved_lines(found, told, top)
    yield ""
    yield from _failed_lines("ends of ranges", found.failed_bars)
    yield from _failed_lines(f"the {found.rows:,} rows drawn", found.failed_rows)
    yield from paragraph(
        f"{found.rows:,} rows from {found.design.size} draws, seed {found.design.seed}. "
        "What matters hangs on the ranges, and within them nothing is likelier than anything "
        "else: no forecast.", 0,
    )  # fmt: skip


def _moved_lines(found: Ranged, told: Sequence[Said], top: int) -> Iterator[str]:
    yield from paragraph(
        "Below each output: its value with one input at either end; then the part of its variance "
        "that would go if this input alone were known (alone), and with what it does together with "
        f"others (in all). ± is half an interval of {found.design.confidence:.0%}: the part lies "
        "between so much less and so much more.", 0,
    )  # fmt: skip
    for said in told:
        yield ""
        yield from _said_lines(said, top, found.design.size)


def _unmoved(said: Said) -> bool:
    """True where no draw and no end of a range moves it: few draws may miss what an end shows."""
    return said.constant and all(bar.low == bar.high == said.base for bar in said.bars)


def _unmoved_lines(told: Sequence[Said]) -> Iterator[str]:
    """Outputs of which none moves: said once, and those of one value and meaning together."""
    yield heading("Nothing that was varied matters to any of these: each is the same throughout")
    alike: dict[str, list[str]] = {}
    for said in told:
        output = said.output
        meaning = f", {output.meaning}" if output.meaning else ""
        value = f"{_number(said.base)} {output.unit}{meaning}"
        alike.setdefault(value, []).append(output.name)
    for value, names in alike.items():
        yield from paragraph(f"{value}: {', '.join(names)}.")


def _said_lines(said: Said, top: int, size: int) -> Iterator[str]:
    output = said.output
    meaning = f", {output.meaning}" if output.meaning else ""
    yield heading(f"{output.name}: {_number(said.base)} {output.unit} at the base{meaning}")
    band = said.band
    if band is None:
        yield from paragraph("No row has an answer.")
    else:
        low, *_, high = band.percentiles
        some = "" if band.answered == band.drawn else f" ({band.answered} of {band.drawn} answered)"
        yield from paragraph(
            f"Nine of ten draws lie from {_number(low)} to {_number(high)}, half of them below "
            f"{_number(band.percentiles[2])}{some}."
        )
    if _unmoved(said):
        yield from paragraph("The same throughout: nothing that was varied matters to it.")
        return
    if said.indices is None:
        yield from paragraph("No parts of the variance: they need an answer in every row.")
    rows = [("", "at its low end", "at its high end", "alone", "±", "in all", "±")]
    for bar in said.bars[:top]:
        parts = ("not known",) * 4
        if said.indices is not None:
            one = said.indices[bar.name]
            parts = (
                f"{one.first:.2f}", f"{one.first_within:.2f}",
                f"{one.total:.2f}", f"{one.total_within:.2f}",
            )  # fmt: skip
        rows.append((bar.name, _number(bar.low), _number(bar.high), *parts))
    yield from table(rows)
    if said.indices is not None:
        yield from untold_lines(said.indices, size)


def untold_lines(indices: Mapping[str, Index], size: int) -> Iterator[str]:
    """Which parts an interval as wide as themselves says nothing of, and the size to take.

    An interval shrinks with the root of the size.
    """
    from architrave.desks.supply.uncertainty.variance import largest_size

    untold = {
        name: one
        for name, one in indices.items()
        if 2 * one.total_within >= one.total and one.total_within > _SLIGHT
    }
    if not untold:
        return
    needed = max(
        (one.total_within / max(_TOLD * abs(one.total), _SLIGHT)) ** 2 for one in untold.values()
    )
    larger, most = 2 ** math.ceil(math.log2(size * needed)), largest_size(len(indices))
    take = f"Take --size {larger}" if larger <= most else f"Even --size {most} may be too small"
    yield from paragraph(
        f"In all, {size} draws say nothing of {', '.join(untold)}: the interval is as wide as the "
        f"part or wider. {take}."
    )


def _failed_lines(what: str, failed: Sequence[Failed]) -> Iterator[str]:
    if not failed:
        return
    yield from paragraph(f"Of {what} {len(failed)} have no answer:")
    for one in failed[:_FAILED]:
        inputs = ", ".join(f"{name} {_number(value)}" for name, value in one.inputs.items())
        yield from paragraph(f"row {one.row}: {one.why.rstrip('.')} ({inputs}).", 4)
    if len(failed) > _FAILED:
        yield from paragraph(f"and {len(failed) - _FAILED} more (--json has all).", 4)


def _number(value: float | None) -> str:
    if value is None:
        return "not known"
    return f"{value:z,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
