"""Everything that a copy gives out, in one zip file that can be checked and read without us.

The same record and register give the same bytes, in every capital and at any time.
"""

from __future__ import annotations

from hashlib import sha256

from architrave.portal.data.api import schema_file
from architrave.portal.data.api_rows import Texts
from architrave.portal.data.data_values import word
from architrave.portal.data.data_whole import FOLDER, Whole, files_of
from architrave.portal.data.sheets import csv_file, plain_zip
from architrave.portal.data.tables import TABLES, sheet_of

__all__ = ["SUMS", "dump_file", "dump_parts"]

SUMS = "SHA256SUMS"


def dump_file(whole: Whole, record_files: dict[str, bytes]) -> bytes:
    """The zip file; `record_files` are those of the record that stand beside, by name."""
    return plain_zip(sorted(dump_parts(whole, record_files).items()))


def dump_parts(whole: Whole, record_files: dict[str, bytes]) -> dict[str, bytes]:
    """Each file of the dump by its path, with the digests of all the others."""
    parts = {
        "README.txt": _read_me(whole).encode(),
        "schema.json": schema_file(),
        **files_of(whole),
        **{f"tables/{name}.csv": csv_file(sheet_of(one, whole)) for name, one in TABLES.items()},
        **record_files,
    }
    sums = (f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(parts.items()))
    return {**parts, SUMS: "".join(sums).encode()}


def _read_me(whole: Whole) -> str:
    said = whole.institution
    title = said.title.get("en") or next(iter(said.title.values()))
    lines = [
        title,
        f"institution {said.founding}",
        "",
        *_each(said.speaks_for),
        *(_each(word("demo-banner")) if said.demonstration else []),
        "What lies here",
        "",
        f"{FOLDER}/         every answer of the API, as JSON; schema.json says what is in them",
        "tables/        the same as tables, in UTF-8 with a byte order mark",
        "charter.toml   the charter of the founding; charter-in-force.toml if it was amended",
        "founding.json  who the parties are, with their keys and signatures",
        f"{SUMS}     the SHA-256 of each other file",
        "",
        "How to check it",
        "",
        f"    sha256sum --check {SUMS}",
        "",
        "Take it from more than one capital: the same record gives the same bytes everywhere. The",
        "digest of the whole file is on the page on data of each copy, and in its ETag. That the",
        "record itself was not rewritten is not shown by this file but by the record's own, with",
        "their signatures: architrave verify <address> --founding founding.json",
        "",
        "In a table, an apostrophe at the beginning of a cell marks a text that a spreadsheet",
        "could take for a formula. It is no part of the text; of two, one is.",
        "",
        "Licence",
        "",
        *_each(word("data-licence")),
    ]
    return "\n".join(lines)


def _each(text: Texts) -> list[str]:
    return [*text.values(), ""]
