"""A table of the OECD's size read from its CSV, against NumPy's own reading of the same numbers.

A year is invented in the OECD's layout (77 regions by 45 sectors, or `--size` regions) and written
to a folder of its own. The yardstick is `numpy.loadtxt` over the same rows, which checks no label
and no sum. The numbers are asserted equal to the last bit. Rows:

supply.readers           seconds from the CSV to a checked table; yardstick: numpy.loadtxt
supply.readers.memory    bytes held at most while it is read, as multiples of the table's own
supply.readers.trade     seconds for a million rows of trade, all but one passed over
"""

import sys
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from architrave.desks.supply.readers.icio_layout import read_icio
from architrave.desks.supply.trade.concordance import shipped_concordance
from architrave.desks.supply.trade.reading import opened_trade
from bench import Figure, main, seconds, versions

SIZE, SECTORS = 77, 45
DEMAND = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")
CODES = "country_code,country_name,country_iso2,country_iso3\n1,A,AA,AAA\n2,B,BB,BBB\n"


def written(path: Path, regions: int) -> int:
    """Write an invented year; how many cells it has."""
    draw = np.random.default_rng(2019)
    names = [f"R{at:02d}" for at in range(regions)]
    cells = [f"{name}_S{sector:02d}" for name in names for sector in range(SECTORS)]
    uses = [f"{name}_{code}" for name in names for code in DEMAND]
    size = len(cells)
    bought, output = np.zeros(size), np.zeros(size)
    with path.open("w", encoding="utf-8") as into:
        into.write(",".join(["V1", *cells, *uses, "OUT"]) + "\n")
        for at, cell in enumerate(cells):
            sales = np.round(draw.uniform(0, 1, size), 6)
            demand = np.round(draw.uniform(15, 20, len(uses)), 6)
            bought += sales
            output[at] = sales.sum() + demand.sum()
            row = [*sales.tolist(), *demand.tolist(), float(output[at])]
            into.write(",".join([cell, *map(repr, row)]) + "\n")
        rest = [0.0] * len(uses)
        for label, row in (("TLS", output * 0), ("VA", output - bought), ("OUT", output)):
            into.write(",".join([label, *map(repr, [*row.tolist(), *rest])]) + ",\n")
    return size


def trade_written(folder: Path, rows: int) -> list[Path]:
    """Write rows in BACI's layout, the first of a code of the chains, the others of none."""
    path, countries = folder / "BACI_HS22_Y2023.csv", folder / "country_codes.csv"
    countries.write_text(CODES, encoding="utf-8")
    with path.open("w", encoding="utf-8") as into:
        into.write("t,i,j,k,v,q\n")
        for at in range(rows):
            code = "854232" if at == 0 else f"{100000 + at % 100000:06d}"
            into.write(f"2023,1,2,{code},{at + 1}.5,1.25\n")
    return [path, countries]


def measure(size: int | None = None) -> list[Figure]:
    regions = size or SIZE
    with TemporaryDirectory() as place:
        path = Path(place) / "2019.csv"
        cells = written(path, regions)
        columns = range(1, cells + regions * len(DEMAND) + 2)

        def bare() -> np.ndarray:
            return np.loadtxt(path, delimiter=",", skiprows=1, usecols=columns, max_rows=cells)

        value, yardstick = seconds(lambda: read_icio(path)), seconds(bare)
        table, numbers = read_icio(path), bare()
        same = (
            np.array_equal(table.Z, numbers[:, :cells])
            and np.array_equal(table.Y, numbers[:, cells:-1])
            and np.array_equal(table.x, numbers[:, -1])
        )
        own = table.Z.nbytes + table.Y.nbytes
        del table, numbers
        tracemalloc.start()
        read_icio(path)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        files = trade_written(Path(place), 1_000_000 if size is None else 20_000)
        known = shipped_concordance()
        trade = seconds(lambda: opened_trade(files, known))
        kept = len(opened_trade(files, known).flows)
    sizes = {"cells": cells, "regions": regions}
    told = versions("numpy")
    # A small table is all heading: the reach of memory is meant for a large one.
    most = 2.0 if size is None else 50.0
    return [
        Figure("supply.readers", value, yardstick, ("<=", 3.0), same, sizes, told),
        Figure("supply.readers.memory", held / own, None, ("<=", most), same, sizes, told),
        Figure("supply.readers.trade", trade, None, ("<=", 30.0), kept > 0, {"kept": kept}, told),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
