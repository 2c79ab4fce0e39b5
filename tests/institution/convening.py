"""Scenes with a meeting in them, and how each refusal of one is reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import scenes
from scenes import BODY, attempt, table
from world import DAY, HOUR, World

from architrave.charter.parse import parse_charter
from architrave.institution import acts
from architrave.institution.acts import Point
from architrave.institution.meetings import MOST_POINTS
from architrave.institution.state import Admitted, Refused

CHARTER = Path(__file__).parents[2] / "charters" / "trilateral.toml"
FIVE = Path(__file__).parents[2] / "src" / "architrave" / "sim" / "rivers.toml"
OTHER = "SEC"
NOBODY = "0" * 64


def asked(world: World, body: str = BODY, **fields: object) -> str:
    """A request of Korea's to consult."""
    words = world.words("w")
    name = world.act(
        "KOR", body, acts.Consulted, symbol=f"{body}/2027/KOR/9", body=body,
        ground=words, facts=words, wish=words, **fields,
    )  # fmt: skip
    world.settle()
    return name


def meeting(world: World, party: str = "KOR", number: int = 1, **fields: object) -> dict:
    """What the act says by which a party convenes the body for the day after."""
    starts = fields.get("starts", world.now + DAY)
    assert isinstance(starts, int)
    given = {"symbol": f"{BODY}/2027/{party}/{number}", "body": BODY, "starts": starts}
    return {**given, "ends": starts + HOUR, **fields}


def convene(world: World, party: str = "KOR", number: int = 1, **fields: object) -> str:
    name = world.act(party, BODY, acts.Convened, **meeting(world, party, number, **fields))
    world.settle()
    return name


def minute(world: World, party: str, name: str, held: bool = True, **fields: object) -> str:
    given = {"present": list(world.parties) if held else [], "account": world.words("said")}
    return world.act(party, BODY, acts.Minuted, meeting=name, held=held, **{**given, **fields})


def trying(party: str = "KOR", **fields: object) -> Callable[[World], object]:
    """Convene, with something amiss."""

    def reach(world: World) -> Admitted | Refused:
        told = {key: one(world) if callable(one) else one for key, one in fields.items()}
        return attempt(world, party, acts.Convened, **meeting(world, party, **told))

    return reach


def moving(
    party: str = "KOR", after: int = 0, first: Mapping[str, object] | None = None, **fields: object
) -> Callable[[World], object]:
    """Convene as well can be, and change that with something amiss, `after` ms later."""

    def reach(world: World) -> Admitted | Refused:
        name = convene(world, **(first or {}))
        starts = world.now + DAY
        world.now += after
        given = meeting(world, "KOR", moves=name, starts=starts)
        return attempt(world, party, acts.Convened, **{**given, **fields})

    return reach


def minuting(party: str = "JPN", late: int = DAY, **fields: object) -> Callable[[World], object]:
    """Minutes of a meeting with something amiss in them, `late` ms after it was convened."""

    def reach(world: World) -> Admitted | Refused:
        which = fields.get("meeting", convene)
        name = which(world) if callable(which) else which
        given = {"held": True, "present": ["JPN"], "account": {}}
        world.now += late
        return attempt(world, party, acts.Minuted, **{**given, **fields, "meeting": name})

    return reach


def cancelled(world: World) -> str:
    name = convene(world)
    act = meeting(world, moves=name, starts=world.peers["KOR"].state.acts[name][0].act.starts)
    world.act("KOR", BODY, acts.Convened, **act, cancelled=True, reason=world.words("r"))
    world.settle()
    return name


def of_a_closed_consultation(world: World) -> object:
    name = asked(world)
    world.act("KOR", BODY, acts.Closed, consultation=name, outcome=world.words("done"))
    world.settle()
    return trying(consultation=name)(world)


def moved_by_a_later_name(world: World) -> object:
    name = convene(world)
    given = meeting(world, moves=name, starts=world.now + 2 * DAY)
    later = world.act("KOR", BODY, acts.Convened, **given)
    world.settle()
    return attempt(world, "KOR", acts.Convened, **{**given, "moves": later})


def moved_once_minuted(world: World) -> object:
    """Japan's clock runs ahead, and Korea knows of its minutes before the meeting begins."""
    name = convene(world, starts=world.now + DAY)
    world.now += DAY
    minute(world, "JPN", name)
    world.settle()
    return attempt(
        world, "KOR", acts.Convened, **meeting(world, moves=name, starts=world.now + DAY)
    )


def outsider(act: str) -> Callable[[World], object]:
    """A party of the charter that is none of the body."""

    def reach(world: World) -> object:
        five = World(parse_charter(FIVE.read_text(encoding="utf-8"), "five"))
        five.open("BASIN", "FERRY")
        given = {"body": "FERRY", "starts": five.now + DAY, "ends": five.now + 2 * DAY}
        if act == "convene":
            symbol = "FERRY/2027/DUN/1"
            return attempt(five, "DUN", acts.Convened, seat_in="BASIN", symbol=symbol, **given)
        name = five.act("ALD", "FERRY", acts.Convened, symbol="FERRY/2027/ALD/1", **given)
        five.settle()
        five.now += DAY
        return attempt(
            five, "DUN", acts.Minuted, seat_in="BASIN", meeting=name, held=False, present=[],
            account={},
        )  # fmt: skip

    return reach


