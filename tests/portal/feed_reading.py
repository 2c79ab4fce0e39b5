"""Reading calendars and feeds as a subscriber's program does, and watching them grow."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from icalendar import Calendar, Event
from page_scenes import Scene, copy_of

from architrave.portal.feeds.calendar_file import CalendarFile, calendar_bytes, calendar_file

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def of(scene: Scene, party: str, language: str = "en", body: str = "") -> CalendarFile:
    found = calendar_file(copy_of(scene, party, language), body)
    assert found is not None
    return found


def events(data: bytes) -> dict[str, Event]:
    """The events of a calendar by UID; none of them stands twice."""
    calendar = Calendar.from_ical(data)
    found = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
    by_uid = {str(one["uid"]): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


def shown(scene: Scene, party: str, language: str = "en", body: str = "") -> dict[str, Event]:
    return events(calendar_bytes(of(scene, party, language, body)))


def said(event: Event) -> tuple[str, ...]:
    """All that a reader of an event sees."""
    when = event["dtstart"].to_ical().decode()
    return (when, str(event["status"]), str(event["summary"]), str(event["description"]))


@dataclass
class Subscriber:
    """Looks at the calendar of each capital again and again, and demands what the RFC demands."""

    scene: Scene
    before: dict[str, dict[str, Event]] = field(default_factory=dict)
    changes: int = 0

    def look(self) -> None:
        for party in self.scene.world.parties:
            now, old = shown(self.scene, party), self.before.get(party, {})
            assert old.keys() <= now.keys(), "an event went away without being cancelled"
            for uid, event in old.items():
                grown = now[uid]["sequence"] - event["sequence"]
                assert grown >= 0, said(now[uid])
                changed = said(now[uid]) != said(event)
                assert grown > 0 or not changed, (said(event), said(now[uid]))
                self.changes += changed
            self.before[party] = now

    def ticks(self, count: int = 8) -> None:
        for _ in range(count):
            self.scene.world.tick()
            self.look()


def fold_faults(data: bytes) -> list[str]:
    """Lines that are too long, not text, or not ended by CR and LF."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    faults = [f"too long: {line!r}" for line in lines if len(line) > 75]
    for line in lines:
        if b"\n" in line or b"\r" in line:
            faults.append(f"a bare end of line: {line!r}")
        line.decode("utf-8")  # no letter is torn in two
    return faults


class Paragraphs(HTMLParser):
    """The lines of an entry's content, with the language of each; any tag but p is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "p":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def paragraphs(entry: Element) -> list[str]:
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    reading = Paragraphs()
    reading.feed(content.text or "")
    reading.close()
    assert reading.tags <= {"p"}
    return reading.lines


def text(element: Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    return found[0].text or ""


def terms(entry: Element) -> set[str]:
    return {one.get("term", "") for one in entry.findall(f"{ATOM}category")}


def links(element: Element, rel: str) -> list[str]:
    return [one.get("href", "") for one in element.findall(f"{ATOM}link") if one.get("rel") == rel]


def atom(data: str) -> Element:
    """An Atom feed in which all stands that RFC 4287 demands."""
    root = ElementTree.fromstring(data.encode())
    assert root.tag == f"{ATOM}feed"
    for one in (root, *root.findall(f"{ATOM}entry")):
        assert text(one, "id").startswith("urn:uuid:")
        assert text(one, "title").startswith("DEMO · ")
        assert INSTANT.fullmatch(text(one, "updated"))
        author = one.find(f"{ATOM}author")
        assert author is not None
        assert text(author, "name")
    for entry in root.findall(f"{ATOM}entry"):
        assert len(links(entry, "alternate")) == 1
        published = entry.find(f"{ATOM}published")
        if published is not None:
            assert INSTANT.fullmatch(published.text or "")
            assert (published.text or "") <= text(entry, "updated")
        assert len(terms(entry) & {"official", "derived", "compiled"}) == 1
        assert paragraphs(entry)
    ids = [text(one, "id") for one in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    times = [text(one, "updated") for one in root.findall(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    return root


def json_feed(data: str) -> dict[str, Any]:
    """A JSON Feed in which all stands that version 1.1 demands."""
    value: dict[str, Any] = json.loads(data)
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert value["title"].startswith("DEMO · ")
    for row in value["items"]:
        assert isinstance(row["id"], str)
        assert row["content_text"]
        assert INSTANT.fullmatch(row["date_modified"])
        assert row["url"].startswith("http")
    return value
