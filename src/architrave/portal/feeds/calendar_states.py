"""How a date of the calendar stands, and what became of it."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["GONE", "Status", "Why"]


class Status(StrEnum):
    """Whether a date holds, as a calendar says it."""

    TENTATIVE = "tentative"  # it rests on lines that some other party has not received yet
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Why(StrEnum):
    """What became of a date, beyond that it was set."""

    SET = "set"
    KEPT = "kept"  # the silence was kept
    BROKEN = "broken"  # somebody spoke against the text
    REPLACED = "replaced"  # another version is before the body, or was closed
    WITHDRAWN = "withdrawn"  # the matter was
    UNCOUNTED = "uncounted"  # the charter lacks the holidays: the silence does not end
    SUSPENDED = "suspended"  # the effect of the notice is
    RESCINDED = "rescinded"  # the notice was taken back
    RUN = "run"  # the notice has run
    REPORTED = "reported"
    ACCEPTED = "accepted"  # a report, with its evidence
    LEFT = "left"  # the party that owed it has left the instrument
    DROPPED = "dropped"  # the charter gives this date no longer
    PAUSED = "paused"  # the instrument is suspended then, so nothing is owed
    CANCELLED = "cancelled"  # the meeting, by the party that convened it
    HELD = "held"  # the meeting, as all say who wrote minutes of it
    NOT_HELD = "not-held"  # the same
    DIFFERS = "differs"  # minutes of the meeting differ on whether it was held
    MET = "met"  # the meeting that was asked for is convened
    ENDED = "ended"  # the consultation was closed


GONE = {
    Why.BROKEN, Why.REPLACED, Why.WITHDRAWN, Why.UNCOUNTED, Why.SUSPENDED, Why.RESCINDED, Why.LEFT,
    Why.DROPPED, Why.PAUSED, Why.CANCELLED, Why.NOT_HELD, Why.MET, Why.ENDED,
}  # fmt: skip
"""Why a date holds no longer."""
