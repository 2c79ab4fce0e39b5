"""What one charter changes in another: articles, bodies, parties, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from architrave.charter.model import Charter

__all__ = ["Change", "changes"]

_PARTS = {
    "articles": ("article", "number"),
    "bodies": ("body", "id"),
    "parties": ("party", "id"),
    "phases": ("phase", "number"),
}
# The digest always differs, and the parts are compared one by one.
_APART = {"digest", *_PARTS}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: of which `part`, by what `name`, and which of its `fields` do.

    `how` is added, dropped or changed; only what is changed has fields. What concerns the charter
    as a whole has the part "charter" and the field's name.
    """

    part: str
    name: str
    how: str
    fields: tuple[str, ...] = ()


def changes(old: Charter, new: Charter) -> Iterator[Change]:
    """What differs from an old charter to a new one, in the order of the old, then of the new."""
    for name in _differing(old, new):
        if name not in _APART:
            yield Change("charter", name, "changed")
    for part, (called, key) in _PARTS.items():
        before = {str(getattr(one, key)): one for one in getattr(old, part)}
        after = {str(getattr(one, key)): one for one in getattr(new, part)}
        for name, one in before.items():
            if name not in after:
                yield Change(called, name, "dropped")
            elif one != after[name]:
                yield Change(called, name, "changed", _differing(one, after[name]))
        for name in after:
            if name not in before:
                yield Change(called, name, "added")


def _differing(old: object, new: object) -> tuple[str, ...]:
    names = [one.name for one in fields(old) if one.compare]  # type: ignore[arg-type]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
