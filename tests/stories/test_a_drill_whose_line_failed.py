"""A drill of the line: one capital's leg fails, it says why, and the repair has owner and date."""

from __future__ import annotations

from datetime import date

from consultation_scenes import ClaimedBooks
from scenes import BODY, position
from world import HOUR, World

from architrave.desks.consultation.drills import (
    MonthState,
    Verdict,
    months,
    repair,
    results,
    shares,
)
from architrave.desks.consultation.lines import lines_of
from architrave.desks.consultation.timings import Timings, timings
from architrave.desks.consultation.words import (
    DRILL_FACTS,
    DRILL_GROUND,
    DRILL_OUTCOME,
    DRILL_WISH,
    worded,
)
from architrave.institution import acts
from architrave.institution.drills import LegState
from architrave.institution.pending import Need, status
from architrave.institution.standing import Stage


def timed(world: World, reader: str, name: str) -> Timings:
    peer = world.peers[reader]
    asked = peer.state.find(peer.view(), name)
    assert asked is not None
    return timings(peer.state, peer.view(), asked, ClaimedBooks(peer))


def owing(world: World, reader: str) -> set[tuple[str, Need]]:
    peer = world.peers[reader]
    found = status(peer.state, peer.view()).consultations
    return {(one.party, one.need) for consultation in found for one in consultation.awaiting}


def test_a_line_fails_its_drill_and_is_explained_late_and_repaired() -> None:
    world = World()
    world.open(BODY)
    charter = world.charter
    world.down = {"JPN"}
    name = world.act(
        "USA", BODY, acts.Consulted, symbol=f"{BODY}/2027/USA/1", body=BODY, drill=True,
        ground=worded(charter, DRILL_GROUND), facts=worded(charter, DRILL_FACTS),
        wish=worded(charter, DRILL_WISH),
    )  # fmt: skip
    world.settle()
    world.act("KOR", BODY, acts.Acknowledged, consultation=name, answer=world.words("read"))
    world.settle()
    world.now += 25 * HOUR
    world.settle()
    legs = {leg.party: leg for leg in results(timed(world, "USA", name))}
    assert legs["KOR"].verdict is Verdict.IN_TIME
    # Its book is silent: an answer may stand in it. Nobody is called late for that.
    assert legs["JPN"].verdict is Verdict.NOT_SETTLED
    assert not legs["JPN"].failed

    outcome = worded(charter, DRILL_OUTCOME)
    world.act("USA", BODY, acts.Closed, consultation=name, outcome=outcome)
    world.settle()
    assert results(timed(world, "USA", name))[0].failed
    assert owing(world, "USA") == {("JPN", Need.LINE), ("JPN", Need.REPAIR)}

    world.restart("JPN")
    world.settle()
    failed = {leg.party: leg for leg in results(timed(world, "KOR", name))}["JPN"]
    assert (failed.verdict, failed.state) == (Verdict.LATE, LegState.FAILED)
    assert failed.owes_a_word

    draft = repair(charter, timed(world, "JPN", name), "JPN", "2027-01-31")
    why = world.words("The duty officer's line was cut.")
    world.act("JPN", BODY, acts.Acknowledged, consultation=name, answer=why)
    matter = world.act(
        "JPN", BODY, acts.Tabled, symbol=f"{BODY}/2027/JPN/1", body=BODY, article="3(1)",
        wording=draft.wording, pledges=[draft.pledge],
    )  # fmt: skip
    world.settle()
    for party in world.parties:
        position(world, party, matter)
    world.settle()

    for reader in world.parties:
        peer = world.peers[reader]
        one = timed(world, reader, name)
        (japan,) = [leg for leg in results(one) if leg.party == "JPN"]
        assert (japan.state, japan.verdict) == (LegState.EXPLAINED, Verdict.LATE)
        # What is agreed says how; only the next drill shows that it is done.
        assert owing(world, reader) == {("JPN", Need.REPAIR)}
        (line,) = lines_of(peer.state, peer.view(), name)
        assert (line.kind, line.standing.stage) == ("repair", Stage.IN_FORCE)
        owed = status(peer.state, peer.view()).owed
        assert [(row.pledge.owner, row.due) for row in owed] == [("JPN/ESFSC", "2027-01-31")]
        assert [month.state for month in months([one], date(2027, 1, 20))] == [MonthState.HELD]
        found = {share.party: (share.share, share.failed) for share in shares([one])}
        assert found == {"JPN": (0.0, 1), "KOR": (1.0, 0)}

    second = world.act(
        "KOR", BODY, acts.Consulted, symbol=f"{BODY}/2027/KOR/1", body=BODY, drill=True,
        ground=worded(charter, DRILL_GROUND), facts=worded(charter, DRILL_FACTS),
        wish=worded(charter, DRILL_WISH),
    )  # fmt: skip
    world.settle()
    for party in ("JPN", "USA"):
        world.act(party, BODY, acts.Acknowledged, consultation=second, answer=world.words("read"))
    world.settle()
    for reader in world.parties:
        (japan,) = [leg for leg in results(timed(world, reader, name)) if leg.party == "JPN"]
        assert (japan.state, japan.failed) == (LegState.REPAIRED, True)
        assert owing(world, reader) == set()
