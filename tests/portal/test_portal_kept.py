"""What pages keep from one reader to the next is made anew when the record says otherwise."""

from __future__ import annotations

from page_scenes import Scene, copy_of, in_force

from architrave.institution import acts
from architrave.institution.pending import DeadlineKind


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