def for_fewer(first: str) -> Callable[[World], object]:
    """What more could read is answered, or moved, for the parties of the body alone."""

    def reach(world: World) -> object:
        five = World(parse_charter(FIVE.read_text(encoding="utf-8"), "five"))
        five.open("FERRY")
        parties = five.charter.body("FERRY").parties
        few = sorted(five.origin(party) for party in parties)
        given = {"body": "FERRY", "starts": five.now + DAY, "ends": five.now + 2 * DAY}
        if first == "convene":
            given["symbol"] = "FERRY/2027/ALD/1"
            name = five.act("ALD", "FERRY", acts.Convened, **given)
            given["moves"] = name
        else:
            words = five.words("w")
            name = five.act(
                "ALD", "FERRY", acts.Consulted, symbol="FERRY/2027/ALD/2", body="FERRY",
                ground=words, facts=words, wish=words,
            )  # fmt: skip
            given |= {"symbol": "FERRY/2027/ALD/1", "consultation": name}
        return attempt(five, "ALD", acts.Convened, seat_in="FERRY", to=few, **given)

    return reach


def with_notice(text: str, starts: int, later: int = 0) -> Callable[[World], object]:
    """Under a charter that asks for notice of a meeting."""

    def reach(world: World) -> object:
        line = 'permits = ["convene", "minute"]\n'
        told = CHARTER.read_text(encoding="utf-8").replace(line, f"{line}minimum_period = {text}\n")
        noticed = World(parse_charter(told, "with notice"))
        noticed.now += later
        noticed.open(BODY, "SEC")
        return trying(starts=noticed.now + starts)(noticed)

    return reach


def pair(world: World) -> list[str]:
    return sorted(world.origin(party) for party in ("JPN", "KOR"))


def point(**fields: object) -> Callable[[World], list[Point]]:
    return lambda world: [Point(**{"title": world.words("p"), **fields})]


REACHED: dict[str, Callable[[World], object]] = {
    "the charter knows no body 'XX' (convene)": trying(body="XX"),
    "is no party of FERRY (convene)": outsider("convene"),
    "is no party of FERRY (minute)": outsider("minute"),
    "every party of ESFSC must be able to read this (convene)": trying(to=pair),
    "every party of ESFSC must be able to read this (minute)": lambda w: minuting(to=pair(w))(w),
    "the meeting lies before 1970": trying(ends=2**53 - 1),
    "the meeting ends no later than it starts": trying(ends=1),
    "the meeting is not in the past of this act": trying(moves=NOBODY),
    "a meeting is named by the act that first convened it": moved_by_a_later_name,
    "the meeting is cancelled; another may be convened": minuting(meeting=cancelled),
    "a meeting is changed or cancelled by an act that names it": trying(cancelled=True),
    "has been issued before (convened)": lambda w: (convene(w), trying()(w))[1],
    "the request to consult is not in the past (convened)": trying(consultation=NOBODY),
    "the request to consult was made in SEC": trying(consultation=lambda w: asked(w, OTHER)),
    "a drill asks for no meeting": trying(consultation=lambda w: asked(w, drill=True)),
    "the consultation is closed (convened)": of_a_closed_consultation,
    "everyone who may read the request (convened)": for_fewer("consult"),
    "only KOR, which convened the meeting, changes it": moving("JPN"),
    "a meeting keeps its symbol, its body and what it answers": moving(symbol="ESFSC/2027/KOR/2"),
    "a meeting that is cancelled keeps its time": moving(cancelled=True, ends=2 * 10**12),
    "there are minutes of the meeting: it is not changed": moved_once_minuted,
    "the meeting has begun: minutes say": moving(after=DAY, starts=1_900_000_000_000,
                                                 ends=1_900_000_000_001),
    "everyone who may read the convening": for_fewer("convene"),
    "the meeting would begin before it is convened": trying(starts=1_000_000),
    "the meeting begins before the period of notice has run": with_notice("{ hours = 30 }", DAY),
    "holidays (convened)": with_notice(
        "{ working_days = 120 }", DAY, 365 * DAY
    ),
    "an agenda has at most 60 points": trying(
        agenda=lambda w: point()(w) * (MOST_POINTS + 1)
    ),
    "the matter is not in the past (agenda)": trying(agenda=point(matter=NOBODY)),
    "a matter on the agenda is before SEC, not ESFSC": trying(
        agenda=lambda w: point(matter=elsewhere(w))(w)
    ),
    "the text is missing in the language (agenda)": trying(agenda=point(title={"en": "p"})),
    "'xx' is no language of this charter (place)": trying(place={"xx": "p"}),
    "'xx' is no language of this charter (move)": moving(reason={"xx": "p"}),
    "minutes are written once the meeting was to begin": minuting(late=HOUR),
    "'XXX' is said to be present, and is no party of ESFSC": minuting(present=["XXX"]),
    "a party is named as present twice": minuting(present=["JPN", "JPN"]),
    "minutes say who was present exactly where": minuting(held=False),
    "'xx' is no language of this charter (minutes)": minuting(account={"xx": "p"}),
    "the meeting is not in the past of this act (minuted)": minuting(meeting=NOBODY),
}  # fmt: skip


def elsewhere(world: World) -> str:
    """A matter before another body."""
    name = world.act(
        "JPN", OTHER, acts.Tabled, symbol=f"{OTHER}/2027/JPN/1", body=OTHER, article="3(1)",
        wording=scenes.wording(world),
    )  # fmt: skip
    world.settle()
    return name


def on_the_agenda(world: World) -> tuple[str, list[Point]]:
    """A matter, and an agenda with a point A and a point B about it."""
    matter = table(world)
    world.settle()
    first = Point(title=world.words("list"), debate=False)
    return matter, [first, Point(title=world.words("plan"), matter=matter)]
