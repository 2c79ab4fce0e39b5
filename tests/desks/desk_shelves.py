"""The shipped tables and register, on a shelf and by name, for tests that ask desks by name."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from types import MappingProxyType

from world import ROOT

from architrave.desks.evidence import Assessment, digest_of
from architrave.desks.registry import Shelf, Sources, desk_named
from architrave.institution.register import Register, read_register

PARTIES = ("JPN", "KOR", "USA")
MADE_UP = ("A", "B", "C")


@cache
def shipped_facts() -> Register:
    folder = ROOT / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    return read_register(files, frozenset(PARTIES))


def tables(place: str) -> dict[str, str]:
    folder = ROOT / "data" / place
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.csv"))}


def sources(desk: str) -> Sources:
    if desk == "interoperability":
        return Sources(tables("interoperability/illustration"), None, MADE_UP)
    if desk == "exercises":
        return Sources(tables("examples/exercises"), None, PARTIES)
    return Sources(tables("research"), shipped_facts(), PARTIES)


@cache
def assessed(desk: str) -> tuple[Assessment, ...]:
    """What a desk says of the shipped tables; launches with few shuffles, which is quick."""
    from datetime import date

    from architrave.desks.launches.evidence import assess

    if desk == "launches":
        content = tables("research")["provocations.csv"]
        return (assess(content, shipped_facts(), PARTIES, shuffles=100),)
    if desk == "consultation":
        return (_drills(),)
    day, found = date(2026, 11, 26), desk_named(desk)
    if desk == "exercises":
        past = Sources(tables("research"), shipped_facts(), PARTIES)
        return (*found.assess(sources(desk), day), *found.assess(past, day))
    return found.assess(sources(desk), day)


def _drills() -> Assessment:
    """What two invented drills show: their moments travel in the assessment itself."""
    from datetime import date

    from consultation_scenes import at, drill, leg

    from architrave.desks.consultation.evidence import assessment

    held = [drill(at(0), leg("JPN", answered=at(30)), leg("USA", answered=at(2)))]
    versions = {"architrave": version("architrave")}
    return assessment("ESFSC", held, date(2027, 1, 5), versions)


def shelf() -> Shelf:
    places = ("research", "interoperability/illustration", "examples/exercises")
    every = [text for place in places for text in tables(place).values()]
    facts = shipped_facts()
    return Shelf(
        MappingProxyType({digest_of(one.encode()): one for one in every}),
        {facts.digest: facts},
        PARTIES,
    )
