"""An invented charter for histories: three, four or five parties on five rivers that do not exist.

`rivers.toml` has five parties; with fewer, the last ones are left out of every table and order.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter

__all__ = ["rivers", "rivers_text"]

_FIVE = Path(__file__).parent / "rivers.toml"
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
def rivers_text(parties: int) -> str:
    """The text of the charter of the rivers with this many parties: 3, 4 or 5."""
    text = _FIVE.read_text(encoding="utf-8")
    for party in _NAMES[parties:]:
        text = _without(text, party)
    return text


@cache
def rivers(parties: int) -> Charter:
    """The charter of the rivers with this many parties: 3, 4 or 5."""
    return parse_charter(rivers_text(parties), f"{parties} rivers")
