"""The finished figures as a file: what `architrave supply pages` wrote, read and checked again.

A page shows what stands here and works nothing out, so a fault is found before a copy runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of

__all__ = [
    "TOLD",
    "VARIED",
    "Days",
    "Exposure",
    "Figures",
    "FiguresLayer",
    "Pair",
    "PathBand",
    "Shortage",
    "Stage",
    "Taken",
    "Varied",
    "read_figures",
]

TOLD = ("lost", "moved", "held")
"""The three tellings of a shortage, in the order in which they are shown."""

ENDS = (5.0, 50.0, 95.0)
"""The percentiles of a band: nine rows in ten lie in it, as the page says."""

VARIED = ("lasting", "recovery", "stock", "psi", "restoring", "most")
"""What is varied in the example of days beside the shares lost, as the desk names it."""

_ROUNDING = 1.0 + 1e-6  # percent: sources round each share
_PARTS = 1e-6

Percent = Annotated[float, Meta(ge=0, le=100)]
Part = Annotated[float, Meta(ge=0, le=1)]
Amount = Annotated[float, Meta(ge=0)]
Count = Annotated[int, Meta(ge=1)]
Short = Annotated[str, Meta(min_length=1, max_length=80)]
Year = Annotated[int, Meta(ge=1900, le=2100)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class FiguresLayer(Struct, frozen=True):
    """A table that went in, and the newest year of it that is shown; empty if none has a year."""

    name: Short
    newest: str
    digest: Digest
    source: str


class Stage(Struct, frozen=True):
    """A stage: shares of the world in percent, least and most; without figures all is unknown."""

    id: Short
    name: Short
    tier: Short
    upstream: tuple[str, ...]
    measure: str
    year: Year | None
    shares: dict[str, tuple[Percent, Percent]]
    unknown: Percent
    sources: tuple[str, ...]


class Taken(Struct, frozen=True):
    """Whose output inputs are made of, by region: as sold, and through all suppliers' suppliers."""

    face: tuple[Part, ...]
    through: tuple[Part, ...]


class Pair(Struct, frozen=True):
    """One direction: the part of `of` in what `by` pays for, and of all that `of` adds."""

    of: str
    by: str
    supplies: Part
    earns: Part


class Exposure(Struct, frozen=True):
    """Who takes from whom in one year."""

    year: Year
    regions: tuple[Short, ...]
    sectors: tuple[Short, ...]
    by_region: dict[str, Taken]
    by_sector: dict[str, Taken]
    mutual: tuple[Pair, ...]


class Shortage(Struct, frozen=True):
    """What is missing, output of each region before, and its change by telling; in `unit`."""

    missing: dict[str, Part]
    unit: Short
    output: tuple[Annotated[float, Meta(gt=0)], ...]
    told: dict[str, tuple[float, ...]]


class Varied(Struct, frozen=True):
    """An assumption with both ends of its range."""

    name: Short
    low: Amount
    high: Amount
    base: Amount


class PathBand(Struct, frozen=True):
    """Output of a region by period in parts of the usual: the middle of all rows, and both ends."""

    low: tuple[Amount, ...]
    middle: tuple[Amount, ...]
    high: tuple[Amount, ...]


class Days(Struct, frozen=True):
    """Output after a loss: what is lost, what was varied, and a band for each region.

    Of `drawn` rows `answered` have an answer. `percents` are the percentiles of a band's three
    lines; `periods` have their first and last day.
    """

    lost: dict[str, tuple[Part, Part]]
    ranges: tuple[Varied, ...]
    size: Count
    seed: Count
    drawn: Count
    answered: Count
    percents: tuple[Percent, Percent, Percent]
    periods: tuple[tuple[Count, Count], ...]
    regions: dict[str, PathBand]


class _Result(Struct, frozen=True):
    chains: dict[str, tuple[Stage, ...]]
    exposure: Exposure
    shortage: Shortage
    days: Days


class _Parameters(Struct, frozen=True):
    parties: tuple[str, ...]


class _Document(Struct, frozen=True):
    desk: Literal["supply"]
    question: Literal["figures for pages"]
    layers: tuple[FiguresLayer, ...]
    parameters: _Parameters
    result: _Result
    versions: dict[str, str]


class Figures(Struct, frozen=True):
    """All that the pages show; `digest` is that of the file."""

    digest: str
    layers: tuple[FiguresLayer, ...]
    chains: dict[str, tuple[Stage, ...]]
    exposure: Exposure
    shortage: Shortage
    days: Days

    def years(self) -> tuple[int, int]:
        """The oldest and the newest year that a source prints beside a share of a stage.

        Where none prints one, the year of the table stands for both.
        """
        found = [one.year for stages in self.chains.values() for one in stages if one.year]
        return (min(found), max(found)) if found else (self.exposure.year, self.exposure.year)


