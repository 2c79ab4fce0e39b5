"""Who takes part in a history: a founding of a charter's parties, all of whose keys are known.

The keys come from the words that name them, so one seed gives one history. They are worthless by
construction: whoever reads this file holds them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from architrave.charter.model import Charter
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    Founding,
    Member,
    read_founding,
    sign_founding,
)
from architrave.record.keys import PrivateKey
from architrave.record.origins import log_origin

LATEST = 12
"""No log of a history has a later generation."""

__all__ = [
    "LATEST",
    "Cast",
    "cast_of",
    "cosigner_key",
    "node_key",
    "officer_key",
    "party_key",
    "seed_bytes",
]


@dataclass(frozen=True, slots=True)
class Cast:
    """A charter and its founding, which says that it is a demonstration's."""

    charter: Charter
    founding: Founding

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties, in the founding's order."""
        return tuple(member.name for member in self.founding.members)

    @property
    def everyone(self) -> list[str]:
        """All logs' origins, sorted: the audience of all parties."""
        return sorted(self.founding.origins)

    def origin(self, party: str) -> str:
        """The first log of a party."""
        return self.founding.named(party).origin

    def later(self, party: str) -> dict[str, PrivateKey]:
        """The node keys of a party's later logs, by their names."""
        return {
            log_origin(party, self.founding.domain, generation): node_key(party, generation)
            for generation in range(2, LATEST + 1)
        }


def seed_bytes(*words: object) -> bytes:
    """32 bytes that depend on the words alone."""
    return hashlib.sha256("/".join(str(word) for word in words).encode()).digest()


@lru_cache(maxsize=512)
def _key(*words: object) -> PrivateKey:
    return PrivateKey(seed_bytes(*words))


def party_key(party: str) -> PrivateKey:
    """The offline key of a party."""
    return _key(party, "party")


def node_key(party: str, generation: int = 1) -> PrivateKey:
    """The node key of a party's log of this generation."""
    return _key(party, "node", generation) if generation > 1 else _key(party, "node")


def cosigner_key(party: str) -> PrivateKey:
    """The cosigner key of a party."""
    return _key(party, "cosigner")


def officer_key(party: str, body: str, turn: int = 0) -> PrivateKey:
    """The key of a party's officer in a body; `turn` counts the holders before this one."""
    return _key(party, body, "officer", turn) if turn else _key(party, body, "officer")


@lru_cache(maxsize=8)
def _cast(charter: Charter) -> Cast:
    members = tuple(
        Member(
            party,
            log_origin(party, DEMONSTRATION_DOMAIN),
            party_key(party).public,
            node_key(party).public,
            cosigner_key(party).public,
            f"http://{party.lower()}.invalid",
        )
        for party in charter.party_ids
    )
    founding = Founding(DEMONSTRATION_DOMAIN, charter.digest, True, members)
    keys = {party: party_key(party) for party in charter.party_ids}
    return Cast(charter, read_founding(sign_founding(founding, keys)))


def cast_of(charter: Charter) -> Cast:
    """The cast of a charter; the same charter gives the same cast."""
    return _cast(charter)
