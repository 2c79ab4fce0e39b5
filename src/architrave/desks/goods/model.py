"""A good, and a list of goods."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from architrave.desks.evidence import digest_of
from architrave.institution.acts import Text

__all__ = ["FORMAT", "KIND", "LONGEST_ID", "Good", "GoodsList", "Reason", "evidence_fault"]

KIND = "critical-goods"
FORMAT = 1
LONGEST_ID = 40
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Good:
    """A good on the list.

    `id` is its short name for good, `hs` are customs codes that cover it, `stage` is the step of a
    product chain that makes it ("" if none). `evidence` names each piece by ``sha256:`` and the
    digest of a tabled assessment, or by the address of a source. `owner` is the party that answers
    for the review, which is done by the day `review`.
    """

    id: str
    name: Text
    why: Text
    hs: tuple[str, ...]
    stage: str
    evidence: tuple[str, ...]
    review: date
    owner: str


Reason = Text
"""Why a good leaves the list, by language."""


@dataclass(frozen=True, eq=False)
class GoodsList:
    """A list: its goods by id, the digests of the lists it replaces, and what leaves it, and why.

    `before` is empty for the first list of a body. It names more than one where lists were agreed
    beside each other and this one takes them together.
    """

    goods: Mapping[str, Good]
    before: tuple[str, ...] = ()
    removed: Mapping[str, Reason] = field(default_factory=dict)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The list as a value of JSON: goods and digests in the order of their names."""
        return {
            "kind": KIND,
            "format": FORMAT,
            "before": sorted(self.before),
            "goods": [_plain(self.goods[one]) for one in sorted(self.goods)],
            "removed": {one: dict(self.removed[one]) for one in sorted(self.removed)},
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the list, hex: by this the next one names it."""
        return digest_of(self.document)


def _plain(good: Good) -> dict[str, Any]:
    return {
        "id": good.id,
        "name": dict(good.name),
        "why": dict(good.why),
        "hs": list(good.hs),
        "stage": good.stage,
        "evidence": list(good.evidence),
        "review": good.review.isoformat(),
        "owner": good.owner,
    }


def evidence_fault(text: str) -> str:
    """Why a text names no evidence; empty if it names some."""
    if text.startswith("sha256:"):
        return "" if _DIGEST.fullmatch(text) else "a digest is sha256: and 64 hexadecimal digits"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host = None
    named = host is not None and parts.scheme == "https" and parts.username is None
    if named and len(text) <= _LONGEST_ADDRESS and text.isascii() and text.isprintable():
        return "" if " " not in text else "an address has no blank in it"
    return "it is neither sha256: with a digest nor an address that begins with https://"
