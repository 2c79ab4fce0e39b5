"""docs/formats/charter.md: its example is a charter, and its lists are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from architrave.charter import model
from architrave.charter.errors import CharterError
from architrave.charter.parse import parse_charter
from architrave.charter.rules import MAX_PARTIES, Position, RuleName

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "charter.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
assert EXAMPLE is not None


def test_the_example_is_a_charter() -> None:
    assert EXAMPLE is not None
    charter = parse_charter(EXAMPLE[1], "two-shores.toml")
    assert charter.party_ids == ("EAST", "WEST")
    assert [article.number for article in charter.articles] == ["1", "2(1)", "2(2)"]


def test_the_fault_shown_is_the_one_that_the_example_would_give() -> None:
    assert EXAMPLE is not None
    text = EXAMPLE[1].replace("\nphase = 1\n", '\nphase = "x"\n')
    with pytest.raises(CharterError) as refused:
        parse_charter(text, "mine.toml")
    shown = re.search(r"```\n(mine\.toml.*)\n```", PAGE)
    assert shown is not None
    assert shown[1] == str(refused.value)


@pytest.mark.parametrize("line", ["phase = 1", 'legal_nature = "political"', 'rule = "silence"',
                                  'relation = "contact"', 'cadence = "quarterly"'])  # fmt: skip
def test_each_line_of_the_example_is_needed(line: str) -> None:
    assert EXAMPLE is not None
    with pytest.raises(CharterError):
        parse_charter(EXAMPLE[1].replace(f"\n{line}\n", "\n", 1), "x.toml")


def told(words: str) -> set[str]:
    """What the page puts between backticks in the paragraph or row that begins with `words`."""
    begin = PAGE.index(words)
    end = PAGE.find("\n\n", begin) if not words.startswith("|") else PAGE.find("\n", begin)
    return set(re.findall(r"`([a-z-]+)`", PAGE[begin + len(words) : end]))


def test_the_lists_on_the_page_are_those_of_the_code() -> None:
    assert told("Permits:") == set(model.PERMITS)
    assert told("| `cadence` |") == set(model.CADENCES)
    assert told("| `instruments` |") == set(model.INSTRUMENTS)
    assert told("| `accepts_evidence` |") - {"accept-report"} == set(model.ACCEPTERS)
    assert told("| `by` |") == set(model.ACTORS)
    rules = set(re.findall(r"^\| `([a-z-]+)(?:\(n\))?` \|", PAGE[PAGE.index("## Rules") :], re.M))
    assert rules == {name.value for name in RuleName}
    assert f"From 2 to {MAX_PARTIES} parties" in PAGE
    assert f"{len(Position) ** MAX_PARTIES:,} rows" in PAGE
    for position in Position:
        assert position.value.replace("-", " ") in PAGE


def test_every_field_that_is_read_is_on_the_page() -> None:
    folder = Path(model.__file__).parent
    read = set()
    for name in ("parse", "parse_articles", "parse_bodies", "parse_parties"):
        text = (folder / f"{name}.py").read_text(encoding="utf-8")
        calls = "text|choice|flag|number|days?|day_or_unknown|names|chosen|translated|sheets?|take"
        read |= set(re.findall(rf"\.(?:{calls})\(\s*\"([a-z_]+)\"", text))
    assert {"format", "permits", "chair", "note", "relation"} <= read
    for field in read:
        assert re.search(rf"\b{field}\b", PAGE), field
