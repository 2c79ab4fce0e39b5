"""The desk's assessments: a mission's chain, and the whole matrix, to be worked out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

from architrave.desks.evidence import Assessment, Layer, digest_of
from architrave.desks.interoperability.chains import Interval, best_upgrades, chain
from architrave.desks.interoperability.hubs import hubs
from architrave.desks.interoperability.matrix import FRESH_DAYS, levels_of, matrix
from architrave.desks.interoperability.model import (
    Documents,
    Level,
    Mission,
    Score,
    audience,
)
from architrave.desks.interoperability.standards import standards_table

__all__ = ["assess_matrix", "assess_mission", "assess_standards"]


def assess_matrix(documents: Documents, scores: Sequence[Score], today: date) -> Assessment:
    """The matrix of the scores that may be read: levels that are current, what is stale or not
    assessed."""
    cells = matrix(documents.functions, scores, documents.parties, today)
    return Assessment(
        desk="interoperability",
        question="the latest level of each function between each pair",
        layers=_layers(documents, scores),
        parameters={
            "today": today.isoformat(),
            "fresh_days": FRESH_DAYS,
            **_read(documents, scores),
        },
        result={
            f"{cell.function}/{cell.pair[0]}-{cell.pair[1]}": {
                "state": str(cell.state),
                "level": None if cell.level is None else int(cell.level),
                "age": cell.age,
            }
            for cell in cells
        },
        versions=_versions(),
    )


def assess_mission(
    documents: Documents,
    scores: Sequence[Score],
    mission: Mission,
    today: date,
    to: Level | None = None,
) -> Assessment:
    """One mission: its level, its weakest connections, the single upgrades that help most, and
    each party as hub."""
    levels = levels_of(matrix(documents.functions, scores, documents.parties, today))
    found = chain(mission, levels, documents.parties)
    best = best_upgrades(mission, levels, documents.parties, to)
    return Assessment(
        desk="interoperability",
        question="the weakest connection of a mission, and which single upgrade helps most",
        layers=_layers(documents, scores),
        parameters={
            "today": today.isoformat(),
            "fresh_days": FRESH_DAYS,
            "mission": mission.id,
            "to_level": None if to is None else int(to),
            **_read(documents, scores),
        },
        result={
            "level": _ends(found.level),
            "weakest": [
                {"step": one.step, "function": one.function, "pair": list(one.pair)}
                for one in found.weakest
            ],
            "unknown": [[function, *pair] for function, pair in found.unknown],
            "upgrades": [
                {
                    "function": one.function,
                    "pair": list(one.pair),
                    "before": _ends(one.before),
                    "after": _ends(one.after),
                    "mission": _ends(one.mission),
                }
                for one in best
            ],
            "hubs": {
                one.party: _ends(one.mission) for one in hubs(mission, levels, documents.parties)
            },
        },
        versions=_versions(),
    )


def assess_standards(documents: Documents, today: date) -> Assessment:
    """Every standard by nation, differences first."""
    rows = standards_table(documents.standards, documents.statuses, documents.parties, today)
    newest = max((one.on.isoformat() for one in documents.statuses), default="")
    return Assessment(
        desk="interoperability",
        question="standards by nation, differences first",
        layers=tuple(
            Layer(name, newest if name == "statuses.csv" else "", digest_of(content.encode()))
            for name, content in sorted(documents.texts.items())
            if name in ("standards.csv", "statuses.csv")
        ),
        parameters={
            "today": today.isoformat(),
            "parties": list(documents.parties),
            "illustrative": documents.illustrative,
        },
        result={
            row.standard.id: {
                "agreement": str(row.agreement),
                **{one.nation: str(one.kind) for one in row.nations},
            }
            for row in rows
        },
        versions=_versions(),
    )


def _layers(documents: Documents, scores: Sequence[Score]) -> tuple[Layer, ...]:
    """The tables as they were read, whole; `scores` among the parameters counts what was used."""
    newest = max((score.on.isoformat() for score in scores), default="")
    return tuple(
        Layer(name, newest if name == "scores.csv" else "", digest_of(content.encode()))
        for name, content in sorted(documents.texts.items())
        if name in ("functions.csv", "scores.csv", "missions.csv")
    )


def _read(documents: Documents, scores: Sequence[Score]) -> Mapping[str, Any]:
    return {
        "parties": list(documents.parties),
        "released_to": list(audience(scores, documents.parties)),
        "illustrative": documents.illustrative,
        "scores": len(scores),
    }


def _ends(interval: Interval) -> list[int]:
    return [interval.low, interval.high]


def _versions() -> Mapping[str, str]:
    return {"architrave": version("architrave")}
