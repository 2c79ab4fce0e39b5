"""A calendar to subscribe to, RFC 5545 with RFC 7986: first its context, then its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar, Event, vDuration, vText

from architrave.charter.model import Body
from architrave.institution.pending import DeadlineKind
from architrave.portal.feeds.calendar_dates import Dated, dates_of, name_of_thing
from architrave.portal.formats import utc_time
from architrave.portal.meetings_shown import subject_address
from architrave.portal.papers.plain_names import PlainNames, cleaned
from architrave.portal.reading import Copy

__all__ = ["CalendarEvent", "CalendarFile", "calendar_bytes", "calendar_file", "page_of"]

_ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One date in the words of one language."""

    dated: Dated
    summary: str
    description: str
    category: str
    url: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar of the institution, or of one body, in one language."""

    uid: str
    language: str
    maker: str
    name: str
    description: str
    source: str
    url: str
    changed: int
    events: tuple[CalendarEvent, ...]


def calendar_file(copy: Copy, body: str = "") -> CalendarFile | None:
    """The dates of all bodies, or of one; None if the charter has no such body."""
    plain = PlainNames(copy)
    chosen = copy.charter.find_body(body) if body else None
    if body and chosen is None:
        return None
    dates = [one for one in dates_of(copy) if body in ("", one.body)]
    about = plain.institution
    if chosen is not None:
        about = copy.say("pair", left=about, right=plain.body(chosen))
    mark = plain.title("Architrave").replace(" · ", " ")
    path = f"{body}/" if body else ""
    return CalendarFile(
        uid=str(name_of_thing(copy.state.founding.id, "calendar", body)),
        language=copy.language,
        maker=f"-//Architrave//{mark}//{copy.language.upper()}",
        name=plain.title(copy.say("calendar-name", about=about)),
        description=copy.say("calendar-what"),
        source=plain.address(f"/feeds/{copy.language}/{path}calendar.ics"),
        url=plain.address(copy.address("calendar")),
        changed=max((one.changed for one in dates), default=0),
        events=tuple(_event(copy, plain, one) for one in dates),
    )


def page_of(copy: Copy, one: Dated) -> str:
    """The page about what a date belongs to."""
    if one.kind is DeadlineKind.CHAIR:
        return copy.address("bodies") + f"#{one.body}"
    return subject_address(copy, one.subject)


def _event(copy: Copy, plain: PlainNames, one: Dated) -> CalendarEvent:
    body = copy.charter.body(one.body)
    url = plain.address(page_of(copy, one))
    chair = one.kind is DeadlineKind.CHAIR
    summary = copy.say(
        "calendar-summary",
        what=copy.say_of("deadline", one.kind),
        subject=plain.body(body) if chair else one.subject,
        party=plain.party(one.party),
    )
    if one.cancelled:
        summary = copy.say("calendar-summary-cancelled", text=summary)
    return CalendarEvent(
        dated=one,
        summary=plain.title(cleaned(summary)),
        description=cleaned("\n".join(_lines(copy, plain, one, body, url))),
        category=copy.say_of("deadline", one.kind),
        url=url,
        location=cleaned(plain.of(one.place)) if one.place else "",
    )


def _lines(copy: Copy, plain: PlainNames, one: Dated, body: Body, url: str) -> list[str]:
    """What a calendar program shows below the date."""
    lines = [plain.of(one.what), plain.body(body), copy.say_of("became", one.why)]
    if one.at is not None:
        lines += [moment.text for moment in copy.zones(one.at)]
    if one.kind is DeadlineKind.COMMITMENT:
        lines.append(copy.say("calendar-days"))
    return [line for line in (*lines, copy.say("speaks-for-none"), url) if line]


# -- bytes --------------------------------------------------------------------------------------


def calendar_bytes(file: CalendarFile) -> bytes:
    """The calendar as it is sent: folded at 75 octets, each line ended by CR and LF."""
    tongue = {"LANGUAGE": file.language}
    calendar = Calendar()
    calendar.add("prodid", file.maker)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", file.uid)
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(file.name, params=tongue if name == "name" else {}))
    calendar.add("description", vText(file.description, params=tongue))
    calendar.add("url", file.url)
    calendar.add("source", file.source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_ASK_AGAIN))
    calendar.add("last-modified", utc_time(file.changed))
    for one in file.events:
        calendar.add_component(_component(one, tongue))
    return bytes(calendar.to_ical())


def _component(one: CalendarEvent, tongue: dict[str, str]) -> Event:
    dated, event = one.dated, Event()
    event.add("uid", dated.uid)
    event.add("dtstamp", utc_time(dated.changed))
    event.add("created", utc_time(dated.made))
    event.add("last-modified", utc_time(dated.changed))
    event.add("sequence", dated.sequence)
    event.add("status", dated.status.value.upper())
    # A day without an end lasts that day; an instant without one takes no time; a meeting has one.
    when = utc_time(dated.at) if dated.at is not None else date.fromisoformat(dated.day)
    event.add("dtstart", when)
    if dated.ends is not None:
        event.add("dtend", utc_time(dated.ends))
    if one.location:
        event.add("location", vText(one.location, params=tongue))
    event.add("summary", vText(one.summary, params=tongue))
    event.add("description", vText(one.description, params=tongue))
    event.add("categories", [one.category], parameters=tongue)
    event.add("url", one.url)
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    return event
