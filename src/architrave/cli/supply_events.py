"""What happens in `architrave supply outage`: events, each with days of its own where it has any.

An event is `NAME=SIZE`, and behind a comma what holds for it alone: `JPN:ELE=50%,from=5,for=20`.
What it leaves out it takes from the options of the call. An option that no event takes is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast

from architrave.cli.faults import Unclear
from architrave.cli.supply_shares import number_of, share_of

if TYPE_CHECKING:
    from architrave.desks.supply.dynamics.curves import Shape
    from architrave.desks.supply.dynamics.scenario import (
        Destruction,
        Outage,
        Rebuilding,
        Recovery,
        Route,
    )

__all__ = ["Call", "builders_of", "happening"]

_FORMS = {
    "--lose": "NAME=SHARE, as in JPN:ELE=50%",
    "--destroy": "CELL=MONEY, as in JPN:ELE=20000",
    "--route": "SELLER>BUYER=SHARE, as in 'CHN>KOR=0.2'",
}
_DAYS = {"from": "DAY", "for": "N"}
_BACK = {**_DAYS, "recover": "N", "shape": "CURVE"}
_OWN = {
    "--lose": _BACK,
    "--destroy": {**_BACK, "rebuild": "SECTOR:SHARE+SECTOR:SHARE", "tau": "N", "at-home": "yes"},
    "--route": _DAYS,
}
_TAU = 60
_TWO_WAYS = "what is destroyed comes back in one of two ways"
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it was typed: what holds for it alone stands in `own`."""

    option: str
    typed: str
    name: str
    size: float
    own: Mapping[str, str]

    def whole(self, key: str) -> int:
        """A whole number of its own."""
        try:
            return int(self.own[key])
        except ValueError as fault:
            told = f"{self.option} {self.typed}: {key}={self.own[key]} is no whole number of days."
            raise Unclear(told) from fault

    def refused(self, why: str) -> Unclear:
        """A refusal that names it."""
        return Unclear(f"{self.option} {self.typed}: {why}")


@dataclass(slots=True)
class Call:
    """What holds for all events of a call but those that say otherwise; None where not given.

    `taken` are those that some event took.
    """

    start: int | None = None
    lasting: int | None = None
    recover: int | None = None
    shape: str | None = None
    builders: Mapping[str, float] = field(default_factory=dict)
    tau: int | None = None
    at_home: bool = False
    taken: set[str] = field(default_factory=set)

    def days(self, event: Event) -> tuple[int, int]:
        """The first day of an event, and its days."""
        start = self._whole(event, "from", self.start, 1)
        return start, self._whole(event, "for", self.lasting, 30)

    def recovery(self, event: Event) -> Recovery | None:
        """The curve by which it comes back; None for at once."""
        from architrave.desks.supply.dynamics.scenario import Recovery

        days = self._whole(event, "recover", self.recover, 0)
        if not days:
            if "shape" in event.own:
                raise event.refused(
                    "shape= says how capacity comes back, and it comes back at once; add recover=N."
                )
            return None
        self.taken.add("a recovery")
        shape = event.own.get("shape")
        if shape is None:
            self.taken.add("--shape")
        return Recovery(days, cast("Shape", shape or self.shape or "linear"))

    def rebuilding(self, event: Event) -> Rebuilding | None:
        """Who rebuilds what it destroys; None where it comes back otherwise."""
        from architrave.desks.supply.dynamics.scenario import Rebuilding

        own = event.own
        if "rebuild" in own:
            if "recover" in own or "shape" in own:
                raise event.refused(f"recover= or rebuild=: {_TWO_WAYS}.")
            option = f"--destroy {event.name}: rebuild"
            builders = builders_of(option, own["rebuild"].split("+"), ":")
        elif "recover" in own or not self.builders:
            for key in ("tau", "at-home"):
                if key in own:
                    raise event.refused(
                        f"{key}= is of what is rebuilt, and this is not; add rebuild=SECTOR:SHARE."
                    )
            return None
        elif self.recover or "shape" in own:
            raise Unclear(
                f"--recover or --rebuild: {_TWO_WAYS}. Another event can have its own, as in "
                "--lose JPN:ELE=50%,recover=60."
            )
        else:
            self.taken.add("--rebuild")
            builders = self.builders
        self.taken.add("a rebuilding")
        home = self.at_home
        if "at-home" not in own:
            self.taken.add("--at-home")
        elif own["at-home"] in ("yes", "no"):
            home = own["at-home"] == "yes"
        else:
            raise event.refused("at-home= is yes or no.")
        return Rebuilding(builders, self._whole(event, "tau", self.tau, _TAU), 1.0, home)

    def _whole(self, event: Event, key: str, given: int | None, usual: int) -> int:
        if key in event.own:
            return event.whole(key)
        self.taken.add({"from": "--start"}.get(key, f"--{key}"))
        return usual if given is None else given

    def require_taken(self) -> None:
        """Unclear for an option of the call that no event took."""
        given = {
            "--start": self.start is not None,
            "--for": self.lasting is not None,
            "--recover": bool(self.recover),
            "--shape": self.shape is not None,
            "--rebuild": bool(self.builders),
            "--tau": self.tau is not None,
            "--at-home": self.at_home,
        }
        for option in (name for name, typed in given.items() if typed and name not in self.taken):
            if option in _ALONE and _ALONE[option][0] not in self.taken:
                raise Unclear(f"{option} {_ALONE[option][1]}")
            raise Unclear(f"{option} has no effect: {_EACH[option]}; leave it out.")


