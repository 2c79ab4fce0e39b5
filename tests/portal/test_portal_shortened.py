"""Cut texts: between words, never inside a letter, and never longer than there is room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.portal.formats import Said
from architrave.portal.shortened import columns, shortened


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Leaders will meet each year.", 40, "Leaders will meet each year."),
        ("Leaders will meet at least once a year, in person.", 30, "Leaders will meet at least…"),
        ("Leaders will meet yearly, in person, or not", 27, "Leaders will meet yearly…"),
        ("정상들은 적어도 매년 한 번 만나기로 하였다", 23, "정상들은 적어도 매년…"),
        ("首脳は少なくとも年に一回、対面で会合を行う。", 26, "首脳は少なくとも年に一回…"),
        ("首脳は少なくとも年一回会うこととした", 20, "首脳は少なくとも年…"),
        ("会合は2023年8月18日に行われた", 11, "会合は2023…"),
        ("会合は2023年8月18日に行われた", 9, "会合は…"),
        ("データー共有の取組", 9, "データー…"),
        ("one\n two\tthree", 40, "one two three"),
        ("", 10, ""),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, most: int, cut: str) -> None:
    assert shortened(text, most) == cut
    assert columns(cut) <= most


def test_the_mark_of_a_language_is_no_part_of_it() -> None:
    assert shortened(Said("A <b> & c", "en"), 40) == "A <b> & c"


@given(st.text(max_size=200), st.integers(10, 120))
def test_a_cut_text_is_a_beginning_and_fits(text: str, most: int) -> None:
    line = " ".join(text.split())
    short = shortened(text, most)
    if columns(line) <= most:
        assert short == line
    else:
        assert short.endswith("…")
        assert line.startswith(short[:-1])
        assert columns(short) <= most


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=3, max_size=30))
def test_words_stay_whole(words: list[str]) -> None:
    short = shortened(" ".join(words), 30)
    told = short.removesuffix("…").split(" ")
    assert told == words[: len(told)]
