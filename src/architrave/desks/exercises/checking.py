"""Whether a plan keeps every hard rule and costs what it says: plain Python, day by day.

This is the judge of the planner, so it shares nothing with it but the documents (`model`). It does
not look for plans; it walks through the days of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from architrave.desks.exercises.model import (
    Domain,
    Edition,
    Placed,
    Plan,
    Postponed,
    Programme,
    Series,
)

__all__ = ["Fault", "cost_found", "faults"]

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a plan breaks: its name, one plain sentence, and the pieces concerned."""

    rule: str
    sentence: str
    concerned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """Something in its place, with what it takes on which days."""

    name: str
    placed: Placed
    series: Series
    days: frozenset[date]
    forces: Mapping[str, frozenset[date]]
    areas: Mapping[str, frozenset[date]]


def faults(
    programme: Programme, plan: Plan, postponed: Sequence[Postponed] = ()
) -> tuple[Fault, ...]:
    """Every breach, rule by rule; an empty tuple if there is none. `postponed` has to be heeded."""
    missing = tuple(_not_as_promised(programme, plan))
    if missing:
        return missing  # nothing else can be judged of a plan that is not about this programme
    held = [_held(programme, plan, one) for one in plan.placed]
    return (
        *_at_the_wrong_time(programme, held, postponed),
        *_in_the_way(programme, held),
        *_taken_twice(programme, held),
        *_beyond_tempo(programme, held),
        *_out_of_order(programme, held),
        *_wrongly_hosted(held),
        *_miscounted(programme, plan),
    )


def _promised(programme: Programme) -> list[Edition]:
    found: list[Edition] = []
    for series in programme.series.values():
        year = programme.horizon.year
        while year + series.years <= programme.horizon.year + programme.horizon.years:
            found += [Edition(series.id, year, one + 1) for one in range(series.editions)]
            year += series.years
    return found


def _not_as_promised(programme: Programme, plan: Plan) -> Iterator[Fault]:
    promised = {edition.id for edition in _promised(programme)}
    count = Counter(one.edition for one in plan.placed if not one.part)
    for name in sorted(promised - count.keys()):
        yield Fault("promise", f"{name} is promised and is not in the plan.", (name,))
    for name, number in sorted(count.items()):
        if name not in promised:
            yield Fault("promise", f"{name} is in the plan and was not promised.", (name,))
        elif number > 1:
            yield Fault("promise", f"{name} is in the plan {number} times.", (name,))
    apart = Counter((one.edition, one.part) for one in plan.placed if one.part)
    for (name, part), number in sorted(apart.items()):
        known = programme.parts.get(part)
        if name not in promised or known is None or known.series != name.split("/")[0]:
            yield Fault("promise", f"{name} has no part {part}.", (name,))
        elif number > 1:
            yield Fault("promise", f"The part {part} of {name} is there {number} times.", (name,))
    for one in plan.placed:
        expected = programme.series.get(one.edition.split("/")[0])
        days = programme.parts[one.part].days if one.part in programme.parts else None
        if one.part == "" and expected is not None:
            days = expected.days
        if days is not None and days != one.days:
            yield Fault(
                "length", f"{_name(one)} takes {one.days} days instead of {days}.", (_name(one),)
            )


def _name(placed: Placed) -> str:
    return f"{placed.edition}#{placed.part}" if placed.part else placed.edition


def _span(first: date, days: int) -> frozenset[date]:
    return frozenset(first + timedelta(days=number) for number in range(days))


def _held(programme: Programme, plan: Plan, placed: Placed) -> _Held:
    series = programme.series[placed.edition.split("/")[0]]
    days = _span(placed.first, placed.days)
    forces: dict[str, frozenset[date]] = {}
    areas: dict[str, frozenset[date]] = {}
    if placed.part:
        part = programme.parts[placed.part]
        forces = dict.fromkeys(part.forces, days)
        areas = {part.area: days} if part.area else {}
        return _Held(_name(placed), placed, series, days, forces, areas)
    for need in programme.needs:
        if need.series == series.id:
            forces[need.force] = days
    if series.area:
        areas[series.area] = days
    alone = {one.part for one in plan.placed if one.part and one.edition == placed.edition}
    for part in programme.parts.values():
        if part.series == series.id and part.id not in alone:
            taken = _span(placed.first + timedelta(days=part.offset), part.days)
            for force in part.forces:
                forces[force] = forces.get(force, frozenset()) | taken
            if part.area:
                areas[part.area] = areas.get(part.area, frozenset()) | taken
    return _Held(_name(placed), placed, series, days, forces, areas)


