"""What a desk says, in a form that another capital can work out again and compare.

An `Assessment` names the desk and its version, what went in (each layer by SHA-256, with the newest
year in it), the parameters, and the result. Its digest stands in a matter's `digests`; a capital
that works it out again compares cell by cell.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ABSENT = "(absent)"
"""What a difference says of a cell that one of two results does not have."""

__all__ = ["ABSENT", "Assessment", "Difference", "Layer", "bytes_of", "differences", "digest_of"]


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that went in: a name, the newest date or year in it, SHA-256, and its source."""

    name: str
    newest: str
    digest: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a desk found: everything needed to find it again.

    `versions` name this package and each library whose arithmetic took part; `result` and
    `parameters` hold what JSON holds.
    """

    desk: str
    question: str
    layers: tuple[Layer, ...]
    parameters: Mapping[str, Any]
    result: Mapping[str, Any]
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        """The assessment as a value of JSON."""
        return {
            "desk": self.desk,
            "question": self.question,
            "layers": [
                {
                    "name": layer.name,
                    "newest": layer.newest,
                    "digest": layer.digest,
                    "source": layer.source,
                }
                for layer in self.layers
            ],
            "parameters": dict(self.parameters),
            "result": dict(self.result),
            "versions": dict(self.versions),
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the whole assessment, hex."""
        return digest_of(self.document)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which two results differ: its place, and what either says."""

    cell: str
    ours: Any
    theirs: Any


def bytes_of(value: Any) -> bytes:
    """The one spelling of a value of JSON: sorted keys, no blanks, shortest form of each number.

    Raises ValueError for a number that is not finite.
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest_of(value: Any) -> str:
    """SHA-256 of a value of JSON, or of bytes as they are; hex."""
    content = value if isinstance(value, bytes) else bytes_of(value)
    return hashlib.sha256(content).hexdigest()


def differences(ours: Any, theirs: Any, relative: float = 1e-9) -> tuple[Difference, ...]:
    """The cells in which two results differ; numbers may differ by `relative` of the larger."""
    return tuple(_differences("", ours, theirs, relative))


def _differences(cell: str, ours: Any, theirs: Any, relative: float) -> Iterator[Difference]:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for key in sorted(ours.keys() | theirs.keys()):
            place = f"{cell}.{key}" if cell else str(key)
            if key in ours and key in theirs:
                yield from _differences(place, ours[key], theirs[key], relative)
            else:
                yield Difference(place, ours.get(key, ABSENT), theirs.get(key, ABSENT))
    elif isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        if len(ours) != len(theirs):
            yield Difference(f"{cell} (length)", len(ours), len(theirs))
        for index, (one, other) in enumerate(zip(ours, theirs, strict=False)):
            yield from _differences(f"{cell}[{index}]", one, other, relative)
    elif not _same(ours, theirs, relative):
        yield Difference(cell, ours, theirs)


def _same(ours: Any, theirs: Any, relative: float) -> bool:
    numbers = isinstance(ours, int | float) and isinstance(theirs, int | float)
    if numbers and not isinstance(ours, bool) and not isinstance(theirs, bool):
        return math.isclose(ours, theirs, rel_tol=relative, abs_tol=0.0)
    return type(ours) is type(theirs) and bool(ours == theirs)
