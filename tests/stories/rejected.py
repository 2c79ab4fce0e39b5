"""Rules of closing that were rejected, to show in the same trial what they do.

    python -m tests.stories.adversary --seeds 0:300 --parties 3 --rule received

Each is put in the place of the rule in use while its histories run, and only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from architrave.institution import closing as closings
from architrave.institution import standing as standings
from architrave.institution.closing import Closing, Known, _Table
from architrave.institution.state import Fact, View
from architrave.record.entries import Tip
from architrave.record.history import History

_TAKE = _Table.take


def _ever(self: _Table, state: object, fact: Fact) -> None:
    """Positions ever taken count, though they were left since."""
    taken = dict(self.positions)
    _TAKE(self, state, fact)
    for party, held in taken.items():
        self.positions.setdefault(party, held)


def _knows(party: str, has_all: Mapping[str, Tip | None], view: View) -> bool:
    """In force as soon as each has received all, whoever knows it."""
    return all(tip is not None for tip in has_all.values())


def _through_others(history: History, upto: Tip, named: Tip) -> bool:
    """The past of an entry by way of what other logs name in turn."""
    todo, done = [upto], set()
    while todo:
        tip = todo.pop()
        if tip in done:
            continue
        done.add(tip)
        if tip.origin == named.origin and history.is_prefix(named, tip):
            return True
        todo += history.seen(tip).values()
    return False


def _first_through_others(self: History, upto: Tip, named: Tip) -> Tip | None:
    sizes = range(1, upto.size + 1)
    return next(
        (at for size in sizes if _through_others(self, at := self.at(upto, size), named)), None
    )


def _deadline_stand(original: Callable[..., object]) -> Callable[..., object]:
    def closing(state, facts, party, view, judging=False):  # type: ignore[no-untyped-def]
        found = original(state, facts, party, view, judging)
        if found is not None or judging:
            return found
        upto = view.tip(party)
        tips = [tip for tips in view.cut.tips.values() for tip in tips]
        now = max((view.history.entry(tip).header.t for tip in tips), default=0)
        known = Known(tuple(view.of(facts)))
        for fact in known.versions():
            version = closings.version_of(state, fact)
            silence = version.silence
            if silence is not None and upto is not None and now >= silence.expiry:
                if not known.breaks(version.name) and not known.withdrawn:
                    return Closing(version.name, upto, None)
        return None

    return closing


@contextmanager
def rejected(rule: str) -> Iterator[None]:
    """Put a rejected rule in the place of the one in use."""
    changes: list[tuple[object, str, object]] = []
    if rule == "ever":
        changes = [(_Table, "take", _ever)]
    elif rule == "received":
        changes = [(standings, "_knows_others", _knows)]
    elif rule == "union":
        changes = [
            (History, "first_naming", _first_through_others),
            (History, "names", _through_others),
        ]
    elif rule == "deadline":
        changes = [(standings, "closing", _deadline_stand(closings.closing))]
    old = [(place, name, getattr(place, name)) for place, name, _ in changes]
    try:
        for place, name, value in changes:
            setattr(place, name, value)
        yield
    finally:
        for place, name, value in old:
            setattr(place, name, value)


RULES = ("standing", "ever", "received", "union", "deadline")
