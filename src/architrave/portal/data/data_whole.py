"""All public data at once, as files, and back again from the files alone.

`read_whole` reads a copy; `files_of` writes what it read, each file with the bytes that the API
answers; `rebuild` reads the same values from such files, without any copy of the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from architrave.portal.data.api_alerts import Alerts
from architrave.portal.data.api_books import BookPage, Books, Register, RegisterRow
from architrave.portal.data.api_matters import Consultations, Matter, MatterBrief, Matters
from architrave.portal.data.api_rows import Bodies, Charter, Institution
from architrave.portal.data.data_alerts import alerts_data
from architrave.portal.data.data_books import book_page_data, books_data
from architrave.portal.data.data_institution import bodies_data, charter_data, institution_data
from architrave.portal.data.data_matters import consultations_data, matter_data
from architrave.portal.data.data_register import register_data, register_rows
from architrave.portal.data.data_values import API, paged
from architrave.portal.reading import Copy

__all__ = [
    "FOLDER",
    "MATTERS",
    "Whole",
    "encoded",
    "files_of",
    "matters_page",
    "read_whole",
    "rebuild",
]

MATTERS = 50  # on one page of the list

FOLDER = API.removeprefix("/")
"""Where the answers lie in the dump: under the path that they have on the web."""

Kind = TypeVar("Kind")
_SAFE = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")
_ENCODER = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that this copy shows to anyone."""

    institution: Institution
    charter: Charter
    bodies: Bodies
    matters: tuple[Matter, ...]
    consultations: Consultations
    alerts: Alerts
    register: Register | None
    rows: tuple[RegisterRow, ...]
    books: Books
    pages: tuple[BookPage, ...]


def read_whole(copy: Copy) -> Whole:
    """All of one copy; read while the reading lock is held."""
    register, books = register_data(copy), books_data(copy)
    return Whole(
        institution=institution_data(copy),
        charter=charter_data(copy),
        bodies=bodies_data(copy),
        matters=tuple(matter_data(copy, one) for one in copy.told.matters),
        consultations=consultations_data(copy),
        alerts=alerts_data(copy),
        register=register,
        rows=register_rows(copy, register) if register is not None else (),
        books=books,
        pages=tuple(
            page
            for book in books.books
            for number in range(1, book.pages + 1)
            if (page := book_page_data(copy, book.party, number)) is not None
        ),
    )


def matters_page(
    rows: Sequence[Kind], page: int, brief: Callable[[Kind], MatterBrief], query: str = ""
) -> Matters | None:
    """One page of matters, each made by `brief` and only if it stands there; None for no page.

    `query` holds the filters that were passed, for the address of the next page.
    """
    pages = paged(len(rows), MATTERS)
    if not 1 <= page <= pages:
        return None
    more = f"{API}/matters?{query}page={page + 1}" if page < pages else ""
    first = (page - 1) * MATTERS
    chosen = tuple(brief(one) for one in rows[first : first + MATTERS])
    return Matters(len(rows), page, pages, more, chosen)


def encoded(value: object) -> bytes:
    """A value as the API answers it: one spelling, the keys of texts in order."""
    return _ENCODER.encode(value) + b"\n"


def files_of(whole: Whole) -> dict[str, bytes]:
    """The answers of the API by their path below the dump, with `.json` behind.

    A page has its number behind a hyphen: `matters-2.json` is what `matters?page=2` answers.
    """
    return {f"{FOLDER}/{_safe(name)}.json": encoded(value) for name, value in _named(whole)}


def _named(whole: Whole) -> Iterator[tuple[str, object]]:
    yield "institution", whole.institution
    yield "charter", whole.charter
    yield "bodies", whole.bodies
    for page in range(1, paged(len(whole.matters), MATTERS) + 1):
        yield f"matters-{page}", matters_page(whole.matters, page, lambda one: one.brief)
    for matter in whole.matters:
        yield f"matters/{matter.brief.symbol}", matter
    yield "consultations", whole.consultations
    yield "alerts", whole.alerts
    if whole.register is not None:
        yield "register", whole.register
    for row in whole.rows:
        yield f"register/{row.id}", row
    yield "books", whole.books
    for one in whole.pages:
        yield f"books/{one.party}-{one.page}", one


def _safe(name: str) -> str:
    """A name that is a path below a folder on every system; ValueError for any other."""
    if not _SAFE.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a file.")
    return name


def _row_ids(register: Register) -> list[str]:
    return [*(one.id for one in register.promises), *(one.id for one in register.events)]


def rebuild(files: Mapping[str, bytes]) -> Whole:
    """The values that these files were written from, read from the JSON files alone.

    KeyError for a file that is missing, msgspec.ValidationError for one that does not fit the
    schema.
    """

    def read(name: str, kind: type[Kind]) -> Kind:
        return msgspec.json.decode(files[f"{FOLDER}/{name}.json"], type=kind)

    first = read("matters-1", Matters)
    lists = [first, *(read(f"matters-{page}", Matters) for page in range(2, first.pages + 1))]
    symbols = [one.symbol for page in lists for one in page.matters]
    books = read("books", Books)
    register = read("register", Register) if f"{FOLDER}/register.json" in files else None
    ids = _row_ids(register) if register is not None else []
    return Whole(
        institution=read("institution", Institution),
        charter=read("charter", Charter),
        bodies=read("bodies", Bodies),
        matters=tuple(read(f"matters/{one}", Matter) for one in symbols),
        consultations=read("consultations", Consultations),
        alerts=read("alerts", Alerts),
        register=register,
        rows=tuple(read(f"register/{one}", RegisterRow) for one in ids),
        books=books,
        pages=tuple(
            read(f"books/{book.party}-{page}", BookPage)
            for book in books.books
            for page in range(1, book.pages + 1)
        ),
    )
