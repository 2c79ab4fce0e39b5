"""The answers of the API, the dump, the tables, and the page that says what there is to take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.peer.errors import StorageUncertain
from architrave.portal.data.api import index_data, schema_file
from architrave.portal.data.data_alerts import alerts_data
from architrave.portal.data.data_books import book_page_data, books_data
from architrave.portal.data.data_context import data_page
from architrave.portal.data.data_institution import bodies_data, charter_data, institution_data
from architrave.portal.data.data_kept import (
    Kept,
    Packed,
    dump_data,
    finished,
    named,
    table_file,
    table_of,
)
from architrave.portal.data.data_matters import brief_data, consultations_data, matter_data
from architrave.portal.data.data_query import BadQuery, asked, filtered, page_of
from architrave.portal.data.data_register import register_data, register_row
from architrave.portal.data.data_values import API, paged
from architrave.portal.data.data_whole import MATTERS, encoded, matters_page
from architrave.portal.file_answers import file_answer
from architrave.portal.reading import Copy
from architrave.portal.views import show

__all__ = [
    "alerts",
    "bodies",
    "book",
    "books",
    "charter",
    "consultations",
    "dump",
    "dump_named",
    "dump_told",
    "index",
    "institution",
    "matter",
    "matters",
    "page",
    "register",
    "row",
    "schema",
    "table",
    "unknown",
]

Given = ParamSpec("Given")
_AGAIN = 5  # seconds
JSON = "application/json; charset=utf-8"
_EXPOSED = "ETag, Repr-Digest, Allow, Content-Location, Retry-After"
_KINDS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Missing(Exception):
    """There is no such thing; the text says so in one sentence."""


class Unfinished(Exception):
    """Nothing was finished since the node was started; it is being made."""


def _open(response: HttpResponse) -> HttpResponse:
    """What anyone may read, from whichever page: no credentials are taken or needed."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _fault(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(encoded({"error": sentence}), content_type=JSON, status=status)


def _answered(
    request: HttpRequest, found: bytes | Packed, kind: str, name: str = ""
) -> HttpResponse:
    """These bytes, named by their digest; 304 if the reader has them; to be saved as `name`."""
    file = found if isinstance(found, Packed) else Packed(found, sha256(found).digest())
    return file_answer(request, file.data, kind, name, file.digest)


