"""Invented charters for tests that need more parties than three.

`tests/charter/five.toml` has five parties; `rivers(4)` is the same charter without the last one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter

_FIVE = Path(__file__).parent / "charter" / "five.toml"
_NAMES = ("ALD", "BOR", "CAS", "DUN", "EST")


def _without(text: str, party: str) -> str:
    """The charter's text without one party: its table, its seats, its place in every order."""
    text = re.sub(rf'(?ms)^\[\[parties\]\]\nid = "{party}".*?(?=^\[)', "", text)
    lines = [
        line
        for line in text.splitlines()
        if f'party = "{party}"' not in line and not line.startswith(f"{party} = ")
    ]
    return re.sub(rf'"{party}", |, "{party}"', "", "\n".join(lines) + "\n")


@cache
def rivers(parties: int) -> Charter:
    """The charter of the rivers with this many parties, 4 or 5."""
    text = _FIVE.read_text(encoding="utf-8")
    for party in _NAMES[parties:]:
        text = _without(text, party)
    return parse_charter(text, f"{parties} rivers")
