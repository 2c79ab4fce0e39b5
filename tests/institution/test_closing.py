"""Closing, silence and what stands, on small worlds of three real peers."""

from __future__ import annotations

import pytest
import scenes
from rivers import rivers
from scenes import BODY, attempt, objection, position, table, table_silence
from world import DAY, HOUR, World

from architrave.charter.days import earliest_close
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.standing import Stage
from architrave.institution.state import Admitted, Refused


@pytest.fixture
def world() -> World:
    made = World()
    made.open(BODY)
    return made


def revise(world: World, party: str, matter: str, **fields: object) -> str:
    given = {"matter": matter, "article": "3(1)", "wording": scenes.wording(world)}
    return world.act(party, BODY, acts.Revised, **{**given, **fields})


def stages(world: World, matter: str) -> set[Stage]:
    return {world.stand(party, matter).stage for party in world.parties}


def wait(world: World, hours: int) -> None:
    world.now += hours * HOUR
    world.settle()


def test_in_force_when_each_has_received_all_and_each_has_received_that(world: World) -> None:
    matter = table(world)
    world.settle()
    for party in world.parties:
        assert stages(world, matter) <= {Stage.OPEN, Stage.CLOSING}
        position(world, party, matter)
        world.settle()
    assert stages(world, matter) == {Stage.IN_FORCE}
    assert world.stand("JPN", matter).current.ticks == 6


def test_a_party_has_one_position_in_a_matter(world: World) -> None:
    first = table(world)
    world.settle()
    second = revise(world, "KOR", first)
    world.settle()
    position(world, "USA", first)
    position(world, "USA", first, version=second)
    world.settle()
    shown = {one.version.name: one for one in world.stand("JPN", first).versions}
    assert list(shown[first].positions) == []
    assert list(shown[second].positions) == ["USA"]


def test_closing_fixes_a_position_and_what_comes_later_is_void(world: World) -> None:
    matter = scenes.agree(world)
    found = attempt(
        world, "JPN", acts.Positioned, matter=matter, version=matter, position=Position.ABSTAIN
    )
    assert isinstance(found, Refused)
    assert found.article == "2(2)"
    world.settle()
    assert stages(world, matter) == {Stage.IN_FORCE}


def test_a_retraction_before_the_own_closing_stops_the_agreement(world: World) -> None:
    matter = table(world)
    world.settle()
    for party in ("KOR", "JPN"):
        position(world, party, matter)
    world.settle()
    world.act("KOR", BODY, acts.Retracted, matter=matter)
    position(world, "USA", matter)
    world.settle()
    wait(world, 24)
    assert not stages(world, matter) & {Stage.AGREED, Stage.IN_FORCE}


def test_a_retraction_that_crosses_the_last_position_fails_the_matter_for_good(
    world: World,
) -> None:
    matter = table(world)
    world.settle()
    position(world, "KOR", matter)
    position(world, "JPN", matter)
    world.settle()
    world.cut = {(one, other) for one in ("KOR",) for other in ("JPN", "USA")}
    world.act("KOR", BODY, acts.Retracted, matter=matter)
    position(world, "USA", matter)
    world.settle()
    world.cut = set()
    world.settle()
    assert stages(world, matter) == {Stage.FAILED}
    position(world, "KOR", matter)
    world.settle()
    assert stages(world, matter) == {Stage.IN_FORCE}


def test_revising_leaves_the_own_position_on_other_versions(world: World) -> None:
    matter = table(world)
    world.settle()
    position(world, "KOR", matter)
    revise(world, "KOR", matter)
    world.settle()
    assert "KOR" not in world.stand("USA", matter).versions[0].positions


def test_a_withdrawn_matter_is_decided_by_nobody(world: World) -> None:
    matter = table(world)
    world.settle()
    position(world, "KOR", matter)
    position(world, "USA", matter)
    world.settle()
    world.act("JPN", BODY, acts.WithdrewMatter, matter=matter, reason=world.words("r"))
    world.settle()
    assert stages(world, matter) == {Stage.WITHDRAWN}


# -- silence --------------------------------------------------------------------------------------


