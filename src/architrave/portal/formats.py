"""Dates, times and numbers as each language writes them, and texts that mark themselves.

The forms follow the glossary: ``2026. 11. 23. 15:30``, ``2026年11月23日 15時30分``,
``23 November 2026, 15:30``; 24 hours everywhere, and every time names its zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from html import escape
from zoneinfo import ZoneInfo

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from architrave.institution.register import reported_date
from architrave.institution.register_rows import ReportedDate

__all__ = [
    "Moment",
    "Said",
    "ago",
    "chosen",
    "date_moment",
    "date_text",
    "day_of",
    "filled",
    "iso_moment",
    "iso_text",
    "joined",
    "listing",
    "moment",
    "number",
    "plain",
    "reported_moment",
    "reported_text",
    "utc_moment",
    "utc_time",
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
_BLANK = re.compile(r"\{([a-z]+)\}")
_COMMAS = {"ko": ", ", "ja": "、", "en": ", "}


def _escaped(text: str) -> str:
    """As conditional_escape does, without its care for texts that are translated later."""
    return text if hasattr(text, "__html__") else escape(text)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant or a day as written for a reader: `iso` for machines, `text` for people."""

    iso: str
    text: str

    def __html__(self) -> str:
        iso, text = _escaped(self.iso), _escaped(self.text)
        # What format_html does, in half the time: a page has hundreds of these.
        return mark_safe(f'<time datetime="{iso}">{text}</time>')

    # A template prints str(value), so that has to be the marked text.
    __str__ = __html__


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a language that need not be the page's."""

    text: str
    lang: str

    def __html__(self) -> str:
        lang, text = _escaped(self.lang), _escaped(self.text)
        return mark_safe(f'<span lang="{lang}">{text}</span>')

    __str__ = __html__


def plain(shown: str | Said) -> str:
    """A text without its mark, for titles and the names of clocks."""
    return shown.text if isinstance(shown, Said) else shown


def number(value: int) -> str:
    """A number with a comma at each thousand; the three languages agree on that."""
    return f"{value:,}"


def chosen(text: Mapping[str, str], language: str) -> str | Said:
    """A text in a language; if it has none there, in English or else its first, marked so."""
    if language in text or not text:
        return text.get(language, "")
    other = "en" if "en" in text else next(iter(text))
    return Said(text[other], other)


def filled(text: str, blanks: Mapping[str, object]) -> str:
    """A text with its ``{blanks}`` filled in; marked as HTML if a value marks itself."""
    if not blanks:
        return text
    marked = any(hasattr(value, "__html__") for value in blanks.values())

    def value(match: re.Match[str]) -> str:
        if match[1] not in blanks:
            return match[0]
        found = blanks[match[1]]
        return str(conditional_escape(found) if marked else found)

    # One pass, so that braces inside a value are not blanks.
    text = _BLANK.sub(value, str(conditional_escape(text)) if marked else text)
    return mark_safe(text) if marked else text


def joined(parts: Iterable[object], between: str) -> str:
    """Texts one after the other; marked as HTML if one of them marks itself."""
    several = list(parts)
    if any(hasattr(part, "__html__") for part in several):
        return mark_safe(between.join(str(conditional_escape(part)) for part in several))
    return between.join(str(part) for part in several)


def listing(parts: Iterable[object], language: str) -> str:
    """Names one after the other."""
    return joined(parts, _COMMAS[language])


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


def date_moment(day: date, language: str, weekday: bool = False) -> Moment:
    """A day."""
    return Moment(day.isoformat(), date_text(day, language, weekday))


def reported_text(day: ReportedDate, language: str) -> str:
    """A day, or a month where the day is not known."""
    if day.first == day.last:
        return date_text(day.first, language)
    if language == "ko":
        return f"{day.first.year}. {day.first.month}."
    if language == "ja":
        return f"{day.first.year}年{day.first.month}月"
    return f"{_MONTHS[day.first.month - 1]} {day.first.year}"


def reported_moment(day: ReportedDate, language: str) -> Moment:
    """A day, or a month where the day is not known."""
    return Moment(str(day), reported_text(day, language))


def iso_moment(text: str, language: str) -> str | Moment:
    """A text; if it is an ISO day or month, as a moment."""
    found = reported_date(text) if _ISO.fullmatch(text) else None
    return text if found is None else reported_moment(found, language)


def iso_text(text: str, language: str) -> str:
    """A text; if it is an ISO day or month, as the language writes it."""
    found = reported_date(text) if _ISO.fullmatch(text) else None
    return text if found is None else reported_text(found, language)


def _clock(when: datetime, language: str) -> str:
    if language == "ja":
        return f"{when.hour}時{when.minute:02}分"
    return f"{when.hour:02}:{when.minute:02}"


def _dated(ms: int, zone: tzinfo) -> datetime:
    """An instant in a zone; of what lies past the year 9999 there, its last second.

    A line claims its own time, and nothing keeps its author from claiming one that no calendar has.
    """
    try:
        return datetime.fromtimestamp(ms // 1000, zone)
    except (OverflowError, ValueError):
        return datetime.max.replace(microsecond=0, tzinfo=zone)


def utc_time(ms: int) -> datetime:
    """An instant in UTC as files of others can hold it: from 1970 to the last second of 9999."""
    return _dated(max(0, ms), UTC)


def day_of(ms: int, zone: str = "UTC") -> date:
    """The calendar day of an instant in a zone."""
    return _dated(ms, ZoneInfo(zone)).date()


def moment(ms: int, zone: str, place: str, language: str) -> Moment:
    """An instant in an IANA zone, which the reader knows as `place`."""
    return _moment(ms, ZoneInfo(zone), place, language)


def utc_moment(ms: int, language: str) -> Moment:
    """An instant in UTC."""
    return _moment(ms, UTC, "UTC", language)


def _moment(ms: int, zone: tzinfo, place: str, language: str) -> Moment:
    when = _dated(ms, zone)
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
