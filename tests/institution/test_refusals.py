"""Every reason for which an act is void is reached here, and cites an article of the charter."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import alerting
import amending
import convening
import msgspec
import pytest
import scenes
from rivers import rivers
from scenes import BODY, agree, attempt, make, party_attempt, table, table_silence
from world import DAY, HOUR, World

from architrave.charter.parse import parse_charter
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.state import Admitted, Refused
from architrave.institution.successions import concurrence
from architrave.record.entries import Audience
from architrave.record.sealing import SealedAct
from architrave.record.succession import Title

FLOOR = Path(__file__).parents[2] / "src" / "architrave" / "institution"
FIVE = Path(__file__).parents[2] / "src" / "architrave" / "sim" / "rivers.toml"
NOBODY = "0" * 64


def opened() -> World:
    world = World()
    world.open(BODY, "SEC")
    return world


def pair(world: World, *parties: str) -> list[str]:
    return sorted(world.origin(party) for party in parties)


def raw(world: World, party: str, act: acts.Act, to: list[str] | None = None, key=None):
    """Write without asking, and read the verdict at every node."""
    key = key or world.officer(party, BODY)
    tip = scenes.write(world, party, scenes.sealed(world, act, key), to or act.to)
    world.settle(3)
    found = [scenes.verdict(world, reader, tip) for reader in world.parties]
    assert found[0] == found[1] == found[2]
    return found[0]


# -- who signs, and how ---------------------------------------------------------------------------


def another_party(world: World):
    act = make(world, "KOR", acts.Deposited, title=world.words("t"), digest=NOBODY, source="s")
    return raw(world, "JPN", act, key=world.officer("KOR", BODY))


def other_readers(world: World):
    act = make(world, "JPN", acts.Deposited, title=world.words("t"), digest=NOBODY, source="s")
    two = pair(world, "JPN", "KOR")
    tip = scenes.write(world, "JPN", scenes.sealed(world, act, world.officer("JPN", BODY)), two)
    world.settle(3)
    return scenes.verdict(world, "KOR", tip)


def twice(world: World):
    act = make(world, "JPN", acts.Deposited, title=world.words("t"), digest=NOBODY, source="s")
    world.submit("JPN", act, world.officer("JPN", BODY))
    return raw(world, "JPN", act)


def not_a_key(world: World):
    act = make(world, "JPN", acts.Vacated, office=f"JPN/{BODY}", key="AAAA")
    return raw(world, "JPN", act)


def wrong_signature(world: World):
    act = make(world, "JPN", acts.Vacated, office=f"JPN/{BODY}")
    return raw(world, "JPN", act, key=world.officer("KOR", BODY))


def seatless_officer(world: World):
    return party_attempt(world, "JPN", acts.Deposited, title={}, digest=NOBODY, source="s")


def seatless_key(world: World):
    return attempt(world, "JPN", acts.Vacated, office=f"JPN/{BODY}", seat="")


def seated_party_key(world: World):
    return attempt(
        world, "JPN", acts.KeyDelegated, office=f"JPN/{BODY}", holder="x", officer_key="AAAA"
    )


def strange_seat(world: World):
    return attempt(world, "JPN", acts.Vacated, office=f"JPN/{BODY}", seat=f"KOR/{BODY}")


def idle_key(world: World):
    world.act("JPN", BODY, acts.Appointed, office=f"JPN/{BODY}", holder="second", language="en")
    return attempt(world, "JPN", acts.Vacated, office=f"JPN/{BODY}")


def appointed_as(world: World, alias: str):
    fields = {"office": f"JPN/{BODY}", "holder": "x", "language": "en"}
    return party_attempt(world, "JPN", acts.Appointed, alias=alias, **fields)


def delegated_as(world: World, alias: str):
    key = world.officer("JPN", "SEC").public.text
    fields = {"office": f"JPN/{BODY}", "holder": "x", "officer_key": key}
    return party_attempt(world, "JPN", acts.KeyDelegated, alias=alias, **fields)


# -- erasure --------------------------------------------------------------------------------------


def erasing(world: World, party: str, name: str, **fields: object):
    return attempt(world, party, acts.Erased, **{"act": name, "cause": "law", **fields})


def lasting(world: World, kind: type[acts.Act], **fields: object):
    to = fields.get("to", world.everyone())
    return erasing(world, "JPN", world.act("JPN", BODY, kind, **fields), to=to)


def for_fewer(world: World):
    return erasing(world, "JPN", table(world), to=pair(world, "JPN", "KOR"))


def in_secret(world: World):
    words, two = world.words("t"), pair(world, "JPN", "KOR")
    act = make(world, "JPN", acts.Deposited, title=words, digest=NOBODY, source="s", to=two)
    name = world.submit("JPN", act, world.officer("JPN", BODY))
    world.act("JPN", BODY, acts.Released, act=name, to=["public"])
    return erasing(world, "JPN", name, to=two)


def of_another(world: World):
    name = table(world)
    world.settle()
    return erasing(world, "KOR", name)


def of_another_in_the_own_book(world: World):
    """What is copied into one's own book, void there, stays the other's."""
    act = make(world, "KOR", acts.Deposited, title=world.words("t"), digest=NOBODY, source="s")
    assert raw(world, "JPN", act, key=world.officer("KOR", BODY))
    return erasing(world, "JPN", acts.name_of(act))


def of_an_amendment(world: World):
    return erasing(world, "JPN", amending.table(world, "JPN", 9))


def founded_late(world: World):
    founding = {"founding": world.founding.id, "charter": world.founding.charter}
    return party_attempt(world, "JPN", acts.Founded, **founding)


def founded_elsewhere(world: World):
    new = World()
    return party_attempt(new, "JPN", acts.Founded, founding=NOBODY, charter=NOBODY)


def not_founded(world: World):
    new = World()
    return party_attempt(new, "JPN", acts.Vacated, office=f"JPN/{BODY}")


# -- matters --------------------------------------------------------------------------------------


def tabling(world: World, **fields: object):
    given = {
        "symbol": f"{BODY}/2027/JPN/1",
        "body": BODY,
        "article": "3(1)",
        "wording": scenes.wording(world),
    }
    return attempt(world, "JPN", acts.Tabled, **{**given, **fields})


def not_in_body(world: World):
    """A party outside a body tables in it: its officer of another body signs."""
    five = World(rivers(5))
    five.open("BASIN")
    wording = acts.Wording(five.words("t"), five.words("s"), "plan", "binding")
    fields = {"symbol": "FERRY/2027/DUN/1", "article": "2(3)", "wording": wording}
    return attempt(five, "DUN", acts.Tabled, seat_in="BASIN", body="FERRY", **fields)


def no_article_for_body(world: World):
    text = FIVE.read_text(encoding="utf-8")
    line = 'permits = ["table", "revise", "position", "retract", "withdraw-matter"]'
    assert line in text
    charter = parse_charter(text.replace(line, line + '\nbodies = ["BASIN"]'), "narrow")
    narrow = World(charter)
    narrow.open("FERRY")
    wording = acts.Wording(narrow.words("t"), narrow.words("s"), "plan", "binding")
    fields = {"symbol": "FERRY/2027/ALD/1", "article": "2(3)", "wording": wording}
    return attempt(narrow, "ALD", acts.Tabled, seat_in="FERRY", body="FERRY", **fields)


def no_article_at_all(world: World):
    five = World(rivers(5))
    five.open("BASIN")
    return attempt(five, "ALD", acts.Acknowledged, seat_in="BASIN", consultation=NOBODY, answer={})


def positioned(world: World, party: str = "KOR", **fields: object):
    matter = table(world)
    world.settle()
    given = {"matter": matter, "version": matter, "position": Position.CONCUR}
    return attempt(world, party, acts.Positioned, **{**given, **fields})


def after_withdrawal(world: World):
    matter = table(world)
    world.act("JPN", BODY, acts.WithdrewMatter, matter=matter, reason=world.words("r"))
    return attempt(world, "JPN", acts.Retracted, matter=matter)


def closed_already(world: World):
    matter = agree(world)
    return attempt(world, "KOR", acts.Retracted, matter=matter)


def late(position: Position):
    def reach(world: World):
        matter = agree(world)
        because = world.words("because")
        fields = {"matter": matter, "version": matter, "reason": because, "remedy": because}
        return attempt(world, "KOR", acts.Positioned, position=position, **fields)

    return reach


def withdrawn_by_another(world: World):
    matter = table(world)
    world.settle()
    return attempt(world, "KOR", acts.WithdrewMatter, matter=matter, reason=world.words("r"))


def narrow_position(world: World):
    return positioned(world, to=pair(world, "KOR", "JPN"))


def outsider_position(world: World):
    five = World(rivers(5))
    five.open("BASIN", "FERRY")
    wording = acts.Wording(five.words("t"), five.words("s"), "plan", "binding")
    matter = five.act(
        "ALD", "FERRY", acts.Tabled, symbol="FERRY/2027/ALD/1", body="FERRY", article="2(3)",
        wording=wording,
    )  # fmt: skip
    five.settle()
    fields = {"matter": matter, "version": matter, "position": Position.CONCUR}
    return attempt(five, "DUN", acts.Positioned, seat_in="BASIN", **fields)


def silence_of_another_article(world: World):
    silence = acts.Silence("4(1)", world.now + DAY)
    return tabling(world, article="4(2)", silence=silence)


def pledged(**fields: object):
    def reach(world: World):
        return tabling(world, pledges=[scenes.pledge(world, **fields)])

    return reach


# -- what stands, and consultations ---------------------------------------------------------------


def reported(world: World, party: str = "JPN", **fields: object):
    given = {
        "matter": fields.pop("matter", None) or agree(world),
        "pledge": scenes.PLEDGE,
        "period": "2027-06-30",
        "account": world.words("done"),
    }
    return attempt(world, party, acts.Reported, **{**given, **fields})


def report_of_outsider(world: World):
    five = World(rivers(5))
    five.open("BASIN", "FERRY")
    wording = acts.Wording(five.words("t"), five.words("s"), "plan", "binding")
    matter = five.act(
        "ALD", "FERRY", acts.Tabled, symbol="FERRY/2027/ALD/1", body="FERRY", article="2(3)",
        wording=wording,
    )  # fmt: skip
    five.settle()
    fields = {"matter": matter, "pledge": "x", "period": "2027-06-30", "account": five.words("a")}
    return attempt(five, "DUN", acts.Reported, seat_in="BASIN", **fields)


def accepted_own(world: World):
    matter = agree(world)
    fields = {"matter": matter, "pledge": scenes.PLEDGE, "period": "2027-06-30"}
    name = world.act("JPN", BODY, acts.Reported, account=world.words("done"), **fields)
    return attempt(world, "JPN", acts.AcceptedReport, report=name)


def notified(world: World, **fields: object):
    given = {"matter": fields.pop("matter", None) or agree(world), "reason": world.words("r")}
    given["effect"] = world.now + 100 * DAY
    return attempt(world, "KOR", acts.NotifiedWithdrawal, **{**given, **fields})


def notified_twice(world: World):
    matter = agree(world)
    assert not isinstance(notified(world, matter=matter), Refused)
    return notified(world, matter=matter)


def notified_beyond_the_calendar(world: World):
    """A notice whose working days lead beyond the years whose holidays the charter lists."""
    text = FIVE.read_text(encoding="utf-8").replace("{ days = 365 }", "{ working_days = 120 }")
    far = World(parse_charter(text, "far"))
    far.now += 300 * DAY
    far.open("FERRY")
    wording = acts.Wording(far.words("t"), far.words("s"), "plan", "binding")
    fields = {"symbol": "FERRY/2027/ALD/1", "body": "FERRY", "article": "2(3)"}
    matter = far.act("ALD", "FERRY", acts.Tabled, wording=wording, **fields)
    far.settle()
    for party in ("ALD", "BOR", "CAS"):
        fields = {"matter": matter, "version": matter, "position": Position.CONCUR}
        far.act(party, "FERRY", acts.Positioned, **fields)
    far.settle()
    fields = {"matter": matter, "effect": far.now + 2000 * DAY, "reason": far.words("r")}
    return attempt(far, "ALD", acts.NotifiedWithdrawal, seat_in="FERRY", **fields)


def given_notice(world: World) -> str:
    fields = {"effect": world.now + 100 * DAY, "reason": world.words("r")}
    name = world.act("KOR", BODY, acts.NotifiedWithdrawal, matter=agree(world), **fields)
    world.settle()
    return name


def notice_of_another(world: World):
    return attempt(
        world, "USA", acts.RescindedNotice, notice=given_notice(world), reason=world.words("r")
    )


def rescinded_twice(world: World):
    notice, reason = given_notice(world), world.words("r")
    world.act("KOR", BODY, acts.RescindedNotice, notice=notice, reason=reason)
    return attempt(world, "KOR", acts.SuspendedNotice, notice=notice, reason=reason)


def rescinded_for_two(world: World):
    to = pair(world, "KOR", "JPN")
    fields = {"notice": given_notice(world), "reason": world.words("r")}
    return attempt(world, "KOR", acts.RescindedNotice, to=to, **fields)


def suspending(world: World, kind: type[acts.Act] = acts.Suspended, **fields: object):
    given = {"matter": fields.pop("matter", None) or agree(world), "reason": world.words("flood")}
    return attempt(world, "KOR", kind, **{**given, **fields})


def suspended_twice(world: World):
    matter = agree(world)
    assert not isinstance(suspending(world, matter=matter), Refused)
    return suspending(world, matter=matter)


def suspended_before_it_stands(world: World):
    """Agreed, as Korea's book shows; that Washington has the others' ticks it does not show."""
    matter = table(world)
    world.settle()
    for party in ("JPN", "KOR"):
        scenes.position(world, party, matter)
    world.settle()
    world.cut = {("JPN", "USA"), ("KOR", "USA")}
    scenes.position(world, "USA", matter)
    world.settle()
    return suspending(world, matter=matter)


def assessing(world: World, **fields: object):
    words = world.words("w")
    given = {"consultation": fields.pop("consultation", None) or asked(world), "account": words}
    given |= {"point": "port", "reading": "affirm", "proposition": words}
    return attempt(world, "JPN", acts.Assessed, **{**given, **fields})


def worded_again(world: World):
    name = asked(world)
    assert not isinstance(assessing(world, consultation=name), Refused)
    return assessing(world, consultation=name)


def silent_late_answer(world: World):
    name = asked(world, drill=True)
    world.act("KOR", BODY, acts.Closed, consultation=name, outcome=world.words("done"))
    world.settle()
    return attempt(world, "JPN", acts.Acknowledged, consultation=name, answer={})


def consulting(world: World, **fields: object):
    words = world.words("w")
    given = {"symbol": f"{BODY}/2027/KOR/9", "body": BODY}
    given |= {"ground": words, "facts": words, "wish": words}
    return attempt(world, "KOR", acts.Consulted, **{**given, **fields})


def asked(world: World, **fields: object) -> str:
    words = world.words("w")
    name = world.act(
        "KOR", BODY, acts.Consulted, symbol=f"{BODY}/2027/KOR/9", body=BODY,
        ground=words, facts=words, wish=words, **fields,
    )  # fmt: skip
    world.settle()
    return name


def answered(world: World, party: str = "JPN", **fields: object):
    given = {"consultation": asked(world), "answer": world.words("yes")}
    return attempt(world, party, acts.Acknowledged, **{**given, **fields})


def closing_of_another(world: World):
    return attempt(
        world, "JPN", acts.Closed, consultation=asked(world), outcome=world.words("done")
    )


def answered_after_close(world: World):
    name = asked(world)
    world.act("KOR", BODY, acts.Closed, consultation=name, outcome=world.words("done"))
    world.settle()
    return attempt(world, "JPN", acts.Acknowledged, consultation=name, answer=world.words("yes"))


def consulting_outsider(permit: str):
    def reach(world: World):
        text = FIVE.read_text(encoding="utf-8")
        line = 'permits = ["consult", "convene", "minute"]'
        charter = parse_charter(
            text.replace(
                line, 'permits = ["consult", "convene", "minute", "acknowledge", "close"]'
            ),
            "asking",
        )
        five = World(charter)
        five.open("BASIN", "FERRY")
        words = five.words("w")
        fields = {"body": "FERRY", "ground": words, "facts": words, "wish": words}
        if permit == "consult":
            symbol = "FERRY/2027/DUN/1"
            return attempt(five, "DUN", acts.Consulted, seat_in="BASIN", symbol=symbol, **fields)
        name = five.act("ALD", "FERRY", acts.Consulted, symbol="FERRY/2027/ALD/1", **fields)
        five.settle()
        return attempt(
            five, "DUN", acts.Acknowledged, seat_in="BASIN", consultation=name, answer=words
        )

    return reach


def seat_act(kind: type[acts.Act], **fields: object):
    def reach(world: World):
        return party_attempt(world, "JPN", kind, **fields)

    return reach


def revocation(world: World, party: str, **fields: object) -> object:
    """The party revokes the key of the officer of Japan's seat."""
    fields.setdefault("reason", world.words("lost"))
    key = world.officer("JPN", BODY).public.text
    return party_attempt(world, party, acts.KeyRevoked, officer_key=key, **fields)


