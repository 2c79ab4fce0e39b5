"""The rows of the register as values, with lookups, digest and citations.

The register holds facts compiled from public sources. They are taken note of and are nobody's
act; a row is therefore a `Promise` or an `Event`, never a commitment of the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from architrave.record.canonical import Value, digest, dump

__all__ = [
    "ORIGINAL",
    "Cadence",
    "Event",
    "Fulfilment",
    "Promise",
    "Register",
    "RegisterHeader",
    "Relation",
    "Rendering",
    "ReportedDate",
    "Translation",
    "Worded",
    "wording_mark",
]

Content = dict[str, Value]
ORIGINAL = "en"
"""The language in which the rows of a register are written."""
Row = TypeVar("Row", "Event", "Promise", "Fulfilment")


class Cadence(StrEnum):
    """How often a promise falls due."""

    ONCE = "once"
    ANNUAL = "annual"
    QUARTERLY = "quarterly"
    STANDING = "standing"


class Relation(StrEnum):
    """What a link says: the event kept the promise, touches it without counting, or a source
    says that the promise was not kept."""

    HELD = "held"
    RELATED = "related"
    NOT_HELD = "not-held"


@dataclass(frozen=True, slots=True)
class ReportedDate:
    """A date as sources give it: a day, or a month whose day was not confirmed.

    `first` and `last` bound it, both inclusive; they are equal where the day is known.
    """

    first: date
    last: date

    @property
    def day_known(self) -> bool:
        """True where the source gives the day."""
        return self.first == self.last

    def __str__(self) -> str:
        return self.first.isoformat() if self.day_known else self.first.isoformat()[:7]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that public reports say took place, with the source that was seen."""

    id: str
    date: ReportedDate
    end_date: ReportedDate | None
    title: str
    kind: str
    level: str
    parties: tuple[str, ...]
    pillar: str
    place: str
    summary: str
    source: str

    def content(self) -> Content:
        """The row as plain values, for digests and exports."""
        return {
            "id": self.id,
            "date": str(self.date),
            "end_date": "" if self.end_date is None else str(self.end_date),
            "title": self.title,
            "kind": self.kind,
            "level": self.level,
            "parties": sorted(self.parties),
            "pillar": self.pillar,
            "place": self.place,
            "summary": self.summary,
            "source_url": self.source,
        }


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that public reports say was promised. `made_at` is the id of an event; `status`
    is what a source said of it, in our words, with `status_source`, and may be empty."""

    id: str
    made_on: ReportedDate
    made_at: str
    text: str
    pillar: str
    body: str
    cadence: Cadence
    due: ReportedDate | None
    status: str
    status_source: str
    source: str

    def content(self) -> Content:
        """The row as plain values, for digests and exports."""
        return {
            "id": self.id,
            "made_on": str(self.made_on),
            "made_at": self.made_at,
            "text": self.text,
            "pillar": self.pillar,
            "body": self.body,
            "cadence": self.cadence.value,
            "due": "" if self.due is None else str(self.due),
            "status_if_known": self.status,
            "status_source_url": self.status_source,
            "source_url": self.source,
        }


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A link from a promise to an event (`held`, `related`), or to a source which says that the
    promise was not kept in the period of `applies_on` (`not-held`, event optional)."""

    promise: str
    event: str
    relation: Relation
    applies_on: date | None
    source: str
    linked_by: str
    note: str

    @property
    def id(self) -> str:
        """Names the link: promise, relation, and the event or the date that it is about."""
        subject = self.event if self.applies_on is None else self.applies_on.isoformat()
        return f"{self.promise}/{self.relation.value}/{subject}"

    def content(self) -> Content:
        """The row as plain values, for digests and exports."""
        return {
            "id": self.id,
            "commitment_id": self.promise,
            "event_id": self.event,
            "relation": self.relation.value,
            "applies_on": "" if self.applies_on is None else self.applies_on.isoformat(),
            "source_url": self.source,
            "linked_by": self.linked_by,
            "note": self.note,
        }


class Rendering(StrEnum):
    """How a cell of the register stands in a language."""

    ORIGINAL = "original"
    PROVISIONAL = "provisional"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Translation:
    """A cell in other languages, provisional: `of` names the wording that was translated by the
    first 16 digits of its SHA-256, and `texts` holds the languages there are."""

    of: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worded:
    """A cell as a reader of one language gets it: the text, its language, and how it stands."""

    text: str
    language: str
    rendering: Rendering