def _at_the_wrong_time(
    programme: Programme, held: Sequence[_Held], postponed: Sequence[Postponed]
) -> Iterator[Fault]:
    settled = {one.edition: one.first for one in programme.fixed}
    put_off = {(one.edition, one.part): one for one in postponed}
    for one in held:
        first, name = one.placed.first, one.name
        mine = put_off.get((one.placed.edition, one.placed.part))
        if first < programme.horizon.first + timedelta(days=one.series.lead_days):
            yield Fault("lead", f"{name} starts {first}, within its lead time.", (name,))
        if max(one.days) > programme.horizon.last:
            yield Fault("end", f"{name} ends {max(one.days)}, after the plan.", (name,))
        if first < programme.horizon.first:
            yield Fault("period", f"{name} starts {first}, before the plan.", (name,))
        if mine is not None:
            if first < mine.not_before:
                yield Fault("postponed", f"{name} starts before {mine.not_before}.", (name,))
            if first < mine.decided + timedelta(days=one.series.lead_days):
                yield Fault("lead", f"{name} starts {first}, too soon after it was moved.", (name,))
        if one.placed.part:
            continue
        year = int(one.placed.edition.split("/")[1].split(".")[0])
        late = first.year >= year + one.series.years and not (mine is not None and mine.beyond)
        if first.year < year or late:
            yield Fault("period", f"{name} starts {first}, outside its period.", (name,))
        if one.series.months and first.month not in one.series.months:
            yield Fault("months", f"{name} starts {first}, outside its months.", (name,))
        if mine is None and settled.get(one.placed.edition, first) != first:
            yield Fault("fixed", f"{name} starts {first}, and another day was settled.", (name,))


def _in_the_way(programme: Programme, held: Sequence[_Held]) -> Iterator[Fault]:
    for one in held:
        for blackout in programme.blackouts:
            if blackout.weight is None and _touches(blackout.parties, one.series):
                if any(blackout.first <= day <= blackout.last for day in one.days):
                    yield Fault(
                        "blackout", f"{one.name} is held in blackout {blackout.id}.", (one.name,)
                    )
        for away in programme.away:
            if any(away.first <= day <= away.last for day in one.forces.get(away.force, ())):
                yield Fault("away", f"{one.name} takes {away.force}, which is away.", (one.name,))


def _touches(parties: Sequence[str], series: Series) -> bool:
    return not parties or any(party in series.parties for party in parties)


def _taken_twice(programme: Programme, held: Sequence[_Held]) -> Iterator[Fault]:
    for one, other in combinations(held, 2):
        both = (one.name, other.name)
        for force in sorted(one.forces.keys() & other.forces.keys()):
            rest = programme.forces[force].rest_days
            if _nearer_than(one.forces[force], other.forces[force], rest):
                yield Fault("force", f"{force} has no {rest} days between {_and(both)}.", both)
        for area in one.areas:
            for another in other.areas:
                if area == another and one.areas[area] & other.areas[another]:
                    yield Fault("area", f"{_and(both)} are in {area} at a time.", both)
                elif area != another and one.areas[area] & other.areas[another]:
                    names = programme.areas[area].shares, programme.areas[another].shares
                    if another in names[0] or area in names[1]:
                        words = f"{_and(both)} are in {area} and {another}, which overlap."
                        yield Fault("shares", words, both)


def _and(both: tuple[str, str]) -> str:
    return f"{both[0]} and {both[1]}"


