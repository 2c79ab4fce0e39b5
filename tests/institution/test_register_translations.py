"""Translations of the register: provisional, stale once the original changes, never guessed."""

from __future__ import annotations

import pytest
from register_texts import PARTIES, SHIPPED_PARTIES, shipped_texts, small_register, texts

from architrave.institution.register import RegisterError, read_register
from architrave.institution.register_rows import Rendering, wording_mark
from architrave.institution.register_translations import TRANSLATED

HEAD = "row,column,of,ko,ja\n"


def line_for(
    text: str, ko: str = "번역", ja: str = "訳", row: str = "", column: str = "title"
) -> str:
    row = row or small_register().events[0].id
    return f"{row},{column},{wording_mark(text)},{ko},{ja}\n"


def with_translations(lines: str):
    return read_register({**texts(), "translations.csv": HEAD + lines}, PARTIES)


def test_a_translation_counts_while_its_original_stands() -> None:
    event = small_register().events[0]
    register = with_translations(line_for(event.title))
    for language, text in (("ko", "번역"), ("ja", "訳")):
        told = register.worded(event.id, "title", language)
        assert (told.text, told.language, told.rendering) == (text, language, "provisional")
    assert register.worded(event.id, "title", "en").rendering is Rendering.ORIGINAL
    assert register.worded(event.id, "summary", "ko").rendering is Rendering.MISSING
    assert register.worded(event.id, "summary", "ko").language == "en"
    stale = with_translations(line_for("an earlier title"))
    assert stale.worded(event.id, "title", "ja").rendering is Rendering.STALE
    half = with_translations(line_for(event.title, ja=""))
    assert half.worded(event.id, "title", "ko").rendering is Rendering.PROVISIONAL
    assert half.worded(event.id, "title", "ja").rendering is Rendering.MISSING


def test_translations_are_no_part_of_what_was_taken_note_of() -> None:
    event = small_register().events[0]
    register = with_translations(line_for(event.title))
    assert register.digest == small_register().digest
    assert register.row_digest(event.id) == small_register().row_digest(event.id)
    assert register.as_of(event.date.last).worded(event.id, "title", "ko").text == "번역"


TITLE = small_register().events[0].title
FAULTS = [
    (line_for(TITLE, row="ev-nothing"), "row", "there is no row"),
    (line_for(TITLE, column="source_url"), "column", "expected one of title, summary, place"),
    (line_for(TITLE).replace(wording_mark(TITLE), "x"), "of", "16 hexadecimal digits"),
    (line_for(TITLE) * 2, "row", "is already on line 2"),
    (line_for(TITLE, ko="Quillonia"), "ko", "a name on the list of names not written"),
    ("a,b\n", "row", "expected 5 cells, found 2"),
]


@pytest.mark.parametrize(("lines", "column", "sentence"), FAULTS)
def test_a_fault_names_its_line_and_column(lines: str, column: str, sentence: str) -> None:
    with pytest.raises(RegisterError) as found:
        with_translations(lines)
    [fault] = found.value.faults
    assert (fault.file, fault.field) == ("translations.csv", column)
    assert sentence in fault.message


def test_an_empty_cell_has_no_translation() -> None:
    event = small_register().events[0]
    column = "place" if not event.place else ""
    if not column:
        files = texts()
        files["events.csv"] = files["events.csv"].replace(f",{event.place},", ",,")
        files["translations.csv"] = HEAD + line_for("", column="place")
        with pytest.raises(RegisterError, match="is empty, so nothing is translated"):
            read_register(files, PARTIES)
        return
    with pytest.raises(RegisterError, match="is empty, so nothing is translated"):
        with_translations(line_for("", column=column))


def test_every_text_of_the_shipped_register_is_translated_and_none_is_stale() -> None:
    register = read_register(shipped_texts(), SHIPPED_PARTIES)
    wrong = [
        (row.id, column, language, told.rendering)
        for row in (*register.events, *register.promises)
        for column in TRANSLATED[row.id[:3]]
        for language in ("ko", "ja")
        if (told := register.worded(row.id, column, language)).text
        and told.rendering is not Rendering.PROVISIONAL
    ]
    assert wrong == []


def test_each_text_is_in_its_own_script_and_keeps_the_traps_of_the_glossary() -> None:
    register = read_register(shipped_texts(), SHIPPED_PARTIES)
    for translation in register.translations.values():
        assert any("가" <= one <= "힣" for one in translation.texts["ko"]) or _bare(translation)
        assert any("ぁ" <= one <= "鿿" for one in translation.texts["ja"]) or _bare(translation)
        for word in ("의무", "하여야", "연합훈련"):
            # Evacuation of the wounded begins with the same two syllables as a duty.
            assert word not in translation.texts["ko"].replace("의무후송", "")
        for word in ("公約", "義務", "ものとする", "しなければならない", "韓米"):
            assert word not in translation.texts["ja"]


def _bare(translation: object) -> bool:
    """A text such as a name in Latin letters, the same in each language."""
    texts = translation.texts  # type: ignore[attr-defined]
    return texts["ko"].isascii() or texts["ja"].isascii()