@dataclass(frozen=True)
class RegisterHeader:
    """What the register says of itself. Texts are mappings from language (en, ko, ja); the
    attribution and licence may be in English alone."""

    title: Mapping[str, str]
    standing: Mapping[str, str]
    gaps: tuple[Mapping[str, str], ...]
    licence: Mapping[str, str]
    attribution: Mapping[str, str]
    sources_reach: date
    outsiders: frozenset[str]
    front_event: str
    vocabulary: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Register:
    """All rows, each kind sorted by id. Rows are consistent: `read_register` has checked links."""

    header: RegisterHeader
    events: tuple[Event, ...]
    promises: tuple[Promise, ...]
    fulfilments: tuple[Fulfilment, ...]
    translations: Mapping[tuple[str, str], Translation] = field(default_factory=dict)
    sources_reach: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "events", _by_id(self.events))
        object.__setattr__(self, "promises", _by_id(self.promises))
        object.__setattr__(self, "fulfilments", _by_id(self.fulfilments))
        object.__setattr__(self, "sources_reach", self.header.sources_reach)

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """Events by id."""
        return MappingProxyType({row.id: row for row in self.events})

    @cached_property
    def promise_by_id(self) -> Mapping[str, Promise]:
        """Promises by id."""
        return MappingProxyType({row.id: row for row in self.promises})

    @cached_property
    def fulfilments_of(self) -> Mapping[str, tuple[Fulfilment, ...]]:
        """Links by promise id; a promise without links is absent."""
        links: dict[str, list[Fulfilment]] = {}
        for row in self.fulfilments:
            links.setdefault(row.promise, []).append(row)
        return MappingProxyType({promise: tuple(rows) for promise, rows in links.items()})

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of all rows and of `sources_reach`; the order of the files is no part."""
        return _digest(
            {
                "sources_reach": self.sources_reach.isoformat(),
                "events": [row.content() for row in self.events],
                "commitments": [row.content() for row in self.promises],
                "fulfilments": [row.content() for row in self.fulfilments],
            }
        )

    def row_digest(self, row_id: str) -> str:
        """SHA-256 (hex) of one event or promise; KeyError if there is no such row."""
        found = self._row_digests.get(row_id)
        if found is None:
            found = self._row_digests[row_id] = _digest(self._row(row_id).content())
        return found

    @cached_property
    def _row_digests(self) -> dict[str, str]:
        """The digests that were asked for: pages ask for each row's again and again."""
        return {}

    def worded(self, row_id: str, column: str, language: str) -> Worded:
        """A cell of an event or promise in a language, by its column's name in the file.

        The register is written in English. A translation counts while its English is as it was
        translated; an older one is told as stale; without one the English is given. KeyError if
        there is no such row or column.
        """
        text = str(self._row(row_id).content()[column])
        if language == ORIGINAL or not text:
            return Worded(text, ORIGINAL, Rendering.ORIGINAL)
        found = self.translations.get((row_id, column))
        if found is None or not found.texts.get(language):
            return Worded(text, ORIGINAL, Rendering.MISSING)
        fresh = found.of == wording_mark(text)
        rendering = Rendering.PROVISIONAL if fresh else Rendering.STALE
        return Worded(found.texts[language], language, rendering)

    def cite(self, row_id: str, language: str = "en") -> str:
        """Citation text of one event or promise: title of the register, id, the digest of the row
        (which stays while the register grows) and of the register, how far sources reach.

        KeyError if there is no such row, or no title in that language.
        """
        return (
            f"{self.header.title[language]}: {row_id}, sha256:{self.row_digest(row_id)} "
            f"(sha256:{self.digest}, {self.sources_reach.isoformat()})"
        )

    def as_of(self, day: date) -> Register:
        """The register with the rows made or held up to a day.

        A row known by month only is included once the whole month has passed. What public sources
        said later about an earlier row is not dated in the files, so texts stay as they are.
        """
        events = tuple(row for row in self.events if row.date.last <= day)
        kept = {row.id for row in events}
        promises = tuple(
            row for row in self.promises if row.made_on.last <= day and row.made_at in kept
        )
        made = {row.id for row in promises}
        links = tuple(
            row
            for row in self.fulfilments
            if row.promise in made
            and (not row.event or row.event in kept)
            and (row.applies_on is None or row.applies_on <= day)
        )
        header = replace(self.header, sources_reach=min(day, self.sources_reach))
        return Register(header, events, promises, links, self.translations)

    def _row(self, row_id: str) -> Event | Promise:
        event = self.event_by_id.get(row_id)
        return self.promise_by_id[row_id] if event is None else event


def wording_mark(text: str) -> str:
    """Names a wording: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _digest(value: Value) -> str:
    return digest(dump(value))


def _by_id(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.id))
