"""Reading a decoded JSON object field by field, so that errors name the place."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.record.canonical import Value
from architrave.record.errors import Malformed

__all__ = ["Fields"]


class Fields:
    """A JSON object being read: each field is taken once, and `end` refuses what is left."""

    def __init__(self, value: Mapping[str, Value], place: str) -> None:
        self._left = dict(value)
        self.place = place

    @classmethod
    def of(cls, value: Value, place: str) -> Fields:
        """Start reading `value`; Malformed if it is no object."""
        if not isinstance(value, dict):
            raise Malformed(f"{place}: expected an object.")
        return cls(value, place)

    def has(self, name: str) -> bool:
        """Say whether the field is there and not yet taken."""
        return name in self._left

    def names(self) -> tuple[str, ...]:
        """The fields not yet taken, in order."""
        return tuple(sorted(self._left))

    def value(self, name: str) -> Value:
        """Take a field of any type."""
        if name not in self._left:
            raise Malformed(f"{self.place}: the field {name!r} is missing.")
        return self._left.pop(name)

    def text(self, name: str) -> str:
        """Take a field that is text."""
        value = self.value(name)
        if not isinstance(value, str):
            raise Malformed(f"{self.place}: {name}: expected text.")
        return value

    def integer(self, name: str) -> int:
        """Take a field that is an integer of 0 or more."""
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise Malformed(f"{self.place}: {name}: expected an integer of 0 or more.")
        return value

    def require_integer(self, name: str, expected: int) -> None:
        """Take an integer that has one allowed value."""
        if self.integer(name) != expected:
            raise Malformed(f"{self.place}: {name}: expected {expected}.")

    def boolean(self, name: str) -> bool:
        """Take a field that is true or false."""
        value = self.value(name)
        if not isinstance(value, bool):
            raise Malformed(f"{self.place}: {name}: expected true or false.")
        return value

    def values(self, name: str) -> list[Value]:
        """Take a field that is a list."""
        value = self.value(name)
        if not isinstance(value, list):
            raise Malformed(f"{self.place}: {name}: expected a list.")
        return value

    def fields(self, name: str) -> Fields:
        """Take a field that is an object."""
        return Fields.of(self.value(name), f"{self.place}: {name}")

    def list_of_fields(self, name: str) -> list[Fields]:
        """Take a field that is a list of objects."""
        return [
            Fields.of(value, f"{self.place}: {name}[{index}]")
            for index, value in enumerate(self.values(name))
        ]

    def end(self) -> None:
        """Refuse fields that nobody asked for."""
        if self._left:
            raise Malformed(f"{self.place}: the field {min(self._left)!r} is not known here.")
