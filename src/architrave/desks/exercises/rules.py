"""Every instance of a hard rule in a programme: its key, one plain sentence, and the row.

A rule that cannot stand with others is named by its sentence, so the sentence says all of it.
`candidates` and `constraints` say what each of them does; this module says them in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from architrave.desks.exercises.model import NOWHERE, Postponed, Programme, Series
from architrave.desks.rows import Place

__all__ = ["Rule", "rules_of"]

END = "end"
BEGUN = "begun"
TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}
MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, slots=True)
class Rule:
    """One instance of a rule: `sentence` names the row where it was read, if it was read."""

    key: str
    sentence: str
    place: Place = NOWHERE


def promise_key(series: str, year: int) -> str:
    """Of the promise to hold a series in the period that begins with a year."""
    return f"promise:{series}:{year}"


def held_key(edition: str, part: str) -> str:
    """Of holding a part that was postponed alone."""
    return f"held:{edition}#{part}"


def months_key(series: str) -> str:
    """Of the months in which a series may start."""
    return f"months:{series}"


def lead_key(series: str) -> str:
    """Of a lead time."""
    return f"lead:{series}"


def gap_key(series: str) -> str:
    """Of the order of a series' editions, and the days between two."""
    return f"gap:{series}"


def acts_key(series: str) -> str:
    """Of a series acting in its area."""
    return f"acts:{series}"


def need_key(index: int) -> str:
    """Of a need for a force, by its number among the needs."""
    return f"need:{index}"


def part_key(part: str) -> str:
    """Of what a part takes."""
    return f"part:{part}"


def force_key(force: str) -> str:
    """Of a force being in one exercise at a time, and resting."""
    return f"force:{force}"


def tempo_key(force: str, year: int) -> str:
    """Of a force's days in a year."""
    return f"tempo:{force}:{year}"


def area_key(area: str) -> str:
    """Of one exercise at a time in an area."""
    return f"area:{area}"


def shares_key(area: str, other: str) -> str:
    """Of two areas that overlap."""
    return f"shares:{area}:{other}"


def away_key(index: int) -> str:
    """Of days on which a force is away, by their number."""
    return f"away:{index}"


def blackout_key(blackout: str) -> str:
    """Of a blackout that no price overcomes."""
    return f"blackout:{blackout}"


def precedence_key(index: int) -> str:
    """Of one edition before another, by its number."""
    return f"precedence:{index}"


def fixed_key(index: int) -> str:
    """Of a first day that is settled, by its number."""
    return f"fixed:{index}"


def postponed_key(index: int) -> str:
    """Of a postponement, by its number."""
    return f"postponed:{index}"


def rules_of(
    programme: Programme,
    detached: Sequence[tuple[str, str]] = (),
    postponed: Sequence[Postponed] = (),
) -> tuple[Rule, ...]:
    """All of them, in a fixed order, each once; `detached` are parts that stand alone."""
    horizon = programme.horizon
    end = Rule(END, f"The plan ends on {horizon.last}, and every exercise in it with it.")
    return (
        *(rule for one in programme.series.values() for rule in _of_series(programme, one)),
        *_of_forces(programme),
        *_of_areas(programme),
        *_of_rows(programme),
        *_of_postponed(programme, detached, postponed),
        end,
    )


def pairs_of_areas(programme: Programme) -> tuple[tuple[str, str], ...]:
    """Areas that overlap, each pair once, whichever of the two rows says so."""
    pairs = {
        (min(one.id, other), max(one.id, other)): None
        for one in programme.areas.values()
        for other in one.shares
        if other != one.id
    }
    return tuple(pairs)


def _rule(key: str, words: str, place: Place) -> Rule:
    """A rule whose sentence names its row."""
    return Rule(key, f"{words} ({place})." if place.file else f"{words}.", place)


