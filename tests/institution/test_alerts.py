"""Alerts: raised by one, answered side by side, met on in time; a test alert owes nothing."""

from __future__ import annotations

from alerting import (
    EVIDENCE,
    again,
    alert_closed,
    attest,
    attested,
    close,
    named,
    raise_alert,
    respond,
    told,
)
from scenes import BODY, attempt
from test_refusals import opened
from world import DAY, HOUR, World

from architrave.institution import acts
from architrave.institution.alerts import Alert, alert_named, alerts
from architrave.institution.attestations import attestations
from architrave.institution.meeting_clock import meeting_clock
from architrave.institution.pending import DeadlineKind, Need, consultations, status
from architrave.institution.state import Admitted


def seen(world: World, name: str) -> Alert:
    """The alert, which every copy shows alike but for what each knows to be final."""
    found = [alert_named(peer.state, peer.view(), name) for peer in world.peers.values()]
    assert found[0] is not None
    assert found[0] == found[1] == found[2]
    return found[0]


def needs(world: World, name: str) -> list[tuple[str, Need]]:
    return [(one.party, one.need) for one in seen(world, name).awaiting]


def dates(world: World, kind: DeadlineKind) -> list[tuple[str, str, int | None]]:
    peer = world.peers["USA"]
    found = status(peer.state, peer.view()).deadlines
    return [(one.subject, one.party, one.at) for one in found if one.kind is kind]


def convene(world: World, name: str, starts: int, party: str = "JPN") -> None:
    world.act(
        party, BODY, acts.Convened, symbol=f"{BODY}/2027/{party}/8", body=BODY, starts=starts,
        ends=starts + HOUR, consultation=name,
    )  # fmt: skip
    world.settle()


def test_an_alert_waits_for_each_other_s_answer_and_its_author_owes_the_meeting() -> None:
    world = opened()
    name = raise_alert(world)
    owed = [("JPN", Need.ANSWER), ("USA", Need.ANSWER), ("KOR", Need.MEETING)]
    assert needs(world, name) == owed
    respond(world, "USA", name)
    assert needs(world, name) == [owed[0], owed[2]]
    assert seen(world, name).unanswered == ("JPN",)


def test_the_period_of_the_clock_is_that_of_the_article_on_early_warning() -> None:
    world = opened()
    name = raise_alert(world)
    peer = world.peers["JPN"]
    clock = meeting_clock(peer.state, peer.view(), seen(world, name).asked)
    assert clock is not None
    assert (clock.article, clock.owed, clock.within) == ("5(4)", True, None)
    assert clock.due is not None
    assert clock.due - clock.since == 15 * DAY
    assert dates(world, DeadlineKind.MEET_BY) == [(f"{BODY}/2027/KOR/5", "KOR", clock.due)]


def test_a_meeting_that_answers_it_pays_what_is_owed_and_stands_beside_it() -> None:
    world = opened()
    name = raise_alert(world)
    convene(world, name, world.now + 3 * DAY)
    assert needs(world, name) == [("JPN", Need.ANSWER), ("USA", Need.ANSWER)]
    assert dates(world, DeadlineKind.MEET_BY) == []
    peer = world.peers["JPN"]
    clock = meeting_clock(peer.state, peer.view(), seen(world, name).asked)
    assert clock is not None
    assert clock.within is True
    assert clock.meeting is not None
    assert clock.meeting.party == "JPN"


def test_an_alert_whose_meeting_not_all_have_received_is_provisional() -> None:
    world = opened()
    name = raise_alert(world)
    for _ in range(3):
        world.settle()
    peer = world.peers["JPN"]
    before = alert_named(peer.state, peer.view(), name)
    assert before is not None
    assert before.final
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    convene(world, name, world.now + 3 * DAY)
    after = alert_named(peer.state, peer.view(), name)
    assert after is not None
    assert [one.need for one in after.awaiting] == [Need.ANSWER, Need.ANSWER]
    assert not after.final


def test_a_test_alert_owes_nothing_and_is_answered_all_the_same() -> None:
    world = opened()
    name = raise_alert(world, drill=True)
    assert needs(world, name) == []
    assert dates(world, DeadlineKind.MEET_BY) == []
    peer = world.peers["JPN"]
    assert meeting_clock(peer.state, peer.view(), seen(world, name).asked) is None
    assert [one.act.drill for one in status(peer.state, peer.view()).alerts] == [True]
    respond(world, "JPN", name)
    assert [one.party for one in seen(world, name).answers] == ["JPN"]


