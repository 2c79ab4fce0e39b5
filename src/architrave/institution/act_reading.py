"""Acts read from their bytes: what any act says outside, and what those of a known kind say."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.institution.acts import Act, act_of
from architrave.institution.errors import UnknownKind
from architrave.record import canonical
from architrave.record.canonical import Value
from architrave.record.entries import PUBLIC, Audience
from architrave.record.errors import Malformed
from architrave.record.fields import Fields
from architrave.record.tombstones import ErasedAct, HeldAct

__all__ = ["Outside", "Reading", "known", "outside_of", "read_act"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What every act says, of whatever kind: enough to tell who signed it and who may read it."""

    kind: str
    party: str
    seat: str
    key: str
    audience: Audience


def outside_of(value: Value) -> Outside:
    """Read what every act says, from one of any kind, known or not; Malformed otherwise."""
    fields = Fields.of(value, "act")
    kind, party, key = fields.text("kind"), fields.text("party"), fields.text("key")
    seat = fields.text("seat") if fields.has("seat") else ""
    to = fields.value("to")
    audience = PUBLIC if to == ["public"] else Audience.of(to, "act: to")
    if to == "public":
        raise Malformed("act: to: expected a list.")
    return Outside(kind, party, seat, key, audience)


def known(act: HeldAct) -> bool:
    """Say whether an act can be judged by this version; a malformed act can (it is void)."""
    return not isinstance(found := act.once(_read), tuple) or found[0] is not UnknownKind


@dataclass(frozen=True, slots=True)
class Reading:
    """What an act's bytes say: its name, and the act."""

    name: str
    act: Act


def read_act(sealed: HeldAct) -> Reading:
    """What an act's bytes say, read once for all who ask.

    Raises UnknownKind for a kind that is not listed, Malformed for bytes that are no act.
    """
    found = sealed.once(_read)
    if isinstance(found, Reading):
        return found
    kind, why = found
    raise kind(why)


def _read(sealed: HeldAct) -> Reading | tuple[type[UnknownKind] | type[Malformed], str]:
    try:
        act = act_of(sealed.document)
    except UnknownKind as fault:
        return UnknownKind, fault.kind
    except Malformed as fault:
        return Malformed, str(fault)
    if isinstance(sealed, ErasedAct):
        return Reading(sealed.name, act)
    # What was read is in its one form, so these bytes are the ones that the name is taken of.
    return Reading(canonical.digest(sealed.body), act)
