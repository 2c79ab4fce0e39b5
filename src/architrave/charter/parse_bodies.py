"""Reading bodies with their seats, sources and chairs."""

from __future__ import annotations

from architrave.charter.forms import Sheet
from architrave.charter.model import CADENCES, Body, Rotation, Seat, Source, Term
from architrave.charter.parse_parties import PARTY_ID

__all__ = ["BODY_ID", "read_body"]

BODY_ID = r"[A-Z][A-Z0-9]{1,11}"

_SEAT_ID = r"[A-Z][A-Z0-9]{1,7}/[A-Z][A-Z0-9]{1,11}"
_STATUSES = ("existing", "proposed")
_PHASES = (1, 9)


def read_body(sheet: Sheet, everyone: tuple[str, ...]) -> Body:
    """Read one body; a body that names no parties has all of them."""
    body = sheet.text("id", BODY_ID, "an id of capital letters and digits, 2 to 12 of them")
    status = sheet.choice("status", _STATUSES)
    name, mandate = sheet.translated("name"), sheet.translated("mandate")
    parties = sheet.names("parties", PARTY_ID, "ids of parties") if sheet.has("parties") else None
    sources = [_read_source(one) for one in sheet.sheets("sources")]
    read = Body(
        id=body,
        status=status,
        name=name,
        mandate=mandate,
        parties=everyone if parties is None else parties,
        seats=tuple(_read_seat(one, body) for one in sheet.sheets("seats")),
        cadence=sheet.choice("cadence", CADENCES),
        absorbs=sheet.names("absorbs", BODY_ID, "ids of bodies"),
        parent=sheet.text("parent", BODY_ID, "the id of a body") if sheet.has("parent") else None,
        phase=_read_phase_number(sheet) if sheet.has("phase") else None,
        chair=_read_chair(sheet) if sheet.has("chair") else None,
        sources=tuple(one for one in sources if one is not None),
    )
    sheet.end()
    return read


def _read_phase_number(sheet: Sheet) -> int | None:
    numbers = [
        phase["number"]
        for phase in _tables(sheet.reading.data.get("phases"))
        if isinstance(phase.get("number"), int)
    ]
    known = ", ".join(str(number) for number in numbers[:-1])
    expected = f"{known} or {numbers[-1]}" if known else "the number of a phase"
    number = sheet.number("phase", *_PHASES, expected=expected)
    if number and number not in numbers:
        sheet.fault("phase", expected, str(number))
    return number or None


def _tables(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _read_seat(sheet: Sheet, body: str) -> Seat:
    seat = sheet.text("id", _SEAT_ID, 'an id such as "ABC/BOARD"')
    voting = sheet.flag("voting", default=True)
    party = None
    if voting or sheet.has("party"):
        party = sheet.text("party", PARTY_ID, "the id of a party")
    title = sheet.translated("title")
    sheet.end()
    return Seat(seat, body, party, voting, title)


def _read_source(sheet: Sheet) -> Source | None:
    url = sheet.text("url", r"https?://[^\s<>\"]+", "an http or https address")
    day = sheet.day("date")
    sheet.end()
    return Source(url, day) if url and day else None


def _read_chair(sheet: Sheet) -> Rotation | None:
    chair = sheet.sheet("chair")
    if chair is None:
        return None
    rotation = Rotation(
        order=chair.names("order", PARTY_ID, "ids of parties"),
        years=chair.number("years", 1, 20) if chair.has("years") else None,
        terms=tuple(_read_term(one) for one in chair.sheets("terms")),
        note=chair.translated("note") if chair.has("note") else None,
    )
    chair.end()
    return rotation


def _read_term(sheet: Sheet) -> Term:
    term = Term(
        party=sheet.text("party", PARTY_ID, "the id of a party"),
        first=sheet.day_or_unknown("from"),
        last=sheet.day_or_unknown("to"),
    )
    sheet.end()
    return term
