"""Translations of a register's cells: beside the rows, provisional, and no part of the digest.

Each line names a cell by its row and column and the wording that was translated, so that a changed
English text shows its translations as stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from architrave.institution.register_header import LANGUAGES, RegisterFault
from architrave.institution.register_lines import read_lines
from architrave.institution.register_rows import ORIGINAL, Event, Promise, Translation
from architrave.institution.unnamed import Unnamed

__all__ = ["TRANSLATED", "TRANSLATIONS", "read_translations"]

TRANSLATIONS = "translations.csv"
TRANSLATED = {
    "ev-": ("title", "summary", "place"),
    "cm-": ("text", "body", "status_if_known"),
}
"""The columns that readers see in their own language, by how the id of a row begins."""

_OTHERS = tuple(language for language in LANGUAGES if language != ORIGINAL)
_COLUMNS = ["row", "column", "of", *_OTHERS]
_MARK = re.compile(r"[0-9a-f]{16}")


def read_translations(
    text: str, rows: Iterable[Event | Promise], unnamed: Unnamed, faults: list[RegisterFault]
) -> Mapping[tuple[str, str], Translation]:
    """The translations by row and column; what is wrong is added to the faults."""
    known = {row.id: row.content() for row in rows}
    found: dict[tuple[str, str], Translation] = {}
    for line in read_lines(TRANSLATIONS, text, _COLUMNS, unnamed, faults):
        row, column, mark = line.at["row"], line.at["column"], line.at["of"]
        columns = TRANSLATED.get(row[:3], ())
        if row not in known:
            line.fault("row", f"there is no row '{row}'")
        elif column not in columns:
            line.fault("column", f"expected one of {', '.join(columns)}; found '{column}'")
        elif not known[row][column]:
            line.fault("column", f"the row's {column} is empty, so nothing is translated")
        elif not _MARK.fullmatch(mark):
            line.fault("of", f"expected 16 hexadecimal digits, found '{mark}'")
        elif line.is_new("row", f"{row} {column}"):
            texts = {one: line.at[one] for one in _OTHERS if line.at[one]}
            found[row, column] = Translation(mark, texts)
    return found
