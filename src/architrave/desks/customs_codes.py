"""Codes of the Harmonized System as customs write them: two to ten digits, two at a time."""

from __future__ import annotations

import re

__all__ = ["is_hs_code"]

_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,4}")


def is_hs_code(text: str) -> bool:
    """Say whether a text is a code of 2, 4, 6, 8 or 10 digits."""
    return _CODE.fullmatch(text) is not None
