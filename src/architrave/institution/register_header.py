"""The header of the register (`register.toml`) and the faults that reading a register can find."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from architrave.institution.errors import InstitutionError
from architrave.institution.register_rows import ORIGINAL, RegisterHeader

__all__ = [
    "HEADER",
    "LANGUAGES",
    "RegisterError",
    "RegisterFault",
    "line_of_key",
    "read_header",
]

HEADER = "register.toml"
LANGUAGES = ("en", "ko", "ja")


@dataclass(frozen=True, slots=True, order=True)
class RegisterFault:
    """One thing wrong in one place: file name, line (from 1), field (column or key), sentence."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.field}: {self.message}"


class RegisterError(InstitutionError):
    """The register cannot be read; `faults` holds every fault found, sorted by file and line."""

    def __init__(self, faults: Sequence[RegisterFault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_header(text: str, faults: list[RegisterFault]) -> RegisterHeader | None:
    """The header, or None after adding its faults."""
    before = len(faults)

    def fault(key: str, message: str) -> None:
        faults.append(RegisterFault(HEADER, line_of_key(text, key), key, message))

    try:
        found = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # too deep, or a number too long, is no TOML either
        at = re.search(r"line ([0-9]+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        faults.append(RegisterFault(HEADER, line, "file", f"not well-formed TOML: {error}"))
        return None
    shapes: dict[str, type] = {
        "sources_reach": date, "licence": dict, "attribution": dict, "outsiders": list,
        "front_event": str, "title": dict, "standing": dict, "vocabulary": dict, "gap": list,
    }  # fmt: skip
    # As registers were written before these had languages.
    plain = [key for key in ("attribution", "licence") if isinstance(found.get(key), str)]
    shapes.update(dict.fromkeys(plain, str))
    for key in sorted(found.keys() - shapes.keys()):
        fault(key, "is not a key of the register's header")
    for key, shape in shapes.items():
        if type(found.get(key)) is not shape:
            fault(key, f"expected a {shape.__name__}, found {found.get(key)!r}")
    if len(faults) > before:
        return None
    titled = ("title", "standing", "attribution", "licence")
    trilingual = [(key, found[key]) for key in titled if key not in plain]
    for key, texts in trilingual + [("gap", gap) for gap in found["gap"]]:
        if not _is_trilingual(texts):
            fault(key, f"expected a text in each of {', '.join(LANGUAGES)}")
    words = found["vocabulary"]
    if set(words) != {"kind", "level", "pillar"} or not all(map(_is_words, words.values())):
        fault("vocabulary", "expected the lists kind, level and pillar, of words")
    if not _is_words(found["outsiders"]):
        fault("outsiders", "expected a list of codes")
    if len(faults) > before:
        return None
    return RegisterHeader(
        title=found["title"],
        standing=found["standing"],
        gaps=tuple(found["gap"]),
        licence=_in_languages(found["licence"]),
        attribution=_in_languages(found["attribution"]),
        sources_reach=found["sources_reach"],
        outsiders=frozenset(found["outsiders"]),
        front_event=found["front_event"],
        vocabulary={field: tuple(known) for field, known in words.items()},
    )


def _in_languages(text: str | dict[str, str]) -> dict[str, str]:
    return {ORIGINAL: text} if isinstance(text, str) else text


def _is_trilingual(texts: object) -> bool:
    return (
        isinstance(texts, dict)
        and set(texts) == set(LANGUAGES)
        and all(isinstance(text, str) and text for text in texts.values())
    )


def _is_words(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(word, str) and word for word in found)


def line_of_key(text: str, key: str) -> int:
    """The line on which a key or table of a TOML text stands, or 1."""
    found = re.search(rf"^\[*{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
