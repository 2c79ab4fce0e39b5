"""Tiny tables in the layouts of official ones: numbers invented here, labels and form theirs.

One economy is written in each layout, so that each reader is asked for the same numbers. It has a
sector without output and stocks that were drawn down. Layouts follow the publishers' own notes and
readers in the open that show them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from openpyxl import Workbook

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
    *still: Label,
) -> Economy:
    """An economy that balances; the last category is stocks, `still` are cells without output."""
    cells = [(region, sector) for region in producers for sector in sectors]
    uses = [(region, category) for region in users for category in categories]
    size, wide = len(cells), len(uses)
    rows, columns = np.arange(size)[:, None], np.arange(size)[None, :]
    Z = ((7 * rows + 11 * columns) % 13 + 1) / 4
    Y = ((5 * rows + 3 * np.arange(wide)[None, :]) % 9 + 20) / 2
    Y[:, len(categories) - 1 :: len(categories)] = (np.arange(size)[:, None] % 5 - 2) / 2
    for idle in map(cells.index, still):
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


# The whole countries stand in their places and make nothing; their parts stand at the end.
ICIO = economy(
    ("AUS", "CHN", "JPN", "MEX", "MX1", "MX2", "CN1", "CN2"),
    ("AUS", "CHN", "JPN", "MEX"),
    ("A01_02", "C26"),
    ("HFCE", "GFCF", "INVNT"),
    *(("AUS", "C26"), ("CHN", "A01_02"), ("CHN", "C26"), ("MEX", "A01_02"), ("MEX", "C26")),
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


Rows = list[list[Any]]
THREE = ("JPN", "USA", "ROW")
WIOD13 = economy(THREE, THREE, ("c14", "c35"), ("c37", "c38", "c39", "c41", "c42"), ("USA", "c35"))
WIOD16 = economy(
    THREE, THREE, ("A01", "C26"), ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN"), ("USA", "C26")
)
ADB = economy(THREE, THREE, ("c1", "c14"), ("F1", "F2", "F3", "F4", "F5"), ("USA", "c14"))


def _sheet(title: Rows, over: Rows, words: Rows, it: Economy, closing: Rows) -> Rows:
    """Titles, lines over the columns, sellers, and rows below them."""
    rows = [*title, *over]
    for at, before in enumerate(words):
        rows.append([*before, *it.Z[at].tolist(), *it.Y[at].tolist(), float(it.x[at])])
    pad = [0.0] * len(it.uses)
    below = {
        "sum": it.Z.sum(axis=0), "taxes": it.taxes, "nothing": it.x * 0, "added": it.v,
        "output": it.x,
    }  # fmt: skip
    for *before, kind in closing:
        rows.append([*before, *below[kind].tolist(), *pad, float(below[kind].sum())])
    return rows


def wiod_rows(it: Economy, *, old: bool) -> Rows:
    """A workbook of WIOD: of 2013 with ISIC names and c-codes, of 2016 with the new codes."""
    labels = [*it.cells, *it.uses]
    names = [f"name of {one}" for _, one in labels]
    codes = [f"isic {one}" if old else one for _, one in labels]
    numbers = [one for _, one in labels] if old else None
    if numbers is None:
        per, after = len({one for _, one in it.cells}), len({one for _, one in it.uses})
        numbers = [f"c{at % per + 1}" for at in range(len(it.cells))]
        numbers += [f"c{at % after + 57}" for at in range(len(it.uses))]
    first = "Intercountry Input-Output Table for 2009" if old else "Intercountry Input-Output Table"
    title: Rows = [[first], ["3 countries, in current prices"]]
    over: Rows = [
        ["(industry-by-industry)", None, None, None, *codes, "GO"],
        ["(millions of US$)", None, None, None, *names, "Total output"],
        [None, None, None, None, *(region for region, _ in labels), "TOT"],
        [None, None, None, None, *numbers, "c43" if old else "c62"],
    ]
    words: Rows = [
        [codes[at], names[at], region, sector if old else f"r{at + 1}"]
        for at, (region, sector) in enumerate(it.cells)
    ]
    closing: Rows = [
        ["II_fob", "Total intermediate consumption", "TOT", "r60" if old else "r65", "sum"],
        ["TXSP", "taxes less subsidies on products", "TOT", "r99" if old else "r66", "taxes"],
        ["EXP_adj", "Cif/ fob adjustments on exports", "TOT", "r61", "nothing"],
        ["VA", "Value added at basic prices", "TOT", "r64" if old else "r70", "added"],
        ["IntTTM", "International Transport Margins", "TOT", "r65" if old else "r71", "nothing"],
        ["GO", "Output at basic prices", "TOT", "r69" if old else "r73", "output"],
    ]
    return _sheet(title, over, words, it, closing)


def adb_rows(it: Economy = ADB) -> Rows:
    """A workbook of the ADB: seven lines above the numbers, the first column empty."""
    labels = [*it.cells, *it.uses]
    names = [f"name of {one}" for _, one in labels]
    title: Rows = [
        ["Multiregional Input-Output Table 2022"],
        ["3 economies, at current prices (industry by industry)"],
        ["In millions of US$"],
        [],
    ]
    over: Rows = [
        [None, None, None, None, *names, "TOTAL"],
        [None, None, None, None, *(region for region, _ in labels), "ToT"],
        [None, None, None, None, *(code for _, code in labels), None],
    ]
    words: Rows = [[None, f"name of {code}", region, code] for region, code in it.cells]
    closing: Rows = [
        [None, "Intermediate input total", "TOT", "r60", "sum"],
        [None, "Taxes less subsidies on products", "TOT", "r99", "taxes"],
        [None, "CIF / FOB adjustments", "TOT", "r61", "nothing"],
        [None, "Value added at basic prices", "TOT", "r64", "added"],
        [None, "International Transport Margins", "TOT", "trs", "nothing"],
        [None, "TOTAL", "TOT", "r69", "output"],
    ]
    return _sheet(title, over, words, it, closing)


def write_workbook(path: Path, rows: Rows, sheet: str = "WIOT") -> Path:
    """The rows in a workbook, with a legend behind."""
    book = Workbook()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.create_sheet("Legend").append(["Code", "Country"])
    book.save(path)
    return path


def wiod_csv_text(it: Economy = WIOD16) -> str:
    """The data frame of the release of 2016, as R writes it: words in quotes, numbered rows."""
    per = len({one for _, one in it.cells})
    columns = [f"{region}{at % per + 1}" for at, (region, _) in enumerate(it.cells)]
    columns += [f"{region}{at % 5 + 57}" for at, (region, _) in enumerate(it.uses)]
    words = ["", "IndustryCode", "IndustryDescription", "Country", "RNr", "Year"]
    lines = [",".join(f'"{one}"' for one in [*words, *columns, "TOT"])]
    rows = wiod_rows(it, old=False)[6:]
    for at, (code, name, region, _, *numbers) in enumerate(rows, 1):
        number = (at - 1) % per + 1 if at <= len(it.cells) else 65 + at - len(it.cells)
        told = [f'"{at}"', f'"{code}"', f'"{name}, all of it"', f'"{region}"', str(number), "2014"]
        lines.append(",".join([*told, *(repr(float(one)) for one in numbers)]))
    return "\n".join(lines) + "\n"


EXIOBASE = economy(
    ("JP", "KR", "WA"),
    ("JP", "KR", "WA"),
    ("Mining", "Manufacture of radio, television and communication equipment"),
    ("Final consumption expenditure by households", "Changes in inventories"),
    ("KR", "Mining"),
)


def exiobase_texts(it: Economy = EXIOBASE) -> dict[str, str]:
    """Z, Y, x, unit and factor inputs as pymrio lays them out for this database."""

    def text(over: list[list[str]], rows: list[tuple[list[str], Any]]) -> str:
        lines = ["\t".join(line) for line in over]
        lines += ["\t".join([*words, *(repr(float(one)) for one in row)]) for words, row in rows]
        return "\n".join(lines) + "\n"

    def over(labels: list[Label], second: str, before: list[str]) -> list[list[str]]:
        gap = [""] * (len(before) - 1)
        return [
            ["region", *gap, *(one for one, _ in labels)],
            [second, *gap, *(one for _, one in labels)],
            [*before, *[""] * len(labels)],
        ]

    words = [list(cell) for cell in it.cells]

    def paired(rows: Any) -> list[tuple[list[str], Any]]:
        return list(zip(words, rows, strict=True))

    factors = {
        "Taxes less subsidies on products purchased: Total": it.taxes,
        "Other net taxes on production": it.v / 8,
        "Compensation of employees; wages, salaries, & employers' social contributions": it.v / 2,
        "Operating surplus: Remaining net operating surplus": it.v * 3 / 8,
    }
    kinds = {
        name: {"name": f"{name}.txt", "nr_index_col": "2", "nr_header": lines}
        for name, lines in (("Z", "2"), ("Y", "2"), ("x", "1"), ("unit", "1"))
    }
    factor = {"F": {"name": "F.txt", "nr_index_col": "1", "nr_header": "2"}}
    return {
        "file_parameters.json": json.dumps({"files": kinds, "systemtype": "IOSystem"}),
        "factor_inputs/file_parameters.json": json.dumps(
            {"files": factor, "name": "factor_inputs", "systemtype": "Extension"}
        ),
        "Z.txt": text(over(it.cells, "sector", ["region", "sector"]), paired(it.Z)),
        "Y.txt": text(over(it.uses, "category", ["region", "sector"]), paired(it.Y)),
        "x.txt": text([["region", "sector", "indout"]], paired(it.x[:, None])),
        "unit.txt": "region\tsector\tunit\n"
        + "".join("\t".join([*one, "M.EUR"]) + "\n" for one in words),
        "factor_inputs/F.txt": text(
            over(it.cells, "sector", ["stressor"]), [([one], row) for one, row in factors.items()]
        ),
    }


def write_exiobase(folder: Path, year: int = 2019, *, packed: bool = True) -> Path:
    """The texts as a zip, or as a folder, named as the database names them."""
    name = f"IOT_{year}_ixi"
    if packed:
        with ZipFile(folder / f"{name}.zip", "w") as into:
            for file, text in exiobase_texts().items():
                into.writestr(f"{name}/{file}", text)
        return folder / f"{name}.zip"
    for file, text in exiobase_texts().items():
        path = folder / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / name


EORA = economy(
    ("JPN", "KOR", "ROW"),
    ("JPN", "KOR", "ROW"),
    ("Agriculture", "Electrical and Machinery"),
    ("Household final consumption P.3h", "Changes in inventories P.52"),
    ("KOR", "Agriculture"),
)


def eora() -> Economy:
    """The economy of EORA26: the rest of the world is one cell, TOTAL."""
    keep = np.array([cell != ("ROW", "Electrical and Machinery") for cell in EORA.cells])
    cells = [cell if cell[0] != "ROW" else ("ROW", "TOTAL") for cell in EORA.cells]
    Z, Y = 100 * EORA.Z[np.ix_(keep, keep)], 100 * EORA.Y[keep]
    x = Z.sum(axis=1) + Y.sum(axis=1)
    cells = [cell for cell, kept in zip(cells, keep, strict=True) if kept]
    return Economy(cells, EORA.uses, Z, Y, x, x * 0, x - Z.sum(axis=0))


def eora_texts(year: int = 2016) -> dict[str, str]:
    """T, FD, VA and labels of the copy, in tabs and without headings."""
    it = eora()

    def text(rows: Any) -> str:
        return "".join("\t".join(repr(float(one)) for one in row) + "\n" for row in rows)

    def labels(of: list[Label], kind: str) -> str:
        return "".join(f"Name of {one}\t{one}\t{kind}\t{other}\t\n" for one, other in of)

    stem = f"Eora26_{year}_bp"
    added = [("Primary input", "Compensation of employees D.1"), ("Primary input", "Taxes D.29")]
    return {
        f"{stem}_T.txt": text(it.Z),
        f"{stem}_FD.txt": text(it.Y),
        f"{stem}_VA.txt": text([it.v / 4 * 3, it.v / 4]),
        f"{stem}_Q.txt": text([it.x]),
        f"{stem}_QY.txt": text([it.Y.sum(axis=0)]),
        "labels_T.txt": labels(it.cells, "Industries"),
        "labels_FD.txt": labels(it.uses, "Final demand"),
        "labels_VA.txt": "".join(f"{one}\t{other}\t\n" for one, other in added),
        "labels_Q.txt": "Emissions (Gg)\tTotal\t\n",
    }


def write_eora(folder: Path, year: int = 2016, *, packed: bool = True) -> Path:
    """The texts as a zip with indices.zip beside it, or all in a folder."""
    texts = eora_texts(year)
    if not packed:
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder
    path = folder / f"Eora26_{year}_bp.zip"
    with ZipFile(path, "w") as data, ZipFile(folder / "indices.zip", "w") as indices:
        for file, text in texts.items():
            (indices if file.startswith("labels") else data).writestr(file, text)
    return path