def public(
    answer: Callable[Concatenate[HttpRequest, Given], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """A view of public data: for reading only, open to other pages, each fault as JSON."""

    @wraps(answer)
    def answer_anyone(
        request: HttpRequest, /, *given: Given.args, **named: Given.kwargs
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = _fault(405, f"method: expected GET or HEAD, found {request.method}.")
            response.headers["Allow"] = "GET, HEAD"
            return _open(response)
        try:
            return _open(answer(request, *given, **named))
        except BadQuery as fault:
            return _open(_fault(400, str(fault)))
        except Missing as fault:
            return _open(_fault(404, str(fault)))
        except Unfinished:
            response = _fault(503, "the dump and the tables are being made; ask again in a moment.")
            response.headers["Retry-After"] = str(_AGAIN)
            return _open(response)
        except StorageUncertain:
            return _open(_fault(503, "this copy has stopped answering; ask another capital's."))

    return answer_anyone


def _read(read: Callable[[Copy], object | None], missing: str) -> bytes:
    """Read under the lock, encode after it; Missing with this sentence if nothing is read."""
    runtime = current()
    with runtime.reading() as peer:
        found = read(Copy(peer, "en", runtime.clock(), runtime.register, runtime.addresses))
    if found is None:
        raise Missing(missing)
    return encoded(found)


def _simple(
    request: HttpRequest, read: Callable[[Copy], object | None], missing: str = ""
) -> HttpResponse:
    asked(request, ())
    return _answered(request, _read(read, missing), JSON)


# -- answers ----------------------------------------------------------------------------------


@public
def index(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    return _simple(request, lambda copy: index_data(copy.peer.party))


@public
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of all answers."""
    asked(request, ())
    return _answered(request, schema_file(), "application/schema+json; charset=utf-8")


@public
def institution(request: HttpRequest) -> HttpResponse:
    """The institution and its parties."""
    return _simple(request, institution_data)


@public
def charter(request: HttpRequest) -> HttpResponse:
    """The charter in force."""
    return _simple(request, charter_data)


@public
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies and who holds their seats."""
    return _simple(request, bodies_data)


@public
def matters(request: HttpRequest) -> HttpResponse:
    """A page of the matters that pass the filters."""
    query = asked(request, ("body", "year", "party", "stage", "page"))
    number = page_of(query)

    def read(copy: Copy) -> object:
        passed, again = filtered(copy.told.matters, query, copy.charter)
        found = matters_page(passed, number, lambda one: brief_data(copy, one), again)
        if found is None:
            raise _beyond(number, paged(len(passed), MATTERS))
        return found

    return _answered(request, _read(read, ""), JSON)


def _beyond(number: int, pages: int) -> BadQuery:
    last = "there is one page" if pages == 1 else f"there are {pages} pages"
    return BadQuery(f"page: {last}, found {number}.")


@public
def matter(request: HttpRequest, symbol: str) -> HttpResponse:
    """All of one matter."""

    def read(copy: Copy) -> object | None:
        found = next((one for one in copy.told.matters if one.symbol == symbol), None)
        return matter_data(copy, found) if found is not None else None

    return _simple(request, read, "symbol: no matter that all parties know has this symbol.")


@public
def consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation."""
    return _simple(request, consultations_data)


@public
def alerts(request: HttpRequest) -> HttpResponse:
    """Every alert."""
    return _simple(request, alerts_data)


@public
def register(request: HttpRequest) -> HttpResponse:
    """The register."""
    return _simple(request, register_data, "register: this copy has none.")


@public
def row(request: HttpRequest, name: str) -> HttpResponse:
    """One row of the register."""
    missing = "row: the register has no promise and no event with this id."
    return _simple(request, lambda copy: register_row(copy, name), missing)


@public
def books(request: HttpRequest) -> HttpResponse:
    """The minute books."""
    return _simple(request, books_data)


@public
def book(request: HttpRequest, party: str) -> HttpResponse:
    """A page of one minute book."""
    number = page_of(asked(request, ("page",)))

    def read(copy: Copy) -> object | None:
        if party not in copy.charter.party_ids:
            return None
        found = book_page_data(copy, party, number)
        if found is None:
            sizes = {one.party: one.pages for one in books_data(copy).books}
            raise _beyond(number, sizes[party])
        return found

    data = _read(read, "party: the charter knows no party with this id.")
    return _answered(request, data, JSON)


@public
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address below the API at which nothing lies."""
    raise Missing("address: nothing lies here; /api/1/ lists what there is.")


# -- files ------------------------------------------------------------------------------------


def _finished() -> Kept:
    """What was finished last; StorageUncertain if the copy has stopped."""
    with current().reading() as peer:
        found = finished(peer)
    if found is None:
        raise Unfinished
    return found


@public
def dump_told(request: HttpRequest) -> HttpResponse:
    """Which dump was finished last, and whether it is of the present state."""
    found = _finished()
    return _simple(request, lambda copy: dump_data(copy, found))


@public
def dump(request: HttpRequest) -> HttpResponse:
    """Everything in one file, as it was finished last."""
    asked(request, ())
    return _zip(request, _finished().dump)


@public
def dump_named(request: HttpRequest, digest: str) -> HttpResponse:
    """The dump with this digest, and no other."""
    asked(request, ())
    with current().reading() as peer:
        found = named(peer, digest)
    if found is None:
        raise Missing("dump: no such one lies here now; /api/1/dump names the last.")
    return _zip(request, found)


def _zip(request: HttpRequest, found: Packed) -> HttpResponse:
    name = f"architrave-public-{found.digest.hex()[:12]}.zip"
    response = _answered(request, found, "application/zip", name)
    response.headers["Content-Location"] = f"{API}/dump/{found.digest.hex()}.zip"
    return response


@public
def table(request: HttpRequest, file: str) -> HttpResponse:
    """A table as a file, of the same state as the dump."""
    asked(request, ())
    wanted = table_of(file)
    if wanted is None:
        raise Missing("table: there is no such table; /api/1/ lists the tables.")
    return _answered(request, table_file(_finished(), wanted), _KINDS[wanted.form], file)


@require_safe
def page(request: HttpRequest, language: str) -> HttpResponse:
    """What there is to take."""
    found = finished(current().peer)
    number = found.number if found is not None else 0
    return show("data", language, lambda copy: data_page(copy, found), f"{number}")
