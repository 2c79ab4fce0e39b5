"""What the document of a matter says when the matter belongs to a consultation.

```json
{"consultation":"<name of the request>","desk":"consultation","kind":"lines","v":1}
```

`kind` is ``lines`` (lines to take) or ``repair`` (of a line that failed a drill); `replaces` may
name an earlier matter whose lines these take the place of. Other documents are none of ours.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from architrave.desks.evidence import bytes_of

__all__ = ["KINDS", "Belongs", "belongs", "document"]

KINDS = ("lines", "repair")
_NAME = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"consultation", "desk", "kind", "replaces", "v"}


@dataclass(frozen=True, slots=True)
class Belongs:
    """The consultation that a matter belongs to, as what, and the matter that it replaces."""

    consultation: str
    kind: str
    replaces: str = ""


def document(one: Belongs) -> str:
    """The document that says so."""
    fields: dict[str, object] = {
        "consultation": one.consultation,
        "desk": "consultation",
        "kind": one.kind,
        "v": 1,
    }
    if one.replaces:
        fields["replaces"] = one.replaces
    return bytes_of(fields).decode()


def belongs(text: str) -> Belongs | None:
    """What a document says of a consultation; None for any other document."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or not fields.keys() <= _FIELDS:
        return None
    if (fields.get("desk"), fields.get("v")) != ("consultation", 1):
        return None
    replaces = fields.get("replaces", "")
    names = [fields.get("consultation"), *([replaces] if replaces else [])]
    if not all(isinstance(one, str) and _NAME.fullmatch(one) for one in names):
        return None
    kind = fields.get("kind")
    return Belongs(names[0], kind, replaces) if kind in KINDS else None