def revoked_key(world: World, again: str) -> object:
    assert isinstance(revocation(world, "JPN"), Admitted)
    if again == "revoked":
        return revocation(world, "JPN")
    key = world.officer("JPN", BODY).public.text
    return party_attempt(
        world, "JPN", acts.KeyDelegated, office=SEAT, holder="first holder", officer_key=key
    )


def statement(world: World, generation: int = 2) -> Title:
    """Japan asks that its log, as far as it has come, go on as another."""
    end = world.peers["JPN"].history.main(world.origin("JPN")).tips[-1]
    return world.statement("JPN", "rotation", end, generation)


def concurring(world: World, party: str = "KOR", **changed: object):
    key = world.party_keys[party]
    act = concurrence(statement(world), party, key, world.now)
    return world.try_submit(party, msgspec.structs.replace(act, **changed), key)


def concurred_twice(world: World, generation: int):
    world.concur("KOR", statement(world))
    return world.concur("KOR", statement(world, generation))


def founding_key(world: World):
    key = world.founding.members[1].node_key.text
    seat = f"JPN/{BODY}"
    return party_attempt(world, "JPN", acts.KeyDelegated, office=seat, holder="x", officer_key=key)


def vacated_twice(world: World):
    seat = f"JPN/{BODY}"
    party_attempt(world, "JPN", acts.Vacated, office=seat)
    return party_attempt(world, "JPN", acts.Vacated, office=seat)


