"""The acts of early warning, and of evidence that another party worked out again."""

from __future__ import annotations

from architrave.institution.act_parts import Act, Cell, Text

__all__ = ["POINTS", "Alerted", "Attested", "Responded"]

POINTS = ("impact", "causes", "duration", "sectors", "measures", "wanted")
"""The six points of an alert, in the order in which they are shown."""


class Alerted(Act, frozen=True, tag="alerted"):
    """One party warns the others of a body of a disruption that it expects or that is there.

    Each of the six points has words, or stands in `unknown` (sorted): not known is said, and never
    left out. `evidence` names files by SHA-256, `matter` what the alert is about. A `drill` is a
    test alert: it tries the way and owes nothing.
    """

    symbol: str
    body: str
    impact: Text
    causes: Text
    duration: Text
    sectors: Text
    measures: Text
    wanted: Text
    unknown: list[str] = []
    matter: str = ""
    evidence: dict[str, str] = {}
    drill: bool = False


class Responded(Act, frozen=True, tag="responded"):
    """Another party's answer to an alert: what it offers, what it sees, or that it cannot help.

    Answers stand side by side; a later one of the same party is shown after its earlier one.
    """

    alert: str
    offer: Text = {}
    sees: Text = {}
    unable: bool = False


class Attested(Act, frozen=True, tag="attested"):
    """A party says that it worked out again what a version of a matter names as evidence.

    `evidence` is the SHA-256 that the version names, `finding` same, different or not-rerun,
    `result` the SHA-256 of what was worked out here, `versions` those of the programs that did.
    `differing` counts the cells that differ and `cells` shows the first of them; `reason` says why
    nothing was worked out again.
    """

    matter: str
    version: str
    evidence: str
    finding: str
    result: str = ""
    versions: dict[str, str] = {}
    differing: int = 0
    cells: list[Cell] = []
    reason: Text = {}
