"""The script of a table-top exercise: who does what, so many hours after it began.

```toml
[[step]]
hours = 1
party = "USA"
body = "ESFSC"
kind = "consulted"
as = "asked"
fields = { body = "ESFSC", ground = "A storm", facts = "A port is closed", wish = "To meet" }

[[step]]
hours = 2
party = "JPN"
body = "ESFSC"
kind = "acknowledged"
fields = { consultation = "$asked", answer = "We have it" }
```

A text that is given once stands in every language; ``$name`` is the record entry of an earlier
step. `refused = true` says that the rules will not admit a step.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from architrave.charter.model import Charter
from architrave.cli.faults import Unclear
from architrave.institution.acts import KINDS
from architrave.portal.composing.fields import TEXTS

__all__ = ["LONGEST_HOURS", "Step", "filled", "read_script"]

LONGEST_HOURS = 10_000
_KNOWN = {"hours", "party", "body", "kind", "as", "fields", "refused"}
_OWN = {"key", "party", "seat", "at", "to", "symbol"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `name` is what later steps call its record entry, or empty."""

    place: str
    hours: float
    party: str
    body: str
    kind: str
    fields: Mapping[str, Any]
    name: str
    refused: bool


def read_script(file: Path, charter: Charter) -> tuple[Step, ...]:
    """Read a script; Unclear, naming file, step and field, for what it cannot mean."""
    try:
        value = tomllib.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as fault:
        raise Unclear(f"{file}: {fault}.") from fault
    steps = value.get("step")
    if set(value) != {"step"} or not isinstance(steps, list) or not steps:
        raise Unclear(f"{file}: expected steps, each under [[step]], and nothing else.")
    found: list[Step] = []
    for number, fields in enumerate(steps, 1):
        step = _step(f"{file.name}, step {number}", fields, charter)
        if found and step.hours < found[-1].hours:
            raise Unclear(f"{step.place}: hours: time does not go back.")
        # Names are looked up before anybody plays: a slip is no event of an exercise.
        filled(step, {one.name: "" for one in found if one.name}, tuple(charter.languages))
        found.append(step)
    return tuple(found)


def _step(place: str, given: Any, charter: Charter) -> Step:
    if not isinstance(given, dict) or set(given) - _KNOWN:
        raise Unclear(f"{place}: expected {', '.join(sorted(_KNOWN))}.")
    hours, fields = given.get("hours"), given.get("fields", {})
    number = isinstance(hours, int | float) and not isinstance(hours, bool)
    if not number or not 0 <= hours < LONGEST_HOURS:
        raise Unclear(f"{place}: hours: expected a number of hours, found {hours!r}.")
    party, body, kind = (str(given.get(one, "")) for one in ("party", "body", "kind"))
    if party not in charter.party_ids:
        raise Unclear(f"{place}: party: expected {', '.join(charter.party_ids)}, found {party!r}.")
    known = charter.find_body(body)
    if known is None or party not in known.parties:
        raise Unclear(f"{place}: body: {party} has no seat in {body!r}.")
    if kind not in KINDS:
        raise Unclear(f"{place}: kind: {kind!r} is no kind; these are: {', '.join(KINDS)}.")
    if not isinstance(fields, dict) or set(fields) & _OWN:
        raise Unclear(f"{place}: fields: {', '.join(sorted(_OWN))} are the exercise's own.")
    return Step(
        place,
        float(hours),
        party,
        body,
        kind,
        fields,
        str(given.get("as", "")),
        bool(given.get("refused", False)),
    )


def filled(step: Step, named: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a step, with names of earlier entries and texts in every language."""
    return {key: _filled(step, key, one, named, languages) for key, one in step.fields.items()}


def _filled(
    step: Step, key: str, value: Any, named: Mapping[str, str], languages: tuple[str, ...]
) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        if value[1:] not in named:
            raise Unclear(f"{step.place}: {key}: no earlier step is called {value[1:]!r}.")
        return named[value[1:]]
    if isinstance(value, str) and key in TEXTS:
        return dict.fromkeys(languages, value)
    if isinstance(value, dict):
        return {name: _filled(step, name, one, named, languages) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(step, key, one, named, languages) for one in value]
    return value
