"""Official tables as downloaded: read by what is in them, and refused by file, cell and size."""

from __future__ import annotations

import gzip
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from official_copies import ICIO, PARTS, Economy, folded, icio_text, write_icio

from architrave.desks.errors import BadInput
from architrave.desks.supply.balance import balance_of
from architrave.desks.supply.readers.opening import opened_table
from architrave.desks.supply.table import Table


def holds(table: Table, wanted: Economy) -> None:
    assert table.cells == tuple(":".join(cell) for cell in wanted.cells)
    for ours, theirs in ((table.Z, wanted.Z), (table.Y, wanted.Y), (table.x, wanted.x)):
        assert np.abs(ours - theirs).max() < 1e-9
    assert table.v == pytest.approx(wanted.v + wanted.taxes, abs=1e-9)


def test_icio_is_read_with_its_split_countries_summed(tmp_path: Path) -> None:
    table = opened_table(write_icio(tmp_path))
    holds(table, folded(ICIO, PARTS))
    assert (table.year, table.unit, table.currency) == (2019, "million", "USD")
    assert table.regions == ("AUS", "CHN", "JPN", "MEX")
    assert "CN1 and CN2 are summed to CHN" in table.lumping
    said = balance_of(table)
    assert said.empty == 1
    assert said.negative > 0 > said.drawn


def test_icio_is_told_by_its_heading_and_read_packed(tmp_path: Path) -> None:
    plain = opened_table(write_icio(tmp_path))
    other = tmp_path / "download of 2019.txt"
    other.write_text("\ufeff" + icio_text().replace("\n", "\r\n"), encoding="utf-8")
    assert opened_table(other).digest == plain.digest
    with ZipFile(tmp_path / "icio.zip", "w") as packed:
        packed.writestr("data/2019_SML.csv", icio_text())
    assert opened_table(tmp_path / "icio.zip").digest == plain.digest
    (tmp_path / "2019.csv.gz").write_bytes(gzip.compress(icio_text().encode()))
    assert opened_table(tmp_path / "2019.csv.gz").digest == plain.digest


def altered(text: str, line: int, column: int, cell: str) -> str:
    lines = [row.split(",") for row in text.splitlines()]
    lines[line - 1][column] = cell
    return "\n".join(",".join(row) for row in lines) + "\n"


@pytest.mark.parametrize(
    ("line", "column", "cell", "words"),
    [
        (2, 3, "much", r"2019.csv, line 2, column CN1_A01_02: 'much' is no number"),
        (3, 1, "nan", r"2019.csv, line 3, column AUS_A01_02: 'nan' is no finite number"),
        (2, 25, "-4", r"2019.csv: AUS_A01_02 (does not balance|has the output -4)"),
        (2, 1, "999", r"2019.csv: AUS_A01_02 does not balance: .* are .* its output is"),
        (2, 13, "999", r"2019.csv: .*AUS:A01_02 does not balance: sales less output are"),
        (1, 2, "AUS_A01_02", r"2019.csv, line 1: the column AUS_A01_02 stands there twice"),
        (3, 0, "AUS_A01_02", r"2019.csv: the row AUS_A01_02 stands there twice"),
        (3, 0, "AUS_X", r"2019.csv, line 3: the row AUS_X has no column"),
        (1, 2, "AUS", r"2019.csv, line 1: 'AUS' is no label such as"),
    ],
)
def test_a_faulty_icio_is_refused_in_a_sentence(
    tmp_path: Path, line: int, column: int, cell: str, words: str
) -> None:
    path = tmp_path / "2019.csv"
    path.write_text(altered(icio_text(), line, column, cell), encoding="utf-8")
    with pytest.raises(BadInput, match=words) as told:
        opened_table(path)
    assert str(told.value).count("\n") == 0
