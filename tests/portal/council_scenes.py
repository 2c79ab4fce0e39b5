"""The shipped tables of the council, and a world with a drill and a consultation in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from page_scenes import Scene, copy_of, opened
from register_texts import shipped_register
from world import DAY, ROOT, World, load_charter

from architrave.charter.model import Charter
from architrave.institution import acts
from architrave.node.markings import marking_in
from architrave.portal.council.council_data import CouncilData, read_council
from architrave.portal.reading import Copy

FOLDER = ROOT / "data" / "council"
PAGES = (
    "council",
    "council/exercises",
    "council/exercises/plan",
    "council/dialogues",
    "council/interoperability",
    "council/consultations",
    "council/launches",
)


def marking(text: str) -> str | None:
    found = marking_in(text)
    return found.name if found else None


def read(
    changed: Mapping[str, str | None] | None = None, charter: Charter | None = None
) -> CouncilData | None:
    """The shipped tables; `changed` gives other texts by path, None for a file that is gone."""
    other = dict(changed or {})

    def opened_at(path: str) -> str | None:
        place: Path = FOLDER / path
        if path in other:
            return other[path]
        return place.read_text(encoding="utf-8") if place.is_file() else None

    def tables(path: str) -> Mapping[str, str]:
        places = sorted((FOLDER / path).glob("*.csv"))
        texts = {one.name: one.read_text(encoding="utf-8") for one in places}
        mine = {name: text for name, text in other.items() if name.startswith(f"{path}/")}
        return {**texts, **{Path(name).name: text or "" for name, text in mine.items()}}

    content = opened_at("council.toml")
    assert content is not None
    return read_council(
        content,
        charter or load_charter(),
        shipped_register(),
        opened_at,
        tables,
        marking,
    )


def shipped_council() -> CouncilData:
    found = read()
    assert found is not None
    return found


def drilled() -> Scene:
    """A drill that one party answered at once and one an hour later, and a request that waits."""
    scene = opened()
    world = scene.world
    ask(world, "TDC/2027/KOR/7", drill=True)
    name = next(iter(world.peers["KOR"].state.consultations))
    world.act("USA", "TDC", acts.Acknowledged, consultation=name, answer=world.words("heard"))
    world.now += DAY // 24
    world.settle()
    world.act("JPN", "TDC", acts.Acknowledged, consultation=name, answer=world.words("heard"))
    world.settle()
    about = {"consultation": name, "point": "rain"}
    world.act(
        "KOR", "TDC", acts.Assessed, reading="affirm", account=world.words("wet"),
        proposition=world.words("it rains"), **about,
    )  # fmt: skip
    world.settle()
    world.act("JPN", "TDC", acts.Assessed, reading="deny", account=world.words("dry"), **about)
    world.settle()
    ask(world, "TDC/2027/KOR/8")
    return scene


def explained() -> Scene:
    """A drill closed without the answer of one party, which says ten days later why."""
    scene = opened()
    world = scene.world
    ask(world, "TDC/2027/KOR/7", drill=True)
    name = next(iter(world.peers["KOR"].state.consultations))
    world.act("JPN", "TDC", acts.Acknowledged, consultation=name, answer=world.words("heard"))
    world.settle()
    world.act("KOR", "TDC", acts.Closed, consultation=name, outcome=world.words("over"))
    world.settle()
    world.tick(10 * DAY)
    world.act("USA", "TDC", acts.Acknowledged, consultation=name, answer=world.words("a cable"))
    world.settle()
    return scene


def ask(world: World, symbol: str, drill: bool = False) -> None:
    texts = {name: world.words(f"the {name}") for name in ("ground", "facts", "wish")}
    world.act("KOR", "TDC", acts.Consulted, symbol=symbol, body="TDC", drill=drill, **texts)
    world.settle()


def council_copy(scene: Scene, language: str, data: CouncilData) -> Copy:
    copy = copy_of(scene, "KOR", language, shipped_register())
    return replace(copy, council=data)
