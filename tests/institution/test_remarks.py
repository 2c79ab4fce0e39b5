"""What capitals say of rows of the register, each for itself, and what that does to a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import scenes
from register_texts import shipped_register
from scenes import BODY
from test_refusals import opened
from world import World

from architrave.institution import acts
from architrave.institution.promises import State, assess
from architrave.institution.register_rows import Register
from architrave.institution.remarks import promise_reports, remarks
from architrave.record.entries import Audience

ROW = "cm-leaders-annual"


def say(world: World, party: str, kind: type[acts.Act], row: str = ROW, **fields: object) -> str:
    given = {"row": row, "digest": shipped_register().row_digest(row), **fields}
    return world.act(party, BODY, kind, **given)


def told(world: World, reader: str, row: str = ROW) -> list[tuple[str, str, bool]]:
    peer = world.peers[reader]
    digest = shipped_register().row_digest(row)
    return [
        (one.fact.party, acts.kind_of(one.act), one.present)
        for one in remarks(peer.state, peer.view(), row, digest)
    ]


def test_each_party_s_latest_word_on_a_row_is_its_word_on_every_copy() -> None:
    world = opened()
    say(world, "JPN", acts.Contested, reason=world.words("r"))
    say(world, "KOR", acts.Confirmed)
    world.settle()
    world.now += 1
    say(world, "JPN", acts.Confirmed, note={"ja": "確認した。"})
    world.settle()
    for reader in world.parties:
        assert told(world, reader) == [
            (party, "confirmed", True)
            for party in world.charter.party_ids
            if party in ("JPN", "KOR")
        ]
        assert told(world, reader, "ev-campdavid") == []


def test_a_row_worded_anew_leaves_the_word_on_the_earlier_wording() -> None:
    world = opened()
    world.act("USA", BODY, acts.Confirmed, row=ROW, digest="0" * 64)
    world.settle()
    assert told(world, "JPN") == [("USA", "confirmed", False)]


def states(world: World, register: Register, day: date) -> list[State]:
    peer = world.peers["JPN"]
    reports = promise_reports(peer.state, peer.view(), register)
    return [one.state for one in assess(register, register.promise_by_id[ROW], day, reports)]


def test_a_party_that_calls_a_promise_held_makes_it_reported_and_nothing_more() -> None:
    world, register = opened(), shipped_register()
    bare = Register(register.header, register.events, register.promises, ())
    day = date(2024, 12, 1)
    before = states(world, bare, day)
    say(world, "KOR", acts.Corrected, correction=world.words("c"), state="held", on="2024-03-01")
    world.settle()
    after = states(world, bare, day)
    assert before[0] is not State.REPORTED
    assert after == [State.REPORTED, *before[1:]]
    # A capital that denies it goes before one that reports it; a source that shows it before both.
    denied = {"correction": world.words("c"), "state": "not-held"}
    say(world, "USA", acts.Corrected, on="2024-03-02", **denied)
    world.settle()
    assert states(world, bare, day)[0] is State.NOT_HELD
    say(world, "JPN", acts.Corrected, on="2024-11-20", **denied)
    world.settle()
    assert states(world, register, day) == [State.NOT_HELD, State.HELD]


def test_what_was_said_of_an_earlier_wording_changes_no_state() -> None:
    world, register = opened(), shipped_register()
    bare = Register(register.header, register.events, register.promises, ())
    before = states(world, bare, date(2024, 12, 1))
    fields = {"correction": world.words("c"), "state": "held", "on": "2024-03-01"}
    world.act("KOR", BODY, acts.Corrected, row=ROW, digest="0" * 64, **fields)
    world.settle()
    assert states(world, bare, date(2024, 12, 1)) == before


def test_words_for_two_are_told_to_the_two_only() -> None:
    world = opened()
    to = sorted(world.origin(party) for party in ("JPN", "KOR"))
    say(world, "JPN", acts.Confirmed, to=to)
    world.settle()
    assert told(world, "JPN") == []
    peer = world.peers["KOR"]
    narrow = replace(peer.view(), audience=Audience(frozenset(to)))
    digest = shipped_register().row_digest(ROW)
    assert [one.fact.party for one in remarks(peer.state, narrow, ROW, digest)] == ["JPN"]


def test_a_confirmation_taken_apart_by_scenes_is_void() -> None:
    world = opened()
    refused = scenes.attempt(world, "JPN", acts.Confirmed, row="cm-", digest="0" * 64)
    assert "not the id of a row" in refused.reason
    assert told(world, "JPN") == []
