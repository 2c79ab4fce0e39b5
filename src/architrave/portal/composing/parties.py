"""What people call a party, in any of the charter's languages."""

from __future__ import annotations

from architrave.charter.model import Charter, Party

__all__ = ["party_named", "party_names"]


def party_named(charter: Charter, name: str) -> Party | None:
    """The party of this id, name or capital city in any language; None if none is."""
    wanted = name.strip().casefold()
    for party in charter.parties:
        if wanted in {one.casefold() for one in party_names(charter, party)}:
            return party
    return None


def party_names(charter: Charter, party: Party) -> tuple[str, ...]:
    """Every name by which people call a party: id, short and full names, its capital.

    The last word of a full name of several words counts too, unless another party's ends alike.
    """
    last = [one.full[code].split()[-1] for one in charter.parties for code in one.full]
    ends = [text.split()[-1] for text in party.full.values() if " " in text]
    return (
        party.id,
        *party.short.values(),
        *party.full.values(),
        *party.capital.values(),
        *(end for end in ends if last.count(end) == 1),
    )
