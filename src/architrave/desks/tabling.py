"""Assessments tabled as a matter: the wording that carries them, and how it is read again.

The text of the matter (`document`) is the canonical JSON of the assessments, and `digests` names
each by SHA-256, so that positions are taken on exactly what was worked out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, Layer, bytes_of
from architrave.institution.acts import Wording

__all__ = [
    "FORMAT",
    "LONGEST_DOCUMENT",
    "MOST_ASSESSMENTS",
    "assessments_in",
    "document_with",
    "holds_assessments",
    "wording_with_evidence",
]

FORMAT = 1
LONGEST_DOCUMENT = 256 << 10
"""Bytes of a document that is read."""
MOST_ASSESSMENTS = 16
_MOST_LAYERS = 32
_DEEPEST = 32
_LARGEST = 2**53


def wording_with_evidence(
    title: Mapping[str, str],
    summary: Mapping[str, str],
    assessments: Sequence[Assessment],
    instrument: str = "note",
    nature: str = "political",
) -> Wording:
    """The wording of a matter that tables assessments; BadInput if they are none or too much."""
    document = document_with(assessments)
    digests = {f"{place}. {one.desk}": one.digest for place, one in enumerate(assessments, 1)}
    return Wording(dict(title), dict(summary), instrument, nature, document, digests)


def document_with(assessments: Sequence[Assessment]) -> str:
    """The one spelling of some assessments as a text of a matter."""
    if not 1 <= len(assessments) <= MOST_ASSESSMENTS:
        raise BadInput(
            f"1 to {MOST_ASSESSMENTS} assessments can be tabled, not {len(assessments)}."
        )
    value = {"assessments": [one.document for one in assessments], "format": FORMAT}
    document = bytes_of(value)
    if len(document) > LONGEST_DOCUMENT:
        raise BadInput(f"the document has {len(document)} bytes, over {LONGEST_DOCUMENT}.")
    return document.decode()


def assessments_in(document: str) -> tuple[Assessment, ...]:
    """The assessments that a matter's document holds.

    BadInput, in one sentence with the place, for a document that is no such thing, is longer than
    is read, or is not in the one spelling by which digests are formed.
    """
    data = document.encode("utf-8", "surrogatepass")
    if len(data) > LONGEST_DOCUMENT:
        raise BadInput(f"document: {len(data)} bytes, over {LONGEST_DOCUMENT}.")
    try:
        value = json.loads(document, parse_constant=_no_number)
        same = bytes_of(value) == data
    except (ValueError, RecursionError):
        raise BadInput("document: it is no JSON, so it holds no assessments.") from None
    _require_plain(value)
    if not isinstance(value, dict) or value.get("format") != FORMAT or set(value) != _KEYS:
        raise BadInput(f"document: expected assessments and format {FORMAT}, and nothing else.")
    if not same:
        raise BadInput("document: it is not in the one spelling of assessments.")
    found = value["assessments"]
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_ASSESSMENTS:
        raise BadInput(f"document: expected 1 to {MOST_ASSESSMENTS} assessments.")
    return tuple(_assessment(one, f"assessments[{place}]") for place, one in enumerate(found))


def holds_assessments(document: str) -> bool:
    """False for a text of another kind, such as a plan; else it is for `assessments_in` to judge.

    A text that is too long to be read is not told apart, and counts as one.
    """
    if len(document) > LONGEST_DOCUMENT:
        return True
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "assessments" in value


_KEYS = {"assessments", "format"}
_TEXTS = ("desk", "question")
_TREES = ("parameters", "result", "versions")
_LAYER = {"digest", "name", "newest", "source"}


def _assessment(value: Any, place: str) -> Assessment:
    keys = {*_TEXTS, *_TREES, "layers"}
    if not isinstance(value, dict) or set(value) != keys:
        raise BadInput(f"document: {place}: expected the fields {', '.join(sorted(keys))}.")
    for name in _TEXTS:
        if not isinstance(value[name], str) or not value[name]:
            raise BadInput(f"document: {place}.{name}: expected a text.")
    for name in _TREES:
        if not isinstance(value[name], dict):
            raise BadInput(f"document: {place}.{name}: expected fields with values.")
    layers = value["layers"]
    if not isinstance(layers, list) or not len(layers) <= _MOST_LAYERS:
        raise BadInput(f"document: {place}.layers: expected at most {_MOST_LAYERS} of them.")
    return Assessment(
        desk=value["desk"],
        question=value["question"],
        layers=tuple(_layer(one, f"{place}.layers[{at}]") for at, one in enumerate(layers)),
        parameters=value["parameters"],
        result=value["result"],
        versions=value["versions"],
    )


def _layer(value: Any, place: str) -> Layer:
    texts = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if not texts or set(value) != _LAYER:
        raise BadInput(f"document: {place}: expected texts {', '.join(sorted(_LAYER))}.")
    return Layer(value["name"], value["newest"], value["digest"], value["source"])


def _require_plain(value: Any) -> None:
    """Refuse what no desk writes and a reader might stumble over: deep nesting, huge integers."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if any(isinstance(one, int) and abs(one) > _LARGEST for one in level):
            raise BadInput(f"document: it holds an integer beyond {_LARGEST}.")
    if level:
        raise BadInput(f"document: it is nested deeper than {_DEEPEST} levels.")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
