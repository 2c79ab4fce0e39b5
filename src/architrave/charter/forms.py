"""Reading TOML tables field by field, so that every fault is kept with its place.

A read that fails notes a fault and returns a stand-in (empty text, zero, nothing), so that reading
goes on and one run finds everything. Checks that follow pass over stand-ins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from architrave.charter.errors import Fault
from architrave.charter.lines import Path, key_lines, nearest_line
from architrave.charter.model import Text

__all__ = ["Reading", "Sheet", "shown"]

_LONGEST_SHOWN = 60


class Reading:
    """One run over a charter's text: its data, the lines of its keys, and the faults so far."""

    def __init__(self, text: str, data: dict[str, object]) -> None:
        self.data = data
        self.lines = key_lines(text)
        self.faults: list[Fault] = []
        self.languages: tuple[str, ...] = ()

    def fault(self, path: Path, expected: str, found: str) -> None:
        """Note a fault at a path (keys, and indices from 0)."""
        line = nearest_line(self.lines, path)
        self.faults.append(Fault(line, self._label(path), expected, found))

    def root(self) -> Sheet:
        """The whole file as a table."""
        return Sheet(self, self.data, ())

    def _label(self, path: Path) -> str:
        parts: list[str] = []
        value: object = self.data
        for key in path:
            value = _inside(value, key)
            parts.append(_called(value, key) if isinstance(key, int) else key)
        return ".".join(parts) if parts else "the file"


class Sheet:
    """A TOML table being read: each field is taken once, and `end` refuses what is left."""

    def __init__(self, reading: Reading, value: Mapping[str, object], path: Path) -> None:
        self.reading = reading
        self.path = path
        self._left = dict(value)
        self._known: list[str] = []

    def fault(self, key: str, expected: str, found: str) -> None:
        """Note a fault at one of this table's fields."""
        self.reading.fault((*self.path, key), expected, found)

    def has(self, key: str) -> bool:
        """Say whether the field is there and not yet taken."""
        return key in self._left

    @property
    def left(self) -> tuple[str, ...]:
        """The fields not yet taken, in the order of the file."""
        return tuple(self._left)

    def take(self, key: str) -> object:
        """Take a field of any type; None if it is not there."""
        self._known.append(key)
        return self._left.pop(key, None)

    def text(self, key: str, pattern: str = r".*\S.*", expected: str = "text") -> str:
        """Take text that a pattern matches as a whole; otherwise note a fault and return ``""``."""
        value = self.take(key)
        if isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL):
            return value
        self.fault(key, expected, shown(value))
        return ""

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Take one of a few words; `default` stands in for a field that is not there."""
        value = self.take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        self.fault(key, _listed(allowed), shown(value))
        return ""

    def flag(self, key: str, default: bool) -> bool:
        """Take true or false."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.fault(key, "true or false", shown(value))
        return default

    def number(self, key: str, low: int, high: int, expected: str | None = None) -> int:
        """Take a whole number from `low` to `high`; otherwise note a fault and return 0."""
        value = self.take(key)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(key, expected or f"a whole number from {low} to {high}", shown(value))
        return 0

    def day(self, key: str) -> date | None:
        """Take a date; otherwise note a fault and return None."""
        value = self.take(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.fault(key, "a date such as 2026-01-31", shown(value))
        return None

    def day_or_unknown(self, key: str) -> date | None:
        """Take a date, or the words ``not known``, which give None."""
        value = self.take(key)
        if value == "not known":
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.fault(key, 'a date such as 2026-01-31 or "not known"', shown(value))
        return None

    def names(self, key: str, pattern: str, expected: str) -> tuple[str, ...]:
        """Take a list of different names that each match a pattern; absent counts as empty."""
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(key, f"a list of {expected}", shown(value))
            return ()
        good: list[str] = []
        for index, one in enumerate(value):
            place = (*self.path, key, index)
            if not isinstance(one, str) or not re.fullmatch(pattern, one):
                self.reading.fault(place, f"{expected} here", shown(one))
            elif one in good:
                self.reading.fault(place, "each name once", shown(one))
            else:
                good.append(one)
        return tuple(good)

    def chosen(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Take a list of different words out of a few; absent counts as empty."""
        pattern = "|".join(re.escape(word) for word in allowed)
        return self.names(key, pattern, _listed(allowed))

    def days(self, key: str) -> tuple[date, ...]:
        """Take a list of dates."""
        value = self.take(key)
        if not isinstance(value, list):
            self.fault(key, "a list of dates", shown(value))
            return ()
        good: list[date] = []
        for index, one in enumerate(value):
            if isinstance(one, date) and not isinstance(one, datetime):
                good.append(one)
            else:
                place = (*self.path, key, index)
                self.reading.fault(place, "a date such as 2026-01-31", shown(one))
        return tuple(good)

    def sheet(self, key: str) -> Sheet | None:
        """Take a table; note a fault and return None if there is none."""
        value = self.take(key)
        if isinstance(value, dict):
            return Sheet(self.reading, value, (*self.path, key))
        self.fault(key, "a table", shown(value))
        return None

    def sheets(self, key: str) -> list[Sheet]:
        """Take a list of tables; absent counts as empty."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, "a list of tables", shown(value))
            return []
        found: list[Sheet] = []
        for index, one in enumerate(value):
            path = (*self.path, key, index)
            if isinstance(one, dict):
                found.append(Sheet(self.reading, one, path))
            else:
                self.reading.fault(path, "a table", shown(one))
        return found

    def translated(self, key: str) -> Text:
        """Take a text in every language of the charter; faults name each that is missing."""
        inner = self.sheet(key)
        if inner is None:
            return Text(tuple((language, "") for language in self.reading.languages))
        words = tuple(
            (language, inner.text(language, expected=f"the text in the language {language}"))
            for language in self.reading.languages
        )
        inner.end()
        return Text(words)

    def end(self) -> None:
        """Refuse fields that nobody asked for."""
        for key in self._left:
            self.fault(key, f"only {_listed(self._known, 'and')} here", "a field of another name")


def shown(value: object) -> str:
    """Describe a found value in an error: text in quotes, other values by kind or as written."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        cut = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        return f'"{cut}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return str(value)


def _listed(words: Sequence[str], joint: str = "or") -> str:
    if len(words) < 2:
        return "".join(words) or "no field"
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def _inside(value: object, key: str | int) -> object:
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _called(value: object, index: int) -> str:
    if isinstance(value, dict):
        for name in ("id", "number"):
            if isinstance(value.get(name), str | int):
                return str(value[name])
    return str(index + 1)
