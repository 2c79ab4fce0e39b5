"""Tiny tables in the layouts of official ones: numbers invented here, labels and form theirs.

One economy is written in each layout, so that each reader is asked for the same numbers. It has a
sector without output and stocks that were drawn down. Layouts follow the publishers' own notes and
readers in the open that show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

Label = tuple[str, str]


@dataclass
class Economy:
    """Labels and numbers of an invented economy; `v` is value added, `taxes` beside it."""

    cells: list[Label]
    uses: list[Label]
    Z: np.ndarray
    Y: np.ndarray
    x: np.ndarray
    taxes: np.ndarray
    v: np.ndarray


def economy(
    producers: tuple[str, ...],
    users: tuple[str, ...],
    sectors: tuple[str, ...],
    categories: tuple[str, ...],
    still: Label,
) -> Economy:
    """An economy that balances; the last category is stocks, `still` makes nothing."""
    cells = [(region, sector) for region in producers for sector in sectors]
    uses = [(region, category) for region in users for category in categories]
    size, wide = len(cells), len(uses)
    rows, columns = np.arange(size)[:, None], np.arange(size)[None, :]
    Z = ((7 * rows + 11 * columns) % 13 + 1) / 4
    Y = ((5 * rows + 3 * np.arange(wide)[None, :]) % 9 + 20) / 2
    Y[:, len(categories) - 1 :: len(categories)] = (np.arange(size)[:, None] % 5 - 2) / 2
    idle = cells.index(still)
    Z[idle], Z[:, idle], Y[idle] = 0, 0, 0
    x = Z.sum(axis=1) + Y.sum(axis=1)
    taxes = x / 16
    return Economy(cells, uses, Z, Y, x, taxes, x - Z.sum(axis=0) - taxes)


def folded(it: Economy, parts: dict[str, str]) -> Economy:
    """The same with regions summed to wholes: what a reader must give."""
    whole = [(parts.get(region, region), sector) for region, sector in it.cells]
    cells = list(dict.fromkeys(whole))
    sums = np.array([[float(one == cell) for one in whole] for cell in cells])
    return Economy(
        cells, it.uses, sums @ it.Z @ sums.T, sums @ it.Y, sums @ it.x, sums @ it.taxes, sums @ it.v
    )


ICIO = economy(
    ("AUS", "CN1", "CN2", "JPN", "MX1", "MX2"),
    ("AUS", "CHN", "JPN", "MEX"),
    ("A01_02", "C26"),
    ("HFCE", "GFCF", "INVNT"),
    ("AUS", "C26"),
)
PARTS = {"CN1": "CHN", "CN2": "CHN", "MX1": "MEX", "MX2": "MEX"}


def icio_text(it: Economy = ICIO) -> str:
    """The OECD's CSV: OUT as last column; rows TLS, VA and OUT at the end."""
    cells, uses = (["_".join(one) for one in labels] for labels in (it.cells, it.uses))
    lines = [",".join(["V1", *cells, *uses, "OUT"])]
    for at, label in enumerate(cells):
        numbers = [*it.Z[at], *it.Y[at], it.x[at]]
        lines.append(",".join([label, *map(repr, map(float, numbers))]))
    demand = it.Y.sum(axis=0)
    for label, row, after in (
        ("TLS", it.taxes, demand * 0), ("VA", it.v, demand * 0), ("OUT", it.x, demand),
    ):  # fmt: skip
        lines.append(",".join([label, *map(repr, map(float, [*row, *after])), ""]))
    return "\n".join(lines) + "\n"


def write_icio(folder: Path, name: str = "2019_SML.csv") -> Path:
    """That CSV in a folder."""
    path = folder / name
    path.write_text(icio_text(), encoding="utf-8")
    return path
