"""Official tables as downloaded: read by what is in them, and refused by file, cell and size."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from official_copies import (
    ADB,
    EXIOBASE,
    ICIO,
    PARTS,
    WIOD13,
    WIOD16,
    Economy,
    adb_rows,
    eora,
    eora_texts,
    exiobase_texts,
    folded,
    icio_text,
    wiod_csv_text,
    wiod_rows,
    write_eora,
    write_exiobase,
    write_icio,
    write_workbook,
)

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
        (2, 3, "much", r"2019.csv, line 2, column CHN_A01_02: 'much' is no number"),
        (3, 1, "nan", r"2019.csv, line 3, column AUS_A01_02: 'nan' is no finite number"),
        (2, 29, "-4", r"2019.csv: AUS_A01_02 has the output -4 in its row and \S+ in its column"),
        (2, 1, "999", r"2019.csv: AUS_A01_02 does not balance: .* are .* its output is"),
        (2, 17, "999", r"2019.csv: .*AUS:A01_02 does not balance: sales less output are"),
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


def test_workbooks_of_wiod_and_of_the_adb_are_told_by_their_headings(tmp_path: Path) -> None:
    old = opened_table(write_workbook(tmp_path / "a.xlsx", wiod_rows(WIOD13, old=True)))
    new = opened_table(write_workbook(tmp_path / "WIOT2014.xlsx", wiod_rows(WIOD16, old=False)))
    adb = opened_table(write_workbook(tmp_path / "ADB-MRIO-2023.xlsx", adb_rows()))
    for table, wanted in ((old, WIOD13), (new, WIOD16), (adb, ADB)):
        holds(table, wanted)
        assert table.regions == ("JPN", "USA", "ROW")
    assert [(one.name, one.year) for one in (old, new, adb)] == [
        ("WIOD 2013 release", 2009),
        ("WIOD 2016 release", 2014),
        ("ADB multi-regional input-output table", 2022),
    ]
    assert "C26" in new.lumping
    assert "c14" in adb.lumping


def test_the_release_of_2016_as_csv_is_the_same_as_its_workbook(tmp_path: Path) -> None:
    workbook = opened_table(write_workbook(tmp_path / "2014.xlsx", wiod_rows(WIOD16, old=False)))
    (tmp_path / "wiot.csv").write_text(wiod_csv_text(), encoding="utf-8")
    assert opened_table(tmp_path / "wiot.csv").digest == workbook.digest


def test_exiobase_is_read_packed_unpacked_and_by_its_coefficients(tmp_path: Path) -> None:
    table = opened_table(write_exiobase(tmp_path))
    holds(table, EXIOBASE)
    assert (table.year, table.currency) == (2019, "EUR")
    folder = write_exiobase(tmp_path, packed=False)
    assert opened_table(folder).digest == table.digest
    with np.errstate(divide="ignore", invalid="ignore"):
        A = np.nan_to_num(EXIOBASE.Z / EXIOBASE.x[None, :])
    text = exiobase_texts(
        Economy(EXIOBASE.cells, EXIOBASE.uses, A, *[getattr(EXIOBASE, n) for n in "Yx"],
                EXIOBASE.taxes, EXIOBASE.v)
    )["Z.txt"]  # fmt: skip
    (folder / "Z.txt").rename(folder / "A.txt")
    (folder / "A.txt").write_text(text, encoding="utf-8")
    assert np.abs(opened_table(folder).Z - table.Z).max() < 1e-9


def test_older_releases_of_exiobase_without_output_are_solved_for_it(tmp_path: Path) -> None:
    table = opened_table(write_exiobase(tmp_path))
    folder = write_exiobase(tmp_path, packed=False)
    (folder / "x.txt").unlink()
    sold = opened_table(folder)
    assert np.abs(sold.x - table.x).max() < 1e-9
    assert "output was not found beside it and is what is sold" in sold.lumping
    per = np.divide(1.0, EXIOBASE.x, out=np.zeros_like(EXIOBASE.x), where=EXIOBASE.x > 0)
    A = replace(EXIOBASE, Z=EXIOBASE.Z * per)
    (folder / "Z.txt").rename(folder / "A.txt")
    (folder / "A.txt").write_text(exiobase_texts(A)["Z.txt"], encoding="utf-8")
    solved = opened_table(folder)
    assert np.abs(solved.x - table.x).max() < 1e-9
    assert np.abs(solved.Z - table.Z).max() < 1e-9


def losing(most: float) -> Economy:
    """The economy of EXIOBASE with a cell that buys up to `most` more than it makes."""
    Z, it = EXIOBASE.Z.copy(), EXIOBASE
    Z[0, 1] += it.x[1] - Z[:, 1].sum() + most
    x = Z.sum(axis=1) + it.Y.sum(axis=1)
    return Economy(it.cells, it.uses, Z, it.Y, x, it.taxes, x - Z.sum(axis=0) - it.taxes)


def test_exiobase_is_read_where_cells_lose_and_value_added_is_near_or_not_there(
    tmp_path: Path,
) -> None:
    folder = write_exiobase(tmp_path, packed=False)
    for name, text in exiobase_texts(losing(3.0)).items():
        (folder / name).write_text(text, encoding="utf-8")
    printed = opened_table(folder)
    lost = "1 cells buy more than they make, as published, most of all JP_Manufacture"
    assert lost in printed.lumping
    factors = folder / "factor_inputs" / "F.txt"
    whole = factors.read_text(encoding="utf-8")
    row = whole.splitlines()[4].split("\t")
    row[1] = repr(float(row[1]) + 4.0)
    factors.write_text(whole.replace(whole.splitlines()[4], "\t".join(row)), encoding="utf-8")
    near = opened_table(folder)
    assert near.digest != printed.digest  # what is said is part of a table
    assert (near.v == printed.v).all()
    assert "in 1 cells inputs and value added as published miss output" in near.lumping
    factors.unlink()
    bare = opened_table(folder)
    assert lost in bare.lumping
    assert "value added was not found beside it and is what is left" in bare.lumping
    for name, text in exiobase_texts(losing(300.0)).items():
        if "factor_inputs" not in name:
            (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"cells buy 300 more than they make in all, most of all JP"):
        opened_table(folder)


def test_an_output_a_hair_below_nothing_is_nothing(tmp_path: Path) -> None:
    folder = write_exiobase(tmp_path, packed=False)
    file = folder / "x.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("KR\tMining\t0.0", "KR\tMining\t-1e-13"), encoding="utf-8")
    table = opened_table(folder)
    assert table.x[table.cell("KR:Mining")] == 0
    assert "1 outputs below 0 by rounding alone are taken as 0" in table.lumping


def test_a_name_with_two_years_is_not_guessed_at(tmp_path: Path) -> None:
    assert opened_table(write_icio(tmp_path, "ICIO2021_2018.csv")).year == 2018
    with pytest.raises(BadInput, match=r"2018_ed2023.csv: its name holds several years \(2018, 20"):
        opened_table(write_icio(tmp_path, "2018_ed2023.csv"))
    lines = wiod_csv_text().splitlines()
    lines[3] = lines[3].replace(",2014,", ",2013,")
    (tmp_path / "wiot.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadInput, match=r"wiot.csv, line 4: the year is 2013, and 2014 before"):
        opened_table(tmp_path / "wiot.csv")


def test_eora_has_one_cell_for_the_rest_of_the_world_and_says_so(tmp_path: Path) -> None:
    table = opened_table(write_eora(tmp_path))
    it = eora()
    at = [table.cell(":".join(cell)) for cell in it.cells]
    assert np.array_equal(table.Z[np.ix_(at, at)], it.Z)
    assert table.x[at] == pytest.approx(it.x)
    assert (table.unit, table.year, table.size) == ("thousand", 2016, 9)
    assert balance_of(table).empty == 9 - len(it.cells) + 1
    assert "4 cells that the publisher does not print are empty" in table.lumping
    (tmp_path / "open").mkdir()
    assert opened_table(write_eora(tmp_path / "open", packed=False)).digest == table.digest


def test_where_eora_does_not_meet_it_is_said_or_refused(tmp_path: Path) -> None:
    folder = write_eora(tmp_path, packed=False)
    file = folder / "Eora26_2016_bp_VA.txt"
    rows = [line.split("\t") for line in file.read_text().splitlines()]
    rows[0][1] = repr(float(rows[0][1]) + 80.0)
    file.write_text("\n".join("\t".join(row) for row in rows) + "\n")
    assert "in 1 cells inputs and value added as published miss output" in (
        opened_table(folder).lumping
    )
    rows[0][1] = "900000"
    file.write_text("\n".join("\t".join(row) for row in rows) + "\n")
    with pytest.raises(BadInput, match=r"it does not balance: .* at JPN_Electrical and Machinery"):
        opened_table(folder)
    whole = eora_texts()["Eora26_2016_bp_T.txt"].splitlines()
    (folder / "Eora26_2016_bp_T.txt").write_text("\n".join(whole[:-1]))
    with pytest.raises(BadInput, match=r"_T.txt: 5 rows were expected, as in the labels, 4 found"):
        opened_table(folder)


def _changed(rows: list, line: int, column: int, cell: object) -> list:
    rows[line][column] = cell
    return rows


@pytest.mark.parametrize(
    ("line", "column", "cell", "words"),
    [
        (8, 5, "n/a", r"a.xlsx, WIOT row 9, column F: 'n/a' is no number"),
        (3, 0, "(tonnes)", r"a.xlsx: its heading does not say millions of US\$ but"),
        (7, 2, "XXX", r"a.xlsx: the column JPN_C26 has no row"),
        (7, 0, "A01", r"a.xlsx, WIOT row 8: the row JPN_A01 stands there twice"),
        (6, 4, 99999, r"a.xlsx: JPN_A01 does not balance: its inputs, .* are .* is "),
        (5, 4, "x", r"a.xlsx: no line of codes such as c1, c2"),
    ],
)
def test_a_faulty_workbook_is_refused_by_row_and_column(
    tmp_path: Path, line: int, column: int, cell: object, words: str
) -> None:
    rows = _changed(wiod_rows(WIOD16, old=False), line, column, cell)
    with pytest.raises(BadInput, match=words):
        opened_table(write_workbook(tmp_path / "a.xlsx", [["2014"], *rows[1:]]))


def test_other_units_labels_and_orders_are_refused_in_exiobase(tmp_path: Path) -> None:
    folder = write_exiobase(tmp_path, packed=False)
    texts = exiobase_texts()
    for file, old, new, words in (
        ("unit.txt", "M.EUR", "tonnes", r"unit.txt, line 2: the unit is 'tonnes'"),
        ("Z.txt", "JP\tMining", "JP\tmining", r"Z.txt, line 4: expected JP_Mining, as in x.txt"),
        ("x.txt", "KR\tMining", "JP\tMining", r"x.txt: the row JP_Mining stands there twice"),
    ):
        (folder / file).write_text(texts[file].replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BadInput, match=words):
            opened_table(folder)
        (folder / file).write_text(texts[file], encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.RData", b"RDX3\nX\n", "a file for R; write its table out as CSV"),
        ("b.RData", gzip.compress(b"RDX3\nX\n", mtime=0), "no CSV of a known table is in it"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        ("a.csv", b"one,two\n1,2\n", "its layout is not known. Known are: "),
        ("empty.csv", b"", "its layout is not known"),
    ],
)
def test_what_is_not_read_is_told_what_to_do(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=words):
        opened_table(tmp_path / name)


def test_two_years_side_by_side_are_not_chosen_from_in_silence(tmp_path: Path) -> None:
    write_exiobase(tmp_path, 2018, packed=False)
    write_exiobase(tmp_path, 2019, packed=False)
    with pytest.raises(BadInput, match=r"both IOT_2018_ixi/\S+ and IOT_2019_ixi/\S+ lie there"):
        opened_table(tmp_path)
    assert opened_table(tmp_path / "IOT_2019_ixi").year == 2019


def test_a_binary_workbook_and_several_years_in_one_file_are_refused(tmp_path: Path) -> None:
    for name, inside, words in (
        ("a.xlsb", ("xl/workbook.bin",), "binary workbook"),
        ("icio.zip", ("2018_SML.csv", "2019_SML.csv"), "holds 2 tables .* unpack it and name one"),
    ):
        with ZipFile(tmp_path / name, "w") as packed:
            for one in inside:
                packed.writestr(one, icio_text())
        with pytest.raises(BadInput, match=words):
            opened_table(tmp_path / name)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["icio", "wiod", "exiobase", "eora"]), st.data())
def test_altered_bytes_are_refused_in_words_or_read(layout: str, data: st.DataObject) -> None:
    texts = {
        "icio": {"2019.csv": icio_text()},
        "wiod": {"wiot2014.csv": wiod_csv_text()},
        "exiobase": exiobase_texts(),
        "eora": eora_texts(),
    }[layout]
    name = data.draw(st.sampled_from(sorted(texts)))
    whole = texts[name].encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    gone, put = data.draw(st.integers(0, 40)), data.draw(st.binary(max_size=4))
    with TemporaryDirectory() as place:
        folder = Path(place) / "IOT_2019_ixi"
        for one, text in texts.items():
            path = folder / one
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(
                whole[:at] + put + whole[at + gone :] if one == name else text.encode()
            )
        try:
            table, said = opened_table(folder if len(texts) > 1 else folder / name), ""
        except BadInput as fault:
            table, said = None, str(fault)
    assert "\n" not in said
    if table is not None:
        assert np.isfinite(table.Z).all()
        assert (table.x >= 0).all()
