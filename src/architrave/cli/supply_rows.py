"""The shapes of `architrave supply … --json`."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AmountRow",
    "BandRow",
    "BasisSheet",
    "ChokepointRow",
    "ChokepointsSheet",
    "CoalitionRow",
    "EachOtherRow",
    "ExposureSheet",
    "FailedRow",
    "IndexRow",
    "LayerRow",
    "MutualSheet",
    "OnRow",
    "OutputRow",
    "PairRow",
    "PointRow",
    "PointsSheet",
    "RangeRow",
    "RangedSheet",
    "ReliedRow",
    "ResourceSheet",
    "SharesRow",
    "ShockSheet",
    "StepRow",
    "StepsSheet",
    "StoppageSheet",
    "TableSheet",
    "TellingRow",
    "UndatedShareRow",
]


@dataclass(frozen=True, slots=True)
class BasisSheet:
    """What an answer rests on; `terms` of use are those that are known."""

    layers: list[LayerRow]
    lumping: list[str]
    assumptions: dict[str, object]
    terms: list[str]


@dataclass(frozen=True, slots=True)
class LayerRow:
    name: str
    newest: str
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class TableSheet:
    """What `supply table --json` prints; amounts in `unit`, `names` of sectors by code if known."""

    basis: BasisSheet
    regions: list[str]
    sectors: list[str]
    names: dict[str, str]
    cells: int
    unit: str
    gap: float
    gap_cell: str
    empty: int
    negative: int
    drawn: float
    residual: float


@dataclass(frozen=True, slots=True)
class ResourceSheet:
    """What `supply resource --json` prints; amounts in the table's unit a year."""

    basis: BasisSheet
    loss: str
    parties: list[str]
    coalitions: list[CoalitionRow]
    gain: float
    only_all: float
    shapley: dict[str, float]
    nucleolus: dict[str, float]
    through_hub: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class CoalitionRow:
    members: list[str]
    needed: float
    uncovered: float
    cost: float
    months: float


@dataclass(frozen=True, slots=True)
class ExposureSheet:
    """What `supply exposure --json` prints."""

    basis: BasisSheet
    buyer: str
    regions: list[ReliedRow]
    concentration: float
    on: list[OnRow]


@dataclass(frozen=True, slots=True)
class ReliedRow:
    region: str
    face: float
    through: float


@dataclass(frozen=True, slots=True)
class OnRow:
    """Shares from 0 to 1; None where the seller sells nothing."""

    seller: str
    bought: float
    through: float
    sold: float | None
    passed_on: float | None


@dataclass(frozen=True, slots=True)
class ChokepointsSheet:
    """What `supply chokepoints --json` prints."""

    basis: BasisSheet
    alone: dict[str, list[ChokepointRow]]
    together: list[ChokepointRow]
    added: list[str]
    each_other: list[EachOtherRow]


@dataclass(frozen=True, slots=True)
class ChokepointRow:
    """`lost` is by party the share of its value added."""

    cell: str
    lost: dict[str, float]


@dataclass(frozen=True, slots=True)
class EachOtherRow:
    who: str
    whom: str
    cell: str
    lost: float


@dataclass(frozen=True, slots=True)
class MutualSheet:
    """What `supply mutual --json` prints."""

    basis: BasisSheet
    pairs: list[PairRow]


@dataclass(frozen=True, slots=True)
class PairRow:
    year: int
    of: str
    by: str
    supplies: float
    earns: float


@dataclass(frozen=True, slots=True)
class ShockSheet:
    """What `supply demand` and `supply price` print with `--json`."""

    basis: BasisSheet
    of: str
    cells: dict[str, float]
    residual: float


@dataclass(frozen=True, slots=True)
class StoppageSheet:
    """What `supply embargo --json` and `supply shortage --json` print: by telling."""

    basis: BasisSheet
    tellings: dict[str, TellingRow]


@dataclass(frozen=True, slots=True)
class TellingRow:
    """Change of output by region, and `unmet`, ordered and made by nobody; in the table's unit."""

    assumes: str
    regions: dict[str, float]
    unmet: float
    residual: float
    gap: float


