"""What pages keep from one reader to the next is made anew when the record says otherwise."""

from __future__ import annotations

from page_scenes import Scene, copy_of, in_force, matter_open

from architrave.institution import acts
from architrave.institution.pending import DeadlineKind
from architrave.portal.feed_entries import feed


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
