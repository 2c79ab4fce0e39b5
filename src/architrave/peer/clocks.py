"""The clock guard: a clock that is set while another runs on is not to be trusted by itself.

A node out of touch signs by its own clock. If somebody sets that clock, the lines it dates would be
held back by every other party, or fall behind its own: so the machine's other clock, which nobody
sets, is asked too. All times are in milliseconds.
"""

from __future__ import annotations

__all__ = ["AHEAD", "JumpGuard"]

AHEAD = 120_000
"""How far a line may be dated ahead of its reader's clock before it is held back."""


class JumpGuard:
    """Compares a clock that can be set with the time that has run since the start."""

    def __init__(self, now: int, elapsed: int) -> None:
        self._ahead = now - elapsed

    def jumped(self, now: int, elapsed: int) -> bool:
        """Whether the clock was set by over two minutes since the start, or since the last time.

        A clock that goes wrong slowly jumps too, once it is that far off.
        """
        ahead = now - elapsed
        if abs(ahead - self._ahead) <= AHEAD:
            return False
        self._ahead = ahead
        return True
