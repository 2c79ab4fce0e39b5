"""The shapes of `architrave interoperability … --json`, and how their rows are filled."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.desks.interoperability.matrix import Cell
from architrave.desks.interoperability.standards import StandardRow

__all__ = [
    "CellRow",
    "ChainSheet",
    "MatrixSheet",
    "NationRow",
    "StandardLine",
    "StandardsSheet",
    "cell_row",
    "standard_line",
]


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """What `interoperability matrix --json` prints."""

    today: str
    parties: list[str]
    released_to: list[str]
    illustrative: bool
    cells: list[CellRow]
    assessment: dict[str, object]
    digest: str


@dataclass(frozen=True, slots=True)
class CellRow:
    function: str
    pair: list[str]
    state: str
    level: int | None
    age: int | None
    on: str
    assessor: str
    evidence: str
    notes: dict[str, str]


@dataclass(frozen=True, slots=True)
class StandardsSheet:
    """What `interoperability standards --json` prints."""

    today: str
    illustrative: bool
    standards: list[StandardLine]
    assessment: dict[str, object]
    digest: str


@dataclass(frozen=True, slots=True)
class StandardLine:
    standard: str
    name: str
    agreement: str
    nations: list[NationRow]


@dataclass(frozen=True, slots=True)
class NationRow:
    nation: str
    status: str
    on: str
    planned: str
    plan_passed: bool
    reservation: str
    source: str


@dataclass(frozen=True, slots=True)
class ChainSheet:
    """What `interoperability chain --json` prints; each level is an Interval."""

    today: str
    mission: str
    name: str
    released_to: list[str]
    illustrative: bool
    level: dict[str, int]
    connections: list[dict[str, object]]
    unknown: list[list[str]]
    upgrades: list[dict[str, object]]
    hubs: list[dict[str, object]]
    assessment: dict[str, object]
    digest: str


def cell_row(cell: Cell) -> CellRow:
    """A cell as a row of the sheet."""
    score = cell.score
    return CellRow(
        function=cell.function,
        pair=list(cell.pair),
        state=str(cell.state),
        level=None if cell.level is None else int(cell.level),
        age=cell.age,
        on=score.on.isoformat() if score else "",
        assessor=score.assessor if score else "",
        evidence=score.evidence if score else "",
        notes=dict(score.notes) if score else {},
    )


def standard_line(row: StandardRow) -> StandardLine:
    """A standard as a row of the sheet."""
    nations = [
        NationRow(
            nation=one.nation,
            status=str(one.kind),
            on=one.status.on.isoformat() if one.status else "",
            planned=one.status.planned.isoformat() if one.status and one.status.planned else "",
            plan_passed=one.plan_passed,
            reservation=one.status.reservation if one.status else "",
            source=one.status.source if one.status else "",
        )
        for one in row.nations
    ]
    return StandardLine(row.standard.id, row.standard.name, str(row.agreement), nations)
