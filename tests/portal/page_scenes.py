"""Worlds at telling moments, and the symbols of what was tabled in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import amending
from register_texts import shipped_register
from world import DAY, World, load_charter, seed

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import Act, Pledge, Silence, Wording, document_of, name_of
from architrave.institution.pending import consultations
from architrave.institution.register import Register
from architrave.peer import exchange
from architrave.peer.effects import Effect
from architrave.peer.startup import Stored
from architrave.portal.reading import Copy
from architrave.record.entries import Audience
from architrave.record.sealing import SealedAct, sign_act

NASTY = "<script>alert('{n}')</script> & \"quoted\" {party}"


@dataclass
class Scene:
    """A world, and the matters in it by their symbols."""

    world: World
    symbols: list[str] = field(default_factory=list)

    def paths(self) -> list[str]:
        """Every page of a node in this scene, without the language."""
        books = [f"record/{party.lower()}" for party in self.world.parties]
        peer = self.world.peers[self.world.parties[0]]
        asked = [one.act.symbol for one in consultations(peer.state, peer.view())]
        return [
            *("", "matters", "register", "bodies", "record", "verify", "calendar", "data"),
            *("verify/since", f"verify/since?first={self.today()}"),
            *("search", "search?q=reason", "search?q=%3Cscript%3E", "research"),
            *books,
            *("register/ev-campdavid", "register/cm-ny-fe"),
            *(("council/brief",) if len(self.world.parties) == 3 else ()),
            # The same whatever the record says: shown where it is quick to show.
            *(() if self.symbols else ("glossary",)),
            *(f"matters/{symbol}" for symbol in self.symbols),
            *self.charter_paths(),
            *(f"consultations/{symbol}" for symbol in asked),
            *(
                f"matters/{symbol}/{page}"
                for symbol in self.tabled()
                for page in ("texts", "steps")
            ),
        ]

    def tabled(self) -> list[str]:
        """The symbols of all matters that the first party's copy shows to all."""
        peer = self.world.peers[self.world.parties[0]]
        facts = (fact for facts in peer.state.matters.values() for fact in peer.view().of(facts))
        return sorted(fact.act.symbol for fact in facts if isinstance(fact.act, acts.Tabled))

    def today(self) -> str:
        """The day that it is, by UTC."""
        return datetime.fromtimestamp(self.world.now / 1000, UTC).date().isoformat()

    def charter_paths(self) -> list[str]:
        """The charter now and at the end of today, and a page for each kind of rule, one tried."""
        peer = self.world.peers[self.world.parties[0]]
        ruled = {one.rule.name: one for one in peer.state.charter.articles if one.rule is not None}
        tried = "&".join(f"{party}=concur" for party in self.world.parties)
        numbers = [one.number for one in ruled.values()]
        begun, today = any(peer.view().cut.tips.values()), self.today()
        return [
            "charter",
            *([f"charter?on={today}", f"bodies?on={today}"] if begun else []),
            *(f"rules/{number}" for number in numbers),
            f"rules/{numbers[0]}?{tried}",
        ]


def wording(
    world: World, text: str, instrument: str = "plan", nature: str = "political"
) -> Wording:
    return Wording(world.words(text), world.words(f"{text}, summary"), instrument, nature, text)


def table(
    scene: Scene, party: str, body: str, article: str, text: str = NASTY, **more: object
) -> str:
    world = scene.world
    symbol = f"{body}/2027/{party}/{len(scene.symbols) + 1}"
    scene.symbols.append(symbol)
    more.setdefault("wording", wording(world, text))
    return world.act(party, body, acts.Tabled, symbol=symbol, body=body, article=article, **more)


def say(
    world: World, party: str, body: str, matter: str, position: Position, **more: object
) -> str:
    more.setdefault("version", matter)
    return world.act(party, body, acts.Positioned, matter=matter, position=position, **more)


def objection(world: World) -> dict[str, object]:
    reason, remedy = world.words(f"reason {NASTY}"), world.words(f"remedy {NASTY}")
    return {"position": Position.OBJECT, "reason": reason, "remedy": remedy}


