"""National approvals of an edition, each party's for itself: one that is missing bars announcing.

Silence is no approval: a party without a row is pending.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.errors import BadInput
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.editions import edition_named
from architrave.desks.exercises.model import NOWHERE, Programme
from architrave.desks.exercises.reading import rows_in
from architrave.desks.rows import Place, choice, day, text

__all__ = ["Approval", "ApprovalState", "Readiness", "read_approvals", "readiness"]


class ApprovalState(StrEnum):
    """What a party has said."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Approval:
    """What one party has said of one edition; `on` and `seat` stand where it has said something."""

    edition: str
    party: str
    state: ApprovalState
    on: date | None = None
    seat: str = ""
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Readiness:
    """The approvals of an edition on a day, one for each of its parties in their order."""

    edition: str
    approvals: tuple[Approval, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The parties that have not approved, whether they refused or have said nothing."""
        return tuple(one.party for one in self.approvals if one.state is not ApprovalState.APPROVED)

    @property
    def may_announce(self) -> bool:
        """True once every party has approved."""
        return not self.missing

    @property
    def sentence(self) -> str:
        """Whether it may be announced, and whom that awaits."""
        if self.may_announce:
            return f"{self.edition} may be announced: every party has approved."
        said = ", ".join(
            f"{one.party} {one.state}" for one in self.approvals if one.party in self.missing
        )
        return f"{self.edition} may not be announced yet: {said}."


def readiness(
    programme: Programme, edition: str, approvals: Sequence[Approval], today: date
) -> Readiness:
    """How the approvals of an edition stand on `today`; what was said later does not count yet."""
    promised = edition_named(programme, edition)
    if promised is None:
        raise BadInput(f"There is no edition {edition!r}.")
    found = []
    for party in programme.series[promised.series].parties:
        mine = [
            one
            for one in approvals
            if (one.edition, one.party) == (edition, party) and (one.on is None or one.on <= today)
        ]
        last = max(mine, key=lambda one: (one.on or date.min, one.place), default=None)
        found.append(last or Approval(edition, party, ApprovalState.PENDING))
    return Readiness(edition, tuple(found))


def read_approvals(files: Mapping[str, str], programme: Programme) -> tuple[Approval, ...]:
    """The table `approvals`; a party may have several rows, of which the last by day counts.

    Raises BadInput where an answer has no day, and where one party gives two on one day.
    """
    found: dict[tuple[str, str, date | None], Approval] = {}
    for row in rows_in(files, "approvals"):
        edition = require_edition(programme, row.cells["edition"], row.place)
        state = ApprovalState(choice(row, "state", tuple(ApprovalState)))
        pending = state is ApprovalState.PENDING
        on = None if pending and not row.cells.get("on") else day(row, "on")
        parties = programme.series[edition.series].parties
        party, seat = choice(row, "party", parties), text(row, "seat", "")
        approval = Approval(edition.id, party, state, on, seat, text(row, "note", ""), row.place)
        earlier = found.setdefault((edition.id, party, on), approval)
        if earlier is not approval:
            raise BadInput(
                f"{row.place}: {party} answered for {edition.id} on that day in {earlier.place}."
            )
    return tuple(found.values())
