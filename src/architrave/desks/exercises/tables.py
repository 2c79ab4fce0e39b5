"""The tables of a programme and their columns: which are needed, and which may be left out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SETTINGS", "TABLES", "Columns"]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, in the order in which they are written."""

    needed: tuple[str, ...]
    allowed: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Needed ones first."""
        return self.needed + self.allowed


SETTINGS = ("year", "years", "parties", "host", "command", "spread")
"""What the table `programme` settles, one row each."""

TABLES = {
    "programme": Columns(("setting", "value")),
    "areas": Columns(("id", "name"), ("shares",)),
    "forces": Columns(("id", "party", "domain", "name"), ("days_a_year", "rest_days")),
    "away": Columns(("force", "first", "last"), ("kind", "note")),
    "series": Columns(
        ("id", "name", "parties", "domains", "days"),
        (
            "editions",
            "years",
            "months",
            "area",
            "lead_days",
            "gap_days",
            "hosts",
            "commands",
            "source",
        ),
    ),
    "needs": Columns(("series", "force")),
    "parts": Columns(("id", "series", "name", "offset", "days"), ("area", "forces")),
    "blackouts": Columns(("id", "kind", "first", "last"), ("parties", "weight", "note", "source")),
    "precedences": Columns(("before", "after"), ("gap_days", "why")),
    "fixed": Columns(("edition", "first")),
    # Beside the programme: what was decided, asked for, observed and held.
    "plan": Columns(("edition", "first", "days"), ("part", "host", "command")),
    "occasions": Columns(("name", "kind", "first", "last"), ("parties", "source")),
    "products": Columns(
        ("id", "edition", "gate", "name", "owner"), ("days_before", "required", "done")
    ),
    "approvals": Columns(("edition", "party", "state"), ("on", "seat", "note")),
    "postponements": Columns(
        ("edition", "was", "decided", "seat", "reason"), ("part", "now", "not_before")
    ),
    "objectives": Columns(("id", "edition", "text"), ("observer",)),
    "story": Columns(("id", "level", "parent", "text"), ("day", "time", "audience", "after")),
    "lessons": Columns(
        ("id", "edition", "text", "action", "owner", "due"),
        ("action_ko", "action_ja", "objective", "retest_in", "retested", "passed"),
    ),
    "held": Columns(("edition", "first", "last"), ("part", "forces", "source")),
}
