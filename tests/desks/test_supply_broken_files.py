"""Files that arrived broken, locked or cut short: one sentence names the file, never a trace."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest
from official_copies import WIOD13, icio_text, wiod_rows, write_eora, write_exiobase, write_workbook
from trade_copies import COUNTRIES, baci_text, new_text

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.opening import opened_table
from architrave.desks.supply.trade.concordance import shipped_concordance
from architrave.desks.supply.trade.reading import opened_trade

LABELS = {"countries": np.array(["JPN", "USA", "ROW"]), "sectors": np.array(["c14", "c35"])}
TOLD = {"name": "invented", "unit": "million", "currency": "USD"}
ARRAYS = {"Z": WIOD13.Z, "Y": WIOD13.Y, "x": WIOD13.x, **LABELS, **TOLD}


def packed(**texts: str) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as files:
        for name, text in texts.items():
            files.writestr(name.replace("_csv", ".csv"), text)
    return into.getvalue()


def read_trade_at(path: Path) -> object:
    return opened_trade([path], shipped_concordance())


def workbook(folder: Path) -> Path:
    return write_workbook(folder / "wiot09.xlsx", wiod_rows(WIOD13, old=True))


def numpy_file(folder: Path) -> Path:
    np.savez_compressed(folder / "t_2011.npz", **ARRAYS)
    return folder / "t_2011.npz"


def written(name: str, content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


BACI = packed(BACI_HS22_Y2023_csv=baci_text(), country_codes_csv=COUNTRIES)
FILES: dict[str, tuple[Callable[[Path], Path], Callable[[Path], object]]] = {
    "workbook": (workbook, opened_table),
    "numpy": (numpy_file, opened_table),
    "icio": (written("2019.zip", packed(**{"2019_csv": icio_text()})), opened_table),
    "icio_gz": (written("2019.csv.gz", gzip.compress(icio_text().encode(), mtime=0)), opened_table),
    "exiobase": (write_exiobase, opened_table),
    "eora": (write_eora, opened_table),
    "baci": (written("b.zip", BACI), read_trade_at),
    "comtrade": (written("n.csv.gz", gzip.compress(new_text().encode(), mtime=0)), read_trade_at),
}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_packed_file_that_arrived_broken_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    write, read = FILES[kind]
    path, random = write(tmp_path), Random(11)
    whole = path.read_bytes()
    said = []
    for _ in range(60):
        content = bytearray(whole)
        if random.random() < 0.3:
            del content[random.randrange(len(content)) :]
        for _ in range(random.choice([1, 1, 3, 20])):
            if content:
                content[random.randrange(len(content))] = random.randrange(256)
        path.write_bytes(content)
        try:
            read(path)
        except BadInput as fault:
            said.append(str(fault))
    assert len(said) > 20
    assert not any("\n" in one for one in said)


@pytest.mark.parametrize("read", [opened_table, read_trade_at], ids=["table", "trade"])
def test_a_locked_zip_is_refused_by_its_name(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    content = bytearray(packed(**{"2019_csv": icio_text()}))
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    with pytest.raises(BadInput, match=r"locked\.zip: .* cannot be read .*password"):
        read(tmp_path / "locked.zip")


@pytest.mark.parametrize(
    ("key", "array", "words"),
    [
        ("Y", np.float64(3), r"t_2011.npz: Y must be numbers on 2 axes, not float64 on 0"),
        ("Z", WIOD13.Z.astype(str), r"Z must be numbers on 2 axes, not <U"),
        ("Z", WIOD13.Z * 1j, r"Z must be numbers on 2 axes, not complex128"),
        ("countries", np.array([b"JPN", b"USA", b"ROW"]), r"countries must be texts on 1 axes"),
        ("x", -WIOD13.x, r"has negative output"),
        ("year", np.array([2011, 2012]), r"t_2011.npz: year must be one year, not array"),
        ("year", np.float64(2011), r"t_2011.npz: year must be one year"),
        ("year", 2009, r"its name says 2011, and the table in it is of 2009; name it by its year"),
        ("name", "", r"does not say what it is: add a text under the key name"),
        ("unit", " ", r"add a text under the key unit"),
        ("currency", np.array(["USD"]), r"t_2011.npz: currency must be one text"),
    ],
    ids=[
        "scalar",
        "texts",
        "complex",
        "bytes",
        "negative",
        "years",
        "part",
        "other",
        "nameless",
        "unitless",
        "list",
    ],
)
def test_arrays_that_are_no_table_are_named_by_their_key(
    key: str, array: np.ndarray, words: str, tmp_path: Path
) -> None:
    np.savez(tmp_path / "t_2011.npz", **{**ARRAYS, key: array})
    with pytest.raises(BadInput, match=words):
        opened_table(tmp_path / "t_2011.npz")


def test_a_numpy_file_answers_under_its_own_name_year_and_unit(tmp_path: Path) -> None:
    def read(name: str, **keys: object) -> tuple[str, int, str, str, str]:
        np.savez(tmp_path / name, **{**ARRAYS, **keys})  # type: ignore[arg-type]
        table = opened_table(tmp_path / name)
        return table.name, table.year, table.unit, table.source, table.lumping

    assert read("t_2011.npz") == ("invented", 2011, "million", "as its file says", "")
    assert read("t.npz", year=2013, unit="thousand")[1:3] == (2013, "thousand")
    assert read("t_2011_v2024.npz", year=2011, source="an office")[1:4:2] == (2011, "an office")
    for name, words in (("t_2011_v2024.npz", "several years"), ("t20112.npz", "no year")):
        with pytest.raises(BadInput, match=rf"^{name}: its name holds {words}; say which it is of"):
            read(name)


def test_a_fault_in_the_numbers_of_a_numpy_file_names_the_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "t_2011.npz", **{**ARRAYS, "x": -ARRAYS["x"]})
    with pytest.raises(BadInput, match=r"^t_2011\.npz: invented 2011: .* has negative output -"):
        opened_table(tmp_path / "t_2011.npz")
