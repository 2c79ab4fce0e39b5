"""Read the register of cooperation: text in, checked rows out, or every fault at once.

The files, their columns and the checks are described in `docs/formats/register.md`. Nothing here
opens a file: the caller hands over the text of each, by file name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from architrave.institution.register_header import (
    HEADER,
    LANGUAGES,
    RegisterError,
    RegisterFault,
    line_of_key,
    read_header,
)
from architrave.institution.register_lines import Line, listed_names, read_lines, reported_date
from architrave.institution.register_rows import (
    Cadence,
    Event,
    Fulfilment,
    Promise,
    Register,
    RegisterHeader,
    Relation,
    ReportedDate,
    Translation,
)
from architrave.institution.register_translations import TRANSLATIONS, read_translations
from architrave.institution.unnamed import UnnamedError, read_unnamed

__all__ = [
    "COMMITMENTS",
    "EVENTS",
    "FULFILMENTS",
    "HEADER",
    "LANGUAGES",
    "TRANSLATIONS",
    "UNNAMED",
    "Cadence",
    "Event",
    "Fulfilment",
    "Promise",
    "Register",
    "RegisterError",
    "RegisterFault",
    "RegisterHeader",
    "Relation",
    "ReportedDate",
    "read_register",
    "reported_date",
]

EVENTS = "events.csv"
COMMITMENTS = "commitments.csv"
FULFILMENTS = "fulfilments.csv"
UNNAMED = "unnamed.csv"

_EVENT_COLUMNS = [
    "id",
    "date",
    "end_date",
    "title",
    "kind",
    "level",
    "parties",
    "pillar",
    "place",
    "summary",
    "source_url",
]
_PROMISE_COLUMNS = [
    "id",
    "made_on",
    "made_at",
    "text",
    "pillar",
    "body",
    "cadence",
    "due",
    "status_if_known",
    "status_source_url",
    "source_url",
]
_LINK_COLUMNS = [
    "commitment_id",
    "event_id",
    "relation",
    "applies_on",
    "source_url",
    "linked_by",
    "note",
]


def read_register(files: Mapping[str, str], parties: frozenset[str]) -> Register:
    """Read and check the register.

    `files` maps the five file names above to their text, and may hold translations.csv; `parties`
    are the codes of the parties of the charter. Raises RegisterError with every fault: a missing
    file, an unknown column or word, a bad date, an unknown party, a repeated id, a link to nothing,
    a missing source, or a name on the list of names not written.
    """
    needed = (HEADER, EVENTS, COMMITMENTS, FULFILMENTS, UNNAMED)
    missing = [RegisterFault(name, 1, "file", "is missing") for name in needed if name not in files]
    if missing:
        raise RegisterError(missing)
    try:
        unnamed = read_unnamed(files[UNNAMED])
    except UnnamedError as error:
        fault = RegisterFault(UNNAMED, error.line, error.field, error.message)
        raise RegisterError([fault]) from error
    faults = listed_names(HEADER, files[HEADER], unnamed)
    header = read_header(files[HEADER], faults)
    if header is None:
        raise RegisterError(faults)
    events = {
        row.at["id"]: (row, _event(row, header, parties))
        for row in read_lines(EVENTS, files[EVENTS], _EVENT_COLUMNS, unnamed, faults)
        if row.has_new_id("ev-")
    }
    promises = {
        row.at["id"]: (row, _promise(row, header))
        for row in read_lines(COMMITMENTS, files[COMMITMENTS], _PROMISE_COLUMNS, unnamed, faults)
        if row.has_new_id("cm-")
    }
    links = [
        (row, _link(row))
        for row in read_lines(FULFILMENTS, files[FULFILMENTS], _LINK_COLUMNS, unnamed, faults)
    ]
    _check_links(events, promises, links)
    if header.front_event not in events:
        where = line_of_key(files[HEADER], "front_event")
        message = f"expected the id of an event, found '{header.front_event}'"
        faults.append(RegisterFault(HEADER, where, "front_event", message))
    sound_events = tuple(event for _, event in events.values() if event)
    sound_promises = tuple(promise for _, promise in promises.values() if promise)
    translations: Mapping[tuple[str, str], Translation] = {}
    if TRANSLATIONS in files and not faults:
        rows: tuple[Event | Promise, ...] = (*sound_events, *sound_promises)
        translations = read_translations(files[TRANSLATIONS], rows, unnamed, faults)
    if faults:
        raise RegisterError(faults)
    sound_links = tuple(link for _, link in links if link)
    return Register(header, sound_events, sound_promises, sound_links, translations)


def _event(row: Line, header: RegisterHeader, parties: frozenset[str]) -> Event | None:
    before = len(row.faults)
    row.filled("title", "summary", "parties")
    when, end = row.when("date"), row.when("end_date", needed=False)
    if when and end and end.last < when.first:
        row.fault("end_date", f"is before the date: '{end}' is before '{when}'")
    codes = tuple(code for code in row.at["parties"].split(";") if code)
    for code in codes:
        if code not in parties and code not in header.outsiders:
            row.fault("parties", f"'{code}' is neither a party nor a known outsider")
    if len(set(codes)) < len(codes):
        row.fault("parties", "names a party twice")
    kind, level = row.word("kind", header), row.word("level", header)
    pillar, source = row.word("pillar", header), row.source("source_url")
    if when is None or len(row.faults) > before:
        return None
    at = row.at
    return Event(
        at["id"], when, end, at["title"], kind, level, codes, pillar, at["place"], at["summary"],
        source,
    )  # fmt: skip


def _promise(row: Line, header: RegisterHeader) -> Promise | None:
    before = len(row.faults)
    row.filled("text", "body", "made_at")
    made, due = row.when("made_on"), row.when("due", needed=False)
    if made and due and due.last < made.first:
        row.fault("due", f"is before the promise was made: '{due}' is before '{made}'")
    cadence, pillar = row.choice("cadence", Cadence), row.word("pillar", header)
    source, status_source = row.source("source_url"), row.source("status_source_url", needed=False)
    if made is None or cadence is None or len(row.faults) > before:
        return None
    at = row.at
    return Promise(
        at["id"], made, at["made_at"], at["text"], pillar, at["body"], cadence, due,
        at["status_if_known"], status_source, source,
    )  # fmt: skip


def _link(row: Line) -> Fulfilment | None:
    before = len(row.faults)
    at = row.at
    row.filled("commitment_id", "linked_by")
    relation = row.choice("relation", Relation)
    denied = relation is Relation.NOT_HELD
    source = row.source("source_url", needed=denied)
    applies = row.when("applies_on", needed=denied)
    if applies and not applies.day_known:
        row.fault("applies_on", f"expected a day inside the period, found '{applies}'")
    if applies and not denied:
        row.fault("applies_on", "belongs to the relation not-held only")
    if not denied:
        row.filled("event_id")
    if relation is None or len(row.faults) > before:
        return None
    day = applies.first if applies else None
    link = Fulfilment(
        at["commitment_id"], at["event_id"], relation, day, source, at["linked_by"], at["note"]
    )
    return link if row.is_new("row", link.id) else None


def _check_links(
    events: Mapping[str, tuple[Line, Event | None]],
    promises: Mapping[str, tuple[Line, Promise | None]],
    links: Sequence[tuple[Line, Fulfilment | None]],
) -> None:
    for row, _ in promises.values():
        if row.at["made_at"] and row.at["made_at"] not in events:
            row.fault("made_at", f"there is no event '{row.at['made_at']}'")
    for row, link in links:
        promise_id, event_id = row.at["commitment_id"], row.at["event_id"]
        if promise_id and promise_id not in promises:
            row.fault("commitment_id", f"there is no commitment '{promise_id}'")
        if event_id and event_id not in events:
            row.fault("event_id", f"there is no event '{event_id}'")
        if link is None or promise_id not in promises:
            continue
        promise = promises[promise_id][1]
        if promise is None:
            continue
        if link.applies_on and link.applies_on < promise.made_on.first:
            row.fault("applies_on", f"is before the promise was made on {promise.made_on}")
        due = promise.due if promise.cadence is Cadence.ONCE else None
        if link.applies_on and due and link.applies_on > due.last:
            row.fault("applies_on", f"is after the promise fell due on {due}")
        event = events[event_id][1] if event_id in events else None
        kept = event is not None and link.relation is Relation.HELD
        if event and kept and event.date.last < promise.made_on.first:
            row.fault("event_id", f"took place on {event.date}, before the promise was made")
