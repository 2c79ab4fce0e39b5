"""What can go wrong at a desk. Each says one sentence that names the place.

DeskError
├── BadInput         what was brought cannot be read, or contradicts itself
└── MissingLibrary   a library of an extra is not installed; the sentence says how to get it
"""

__all__ = ["BadInput", "DeskError", "MissingLibrary"]


class DeskError(Exception):
    """A desk cannot go on."""


class BadInput(DeskError):
    """Input that cannot be read or contradicts itself: one sentence with file, line and field."""


class MissingLibrary(DeskError):
    """A library that this computation needs is not installed."""
