"""One date of the calendar, and the lines that bear on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid5

from architrave.institution.pending import DeadlineKind
from architrave.portal.feeds.calendar_states import GONE, Status, Why
from architrave.portal.reading import Copy
from architrave.record.entries import Tip

__all__ = ["Bearing", "Dated", "begun", "name_of_thing"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the record: an instant `at` (ms), or an ISO day `day`.

    `uid` follows from the founding and the thing alone. `subject` is the symbol of the matter, or
    for a chair the id of the body; `what` is what the matter or the commitment says. `made` and
    `changed` are the times (ms) of the first and the last line that bear on it. A meeting has an
    end (ms), and it may have a place.
    """

    uid: str
    kind: DeadlineKind
    body: str
    subject: str
    party: str
    at: int | None
    day: str
    why: Why
    status: Status
    sequence: int
    made: int
    changed: int
    what: Mapping[str, str]
    ends: int | None = None
    place: Mapping[str, str] = field(default_factory=dict)

    @property
    def cancelled(self) -> bool:
        """True if it holds no longer."""
        return self.status is Status.CANCELLED


def name_of_thing(founding: str, *path: str) -> UUID:
    """The name for ever of a thing of this institution: alike in every copy and language."""
    return uuid5(UUID(founding[:32]), "/".join(path))


@dataclass(frozen=True)
class Bearing:
    """The lines that bear on a date, `rests`: all of them must be final for it to be sure."""

    copy: Copy
    rests: frozenset[Tip]

    @cached_property
    def begun(self) -> int:
        """When the first book was begun (ms); 0 before any was."""
        return begun(self.copy) or 0

    @cached_property
    def final(self) -> int:
        """How many of the lines that all dates of this rest on are final."""
        view, last = self.copy.view, self.copy.final.cut
        return sum(view.history.holds(last, tip) for tip in self.rests)

    def dated(
        self,
        path: tuple[str, ...],
        why: Why,
        told: tuple[DeadlineKind, str, str, str],
        when: int | str,
        what: Mapping[str, str],
        besides: Iterable[Tip] = (),
        turns: Iterable[bool] = (),
    ) -> Dated:
        """The date of a thing; `besides` are lines that add to it, `turns` what no line marks."""
        copy, everything, final = self.copy, self.rests | set(besides), self.final
        sure = Status.CONFIRMED if final == len(self.rests) else Status.TENTATIVE
        times = [copy.view.history.entry(tip).header.t for tip in everything]
        begun = self.begun
        return Dated(
            str(name_of_thing(copy.state.founding.id, "date", *path)),
            *told,
            at=when if isinstance(when, int) else None,
            day=when if isinstance(when, str) else "",
            why=why,
            status=Status.CANCELLED if why in GONE else sure,
            sequence=len(everything) + final + sum(turns),
            made=min(times, default=begun),
            changed=max(times, default=begun),
            what=what,
        )


def begun(copy: Copy) -> int | None:
    """When the first book was begun (ms); None before any was."""
    view = copy.view
    first = [view.history.at(tip, 1) for one in copy.order if (tip := view.tip(one)) is not None]
    return min((view.history.entry(tip).header.t for tip in first), default=None)
