"""Dates, times and numbers as each language writes them, and texts that mark themselves.

The forms follow the glossary: ``2026. 11. 23. 15:30``, ``2026年11月23日 15時30分``,
``23 November 2026, 15:30``; 24 hours everywhere, and every time names its zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils.html import format_html

from architrave.institution.register import reported_date
from architrave.institution.register_rows import ReportedDate

__all__ = [
    "Moment",
    "Said",
    "ago",
    "date_text",
    "day_of",
    "iso_text",
    "listing",
    "moment",
    "number",
    "reported_text",
    "utc_moment",
]

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_WEEKDAYS = {
    "ko": "월화수목금토일",
    "ja": "月火水木金土日",
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_COMMAS = {"ko": ", ", "ja": "、", "en": ", "}


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant or a day as written for a reader: `iso` for machines, `text` for people."""

    iso: str
    text: str

    def __html__(self) -> str:
        return format_html('<time datetime="{}">{}</time>', self.iso, self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a language that need not be the page's."""

    text: str
    lang: str

    def __html__(self) -> str:
        return format_html('<span lang="{}">{}</span>', self.lang, self.text)

    def __str__(self) -> str:
        return self.text


def number(value: int) -> str:
    """A number with a comma at each thousand; the three languages agree on that."""
    return f"{value:,}"


def listing(parts: list[str] | tuple[str, ...], language: str) -> str:
    """Names one after the other."""
    return _COMMAS[language].join(parts)


def date_text(day: date, language: str, weekday: bool = False) -> str:
    """A day, for example ``23 November 2026``; with its weekday, ``Mon 23 November 2026``."""
    name = _WEEKDAYS[language][day.weekday()]
    if language == "ko":
        text = f"{day.year}. {day.month}. {day.day}."
        return f"{text}({name})" if weekday else text
    if language == "ja":
        text = f"{day.year}年{day.month}月{day.day}日"
        return f"{text}（{name}）" if weekday else text
    text = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{name} {text}" if weekday else text


def reported_text(day: ReportedDate, language: str) -> str:
    """A day, or a month where the day is not known."""
    if day.first == day.last:
        return date_text(day.first, language)
    if language == "ko":
        return f"{day.first.year}. {day.first.month}."
    if language == "ja":
        return f"{day.first.year}年{day.first.month}月"
    return f"{_MONTHS[day.first.month - 1]} {day.first.year}"


def iso_text(text: str, language: str) -> str:
    """A text; if it is an ISO day or month, as the language writes it."""
    found = reported_date(text) if _ISO.fullmatch(text) else None
    return text if found is None else reported_text(found, language)


def _clock(when: datetime, language: str) -> str:
    if language == "ja":
        return f"{when.hour}時{when.minute:02}分"
    return f"{when.hour:02}:{when.minute:02}"


def day_of(ms: int, zone: str = "UTC") -> date:
    """The calendar day of an instant in a zone."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)).date()


def moment(ms: int, zone: str, place: str, language: str) -> Moment:
    """An instant in an IANA zone, which the reader knows as `place`."""
    return _moment(ms, ZoneInfo(zone), place, language)


def utc_moment(ms: int, language: str) -> Moment:
    """An instant in UTC."""
    return _moment(ms, UTC, "UTC", language)


def _moment(ms: int, zone: tzinfo, place: str, language: str) -> Moment:
    when = datetime.fromtimestamp(ms // 1000, zone)
    day, clock = date_text(when.date(), language), _clock(when, language)
    forms = {"ko": f"{day} {clock}({place})", "ja": f"{day} {clock}（{place}）"}
    return Moment(when.isoformat(), forms.get(language, f"{day}, {clock} ({place})"))


def ago(ms: int) -> tuple[str, int]:
    """How long ago something was: the id of the word for its unit, and the count in that unit."""
    seconds = max(0, ms // 1000)
    if seconds < 120:
        return "ago-seconds", seconds
    if seconds < 7_200:
        return "ago-minutes", seconds // 60
    if seconds < 172_800:
        return "ago-hours", seconds // 3_600
    return "ago-days", seconds // 86_400
