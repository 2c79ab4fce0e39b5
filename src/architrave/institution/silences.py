"""Each party's own period of silence on a version, as its book shows it."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.institution.closing import period_end
from architrave.institution.standing import VersionStanding
from architrave.institution.state import Institution, View

__all__ = ["SilenceRun", "silences"]


@dataclass(frozen=True, slots=True)
class SilenceRun:
    """A party's own period of silence. `received` and `ends` (ms) are None before it has the text.

    With `received` and without `ends`, the charter lacks the holidays that it takes to count the
    period: it does not end. `kept` says that its book shows the end of the period, with nothing
    said against the text.
    """

    party: str
    received: int | None
    ends: int | None
    kept: bool


def silences(state: Institution, view: View, shown: VersionStanding) -> tuple[SilenceRun, ...]:
    """The periods of silence on a version, one for each party of the body; none without one."""
    if shown.version.silence is None:
        return ()
    runs = []
    for party in shown.version.body.parties:
        upto = view.tip(party)
        first = view.history.first_naming(upto, shown.version.fact.tip) if upto else None
        received = view.history.entry(first).header.t if first else None
        ends = None if received is None else period_end(shown.version, party, received)
        runs.append(SilenceRun(party, received, ends, shown.has_all.get(party) is not None))
    return tuple(runs)
