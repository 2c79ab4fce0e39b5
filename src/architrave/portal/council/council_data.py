"""What the pages of the council show beside the record: tables that were read once, at the start.

A file names a charter, a body of it, and the tables that belong to it. For another charter there
is no council, and no page of it. Everything is read and checked before a copy runs: what cannot be
read, or carries a marking, stops the start with one sentence.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from architrave.charter.model import Body, Charter
from architrave.desks.dialogues.model import MeetingRow, Series
from architrave.desks.dialogues.reading import DIALOGUES, MEETINGS, read_meetings, read_series
from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.desks.exercises.past import CONTEXT_FILE, LINKS_FILE, SERIES_FILE, read_past
from architrave.desks.exercises.plan_file import IllustrativePlan, read_plan
from architrave.desks.interoperability.model import Documents
from architrave.desks.interoperability.reading import read_documents
from architrave.desks.launches.reading import Count, read_counts
from architrave.desks.rows import by_id, read_table, text
from architrave.institution.register import Register
from architrave.portal.papers.desk_data import DeskTables
from architrave.portal.words import LANGUAGES

__all__ = ["CouncilData", "Launches", "Marking", "Opened", "Tables", "council_in", "read_council"]

Marking = Callable[[str], str | None]
"""The name of a marking that a text carries, or None."""

Opened = Callable[[str], str | None]
"""The text of a file by its path from the council's own file; None if it is not there."""

Tables = Callable[[str], Mapping[str, str]]
"""The tables of a folder by their names; none if there is no such folder."""

_KNOWN: Mapping[str, Sequence[str]] = {
    "dialogues": ("series", "meetings"),
    "exercises": ("series", "links", "context", "plan"),
    "interoperability": ("tables", "illustration", "illustration_parties"),
    "launches": ("list", "meetings", "after"),
}


@dataclass(frozen=True, slots=True)
class Launches:
    """The list of launches and its digest, after whom it was compiled, by language, and the desk's
    comparison with meetings as it was written down, with the digests of what went into it."""

    counts: tuple[Count, ...]
    digest: str
    after: Mapping[str, str]
    compared: Mapping[str, Any] | None

    def compared_with(self, register: Register | None) -> Mapping[str, Any] | None:
        """The comparison, if it was worked out from this very list and this very register."""
        if self.compared is None or register is None:
            return None
        wanted = {"launches": self.digest, "register": register.digest}
        worked = {layer["name"]: layer["digest"] for layer in self.compared["layers"]}
        return self.compared if worked == wanted else None


# Compared by identity: there is one of it in a process.
@dataclass(frozen=True, slots=True, eq=False)
class CouncilData:
    """The council's body in the charter, and its tables; None or empty for what is not there."""

    charter: str
    body: str
    series: tuple[Series, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    exercises: Mapping[str, str] | None = None
    plan: IllustrativePlan | None = None
    interoperability: Documents | None = None
    illustration: Documents | None = None
    launches: Launches | None = None
    brief: DeskTables | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Texts of the tables, which are in English, in other languages: provisional."""

    def bodies(self, charter: Charter) -> tuple[Body, ...]:
        """The body and all below it, in the charter's order; none in another charter."""
        found = charter.find_body(self.body) if charter.id == self.charter else None
        inside = [found.id] if found is not None else []
        # A body may stand above another that is named before it.
        while more := [
            one.id for one in charter.bodies if one.parent in inside and one.id not in inside
        ]:
            inside += more
        return tuple(one for one in charter.bodies if one.id in inside)


def council_in(beside: object) -> CouncilData | None:
    """What a running node holds beside its record, if a council's data are among it."""
    found = getattr(beside, "council", beside)
    return found if isinstance(found, CouncilData) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where tables come from, for whom, and by which words a marking is known."""

    file: str
    opened: Opened
    tables: Tables
    marking: Marking
    parties: tuple[str, ...]

    def text(self, path: str) -> str:
        """A table's text, found and without a marking."""
        found = self.opened(path)
        if found is None:
            raise BadInput(f"{self.file}: the file {path} that it names is not there.")
        return self.plain(path, found)

    def plain(self, path: str, content: str) -> str:
        """The same text; refused with its place, and without its words, if a cell is marked."""
        lines = csv.reader(io.StringIO(content))
        for cells in lines:
            for cell in cells:
                if name := self.marking(cell):
                    raise BadInput(
                        f"{path}, line {lines.line_num}: this carries the marking {name}; only "
                        "what is public is taken."
                    )
        return content

    def folder(self, path: str) -> Mapping[str, str]:
        """The tables of a folder, none of them marked."""
        return {name: self.plain(name, text) for name, text in self.tables(path).items()}


def read_council(
    content: str,
    charter: Charter,
    register: Register | None,
    opened: Opened,
    tables: Tables,
    marking: Marking,
    file: str = "council.toml",
) -> CouncilData | None:
    """The council's data for a charter; None for a charter that the file does not name.

    Raises BadInput, with file and field or line, for whatever cannot be read.
    """
    named = _named(content, file)
    if named["charter"] != charter.id:
        return None
    if charter.find_body(named["body"]) is None:
        raise BadInput(f"{file}: the charter has no body {named['body']!r}.")
    place = _Place(file, opened, tables, marking, tuple(charter.party_ids))
    series, meetings = _dialogues(named.get("dialogues"), place)
    own, illustration = _interoperability(named.get("interoperability"), place)
    exercises = named.get("exercises")
    return CouncilData(
        named["charter"],
        named["body"],
        series,
        meetings,
        _exercises(exercises, place, register),
        _plan(exercises, place),
        own,
        illustration,
        _launches(named.get("launches"), place),
        words=_words(named.get("translations"), place),
    )


def _words(path: str | None, place: _Place) -> Mapping[str, Mapping[str, str]]:
    """Translations by the exact wording of what was translated: of another there is none."""
    if path is None:
        return {}
    others = tuple(one for one in LANGUAGES if one != "en")
    rows = read_table(path, place.text(path), ("en", *others))
    by_id(rows, lambda row: text(row, "en"), lambda row: row.place)
    return {
        row.cells["en"]: {one: row.cells[one] for one in others if row.cells[one]} for row in rows
    }


def _named(content: str, file: str) -> dict[str, Any]:
    try:
        named = tomllib.loads(content)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"{file}: this is no TOML ({fault}).") from fault
    for key, value in named.items():
        if key in ("charter", "body"):
            continue
        if key == "translations":
            if not isinstance(value, str) or not value:
                raise BadInput(f"{file}: translations must be the path of a file.")
            continue
        if key not in _KNOWN or not isinstance(value, dict):
            raise BadInput(f"{file}: the key {key} is unknown.")
        for name in value:
            if name not in _KNOWN[key]:
                raise BadInput(f"{file}: the key {key}.{name} is unknown.")
    for key in ("charter", "body"):
        if not isinstance(named.get(key), str):
            raise BadInput(f"{file}: {key} must name one of the charter's ids.")
    return named


