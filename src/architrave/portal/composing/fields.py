"""The fields of an act as they are typed: from ``--set`` and ``--file`` to a tree of values."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec

from architrave.charter.rules import Position
from architrave.institution.acts import KINDS, Cell, Pledge, Point, Silence, Wording
from architrave.portal.composing.finding import nearest
from architrave.portal.composing.unclear import Unclear, text_of

__all__ = [
    "PARTS",
    "TEXTS",
    "Tree",
    "field_lines",
    "kind_fields",
    "kind_found",
    "require_known",
    "require_languages",
    "required_missing",
    "typed_fields",
    "with_digests",
]

Tree = dict[str, Any]

TEXTS = frozenset(
    "title summary reason remedy account ground facts wish answer outcome what note "
    "correction proposition place impact causes duration sectors measures wanted offer sees".split()
)
"""The fields that hold one text in each language of the charter."""

_OF_ITSELF = frozenset({"party", "key", "at", "to", "seat"})
_WORDING = frozenset(one.name for one in msgspec.structs.fields(Wording))


def kind_found(text: str) -> str:
    """The kind of act of this name; Unclear with the nearest."""
    if text in KINDS:
        return text
    raise Unclear(f"{text!r} is no kind of record entry; {nearest(text, KINDS)}.")


def kind_fields(kind: str) -> tuple[tuple[str, bool], ...]:
    """What an officer gives for a kind: each field's name, and whether it must be there."""
    return tuple(
        (one.name, one.required)
        for one in msgspec.structs.fields(KINDS[kind])
        if one.name not in _OF_ITSELF
    )


def typed_fields(kind: str, pairs: Sequence[str], file: Path | None) -> Tree:
    """The tree of fields from a file, then from ``field=value`` pairs, which go before it.

    For a text that is tabled or revised, the fields of its wording may be named without
    ``wording.``, and ``expiry`` without ``silence.``. Unclear for a field that the kind has not.
    """
    tree = _from_file(file) if file is not None else {}
    tree.pop("kind", None)
    for key in [key for key in tree if key not in dict(kind_fields(kind))]:
        _put(tree, _full_path(kind, (key,)), tree.pop(key), f"{file}")
    for pair in pairs:
        path, equals, value = pair.partition("=")
        if not equals or not path:
            raise Unclear(f"--set {pair!r}: expected field=value.")
        _put(tree, _full_path(kind, tuple(path.split("."))), value, f"--set {path}")
    return _lists(tree)


def _full_path(kind: str, path: tuple[str, ...]) -> tuple[str, ...]:
    known = dict(kind_fields(kind))
    if path[0] in known:
        return path
    if "wording" in known and path[0] in _WORDING:
        return ("wording", *path)
    if "silence" in known and path == ("expiry",):
        return ("silence", "expiry")
    also = [*sorted(_WORDING), "expiry"] if "wording" in known else []
    raise Unclear(f"{kind} has no field {path[0]!r}; it has {', '.join([*known, *also])}.")


def _put(tree: Tree, path: tuple[str, ...], value: Any, place: str) -> None:
    for step in path[:-1]:
        tree = tree.setdefault(step, {})
        if not isinstance(tree, dict):
            raise Unclear(f"{place}: {step} holds a value already, not fields.")
    if isinstance(value, dict) and isinstance(tree.get(path[-1]), dict):
        tree[path[-1]].update(value)
    else:
        tree[path[-1]] = value


def _lists(tree: Any) -> Any:
    """The tree with tables whose keys are numbers as lists, and dates as ISO text."""
    if isinstance(tree, datetime | date):
        return tree.isoformat()
    if isinstance(tree, list):
        return [_lists(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    if tree and all(key.isdecimal() for key in tree):
        return [_lists(tree[key]) for key in sorted(tree, key=int)]
    return {key: _lists(value) for key, value in tree.items()}


def _from_file(file: Path) -> Tree:
    text = text_of(file)
    try:
        value = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Unclear(f"{file}: {fault}.") from fault
    if not isinstance(value, dict):
        raise Unclear(f"{file}: expected fields with values.")
    return value


def require_languages(tree: Tree, languages: Sequence[str], kind: str) -> None:
    """Unclear, naming the text and the languages, if a text that is given lacks one."""
    for path, text in _texts(tree, ""):
        if not isinstance(text, dict):
            raise Unclear(
                f"{kind}: {path}: expected a text in each of {', '.join(languages)}, "
                f"for example --set {path}.{languages[-1]}=..."
            )
        missing = [one for one in languages if not str(text.get(one, "")).strip()]
        if missing:
            raise Unclear(f"{kind}: {path}: the text is missing in {', '.join(missing)}.")
        strange = sorted(set(text) - set(languages))
        if strange:
            raise Unclear(f"{kind}: {path}: {strange[0]!r} is no language of this charter.")


def require_known(tree: Tree, kind: str) -> None:
    """Unclear, naming the field and what it may be, for a word that is none of those."""
    for one in msgspec.structs.fields(KINDS[kind]):
        if one.name not in tree or not isinstance(one.type, type(Enum)):
            continue
        if tree[one.name] not in [each.value for each in one.type]:
            # No position is no word to say: what comes of it has a sentence of its own.
            known = [str(each.value) for each in one.type if each is not Position.NONE]
            raise Unclear(
                f"{kind}: {one.name}: must be one of {', '.join(known)}, not "
                f"{str(tree[one.name])[:40]!r}."
            )


def _texts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner: Iterator[tuple[str, Any]]
    if isinstance(value, Mapping):
        inner = iter((str(key), one) for key, one in value.items())
    elif isinstance(value, list):
        inner = iter((str(place), one) for place, one in enumerate(value, 1))
    else:
        return
    for key, one in inner:
        place = f"{path}.{key}" if path else key
        if key in TEXTS:
            yield place.removeprefix("wording."), one
        else:
            yield from _texts(one, place)


def with_digests(tree: Tree) -> Tree:
    """The tree with ``@file`` replaced by the file's SHA-256 where a digest is asked for."""
    found = dict(tree)
    if isinstance(found.get("digest"), str):
        found["digest"] = _digest(found["digest"])
    for key in ("digests", "evidence"):
        if isinstance(found.get(key), dict):
            found[key] = {name: _digest(str(value)) for name, value in found[key].items()}
    if isinstance(found.get("wording"), dict):
        found["wording"] = with_digests(found["wording"])
    return found


def _digest(text: str) -> str:
    if not text.startswith("@"):
        return text
    return hashlib.sha256(Path(text[1:]).read_bytes()).hexdigest()


def field_lines(kind: str) -> Iterator[str]:
    """The fields of a kind in words; those in brackets may be left out."""
    for name, required in kind_fields(kind):
        yield name if required else f"[{name}]"


PARTS: Mapping[str, type] = {
    "wording": Wording,
    "silence": Silence,
    "pledges": Pledge,
    "agenda": Point,
    "cells": Cell,
}
"""The fields that have fields of their own."""


def required_missing(kind: str, tree: Tree) -> list[str]:
    """The fields that a kind needs and the tree lacks, in order; those of its wording too."""
    missing = [name for name, required in kind_fields(kind) if required and name not in tree]
    wording = tree.get("wording")
    if isinstance(wording, dict):
        missing += [
            one.name
            for one in msgspec.structs.fields(Wording)
            if one.required and one.name not in wording
        ]
    return missing
