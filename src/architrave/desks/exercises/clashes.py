"""What stands in the way of a window, by kind.

A window is clean where nothing does: no holiday of a party that takes part, no election, talks,
season or other occasion, no other exercise of one of its parties, and its forces and areas free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from architrave.desks.exercises.calendars import Calendars
from architrave.desks.exercises.editions import Use, labelled, uses_of
from architrave.desks.exercises.model import (
    NOWHERE,
    ClashKind,
    Need,
    Placed,
    Programme,
    Series,
)
from architrave.desks.exercises.reading import rows_in
from architrave.desks.rows import Place, choice, days_in_order, several, text

__all__ = ["Clash", "Occasion", "clashes", "clashes_of_part", "read_occasions"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something in the calendar of the record: talks, a meeting, an election of some parties.

    No party named: it concerns all of them.
    """

    name: str
    kind: ClashKind
    first: date
    last: date
    parties: tuple[str, ...] = ()
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing in the way of a window on the days from `first` to `last`, both inclusive.

    `what` says it without its days; `source` and `place` say who says so, as far as is known.
    """

    kind: ClashKind
    first: date
    last: date
    what: str
    parties: tuple[str, ...] = ()
    source: str = ""
    place: Place = NOWHERE

    @property
    def sentence(self) -> str:
        """With its days, its source and its row."""
        days = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        said = [part for part in (self.source, str(self.place) if self.place.file else "") if part]
        return f"{days}: {self.what}" + (f" ({'; '.join(said)})" if said else "")


def read_occasions(files: Mapping[str, str], parties: Sequence[str]) -> tuple[Occasion, ...]:
    """The table `occasions`: name, kind, first, last, and parties and source if known."""
    found = []
    for row in rows_in(files, "occasions"):
        first, last = days_in_order(row, "first", "last")
        kind = ClashKind(choice(row, "kind", tuple(ClashKind)))
        named = several(row, "parties", parties)
        name = text(row, "name")
        found.append(Occasion(name, kind, first, last, named, text(row, "source", ""), row.place))
    return tuple(found)


def clashes(
    programme: Programme,
    series: Series,
    first: date,
    booked: Sequence[Placed] = (),
    calendars: Calendars | None = None,
    occasions: Sequence[Occasion] = (),
    edition: str = "",
) -> tuple[Clash, ...]:
    """Everything in the way of an edition that begins on `first`, by kind, then by day.

    `booked` is what has its place already; `edition`, if it is among it, does not stand in its own
    way; the gap that a series asks for between two of its editions counts as another exercise.
    Without `calendars` holidays are not looked at. Raises BadInput for a year without lists.
    """
    # Without a name it is no edition that is booked, so none of them is left out.
    placed = Placed(edition or f"{series.id}/", first, series.days)
    others = [one for one in booked if one.edition != placed.edition or one.part]
    alone = [one.part for one in booked if one.edition == placed.edition and one.part]
    forces, areas = uses_of(programme, placed, alone)
    found = [
        *(_holidays(series, placed, calendars) if calendars is not None else ()),
        *_occasions(programme, series, placed, occasions),
        *_exercises(programme, series, placed, others),
        *_forces(programme, forces, others),
        *_tempo(programme, forces, others),
        *_areas(programme, areas, others),
    ]
    order = list(ClashKind)
    return tuple(
        sorted(dict.fromkeys(found), key=lambda one: (order.index(one.kind), one.first, one.what))
    )


def clashes_of_part(
    programme: Programme,
    edition: str,
    part: str,
    first: date,
    booked: Sequence[Placed] = (),
    calendars: Calendars | None = None,
    occasions: Sequence[Occasion] = (),
) -> tuple[Clash, ...]:
    """The same for one part of an edition that begins on `first` alone.

    Its own edition does not stand in its way; it takes its own area and forces, and no others.
    """
    one = programme.parts[part]
    whole = programme.series[one.series]
    # No id holds a hash, so this series of one part is nobody else's.
    alone = replace(
        whole, id=f"{one.series}#{part}", name=one.name, days=one.days, area=one.area, gap_days=0
    )
    needs = tuple(Need(alone.id, force, one.place) for force in one.forces)
    widened = replace(
        programme,
        series={**programme.series, alone.id: alone},
        needs=(*programme.needs, *needs),
    )
    others = [other for other in booked if other.edition != edition]
    return clashes(widened, alone, first, others, calendars, occasions)


def _holidays(series: Series, placed: Placed, calendars: Calendars) -> Iterator[Clash]:
    for one in calendars.holidays(series.parties, placed.first, placed.last):
        what = f"public holiday in {one.party}{f', {one.name}' if one.name else ''}"
        yield Clash(ClashKind.HOLIDAY, one.day, one.day, what, (one.party,), one.source)


def _occasions(
    programme: Programme, series: Series, placed: Placed, occasions: Sequence[Occasion]
) -> Iterator[Clash]:
    blackouts = (
        Occasion(one.note or one.id, one.kind, one.first, one.last, one.parties, one.source,
                 one.place)
        for one in programme.blackouts
    )  # fmt: skip
    for one in (*blackouts, *occasions):
        touched = tuple(p for p in series.parties if not one.parties or p in one.parties)
        if touched and one.first <= placed.last and placed.first <= one.last:
            what = f"{one.kind}: {one.name}"
            yield Clash(one.kind, *_both(placed, one.first, one.last), what, touched, one.source,
                        one.place)  # fmt: skip


def _exercises(
    programme: Programme, series: Series, placed: Placed, others: Sequence[Placed]
) -> Iterator[Clash]:
    for one in others:
        other = programme.series.get(one.edition.partition("/")[0])
        if other is None or one.edition == placed.edition:
            continue
        between = _days_between(placed.first, placed.last, one.first, one.last)
        together = tuple(party for party in series.parties if party in other.parties)
        if together and between < 0:
            what = f"{', '.join(together)} in {other.name} ({labelled(one)})"
            days = _both(placed, one.first, one.last)
            yield Clash(ClashKind.EXERCISE, *days, what, together)
        elif other.id == series.id and not one.part and between < series.gap_days:
            what = (
                f"{between} days from {one.edition}, and {series.gap_days} at least are asked for"
            )
            days = placed.first, placed.last
            yield Clash(ClashKind.EXERCISE, *days, what, series.parties, "", series.place)


def _forces(programme: Programme, uses: Iterable[Use], others: Sequence[Placed]) -> Iterator[Clash]:
    taken = [use for one in others for use in _taken(programme, one, others, 0)]
    for use in uses:
        force = programme.forces[use.of]
        for one in programme.away:
            if one.force == use.of and one.first <= use.last and use.first <= one.last:
                days = max(one.first, use.first), min(one.last, use.last)
                why = one.note or ("in maintenance" if one.kind != ClashKind.FORCE else "away")
                what = f"the force {force.id} ({force.name}): {why}"
                yield Clash(one.kind, *days, what, (force.party,), "", one.place)
        for other in taken:
            between = _days_between(use.first, use.last, other.first, other.last)
            if other.of == use.of and between < force.rest_days:
                days = max(other.first, use.first), min(other.last, use.last)
                resting = days[1] < days[0]
                days = (use.first, use.last) if resting else days
                what = f"the force {force.id} ({force.name}) {'rests beside' if resting else 'in'}"
                yield Clash(ClashKind.FORCE, *days, f"{what} {other.by}", (force.party,))


def _tempo(programme: Programme, uses: Sequence[Use], others: Sequence[Placed]) -> Iterator[Clash]:
    taken = [use for one in others for use in _taken(programme, one, others, 0)]
    for name in dict.fromkeys(use.of for use in uses):
        force = programme.forces[name]
        mine = [use for use in uses if use.of == name]
        for year in sorted({day.year for use in mine for day in (use.first, use.last)}):
            wanted = _days_in(year, [*mine, *(use for use in taken if use.of == name)])
            if wanted > force.days_a_year and _days_in(year, mine):
                what = (
                    f"the force {force.id} ({force.name}) would exercise on {wanted} days of "
                    f"year {year}, and {force.days_a_year} are allowed"
                )
                span = min(use.first for use in mine), max(use.last for use in mine)
                yield Clash(ClashKind.FORCE, *span, what, (force.party,), "", force.place)


def _areas(programme: Programme, uses: Iterable[Use], others: Sequence[Placed]) -> Iterator[Clash]:
    taken = [use for one in others for use in _taken(programme, one, others, 1)]
    for use in uses:
        mine = programme.areas[use.of]
        for other in taken:
            theirs = programme.areas[other.of]
            same = mine.id == theirs.id
            shared = same or theirs.id in mine.shares or mine.id in theirs.shares
            if shared and other.first <= use.last and use.first <= other.last:
                days = max(other.first, use.first), min(other.last, use.last)
                which = f"the area {mine.id}" if same else f"the area {theirs.id}, which overlaps"
                what = f"{which}{'' if same else f' {mine.id},'} is in use by {other.by}"
                yield Clash(ClashKind.AREA, *days, what, (), "", mine.place)


def _taken(
    programme: Programme, one: Placed, others: Sequence[Placed], which: int
) -> tuple[Use, ...]:
    """Forces (`which` 0) or areas (1) that something booked takes."""
    alone = [other.part for other in others if other.edition == one.edition and other.part]
    return uses_of(programme, one, alone)[which]


def _days_in(year: int, uses: Iterable[Use]) -> int:
    """On how many days of a year at least one use takes its force."""
    days: set[int] = set()
    for use in uses:
        first, last = max(use.first, date(year, 1, 1)), min(use.last, date(year, 12, 31))
        days.update(range(first.toordinal(), last.toordinal() + 1))
    return len(days)


def _days_between(first: date, last: date, other_first: date, other_last: date) -> int:
    """Whole days between two spans; less than none where they overlap."""
    return max((other_first - last).days, (first - other_last).days) - 1


def _both(placed: Placed, first: date, last: date) -> tuple[date, date]:
    """The days that lie in a place and in another span."""
    return max(placed.first, first), min(placed.last, last)
