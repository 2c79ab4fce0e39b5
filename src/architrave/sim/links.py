"""The lines between machines: how long a message takes, and whether it comes once, twice or never.

A line is one-way. What is cut loses what is sent while it is cut; what is on its way still arrives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

__all__ = ["Links", "Quality"]

SECOND = 1_000


@dataclass(frozen=True, slots=True)
class Quality:
    """How bad the lines are: chances of loss, of a second copy, and of a long way (ms at most)."""

    loss: float = 0.0
    double: float = 0.0
    slow: float = 0.0
    slowest: int = 20 * SECOND


@dataclass(slots=True)
class Links:
    """All lines. `cut` holds until when (ms) each line is cut, as (from, to)."""

    quality: Quality = Quality()
    cut: dict[tuple[str, str], int] = field(default_factory=dict)

    def is_cut(self, sender: str, to: str, now: int) -> bool:
        """Say whether what is sent now is lost."""
        return self.cut.get((sender, to), 0) > now

    def cut_until(self, sender: str, to: str, until: int) -> None:
        """Cut one line, in one direction, until an instant."""
        self.cut[sender, to] = max(until, self.cut.get((sender, to), 0))

    def arrivals(self, sender: str, to: str, now: int, draw: Random) -> list[int]:
        """When a message that is sent now arrives: never, once, or twice. Order is not kept."""
        quality = self.quality
        if self.is_cut(sender, to, now) or draw.random() < quality.loss:
            return []
        copies = 2 if draw.random() < quality.double else 1
        found = []
        for _ in range(copies):
            longest = quality.slowest if draw.random() < quality.slow else 40
            found.append(now + draw.randint(5, longest))
        return found

    def mend(self) -> None:
        """All lines carry everything from now on."""
        self.cut.clear()
        self.quality = Quality()
