"""Our readers beside pymrio's, number by number: against digests kept of it, and against itself.

pymrio's wheel installs packages named `tests` and `doc`, so it is in no environment of this
project: name an interpreter that has it in ARCHITRAVE_PYMRIO, and it is asked anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from official_copies import (
    WIOD13,
    wiod_rows,
    write_eora,
    write_exiobase,
    write_icio,
    write_workbook,
)

from architrave.desks.supply.readers.opening import opened_table
from architrave.desks.supply.table import Table

SCRIPT = Path(__file__).parent / "read_with_pymrio.py"
ASKED = "ARCHITRAVE_PYMRIO"
WRITTEN: dict[str, Callable[[Path], Path]] = {
    "icio": lambda folder: write_icio(folder, "ICIO2023_2019.csv"),
    "wiod": lambda folder: write_workbook(
        folder / "wiot09_row_apr12.xlsx", wiod_rows(WIOD13, old=True)
    ),
    "exiobase": lambda folder: write_exiobase(folder, packed=False),
    "eora": lambda folder: write_eora(folder, packed=False),
}
# SHA-256 of what pymrio 0.7.0 printed for these very copies.
KEPT = {
    "icio": "5c07a8505d30ecfa59c3a3e497327ddf1659714cb04cd1d800b36fbb0203e6f1",
    "wiod": "ade1466219e081f9e7ab5ca826c489e972c7b71c1d60eb8acc42472763b3ec66",
    "exiobase": "df5c03b1f392bbc21816c646fc476426e4587fc1c19e5e137cafee6fa9718ac8",
    "eora": "96503cd4cbf88c4010c3b3b753ab0ea565914fc81fcefb5ee2a327253fa7003e",
}


def told(table: Table, without: frozenset[str]) -> dict[str, dict[str, str]]:
    """What the other program prints, of our table; without the regions that it leaves out."""
    uses = [(region, one) for region in table.regions for one in table.categories]
    cells = [tuple(cell.split(":", 1)) for cell in table.cells]
    found = {}
    for letter, array, columns in (("Z", table.Z, cells), ("Y", table.Y, uses)):
        found[letter] = {
            "|".join((*cells[row], *columns[at])): f"{float(array[row, at]):.9g}"
            for row, at in zip(*array.nonzero(), strict=True)
            if not without & {cells[row][0], columns[at][0]}
        }
    return found


@pytest.mark.parametrize("layout", WRITTEN)
def test_the_numbers_are_those_that_pymrio_reads(layout: str, tmp_path: Path) -> None:
    path = WRITTEN[layout](tmp_path)
    # pymrio drops the rest of the world of EORA26; we keep it as a cell.
    without = frozenset({"ROW"}) if layout == "eora" else frozenset()
    ours = json.dumps(told(opened_table(path), without), sort_keys=True)
    assert hashlib.sha256(ours.encode()).hexdigest() == KEPT[layout]


@pytest.mark.parametrize("layout", WRITTEN)
def test_pymrio_still_reads_what_was_kept_of_it(layout: str, tmp_path: Path) -> None:
    interpreter = os.environ.get(ASKED)
    if not interpreter:
        pytest.skip(f"{ASKED} names no interpreter that has pymrio: digests kept of it are used.")
    path = WRITTEN[layout](tmp_path)
    run = subprocess.run(
        [interpreter, "-P", str(SCRIPT), layout, str(path), "2016"],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert hashlib.sha256(run.stdout.strip().encode()).hexdigest() == KEPT[layout]