def _of_series(programme: Programme, series: Series) -> Iterator[Rule]:
    horizon = programme.horizon
    times = TIMES.get(series.editions, f"{series.editions} times")
    for year in range(horizon.year, horizon.year + horizon.years - series.years + 1, series.years):
        when = str(year) if series.years == 1 else f"{year} to {year + series.years - 1}"
        words = f"{series.id} must be held {times} in {when}, {_days(series.days)} each time"
        yield _rule(promise_key(series.id, year), words, series.place)
    if series.months:
        months = ", ".join(MONTHS[month - 1] for month in series.months)
        yield _rule(months_key(series.id), f"{series.id} starts only in {months}", series.place)
    if series.lead_days:
        words = f"{series.id} starts no earlier than {_days(series.lead_days)} after"
        words += f" {horizon.first}, or after it is moved"
        yield _rule(lead_key(series.id), words, series.place)
    words = f"The editions of {series.id} follow one another, with at least"
    words += f" {_days(series.gap_days)} between two"
    yield _rule(gap_key(series.id), words, series.place)
    if series.area:
        words = f"{series.id} acts in {series.area}"
        yield _rule(acts_key(series.id), words, series.place)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _of_forces(programme: Programme) -> Iterator[Rule]:
    horizon = programme.horizon
    for force in programme.forces.values():
        rest = f", and rests {_days(force.rest_days)} between two" if force.rest_days else ""
        words = f"{force.id} takes part in one exercise at a time{rest}"
        yield _rule(force_key(force.id), words, force.place)
        for year in range(horizon.year, horizon.year + horizon.years):
            words = f"{force.id} exercises on at most {_days(force.days_a_year)} in {year}"
            yield _rule(tempo_key(force.id, year), words, force.place)


def _of_areas(programme: Programme) -> Iterator[Rule]:
    for area in programme.areas.values():
        yield _rule(area_key(area.id), f"One exercise at a time acts in {area.id}", area.place)
    for one, other in pairs_of_areas(programme):
        place = programme.areas[one if other in programme.areas[one].shares else other].place
        words = f"{one} and {other} overlap, so no two exercises act in them at a time"
        yield _rule(shares_key(one, other), words, place)


def _of_rows(programme: Programme) -> Iterator[Rule]:
    for index, need in enumerate(programme.needs):
        yield _rule(need_key(index), f"{need.series} takes {need.force}", need.place)
    for part in programme.parts.values():
        taken = " and ".join((*part.forces, *((part.area,) if part.area else ())))
        words = f"The part {part.id} of {part.series} takes {taken or 'its days'}"
        yield _rule(part_key(part.id), words, part.place)
    for index, away in enumerate(programme.away):
        words = f"{away.force} is away from {away.first} to {away.last} ({away.kind})"
        yield _rule(away_key(index), words, away.place)
    for blackout in programme.blackouts:
        if blackout.weight is None:
            whose = ", ".join(blackout.parties) or "any party"
            words = f"No exercise of {whose} is held from {blackout.first} to {blackout.last}"
            words += f" (blackout {blackout.id}, {blackout.kind})"
            yield _rule(blackout_key(blackout.id), words, blackout.place)
    for index, one in enumerate(programme.precedences):
        words = f"{one.after} starts at least {_days(one.gap_days)} after the end of {one.before}"
        words += f" ({one.why})" if one.why else ""
        yield _rule(precedence_key(index), words, one.place)
    for index, fixed in enumerate(programme.fixed):
        words = f"{fixed.edition} is settled for {fixed.first}"
        yield _rule(fixed_key(index), words, fixed.place)


def _of_postponed(
    programme: Programme, detached: Sequence[tuple[str, str]], postponed: Sequence[Postponed]
) -> Iterator[Rule]:
    for edition, part in detached:
        words = f"The part {part} of {edition} must be held, {_days(programme.parts[part].days)}"
        yield _rule(held_key(edition, part), words, programme.parts[part].place)
    for index, one in enumerate(postponed):
        what = f"The part {one.part} of {one.edition}" if one.part else one.edition
        why = ", ".join(word for word in (one.seat, one.reason) if word)
        words = f"{what} is postponed and begins on {one.not_before} or later"
        words += f" ({why})" if why else ""
        yield _rule(postponed_key(index), words, one.place)
    if postponed:
        decided = max(one.decided for one in postponed)
        yield Rule(BEGUN, f"What began by {decided}, when a postponement was decided, stays.")
