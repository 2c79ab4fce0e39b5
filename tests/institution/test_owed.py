"""Withdrawal runs on the others' books; commitments have the states of a promise."""

import msgspec
import pytest
from papers import BODY, DAY, HOUR, adopted, pledge, wording
from world import START, World, seed

from architrave.institution import acts
from architrave.institution.owed import Notice, Owed, notices
from architrave.institution.pending import status
from architrave.institution.state import Refused
from architrave.record.sealing import SealedAct, sign_act

EFFECT = START + 100 * DAY


@pytest.fixture
def world() -> World:
    made = World()
    made.open(BODY)
    return made


def notice_in(world: World, party: str, matter: str) -> Notice:
    peer = world.peers[party]
    (found,) = notices(peer.state, peer.view(), world.stand(party, matter))
    return found


def give_notice(world: World, party: str, matter: str, effect: int = EFFECT) -> str:
    name = world.act(
        party,
        BODY,
        acts.NotifiedWithdrawal,
        matter=matter,
        effect=effect,
        reason=world.words("reason"),
    )
    world.settle()
    return name


def owed_in(world: World, party: str) -> list[Owed]:
    peer = world.peers[party]
    return list(status(peer.state, peer.view()).owed)


def refused(world: World, party: str, kind: type[acts.Act], **fields: object) -> str:
    """The reason with which an act is refused."""
    key = world.officer(party, BODY)
    world.at += 1
    act = kind(
        party=party,
        seat=world.charter.body(BODY).seat_of(party).id,
        key=key.public.text,
        at=world.now + world.at,
        to=world.everyone(),
        **fields,
    )
    verdict = world.peers[party].rehearse(
        SealedAct(seed("salt"), sign_act(acts.document_of(act), world.founding.id, key))
    )
    assert isinstance(verdict, Refused), verdict
    assert verdict.article
    return verdict.reason


def test_a_notice_takes_effect_when_every_other_book_has_passed_its_date(world: World) -> None:
    matter = adopted(world, *world.parties)
    leaver, *others = world.parties
    give_notice(world, leaver, matter)
    assert set(notice_in(world, leaver, matter).awaiting) == set(others)
    world.tick(EFFECT - world.now)
    world.settle()
    for party in world.parties:
        found = notice_in(world, party, matter)
        assert found.effective
        assert found.awaiting == ()
    assert {row.party for row in owed_in(world, others[0])} >= set(others)
    assert all(row.due <= "2027-04-11" for row in owed_in(world, others[0]) if row.party == leaver)


def test_a_silent_counterpart_keeps_a_notice_from_running_out(world: World) -> None:
    matter = adopted(world)
    leaver, present, absent = world.parties
    give_notice(world, leaver, matter)
    world.down.add(absent)
    world.tick(EFFECT - world.now + DAY)
    world.settle()
    assert absent in notice_in(world, leaver, matter).awaiting
    assert not notice_in(world, present, matter).effective
    world.down.discard(absent)
    world.settle()
    assert all(notice_in(world, party, matter).effective for party in world.parties)


def test_a_line_counts_only_under_a_checkpoint_that_enough_others_cosigned(world: World) -> None:
    matter = adopted(world)
    leaver, other, third = world.parties
    give_notice(world, leaver, matter)
    world.tick(EFFECT - world.now)
    world.settle()
    peer = world.peers[leaver]
    bare = peer.state.view(peer.history, peer.reader.cut())
    (found,) = notices(peer.state, bare, world.stand(leaver, matter))
    assert set(found.awaiting) == {other, third}
    assert not found.effective


@pytest.mark.parametrize("kind", [acts.SuspendedNotice, acts.RescindedNotice])
def test_a_change_before_the_effect_stops_it_for_good(
    world: World, kind: type[acts.SuspendedNotice | acts.RescindedNotice]
) -> None:
    matter = adopted(world)
    leaver = world.parties[1]
    name = give_notice(world, leaver, matter)
    world.act(leaver, BODY, kind, notice=name, reason=world.words("reason"))
    world.settle()
    field = "suspended" if kind is acts.SuspendedNotice else "rescinded"
    assert all(getattr(notice_in(world, party, matter), field) for party in world.parties)
    world.tick(EFFECT - world.now + DAY)
    world.settle()
    assert not any(notice_in(world, party, matter).effective for party in world.parties)