def test_silence_is_kept_on_each_own_log_and_adopted_when_all_know(world: World) -> None:
    matter = table_silence(world)
    world.settle()
    assert stages(world, matter) == {Stage.RUNNING}
    wait(world, 23)
    assert stages(world, matter) == {Stage.RUNNING}
    wait(world, 2)
    assert stages(world, matter) == {Stage.IN_FORCE}


@pytest.mark.parametrize("word", [Position.OBJECT, Position.RESERVE])
def test_an_objection_or_a_reserve_breaks_a_silence_for_good(world: World, word: Position) -> None:
    matter = table_silence(world)
    world.settle()
    because = world.words("because")
    position(world, "USA", matter, word, reason=because, remedy=because)
    world.act("USA", BODY, acts.Retracted, matter=matter)
    world.settle()
    wait(world, 48)
    assert stages(world, matter) == {Stage.BROKEN}


def test_the_period_runs_from_the_own_receipt(world: World) -> None:
    world.down = {"KOR"}
    matter = table_silence(world)
    world.settle()
    wait(world, 20)
    world.down = set()
    world.settle()
    wait(world, 10)
    shown = world.stand("JPN", matter)
    assert shown.stage is Stage.CLOSING
    assert shown.current.has_all["KOR"] is None
    wait(world, 15)
    assert stages(world, matter) == {Stage.IN_FORCE}


def test_working_days_are_counted_in_each_capital() -> None:
    world = World()
    world.open(BODY)
    silence = acts.Silence("4(1)", world.now + HOUR)
    matter = table(world, article="4(1)", silence=silence)
    world.settle()
    peer = world.peers["USA"]
    fact = peer.state.acts[matter][0]
    for party in world.parties:
        upto = peer.view().tip(party)
        received = peer.history.entry(peer.history.first_naming(upto, fact.tip)).header.t
        period = world.charter.article("4(1)").minimum_period
        end = earliest_close(received, period, world.charter.party(party))
        while world.now < end:
            assert world.stand("USA", matter).current.has_all[party] is None
            world.now = min(end, world.now + 6 * HOUR)
            world.settle(2)
        world.settle(3)
        assert world.stand("USA", matter).current.has_all[party] is not None
    assert stages(world, matter) == {Stage.IN_FORCE}


def test_a_silence_beyond_the_listed_holidays_never_ends_and_harms_no_node() -> None:
    world = World()
    world.now += 361 * DAY  # 2027-12-28: two working days are left in every capital
    world.open(BODY)
    world.down = {"USA"}
    matter = table(world, article="4(1)", silence=acts.Silence("4(1)", world.now + HOUR))
    world.settle()
    wait(world, 6 * 24)
    world.down = set()
    wait(world, 30 * 24)
    # Washington received the text in a year whose holidays the charter does not list.
    assert stages(world, matter) == {Stage.CLOSING}
    assert world.stand("JPN", matter).current.has_all["USA"] is None


def test_an_unreachable_node_suspends_and_never_consents(world: World) -> None:
    world.down = {"USA"}
    matter = table_silence(world)
    world.settle()
    for _ in range(5):
        wait(world, 48)
    assert world.stand("JPN", matter).current.has_all["USA"] is None
    assert world.stand("JPN", matter).stage is Stage.CLOSING


def test_another_live_version_stops_a_silence(world: World) -> None:
    matter = table_silence(world)
    world.settle()
    revise(world, "KOR", matter)
    world.settle()
    wait(world, 48)
    assert not stages(world, matter) & {Stage.AGREED, Stage.IN_FORCE, Stage.CLOSING}


def test_a_party_with_a_position_on_another_version_keeps_no_silence(world: World) -> None:
    matter = table(world)
    world.settle()
    position(world, "USA", matter)
    world.settle()
    objection(world, "KOR", matter)
    world.settle()
    silence = acts.Silence("4(2)", world.now + DAY)
    quiet = revise(world, "JPN", matter, article="4(2)", silence=silence)
    world.settle()
    wait(world, 30)
    shown = {one.version.name: one for one in world.stand("JPN", matter).versions}[quiet]
    assert {party for party, tip in shown.has_all.items() if tip} == {"JPN"}
    assert shown.stage is Stage.CLOSING
    world.act("USA", BODY, acts.Retracted, matter=matter)
    world.settle()
    wait(world, 30)
    shown = {one.version.name: one for one in world.stand("JPN", matter).versions}[quiet]
    assert {party for party, tip in shown.has_all.items() if tip} == {"JPN", "USA"}


