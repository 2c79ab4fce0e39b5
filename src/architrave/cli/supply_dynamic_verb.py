"""`architrave supply outage`: days after a shock, and what they cost each party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.evidence_verbs import Fields
from architrave.cli.faults import plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_events import Call, builders_of, happening
from architrave.cli.supply_resource_verb import named_parties
from architrave.cli.supply_shares import share_of
from architrave.cli.supply_verbs import AsJson, TableFile, basis_json, basis_lines, write_assessed

if TYPE_CHECKING:
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
Lose = Annotated[
    Several,
    typer.Option(
        help="REGION or REGION:SECTOR=SHARE of capacity lost; behind it, for this alone, "
        ",from=DAY,for=N,recover=N,shape=CURVE."
    ),
]
Destroy = Annotated[
    Several,
    typer.Option(
        help="REGION:SECTOR=MONEY of capital destroyed; behind it the same, or "
        ",rebuild=SECTOR:SHARE+SECTOR:SHARE,tau=N,at-home=yes."
    ),
]
Narrow = Annotated[
    Several,
    typer.Option(
        "--route", help="'SELLER>BUYER=SHARE' of a usual day that is carried; ,from=DAY,for=N."
    ),
]
Start = Annotated[int | None, typer.Option(help="The day of it all, from 0; else 1.")]
Lasting = Annotated[int | None, typer.Option("--for", help="Days at the full loss; else 30.")]
Recover = Annotated[int | None, typer.Option(help="Days until capacity is back; else at once.")]
Form = Annotated[
    str | None,
    typer.Option(
        "--shape", help="How it comes back: linear, convex (fast first), concave; else linear."
    ),
]
Rebuild = Annotated[Several, typer.Option(help="SECTOR=SHARE that rebuilds what is destroyed.")]
Tau = Annotated[
    int | None, typer.Option(help="A day's rebuilding is what is left over TAU; else 60.")
]
AtHome = Annotated[bool, typer.Option("--at-home", help="Only the regions that were hit rebuild.")]
Days = Annotated[int, typer.Option(help="How many days to follow.")]
Stock = Annotated[float, typer.Option(help="Days of each input that buyers hold.")]
Endless = Annotated[Several, typer.Option(help="SECTOR whose goods never run out.")]
Psi = Annotated[str, typer.Option(help="Production falls below this share of the stock.")]
Restoring = Annotated[float, typer.Option(help="Days in which a gap in stock is made up.")]
Most = Annotated[float, typer.Option(help="The most that is made, in usual output.")]
ByCapacity = Annotated[
    bool, typer.Option("--by-capacity", help="Buyers order by what each seller can make.")
]
Party = Annotated[Several, typer.Option(help="A region to tell of; else the charter's parties.")]


@plainly
def outage(
    lose: Lose = None, destroy: Destroy = None, narrow: Narrow = None,
    start: Start = None, lasting: Lasting = None, recover: Recover = None, form: Form = None,
    rebuild: Rebuild = None, tau: Tau = None, at_home: AtHome = False,
    days: Days = 365, stock: Stock = 90.0, endless: Endless = None, psi: Psi = "0.8",
    restoring: Restoring = 60.0, most: Most = 1.25, by_capacity: ByCapacity = False,
    party: Party = None, file: TableFile = None, fields: Fields = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Capacity is lost, capital destroyed, a route narrowed: what the days then cost."""
    from architrave.desks.supply.dynamics.evidence import QUESTION
    from architrave.desks.supply.dynamics.paths import paths
    from architrave.desks.supply.dynamics.scenario import Parameters, Scenario
    from architrave.desks.supply.factored import factored
    from architrave.desks.supply.readers.opening import opened_table

    builders = builders_of("--rebuild", rebuild or ())
    call = Call(start, lasting, recover, form, builders, tau, at_home)
    scenario = Scenario(
        *happening(lose or (), destroy or (), narrow or (), call),
        Parameters(
            stock=stock, endless=tuple(endless or ()), psi=share_of("--psi", psi),
            restoring=restoring, alpha_max=most, orders="can make" if by_capacity else "usual",
        ),
    )  # fmt: skip
    found = opened_table(file)
    parties = named_parties(party)
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
