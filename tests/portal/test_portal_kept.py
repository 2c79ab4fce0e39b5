"""What pages keep from one reader to the next is made anew when the record says otherwise."""

from __future__ import annotations

import pytest
from page_scenes import Scene, copy_of, in_force, matter_open, refused, table

from architrave.institution import acts
from architrave.institution.pending import DeadlineKind
from architrave.portal.data.data_matters import matter_data
from architrave.portal.feeds.feed_entries import feed
from architrave.portal.reading import Copy
from architrave.record.entries import Tip


def noticed(scene: Scene) -> list[str]:
    dates = copy_of(scene, "JPN").told.dates
    return [one.party for one in dates if one.kind is DeadlineKind.NOTICE]


def test_a_notice_taken_back_leaves_the_dates_once_the_others_have_cosigned_it() -> None:
    scene = in_force()
    world = scene.world
    peer = world.peers["JPN"]
    (notice,) = (fact for facts in peer.state.notices.values() for fact in facts)
    reason = world.words("after all")
    world.act("USA", "ESFBT", acts.RescindedNotice, notice=notice.name, reason=reason)
    world.settle()
    assert noticed(scene) == []
    # The same lines, before any checkpoint with cosignatures came for them.
    cosigned = dict(peer.cosigned)
    peer.cosigned.clear()
    assert noticed(scene) == ["USA"]
    peer.cosigned.update(cosigned)
    assert noticed(scene) == []


def test_a_feed_is_made_once_for_each_state_of_the_record() -> None:
    scene = matter_open()
    world = scene.world
    first = feed(copy_of(scene, "KOR"), "all")
    assert first is not None
    assert feed(copy_of(scene, "KOR"), "all") is first
    assert feed(copy_of(scene, "KOR", "ja"), "all") is not first
    assert feed(copy_of(scene, "KOR"), "all", "ESFBT") is not first
    title, digest = world.words("a paper"), "ab" * 32
    world.act("KOR", "TDC", acts.Deposited, title=title, digest=digest, source="")
    after = feed(copy_of(scene, "KOR"), "all")
    assert after is not None
    assert len(after.entries) == len(first.entries) + 1
    # What the others have received since is no new entry, but it is final now.
    world.settle()
    settled = feed(copy_of(scene, "KOR"), "all")
    assert settled is not None
    assert [one.sure for one in settled.entries] != [one.sure for one in after.entries]


def test_a_void_line_is_read_once_however_many_matters_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = refused()
    for number in range(3):
        table(scene, "JPN", "TDC", "3(1)", f"matter {number}")
    scene.world.settle()
    copy = copy_of(scene, "JPN")
    read: list[Tip] = []
    plain = Copy.read
    monkeypatch.setattr(Copy, "read", lambda self, tip: read.append(tip) or plain(self, tip))
    told = {one.symbol: matter_data(copy, one).refused for one in copy.told.matters}
    (void,) = copy.state.refused
    assert read.count(void) == 1
    assert {symbol: len(rows) for symbol, rows in told.items() if rows} == {scene.symbols[0]: 1}
