"""Where each key of a TOML text stands.

`tomllib` gives values without places, so that an error could only quote a key. This scanner walks a
text that `tomllib` has already accepted and notes the line of every table, key and list element;
it decides nothing about values.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping

__all__ = ["Path", "key_lines", "nearest_line"]

Path = tuple[str | int, ...]

_BLANK = " \t"
_SKIPPED = " \t\r\n"
_SCALAR_END = ",]}#\r\n"


def key_lines(text: str) -> Mapping[Path, int]:
    """Return the line (from 1) of each table, key and list element, by its path from the root.

    A path holds keys and, for elements of lists and of arrays of tables, indices from 0. The text
    must be valid TOML; the result for other text is not defined.
    """
    return _Scanner(text).run()


def nearest_line(lines: Mapping[Path, int], path: Path) -> int | None:
    """Return the line of a path or, where it has none, of the nearest table around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(i + 1 for i, letter in enumerate(text) if letter == "\n")]
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def run(self) -> Mapping[Path, int]:
        table: Path = ()
        self._skip_to_content()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_to_content()
        return self.lines

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_right(self.starts, self.at))

    def _skip(self, letters: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in letters:
            self.at += 1

    def _skip_to_content(self) -> None:
        self._skip(_SKIPPED)
        while self.at < len(self.text) and self.text[self.at] == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
            self._skip(_SKIPPED)

    def _header(self) -> Path:
        repeated = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if repeated else 1
        keys = self._keys()
        after, self.at = self.at, start
        table: Path = ()
        for key in keys[:-1]:
            table = self._last_element((*table, key))
            self._note(table)
        table = (*table, keys[-1])
        if repeated:
            self._note(table)
            self.counts[table] = self.counts.get(table, 0) + 1
        table = self._last_element(table)
        self._note(table)
        self.at = after + (2 if repeated else 1)
        return table

    def _last_element(self, path: Path) -> Path:
        # A header below an array of tables speaks of that array's latest element.
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self.text[self.at] == ".":
            self.at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._skip(_BLANK)
        start = self.at
        if self.text[start] in "\"'":
            self._string()
            key = str(tomllib.loads(f"key = {self.text[start : self.at]}")["key"])
        else:
            while self.text[self.at] not in " \t.=]":
                self.at += 1
            key = self.text[start : self.at]
        self._skip(_BLANK)
        return key

    def _pair(self, table: Path) -> None:
        start = self.at
        keys = self._keys()
        after, self.at = self.at, start
        path = table
        for key in keys:
            path = (*path, key)
            self._note(path)
        self.at = after + 1
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        letter = self.text[self.at]
        if letter in "\"'":
            self._string()
        elif letter == "[":
            self._list(path)
        elif letter == "{":
            self._inline_table(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in _SCALAR_END:
                self.at += 1

    def _string(self) -> None:
        quote = self.text[self.at]
        if self.text.startswith(quote * 3, self.at):
            self._long_string(quote)
            return
        self.at += 1
        while self.text[self.at] != quote:
            self.at += 2 if self.text[self.at] == "\\" and quote == '"' else 1
        self.at += 1

    def _long_string(self, quote: str) -> None:
        self.at += 3
        while not self.text.startswith(quote * 3, self.at):
            self.at += 2 if self.text[self.at] == "\\" and quote == '"' else 1
        self.at += 3
        # Up to two quotes may stand directly before the closing three.
        while self.at < len(self.text) and self.text[self.at] == quote:
            self.at += 1

    def _list(self, path: Path) -> None:
        self.at += 1
        index = 0
        self._skip_to_content()
        while self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
            else:
                self._note((*path, index))
                self._value((*path, index))
                index += 1
            self._skip_to_content()
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
            else:
                self._pair(path)
            self._skip(_BLANK)
        self.at += 1