def narrow_appointment(world: World):
    fields = {"office": f"JPN/{BODY}", "holder": "x", "language": "en"}
    return party_attempt(world, "JPN", acts.Appointed, to=pair(world, "JPN", "KOR"), **fields)


def deposited(**fields: object):
    def reach(world: World):
        given = {"title": world.words("t"), "digest": NOBODY, "source": "s"}
        return attempt(world, "JPN", acts.Deposited, **{**given, **fields})

    return reach


def remarking(**fields: object):
    def reach(world: World):
        given = {"row": "cm-a", "digest": NOBODY, "correction": world.words("c")}
        return attempt(world, "JPN", acts.Corrected, **{**given, **fields})

    return reach


def symbol_used(world: World):
    table(world)
    return tabling(world)


SEAT = f"JPN/{BODY}"
REACHED: dict[str, Callable[[World], object]] = {
    "an act of KOR stands in the log of JPN": another_party,
    "name different readers": other_readers,
    "stands in the record already": twice,
    "the act is dated before 1970": lambda w: tabling(w, at=2**53 - 1),
    "the signing key is not a key": not_a_key,
    "the officer's signature does not match": wrong_signature,
    "is signed by an officer, for a seat": seatless_officer,
    "without a seat only the party key signs": seatless_key,
    "is signed with the party key, for no seat": seated_party_key,
    "JPN has no seat": strange_seat,
    "does not serve the present holder": idle_key,
    "founded by the first entry of each log": founded_late,
    "another founding or another charter": founded_elsewhere,
    "the first entry of a log founds it": not_founded,
    "no article of the charter permits this": no_article_at_all,
    "no article of the charter lets FERRY": no_article_for_body,
    "the charter knows no body": lambda world: tabling(world, body="NONE"),
    "is no party of FERRY": not_in_body,
    "is no party of FERRY (position)": outsider_position,
    "is no party of FERRY (report)": report_of_outsider,
    "is no party of FERRY (consult)": consulting_outsider("consult"),
    "is no party of FERRY (acknowledge)": consulting_outsider("acknowledge"),
    "is not of the form BODY/YEAR/PARTY/NUMBER": lambda w: tabling(w, symbol="one"),
    "does not carry ESFSC and JPN": lambda w: tabling(w, symbol=f"{BODY}/2027/KOR/1"),
    "has been issued before": symbol_used,
    "every party of ESFSC must be able to read": lambda w: tabling(w, to=pair(w, "JPN", "KOR")),
    "every party of ESFSC must be able to read this (consult)": lambda w: consulting(
        w, to=pair(w, "JPN", "KOR")
    ),
    "the charter has no article": lambda w: tabling(w, article="99"),
    "does not let ESFSC decide": lambda w: tabling(w, article="2(1)"),
    "does not let ESFSC adopt by silence": lambda w: tabling(
        w, silence=acts.Silence("3(1)", w.now + DAY)
    ),
    "a silence procedure names the article": silence_of_another_article,
    "does not say what instrument it is": lambda w: tabling(w, wording=scenes.wording(w, "song")),
    "does not decide a political statement": lambda w: tabling(
        w, wording=scenes.wording(w, "statement")
    ),
    "the text is missing in the language": lambda w: tabling(
        w, wording=acts.Wording({"en": "t"}, {"en": "s"}, "plan", "political")
    ),
    "'xx' is no language of this charter": lambda w: tabling(
        w,
        wording=acts.Wording(w.words("t") | {"xx": "t"}, w.words("s"), "plan", "political"),
    ),
    "has no name of its own": pledged(id=""),
    "is no seat of a party of ESFSC": pledged(owner="nobody"),
    "is no cadence of a commitment": pledged(cadence="weekly"),
    "is no date of the form": pledged(due="9999-12-31"),
    "the matter is not in the past": lambda w: positioned(w, matter=NOBODY),
    "the version is not one of this matter": lambda w: positioned(w, version=NOBODY),
    "to hold no position, retract it": lambda w: positioned(w, position=Position.NONE),
    "an objection states its reason": lambda w: positioned(w, position=Position.OBJECT),
    "is no language of this charter (reason)": lambda w: positioned(w, reason={"xx": "r"}),
    "the words in the language 'en' are empty": lambda w: positioned(w, reason={"en": " "}),
    "everyone who may read the matter": narrow_position,
    "everyone who may read the matter (report)": lambda w: reported(w, to=pair(w, "JPN", "KOR")),
    "there is no position to retract": lambda w: attempt(w, "JPN", acts.Retracted, matter=table(w)),
    "the matter was withdrawn": after_withdrawal,
    "only notice of withdrawal is left": closed_already,
    "late objection": late(Position.OBJECT),
    "late reserve": late(Position.RESERVE),
    "which tabled it, may withdraw it": withdrawn_by_another,
    "the instrument holds no commitment": lambda w: reported(w, pledge="none"),
    "its party reports": lambda w: reported(w, "KOR"),
    "is not agreed in the past": lambda w: reported(w, matter=table(w)),
    "the report is not in the past": lambda w: attempt(
        w, "KOR", acts.AcceptedReport, report=NOBODY
    ),
    "does not accept its own report": accepted_own,
    "before the notice period has run": lambda w: notified(w, effect=w.now + DAY),
    "the effect lies before 1970": lambda w: notified(w, effect=2**53 - 1),
    "no period of": lambda w: reported(w, period="2027-04-01"),
    "holidays": notified_beyond_the_calendar,
    "has given notice already": notified_twice,
    "the notice is not in the past": lambda w: attempt(
        w, "KOR", acts.RescindedNotice, notice=NOBODY, reason=w.words("r")
    ),
    "which gave the notice, may change it": notice_of_another,
    "the notice was taken back already": rescinded_twice,
    "everyone who may read the notice": rescinded_for_two,
    "is not in force in the past": suspended_before_it_stands,
    "KOR has suspended this already": suspended_twice,
    "a text that amends the charter is not suspended": lambda w: suspending(
        w, matter=amending.agree(w, 1)
    ),
    "KOR has no suspension of this that stands": lambda w: suspending(w, acts.Resumed),
    "the matter is not in the past (suspended)": lambda w: suspending(w, matter=NOBODY),
    "the matter is not in the past (resumed)": lambda w: suspending(w, acts.Resumed, matter=NOBODY),
    "everyone who may read the matter (suspended)": lambda w: suspending(
        w, to=pair(w, "JPN", "KOR")
    ),
    "the text is missing in the language (suspended)": lambda w: suspending(w, reason={"ko": "x"}),
    "the request to consult is not in the past (assessed)": lambda w: assessing(
        w, consultation=NOBODY
    ),
    "'The port' is no id of a point": lambda w: assessing(w, point="The port"),
    "is no id of a point (long)": lambda w: assessing(w, point="a" * 41),
    "'maybe' is no reading of a point": lambda w: assessing(w, reading="maybe"),
    "the text is missing in the language (point)": lambda w: assessing(w, proposition={}),
    "the point is worded already": worded_again,
    "'xx' is no language of this charter (account)": lambda w: assessing(w, account={"xx": "x"}),
    "everyone who may read the request (assessed)": lambda w: assessing(
        w, to=pair(w, "JPN", "KOR")
    ),
    "a late answer to a drill says why the line failed": silent_late_answer,
    "the request to consult is not in the past": lambda w: answered(w, consultation=NOBODY),
    "the request to consult is not in the past (close)": lambda w: attempt(
        w, "KOR", acts.Closed, consultation=NOBODY, outcome={}
    ),
    "KOR asked; the others answer": lambda w: answered(w, "KOR"),
    "which asked, closes the consultation": closing_of_another,
    "the consultation is closed": answered_after_close,
    "everyone who may read the request": lambda w: answered(w, to=pair(w, "JPN", "KOR")),
    "an appointment names the holder": seat_act(
        acts.Appointed, office=SEAT, holder=" ", language="en"
    ),
    "'xx' is no language of this charter (holder)": seat_act(
        acts.Appointed, office=SEAT, holder="x", language="xx"
    ),
    "is vacant already": vacated_twice,
    "the officer key is not a key": seat_act(
        acts.KeyDelegated, office=SEAT, holder="x", officer_key="AAAA"
    ),
    "cannot serve as an officer key": founding_key,
    "a revoked key is never delegated again": lambda w: revoked_key(w, again="delegated"),
    "has not delegated this key": lambda w: revocation(w, "KOR"),
    "the key is revoked already": lambda w: revoked_key(w, again="revoked"),
    "a revocation says why": lambda w: revocation(w, "JPN", reason={}),
    "are made known to all parties (revocation)": lambda w: revocation(
        w, "JPN", to=pair(w, "JPN", "KOR")
    ),
    "a succession is public": lambda w: concurring(w, to=w.everyone()),
    "JPN, whose log it is, has not signed this statement": lambda w: concurring(w, asked="AAAA"),
    "does not bear the signature of KOR": lambda w: concurring(w, concurs="AAAA"),
    "in the first line of the new log": lambda w: concurring(w, party="JPN"),
    "KOR has concurred with jpn.demo.invalid/log/2 already": lambda w: concurred_twice(w, 2),
    "which may still be opened": lambda w: concurred_twice(w, 3),
    "the charter knows no seat": seat_act(acts.Vacated, office="nowhere"),
    "each party fills its own": seat_act(acts.Vacated, office=f"KOR/{BODY}"),
    "are made known to all parties": narrow_appointment,
    "is not a SHA-256": deposited(digest="x"),
    "is not the id of a row of the register": remarking(row="a row"),
    "the digest of the row is not a SHA-256": remarking(digest="x"),
    "'late' is no state of a promise": remarking(state="late", on="2027-01-01"),
    "is an event; only a promise is held or not": remarking(
        row="ev-a", state="held", on="2027-01-01"
    ),
    "is no day; the state holds for the period of a day": remarking(state="held", on="2027"),
    "the text is missing in the language 'en' (contested)": lambda w: attempt(
        w, "JPN", acts.Contested, row="ev-a", digest=NOBODY, reason={"ko": "x", "ja": "x"}
    ),
    "'xx' is no language of this charter (confirmed)": lambda w: attempt(
        w, "JPN", acts.Confirmed, row="ev-a", digest=NOBODY, note={"xx": "x"}
    ),
    "an alias is 16 hex digits": lambda w: appointed_as(w, "Holder"),
    "an alias is 16 hex digits (key)": lambda w: delegated_as(w, "0" * 15),
    "'whim' is no cause of an erasure: law or mistake": lambda w: erasing(
        w, "JPN", table(w), cause="whim"
    ),
    "'xx' is no language of this charter (erased)": lambda w: erasing(
        w, "JPN", table(w), reason={"xx": "x"}
    ),
    "the act to be erased is not in the past of this act": lambda w: erasing(w, "JPN", NOBODY),
    "only KOR, whose words they are, may erase them": of_another_in_the_own_book,
    "only JPN, whose words they are, may erase them": of_another,
    "anyone may read the act, so its erasure is public too": in_secret,
    "everyone who may read the act must be able to read its erasure": for_fewer,
    "this act holds no words to erase": lambda w: lasting(w, acts.Released, act="", to=["public"]),
    "which key serves follows from the holder's name": lambda w: lasting(
        w, acts.Appointed, office=f"JPN/{BODY}", holder="first holder", language="en"
    ),
    "a text that amends the charter says what runs; it stays": of_an_amendment,
    "a release is public": lambda w: attempt(w, "JPN", acts.Released, act=NOBODY),
}
# What happens before there is an article to cite.
WITHOUT = {
    "founded by the first entry of each log",
    "another founding or another charter",
    "no article of the charter permits this",
}


