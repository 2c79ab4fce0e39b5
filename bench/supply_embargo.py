"""Structural shocks, a thousand each by itself, against forming the inverse anew for each.

The yardstick does for each what a library does that holds an explicit inverse: it changes A,
inverts I - A anew and multiplies, in bare NumPy; it is run for some of them and reckoned up to all.
Answers are asserted equal to 1e-9. Where the full table of 2011 lies beside the project, it is
measured; else the small table, and nothing is judged of the reach. Rows:

supply.embargo           seconds for all shocks, each one cell that buys otherwise
supply.embargo.blocks    the same, each four cells of one region that buy no more from another
supply.embargo.told      seconds for one embargo of one country on another, told three times
supply.embargo.together  seconds for embargoes of a country on each that it sells to, told together,
                         against one after the other
"""

import sys
from pathlib import Path

import numpy as np

from architrave.desks.supply.factored import Change, Factored
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.stoppages import CLOSINGS, embargo, embargoes
from architrave.desks.supply.table import Table
from bench import Figure, main, seconds, versions

SIZE = 1000
ROUNDS = 5
ANEW = 6
BLOCK = 4
REAL = Path(__file__).parents[2] / "shared" / "data" / "economy" / "wiod13_2011.npz"


def columns_of(table: Table, A: np.ndarray, count: int) -> list[Change]:
    """Cells that buy less of everything, drawn with a fixed seed."""
    draw = np.random.default_rng(2011)
    found: list[Change] = []
    for _ in range(count):
        column = draw.integers(0, table.size, 1)
        found.append((column, -A[:, column] * draw.uniform(0, 1, (table.size, 1))))
    return found


def blocks_of(table: Table, A: np.ndarray, count: int) -> list[Change]:
    """Cells of one region that buy nothing more from another, drawn with a fixed seed."""
    draw = np.random.default_rng(2012)
    found: list[Change] = []
    for _ in range(count):
        buyer, seller = draw.choice(len(table.regions), 2, replace=False)
        place = np.arange(table.size)
        columns = draw.choice(place[table.region(table.regions[buyer])], BLOCK, replace=False)
        delta = np.zeros((table.size, BLOCK))
        rows = place[table.region(table.regions[seller])]
        delta[rows] = -A[np.ix_(rows, columns)]
        found.append((columns, delta))
    return found


def anew(A: np.ndarray, change: Change, demand: np.ndarray) -> np.ndarray:
    """Invert the changed table and multiply."""
    columns, delta = change
    changed = A.copy()
    changed[:, columns] += delta
    found: np.ndarray = np.linalg.inv(np.eye(len(A)) - changed) @ demand
    return found


def against(
    name: str, solved: Factored, changes: list[Change], reach: float, sizes: dict[str, int]
) -> Figure:
    """All the changes at once, and some of them by inverting anew, reckoned up to all."""
    demand, count = solved.table.f, len(changes)
    some = range(0, count, max(1, count // ANEW))
    found = solved.each_changed(changes)
    equal = all(
        np.allclose(found[:, at], anew(solved.A, changes[at], demand), rtol=1e-9, atol=1e-6)
        for at in some
    )
    # One after the other, not by turns: NumPy and SciPy each keep threads of their own.
    value = [seconds(lambda: solved.each_changed(changes)) for _ in range(ROUNDS)]
    each = [seconds(lambda at=at: anew(solved.A, changes[at], demand)) for at in some]
    return Figure(
        name, float(np.median(value)), float(np.median(each)) * count, ("<=", reach), equal,
        {**sizes, "inverted anew": len(some)}, versions("scipy", "numpy"),
    )  # fmt: skip


def together(solved: Factored, judged: bool, sizes: dict[str, int]) -> Figure:
    """Embargoes of the first country on all that it sells to: at once, and one after the other."""
    table, (seller, *others) = solved.table, solved.table.regions
    rows = table.region(seller)
    flows = [
        ([seller], [buyer], 1.0) for buyer in others if solved.A[rows, table.region(buyer)].any()
    ]
    found = embargoes(solved, flows)
    equal = all(
        np.allclose(
            getattr(one, name).change, getattr(embargo(solved, *flow), name).change,
            rtol=1e-9, atol=1e-6,
        )
        for one, flow in zip(found, flows, strict=True)
        for name in CLOSINGS
    )  # fmt: skip
    value, each = [], []
    for _ in range(ROUNDS):
        value.append(seconds(lambda: embargoes(solved, flows)))
        each.append(seconds(lambda: [embargo(solved, *flow) for flow in flows]))
    return Figure(
        "supply.embargo.together", float(np.median(value)), float(np.median(each)),
        ("<=", 1.0 if judged else 1e9), equal, {**sizes, "shocks": len(flows)},
        versions("scipy", "numpy"),
    )  # fmt: skip


def measure(size: int | None = None) -> list[Figure]:
    count = size or SIZE
    real = REAL.exists() and count >= SIZE
    table = read_npz_table(REAL) if real else figures()
    solved = Factored(table)
    solved.made  # noqa: B018 - factored before anything is timed, as the inverse is formed before
    sizes = {"cells": table.size, "shocks": count, "rounds": ROUNDS}
    columns, blocks = columns_of(table, solved.A, count), blocks_of(table, solved.A, count)
    sellers, buyers = [table.regions[0]], [table.regions[1]]
    told = [seconds(lambda: embargo(solved, sellers, buyers)) for _ in range(ROUNDS)]
    return [
        against("supply.embargo", solved, columns, 1 / 800 if real else 1e9, sizes),
        against("supply.embargo.blocks", solved, blocks, 1 / 200 if real else 1e9, sizes),
        Figure(
            "supply.embargo.told", float(np.median(told)), None, ("<=", 10.0), True, sizes,
            versions("scipy", "numpy"),
        ),
        together(solved, real, sizes),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(measure))
