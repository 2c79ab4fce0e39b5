"""The node's clock: the machine's, or in a demonstration a file that somebody advances."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

from architrave.node.errors import NodeError
from architrave.peer.clocks import JumpGuard
from architrave.record.founding import Founding

__all__ = ["Clock", "FileClock", "MachineClock", "clock_for"]


class Clock(Protocol):
    """Milliseconds since 1970."""

    def now(self) -> int:
        """The time."""

    def jumped(self) -> bool:
        """Whether it was set by over two minutes since the start, or since the last time it was."""


def _elapsed() -> int:
    """Milliseconds since some start, the time that the machine was asleep included."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    if clock is None:
        return time.monotonic_ns() // 1_000_000
    return time.clock_gettime_ns(clock) // 1_000_000


class MachineClock:
    """The machine's clock."""

    def __init__(self) -> None:
        self._guard = JumpGuard(self.now(), _elapsed())

    def now(self) -> int:
        """The time."""
        return time.time_ns() // 1_000_000

    def jumped(self) -> bool:
        """Whether it was set, forwards or back, while the machine's other clock ran on."""
        return self._guard.jumped(self.now(), _elapsed())


class FileClock:
    """A clock in a file: milliseconds since 1970, as text. NodeError if there is no time in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = 0
        self.now()

    def now(self) -> int:
        """The time that the file shows; the last one read while the file is being written."""
        try:
            self._last = max(self._last, int(self._path.read_text(encoding="ascii")))
        except (OSError, ValueError):
            if not self._last:
                raise NodeError(f"{self._path}: expected a time in milliseconds.") from None
        return self._last

    def jumped(self) -> bool:
        """Never: whoever advances it means it."""
        return False


def clock_for(founding: Founding, file: Path | None) -> Clock:
    """The clock of a node; NodeError if a test clock is asked for outside a demonstration."""
    if file is None:
        return MachineClock()
    if not founding.demonstration:
        raise NodeError(
            f"{file}: a test clock is allowed only where the founding says demonstration."
        )
    return FileClock(file)
