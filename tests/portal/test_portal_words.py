"""words.csv is the only source of screen words: each word asked for has a row, each row is used."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest
from test_portal_pages import strays

import architrave.portal as portal
from architrave.portal.words import FAMILIES, LANGUAGES, OPEN_FAMILIES, say, say_of, table

FOLDER = Path(portal.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
SOURCES = sorted(FOLDER.rglob("*.py"))
BLANK = re.compile(r"\{[a-z]+\}")


def rows() -> list[dict[str, str]]:
    text = (FOLDER / "words.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def asked_in_templates() -> set[str]:
    return {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% word "([^"]+)"', path.read_text(encoding="utf-8"))
    }


def literals() -> set[str]:
    """Every string that stands in the code of the portal."""
    return {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def asked_in_code() -> set[str]:
    """Ids given to say(): the first argument, or both branches of a choice."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "say":
                first = node.args[0]
                parts = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                found |= {p.value for p in parts if isinstance(p, ast.Constant)}
    return found


def of_families() -> set[str]:
    return {f"{family}-{value}" for family, values in FAMILIES.items() for value in values}


def test_every_word_asked_for_has_a_row() -> None:
    assert (asked_in_templates() | asked_in_code() | of_families()) - set(table()) == set()


def test_every_row_is_used() -> None:
    of_registers = {
        name for name in table() if name.startswith(tuple(f"{f}-" for f in OPEN_FAMILIES))
    }
    used = asked_in_templates() | literals() | of_families() | of_registers
    assert set(table()) - used == set()


def test_screens_speak_politely_in_korean_and_japanese() -> None:
    # The summary of a matter is its text, and is written as texts of this kind are.
    texts = {"brief-table-summary"}
    plain = {
        "ko": re.compile(r"(?<!니)다\."),
        "ja": re.compile(r"(?:[うくぐつぬぶむる]|(?<![まで])す|(?<!まし)(?<!でし)た|だ|ない)。"),
    }
    found = {
        row["id"]
        for row in rows()
        for language, ending in plain.items()
        if ending.search(row[language])
    }
    assert found == texts


def test_every_family_asked_for_is_listed() -> None:
    asked = {
        node.args[0].value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "say_of"
        and isinstance(node.args[0], ast.Constant)
    }
    listed = {*FAMILIES, *OPEN_FAMILIES}
    assert asked <= listed
    assert listed - asked - {"event", "pillar"} == set()


def test_ids_stand_once_and_no_word_is_missing() -> None:
    ids = [row["id"] for row in rows()]
    assert len(set(ids)) == len(ids)
    assert [row["id"] for row in rows() if not all(row[one].strip() for one in LANGUAGES)] == []


def test_a_word_has_the_same_blanks_in_each_language() -> None:
    odd = [
        row["id"]
        for row in rows()
        if len({tuple(sorted(BLANK.findall(row[language]))) for language in LANGUAGES}) > 1
    ]
    assert odd == []


def test_no_row_says_a_word_of_the_machine_room() -> None:
    assert [
        (row["id"], language, found)
        for row in rows()
        for language in LANGUAGES
        if (found := strays(row[language], language))
    ] == []


def test_korean_and_japanese_keep_their_own_marks() -> None:
    for row in rows():
        assert not re.search(r"[、。（）：～「」]", row["ko"]), row["id"]
        assert not re.search(r"[가-힣]", row["ja"] + row["en"].replace("…", "")), row["id"]
        assert not re.search(r"[぀-ヿ一-鿿]", row["ko"] + row["en"]), row["id"]
        assert not re.search(r"(?<=[぀-ヿ一-鿿]), ?|[가-힣]", row["ja"]), row["id"]


def test_labels_carry_no_full_stop_and_sentences_do() -> None:
    for row in rows():
        assert not row["ko"].endswith("요."), row["id"]
        assert row["ja"].endswith("。") == row["ko"].endswith("."), row["id"]


def test_a_family_word_is_found_and_an_unknown_word_is_not() -> None:
    assert say_of("stage", "open", "en") == "open"
    assert say_of("event", "a-kind-of-its-own", "ko") == "a-kind-of-its-own"
    with pytest.raises(KeyError):
        say("no-such-word", "en")


def test_a_blank_is_filled_once() -> None:
    assert say("pair", "en", left="{right}", right="x") == "{right}: x"