def test_a_late_objection_is_written_and_shown_as_late(world: World) -> None:
    matter = table_silence(world)
    world.settle()
    wait(world, 25)
    because = world.words("because")
    fields = {"matter": matter, "version": matter, "reason": because, "remedy": because}
    found = attempt(world, "KOR", acts.Positioned, position=Position.OBJECT, **fields)
    assert isinstance(found, Refused)
    assert found.late
    world.settle()
    for party in world.parties:
        shown = world.stand(party, matter).current
        assert shown.stage is Stage.IN_FORCE
        assert [fact.party for fact in shown.late] == ["KOR"]
        assert not shown.breaks


def test_an_objection_in_the_very_line_that_ends_the_silence_is_late(world: World) -> None:
    matter = table_silence(world)
    world.settle()
    world.now += 25 * HOUR
    because = world.words("because")
    fields = {"matter": matter, "version": matter, "reason": because, "remedy": because}
    found = attempt(world, "KOR", acts.Positioned, position=Position.OBJECT, **fields)
    assert isinstance(found, Refused)
    assert found.late
    world.settle()
    assert stages(world, matter) == {Stage.IN_FORCE}


# -- readers --------------------------------------------------------------------------------------


def ferry() -> tuple[World, list[str], str]:
    """A matter of three among five, which the two others may not read."""
    world = World(rivers(5))
    world.open("BASIN", "FERRY")
    to = sorted(world.origin(party) for party in ("ALD", "BOR", "CAS"))
    wording = acts.Wording(world.words("boats only"), world.words("s"), "plan", "binding")
    fields = {"symbol": "FERRY/2027/ALD/1", "body": "FERRY", "article": "2(3)"}
    matter = world.act("ALD", "FERRY", acts.Tabled, to=to, wording=wording, **fields)
    world.settle()
    return world, to, matter


def test_three_of_five_decide_among_themselves_and_two_read_nothing() -> None:
    world, to, matter = ferry()
    for party in ("ALD", "BOR", "CAS"):
        fields = {"matter": matter, "version": matter, "position": Position.CONCUR}
        world.act(party, "FERRY", acts.Positioned, to=to, **fields)
    world.settle()
    for party in ("ALD", "BOR", "CAS"):
        found = world.found(party, matter)
        assert found is not None
        assert found.stage is Stage.IN_FORCE
    for party in ("DUN", "EST"):
        assert world.found(party, matter) is None
        assert b"boats only" not in world.disks[party].bytes()
        assert matter.encode() not in world.disks[party].bytes()


def test_a_silence_among_three_of_five_ends_though_two_read_nothing() -> None:
    world = World(rivers(5))
    world.open("BASIN", "FERRY")
    to = sorted(world.origin(party) for party in ("ALD", "BOR", "CAS"))
    wording = acts.Wording(world.words("boats only"), world.words("s"), "plan", "binding")
    fields = {"symbol": "FERRY/2027/ALD/1", "body": "FERRY", "article": "3(2)"}
    silence = acts.Silence("3(2)", world.now + HOUR)
    matter = world.act(
        "ALD", "FERRY", acts.Tabled, to=to, wording=wording, silence=silence, **fields
    )
    world.settle()
    wait(world, 37)
    found = world.found("BOR", matter)
    assert found is not None
    assert found.stage is Stage.IN_FORCE


def test_a_position_for_more_readers_than_the_text_is_judged_without_it() -> None:
    world, to, matter = ferry()
    fields = {"matter": matter, "version": matter, "position": Position.CONCUR}
    wide = attempt(world, "BOR", acts.Positioned, seat_in="FERRY", **fields)
    assert isinstance(wide, Refused)
    assert "not in the past" in wide.reason
    right = attempt(world, "BOR", acts.Positioned, seat_in="FERRY", to=to, **fields)
    assert isinstance(right, Admitted)
