"""A machine's clock: how far it is from the true time, how it drifts, and when somebody sets it.

All times are in milliseconds. The true time is the world's; no node knows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from architrave.peer.clocks import JumpGuard

__all__ = ["MachineClock"]


@dataclass(slots=True)
class MachineClock:
    """Shows the true time plus `ahead`, which grows by `drift` parts per million since `since`."""

    ahead: int = 0
    drift: int = 0
    since: int = 0
    _guard: JumpGuard | None = field(default=None)

    def shown(self, true: int) -> int:
        """The time that the clock shows."""
        return true + self.error(true)

    def error(self, true: int) -> int:
        """How far the clock is ahead of the true time."""
        return self.ahead + (true - self.since) * self.drift // 1_000_000

    def put_to(self, ahead: int, true: int, drift: int = 0) -> None:
        """Set the clock, as somebody does by hand or a server of time does."""
        self.ahead, self.drift, self.since = ahead, drift, true

    def start(self, true: int) -> None:
        """The machine starts: its other clock, which nobody sets, begins anew."""
        self._guard = JumpGuard(self.shown(true), true)

    def jumped(self, true: int) -> bool:
        """Whether the running machine finds that its clock was set."""
        assert self._guard is not None
        return self._guard.jumped(self.shown(true), true)