def read_figures(content: str, parties: tuple[str, ...], file: str) -> Figures:
    """The figures of a file for these parties; BadInput naming the file and what is wrong in it."""
    try:
        read = msgspec.json.decode(content, type=_Document)
    except msgspec.ValidationError as fault:
        raise BadInput(f"{file}: {fault}.") from fault
    except msgspec.DecodeError as fault:
        raise BadInput(f"{file}: this is no JSON ({fault}).") from fault
    if set(read.parameters.parties) != set(parties):
        raise BadInput(f"{file}: the figures are of other parties than the charter's.")
    found = read.result
    faults = (*_of_chains(found.chains), *_of_table(found, parties), *_of_days(found))
    for fault in faults:
        raise BadInput(f"{file}: {fault}.")
    return Figures(
        digest_of(content.encode()), read.layers,
        found.chains, found.exposure, found.shortage, found.days,
    )  # fmt: skip


def _of_chains(chains: dict[str, tuple[Stage, ...]]) -> Iterator[str]:
    for name, stages in chains.items():
        if len({one.id for one in stages}) < len(stages) or not stages:
            yield f"{name}: no stage stands there, or one stands twice"
        for one in stages:
            if any(high < low for low, high in one.shares.values()):
                yield f"{one.id}: a share ends before it begins"
            # What is printed and what is unknown make up the world, but for rounding.
            whole = sum(low for low, _ in one.shares.values()) + one.unknown
            if abs(whole - 100) > _ROUNDING:
                yield f"{one.id}: the shares and what is unknown add up to {whole:g} in 100"


def _of_table(found: _Result, parties: tuple[str, ...]) -> Iterator[str]:
    said, short = found.exposure, found.shortage
    regions = len(said.regions)
    if not set(parties) <= set(said.regions) or set(said.by_region) != set(said.regions):
        yield "exposure: a party or a region is missing"
    if set(said.by_sector) != {f"{one}:{sector}" for one in parties for sector in said.sectors}:
        yield "exposure: a sector of a party is missing"
    for name, taken in (*said.by_region.items(), *said.by_sector.items()):
        for shares in (taken.face, taken.through):
            if len(shares) != regions and not (shares == () and name in said.by_sector):
                yield f"{name}: {len(shares)} shares stand there and {regions} regions"
            elif shares and abs(sum(shares) - 1) > _PARTS:
                yield f"{name}: the shares add up to {sum(shares):g} and not to 1"
    if {(one.of, one.by) for one in said.mutual} != {
        (of, by) for of in parties for by in parties if of != by
    }:
        yield "exposure: a pair of parties is missing"
    if set(short.told) != set(TOLD) or not short.missing:
        yield "shortage: it is not told three times"
    if any(len(one) != regions for one in (short.output, *short.told.values())):
        yield "shortage: a region is missing"


def _of_days(found: _Result) -> Iterator[str]:
    said = found.days
    if set(said.regions) != set(found.exposure.regions):
        yield "days: a region is missing"
    if not said.lost or [one.name for one in said.ranges] != [
        *(f"lost {cell}" for cell in said.lost), *VARIED
    ]:  # fmt: skip
        yield "days: a range is missing, or of something else"
    for one in said.ranges:
        if not one.low <= one.base <= one.high:
            yield f"days: the range of {one.name} ends before it begins, or has no base in it"
    varied = {one.name: (one.low, one.high) for one in said.ranges}
    for cell, ends in said.lost.items():
        if varied.get(f"lost {cell}", ends) != ends:
            yield f"days: of {cell} another share is lost than is varied"
    firsts = [1, *(last + 1 for _, last in said.periods)][: len(said.periods)]
    if not firsts or any(
        first != begun or last < first
        for begun, (first, last) in zip(firsts, said.periods, strict=True)
    ):
        yield "days: a period does not begin where the one before it ends"
    if said.answered > said.drawn:
        yield f"days: {said.answered} rows have an answer and {said.drawn} were drawn"
    if said.percents != ENDS:
        yield "days: a band is not of the percentiles 5, 50 and 95"
    for region, band in said.regions.items():
        lines = (band.low, band.middle, band.high)
        if any(len(line) != len(said.periods) for line in lines):
            yield f"days: {region} does not have an output for each period"
        elif any(not low <= middle <= high for low, middle, high in zip(*lines, strict=True)):
            yield f"days: the band of {region} ends before it begins"
