"""An act as the terminal composes it: what is typed, and the key that lies in the node's folder.

Nothing here decides whether the act is admitted: the node does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from architrave.charter.model import Body, Seat
from architrave.cli.look import Look
from architrave.institution.acts import KINDS, Act
from architrave.institution.admit import RIGHTS, Signer
from architrave.portal.composing.composer import meant
from architrave.portal.composing.fields import Tree, with_digests
from architrave.portal.composing.finding import seat_found
from architrave.portal.composing.unclear import Unclear
from architrave.record.keys import PrivateKey

__all__ = ["Composed", "composed"]


@dataclass(frozen=True, slots=True)
class Composed:
    """An act, the key that signs it, and whether its symbol was proposed and not typed."""

    act: Act
    key: PrivateKey
    symbol_proposed: bool


def composed(
    look: Look,
    kind: str,
    tree: Tree,
    seat: str | None,
    to: str | None,
    now: int,
    party_key: Callable[[], PrivateKey] | None = None,
) -> Composed:
    """The act that an officer means; Unclear, naming the field, if something is not clear.

    `party_key` gives the party key where it signs; left out, it lies open in the node's folder.
    """
    keys: list[PrivateKey] = []

    def signer(body: Body | None) -> tuple[str, str]:
        of_party = party_key or (lambda: look.reading.folder.key("party"))
        office, key = _signer(look, kind, seat, body, of_party)
        keys.append(key)
        return office.id if office is not None else "", key.public.text

    act = meant(look, kind, with_digests(tree), to, now, signer)
    return Composed(act.act, keys[-1], act.symbol_proposed)


def _signer(
    look: Look,
    kind: str,
    seat: str | None,
    body: Body | None,
    party_key: Callable[[], PrivateKey],
) -> tuple[Seat | None, PrivateKey]:
    """The seat for which the act is signed (None: the party key signs) and the key."""
    folder = look.reading.folder
    signer = RIGHTS[KINDS[kind]].signer
    if signer is Signer.PARTY_KEY or (signer is Signer.EITHER and seat is None):
        if seat is not None:
            raise Unclear(f"{kind} is signed with the party key, for no seat; leave --seat out.")
        return None, party_key()
    office = _seat(look, kind, seat, body)
    keys = folder.officer_keys()
    if office.id not in keys:
        place = folder.path / "keys" / "officers" / f"{office.id.replace('/', '.')}.key"
        raise Unclear(f"{place}: no key of {office.id} lies here; keys: {', '.join(keys)}.")
    return office, keys[office.id]


def _seat(look: Look, kind: str, seat: str | None, body: Body | None) -> Seat:
    if seat is not None:
        return seat_found(look.charter, seat)
    if body is not None:
        return body.seat_of(look.party)
    keys = list(look.reading.folder.officer_keys())
    if len(keys) != 1:
        known = ", ".join(keys) or "none lies here"
        raise Unclear(f"{kind}: say with --seat for which seat it is signed: {known}.")
    return look.charter.seat(keys[0])
