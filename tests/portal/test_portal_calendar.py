"""The calendar: whole for every program, and right about what has changed and what is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import amending
import pytest
from feed_reading import Subscriber, events, fold_faults, of, shown
from page_scenes import (
    NASTY,
    SCENES,
    Scene,
    copy_of,
    in_force,
    objection,
    opened,
    say,
    silence_broken,
    silence_running,
    table,
    unfounded,
    wording,
)
from test_portal_pages import read, scene_of
from world import DAY, World

from architrave.charter.parse import parse_charter
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import Pledge, Silence
from architrave.institution.pending import DeadlineKind
from architrave.portal.feeds.calendar_dates import Dated, Status, Why, dates_of
from architrave.portal.feeds.calendar_file import calendar_bytes, calendar_file
from architrave.portal.words import FAMILIES, LANGUAGES

every = pytest.mark.parametrize("language", LANGUAGES)
in_each_scene = pytest.mark.parametrize("name", list(SCENES))
# In these scenes a capital is away, or two histories of a book were signed.
TOGETHER = [name for name in SCENES if name not in ("party_down", "two_faces")]


def first_matter(scene: Scene) -> str:
    return next(iter(scene.world.peers["JPN"].state.matters))


def kept(scene: Scene, party: str = "JPN") -> dict[tuple[str, str], Dated]:
    """The dates by kind and party, the last of each."""
    return {(one.kind.value, one.party): one for one in dates_of(copy_of(scene, party))}


# -- the file -----------------------------------------------------------------------------------


@every
@in_each_scene
def test_every_calendar_is_whole(name: str, language: str) -> None:
    scene = scene_of(name)
    for body in ("", *(one.id for one in scene.world.charter.bodies)):
        file = of(scene, scene.world.parties[0], language, body)
        data = calendar_bytes(file)
        assert fold_faults(data) == []
        found = events(data)
        assert list(found) == [one.dated.uid for one in file.events]
        for one in file.events:
            event = found[one.dated.uid]
            assert event.errors == []
            assert (str(event["summary"]), str(event["description"])) == (
                one.summary,
                one.description,
            )
            assert event["summary"].params["LANGUAGE"] == language
            assert one.summary.startswith("DEMO · ")
            assert event["status"] in ("TENTATIVE", "CONFIRMED", "CANCELLED")
            for stamp in ("dtstamp", "created", "last-modified"):
                assert event[stamp].dt.utcoffset() == timedelta(0), stamp
            assert event["created"].dt <= event["last-modified"].dt == event["dtstamp"].dt
            assert body in ("", one.dated.body)


@every
def test_the_calendar_says_its_name_and_when_to_ask_again(language: str) -> None:
    text = calendar_bytes(of(silence_running(), "KOR", language, "ESFBT")).decode()
    whole = text.replace("\r\n ", "")
    assert whole.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Architrave//DEMO ")
    assert f"\r\nNAME;LANGUAGE={language}:DEMO · " in whole
    assert "\r\nX-WR-CALNAME:DEMO · " in whole
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in whole
    assert f"\r\nSOURCE;VALUE=URI:http://kor.invalid/feeds/{language}/ESFBT/calendar.ics" in whole
    assert "\r\nMETHOD" not in whole


def test_an_instant_is_in_utc_and_a_day_is_a_day() -> None:
    found = shown(in_force(), "USA")
    kinds = {str(one["categories"].to_ical(), "utf-8"): one for one in found.values()}
    day, instant = kinds["promise falls due"], kinds["silence expires"]
    assert day["dtstart"].dt == date(2027, 3, 31)
    assert day["dtstart"].params["VALUE"] == "DATE"
    assert isinstance(instant["dtstart"].dt, datetime)
    assert instant["dtstart"].to_ical().endswith(b"Z")
    for zone in ("Washington", "Tokyo", "Seoul", "UTC"):
        assert f"({zone})" in instant["description"]


@pytest.mark.parametrize("name", TOGETHER)
def test_every_capital_gives_the_same_names_sequences_and_times(name: str) -> None:
    scene = scene_of(name)
    told = {
        (party, language): [
            (uid, one["sequence"], one["status"], one["dtstart"].to_ical(), one["dtstamp"].dt)
            for uid, one in sorted(shown(scene, party, language).items())
        ]
        for party in scene.world.parties
        for language in LANGUAGES
    }
    first = next(iter(told.values()))
    assert all(one == first for one in told.values())


def test_another_institution_has_other_names() -> None:
    one = silence_running()
    charter = amending.SHIPPED + "# another charter, so another founding\n"
    other = Scene(World(parse_charter(charter, "charter")))
    other.world.open("TDC", "ESFBT")
    table(other, "KOR", "ESFBT", "4(2)", silence=Silence("4(2)", other.world.now + 2 * DAY))
    other.world.settle()
    assert shown(other, "JPN")
    assert shown(one, "JPN").keys().isdisjoint(shown(other, "JPN").keys())


@in_each_scene
def test_the_dates_that_hold_are_those_of_the_front_page(name: str) -> None:
    scene = scene_of(name)
    copy = copy_of(scene, scene.world.parties[0])
    held = {
        (one.kind, one.subject, one.party, one.at, one.day)
        for one in dates_of(copy)
        if not one.cancelled and one.why is not Why.KEPT
    }
    owed = [one for one in copy.told.dates if one.kind is DeadlineKind.COMMITMENT]
    told = {(one.kind, one.subject, one.party, one.at, one.day) for one in copy.told.dates}
    assert told <= held
    # A commitment that fell due stays in the calendar; of nothing else there is more.
    assert {one[0] for one in held - told} <= {DeadlineKind.COMMITMENT}
    assert len(owed) <= len([one for one in held if one[0] is DeadlineKind.COMMITMENT])


def test_before_any_book_is_begun_the_calendar_is_empty_and_whole() -> None:
    data = calendar_bytes(of(unfounded(), "KOR"))
    assert events(data) == {}
    assert fold_faults(data) == []


# -- stories ------------------------------------------------------------------------------------


def test_a_silence_is_broken_put_anew_and_comes_into_force() -> None:
    scene = silence_running()
    world, watch = scene.world, Subscriber(scene)
    watch.look()
    matter = first_matter(scene)
    first = {one.party: one for one in dates_of(copy_of(scene, "JPN"))}
    assert {one.why for one in first.values()} == {Why.SET}
    world.act("JPN", "ESFBT", acts.Positioned, matter=matter, version=matter, **objection(world))
    watch.ticks()
    broken = {one.party: one for one in dates_of(copy_of(scene, "KOR"))}
    for party, one in first.items():
        assert broken[party].uid == one.uid
        assert broken[party].sequence > one.sequence
        assert (broken[party].why, broken[party].status) == (Why.BROKEN, Status.CANCELLED)
        assert broken[party].at == one.at
    expiry = world.now + 4 * DAY
    revised = world.act("KOR", "ESFBT", acts.Revised, matter=matter, article="4(2)",
                        wording=wording(world, "second version"),
                        silence=Silence("4(2)", expiry))  # fmt: skip
    world.act("JPN", "ESFBT", acts.Retracted, matter=matter)
    watch.ticks()
    dates = dates_of(copy_of(scene, "USA"))
    assert len(dates) == 6
    assert {one.at for one in dates if not one.cancelled} == {expiry}
    assert {one.uid for one in dates if one.cancelled} == {one.uid for one in first.values()}
    world.now += 5 * DAY
    watch.ticks(20)
    assert world.stand("JPN", matter).decided.version.name == revised
    new = [one for one in dates_of(copy_of(scene, "USA")) if one.at == expiry]
    assert [(one.why, one.status) for one in new] == [(Why.KEPT, Status.CONFIRMED)] * 3
    assert watch.changes > 9


def test_a_text_put_beside_a_running_silence_takes_its_date_away() -> None:
    scene = silence_running()
    world, watch = scene.world, Subscriber(scene)
    watch.look()
    world.act("USA", "ESFBT", acts.Revised, matter=first_matter(scene), article="3(1)",
              wording=wording(world, "second version"))  # fmt: skip
    watch.ticks()
    assert {one.why for one in dates_of(copy_of(scene, "JPN"))} == {Why.REPLACED}
    assert all(one["status"] == "CANCELLED" for one in shown(scene, "KOR").values())


def test_a_matter_withdrawn_cancels_its_dates() -> None:
    scene = silence_running()
    world, watch = scene.world, Subscriber(scene)
    watch.look()
    reason = world.words("no longer needed")
    world.act("KOR", "ESFBT", acts.WithdrewMatter, matter=first_matter(scene), reason=reason)
    watch.ticks()
    found = shown(scene, "USA")
    assert len(found) == 3
    for one in found.values():
        assert one["status"] == "CANCELLED"
        assert str(one["summary"]).startswith("DEMO · [Cancelled] ")
        assert "matter withdrawn" in one["description"]


@pytest.mark.parametrize(
    ("kind", "why"), [(acts.RescindedNotice, Why.RESCINDED), (acts.SuspendedNotice, Why.SUSPENDED)]
)
def test_a_notice_taken_back_or_suspended_is_cancelled(kind: type, why: Why) -> None:
    scene = in_force()
    world, watch = scene.world, Subscriber(scene)
    watch.look()
    before = kept(scene)["notice", "USA"]
    assert (before.why, before.status) == (Why.SET, Status.CONFIRMED)
    notice = next(one for one in world.peers["JPN"].state.notices[first_matter(scene)])
    world.act("USA", "ESFBT", kind, notice=notice.name, reason=world.words(NASTY))
    watch.ticks()
    after = kept(scene)["notice", "USA"]
    assert (after.uid, after.at, after.why) == (before.uid, before.at, why)
    assert after.status is Status.CANCELLED
    assert after.sequence > before.sequence


def test_a_notice_that_has_run_ends_what_the_party_owed() -> None:
    scene = opened()
    world, watch = scene.world, Subscriber(scene)
    pledge = Pledge("p", "USA/ESFBT", "2027-01-31", world.words("what"), "monthly")
    table(scene, "KOR", "ESFBT", "4(2)", "text", pledges=[pledge],
          silence=Silence("4(2)", world.now + 2 * DAY))  # fmt: skip
    watch.ticks()
    world.now += 3 * DAY
    watch.ticks(20)
    effect = world.now + 100 * DAY
    world.act("USA", "ESFBT", acts.NotifiedWithdrawal, matter=first_matter(scene),
              effect=effect, reason=world.words("reason"))  # fmt: skip
    for month in range(6):
        world.now += 30 * DAY
        for party in world.parties:
            # Books are read by their lines: each party writes one in each month.
            world.act(party, "ESFBT", acts.Deposited, title=world.words(f"paper {month}"),
                      digest="ab" * 32, source="archive")  # fmt: skip
        watch.ticks(12)
    dates = [one for one in dates_of(copy_of(scene, "KOR")) if one.party == "USA"]
    assert [one.why for one in dates if one.kind is DeadlineKind.NOTICE] == [Why.RUN]
    owed = [(one.day, one.why) for one in dates if one.kind is DeadlineKind.COMMITMENT]
    assert owed[0] == ("2027-01-31", Why.SET)
    assert [day for day, why in owed if why is Why.SET] == [
        "2027-01-31", "2027-02-28", "2027-03-31",
    ]  # fmt: skip
    left = [day for day, why in owed if why is Why.LEFT]
    assert left[0] == "2027-04-30"
    # What the party never saw as its own is not made up to be cancelled.
    assert len(left) <= 2


def test_a_report_and_its_acceptance_change_the_entry() -> None:
    scene = in_force()
    one = kept(scene)["commitment", "KOR"]
    assert (one.day, one.why, one.status) == ("2027-03-31", Why.ACCEPTED, Status.CONFIRMED)


def test_what_the_others_have_not_received_is_tentative() -> None:
    scene = opened()
    world = scene.world
    table(scene, "KOR", "ESFBT", "4(2)", silence=Silence("4(2)", world.now + 2 * DAY))
    own = dates_of(copy_of(scene, "KOR"))
    assert [one.status for one in own] == [Status.TENTATIVE] * 3
    assert dates_of(copy_of(scene, "JPN")) == ()
    watch = Subscriber(scene)
    watch.look()
    watch.ticks()
    later = dates_of(copy_of(scene, "KOR"))
    assert [one.status for one in later] == [Status.CONFIRMED] * 3
    assert [one.uid for one in later] == [one.uid for one in own]


def test_words_that_are_erased_leave_the_calendar_at_the_next_look() -> None:
    scene = silence_running()
    watch = Subscriber(scene)
    watch.look()
    assert "script" in calendar_bytes(of(scene, "JPN")).decode()
    scene.world.act("KOR", "ESFBT", acts.Erased, act=first_matter(scene), cause="law")
    watch.ticks()
    assert "script" not in calendar_bytes(of(scene, "JPN")).decode()
    assert watch.changes >= 9


# -- chairs -------------------------------------------------------------------------------------

UNKNOWN = '{ party = "KOR", from = "not known", to = "not known" }'
KNOWN = '{ party = "KOR", from = 2027-05-01, to = 2029-04-30 }'
MOVED = '{ party = "KOR", from = 2027-06-01, to = 2029-05-31 }'


def with_chair(term: str) -> str:
    assert amending.SHIPPED.count(UNKNOWN) == 1
    return amending.SHIPPED.replace(UNKNOWN, term)


def test_a_chair_follows_the_charter_as_it_is_amended() -> None:
    scene = Scene(World(parse_charter(with_chair(KNOWN), "charter")))
    scene.world.open(amending.BODY)
    watch = Subscriber(scene)
    watch.look()
    seen = []
    for number, term in enumerate((MOVED, UNKNOWN, KNOWN), start=1):
        (one,) = [one for one in dates_of(copy_of(scene, "USA")) if one.kind is DeadlineKind.CHAIR]
        seen.append((one.uid, one.day, one.why))
        matter = amending.agree(scene.world, number, with_chair(term))
        watch.look()
        amending.amended(scene.world, "KOR", matter)
        watch.ticks()
    (one,) = [one for one in dates_of(copy_of(scene, "USA")) if one.kind is DeadlineKind.CHAIR]
    seen.append((one.uid, one.day, one.why))
    assert len({uid for uid, _, _ in seen}) == 1
    assert [(day, why) for _, day, why in seen] == [
        ("2027-05-01", Why.SET),
        ("2027-06-01", Why.SET),
        ("2027-06-01", Why.DROPPED),
        ("2027-05-01", Why.SET),
    ]
    assert watch.changes >= 9


# -- what cannot be written ---------------------------------------------------------------------


def test_no_letter_of_a_title_breaks_a_calendar() -> None:
    scene = opened()
    nasty = "END:VEVENT\r\nBEGIN:VEVENT\nUID:forged; a, b\\n\x00\x0b\x85 끝：終わり" + "가あ" * 60
    table(scene, "KOR", "ESFBT", "4(2)", nasty, silence=Silence("4(2)", scene.world.now + 2 * DAY))
    scene.world.settle()
    data = calendar_bytes(of(scene, "JPN", "ko"))
    assert fold_faults(data) == []
    found = events(data)
    assert len(found) == 3
    for one in found.values():
        assert "END:VEVENT\nBEGIN:VEVENT\nUID:forged; a, b\\n" in one["description"]
        assert "가あ" * 60 in one["description"]
        assert not any(letter in one["description"] for letter in "\x00\x0b\r")


def test_the_words_for_what_became_of_a_date_are_complete() -> None:
    assert list(FAMILIES["became"]) == [why.value for why in Why]


def test_a_body_that_the_charter_does_not_have_has_no_calendar() -> None:
    assert calendar_file(copy_of(opened(), "KOR"), "NATO") is None


# -- the page -----------------------------------------------------------------------------------


@every
def test_the_page_strikes_through_what_holds_no_longer(
    screen: Callable[..., Any], language: str
) -> None:
    held = screen(silence_running().world).page(f"/{language}/calendar")
    gone = screen(silence_broken().world).page(f"/{language}/calendar")
    assert "<s>" not in held
    assert gone.count('class="date cancelled"') == 1
    assert gone.count("<s>") == 5  # what, and the clocks of three capitals and UTC


@every
def test_the_page_shows_an_instant_on_every_clock(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(silence_running().world, "KOR").page(f"/{language}/calendar")
    clocks = ["+09:00", "+09:00", "-05:00", "+00:00"]
    for zone in clocks:
        assert f'{zone}">' in page
    assert page.count("<time") >= len(clocks)


@every
def test_a_calendar_without_dates_says_when_one_appears(
    screen: Callable[..., Any], language: str
) -> None:
    page = screen(opened().world).page(f"/{language}/calendar")
    assert page.count('<p class="none">') == 2


def test_what_is_over_stands_under_past(screen: Callable[..., Any]) -> None:
    page = screen(in_force().world).page("/en/calendar")
    ahead, past = page.split('<h2 id="past">')
    assert "silence was kept" in past
    assert "silence was kept" not in ahead
    assert "notice of withdrawal takes effect" in ahead


@every
def test_every_feed_that_the_page_names_is_there(screen: Callable[..., Any], language: str) -> None:
    shown_pages = screen(in_force().world, "KOR")
    page = shown_pages.page(f"/{language}/calendar")
    feeds = [link for link in read(page).links if link.startswith("/feeds/")]
    bodies = len(in_force().world.charter.bodies) + 1
    assert len(feeds) == len(set(feeds)) == bodies * 13
    for feed in feeds:
        assert shown_pages.answer(feed).status_code == 200, feed


def test_a_position_alone_sets_no_date() -> None:
    scene = opened()
    matter = table(scene, "JPN", "TDC", "3(1)", "text")
    scene.world.settle()
    say(scene.world, "KOR", "TDC", matter, Position.CONCUR)
    scene.world.settle()
    assert dates_of(copy_of(scene, "KOR")) == ()