def _path(named: Mapping[str, Any], name: str, place: _Place) -> str:
    found = named.get(name)
    if not isinstance(found, str) or not found:
        raise BadInput(f"{place.file}: {name} must be the path of a file or folder.")
    return found


def _dialogues(
    named: Mapping[str, Any] | None, place: _Place
) -> tuple[tuple[Series, ...], tuple[MeetingRow, ...]]:
    if named is None:
        return (), ()
    texts = [place.text(_path(named, name, place)) for name in ("series", "meetings")]
    series = read_series(texts[0], place.parties, place.marking, DIALOGUES)
    ids = tuple(one.id for one in series)
    return series, read_meetings(texts[1], ids, place.marking, MEETINGS)


def _exercises(
    named: Mapping[str, Any] | None, place: _Place, register: Register | None
) -> Mapping[str, str] | None:
    if named is None:
        return None
    files = {SERIES_FILE: "series", LINKS_FILE: "links", CONTEXT_FILE: "context"}
    texts = {
        file: place.text(_path(named, name, place)) for file, name in files.items() if name in named
    }
    if register is not None:
        # Read again for each day; here only so that a fault stops the start.
        read_past(texts, register, register.sources_reach)
    return texts


def _plan(named: Mapping[str, Any] | None, place: _Place) -> IllustrativePlan | None:
    """The plan, if one was written: it is worked out apart, and may not be there yet."""
    if named is None or "plan" not in named:
        return None
    path = _path(named, "plan", place)
    content = place.opened(path)
    return read_plan(place.plain(path, content), place.parties, path) if content else None


def _interoperability(
    named: Mapping[str, Any] | None, place: _Place
) -> tuple[Documents | None, Documents | None]:
    if named is None:
        return None, None
    own = read_documents(place.folder(_path(named, "tables", place)), place.parties)
    if own.illustrative:
        raise BadInput(f"{place.file}: tables holds made-up rows; they belong to illustration.")
    if "illustration" not in named:
        return own, None
    parties = named.get("illustration_parties")
    if not isinstance(parties, list) or len(parties) < 2:
        raise BadInput(f"{place.file}: illustration_parties must name two parties or more.")
    made_up = read_documents(place.folder(_path(named, "illustration", place)), parties)
    if not made_up.illustrative or set(parties) & set(place.parties):
        raise BadInput(f"{place.file}: illustration must be marked so, and among made-up parties.")
    return own, made_up


def _launches(named: Mapping[str, Any] | None, place: _Place) -> Launches | None:
    if named is None:
        return None
    path = _path(named, "list", place)
    content = place.text(path)
    after = named.get("after")
    if not isinstance(after, dict) or set(after) != set(LANGUAGES):
        raise BadInput(f"{place.file}: after must say in {', '.join(LANGUAGES)} whose list it is.")
    counts = read_counts(content, path)
    if not counts:
        raise BadInput(f"{path}: there is no row in it.")
    return Launches(counts, digest_of(content.encode()), after, _compared(named, place))


def _compared(named: Mapping[str, Any], place: _Place) -> Mapping[str, Any] | None:
    if "meetings" not in named:
        return None
    path = _path(named, "meetings", place)
    numbers = ("meetings", "left_out", "soon", "low", "middle", "high")
    try:
        found: Mapping[str, Any] = json.loads(place.text(path))
        sound = (
            found["desk"] == "launches"
            and all(isinstance(found["result"][name], int | float) for name in numbers)
            and all(isinstance(layer["digest"], str) for layer in found["layers"])
            and all(isinstance(layer["name"], str) for layer in found["layers"])
            and isinstance(found["result"]["answer"], str)
            and all(isinstance(found["parameters"][name], int) for name in ("days", "shuffles"))
        )
    except (ValueError, LookupError, TypeError) as fault:
        raise BadInput(f"{path}: this is no assessment of the desk ({fault}).") from fault
    if not sound:
        raise BadInput(f"{path}: this is no assessment of the desk launches.")
    return found
