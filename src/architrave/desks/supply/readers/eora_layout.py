"""EORA26: the texts T, FD and VA of a year with their labels, in a folder or packed as a zip.

Numbers divided by tabs, without a heading; the labels stand in texts of their own, which may lie in
an indices.zip beside. Thousand US dollars. The rest of the world is a single cell, TOTAL. Its
publisher's rows and columns do not quite meet: output here is what is sold, and the gap is said.
Layout: the database's own files, as pymrio and other readers in the open show them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.readers.assembling import (
    Label,
    Publication,
    assembled,
    refuse_twice,
    year_in,
)
from architrave.desks.supply.readers.places import file_like, names_in, opened_text
from architrave.desks.supply.readers.text_rows import rows_of
from architrave.desks.supply.table import Matrix, Table

__all__ = ["is_eora", "read_eora"]

_PARTS = ("_T.txt", "_FD.txt", "_VA.txt")
_MOST = 1e-3
"""Of all sales: what may be below nothing and be set to nothing."""


def is_eora(path: Path) -> bool:
    """Whether T, FD and VA lie in the folder or the zip; labels are looked for when it is read."""
    names = [one for one in names_in(path) if not PurePosixPath(one).name.startswith("labels")]
    return all(file_like(names, part) is not None for part in _PARTS)


def read_eora(path: Path) -> Table:
    """Read the folder or zip; BadInput names the file in it, line or cell, and the fault."""
    names = names_in(path)
    data = [one for one in names if not PurePosixPath(one).name.startswith("labels")]
    t_file, fd_file, va_file = (str(file_like(data, part)) for part in _PARTS)
    cells, uses = _labels(path, names, "labels_T.txt"), _labels(path, names, "labels_FD.txt")
    said: list[str] = []
    Z = _grid(path, t_file, cells, len(cells))
    _nothing_below(path.name, cells, Z, said)
    Y = _grid(path, fd_file, uses, len(cells))
    added = _grid(path, va_file, cells, None).sum(axis=0)
    publication = Publication(
        path.name,
        "EORA26",
        year_in(path.name, PurePosixPath(t_file).name, path.name),
        source="Eora26 (Lenzen et al. 2013)",
        licence="as its publisher says: free for academic use only",
        lumping="26 sectors: chips are in electrical and machinery; ROW is one cell",
        unit="thousand",
        rounding=0.5,
        exact=False,
        said=said,
    )
    return assembled(publication, cells, uses, (Z, Y, Z.sum(axis=1) + Y.sum(axis=1)), added)


def _labels(path: Path, names: Sequence[str], file: str) -> list[Label]:
    """Region code and name of each cell: the second and the fourth column."""
    place, found = path, file_like(names, file)
    if found is None:
        place = (path if path.is_dir() else path.parent) / "indices.zip"
        found = file_like(names_in(place), file) if place.exists() else None
    if found is None:
        raise BadInput(f"{path.name}: {file} is neither in it nor in an indices.zip beside it.")
    labels = []
    with opened_text(place, found) as lines:
        for line, read in enumerate(lines, 1):
            if read.strip():
                words = [word.strip() for word in read.rstrip("\r\n").split("\t")]
                if len(words) < 4 or not words[1] or not words[3]:
                    raise BadInput(f"{file}, line {line}: four labels were expected.")
                labels.append((words[1], words[3]))
    refuse_twice(file, "label", labels)
    return labels


def _grid(path: Path, name: str, columns: Sequence[Label], rows: int | None) -> Matrix:
    """The numbers of a text: `rows` of them, or as many as there are."""
    file = PurePosixPath(name).name
    labels = ["_".join(label) for label in columns]
    with opened_text(path, name) as lines:
        read = rows_of(file, lines, labels, separator="\t", labels=0, first=1)
        if rows is None:
            return np.array([row.numbers for row in read]).reshape(-1, len(labels))
        array, count = np.zeros((rows, len(labels))), 0
        for count, row in enumerate(read, 1):
            if count > rows:
                raise BadInput(f"{file}, line {row.line}: {rows} rows were expected, as in labels.")
            array[count - 1] = row.numbers
    if count < rows:
        raise BadInput(f"{file}: {rows} rows were expected, as in the labels, {count} found.")
    return array


def _nothing_below(file: str, cells: Sequence[Label], Z: Matrix, said: list[str]) -> None:
    """Set sales below nothing to nothing where they are few, and say so; BadInput otherwise."""
    below = Z < 0
    count = int(below.sum())
    if not count:
        return
    lost, sales = -float(Z[below].sum()), float(np.abs(Z).sum())
    if lost > _MOST * sales:
        row, column = (int(one) for one in np.unravel_index(int(np.argmin(Z)), Z.shape))
        raise BadInput(
            f"{file}: {count} sales are below nothing, {lost:,.6g} in all, the largest "
            f"{Z[row, column]:,.6g} from {'_'.join(cells[row])} to {'_'.join(cells[column])}."
        )
    Z[below] = 0.0
    said.append(f"{count} sales below nothing, {lost:,.6g} in all, are taken as 0")
