"""Where the shipped files lie: beside the code if installed, else in the checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped"]


def shipped(place: str) -> Path:
    """The path of a shipped file or folder, for example ``charters/trilateral.toml``."""
    package = Path(__file__).resolve().parents[1]
    for root in (package / "shipped", package.parents[1]):
        if (root / place).exists():
            return root / place
    raise FileNotFoundError(place)