def patterns() -> dict[str, str]:
    """Each reason in the floor's source as a pattern, with the place where it stands."""
    found = {}
    for path in sorted(FLOOR.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for text in _reasons(node):
                found[_pattern(text)] = f"{path.name}:{node.lineno}"
    return found


def _reasons(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
        return [one for one in node.args[1:2] if isinstance(one, ast.Constant | ast.JoinedStr)]
    if isinstance(node, ast.FunctionDef) and node.name == "symbol_fault":
        returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
        return [one for one in returned if isinstance(one, ast.JoinedStr)]
    return []


def _pattern(text: ast.expr) -> str:
    if isinstance(text, ast.Constant):
        return re.escape(str(text.value))
    assert isinstance(text, ast.JoinedStr)
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*"
        for part in text.values
    )


def fault_of(reason: str, found: object) -> str | None:
    """What is wrong with a refusal that was to be reached, or None."""
    if not isinstance(found, Refused):
        return f"{reason}: not refused"
    if re.sub(r" \(.*\)$", "", reason) not in found.reason or not found.reason.endswith("."):
        return f"{reason}: refused for another reason: {found.reason}"
    if reason not in WITHOUT and not found.article:
        return f"{reason}: no article is cited"
    return None


@pytest.mark.slow
def test_every_reason_in_the_source_is_reached_and_cites_its_article() -> None:
    every = {**REACHED, **amending.REACHED, **convening.REACHED, **alerting.REACHED}
    found = {reason: reach(opened()) for reason, reach in every.items()}
    wrong = [fault for reason, one in found.items() if (fault := fault_of(reason, one))]
    reasons = [one.reason for one in found.values() if isinstance(one, Refused)]
    wrong += [
        f"{place}: never reached: {pattern}"
        for pattern, place in patterns().items()
        if not any(re.fullmatch(pattern, reason) for reason in reasons)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "reason", ["late objection", "late reserve", "the officer's signature does not match"]
)
def test_what_two_planted_bugs_would_let_in_is_refused(reason: str) -> None:
    """A few of the above alone: the planted bugs are run against these."""
    assert fault_of(reason, REACHED[reason](opened())) is None


def test_a_silence_in_the_wrong_hands_is_only_void() -> None:
    """What is void stays in the log and changes nothing; what follows it is read."""
    world = opened()
    matter = table_silence(world)
    world.settle()
    before = world.stand("USA", matter)
    bad = make(world, "KOR", acts.Positioned, matter=matter, version=matter,
               position=Position.OBJECT, reason=world.words("r"))  # fmt: skip
    found = raw(world, "KOR", bad)
    assert isinstance(found, Refused)
    assert world.stand("USA", matter).stage == before.stage
    world.now += HOUR
    scenes.position(world, "KOR", matter)
    world.settle()
    assert "KOR" in world.stand("USA", matter).current.positions


def test_bytes_that_are_no_act_are_void_and_not_broken() -> None:
    world = opened()
    hostile = [b"", b"{}", b"[" * 3000, b'{"kind":NaN}', b"\xff\xfe", b'{"a":1,"a":2}', b"1e999",
               b'{"kind":"tabled"}', b'{"at":18446744073709551617}']  # fmt: skip
    for body in hostile:
        act = SealedAct(bytes(32), body + b"\n" + bytes(64))
        world.peers["JPN"].reader.acts.pop(act.seal, None)
        tip = scenes.write(world, "JPN", act, world.everyone())
        world.settle(2)
        for reader in ("KOR", "USA"):
            assert isinstance(scenes.verdict(world, reader, tip), Refused)
    assert not world.peers["KOR"].replicas[world.origin("JPN")].stopped
    name = table(world)
    world.settle()
    assert world.stand("USA", name).symbol == f"{BODY}/2027/JPN/1"


def test_an_act_for_its_author_alone_stays_with_its_author() -> None:
    world = opened()
    own = [world.origin("JPN")]
    found = attempt(
        world, "JPN", acts.Deposited, to=own, title=world.words("t"), digest=NOBODY, source="s"
    )
    assert not isinstance(found, Refused)
    assert Audience(frozenset(own)).reaches(world.origin("JPN"))
    world.settle()
    assert all(NOBODY.encode() not in world.disks[other].bytes() for other in ("KOR", "USA"))
