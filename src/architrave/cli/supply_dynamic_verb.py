"""`architrave supply outage`: days after a shock, and what they cost each party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, cast

import typer

from architrave.cli.evidence_verbs import Fields
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_resource_verb import shipped_parties
from architrave.cli.supply_verbs import AsJson, TableFile, basis_json, basis_lines, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.dynamics.curves import Shape
    from architrave.desks.supply.dynamics.paths import Paths, Toll
    from architrave.desks.supply.dynamics.scenario import Destruction, Outage, Recovery, Route

__all__ = ["outage"]

_RUNAWAY = (
    "The model has run away: with stocks this short, shortages feed on themselves, and output is "
    "at its lowest when nothing is lost from outside any more. Read nothing from these figures; "
    "take longer stocks, or fewer days in which a gap is made up (--restoring)."
)
_NONE_OF_IT = (
    "Computed from a table and from what was assumed; no forecast. Nobody adapts but as it says, "
    "prices do not move, and what is lumped in a sector stands in for all of it."
)

Several = list[str] | None
Lose = Annotated[Several, typer.Option(help="REGION or REGION:SECTOR=SHARE of capacity lost.")]
Destroy = Annotated[Several, typer.Option(help="REGION:SECTOR=MONEY of capital destroyed.")]
Narrow = Annotated[
    Several, typer.Option("--route", help="'SELLER>BUYER=SHARE' of a usual day that is carried.")
]
Start = Annotated[int, typer.Option(help="The day of it all, from 0.")]
Lasting = Annotated[int, typer.Option("--for", help="Days at the full loss.")]
Recover = Annotated[int, typer.Option(help="Days until capacity is back; 0 for at once.")]
Form = Annotated[
    str, typer.Option("--shape", help="How it comes back: linear, convex (fast first), concave.")
]
Rebuild = Annotated[Several, typer.Option(help="SECTOR=SHARE that rebuilds what is destroyed.")]
Tau = Annotated[int, typer.Option(help="A day's rebuilding is what is left over TAU.")]
AtHome = Annotated[bool, typer.Option("--at-home", help="Only the regions that were hit rebuild.")]
Days = Annotated[int, typer.Option(help="How many days to follow.")]
Stock = Annotated[float, typer.Option(help="Days of each input that buyers hold.")]
Endless = Annotated[Several, typer.Option(help="SECTOR whose goods never run out.")]
Psi = Annotated[float, typer.Option(help="Production falls below this share of the stock.")]
Restoring = Annotated[float, typer.Option(help="Days in which a gap in stock is made up.")]
Most = Annotated[float, typer.Option(help="The most that is made, in usual output.")]
ByCapacity = Annotated[
    bool, typer.Option("--by-capacity", help="Buyers order by what each seller can make.")
]
Party = Annotated[Several, typer.Option(help="A region to tell of; else the charter's parties.")]


@plainly
def outage(
    lose: Lose = None, destroy: Destroy = None, narrow: Narrow = None,
    start: Start = 1, lasting: Lasting = 30, recover: Recover = 0, form: Form = "linear",
    rebuild: Rebuild = None, tau: Tau = 60, at_home: AtHome = False,
    days: Days = 365, stock: Stock = 90.0, endless: Endless = None, psi: Psi = 0.8,
    restoring: Restoring = 60.0, most: Most = 1.25, by_capacity: ByCapacity = False,
    party: Party = None, file: TableFile = None, fields: Fields = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Capacity is lost, capital destroyed, a route narrowed: what the days then cost."""
    from architrave.desks.supply.dynamics.evidence import QUESTION
    from architrave.desks.supply.dynamics.paths import paths
    from architrave.desks.supply.dynamics.scenario import Outage, Parameters, Recovery, Scenario
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table

    back = Recovery(recover, cast("Shape", form)) if recover else None
    lost = _amounts("--lose", lose)
    scenario = Scenario(
        (Outage(lost, start, lasting, back),) if lost else (),
        _destructions(destroy, start, lasting, back, rebuild, tau, at_home),
        tuple(_route(one, start, lasting) for one in narrow or ()),
        Parameters(
            stock=stock, endless=tuple(endless or ()), psi=psi, restoring=restoring,
            alpha_max=most, orders="can make" if by_capacity else "usual",
        ),
    )  # fmt: skip
    if not (scenario.outages or scenario.destructions or scenario.routes):
        raise Unclear("say what happens: --lose, --destroy or --route.")
    found = opened_table(file)
    parties = tuple(party) if party else shipped_parties()
    for one in parties:
        found.region(one)
    write_assessed(fields, QUESTION, found, scenario=scenario, days=days, parties=parties)
    said = paths(factored(found), scenario, days)
    tolls = [said.toll(one) for one in parties]
    if as_json:
        print_json(_document(said, tolls))
        return
    print_lines(basis_lines(said.basis))
    print_lines(_happening(said))
    print_lines(_lines(said, tolls))


