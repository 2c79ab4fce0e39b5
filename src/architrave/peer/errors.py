"""Errors of this floor, by who is to blame.

PeerFloorError
├── OwnError          we broke our own rule: fix the code
├── PeerError         another node sent what it may not send: answer with `status_hint`
└── StorageUncertain  a write whose fate is unknown: stop, start again, recover
"""

from __future__ import annotations

__all__ = ["OwnError", "PeerError", "PeerFloorError", "StorageUncertain"]


class PeerFloorError(Exception):
    """Root of this floor's errors."""


class OwnError(PeerFloorError):
    """Our own mistake."""


class PeerError(PeerFloorError):
    """The other side's mistake; `status_hint` is the HTTP status that says so."""

    def __init__(self, message: str, status_hint: int = 400) -> None:
        super().__init__(message)
        self.status_hint = status_hint


class StorageUncertain(PeerFloorError):
    """Nobody knows whether the write landed."""
