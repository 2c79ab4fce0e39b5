"""The bytes of a calendar, whatever its texts and times: other programs read what was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from feed_reading import fold_faults, of
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from page_scenes import in_force, silence_broken, silence_running

from architrave.institution.pending import DeadlineKind
from architrave.portal.feeds.calendar_dates import Dated, Status, Why
from architrave.portal.feeds.calendar_file import CalendarEvent, CalendarFile, calendar_bytes
from architrave.portal.papers.plain_names import cleaned
from architrave.portal.words import LANGUAGES

# Wide letters of three bytes, letters of four, marks that iCalendar escapes, ends of lines.
LETTERS = st.text(
    st.one_of(st.characters(), st.sampled_from('가힣あ漢字々👨‍👩‍👧;,\\:"\n\r\t\x85\u2028 '))
)
LAST = 253_402_300_799_000
MOMENTS = st.integers(0, LAST)
DAYS = st.dates(date(1970, 1, 1), date(9999, 12, 30)).map(date.isoformat)


def dated(at: int | None, day: str, status: Status, sequence: int, changed: int) -> Dated:
    return Dated(
        "0b3f2b9c-5a52-5a52-9a52-2b9c0b3f2b9c", DeadlineKind.SILENCE, "TDC", "S", "KOR", at, day,
        Why.SET, status, sequence, 0, changed, {},
    )  # fmt: skip


def file_of(*several: CalendarEvent, name: str = "name") -> CalendarFile:
    source = "https://node.example/feeds/ko/calendar.ics"
    return CalendarFile(
        "u", "ko", "-//Architrave//X//KO", name, name, source, source, 0, several
    )  # fmt: skip


def read_one(file: CalendarFile) -> tuple[Calendar, Event, bytes]:
    data = calendar_bytes(file)
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return calendar, event, data


@given(LETTERS, LETTERS, st.one_of(MOMENTS, DAYS), st.sampled_from(Status), st.integers(0, 10**9))
@example("가" * 200, "漢字\n" * 90, 0, Status.CANCELLED, 0)
@example("👨‍👩‍👧" * 60, ";,\\n\\;" * 40, "2027-02-28", Status.TENTATIVE, 3)
def test_whatever_is_written_is_read_back(
    title: str, text: str, when: int | str, status: Status, sequence: int
) -> None:
    summary, description = cleaned(title), cleaned(text)
    at, day = (when, "") if isinstance(when, int) else (None, when)
    one = dated(at, day, status, sequence, 1_000)
    url = "https://node.example/ko/matters/S"
    calendar, event, data = read_one(
        file_of(CalendarEvent(one, summary, description, "c", url), name=summary)
    )
    assert fold_faults(data) == []
    assert str(event["summary"]) == str(calendar["x-wr-calname"]) == summary
    assert str(event["description"]) == description
    assert str(event["uid"]) == one.uid
    assert (event["sequence"], str(event["status"])) == (sequence, status.value.upper())
    assert event["dtstamp"].dt == datetime.fromtimestamp(1, UTC)
    start = event["dtstart"].dt
    if at is not None:
        assert start == datetime.fromtimestamp(at // 1000, UTC)
        assert event["dtstart"].to_ical().endswith(b"Z")
    else:
        # Without an end a day lasts that day: its end, which is outside it, is the next.
        assert start == date.fromisoformat(day)
        assert "dtend" not in event
        assert event.end == start + timedelta(days=1)


@given(st.one_of(st.integers(LAST + 1, 1 << 63), st.integers(-(1 << 63), -1)))
def test_a_time_that_no_calendar_has_is_the_nearest_that_it_has(at: int) -> None:
    one = dated(at, "", Status.CONFIRMED, 1, at)
    _, event, data = read_one(file_of(CalendarEvent(one, "s", "d", "c", "https://node.example/")))
    assert fold_faults(data) == []
    assert event["dtstart"].dt.year == (9999 if at > 0 else 1970)
    assert event["dtstamp"].dt.year == (9999 if at > 0 else 1970)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_to_subscribe_to_is_one_and_no_invitation(language: str) -> None:
    """A METHOD would make programs take it for mail about meetings."""
    for scene in (silence_running(), silence_broken(), in_force()):
        data = calendar_bytes(of(scene, "KOR", language))
        calendar = Calendar.from_ical(data)
        assert "method" not in calendar
        assert str(calendar["version"]) == "2.0"
        assert str(calendar["prodid"]).startswith("-//Architrave//")
        assert str(calendar["x-wr-calname"]) == str(calendar["name"]) != ""
        assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in data
        assert b"\r\nX-PUBLISHED-TTL:PT1H\r\n" in data
        assert not calendar.walk("VTIMEZONE")
        assert b"TZID" not in data
        found = calendar.walk("VEVENT")
        assert found
        for event in found:
            assert event["dtstamp"].to_ical().endswith(b"Z")
            assert {"uid", "sequence", "status", "dtstart"} <= {name.lower() for name in event}
            assert not {"attendee", "organizer"} & {name.lower() for name in event}


def test_what_is_cancelled_keeps_its_name_and_says_so_with_a_higher_number() -> None:
    before = Calendar.from_ical(calendar_bytes(of(silence_running(), "KOR", "ja")))
    after = Calendar.from_ical(calendar_bytes(of(silence_broken(), "KOR", "ja")))
    old = {str(one["uid"]): one for one in before.walk("VEVENT")}
    new = {str(one["uid"]): one for one in after.walk("VEVENT")}
    assert old.keys() <= new.keys()
    gone = [uid for uid in old if str(new[uid]["status"]) == "CANCELLED"]
    assert gone
    for uid in gone:
        assert str(old[uid]["status"]) != "CANCELLED"
        assert new[uid]["sequence"] > old[uid]["sequence"]
        assert new[uid]["last-modified"].dt >= old[uid]["last-modified"].dt