@dataclass(frozen=True, slots=True)
class PointsSheet:
    """What `supply points --json` prints."""

    basis: BasisSheet
    stages: list[PointRow]
    without_figures: list[str]
    shares_left_out: list[UndatedShareRow]


@dataclass(frozen=True, slots=True)
class PointRow:
    """`months` until another takes a maker's place, least and most; None where none are printed.

    `months_dates` are what their rows say they are of, such as 2019, 2019-07 or 2019-07/2022; None
    for one that says nothing. `months_sources` are the addresses of those. `amounts` are the
    world's.
    """

    stage: str
    name: str
    known: SharesRow
    months: list[float | None] | None
    months_dates: list[str | None]
    months_sources: list[str]
    amounts: list[AmountRow]


@dataclass(frozen=True, slots=True)
class AmountRow:
    """`amount` is the least and the most, in `unit` a year or a quarter.

    `part` names the makers or the use that it is of; empty for all of the country's or the world's.
    """

    stage: str
    country: str
    part: str
    kind: str
    amount: list[float | None]
    unit: str
    per: str
    year: int | None
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class UndatedShareRow:
    """A maker's share of the world in percent, least and most, that was left out: no year."""

    stage: str
    maker: str
    measure: str
    share: list[float | None]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class SharesRow:
    """Shares of a stage in percent, each from its least to its most."""

    measure: str
    year: int | None
    shares: dict[str, list[float]]
    unknown: float
    index: list[float]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class StepsSheet:
    """What `supply trace --json` prints."""

    basis: BasisSheet
    product: str
    steps: list[StepRow]
    links: list[list[str]]
    not_here: list[str]
    shares_left_out: list[UndatedShareRow]


@dataclass(frozen=True, slots=True)
class StepRow:
    stage: str
    name: str
    tier: str
    distance: int
    feeds: list[str]
    known: SharesRow | None
    amounts: list[AmountRow]


@dataclass(frozen=True, slots=True)
class RangedSheet:
    """What `supply uncertain … --json` prints: a scenario over its ranges.

    `open` are ranges whose upper end nobody knows: held at their base. `failed_bars` and
    `failed_rows` are rows of the tornado and of the sample that have no answer.
    """

    basis: BasisSheet
    scenario: str
    ranges: list[RangeRow]
    size: int
    seed: int
    confidence: float
    rows: int
    outputs: dict[str, OutputRow]
    open: list[str]
    failed_bars: list[FailedRow]
    failed_rows: list[FailedRow]


@dataclass(frozen=True, slots=True)
class RangeRow:
    name: str
    low: float
    high: float | None
    base: float
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class OutputRow:
    """`tornado` is by input the output at its low and at its high end; None is not known."""

    unit: str
    meaning: str
    base: float | None
    band: BandRow | None
    tornado: dict[str, list[float | None]]
    indices: dict[str, IndexRow] | None


@dataclass(frozen=True, slots=True)
class BandRow:
    percents: list[float]
    percentiles: list[float]
    answered: int
    drawn: int


@dataclass(frozen=True, slots=True)
class IndexRow:
    first: float
    first_within: float
    total: float
    total_within: float


@dataclass(frozen=True, slots=True)
class FailedRow:
    row: int
    inputs: dict[str, float]
    why: str


@dataclass(frozen=True, slots=True)
class PathsSheet:
    """What `supply uncertain outage --paths --json` prints: parts of usual output by period.

    `periods` have their first and last day; `percents` are those of `low`, `middle` and `high`.
    `failed` are rows without an answer, of the `drawn`.
    """

    basis: BasisSheet
    ranges: list[RangeRow]
    size: int
    seed: int
    every: int
    percents: list[float]
    periods: list[list[int]]
    regions: dict[str, PathRow]
    answered: int
    drawn: int
    failed: list[FailedRow]


@dataclass(frozen=True, slots=True)
class PathRow:
    """`base` is the model's own path, each assumption at its base; None if it ran away there."""

    base: list[float] | None
    low: list[float]
    middle: list[float]
    high: list[float]
