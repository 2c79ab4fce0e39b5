"""Dates, times and texts as each language writes them."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django.utils.html import conditional_escape
from hypothesis import given
from hypothesis import strategies as st

from architrave.portal import formats
from architrave.portal.formats import Said

NOON = 1_795_415_400_000  # 2026-11-23T06:30:00Z


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "2026. 11. 23. 15:30(서울)"),
        ("ja", "2026年11月23日 15時30分（서울）"),
        ("en", "23 November 2026, 15:30 (서울)"),
    ],
)
def test_an_instant_names_its_zone_and_keeps_24_hours(language: str, text: str) -> None:
    moment = formats.moment(NOON, "Asia/Seoul", "서울", language)
    assert (moment.text, moment.iso) == (text, "2026-11-23T15:30:00+09:00")


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("2024-06", "ko", "2024. 6."),
        ("2024-06", "ja", "2024年6月"),
        ("2024-06", "en", "June 2024"),
        ("2024-06-05", "en", "5 June 2024"),
    ],
)
def test_a_month_is_not_made_a_day(text: str, language: str, shown: str) -> None:
    found = formats.iso_moment(text, language)
    assert isinstance(found, formats.Moment)
    assert (found.iso, found.text) == (text, shown)


def test_what_is_no_date_stays_as_it_is() -> None:
    assert formats.iso_moment("2024-13", "en") == "2024-13"
    assert formats.iso_moment("soon", "ko") == "soon"


@pytest.mark.parametrize(
    ("ms", "unit", "count"),
    [
        (-5, "ago-seconds", 0),
        (12_000, "ago-seconds", 12),
        (119_999, "ago-seconds", 119),
        (120_000, "ago-minutes", 2),
        (7_200_000, "ago-hours", 2),
        (172_800_000, "ago-days", 2),
    ],
)
def test_how_long_ago_is_told_in_one_unit(ms: int, unit: str, count: int) -> None:
    assert formats.ago(ms) == (unit, count)


def test_a_weekday_stands_with_its_day() -> None:
    day = date(2026, 11, 23)
    assert formats.date_text(day, "ko", weekday=True) == "2026. 11. 23.(월)"
    assert formats.date_text(day, "ja", weekday=True) == "2026年11月23日（月）"
    assert formats.date_text(day, "en", weekday=True) == "Mon 23 November 2026"


def test_a_text_in_another_language_is_marked() -> None:
    assert formats.chosen({"ko": "가", "en": "a"}, "ko") == "가"
    assert formats.chosen({"en": "a", "fr": "b"}, "ko") == Said("a", "en")
    assert formats.chosen({"fr": "b"}, "ko") == Said("b", "fr")
    assert formats.chosen({}, "ko") == ""


def unescaped(html: str) -> str:
    text: list[str] = []
    parser = HTMLParser()
    parser.handle_data = text.append  # type: ignore[method-assign]
    parser.feed(html)
    parser.close()
    return "".join(text)


@given(st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_whatever_fills_a_blank_is_shown_and_never_run(
    first: str, second: str, marked: bool
) -> None:
    value: object = Said(second, "en") if marked else second
    shown = str(conditional_escape(formats.filled("{a} < {b}", {"a": first, "b": value})))
    bare = shown.replace('<span lang="en">', "").replace("</span>", "") if marked else shown
    assert "<" not in bare
    assert ">" not in bare
    told = unescaped(shown).replace("\r\n", "\n").replace("\r", "\n")
    assert told == f"{first} < {second}".replace("\r\n", "\n").replace("\r", "\n") or "\0" in told


@given(st.lists(st.text(max_size=8), max_size=4), st.sampled_from(["ko", "ja", "en"]))
def test_a_list_of_plain_names_stays_plain(names: list[str], language: str) -> None:
    assert not hasattr(formats.listing(names, language), "__html__")
