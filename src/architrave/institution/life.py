"""The life of a version as a table: from which stage to which, and by what.

The table is the manual: `docs/architecture.md` draws its diagram from it, and a test follows random
histories and demands that every change of stage that a reader can see stands here.
"""

from __future__ import annotations

from collections.abc import Mapping

from architrave.institution.standing import Stage

__all__ = ["BEGINNINGS", "LIFE", "diagram"]

BEGINNINGS: Mapping[Stage, str] = {
    Stage.OPEN: "tabled or revised",
    Stage.RUNNING: "tabled or revised, with a silence procedure",
    Stage.SUPERSEDED: "revised when a party had closed another version",
    Stage.WITHDRAWN: "revised while the matter was being withdrawn",
}

LIFE: Mapping[tuple[Stage, Stage], str] = {
    (Stage.OPEN, Stage.CLOSING): "a party has all positions",
    (Stage.OPEN, Stage.FAILED): "a party closed it after another had left it",
    (Stage.OPEN, Stage.SUPERSEDED): "a party closed another version",
    (Stage.OPEN, Stage.WITHDRAWN): "withdrawn by the party that tabled it",
    (Stage.RUNNING, Stage.BROKEN): "an objection or a reserve",
    (Stage.RUNNING, Stage.CLOSING): "a party has kept silence",
    (Stage.RUNNING, Stage.SUPERSEDED): "a party closed another version",
    (Stage.RUNNING, Stage.WITHDRAWN): "withdrawn by the party that tabled it",
    (Stage.BROKEN, Stage.SUPERSEDED): "a party closed another version",
    (Stage.BROKEN, Stage.FAILED): "a party had kept silence before it was broken",
    (Stage.BROKEN, Stage.WITHDRAWN): "withdrawn by the party that tabled it",
    (Stage.CLOSING, Stage.AGREED): "every party has all positions",
    (Stage.CLOSING, Stage.FAILED): "a party left it before closing it",
    (Stage.CLOSING, Stage.WITHDRAWN): "withdrawn before every party had closed it",
    (Stage.FAILED, Stage.CLOSING): "the party that left it returns",
    (Stage.FAILED, Stage.WITHDRAWN): "withdrawn by the party that tabled it",
    (Stage.SUPERSEDED, Stage.FAILED): "parties closed different versions",
    (Stage.SUPERSEDED, Stage.WITHDRAWN): "withdrawn by the party that tabled it",
    (Stage.AGREED, Stage.IN_FORCE): "each has received that each has received all",
}


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {_id(stage)}: {why}" for stage, why in BEGINNINGS.items()]
    lines += [f"    {_id(old)} --> {_id(new)}: {why}" for (old, new), why in LIFE.items()]
    return "\n".join(lines) + "\n"


def _id(stage: Stage) -> str:
    return stage.value.replace("-", "_")
