"""Errors of this floor.

    InstitutionError
    └── UnknownKind   an act of a kind that this version does not know: held back, never void

A refusal under the charter is none of these: it is the value `Refused`.
"""

from __future__ import annotations

__all__ = ["InstitutionError", "UnknownKind"]


class InstitutionError(Exception):
    """Root of this floor's errors."""


class UnknownKind(InstitutionError):
    """The act's kind is not in this version's list."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"needs a later version: this one does not know the kind {kind!r}.")
        self.kind = kind
