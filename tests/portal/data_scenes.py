"""The public data of the nodes of a scene, and scenes that only the data need."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpResponse
from page_scenes import NASTY, SCENES, Scene, opened, table
from world import ROOT, World

from architrave.institution import acts
from architrave.institution.acts import Wording
from architrave.institution.register import Promise, Register, read_register
from architrave.peer.startup import Stored
from architrave.portal.data.api import ANSWERS
from architrave.portal.data.data_whole import Whole, read_whole
from architrave.portal.reading import Copy

FORMULAS = ('=HYPERLINK("https://evil.example")', "+1", "-1+1", "@SUM(1)", "＝1", "\t=1", "'=1")
SECRETS = ("a secret of two", "secret.example", "ab" * 32)


def erased() -> Scene:
    """A capital has the words of its own matter erased."""
    scene = opened()
    world = scene.world
    name = table(scene, "JPN", "TDC", "3(1)", "the words that go")
    world.settle()
    world.act("JPN", "TDC", acts.Erased, act=name, cause="law", reason=world.words("by law"))
    world.settle(20)
    return scene


def formulas() -> Scene:
    """Matters whose texts a spreadsheet would run."""
    scene = opened()
    world = scene.world
    for text in FORMULAS:
        words = dict.fromkeys(world.charter.languages, text)
        table(scene, "KOR", "TDC", "3(1)", wording=Wording(words, words, "plan", "political", text))
    world.settle()
    return scene


def two_histories() -> Scene:
    """One capital shows each of the others a history of its own; then these two compare."""
    scene = opened()
    world = scene.world
    disk = world.disks["USA"].stored
    before = Stored(list(disk.entries), list(disk.acts), dict(disk.notes), dict(disk.witnessed),
                    dict(disk.proofs), disk.token)  # fmt: skip
    _cut(world, ("JPN", "KOR"), ("USA", "KOR"))
    table(scene, "USA", "TDC", "3(1)", "the first face")
    world.settle()
    world.disks["USA"].stored = before
    world.peers["USA"] = world.boot("USA")
    world.queue.clear()
    _cut(world, ("JPN", "KOR"), ("USA", "JPN"))
    world.perform("USA", world.peers["USA"].tick(world.now))
    table(scene, "USA", "TDC", "3(1)", "the second face")
    world.settle()
    world.down = {"USA"}
    world.queue.clear()
    _cut(world)
    world.settle(12)
    return scene


def remarked() -> Scene:
    """Capitals say something of rows of the register; a consultation is closed."""
    scene = opened()
    world = scene.world
    rows = register_on_disk()
    promise, event = unlinked(rows), rows.events[0]
    world.act("KOR", "TDC", acts.Corrected, row=promise.id, digest=rows.row_digest(promise.id),
              correction=world.words(NASTY), state="held",
              on=promise.made_on.first.isoformat())  # fmt: skip
    world.act("JPN", "TDC", acts.Contested, row=event.id, digest="0" * 64,
              reason=world.words("an earlier wording"))  # fmt: skip
    texts = {one: world.words(one) for one in ("ground", "facts", "wish")}
    world.act("KOR", "TDC", acts.Consulted, symbol="TDC/2027/KOR/9", body="TDC", **texts)
    world.settle()
    asked = next(iter(world.peers["USA"].state.consultations))
    world.act("USA", "TDC", acts.Acknowledged, consultation=asked, answer=world.words("yes"))
    world.settle()
    world.act("KOR", "TDC", acts.Closed, consultation=asked, outcome=world.words("done"))
    world.settle()
    return scene


def unlinked(rows: Register) -> Promise:
    """A promise to which no event is linked: what a party says of it decides its state."""
    return next(one for one in rows.promises if one.id not in rows.fulfilments_of)


@cache
def register_on_disk() -> Register:
    folder = ROOT / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    return read_register(files, frozenset({"KOR", "JPN", "USA"}))


def _cut(world: World, *links: tuple[str, str]) -> None:
    world.cut = {pair for one, other in links for pair in ((one, other), (other, one))}


ALL: dict[str, Callable[[], Scene]] = {
    **SCENES,
    "erased": erased,
    "formulas": formulas,
    "remarked": remarked,
    "two_histories": two_histories,
}
# Where two histories of a book were signed, each copy shows first the one that it read first.
SAME = [name for name in ALL if name != "two_histories"]


@cache
def scene_of(name: str) -> Scene:
    """Each scene is played once; reading changes nothing in it."""
    return ALL[name]()


def has_register(world: World) -> bool:
    """The register names three parties, so only their institution has one."""
    return len(world.parties) == 3


def up(world: World) -> list[str]:
    """The parties whose nodes run and hold the same."""
    return [party for party in world.parties if party not in world.down]


def whole_of(name: str, party: str, register: Register) -> Whole:
    world = scene_of(name).world
    rows = register if has_register(world) else None
    return read_whole(Copy(world.peers[party], "en", world.now, rows, {}))


def addresses(whole: Whole) -> list[tuple[str, str]]:
    """Every answer's address, and the name of its class."""
    names = {one.path: one.kind.__name__ for one in ANSWERS}
    found = [(f"/api/1{path}", kind) for path, kind in names.items() if "<" not in path]
    if whole.register is None:
        found.remove(("/api/1/register", "Register"))
    found += [(one.brief.address, "Matter") for one in whole.matters]
    found += [(f"/api/1/register/{one.id}", "RegisterRow") for one in whole.rows[::15]]
    found += [(one.address, "BookPage") for one in whole.books.books]
    return [("/api/1/", "Index"), *found]


def value(answer: HttpResponse) -> Any:
    assert answer["Content-Type"].startswith("application/json"), answer["Content-Type"]
    return json.loads(answer.content)
