"""Base64 with one spelling for every value.

Wire form: the standard alphabet (RFC 4648 section 4) with padding and without line breaks, such
as ``AQID`` for the bytes 01 02 03. Python's own decoder also takes ``AQJ=`` for ``AQI=``: the bits
that are left over in the last character are not looked at. A signature covers bytes, so a text
that does not come back when its value is encoded again is refused.
"""

from __future__ import annotations

import binascii

from architrave.record.errors import Malformed

__all__ = ["decode", "encode"]


def encode(data: bytes) -> str:
    """The one base64 text of these bytes."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of a base64 text; Malformed for any text that `encode` would not have written."""
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        raise Malformed(
            f"base64: {_shortened(text)} is not standard base64 with padding."
        ) from None
    if encode(data) != text:
        raise Malformed(f"base64: {_shortened(text)} is not the usual spelling of its value.")
    return data


def _shortened(text: str) -> str:
    return repr(text) if len(text) <= 60 else f"{text[:40]!r}… ({len(text)} characters)"
