"""What has fired, line by line in a file, so that nothing fires twice.

Each line is one JSON object. The log says what fired and on which file's digest, never who was
told: that is in the record, where the books show when each had the alert named here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from architrave.desks.errors import BadInput
from architrave.desks.supply.warning.notices import Touched
from architrave.desks.supply.warning.periods import period_of
from architrave.desks.supply.warning.series import Series
from architrave.desks.supply.warning.thresholds import Crossing, Threshold, crossings

__all__ = [
    "Fired",
    "Watched",
    "line_of",
    "new_of_notices",
    "new_of_series",
    "read_fired",
    "trial_of",
]


@dataclass(frozen=True, slots=True)
class Fired:
    """One firing. `subject` is the name of a series, or notices; `line` the threshold or the watch.

    `place` is the period of a crossing, or the id of a notice; `measure` the level or the change
    there, or the measure announced. `input` is the SHA-256 of the file. A `test` fired because it
    was asked for. `at` is when (ISO, UTC), `alert` the symbol of the alert it became, or empty.
    """

    subject: str
    line: str
    place: str
    measure: str
    input: str
    test: bool
    at: str
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a series was looked at for: its crossings, and those of them that had not fired."""

    crossings: tuple[Crossing, ...]
    new: tuple[Fired, ...]


def new_of_series(series: Series, line: Threshold, log: Sequence[Fired], at: str) -> Watched:
    """The crossings of a threshold that no line of the log lies in, as firings of `at`.

    Figures that are read again, or revised, fire nothing for a crossing that has fired at any of
    its periods; one that begins after a return fires anew.
    """
    all_of_them = crossings(series, line)
    fired = [
        period.number
        for one in log
        if not one.test and (one.subject, one.line) == (series.name, str(line))
        if (period := period_of(one.place)) is not None
    ]
    new = tuple(
        Fired(
            series.name, str(line), one.first.text, f"{one.measure:.6g}", series.digest, False, at
        )
        for one in all_of_them
        if not any(one.first.number <= number <= one.last.number for number in fired)
    )
    return Watched(all_of_them, new)


def new_of_notices(
    found: Sequence[Touched], watch: Sequence[str], log: Sequence[Fired], digest: str, at: str
) -> tuple[Fired, ...]:
    """The notices that touch a watch and have not fired for each code of it that they touch."""
    before = {
        (code, one.place)
        for one in log
        if not one.test and one.subject == "notices"
        for code in one.line.removeprefix("hs ").split(";")
    }
    new = []
    for one in found:
        codes = [code for code in one.codes if (code, one.notice.id) not in before]
        if codes:
            line = f"hs {';'.join(codes)}"
            said = f"{one.notice.issuer}: {one.notice.measure}"
            new.append(Fired("notices", line, one.notice.id, said, digest, False, at))
    return tuple(new)


def trial_of(subject: str, line: str, digest: str, at: str) -> Fired:
    """A firing because somebody asked for one: it tries the way, and stands for no crossing."""
    return Fired(subject, line, "", "test", digest, True, at)


def line_of(one: Fired) -> str:
    """A firing as a line of the log."""
    return json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) + "\n"


def read_fired(file: str, content: str) -> tuple[Fired, ...]:
    """Read a log; BadInput with the line that is none of it."""
    found = []
    names = {one.name: one.type for one in fields(Fired)}
    for number, line in enumerate(content.splitlines(), 1):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict) or set(value) != set(names):
            raise BadInput(f"{file}, line {number}: this is no line of what has fired.")
        for name, said in value.items():
            if not isinstance(said, bool if names[name] == "bool" else str):
                raise BadInput(f"{file}, line {number}: {name}: {said!r} is not expected there.")
        found.append(Fired(**value))
    return tuple(found)