def copy_of(
    scene: Scene, party: str, language: str = "en", register: Register | None = None
) -> Copy:
    """A party's copy of the record, as a page reads it."""
    world = scene.world
    return Copy(world.peers[party], language, world.now, register, {})


# -- scenes -----------------------------------------------------------------------------------


def unfounded() -> Scene:
    return Scene(World())


def opened() -> Scene:
    scene = Scene(World())
    scene.world.open("TDC", "ESFBT")
    return scene


def matter_open() -> Scene:
    scene = opened()
    world = scene.world
    matter = table(scene, "JPN", "TDC", "3(4)", wording=wording(world, NASTY, "statement"))
    world.settle()
    reserve = {"reason": world.words(NASTY)}
    say(world, "USA", "TDC", matter, Position.RESERVE, **reserve)
    say(world, "KOR", "TDC", matter, Position.CONCUR)
    world.settle()
    told = {"ground": NASTY, "facts": "facts", "wish": "wish"}
    texts = {name: world.words(text) for name, text in told.items()}
    world.act("KOR", "TDC", acts.Consulted, symbol="TDC/2027/KOR/9", body="TDC", **texts)
    world.settle()
    asked = next(iter(world.peers["USA"].state.consultations))
    world.act("USA", "TDC", acts.Acknowledged, consultation=asked, answer=world.words(NASTY))
    world.settle()
    return scene


def silence_running() -> Scene:
    scene = opened()
    world = scene.world
    pledge = Pledge("p", "KOR/ESFBT", "2027-03-31", world.words(f"what {NASTY}"), "quarterly")
    table(scene, "KOR", "ESFBT", "4(2)", pledges=[pledge],
          silence=Silence("4(2)", world.now + 2 * DAY))  # fmt: skip
    world.settle()
    return scene


def silence_broken() -> Scene:
    scene = silence_running()
    world = scene.world
    matter = next(iter(world.peers["JPN"].state.matters))
    world.act("JPN", "ESFBT", acts.Positioned, matter=matter, version=matter, **objection(world))
    world.settle()
    world.act("USA", "ESFBT", acts.Revised, matter=matter, article="3(1)",
              wording=wording(world, "second version"))  # fmt: skip
    world.settle()
    return scene


def in_force() -> Scene:
    """In force by silence, with a report, an acceptance and a notice under it."""
    scene = silence_running()
    world = scene.world
    matter = next(iter(world.peers["JPN"].state.matters))
    world.now += 3 * DAY
    world.settle(20)
    report = world.act("KOR", "ESFBT", acts.Reported, matter=matter, pledge="p",
                       period="2027-03-31", account=world.words(NASTY))  # fmt: skip
    world.settle()
    world.act("JPN", "ESFBT", acts.AcceptedReport, report=report)
    world.act("USA", "ESFBT", acts.NotifiedWithdrawal, matter=matter,
              effect=world.now + 100 * DAY, reason=world.words(NASTY))  # fmt: skip
    world.settle()
    return scene


def party_down() -> Scene:
    scene = matter_open()
    world = scene.world
    world.down.add("USA")
    world.now += 20 * 60_000
    table(scene, "KOR", "TDC", "3(1)", "while one is away")
    world.settle()
    return scene


def two_faces() -> Scene:
    """One party's node key signs a second history after the first was read."""
    scene = matter_open()
    world = scene.world
    disk = world.disks["USA"].stored
    before = Stored(list(disk.entries), list(disk.acts), dict(disk.notes), dict(disk.witnessed),
                    dict(disk.proofs), disk.token)  # fmt: skip
    table(scene, "USA", "TDC", "3(1)", "the first face")
    world.settle()
    scene.symbols.pop()
    world.disks["USA"].stored = before
    world.peers["USA"] = world.boot("USA")
    world.perform("USA", world.peers["USA"].tick(world.now))
    table(scene, "USA", "TDC", "3(1)", "the second face")
    liar = world.peers["USA"]
    liar.told = {}
    effects = exchange.share(liar, liar.origin, refresh=True)
    world.queue.clear()
    world.perform("USA", effects)
    world.deliver()
    world.down = {"USA"}
    world.settle()
    return scene


