"""What the record and the charter do not say is said by no page, calendar or feed."""

from __future__ import annotations

import amending
import pytest
from page_scenes import Scene, copy_of, remarked
from world import World

from architrave.charter.parse import parse_charter
from architrave.institution.pending import DeadlineKind
from architrave.institution.register import Register
from architrave.portal.feeds.calendar_dates import dates_of
from architrave.portal.feeds.feed_entries import feed
from architrave.portal.words import LANGUAGES, say

PROPOSED = 'order = ["KOR", "USA", "JPN"]  # proposed; no term begins before the body does'
DATED = (
    PROPOSED
    + """
terms = [{ party = "KOR", from = 2027-05-01, to = 2028-04-30 }]"""
)


def test_in_a_body_that_is_only_proposed_nobody_takes_the_chair() -> None:
    text = amending.SHIPPED
    scene = Scene(World(parse_charter(text.replace(PROPOSED, DATED, 1), "charter")))
    scene.world.open(amending.BODY)
    copy = copy_of(scene, "KOR")
    assert any(body.proposed and body.chair and body.chair.terms for body in copy.charter.bodies)
    assert [one for one in copy.told.dates if one.kind is DeadlineKind.CHAIR] == []
    assert [one for one in dates_of(copy) if one.kind is DeadlineKind.CHAIR] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_tells_that_a_remark_is_of_an_earlier_wording(
    language: str, register: Register
) -> None:
    found = feed(copy_of(remarked(), "USA", language, register), "register")
    assert found is not None
    earlier = say("remark-earlier", language)
    since = {one.href.rpartition("/")[2]: one.since for one in found.entries if one.since}
    assert [earlier in line for line in since["ev-campdavid"]] == [True]
    assert [earlier in line for line in since["cm-leaders-annual"]] == [False, False]
