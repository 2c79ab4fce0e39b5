"""Objective, event, incident, inject: every inject hangs on an objective, and somebody observes it.

Times are minutes from 00:00 of the edition's first day. Whatever hangs on nothing is refused with
the row and the level that was looked for; what an objective lacks is listed and refused by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from architrave.desks.errors import BadInput
from architrave.desks.exercises.consistency import require_edition
from architrave.desks.exercises.model import NOWHERE, Programme
from architrave.desks.exercises.reading import identity, rows_in
from architrave.desks.rows import Place, Row, by_id, choice, several, text, whole

__all__ = [
    "Gap",
    "Level",
    "Objective",
    "Scene",
    "Story",
    "clock",
    "gaps",
    "injects_of",
    "objective_of",
    "read_story",
    "shown",
    "slipped",
    "trace_rows",
]

DAY = 1440
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class Level(StrEnum):
    """What a row of the story is, from the objective down."""

    OBJECTIVE = "objective"
    EVENT = "event"
    INCIDENT = "incident"
    INJECT = "inject"


_ABOVE = {
    Level.EVENT: Level.OBJECTIVE,
    Level.INCIDENT: Level.EVENT,
    Level.INJECT: Level.INCIDENT,
}


@dataclass(frozen=True, slots=True)
class Objective:
    """What an edition is to show; `observer` is the seat that watches it, if there is one."""

    id: str
    edition: str
    text: str
    observer: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Scene:
    """An event, an incident or an inject. Only an inject has a minute, an audience, and injects
    `after` which it comes."""

    id: str
    level: Level
    parent: str
    text: str
    minute: int = 0
    audience: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Story:
    """The event list of one or more editions."""

    objectives: Mapping[str, Objective]
    scenes: Mapping[str, Scene]


@dataclass(frozen=True, slots=True)
class Gap:
    """What an objective, event or incident lacks: an inject, an observer."""

    level: Level
    id: str
    lacks: str
    place: Place = NOWHERE

    @property
    def sentence(self) -> str:
        """One sentence with the row."""
        where = f"{self.place}: " if self.place.file else ""
        return f"{where}the {self.level} {self.id} has no {self.lacks}."


def read_story(files: Mapping[str, str], programme: Programme) -> Story:
    """The tables `objectives` and `story`.

    Raises BadInput, naming both rows, for what hangs on a row of another level, an inject before
    one that it comes after, and a time beyond the edition's days; for what hangs on nothing it
    names the row and the level; a circle of injects is named with all of its rows.
    """
    objectives = by_id(
        (
            Objective(
                identity(row),
                require_edition(programme, row.cells["edition"], row.place).id,
                text(row, "text"),
                text(row, "observer", ""),
                row.place,
            )
            for row in rows_in(files, "objectives")
        ),
        lambda one: one.id,
        lambda one: one.place,
    )
    scenes = by_id(
        (_scene(row) for row in rows_in(files, "story")),
        lambda one: one.id,
        lambda one: one.place,
    )
    story = Story(objectives, scenes)
    for scene in scenes.values():
        _require_parent(story, scene)
    for scene in scenes.values():
        if scene.level is Level.INJECT:
            _require_order(story, scene, programme)
    _refuse_a_circle(story)
    return story


def injects_of(story: Story, objective: str) -> tuple[Scene, ...]:
    """The injects that hang on an objective, by time."""
    return tuple(
        one
        for one in sorted(story.scenes.values(), key=lambda one: (one.minute, one.id))
        if one.level is Level.INJECT and objective_of(story, one).id == objective
    )


def objective_of(story: Story, scene: Scene) -> Objective:
    """The objective on which a scene hangs in the end."""
    while scene.level is not Level.EVENT:
        scene = story.scenes[scene.parent]
    return story.objectives[scene.parent]


def gaps(story: Story) -> tuple[Gap, ...]:
    """Everything that is missing: each objective needs an inject and an observer, each event an
    incident, each incident an inject."""
    found = []
    for objective in story.objectives.values():
        if not injects_of(story, objective.id):
            found.append(Gap(Level.OBJECTIVE, objective.id, "inject", objective.place))
        if not objective.observer:
            found.append(Gap(Level.OBJECTIVE, objective.id, "observer", objective.place))
    parents = {scene.parent for scene in story.scenes.values()}
    below = {Level.EVENT: Level.INCIDENT, Level.INCIDENT: Level.INJECT}
    found += [
        Gap(scene.level, scene.id, below[scene.level], scene.place)
        for scene in story.scenes.values()
        if scene.level in below and scene.id not in parents
    ]
    return tuple(found)


def shown(
    story: Story,
    edition: str = "",
    audience: str = "",
    day: int | None = None,
    first_hour: int = 0,
    last_hour: int = 23,
) -> tuple[Scene, ...]:
    """Injects by time: of an edition, for an audience, on a day (1 is the first), in its hours.

    An inject at 14:59 is of hour 14. An inject that names no audience is for everybody.
    """
    return tuple(
        one
        for one in sorted(story.scenes.values(), key=lambda one: (one.minute, one.id))
        if one.level is Level.INJECT
        and (not edition or objective_of(story, one).edition == edition)
        and (not audience or not one.audience or audience in one.audience)
        and (day is None or one.minute // DAY + 1 == day)
        and first_hour <= one.minute % DAY // 60 <= last_hour
    )


def slipped(story: Story, inject: str, minutes: int, programme: Programme) -> Story:
    """The story after an inject has slipped, with all that come after it moved as far.

    Raises BadInput for no inject of that name, a slip to before what it comes after, and one that
    leads beyond the edition's days. The story given stays as it is.
    """
    chosen = story.scenes.get(inject)
    if chosen is None or chosen.level is not Level.INJECT:
        raise BadInput(f"There is no inject {inject!r}.")
    moving = {inject}
    grown = True
    while grown:
        more = {one.id for one in story.scenes.values() if moving & set(one.after)}
        grown = not more <= moving
        moving |= more
    scenes = {
        name: replace(one, minute=one.minute + minutes) if name in moving else one
        for name, one in story.scenes.items()
    }
    after = Story(story.objectives, scenes)
    for name in moving:
        _require_order(after, scenes[name], programme)
    return after


def clock(minute: int) -> str:
    """For example "day 2, 14:05"."""
    return f"day {minute // DAY + 1}, {minute % DAY // 60:02}:{minute % 60:02}"


def _scene(row: Row) -> Scene:
    level = Level(choice(row, "level", (Level.EVENT, Level.INCIDENT, Level.INJECT)))
    timed = [name for name in ("day", "time", "audience", "after") if row.cells.get(name)]
    if level is not Level.INJECT:
        if timed:
            raise BadInput(f"{row.place}: only an inject has {timed[0]}, and this is an {level}.")
        return Scene(identity(row), level, text(row, "parent"), text(row, "text"), place=row.place)
    time = _TIME.fullmatch(row.cells.get("time", ""))
    if time is None:
        raise BadInput(
            f"{row.place}: time must be such as 14:05, not {row.cells.get('time', '')!r}."
        )
    minute = (whole(row, "day", 1, 366) - 1) * DAY + int(time[1]) * 60 + int(time[2])
    return Scene(
        identity(row),
        level,
        text(row, "parent"),
        text(row, "text"),
        minute,
        several(row, "audience"),
        several(row, "after"),
        row.place,
    )


def _require_parent(story: Story, scene: Scene) -> None:
    above = _ABOVE[scene.level]
    if above is Level.OBJECTIVE:
        if scene.parent in story.objectives:
            return
    else:
        parent = story.scenes.get(scene.parent)
        if parent is not None and parent.level is above:
            return
    other: Scene | Objective | None = story.scenes.get(scene.parent)
    other = other or story.objectives.get(scene.parent)
    if other is None:
        raise BadInput(
            f"{scene.place}: the {scene.level} {scene.id} hangs on {scene.parent!r}, and there is "
            f"no such {above}."
        )
    level = other.level if isinstance(other, Scene) else Level.OBJECTIVE
    raise BadInput(
        f"{scene.place}: the {scene.level} {scene.id} hangs on {scene.parent}, an {level} "
        f"({other.place}); an {scene.level} hangs on an {above}."
    )


def _require_order(story: Story, scene: Scene, programme: Programme) -> None:
    edition = objective_of(story, scene).edition
    series = programme.series[edition.partition("/")[0]]
    if not 0 <= scene.minute < series.days * DAY:
        raise BadInput(
            f"{scene.place}: the inject {scene.id} is on {clock(scene.minute)}, and {edition} has "
            f"{series.days} days ({series.place})."
        )
    for name in scene.after:
        earlier = story.scenes.get(name)
        if earlier is None or earlier.level is not Level.INJECT:
            raise BadInput(
                f"{scene.place}: the inject {scene.id} comes after {name!r}, and there is no such "
                "inject."
            )
        if objective_of(story, earlier).edition != edition:
            raise BadInput(
                f"{scene.place}: the inject {scene.id} comes after {name} ({earlier.place}), "
                "which is of another edition."
            )
        if earlier.minute > scene.minute:
            raise BadInput(
                f"{scene.place}: the inject {scene.id} ({clock(scene.minute)}) comes after {name} "
                f"({earlier.place}), which is later ({clock(earlier.minute)})."
            )


def _refuse_a_circle(story: Story) -> None:
    try:
        TopologicalSorter({one.id: one.after for one in story.scenes.values()}).prepare()
    except CycleError as fault:
        names: list[str] = fault.args[1]
        rows = ", ".join(str(story.scenes[name].place) for name in names[1:])
        raise BadInput(
            f"{rows}: {' before '.join(names)}: these injects wait for one another."
        ) from fault


def trace_rows(story: Story, edition: str = "") -> Iterator[tuple[str, str, str, str]]:
    """The trace as a table: objective, event, incident, inject; what is missing is empty."""
    below: dict[tuple[Level, str], list[str]] = {}
    for scene in story.scenes.values():
        below.setdefault((scene.level, scene.parent), []).append(scene.id)
    for objective in story.objectives.values():
        if edition and objective.edition != edition:
            continue
        for event in below.get((Level.EVENT, objective.id), [""]):
            for incident in below.get((Level.INCIDENT, event), [""]):
                for inject in below.get((Level.INJECT, incident), [""]):
                    yield objective.id, event, incident, inject