@pytest.mark.parametrize("kind", [acts.SuspendedNotice, acts.RescindedNotice])
def test_a_change_that_nobody_had_in_time_changes_nothing(
    world: World, kind: type[acts.SuspendedNotice | acts.RescindedNotice]
) -> None:
    matter = adopted(world)
    leaver, *others = world.parties
    name = give_notice(world, leaver, matter)
    world.tick(EFFECT - world.now - HOUR)
    world.settle()
    world.down.add(leaver)
    world.peers[leaver].now = world.now
    world.act(leaver, BODY, kind, notice=name, reason=world.words("reason"))
    world.deliver()
    world.tick(2 * HOUR)
    world.settle()
    world.down.discard(leaver)
    world.settle(20)
    for party in world.parties:
        found = notice_in(world, party, matter)
        assert found.effective, party
        assert not found.suspended
        assert not found.rescinded
    assert set(others) < set(world.parties)


def test_notice_is_refused_before_its_period_or_beyond_the_calendar(world: World) -> None:
    matter = adopted(world)
    party = world.parties[0]
    for effect, words in [(world.now + 89 * DAY, "notice period"), (2**53 - 1, "1970")]:
        reason = refused(
            world,
            party,
            acts.NotifiedWithdrawal,
            matter=matter,
            effect=effect,
            reason=world.words("reason"),
        )
        assert words in reason


def test_only_the_giver_changes_a_notice(world: World) -> None:
    matter = adopted(world)
    name = give_notice(world, world.parties[0], matter)
    reason = refused(
        world, world.parties[1], acts.RescindedNotice, notice=name, reason=world.words("x")
    )
    assert "only" in reason


def report(world: World, party: str, matter: str, period: str) -> str:
    name = world.act(
        party,
        BODY,
        acts.Reported,
        matter=matter,
        pledge=f"report-{party.lower()}",
        period=period,
        account=world.words("stocks are sufficient"),
    )
    world.settle()
    return name


def test_a_commitment_is_reported_then_held_when_those_named_accept(world: World) -> None:
    matter = adopted(world, *world.parties)
    owner, *others = world.parties
    assert {row.state.value for row in owed_in(world, owner)} == {"not-known"}
    name = report(world, owner, matter, "2027-03-31")

    def state() -> str:
        (row,) = [one for one in owed_in(world, others[1]) if one.party == owner and one.next]
        return row.state.value

    assert state() == "reported"
    for party in others:
        world.act(party, BODY, acts.AcceptedReport, report=name)
    world.settle()
    assert state() == "held"


def test_a_period_without_a_report_reads_none_found_and_never_late(world: World) -> None:
    matter = adopted(world, world.parties[0])
    world.tick(95 * DAY)
    world.settle()
    rows = [row for row in owed_in(world, world.parties[2]) if row.standing.name == matter]
    assert [(row.due, row.state.value, row.next) for row in rows] == [
        ("2027-03-31", "none-found", False),
        ("2027-06-30", "not-known", True),
    ]


def test_a_report_names_a_period_of_the_commitment(world: World) -> None:
    matter = adopted(world, world.parties[0])
    reason = refused(
        world,
        world.parties[0],
        acts.Reported,
        matter=matter,
        pledge=f"report-{world.parties[0].lower()}",
        period="2027-04-01",
        account=world.words("x"),
    )
    assert "no period" in reason


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"owner": "nobody/ESFBT"}, "no seat of a party"),
        ({"due": "2027-02-30"}, "no date of the form"),
        ({"cadence": "weekly"}, "no cadence of a commitment"),
        ({"what": {"en": "only one language"}}, "missing in the language"),
        ({"id": ""}, "has no name of its own"),
    ],
)
def test_a_commitment_that_nobody_could_keep_is_not_tabled(
    world: World, change: dict[str, object], words: str
) -> None:
    party = world.parties[0]
    fields = {**msgspec.to_builtins(pledge(world, party)), **change}
    reason = refused(
        world,
        party,
        acts.Tabled,
        symbol=f"{BODY}/2027/{party}/9",
        body=BODY,
        article="3(1)",
        wording=wording(world, "plan"),
        pledges=[acts.Pledge(**fields)],
    )
    assert words in reason


def test_a_silence_that_the_charter_cannot_count_is_not_tabled(world: World) -> None:
    party = world.parties[0]
    world.tick(730 * DAY)
    world.settle(40)
    reason = refused(
        world,
        party,
        acts.Tabled,
        symbol=f"{BODY}/2029/{party}/9",
        body=BODY,
        article="4(1)",
        wording=wording(world, "plan"),
        silence=acts.Silence("4(1)", world.now + DAY),
    )
    assert "holidays" in reason