def refused() -> Scene:
    """A node that did not ask its charter first writes what the others find void."""
    scene = matter_open()
    world = scene.world
    matter = next(iter(world.peers["KOR"].state.matters))
    act = acts.WithdrewMatter(
        party="KOR",
        seat="KOR/TDC",
        key=world.officer("KOR", "TDC").public.text,
        at=world.now,
        to=world.everyone(),
        matter=matter,
        reason=world.words(NASTY),
    )
    write_anyway(world, "KOR", act, act.audience)
    world.settle()
    return scene


def for_two() -> Scene:
    """Two parties share a text that the third may not read."""
    scene = opened()
    world = scene.world
    to = sorted([world.origin("JPN"), world.origin("KOR")])
    world.act("JPN", "TDC", acts.Deposited, to=to, title=world.words("a secret of two"),
              digest="ab" * 32, source="https://secret.example/")  # fmt: skip
    world.settle()
    return scene


def released_later() -> Scene:
    """Two parties share a text, and a void one with a symbol; their author opens both later."""
    scene = opened()
    world = scene.world
    to = sorted([world.origin("JPN"), world.origin("KOR")])
    name = world.act("JPN", "TDC", acts.Deposited, to=to, title=world.words(f"opened {NASTY}"),
                     digest="cd" * 32, source="https://archive.example/")  # fmt: skip
    key = world.officer("JPN", "TDC")
    seat = world.charter.body("TDC").seat_of("JPN").id
    void = acts.Tabled(party="JPN", seat=seat, key=key.public.text, at=world.now, to=to,
                       symbol="TDC/2027/JPN/7", body="TDC", article="3(1)",
                       wording=wording(world, "tabled for two"))  # fmt: skip
    write_anyway(world, "JPN", void, Audience(frozenset(to)))
    world.settle()
    world.now += DAY
    for one in (name, name_of(void)):
        world.act("JPN", "TDC", acts.Released, act=one, to=["public"])
    world.settle()
    return scene


def five_parties() -> Scene:
    """A charter in English and French, decided by five parties; none of its texts is Korean."""
    scene = Scene(World(load_charter("src/architrave/sim/rivers.toml")))
    world = scene.world
    world.open("BASIN")
    matter = table(scene, "CAS", "BASIN", "2(2)",
                   wording=wording(world, NASTY, "arrangement", "binding"))  # fmt: skip
    world.settle()
    for party in world.parties:
        say(world, party, "BASIN", matter, Position.CONCUR)
    world.settle(20)
    return scene


def write_anyway(world: World, party: str, act: Act, audience: Audience) -> None:
    """Write an act without asking whether the charter admits it."""
    key = world.officer(party, act.seat.partition("/")[2])
    sealed = SealedAct(
        seed("anyway", world.now), sign_act(document_of(act), world.founding.id, key)
    )
    effects: list[Effect] = []
    world.peers[party].write(effects, sealed, audience)
    world.perform(party, effects)


def amended() -> Scene:
    """One amendment runs, one has been overtaken, one stands and waits for somebody to say so."""
    scene = Scene(World())
    world = scene.world
    world.open(amending.BODY)
    amending.table(world, "USA", 7, amending.LONGER + "# overtaken\n")
    amending.amend(world, 1)
    amending.agree(world, 2, amending.SHIPPED)
    return scene


def remarked() -> Scene:
    """Capitals say what they think of rows of the register, one of an earlier wording."""
    scene = opened()
    world, register = scene.world, shipped_register()
    said = {"row": "cm-leaders-annual", "digest": register.row_digest("cm-leaders-annual")}
    correction = {
        "correction": world.words(NASTY),
        "source": "https://example.org/statement",
        "state": "held",
        "on": "2024-03-01",
    }
    world.act("KOR", "TDC", acts.Corrected, **said, **correction)
    world.act("USA", "TDC", acts.Contested, **said, reason=world.words(NASTY))
    world.act("JPN", "TDC", acts.Confirmed, row="ev-campdavid", digest="0" * 64)
    world.settle()
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    scene.__name__: scene
    for scene in (
        unfounded, opened, matter_open, silence_running, silence_broken, in_force, party_down,
        two_faces, refused, for_two, released_later, five_parties, amended, remarked,
    )
}  # fmt: skip