def test_answers_stand_side_by_side_and_a_later_one_after_its_party_s_earlier() -> None:
    world = opened()
    name = raise_alert(world)
    respond(world, "USA", name, unable=True)
    respond(world, "JPN", name, sees=world.words("no ship"))
    respond(world, "USA", name, offer=world.words("a ship"))
    answers = seen(world, name).answers
    assert [(one.party, one.act.unable) for one in answers] == [
        ("JPN", False), ("USA", True), ("USA", False),
    ]  # fmt: skip


def test_answers_given_at_once_stand_in_one_order_in_every_copy() -> None:
    world = opened()
    name = raise_alert(world)
    world.cut = {(one, other) for one in world.parties for other in world.parties}
    for party in ("USA", "JPN"):
        world.act(party, BODY, acts.Responded, alert=name, offer=world.words(party))
    world.cut = set()
    world.settle()
    assert [one.party for one in seen(world, name).answers] == ["JPN", "USA"]


def test_a_closed_alert_waits_for_nobody_and_is_pending_no_more() -> None:
    world = opened()
    name = alert_closed(world)
    one = seen(world, name)
    assert (one.awaiting, one.pending) == ((), False)
    peer = world.peers["USA"]
    assert status(peer.state, peer.view()).alerts == ()
    assert alerts(peer.state, peer.view()) == (one,)


def test_an_alert_is_no_consultation_and_a_consultation_no_alert() -> None:
    world = opened()
    raise_alert(world)
    words = world.words("w")
    world.act(
        "KOR", BODY, acts.Consulted, symbol=f"{BODY}/2027/KOR/9", body=BODY, ground=words,
        facts=words, wish=words,
    )  # fmt: skip
    world.settle()
    peer = world.peers["USA"]
    assert [one.act.symbol for one in consultations(peer.state, peer.view())] == [
        "ESFSC/2027/KOR/9"
    ]
    assert [one.act.symbol for one in alerts(peer.state, peer.view())] == ["ESFSC/2027/KOR/5"]


def test_what_is_not_known_is_said_and_one_known_point_is_enough() -> None:
    world = opened()
    rest = ("causes", "duration", "measures", "sectors", "wanted")
    name = raise_alert(world, unknown=list(rest), **{point: {} for point in rest})
    act = seen(world, name).act
    assert act.impact
    assert act.unknown == list(rest)


def test_a_symbol_of_an_alert_is_issued_once() -> None:
    world = opened()
    raise_alert(world)
    given = {**told(world), "impact": world.words("other")}
    found = attempt(world, "KOR", acts.Alerted, **given)
    assert found.reason == f"the symbol {BODY}/2027/KOR/5 has been issued before."


def said(world: World, version: str, evidence: str = EVIDENCE) -> list[tuple[str, str]]:
    found = [
        [(fact.party, act.finding) for fact, act in attestations(
            peer.state, peer.view(), version, evidence
        )]
        for peer in world.peers.values()
    ]  # fmt: skip
    assert found[0] == found[1] == found[2]
    return found[0]


def test_a_party_s_latest_attestation_counts_and_each_speaks_for_itself() -> None:
    world = opened()
    matter = named(world)
    cells = [acts.Cell("result.x", "1", "2")]
    attest(world, "USA", matter, finding="different", differing=9, cells=cells)
    attest(world, "KOR", matter)
    assert said(world, matter) == [("KOR", "same"), ("USA", "different")]
    attest(world, "USA", matter)
    assert said(world, matter) == [("KOR", "same"), ("USA", "same")]


def test_an_attestation_is_of_one_version_and_says_nothing_of_the_next() -> None:
    world = opened()
    matter = named(world)
    attest(world, "KOR", matter)
    later = again(world, matter, "KOR")
    assert said(world, later, "cd" * 32) == []
    assert said(world, matter) == [("KOR", "same")]
    # Korea words the later version, so Japan may attest what that names.
    fields = {"version": later, "evidence": "cd" * 32}
    found = attempt(world, "JPN", acts.Attested, **attested(matter, **fields))
    assert isinstance(found, Admitted)


def test_an_attestation_takes_no_position_and_closes_nothing() -> None:
    world = opened()
    matter = named(world)
    attest(world, "KOR", matter)
    standing = world.stand("USA", matter)
    assert standing.current.positions == {}


def test_the_party_that_raised_it_closes_it_and_says_how_it_ended() -> None:
    world = opened()
    name = raise_alert(world, "JPN")
    close(world, name, "JPN")
    one = seen(world, name)
    assert one.closed is not None
    assert one.closed.party == "JPN"
