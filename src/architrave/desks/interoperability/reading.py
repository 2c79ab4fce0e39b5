"""Reading the desk's tables. What is refused is named with file, line and column, and where two
rows contradict each other, with both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from architrave.desks.errors import BadInput
from architrave.desks.interoperability.model import (
    ATTRIBUTES,
    PUBLIC,
    Basis,
    Documents,
    Function,
    Level,
    Mission,
    Pair,
    Score,
    Standard,
    Status,
    StatusKind,
    Step,
)
from architrave.desks.rows import (
    Place,
    Row,
    by_id,
    choice,
    day,
    known,
    read_table,
    several,
    text,
    whole,
)

__all__ = [
    "FUNCTIONS",
    "MISSIONS",
    "SCORES",
    "STANDARDS",
    "STATUSES",
    "read_documents",
    "read_functions",
    "read_missions",
    "read_scores",
    "read_standards",
    "read_statuses",
]

FUNCTIONS = "functions.csv"
SCORES = "scores.csv"
STANDARDS = "standards.csv"
STATUSES = "statuses.csv"
MISSIONS = "missions.csv"


def read_documents(texts: Mapping[str, str], parties: Sequence[str]) -> Documents:
    """Read the tables of one folder, by file name; only functions.csv must be there.

    Raises BadInput as the readers of each table do.
    """
    if FUNCTIONS not in texts:
        raise BadInput(f"{FUNCTIONS} is missing.")
    functions = read_functions(texts[FUNCTIONS])
    ids = tuple(function.id for function in functions)
    standards = read_standards(texts[STANDARDS]) if STANDARDS in texts else ()
    if STATUSES in texts and STANDARDS not in texts:
        raise BadInput(f"{STATUSES} is there without {STANDARDS}.")
    names = tuple(standard.id for standard in standards)
    return Documents(
        parties=tuple(parties),
        functions=functions,
        scores=read_scores(texts[SCORES], ids, parties) if SCORES in texts else (),
        standards=standards,
        statuses=read_statuses(texts[STATUSES], names, parties) if STATUSES in texts else (),
        missions=read_missions(texts[MISSIONS], ids, parties) if MISSIONS in texts else (),
        texts=dict(texts),
    )


def read_functions(content: str, file: str = FUNCTIONS) -> tuple[Function, ...]:
    """Columns id and name; name_ko and name_ja may be there."""
    rows = read_table(file, content, ("id", "name"), ("name_ko", "name_ja"))
    found = []
    for row in rows:
        names = {"en": text(row, "name")}
        for language in ("ko", "ja"):
            if other := text(row, f"name_{language}", ""):
                names[language] = other
        found.append(Function(text(row, "id"), names, row.place))
    return tuple(by_id(found, lambda one: one.id, lambda one: one.place).values())


def read_scores(
    content: str, functions: Sequence[str], parties: Sequence[str], file: str = SCORES
) -> tuple[Score, ...]:
    """Scores in the order of their rows.

    An empty `to` means the parties, and them only. Refused are: a level outside 0 to 4, a party
    paired with itself, a function or party that is not known, the same function, pair and day
    twice, and made-up levels beside assessed ones.
    """
    needed = ("function", "first", "second", "level", "evidence", "assessor", "on", "basis")
    rows = read_table(file, content, needed, ("to", *ATTRIBUTES))
    found: list[Score] = []
    places: dict[tuple[str, Pair, date], Place] = {}
    for row in rows:
        score = _score(row, functions, parties)
        earlier = places.setdefault((score.function, score.pair, score.on), row.place)
        if earlier != row.place:
            raise BadInput(
                f"{row.place}: {score.function} between {score.pair[0]} and {score.pair[1]} on "
                f"{score.on} has a level in {earlier} already."
            )
        if found:
            _same_basis(found[0].basis, found[0].place, score.basis, score.place)
        found.append(score)
    return tuple(found)


def read_standards(content: str, file: str = STANDARDS) -> tuple[Standard, ...]:
    """Columns id and name."""
    rows = read_table(file, content, ("id", "name"))
    found = [Standard(text(row, "id"), text(row, "name"), row.place) for row in rows]
    return tuple(by_id(found, lambda one: one.id, lambda one: one.place).values())


def read_statuses(
    content: str, standards: Sequence[str], nations: Sequence[str], file: str = STATUSES
) -> tuple[Status, ...]:
    """Statuses in the order of their rows.

    Each but *none seen* has a source; a plan has a planned day and nothing else has; a reservation
    has its text. The same standard, nation and day twice is refused with both rows.
    """
    needed = ("standard", "nation", "status", "on", "source", "basis")
    rows = read_table(file, content, needed, ("planned", "reservation"))
    found: list[Status] = []
    places: dict[tuple[str, str, date], Place] = {}
    for row in rows:
        status = _status(row, standards, nations)
        earlier = places.setdefault((status.standard, status.nation, status.on), row.place)
        if earlier != row.place:
            raise BadInput(
                f"{row.place}: {status.standard} of {status.nation} on {status.on} has a status "
                f"in {earlier} already."
            )
        if found:
            _same_basis(found[0].basis, found[0].place, status.basis, status.place)
        found.append(status)
    return tuple(found)


def read_missions(
    content: str, functions: Sequence[str], parties: Sequence[str], file: str = MISSIONS
) -> tuple[Mission, ...]:
    """Missions with their steps, one row a step, in the order of the rows.

    `first` and `second` are both empty where the step is needed between all pairs. A mission's name
    stands in its first row, and may be repeated but not changed.
    """
    rows = read_table(file, content, ("mission", "name", "function", "first", "second"))
    missions: dict[str, Mission] = {}
    for row in rows:
        name = text(row, "mission")
        earlier = missions.get(name)
        called = text(row, "name", earlier.name if earlier else None)
        if earlier is not None and called != earlier.name:
            raise BadInput(
                f"{row.place}: {name} is called {called!r} here and {earlier.name!r} in "
                f"{earlier.place}."
            )
        alone = not row.cells["first"] and not row.cells["second"]
        pair = None if alone else _pair(row, parties)
        step = Step(known(row, "function", functions, "function"), pair, row.place)
        steps = (*earlier.steps, step) if earlier else (step,)
        missions[name] = Mission(name, called, steps, earlier.place if earlier else row.place)
    return tuple(missions.values())


def _score(row: Row, functions: Sequence[str], parties: Sequence[str]) -> Score:
    to = several(row, "to", (*parties, PUBLIC))
    if PUBLIC in to and len(to) > 1:
        raise BadInput(f"{row.place}: to names {PUBLIC} and parties; what is public needs no more.")
    return Score(
        function=known(row, "function", functions, "function"),
        pair=_pair(row, parties),
        level=Level(whole(row, "level", min(Level), max(Level))),
        evidence=text(row, "evidence"),
        assessor=text(row, "assessor"),
        on=day(row, "on"),
        to=to if PUBLIC in to else tuple(one for one in parties if one in (to or parties)),
        basis=Basis(choice(row, "basis", tuple(Basis))),
        notes={name: note for name in ATTRIBUTES if (note := text(row, name, ""))},
        place=row.place,
    )


def _status(row: Row, standards: Sequence[str], nations: Sequence[str]) -> Status:
    kind = StatusKind(choice(row, "status", tuple(StatusKind)))
    planned = row.cells.get("planned", "")
    if bool(planned) is not (kind is StatusKind.PLANNED):
        raise BadInput(f"{row.place}: planned holds a day if the status is planned, and only then.")
    reservation = row.cells.get("reservation", "")
    if bool(reservation) is not (kind is StatusKind.RESERVED):
        raise BadInput(
            f"{row.place}: reservation holds a text if the status is reserved, and only then."
        )
    return Status(
        standard=known(row, "standard", standards, "standard"),
        nation=known(row, "nation", nations, "party"),
        kind=kind,
        on=day(row, "on"),
        planned=day(row, "planned") if planned else None,
        reservation=reservation,
        source=text(row, "source", "" if kind is StatusKind.NONE_SEEN else None),
        basis=Basis(choice(row, "basis", tuple(Basis))),
        place=row.place,
    )


def _pair(row: Row, parties: Sequence[str]) -> Pair:
    first, second = (known(row, column, parties, "party") for column in ("first", "second"))
    if first == second:
        raise BadInput(f"{row.place}: second is {second}, which is paired with itself.")
    return (first, second) if parties.index(first) < parties.index(second) else (second, first)


def _same_basis(first: Basis, place: Place, other: Basis, here: Place) -> None:
    if first is not other:
        raise BadInput(
            f"{here}: basis is {other}, and {first} in {place}: what is made up is not mixed with "
            "what was assessed."
        )
