"""The addresses of a line's files. They are the same for everybody and in every language."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.node.runtime import current
from architrave.portal.data.sheets import plain_zip
from architrave.portal.file_answers import file_answer
from architrave.portal.proofs.pages_proofs import NoProofPage
from architrave.portal.proofs.proof_files import line_files_of, package_of
from architrave.portal.proofs.since_files import growth_file
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of
from architrave.portal.views import preferred, show
from architrave.portal.whole import line_link
from architrave.record.package import LineFiles

__all__ = ["growth", "package", "proof"]

TEXT = "text/plain; charset=utf-8"
# A proof that held once holds for ever; a later one only names more lines.
_KEPT = "public, max-age=3600"
# The words of a text may be erased one day: whoever keeps it asks each time.
_ASKED = "public, no-cache"
_RETRY = 60  # seconds

Made = Callable[[Copy, LineFiles, str], bytes]


@require_safe
def proof(request: HttpRequest, party: str, number: int) -> HttpResponse:
    """The .tlog-proof of a line."""
    return _file(request, party, number, lambda _copy, line, _party: line.proof, "tlog-proof")


@require_safe
def package(request: HttpRequest, party: str, number: int) -> HttpResponse:
    """All that is needed to check a line, as a zip file."""

    def made(copy: Copy, line: LineFiles, name: str) -> bytes:
        return plain_zip(package_of(copy, line, name, number).items())

    return _file(request, party, number, made, "zip")


def _file(request: HttpRequest, party: str, number: int, make: Made, ending: str) -> HttpResponse:
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(peer, "en", runtime.clock(), runtime.register, runtime.addresses)
        name = _party(copy, party)
        branch = peer.history.main(copy.state.origin_of(name))
        if not 0 < number <= branch.size:
            raise Http404
        line = line_files_of(runtime, peer, name, number)
        data = make(copy, line, name) if line is not None else None
    if data is None:
        return _not_yet(request, name, number)
    kind, kept = (TEXT, _KEPT) if ending == "tlog-proof" else ("application/zip", _ASKED)
    return file_answer(request, data, kind, f"{party}-{number}.{ending}", kept=kept)


def _party(copy: Copy, folder: str) -> str:
    name = {one.lower(): one for one in copy.order}.get(folder)
    if name is None:
        raise Http404
    return name


def _not_yet(request: HttpRequest, party: str, number: int) -> HttpResponse:
    def build(copy: Copy) -> NoProofPage:
        book = copy.peer.history.main(copy.state.origin_of(party))
        title = copy.say("proof-not-yet-title")
        return NoProofPage(
            frame_of(copy, title, "record", party.lower()),
            copy.say("proof-not-yet"),
            line_link(copy, book.tips[number - 1]),
        )

    response = show("no_proof", preferred(request.headers.get("Accept-Language", "")), build)
    response.status_code = 503
    response.headers["Retry-After"] = str(_RETRY)
    response.headers["Vary"] = "Accept-Language"
    return response


@require_safe
def growth(request: HttpRequest, party: str, size: int) -> HttpResponse:
    """That the book as it is signed now continues its first lines."""
    runtime = current()
    with runtime.reading() as peer:
        copy = Copy(peer, "en", runtime.clock(), runtime.register, runtime.addresses)
        data = growth_file(peer, peer.founding.named(_party(copy, party)), size)
    if data is None:
        raise Http404
    return file_answer(request, data, TEXT, f"{party}-since-{size}.txt", kept=_KEPT)
