"""Canonical JSON: one spelling for every value, so that a digest or a signature names a value.

Wire form: JSON in UTF-8 with the names of each object in ascending order and no spaces, such as
``{"n":7,"to":["a","b"]}``. Values are text, integers below 2**53 in magnitude, true, false, arrays
and objects with ASCII names, at most four containers deep. There is no null and no fraction.
Under these limits orjson with sorted keys writes exactly what RFC 8785 asks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import orjson

from architrave.record.errors import Malformed

__all__ = ["INTEGER_LIMIT", "MAX_DEPTH", "Value", "digest", "dump", "load"]

INTEGER_LIMIT = 2**53
"""Integers stay below this in magnitude; beyond it, readers that use doubles lose digits."""

MAX_DEPTH = 4
"""How many containers may lie inside one another."""

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"
"""What can be written. `dump` takes a dict, a list or a tuple as container; `load` gives dicts and
lists."""


def dump(value: Value) -> bytes:
    """The canonical bytes of `value`; Malformed, with the JSON path, if it may not be written."""
    try:
        _check(value, 1)
    except _Fault as fault:
        raise Malformed(f"JSON at {fault.place()}: {fault.reason}.") from None
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def load(data: bytes) -> Value:
    """The value of canonical bytes; Malformed for anything that `dump` would not have written."""
    try:
        value: Value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"JSON: {error}.") from None
    if dump(value) != data:
        raise Malformed(
            "JSON: the bytes are not in canonical form"
            " (one spelling: names in order and once each, no spaces, no needless escapes)."
        )
    return value


def digest(data: bytes) -> str:
    """The SHA-256 of these bytes in lower-case hexadecimal, 64 characters."""
    return hashlib.sha256(data).hexdigest()


class _Fault(Exception):
    """Why a value may not be written; collects its path from the inside outwards."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.steps: list[str] = []

    def place(self) -> str:
        return "$" + "".join(reversed(self.steps))


def _check(value: object, depth: int) -> None:
    """Raise _Fault unless orjson would write `value` in the one allowed way.

    Exact classes are asked for: orjson also writes subclasses, dates, enumerations and data
    classes, in forms that would not come back as what they were.
    """
    kind = type(value)
    if kind is str:
        _check_text(value)  # type: ignore[arg-type]
    elif kind is int:
        if not -INTEGER_LIMIT < value < INTEGER_LIMIT:  # type: ignore[operator]
            raise _Fault("an integer must be below 2**53 in magnitude")
    elif kind is dict:
        _check_object(value, depth)  # type: ignore[arg-type]
    elif kind is list or kind is tuple:
        _check_array(value, depth)  # type: ignore[arg-type]
    elif kind is not bool:
        raise _Fault(
            f"expected text, an integer, true, false, an array or an object, found {_named(value)}"
        )


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Fault("the text holds half of a surrogate pair") from None


def _check_object(members: dict[object, object], depth: int) -> None:
    _check_depth(depth)
    name: object = None
    try:
        for name, member in members.items():
            if type(name) is not str or not name.isascii():
                raise _Fault("the name must be ASCII text")
            if type(member) is not str:
                _check(member, depth + 1)
            elif not member.isascii():
                _check_text(member)
    except _Fault as fault:
        fault.steps.append(f".{name}" if _plain(name) else f"[{name!r}]")
        raise


def _check_array(members: Sequence[object], depth: int) -> None:
    _check_depth(depth)
    done = 0
    try:
        for member in members:
            _check(member, depth + 1)
            done += 1
    except _Fault as fault:
        fault.steps.append(f"[{done}]")
        raise


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _Fault(f"more than {MAX_DEPTH} containers lie inside one another")


def _plain(name: object) -> bool:
    return isinstance(name, str) and name.isascii() and name.replace("-", "_").isidentifier()


def _named(value: object) -> str:
    if value is None:
        return "null"
    return "a fraction" if isinstance(value, float) else f"a value of class {type(value).__name__}"
