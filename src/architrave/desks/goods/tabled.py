"""The lists that a record holds, and which of them stand.

A list stands if it is agreed or in force and no other such list names it among those it replaces.
Usually one does. Where two were agreed that replace the same, both stand beside each other until a
list takes them together; which came first is nobody's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from architrave.desks.errors import BadInput
from architrave.desks.goods.changes import Changes, Lack, changes, lacks
from architrave.desks.goods.document import list_in
from architrave.desks.goods.model import KIND, GoodsList
from architrave.institution.acts import Revised, Tabled, Wording
from architrave.institution.pending import focus
from architrave.institution.standing import MatterStanding, Stage, VersionStanding

__all__ = [
    "Listed",
    "Tables",
    "Unreadable",
    "evidence_tabled",
    "fitting",
    "lists_in",
    "proposed",
    "replaced_by",
    "standing",
]

_DECIDED = (Stage.AGREED, Stage.IN_FORCE)
_GONE = (Stage.WITHDRAWN, Stage.FAILED, Stage.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list and the version of a matter that tables it."""

    matter: MatterStanding
    shown: VersionStanding
    goods: GoodsList

    @property
    def decided(self) -> bool:
        """True if it is agreed or in force."""
        return self.shown.stage in _DECIDED

    @property
    def day(self) -> date:
        """The day on which its text was written, as its party dates it (UTC)."""
        at = self.shown.version.fact.act.at
        return datetime.fromtimestamp(at / 1000, UTC).date()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A matter whose text says that it is a list, and why it is none."""

    matter: MatterStanding
    why: str


@dataclass(frozen=True, slots=True)
class Tables:
    """A version of a matter that names a digest."""

    matter: MatterStanding
    version: VersionStanding


def evidence_tabled(matters: Iterable[MatterStanding]) -> Mapping[str, Tables]:
    """By each digest that a matter names, the version that does, the newest of the first tabled.

    A list of goods names the evidence of others, and is none itself.
    """
    found: dict[str, Tables] = {}
    for matter in sorted(matters, key=lambda one: (one.tabled.t, one.symbol)):
        for version in reversed(matter.versions):
            wording = _wording(version)
            if "list" in wording.digests and KIND in wording.document:
                continue
            for digest in wording.digests.values():
                found.setdefault(digest, Tables(matter, version))
    return found


def lists_in(
    matters: Iterable[MatterStanding], body: str
) -> tuple[tuple[Listed, ...], tuple[Unreadable, ...]]:
    """The lists before a body, in the order of `matters`, and those that are none."""
    found: list[Listed] = []
    unreadable: list[Unreadable] = []
    for one in matters:
        shown = focus(one)
        if shown.version.body.id != body or shown.stage in _GONE:
            continue
        try:
            goods = list_in(_wording(shown).document)
        except BadInput as fault:
            unreadable.append(Unreadable(one, str(fault)))
            continue
        if goods is not None:
            found.append(Listed(one, shown, goods))
    return tuple(found), tuple(unreadable)


def standing(lists: Iterable[Listed]) -> tuple[Listed, ...]:
    """Those that stand: decided, and replaced by no other that is decided."""
    decided = [one for one in lists if one.decided]
    gone = {digest for one in decided for digest in one.goods.before}
    return tuple(one for one in decided if one.goods.digest not in gone)


def proposed(lists: Iterable[Listed]) -> tuple[Listed, ...]:
    """Those that are before the body and not decided."""
    return tuple(one for one in lists if not one.decided)


def replaced_by(one: Listed, lists: Iterable[Listed]) -> Changes:
    """What a list changes in those that it replaces."""
    return changes(_before(one, lists), one.goods)


def fitting(one: Listed, lists: Iterable[Listed]) -> tuple[Lack, ...]:
    """What a proposed list lacks to follow those that stand, on the day of its text."""
    known = tuple(lists)
    stands = {other.goods.digest for other in standing(known)}
    return lacks(_before(one, known), one.goods, stands, one.day)


def _before(one: Listed, lists: Iterable[Listed]) -> tuple[GoodsList, ...]:
    """The lists that it names, whatever has become of them."""
    by_digest = {other.goods.digest: other.goods for other in lists}
    return tuple(by_digest[digest] for digest in one.goods.before if digest in by_digest)


def _wording(shown: VersionStanding) -> Wording:
    act = shown.version.fact.act
    assert isinstance(act, Tabled | Revised)
    return act.wording