def _destructions(
    destroy: Several, start: int, days: int, back: Recovery | None,
    rebuild: Several, tau: int, at_home: bool,
) -> tuple[Destruction, ...]:  # fmt: skip
    from architrave.desks.supply.dynamics.scenario import Destruction, Rebuilding

    worth, builders = _amounts("--destroy", destroy), _amounts("--rebuild", rebuild)
    if not worth and builders:
        raise Unclear("--rebuild rebuilds what --destroy names, and nothing is destroyed.")
    if at_home and not builders:
        raise Unclear("--at-home says where --rebuild rebuilds, and nobody does.")
    if not worth:
        return ()
    if not builders:
        return (Destruction(worth, start, days, back),)
    if back is not None:
        raise Unclear("--recover or --rebuild: what is destroyed comes back in one of two ways.")
    again = Rebuilding(builders, tau, 1.0, at_home)
    return (Destruction(worth, start, days, None, again),)


def _route(typed: str, start: int, days: int) -> Route:
    from architrave.desks.supply.dynamics.scenario import Route

    ends, parted, share = typed.partition("=")
    seller, to, buyer = ends.partition(">")
    if not (parted and to):
        raise Unclear(f"--route {typed}: expected SELLER>BUYER=SHARE, as in 'CHN>KOR=0.2'.")
    return Route(seller, buyer, _number("--route", typed, share), start, days)


def _amounts(option: str, typed: Several) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in typed or ():
        name, parted, amount = one.partition("=")
        if not parted:
            raise Unclear(f"{option} {one}: expected NAME=NUMBER, as in JPN:ELE=0.5.")
        if name in found:
            raise Unclear(f"{option} {one}: {name} is named twice.")
        found[name] = _number(option, one, amount)
    return found


def _number(option: str, typed: str, amount: str) -> float:
    try:
        return float(amount)
    except ValueError as fault:
        raise Unclear(f"{option} {typed}: {amount!r} is no number.") from fault


def _document(said: Paths, tolls: Sequence[Toll]) -> dict[str, object]:
    return {
        "basis": basis_json(said.basis),
        "scenario": asdict(said.scenario),
        "unit": _unit(said),
        "days": len(said.made),
        "parties": [asdict(one) for one in tolls],
        "waiting": float(said.waiting[-1]),
        "runaway": said.runaway,
        "residual": said.residual,
    }


def _back(day: int | None) -> str:
    if day is None:
        return "not by the end"
    return f"day {day}" if day else "never off"


def _happening(said: Paths) -> Iterator[str]:
    """What happens, in words: every default that counts is said."""
    for one in said.scenario.outages:
        lost = ", ".join(f"{name} {100 * share:g}" for name, share in one.lost.items())
        yield from _event(one, f"capacity lost, in 100: {lost}; {_after(one.recovery)}")
    for struck in said.scenario.destructions:
        worth = ", ".join(f"{name} {money:,.6g}" for name, money in struck.destroyed.items())
        after = _after(struck.recovery)
        if struck.rebuilding is not None:
            again = struck.rebuilding
            by = ", ".join(f"{name} {part:g}" for name, part in again.sectors.items())
            where = "the regions that were hit" if again.at_home else "all regions"
            first = struck.start + struck.days
            after = f"from day {first} rebuilt by {by} of {where}, over {again.tau}"
        yield from _event(struck, f"capital destroyed, {_unit(said)}: {worth}; {after}")
    for route in said.scenario.routes:
        way = f"{route.seller}>{route.buyer}"
        yield from _event(route, f"{way} carries {100 * route.share:g} in 100 of a usual day")
    yield ""


def _event(one: Outage | Destruction | Route, told: str) -> Iterator[str]:
    yield from paragraph(f"From day {one.start}, {one.days} days: {told}.", 0)


def _after(back: Recovery | None) -> str:
    return "then all is back" if back is None else f"then back over {back.days} days, {back.shape}"


def _unit(said: Paths) -> str:
    return f"{said.table.unit} {said.table.currency}"


def _lines(said: Paths, tolls: Sequence[Toll]) -> Iterator[str]:
    yield heading(f"What {len(said.made)} days cost, {_unit(said)} and days of what is usual")
    yield from table(
        [
            ("", "output lost", "days", "lowest day", "back on", "final use missed", "days"),
            *(
                (
                    one.region, f"{one.lost:z,.0f}", f"{one.lost_days:.2f}",
                    f"{100 * one.lowest:.1f} in 100 on day {one.lowest_day}",
                    _back(one.back),
                    f"{one.missed:z,.0f}", f"{one.missed_days:.2f}",
                )
                for one in tolls
            ),
        ]
    )  # fmt: skip
    if said.waiting.any():
        yield from paragraph(f"Still to be rebuilt on the last day: {said.waiting[-1]:z,.0f}.")
    if said.runaway:
        yield from paragraph(_RUNAWAY, 0)
    yield from paragraph(
        f"{_NONE_OF_IT} Deliveries are production to {said.residual:.0e} of it.", 0
    )
