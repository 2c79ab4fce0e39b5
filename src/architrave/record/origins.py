"""Names of logs: ``<party>.<institution>/log/<generation>``.

The founding names the first log of each party. That name stands for the party wherever a party is
meant, in `to` and between nodes; a later generation has a name of its own, and the key that goes
with it (see `succession`).
"""

from __future__ import annotations

from functools import lru_cache

from architrave.record.errors import Malformed

__all__ = ["cosigner_name", "first_log", "generation_of", "log_origin"]

_MARK = "/log/"


def log_origin(party: str, domain: str, generation: int = 1) -> str:
    """Return ``<party>.<domain>/log/<generation>``, the party's name in lower case."""
    return f"{party.lower()}.{domain}{_MARK}{generation}"


def cosigner_name(origin: str) -> str:
    """Return the cosigner's name for a log origin ``<party>.<institution>/log/<generation>``."""
    return origin.split("/", 1)[0] + "/cosigner"


@lru_cache(maxsize=1024)
def first_log(origin: str) -> str:
    """The first log of the party that writes `origin`; the name itself if it is none of a log."""
    before, mark, number = origin.rpartition(_MARK)
    return f"{before}{_MARK}1" if mark and _is_number(number) else origin


@lru_cache(maxsize=1024)
def generation_of(origin: str) -> int:
    """The generation of a log, from 1; Malformed if the name does not end in one."""
    _, mark, number = origin.rpartition(_MARK)
    if not mark or not _is_number(number):
        raise Malformed(f"{origin[:80]!r}: expected a log's name that ends in its generation.")
    return int(number)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= 6
