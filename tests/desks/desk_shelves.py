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
    if desk in ("exercises", "supply"):
        place = "examples/exercises" if desk == "exercises" else "chains"
        return Sources(tables(place), None, PARTIES)
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
    if desk == "supply":
        return _supply()
    if desk == "exercises":
        past = Sources(tables("research"), shipped_facts(), PARTIES)
        return (*found.assess(sources(desk), day), *found.assess(past, day))
    return found.assess(sources(desk), day)


def _supply() -> tuple[Assessment, ...]:
    """A question of each kind, about the chains and the small table that come along."""
    from architrave.desks.supply.chains.reading import shipped_chain
    from architrave.desks.supply.dynamics.evidence import assess_days
    from architrave.desks.supply.dynamics.scenario import (
        Destruction,
        Outage,
        Rebuilding,
        Recovery,
        Route,
        Scenario,
    )
    from architrave.desks.supply.evidence import assess_loss, assess_points, assess_resource
    from architrave.desks.supply.figures import figures
    from architrave.desks.supply.resourcing.market import Assumed
    from architrave.desks.supply.table_evidence import (
        assess_costs,
        assess_demands,
        assess_embargo,
        assess_reliance,
        assess_shortage,
        assess_view,
    )
    from architrave.desks.supply.uncertainty.answering import Design, uncertain
    from architrave.desks.supply.uncertainty.chained import ChainLoss
    from architrave.desks.supply.uncertainty.dayed import OutageDays
    from architrave.desks.supply.uncertainty.naming import assess_ranged
    from architrave.desks.supply.uncertainty.pathed import OutagePaths, banded
    from architrave.desks.supply.uncertainty.pathed_evidence import assess_paths
    from architrave.desks.supply.uncertainty.shocked import CostRise

    chain, small = shipped_chain("batteries"), figures()
    shock = Scenario(
        (Outage({"TWN:ELE": 0.4}, 3, 20, Recovery(30, "concave")),),
        (Destruction({"EU27:CHM": 9e4}, 5, 9, None, Rebuilding({"CON": 1.0}, 40)),),
        (Route("ROW", "JPN", 0.5, 2, 30),),
    )
    ranged = (
        CostRise(small, {"ROW:MIN": (0.0, 0.4)}, PARTIES),
        ChainLoss(chain, "CHN", (30.0, 90.0), "KOR"),
    )
    lost = OutageDays(small, {"JPN:CHM": (0.2, 0.5)}, (5.0, 20.0), 40, PARTIES)
    return (
        assess_points(chain),
        assess_loss(chain, "AUS", 60, ("JPN", "KOR", "USA"), stock=30.0),
        assess_resource(small, {"EU27:CHM": 0.5}, PARTIES, Assumed(spare=0.1)),
        assess_reliance(small, "KOR:ELE"),
        assess_view(small, PARTIES, 5),
        assess_demands(small, {"USA:TRQ": -1000.0, "KOR:ELE": 20.0}),
        assess_costs(small, {"ROW:MIN": 0.1}),
        assess_embargo(small, ["EU27:CHM"], ["JPN"], 0.5),
        assess_shortage(small, {"TWN:ELE": 0.3}),
        assess_days(small, shock, 120, PARTIES),
        *(assess_ranged(one, uncertain(one, design=Design(8, 5))) for one in ranged),
        assess_paths(banded(OutagePaths(lost, 7), design=Design(8, 5))),
    )


def _drills() -> Assessment:
    """What two invented drills show: their moments travel in the assessment itself."""
    from datetime import date

    from consultation_scenes import at, drill, leg

    from architrave.desks.consultation.evidence import assessment

    held = [drill(at(0), leg("JPN", answered=at(30)), leg("USA", answered=at(2)))]
    versions = {"architrave": version("architrave")}
    return assessment("ESFSC", held, date(2027, 1, 5), versions)


def shelf() -> Shelf:
    places = ("research", "interoperability/illustration", "examples/exercises", "chains")
    every = [text for place in places for text in tables(place).values()]
    facts = shipped_facts()
    return Shelf(
        MappingProxyType({digest_of(one.encode()): one for one in every}),
        {facts.digest: facts},
        PARTIES,
    )
