"""A sandbox: the public past's series laid out over five years without a number.

Everything in it is illustrative. The years 1 to 5 are years of no calendar: whoever shows a day of
them shows `sandbox_day`, "year 2, week 14", so no date of a real exercise is ever foretold. Months,
days and parties are as compiled; forces and areas are invented and say so in their names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.exercises.model import (
    Area,
    Blackout,
    ClashKind,
    Domain,
    Force,
    Horizon,
    Need,
    Programme,
    Series,
)
from architrave.desks.exercises.past import NO_CADENCE, STANDING, Past, PastSeries

__all__ = ["MARK", "Basis", "Illustration", "illustration", "sandbox_day"]

MARK = "illustrative"
YEARS = 5
ASSUMED_DAYS = 5
MONTHS = (
    "January February March April May June July August September October November December"
).split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_SINGLE = {Domain.SEA: "naval", Domain.AIR: "air", Domain.LAND: "ground", Domain.CYBER: "cyber"}
_AREAS = {
    Domain.SEA: ("sea-a", "sea area A (illustrative)"),
    Domain.MISSILE_DEFENCE: ("sea-b", "sea area B (illustrative)"),
    Domain.SEARCH_AND_RESCUE: ("sea-c", "sea area C (illustrative)"),
    Domain.AIR: ("air-d", "air area D (illustrative)"),
    Domain.LAND: ("ground-e", "training ground E (illustrative)"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """On what the rows of one series rest: a sentence each for cadence, days and months."""

    series: str
    cadence: str
    days: str
    months: str
    left_out: str
    source: str


@dataclass(frozen=True, slots=True)
class Illustration:
    """The sandbox's programme, and on what each series of it rests."""

    programme: Programme
    bases: tuple[Basis, ...]


def illustration(past: Past, parties: Sequence[str]) -> Illustration:
    """Five years of the public past's series; `parties` in the order of the charter."""
    laid = [_laid(one, parties) for one in past.series]
    series = {one.id: one for one, _ in laid}
    wanted = {
        (party, domain): f"{domain.value}-{parties.index(party) + 1}"
        for one in series.values()
        for domain in one.domains
        for party in one.parties
    }
    forces = {
        name: Force(name, party, domain, _force_name(domain, parties.index(party)), 150, 3)
        for (party, domain), name in sorted(wanted.items(), key=lambda pair: pair[1])
    }
    needs = tuple(
        Need(one.id, wanted[party, domain])
        for one in series.values()
        for domain in one.domains
        for party in one.parties
    )
    areas = {name: Area(name, words) for name, words in _AREAS.values()}
    programme = Programme(
        Horizon(1, YEARS),
        tuple(parties),
        areas,
        forces,
        series,
        needs=needs,
        blackouts=_turns_of_the_year(),
    )
    return Illustration(programme, tuple(basis for _, basis in laid))


def sandbox_day(day: date) -> str:
    """The only way in which a day of the sandbox is shown: "year 2, week 14"."""
    return f"year {day.year}, week {(day.timetuple().tm_yday - 1) // 7 + 1}"


def _laid(one: PastSeries, parties: Sequence[str]) -> tuple[Series, Basis]:
    mine = tuple(party for party in parties if party in one.parties)
    others = [party for party in one.parties if party not in parties]
    days, why_days = _days(one)
    months, why_months = _months(one)
    editions, years, why = _cadence(one, months)
    domains = _domains(one.domain)
    area = next((_AREAS[domain][0] for domain in domains if domain in _AREAS), "")
    everybody = mine if len(mine) == len(parties) else ()
    name = re.sub(r"\s*\([^)]*\)", "", one.name)
    series = Series(
        one.id,
        f"{name} ({MARK})",
        mine,
        domains,
        days,
        editions,
        years,
        months,
        area,
        lead_days=28,
        gap_days=60,
        hosts=everybody,
        commands=everybody,
        source=f"{one.source} ({STANDING})",
    )
    left_out = f"{', '.join(others)} took part too: left out here" if others else ""
    return series, Basis(one.id, why, why_days, why_months, left_out, one.source)


def _cadence(one: PastSeries, months: tuple[int, ...]) -> tuple[int, int, str]:
    """Editions in how many years, and where that comes from."""
    if one.cadence != NO_CADENCE:
        return 1, 1, f"one a year: promised ({one.cadence})"
    if "biennial" in one.name:
        return 1, 2, f"one in two years: as compiled; {NO_CADENCE} in a promise"
    if " and " in one.usual_months:
        return 2, 1, f"two a year: its two usual months as compiled; {NO_CADENCE} in a promise"
    told = sorted({run.first.year for run in one.runs})
    held = f"runs are told of {', '.join(map(str, told))}" if told else "no run is told"
    return 1, 1, f"one a year is assumed: {held}; {NO_CADENCE} in a promise"


def _days(one: PastSeries) -> tuple[int, str]:
    lengths = [int(length) for length in re.findall(r"[0-9]+", one.usual_days)]
    if not lengths:
        return ASSUMED_DAYS, f"{ASSUMED_DAYS} days are assumed: no length was compiled"
    if len(lengths) > 1:
        return max(lengths), f"{max(lengths)} days: the longest of {one.usual_days} as compiled"
    return lengths[0], f"{lengths[0]} day{'s' if lengths[0] > 1 else ''} as compiled"


def _months(one: PastSeries) -> tuple[tuple[int, ...], str]:
    named = [MONTHS.index(word) + 1 for word in re.findall("|".join(MONTHS), one.usual_months)]
    if not named:
        return (), "any month: irregular as compiled"
    if " to " in one.usual_months and len(named) == 2:
        named = list(range(named[0], named[1] + 1))
    return tuple(sorted(named)), f"{one.usual_months} as compiled"


def _domains(words: str) -> tuple[Domain, ...]:
    found = [domain for domain in Domain if domain.value in words]
    if not found and "field" in words:
        found = [Domain.LAND]
    return tuple(found)


def _force_name(domain: Domain, party: int) -> str:
    word = _SINGLE.get(domain, domain.value)
    return f"{word} formation of the {_ORDINALS[party]} party ({MARK})"


def _turns_of_the_year() -> tuple[Blackout, ...]:
    return tuple(
        Blackout(
            f"turn-{year}",
            ClashKind.HOLIDAY,
            date(year, 12, 20),
            date(year, 12, 31),
            weight=10,
            note=f"turn of the year ({MARK})",
        )
        for year in range(1, YEARS + 1)
    )
