"""A file as the answer to a request: named by its digest, so that nobody fetches it twice."""

from __future__ import annotations

import base64
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

__all__ = ["file_answer"]


def file_answer(
    request: HttpRequest,
    data: bytes,
    kind: str,
    name: str = "",
    digest: bytes | None = None,
    kept: str = "no-cache",
) -> HttpResponse:
    """These bytes, of a media type `kind`; 304 if the reader has them; to be saved as `name`.

    `digest` is their SHA-256 where it is known already, `kept` says how long others may keep them.
    """
    digest = digest if digest is not None else sha256(data).digest()
    response = HttpResponse(b"" if request.method == "HEAD" else data, content_type=kind)
    response.headers["Content-Length"] = str(len(data))
    response.headers["Cache-Control"] = kept
    response.headers["ETag"] = f'"{digest.hex()}"'
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(digest).decode()}:"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    assert isinstance(answer, HttpResponse)
    return answer
