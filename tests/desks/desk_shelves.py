"""The shipped tables and register, on a shelf and by name, for tests that ask desks by name."""

from __future__ import annotations

from functools import cache
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
    return Sources(tables("research"), shipped_facts(), PARTIES)


@cache
def assessed(desk: str) -> tuple[Assessment, ...]:
    """What a desk says of the shipped tables; launches with few shuffles, which is quick."""
    from datetime import date

    from architrave.desks.launches.evidence import assess

    if desk == "launches":
        content = tables("research")["provocations.csv"]
        return (assess(content, shipped_facts(), PARTIES, shuffles=100),)
    return desk_named(desk).assess(sources(desk), date(2026, 11, 26))


def shelf() -> Shelf:
    every = [*tables("research").values(), *tables("interoperability/illustration").values()]
    facts = shipped_facts()
    return Shelf(
        MappingProxyType({digest_of(one.encode()): one for one in every}),
        {facts.digest: facts},
        PARTIES,
    )
