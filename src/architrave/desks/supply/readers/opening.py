"""A table by the file or folder that somebody names: the layout is told by what lies there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.eora_layout import is_eora, read_eora
from architrave.desks.supply.readers.exiobase_layout import is_exiobase, read_exiobase
from architrave.desks.supply.readers.icio_layout import is_icio, read_icio
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.readers.places import names_in, only_text, opened_text
from architrave.desks.supply.readers.summed_layout import is_summed, read_summed
from architrave.desks.supply.readers.text_rows import heading_of
from architrave.desks.supply.readers.wiod_csv_layout import is_wiod_csv, read_wiod_csv
from architrave.desks.supply.readers.workbook_layout import is_workbook, read_workbook
from architrave.desks.supply.table import Table

__all__ = ["LAYOUTS", "opened_table"]


def _is_npz(path: Path) -> bool:
    return path.suffix == ".npz" or "Z.npy" in names_in(path)


LAYOUTS: tuple[tuple[str, Callable[[Path], bool], Callable[[Path], Table]], ...] = (
    ("one year in one NumPy file", _is_npz, read_npz_table),
    ("WIOD or ADB MRIO, a workbook (.xlsx)", is_workbook, read_workbook),
    ("EXIOBASE 3, a folder or zip", is_exiobase, read_exiobase),
    ("EORA26, a folder or zip", is_eora, read_eora),
    ("OECD ICIO, a CSV for a year", is_icio, read_icio),
    ("WIOD 2016, a CSV from its files for R", is_wiod_csv, read_wiod_csv),
    ("another year of the small table, three CSVs", is_summed, read_summed),
)
"""What each layout is called, whether a path is one, and who reads it; asked in this order."""

_NOT_READ = (
    (b"RDX", "a file for R; write its table out as CSV (write.csv) and give that"),
    (b"\x1f\x8b", "packed, and no CSV of a known table is in it; a file for R is packed so too"),
    (b"BZh", "packed in a way that is not read here"),
    (b"\xfd7zXZ", "packed in a way that is not read here"),
    (b"\xd0\xcf\x11\xe0", "a workbook of an old kind (.xls); save it as .xlsx"),
)


def opened_table(path: Path | None = None) -> Table:
    """The table at a path, or the small one that comes along; BadInput for no known layout."""
    if path is None:
        return figures()
    if not path.exists():
        raise BadInput(f"{path}: nothing is there.")
    if "xl/workbook.bin" in names_in(path):
        raise BadInput(f"{path}: it is a binary workbook (.xlsb); save it as .xlsx and give that.")
    for _, fits, read in LAYOUTS:
        if fits(path):
            return read(path)
    if path.is_file():
        with path.open("rb") as opened:
            first = opened.read(8)
        for sign, what in _NOT_READ:
            if first.startswith(sign):
                raise BadInput(f"{path}: it is {what}.")
    if path.is_file() and any(name.lower().endswith(".csv") for name in names_in(path)):
        only_text(path)
        with opened_text(path) as lines:  # a CSV that cannot be read says why
            heading_of(path.name, lines)
    known = "; ".join(name for name, _, _ in LAYOUTS)
    raise BadInput(f"{path}: its layout is not known. Known are: {known}.")
