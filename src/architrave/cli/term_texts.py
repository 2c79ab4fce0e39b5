"""Texts in several languages, wherever they stand in a file or in a record entry."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from architrave.charter.parse import parse_charter
from architrave.cli.faults import Unclear
from architrave.cli.shipped import shipped
from architrave.institution.register import read_register
from architrave.portal.words import LANGUAGES

__all__ = ["Texts", "texts_in", "texts_of"]

Texts = Iterator[tuple[str, Mapping[str, str]]]
"""Texts by language, each with its place in words."""


def texts_of(value: object, place: str = "") -> Texts:
    """Every map of languages to words in a tree, with its path: ``articles.3.text``."""
    if isinstance(value, Mapping):
        text = {one: value[one] for one in LANGUAGES if isinstance(value.get(one), str)}
        if text:
            yield place, text
        inner = [(str(key), one) for key, one in value.items() if key not in text]
    elif isinstance(value, list | tuple):
        inner = [(str(number), one) for number, one in enumerate(value, 1)]
    else:
        return
    for key, one in inner:
        yield from texts_of(one, f"{place}.{key}" if place else key)


def texts_in(file: Path) -> Texts:
    """Every text of a TOML, JSON or CSV file, or of a register's folder; Unclear if none is there.

    RegisterError if the folder holds no sound register of the shipped charter's parties.
    """
    if file.is_dir():
        return _from_register(file)
    readers = {".toml": _from_toml, ".json": _from_json, ".csv": _from_csv}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise Unclear(f"{file}: expected a file in TOML, JSON or CSV.")
    try:
        found = list(reader(file.read_text(encoding="utf-8")))
    except (ValueError, RecursionError, csv.Error) as fault:
        raise Unclear(f"{file}: {fault}.") from fault
    if not found:
        known = ", ".join(LANGUAGES)
        raise Unclear(f"{file}: no text is given there by language ({known}).")
    return iter(found)


def _from_register(folder: Path) -> Texts:
    """The translated cells with their English."""
    charter = shipped("charters/trilateral.toml")
    parties = parse_charter(charter.read_text(encoding="utf-8"), charter.name).party_ids
    texts = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.is_file()}
    register = read_register(texts, frozenset(parties))
    for (row, column), translation in register.translations.items():
        english = register.worded(row, column, "en").text
        yield f"{row}, {column}", {**translation.texts, "en": english}


def _from_toml(words: str) -> Texts:
    return texts_of(tomllib.loads(words))


def _from_json(words: str) -> Texts:
    return texts_of(json.loads(words))


def _from_csv(words: str) -> Texts:
    """A row is a text; its place is its line and what its first column says."""
    reader = csv.reader(words.splitlines(keepends=True), strict=True)
    head = next(reader, [])
    columns = {name: number for number, name in enumerate(head) if name in LANGUAGES}
    for cells in reader:
        text = {name: cells[at] for name, at in columns.items() if at < len(cells) and cells[at]}
        if text:
            yield f"line {reader.line_num}, {cells[0]}", text
