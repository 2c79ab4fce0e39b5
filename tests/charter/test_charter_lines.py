"""Lines of keys: tricky spellings, and every path of real files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from architrave.charter import lines as charter_lines
from architrave.charter.lines import key_lines, nearest_line


def paths(value: object, path: charter_lines.Path = ()) -> Iterator[charter_lines.Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


def line_with(text: str, words: str, nth: int = 1) -> int:
    found = [number for number, line in enumerate(text.split("\n"), 1) if words in line]
    return found[nth - 1]


@pytest.fixture
def tricky() -> str:
    return Path(__file__).with_name("tricky.toml").read_text(encoding="utf-8")


def test_every_value_of_a_tricky_text_has_a_line(tricky: str) -> None:
    assert set(key_lines(tricky)) == set(paths(tomllib.loads(tricky)))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_key_is_found_on_its_line(tricky: str, line_end: str) -> None:
    lines = key_lines(tricky.replace("\n", line_end))
    expected: dict[charter_lines.Path, int] = {
        ("plain",): line_with(tricky, "plain ="),
        ("quoted.key",): line_with(tricky, '"quoted.key"'),
        ("dotted", "inner", "literal key"): line_with(tricky, "dotted.inner"),
        ("long",): line_with(tricky, "long ="),
        ("after_long",): line_with(tricky, "after_long"),
        ("list", 0): line_with(tricky, '"a]"'),
        ("list", 1, 1): line_with(tricky, "[ 1, 2 ]"),
        ("list", 2, "y", 1, "z"): line_with(tricky, "z = 2"),
        ("table", "key"): line_with(tricky, "key = 2026"),
        ("many", 0): line_with(tricky, "[[many]]"),
        ("many", 1): line_with(tricky, "[[many]]", 2),
        ("many", 0, "inside", "deep"): line_with(tricky, "deep"),
        ("many", 0, "children", 1, "name"): line_with(tricky, '"two"'),
        ("many", 1, "in side", "more", "last"): line_with(tricky, "last ="),
        ("many", 1, "children", 0): line_with(tricky, "[[many.children]]", 3),
    }
    assert {path: lines[path] for path in expected} == expected


def test_every_value_of_the_charter_files_has_a_line(trilateral_text: str, five_text: str) -> None:
    for text in (trilateral_text, five_text):
        lines = key_lines(text)
        assert set(lines) == set(paths(tomllib.loads(text)))
        source = text.split("\n")
        for path, line in lines.items():
            if isinstance(path[-1], str):
                assert path[-1] in source[line - 1]


# Values that a scanner could trip over: brackets, quotes and comment marks inside text, values over
# several lines. Each is one value of TOML.
AWKWARD = (
    "1", "2026-01-01", "07:32:00", "true", '"a # b ] } ="', "'it \\'", '"\\"]"', '""', "''",
    '"""\n[no.table]\nkey = 1 \\""" still\n"""', "'''\n[[no]]\nx = {\n'''", '""""quoted""""',
    "[]", "[ 1, [ 2, 3 ], # ]\n  4 ]", '[\n  "]",\n  { x = 1, "y z" = [ "}", {} ] },\n]', "{}",
    "{ a = 1, b.c = { d = 2 } }", '{ "k#" = "v}" }', "1_000", "-0.5e-3", "0xff", "inf",
)  # fmt: skip
NAMES = st.sampled_from(["a", "b2", "c-d", '"quoted # key"', "'literal ] key'", "e.f", 'g . "h i"'])
SPACE = st.sampled_from(["", " ", "\t", "  "])
COMMENTS = st.sampled_from(["", " # plain", ' # [x] "y" = {'])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text of tables, arrays of tables and pairs; not always valid, since names may meet."""
    lines = []
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["pair", "pair", "pair", "table", "tables", "blank"]))
        name, space, comment = draw(NAMES), draw(SPACE), draw(COMMENTS)
        if kind == "pair":
            value = draw(st.sampled_from(AWKWARD))
            lines.append(f"{space}{name}{space}={space}{value}{comment}")
        elif kind == "blank":
            lines.append(f"{space}{comment}")
        else:
            opening, closing = ("[", "]") if kind == "table" else ("[[", "]]")
            lines.append(f"{space}{opening}{space}{name}{space}{closing}{comment}")
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@settings(max_examples=20 * settings.default.max_examples)
@given(documents())
def test_the_scanner_finds_the_values_that_the_parser_reads(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
        return
    lines = key_lines(text)
    assert set(lines) == set(paths(data))
    source = text.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1] in source[line - 1]


def test_a_path_without_a_line_takes_the_table_around_it() -> None:
    lines = key_lines("[[many]]\nid = 1\n")
    assert nearest_line(lines, ("many", 0, "absent", "deeper")) == 1
    assert nearest_line(lines, ("elsewhere",)) is None


def test_an_empty_text_has_no_lines() -> None:
    assert key_lines("") == {}
    assert key_lines("# only a comment") == {}
