"""Tables for the tests of the supply desk: a textbook's, altered ones, and the real ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.table import Table, table_of

ECONOMY = Path(__file__).parents[3] / "shared" / "data" / "economy"


def table_with(
    change: Callable[[np.ndarray, np.ndarray, np.ndarray], object],
    sectors: tuple[str, ...] = ("A", "B"),
    categories: tuple[str, ...] = ("F",),
) -> Table:
    """The textbook's table (Miller and Blair 2009, table 2.3) after a change in place."""
    Z = np.array([[150.0, 500.0], [200.0, 100.0]])
    Y = np.zeros((2, len(categories)))
    Y[:, 0] = 350.0, 1700.0
    x = np.array([1000.0, 2000.0])
    change(Z, Y, x)
    return table_of("textbook", 2009, ("one",), sectors, categories, (Z, Y, x))


MILLER_BLAIR = table_with(lambda Z, Y, x: None)


@cache
def _wiod(year: int) -> Table:
    return read_npz_table(ECONOMY / f"wiod13_{year}.npz")


def wiod(year: int) -> Table:
    """A real year; the test is skipped, saying so, where the file is not."""
    if not (ECONOMY / f"wiod13_{year}.npz").exists():
        pytest.skip(f"wiod13_{year}.npz is not beside the project.")
    return _wiod(year)
