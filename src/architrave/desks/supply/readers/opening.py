"""A table by the file or folder that somebody names: the layout is told by what lies there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.icio_layout import is_icio, read_icio
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.table import Table

__all__ = ["LAYOUTS", "opened_table"]

LAYOUTS: tuple[tuple[str, Callable[[Path], bool], Callable[[Path], Table]], ...] = (
    ("one year in one NumPy file", lambda path: path.suffix == ".npz", read_npz_table),
    ("OECD ICIO, a CSV for a year", is_icio, read_icio),
)
"""What each layout is called, whether a path is one, and who reads it."""


def opened_table(path: Path | None = None) -> Table:
    """The table at a path, or the small one that comes along; BadInput for no known layout."""
    if path is None:
        return figures()
    if not path.exists():
        raise BadInput(f"{path}: nothing is there.")
    for _, fits, read in LAYOUTS:
        if fits(path):
            return read(path)
    known = "; ".join(name for name, _, _ in LAYOUTS)
    raise BadInput(f"{path}: its layout is not known. Known are: {known}.")
