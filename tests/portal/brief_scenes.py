"""A council with something of everything, more of it than two pages hold; and what desks say."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from page_scenes import Scene, objection, opened, say
from paper_reading import the_register
from world import DAY, ROOT, World

from architrave.charter.rules import Position
from architrave.desks.launches.evidence import assess
from architrave.institution import acts
from architrave.institution.acts import Pledge
from architrave.portal.papers import desk_data
from architrave.portal.papers.council_paper import council_paper
from architrave.portal.papers.desk_data import DeskData, DeskTables
from architrave.portal.papers.model import Paper
from architrave.portal.papers.shared_copy import SharedCopy, shared_copy
from architrave.portal.reading import Copy

LONG = {
    "ko": "세 나라의 방위 협력을 위한 매우 긴 제목의 문안으로서 두 쪽에 다 담을 수 없는 내용" * 3,
    "ja": "三か国の防衛協力のための大変長い題名の文案であって二頁には収まり切らない内容" * 3,
    "en": "A text with a very long title on the cooperation of three states in defence " * 4,
}


def tables() -> DeskTables:
    folder = ROOT / "data" / "research"
    files = {one.name: one.read_text(encoding="utf-8") for one in sorted(folder.glob("*.csv"))}
    return DeskTables(MappingProxyType(files), lambda text: None)


def quick_launches(monkeypatch: object) -> None:
    """Let the desk shuffle a hundred times instead of ten thousand."""

    @cache
    def launches(content: str, facts: object, parties: tuple[str, ...]) -> object:
        return assess(content, facts.register, parties, shuffles=100)  # type: ignore[attr-defined]

    monkeypatch.setattr(desk_data, "_launches", launches)  # type: ignore[attr-defined]


def said_by_desks(copy: SharedCopy) -> DeskData:
    from datetime import UTC, datetime

    today = datetime.fromtimestamp(copy.now / 1000, UTC).date()
    return desk_data.desk_data(tables(), copy.register, copy.charter.party_ids, today)


def brief_copy(world: World, party: str, language: str) -> SharedCopy:
    return shared_copy(Copy(world.peers[party], language, world.now, the_register(), {}))


def brief_of(world: World, party: str, language: str) -> Paper:
    copy = brief_copy(world, party, language)
    paper = council_paper(copy, said_by_desks(copy))
    assert paper is not None
    return paper


@cache
def rich() -> Scene:
    """Seven open matters, three texts in force with nine commitments, four consultations of which
    one is a drill with a line that failed, and points that are read differently."""
    scene = opened()
    world = scene.world
    for number in range(1, 4):
        pledges = [
            Pledge(f"p{place}", f"{party}/TDC", "2027-03-31", LONG, "quarterly")
            for place, party in enumerate(world.parties)
        ]
        matter = _tabled(world, "KOR", number, pledges=pledges)
        world.settle()
        for party in world.parties:
            say(world, party, "TDC", matter, Position.CONCUR)
        world.settle()
    for number in range(4, 10):
        matter = _tabled(world, "KOR", number)
        world.settle()
        say(world, "JPN", "TDC", matter, Position.CONCUR)
        say(world, "USA", "TDC", matter, Position.RESERVE, reason=LONG)
    matter = _tabled(world, "JPN", 1)
    world.settle()
    say(world, "KOR", "TDC", matter, **objection(world))
    _consult(world)
    world.now += 2 * DAY
    world.settle()
    return scene


def _tabled(world: World, party: str, number: int, **more: object) -> str:
    more.setdefault("article", "3(1)")
    return world.act(
        party,
        "TDC",
        acts.Tabled,
        symbol=f"TDC/2027/{party}/{number}",
        body="TDC",
        wording=acts.Wording(LONG, LONG, "plan", "political"),
        **more,
    )


def _consult(world: World) -> None:
    asked = []
    for number, drill in ((21, False), (22, False), (23, False), (24, False), (25, True)):
        told = dict.fromkeys(("ground", "facts", "wish"), LONG)
        asked.append(
            world.act(
                "KOR",
                "TDC",
                acts.Consulted,
                symbol=f"TDC/2027/KOR/{number}",
                body="TDC",
                drill=drill,
                **told,
            )
        )
        world.settle()
    for one in asked:
        world.act("JPN", "TDC", acts.Acknowledged, consultation=one, answer=LONG)
        world.settle()
    world.act("USA", "TDC", acts.Acknowledged, consultation=asked[0], answer=LONG)
    for party, reading in (("KOR", "affirm"), ("JPN", "deny"), ("USA", "uncertain")):
        for point in ("origin-of-the-flight-and-of-what-was-seen", "course", "intent", "next"):
            proposition = LONG if party == "KOR" else {}
            world.act(
                party,
                "TDC",
                acts.Assessed,
                consultation=asked[3],
                point=point[:40],
                proposition=proposition,
                reading=reading,
                account=LONG,
            )
        world.settle()
    world.act("KOR", "TDC", acts.Closed, consultation=asked[-1], outcome=LONG)
