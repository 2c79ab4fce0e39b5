"""The shared state as one digest, equal wherever the same acts have been read.

Left out: positions in logs, `seen`, receipts, salts, signatures, and words that can be erased. In:
every admitted act by name, and what stands of it.
"""

from __future__ import annotations

from architrave.institution.amendments import in_force
from architrave.institution.meetings import meetings
from architrave.institution.questions import holder_known_as
from architrave.institution.standing import stand
from architrave.institution.state import Institution, View
from architrave.record import canonical
from architrave.record.canonical import Value

__all__ = ["shared_state", "state_digest"]


def shared_state(state: Institution, view: View) -> dict[str, Value]:
    """The shared state of a view as a JSON value."""
    matters: dict[str, Value] = {}
    for name in sorted(state.matters):
        standing = stand(state, name, view)
        if standing is not None:
            lines: list[Value] = []
            for one in sorted(standing.versions, key=lambda one: one.version.name):
                taken = [f"{party}={one.positions[party].name}" for party in sorted(one.positions)]
                lines.append(" ".join([one.version.name, str(one.stage), *taken]))
            matters[standing.symbol] = lines
    held: dict[str, Value] = {}
    for seat in sorted(state.seats):
        held[seat] = holder_known_as(state, view, seat) or ""
    acts: list[Value] = []
    acts.extend(sorted(name for name in state.acts if state.find(view, name) is not None))
    shared: dict[str, Value] = {"acts": acts, "matters": matters, "seats": held}
    met: dict[str, Value] = {
        one.act.symbol: [one.last.name, str(one.state), *(told.name for told in one.minutes)]
        for one in meetings(state, view)
    }
    if met:  # without one the digest is what it was before there were meetings
        shared["meetings"] = met
    if state.amended:
        shared["charter"] = in_force(state, view)[0]
    return shared


def state_digest(state: Institution, view: View) -> str:
    """Hex SHA-256 of the shared state."""
    return canonical.digest(canonical.dump(shared_state(state, view)))
