"""Real nodes, each down in turn: the others consult at once, and it has all on its return."""

from __future__ import annotations

from pathlib import Path

import pytest
from consultation_scenes import ClaimedBooks
from processes import PARTIES, Trio

from architrave.desks.consultation.timings import Timings, timings
from architrave.institution.drills import LegState

pytestmark = pytest.mark.slow

BODY = "ESFSC"


def ask(trio: Trio, party: str) -> str:
    words = {language: "a ship is missing" for language in trio.charter.languages}
    symbol = f"{BODY}/2027/{party}/1"
    fields = {"symbol": symbol, "body": BODY, "ground": words, "facts": words, "wish": words}
    return trio.give(party, "consulted", BODY, **fields)


def answer(trio: Trio, party: str, asked: str) -> None:
    words = {language: "we have it" for language in trio.charter.languages}
    trio.give(party, "acknowledged", BODY, consultation=asked, answer=words)


def told(trio: Trio, reader: str, name: str) -> Timings:
    """The legs as one node has stored them."""
    peer = trio.peer(reader)
    asked = peer.state.find(peer.view(), name)
    assert asked is not None
    return timings(peer.state, peer.view(), asked, ClaimedBooks(peer))


def states(one: Timings) -> dict[str, LegState]:
    return {leg.party: leg.state for leg in one.legs}


def test_each_down_in_turn_the_others_consult_and_it_has_all_on_its_return(
    tmp_path: Path,
) -> None:
    trio = Trio(tmp_path)
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        trio.rest()
        for place, out in enumerate(PARTIES):
            asks, third = PARTIES[(place + 1) % 3], PARTIES[(place + 2) % 3]
            trio.kill(out)
            name = ask(trio, asks)
            trio.rest(asks, third)
            answer(trio, third, name)
            trio.rest(asks, third)

            meanwhile = told(trio, asks, name)
            assert states(meanwhile) == {third: LegState.ANSWERED, out: LegState.OPEN}
            (silent,) = [leg for leg in meanwhile.legs if leg.party == out]
            assert silent.received is None, "a node that is down cannot have received it"
            (spoken,) = [leg for leg in meanwhile.legs if leg.party == third]
            assert spoken.final is None, "what one party has not received is not final"

            trio.start(out)
            trio.rest()
            answer(trio, out, name)
            trio.rest()
            for reader in PARTIES:
                seen = told(trio, reader, name)
                assert set(states(seen).values()) == {LegState.ANSWERED}
                assert all(leg.received and leg.final for leg in seen.legs)
    finally:
        trio.close()
