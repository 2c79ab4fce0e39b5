"""What a browser sent as a passkey's answer, checked by allauth's forms and never trusted."""

from __future__ import annotations

import struct
from typing import Any

__all__ = ["sound"]

# fido2 reads JSON and CBOR as it comes, and allauth expects only some of what that raises: bytes
# that end too soon, fields that are missing or of another type, a key of a kind nobody knows.
_OF_READING = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


def sound(form: Any) -> bool:
    """Whether a form of allauth holds an answer to what was asked here, rightly signed."""
    from cryptography.exceptions import InvalidSignature

    try:
        return bool(form.is_valid())
    except (*_OF_READING, InvalidSignature, RecursionError):
        return False
