"""What has fired, line by line in a file, so that nothing fires twice.

Each line is one JSON object. The log says what fired and on which file's digest, never who was
told: that is in the record, where the books show when each had the alert named here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import MISSING, asdict, dataclass, fields, replace

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
    `until` is the last period of a crossing as the file had it. A line that `goes_on` fires
    nothing: it says how far a crossing that has fired was seen to go.
    """

    subject: str
    line: str
    place: str
    measure: str
    input: str
    test: bool
    at: str
    alert: str = ""
    until: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """What a series was looked at for: its crossings, and those of them that had not fired.

    `on` are lines for the log of those that had fired and now go further.
    """

    crossings: tuple[Crossing, ...]
    new: tuple[Fired, ...]
    on: tuple[Fired, ...]


def new_of_series(series: Series, line: Threshold, log: Sequence[Fired], at: str) -> Watched:
    """The crossings of a threshold in whose reach no line of the log lies, as firings of `at`.

    Figures that are read again, or revised, or of which the first are left out, fire nothing for a
    crossing that the log has seen at any of its periods; one that begins after a return fires anew.
    """
    mine = [
        one for one in log if not one.test and (one.subject, one.line) == (series.name, str(line))
    ]
    new, on = [], []
    found = crossings(series, line)
    for one in found:
        before = [fired for fired in mine if _lies_in(fired, one)]
        if not before:
            said = f"{one.measure:.9g}"
            new.append(
                Fired(series.name, str(line), one.first.text, said, series.digest, False, at,
                      until=one.last.text)
            )  # fmt: skip
        elif one.last.number > max(_span(fired)[1] for fired in before):
            on.append(
                replace(before[-1], input=series.digest, at=at, until=one.last.text, goes_on=True)
            )
    return Watched(found, tuple(new), tuple(on))


def _span(one: Fired) -> tuple[int, int]:
    """The numbers of the periods of a crossing that a line of the log has seen."""
    first, last = period_of(one.place), period_of(one.until or one.place)
    assert first is not None
    assert last is not None
    return first.number, last.number


def _lies_in(fired: Fired, crossing: Crossing) -> bool:
    place = period_of(fired.place)
    if place is None or place.kind != crossing.first.kind:
        return False
    (first, last), (low, high) = _span(fired), crossing.reach
    return first <= high and low <= last


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
    needed = {one.name for one in fields(Fired) if one.default is MISSING}
    # Lines end with a line feed and nothing else: what a notice says may hold other separators.
    for number, line in enumerate(content.removesuffix("\n").split("\n") if content else (), 1):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict) or not needed <= set(value) <= set(names):
            raise BadInput(f"{file}, line {number}: this is no line of what has fired.")
        for name, said in value.items():
            if not isinstance(said, bool if names[name] == "bool" else str):
                raise BadInput(f"{file}, line {number}: {name}: {said!r} is not expected there.")
        one = Fired(**value)
        first, last = period_of(one.place), period_of(one.until or one.place)
        if one.until and (first is None or last is None or first.kind != last.kind):
            raise BadInput(f"{file}, line {number}: until: {one.until!r} is not expected there.")
        found.append(one)
    return tuple(found)