def _nearer_than(one: frozenset[date], other: frozenset[date], rest: int) -> bool:
    """Whether some days of both fall together, or fewer than `rest` days lie between two."""
    return any(
        day + timedelta(days=shift) in other for day in one for shift in range(-rest, rest + 1)
    )


def _beyond_tempo(programme: Programme, held: Sequence[_Held]) -> Iterator[Fault]:
    days: Counter[tuple[str, int]] = Counter()
    for one in held:
        for force, taken in one.forces.items():
            days.update((force, day.year) for day in taken)
    for (force, year), number in sorted(days.items()):
        most = programme.forces[force].days_a_year
        if number > most:
            yield Fault("tempo", f"{force} exercises on {number} days of {year}, above {most}.")


def _out_of_order(programme: Programme, held: Sequence[_Held]) -> Iterator[Fault]:
    editions = {one.name: one for one in held if not one.placed.part}
    by_series: dict[str, list[_Held]] = {}
    for edition in sorted(_promised(programme), key=lambda one: (one.year, one.number)):
        by_series.setdefault(edition.series, []).append(editions[edition.id])
    for in_order in by_series.values():
        for one, following in pairwise(in_order):
            between = (following.placed.first - one.placed.last).days - 1
            if between < max(0, one.series.gap_days):
                both = (one.name, following.name)
                yield Fault("gap", f"Between {_and(both)} lie {max(between, 0)} days.", both)
    for rule in programme.precedences:
        before, after = editions[rule.before], editions[rule.after]
        if (after.placed.first - before.placed.last).days < rule.gap_days:
            words = f"{rule.after} does not start {rule.gap_days} days after {rule.before} ends."
            yield Fault("precedence", words, (rule.before, rule.after))


def _wrongly_hosted(held: Sequence[_Held]) -> Iterator[Fault]:
    for one in held:
        for what, party, allowed in (
            ("host", one.placed.host, () if one.placed.part else one.series.hosts),
            ("command", one.placed.command, () if one.placed.part else one.series.commands),
        ):
            if party not in (allowed or ("",)):
                words = f"{one.name} has {party or 'nobody'} for {what}."
                yield Fault(what, words, (one.name,))


def _miscounted(programme: Programme, plan: Plan) -> Iterator[Fault]:
    found = cost_found(programme, plan)
    if found != plan.cost:
        yield Fault("cost", f"The plan says that it pays {plan.cost}; it pays {found}.")


def cost_found(programme: Programme, plan: Plan) -> int:
    """What a plan pays, counted day by day and edition by edition."""
    points = 0
    starts: Counter[tuple[Domain, int, int]] = Counter()
    for one in plan.placed:
        series = programme.series[one.edition.split("/")[0]]
        for day in _span(one.first, one.days):
            for blackout in programme.blackouts:
                if blackout.first <= day <= blackout.last and _touches(blackout.parties, series):
                    points += blackout.weight or 0
        for domain in () if one.part else series.domains:
            starts[domain, one.first.year, (one.first.month + 2) // 3] += 1
    for domain, year in {(domain, year) for domain, year, _ in starts}:
        by_quarter = [starts[domain, year, quarter] for quarter in (1, 2, 3, 4)]
        share = sum(by_quarter) // 4 + (1 if sum(by_quarter) % 4 else 0)
        points += programme.weights.spread * sum(max(0, one - share) for one in by_quarter)
    return (
        points
        + programme.weights.host
        * _difference(programme, plan, lambda series: series.hosts, lambda one: one.host)
        + programme.weights.command
        * _difference(programme, plan, lambda series: series.commands, lambda one: one.command)
    )


def _difference(
    programme: Programme,
    plan: Plan,
    may: Callable[[Series], Sequence[str]],
    does: Callable[[Placed], str],
) -> int:
    """Editions between the most and the least burdened of the parties that some edition may ask."""
    asked = {
        party
        for one in plan.placed
        if not one.part
        for party in may(programme.series[one.edition.split("/")[0]])
        if party in programme.parties
    }
    loads = [sum(1 for one in plan.placed if does(one) == party) for party in sorted(asked)]
    return max(loads) - min(loads) if loads else 0