_ALONE = {
    "--shape": (
        "a recovery",
        "says how capacity comes back, and nothing comes back over days; add --recover DAYS.",
    ),
    "--tau": (
        "a rebuilding",
        "says how fast --rebuild rebuilds, and nobody does; add --rebuild SECTOR=SHARE.",
    ),
    "--at-home": (
        "a rebuilding",
        "says where --rebuild rebuilds, and nobody does; add --rebuild SECTOR=SHARE.",
    ),
}
"""What an option belongs to, and what is said where nothing of the kind happens."""
_EACH = {
    "--start": "each event has a from= of its own",
    "--for": "each event has a for= of its own",
    "--recover": (
        "a route is open again at once, what is rebuilt comes back as it is rebuilt, and any other "
        "event here has a recover= of its own"
    ),
    "--shape": "each event that recovers has a shape= of its own",
    "--rebuild": "each --destroy says itself how it comes back",
    "--tau": "each event that is rebuilt has a tau= of its own",
    "--at-home": "each event that is rebuilt has an at-home= of its own",
}


def happening(
    lose: Sequence[str], destroy: Sequence[str], narrow: Sequence[str], call: Call
) -> tuple[tuple[Outage, ...], tuple[Destruction, ...], tuple[Route, ...]]:
    """All that happens; what has the same days and comes back alike is one event.

    Unclear for what cannot be read, and for an option of the call that holds for no event.
    """
    from architrave.desks.supply.dynamics.scenario import Destruction, Outage, Route

    if not (lose or destroy or narrow):
        raise Unclear("say what happens: --lose, --destroy or --route.")
    if call.builders and not destroy:
        raise Unclear("--rebuild rebuilds what --destroy names, and nothing is destroyed.")

    def struck(event: Event) -> Destruction:
        again = call.rebuilding(event)
        back = None if again else call.recovery(event)
        return Destruction({}, *call.days(event), back, again)

    def lost(event: Event) -> Outage:
        return Outage({}, *call.days(event), call.recovery(event))

    outages = tuple(
        replace(one, lost=named) for one, named in _alike(_events("--lose", lose), lost)
    )
    destructions = tuple(
        replace(one, destroyed=named)
        for one, named in _alike(_events("--destroy", destroy), struck)
    )
    routes = tuple(
        Route(*_ends(one), one.size, *call.days(one)) for one in _events("--route", narrow)
    )
    call.require_taken()
    return outages, destructions, routes


def _alike(
    events: Iterable[Event], made: Callable[[Event], _Made]
) -> list[tuple[_Made, dict[str, float]]]:
    """What is made of events without their names, each once, with the sizes by name."""
    found: list[tuple[_Made, dict[str, float]]] = []
    for event in events:
        kind = made(event)
        named = next((sizes for one, sizes in found if one == kind), None)
        if named is None:
            found.append((kind, named := {}))
        if event.name in named:
            raise event.refused(f"{event.name} is named twice.")
        named[event.name] = event.size
    return found


def _ends(route: Event) -> tuple[str, str]:
    seller, to, buyer = route.name.partition(">")
    if not to:
        raise route.refused(f"expected {_FORMS['--route']}.")
    return seller, buyer


def _events(option: str, typed: Sequence[str]) -> list[Event]:
    return [_event(option, one) for one in typed]


def _event(option: str, typed: str) -> Event:
    name, parted, told = typed.partition("=")
    if not parted:
        raise Unclear(f"{option} {typed}: expected {_FORMS[option]}.")
    amount, *rest = told.split(",")
    own: dict[str, str] = {}
    for one in rest:
        key, said, text = (part.strip() for part in one.partition("="))
        if key not in _OWN[option] or not (said and text):
            keys = ", ".join(f"{known}={what}" for known, what in _OWN[option].items())
            raise Unclear(
                f"{option} {typed}: behind a comma stands what holds for this event alone, {keys}; "
                f"{one!r} is none of them."
            )
        if key in own:
            raise Unclear(f"{option} {typed}: {key}= stands there twice.")
        own[key] = text
    read = number_of if option == "--destroy" else share_of
    return Event(option, typed, name, read(option, typed, amount), own)


def builders_of(option: str, typed: Sequence[str], sign: str = "=") -> Mapping[str, float]:
    """Sectors that rebuild with their shares, as `CON=0.7`; Unclear for what is none."""
    found: dict[str, float] = {}
    for one in typed:
        name, parted, share = one.partition(sign)
        if not parted:
            raise Unclear(f"{option} {one}: expected SECTOR{sign}SHARE, as in CON{sign}0.7.")
        if name in found:
            raise Unclear(f"{option} {one}: {name} is named twice.")
        found[name] = share_of(option, one, share)
    return found
