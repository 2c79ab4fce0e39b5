"""Scenes with an alert in them, and how each refusal of one, or of an attestation, is reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scenes import BODY, attempt, table
from world import DAY, World

from architrave.charter.parse import parse_charter
from architrave.institution import acts
from architrave.institution.acts_warning import POINTS
from architrave.institution.state import Admitted, Refused

FIVE = Path(__file__).parents[2] / "src" / "architrave" / "sim" / "rivers.toml"
OTHER = "SEC"
NOBODY = "0" * 64
EVIDENCE = "ab" * 32


def told(world: World, party: str = "KOR", body: str = BODY, number: int = 5) -> dict:
    """What an alert says that says everything."""
    words = {point: world.words(point) for point in POINTS}
    return {"symbol": f"{body}/2027/{party}/{number}", "body": body, **words}


def raise_alert(world: World, party: str = "KOR", body: str = BODY, **fields: object) -> str:
    name = world.act(party, body, acts.Alerted, **{**told(world, party, body), **fields})
    world.settle()
    return name


def respond(world: World, party: str, name: str, **fields: object) -> str:
    given = fields or {"offer": world.words(f"{party} offers")}
    answer = world.act(party, BODY, acts.Responded, alert=name, **given)
    world.settle()
    return answer


def close(world: World, name: str, party: str = "KOR") -> None:
    world.act(party, BODY, acts.Closed, consultation=name, outcome=world.words("over"))
    world.settle()


def named(world: World, party: str = "JPN", **digests: str) -> str:
    """A matter that names one piece of evidence."""
    wording = acts.Wording(
        world.words("title"), world.words("summary"), "note", "political", "",
        digests or {"a.csv": EVIDENCE},
    )  # fmt: skip
    matter = table(world, party, wording=wording, pledges=[])
    world.settle()
    return matter


def attested(on: str, **fields: object) -> dict:
    """An attestation that says the same."""
    given = {"matter": on, "version": on, "evidence": EVIDENCE, "finding": "same"}
    return {**given, "result": EVIDENCE, "versions": {"numpy": "2.1"}, **fields}


Reach = Callable[[World], object]


def trying(**fields: object) -> Reach:
    """An alert as well made as can be, with something amiss."""

    def reach(world: World) -> Admitted | Refused:
        given = {key: said(world) if callable(said) else said for key, said in fields.items()}
        return attempt(world, "KOR", acts.Alerted, **{**told(world), **given})

    return reach


def answering(party: str = "JPN", **fields: object) -> Reach:
    def reach(world: World) -> Admitted | Refused:
        given = {"alert": raise_alert(world), "offer": world.words("boats")}
        return attempt(world, party, acts.Responded, **{**given, **fields})

    return reach


def once_closed(world: World) -> object:
    name = raise_alert(world)
    close(world, name)
    return attempt(world, "JPN", acts.Responded, alert=name, unable=True)


def closed_by_another(world: World) -> object:
    name = raise_alert(world)
    return attempt(world, "JPN", acts.Closed, consultation=name, outcome={})


def meeting_on(name: Callable[[World], str]) -> Reach:
    def reach(world: World) -> object:
        given = {"consultation": name(world), "symbol": f"{BODY}/2027/JPN/7", "body": BODY}
        times = {"starts": world.now + DAY, "ends": world.now + 2 * DAY}
        return attempt(world, "JPN", acts.Convened, **given, **times)

    return reach


def alert_closed(world: World) -> str:
    name = raise_alert(world)
    close(world, name)
    return name


def five_parties() -> World:
    five = World(parse_charter(FIVE.read_text(encoding="utf-8"), "five"))
    five.open("BASIN", "FERRY")
    return five


def outsider(act: str) -> Reach:
    """A party of the charter that is none of the body."""

    def reach(world: World) -> object:
        five = five_parties()
        if act == "alert":
            given = told(five, "DUN", "FERRY")
            return attempt(five, "DUN", acts.Alerted, seat_in="BASIN", **given)
        if act == "respond":
            name = five.act("ALD", "FERRY", acts.Alerted, **told(five, "ALD", "FERRY"))
            five.settle()
            return attempt(five, "DUN", acts.Responded, seat_in="BASIN", alert=name, unable=True)
        wording = acts.Wording(
            five.words("t"), five.words("s"), "plan", "binding", "", {"a": EVIDENCE}
        )
        matter = five.act(
            "ALD", "FERRY", acts.Tabled, symbol="FERRY/2027/ALD/1", body="FERRY", article="2(3)",
            wording=wording,
        )  # fmt: skip
        five.settle()
        return attempt(five, "DUN", acts.Attested, seat_in="BASIN", **attested(matter))

    return reach


def for_fewer(act: str) -> Reach:
    """What all five may read is answered, met on or attested for the parties of the body alone."""

    def reach(world: World) -> object:
        five = five_parties()
        few = sorted(five.origin(party) for party in five.charter.body("FERRY").parties)
        other = next(one for one in five.charter.body("FERRY").parties if one != "ALD")
        name = five.act("ALD", "FERRY", acts.Alerted, **told(five, "ALD", "FERRY"))
        five.settle()
        if act == "respond":
            return attempt(
                five, other, acts.Responded, seat_in="FERRY", to=few, alert=name, unable=True
            )
        given = {"symbol": "FERRY/2027/ALD/8", "body": "FERRY", "consultation": name}
        times = {"starts": five.now + DAY, "ends": five.now + 2 * DAY}
        return attempt(five, "ALD", acts.Convened, seat_in="FERRY", to=few, **given, **times)

    return reach


def attested_for_fewer(world: World) -> object:
    matter = named(world)
    two = sorted(world.origin(party) for party in ("JPN", "KOR"))
    return attempt(world, "KOR", acts.Attested, to=two, **attested(matter))


def attesting(party: str = "KOR", **fields: object) -> Reach:
    def reach(world: World) -> object:
        return attempt(world, party, acts.Attested, **attested(named(world), **fields))

    return reach


CELLS = [acts.Cell("a", "1", "2")]
DIFFERS = {"finding": "different", "differing": 1, "cells": CELLS}
UNTRIED = {"finding": "not-rerun", "result": "", "versions": {}}
REACHED: dict[str, Reach] = {
    "the charter knows no body 'XX' (alert)": trying(body="XX"),
    "is no party of FERRY (alert)": outsider("alert"),
    "every party of ESFSC must be able to read this (alert)": trying(
        to=lambda w: sorted(w.origin(party) for party in ("JPN", "KOR"))
    ),
    "does not carry ESFSC and KOR (alert)": trying(symbol="ESFSC/2027/JPN/1"),
    "the matter is not in the past (alert)": trying(matter=NOBODY),
    "the evidence is not named by a SHA-256": trying(evidence={"a.csv": "AB"}),
    "'price' is none of the points of an alert": trying(unknown=["price"]),
    "what is not known is named in the order of the alphabet": trying(
        unknown=["impact", "causes"], impact={}, causes={}
    ),
    "an alert of which no point is known says nothing": trying(
        unknown=sorted(POINTS), **{point: {} for point in POINTS}
    ),
    "impact is told, and is said to be not known": trying(unknown=["impact"]),
    "the text is missing in the language 'ko' (alert)": trying(wanted={"en": "w", "ja": "w"}),
    "the alert is not in the past of this act": answering(alert=NOBODY),
    "KOR raised the alert; the others answer": answering("KOR"),
    "is no party of FERRY (respond)": outsider("respond"),
    "the alert is closed": once_closed,
    "everyone who may read the alert must": for_fewer("respond"),
    "an answer says what is offered or seen": answering(offer={}),
    "an answer that offers something does not say": answering(unable=True),
    "'xx' is no language of this charter (respond)": answering(sees={"xx": "x"}),
    "only KOR, which raised the alert, closes it": closed_by_another,
    "the alert was raised in SEC": meeting_on(lambda w: raise_alert(w, body=OTHER)),
    "a drill asks for no meeting (alert)": meeting_on(lambda w: raise_alert(w, drill=True)),
    "the alert is closed (convened)": meeting_on(alert_closed),
    "everyone who may read the alert must (convened)": for_fewer("convene"),
    "the matter is not in the past (attest)": attesting(matter=NOBODY),
    "is no party of FERRY (attest)": outsider("attest"),
    "everyone who may read the matter must (attest)": attested_for_fewer,
    "the version is not one of this matter (attest)": attesting(version=NOBODY),
    "a party attests no evidence of its own version": attesting("JPN"),
    "the version names no evidence of this SHA-256": attesting(evidence="cd" * 32),
    "'so so' is no finding: same, different, not-rerun": attesting(finding="so so"),
    "a result is named by its SHA-256 exactly where there is one": attesting(result="AB"),
    "1 to 32 versions of programs stand with a result": attesting(versions={}),
    "cells differ exactly where the finding is different": attesting(differing=1, cells=CELLS),
    "of the cells that differ the first are shown, up to 60": attesting(**{**DIFFERS, "cells": []}),
    "a cell that differs has no name": attesting(
        **{**DIFFERS, "cells": [acts.Cell(" ", "1", "2")]}
    ),
    "who has not worked it out again says why": attesting(**UNTRIED),
    "'xx' is no language of this charter (attest)": attesting(**UNTRIED, reason={"xx": "x"}),
}


def attest(world: World, party: str, matter: str, **fields: object) -> str:
    name = world.act(party, BODY, acts.Attested, **attested(matter, **fields))
    world.settle()
    return name


def again(world: World, matter: str, party: str) -> str:
    """A further version of a matter that names other evidence."""
    wording = acts.Wording(
        world.words("t"), world.words("s"), "note", "political", "", {"b.csv": "cd" * 32}
    )
    given = {"matter": matter, "article": "3(1)", "wording": wording}
    name = world.act(party, BODY, acts.Revised, **given)
    world.settle()
    return name
