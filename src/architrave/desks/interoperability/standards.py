"""Standards by nation, differences first.

The absence of a source is no failure: a standard on which some nation's status was not seen comes
after the known differences, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.interoperability.model import Standard, Status, StatusKind

__all__ = ["Agreement", "NationStatus", "StandardRow", "standards_table"]


class Agreement(StrEnum):
    """How nations stand to each other on a standard, in the order in which rows are shown."""

    DIFFERENT = "different"
    NOT_SEEN = "not-seen"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class NationStatus:
    """Where a nation stands; `status` is None where no row speaks of it.

    `plan_passed` says that the planned day is over and that nothing later was seen: no more.
    """

    nation: str
    kind: StatusKind
    status: Status | None
    plan_passed: bool


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One standard with every nation's status, in the charter's order."""

    standard: Standard
    nations: tuple[NationStatus, ...]
    agreement: Agreement


def standards_table(
    standards: Sequence[Standard], statuses: Sequence[Status], nations: Sequence[str], today: date
) -> tuple[StandardRow, ...]:
    """Each standard with the latest status up to `today` of each nation; differences first."""
    latest: dict[tuple[str, str], Status] = {}
    for status in statuses:
        key = (status.standard, status.nation)
        if status.on <= today and (key not in latest or latest[key].on < status.on):
            latest[key] = status
    rows = []
    for standard in standards:
        stand = tuple(
            _stand(nation, latest.get((standard.id, nation)), today) for nation in nations
        )
        rows.append(StandardRow(standard, stand, _agreement(stand)))
    return tuple(sorted(rows, key=lambda row: tuple(Agreement).index(row.agreement)))


def _stand(nation: str, status: Status | None, today: date) -> NationStatus:
    if status is None:
        return NationStatus(nation, StatusKind.NONE_SEEN, None, False)
    passed = status.planned is not None and status.planned < today
    return NationStatus(nation, status.kind, status, passed)


def _agreement(stand: Sequence[NationStatus]) -> Agreement:
    seen = [one for one in stand if one.kind is not StatusKind.NONE_SEEN]
    # Two nations with a reservation each agree only if the reservations say the same.
    kinds = {(one.kind, one.status.reservation if one.status else "") for one in seen}
    if len(kinds) > 1:
        return Agreement.DIFFERENT
    return Agreement.SAME if len(seen) == len(stand) else Agreement.NOT_SEEN
