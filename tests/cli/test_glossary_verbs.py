"""Terms at a terminal: looked up, checked in files, found in matters, and noted before signing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, run, said, value
from cli_scenes import BODIES, wording
from world import ROOT, World

from architrave.institution import acts

PAGE = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")

BAD = {"ko": "억지를 강화한다", "ja": "拡大抑止を強化する", "en": "Strengthen extended deterrence"}
GOOD = {**BAD, "ko": "확장억제를 강화한다"}


def plan(title: dict[str, str]) -> list[str]:
    words = ["tabled", "--set", "body=TDC", "--set", "instrument=plan"]
    for language, text in title.items():
        words += ["--set", f"title.{language}={text}", "--set", f"summary.{language}=a"]
    return words


# Looking up


def test_a_word_is_looked_up_in_any_language_without_naming_the_verb() -> None:
    for word in ("확장억제", "拡大抑止", "extended deterrence", "extended-deterrence"):
        (sheet,) = value("glossary", word)
        assert sheet["exact"] is True
        assert sheet["forms"]["ja"] == "拡大抑止"
        assert sheet["avoid"] == {"ko": ["확대억제"], "ja": ["拡張抑止"], "en": []}
        assert value("glossary", "find", word) == [sheet]
    text = said("glossary", "拡張抑止")
    assert "확장억제 not 확대억제" in text
    assert "TRAP: not cognates" in text


def test_the_nearest_are_told_for_a_word_that_is_none() -> None:
    assert said("glossary", "deterence").startswith("'deterence' is no term of the glossary; the")
    sheets = value("glossary", "deterence")
    assert "deterrence" in [one["id"] for one in sheets]
    assert {one["exact"] for one in sheets} == {False}
    assert "none comes near" in fault("glossary", "qqqqzz")


# Checking files


def test_a_file_is_checked_by_place(tmp_path: Path) -> None:
    toml = tmp_path / "paper.toml"
    lines = [f'{language} = "{text}"' for language, text in BAD.items()]
    toml.write_text("[[parts]]\nnumber = 1\n[parts.text]\n" + "\n".join(lines), encoding="utf-8")
    table = tmp_path / "rows.csv"
    table.write_text("id,en,ja\na,fine,良い\nb,fine,韓米日の会合\n", encoding="utf-8", newline="\n")
    nested = tmp_path / "paper.json"
    nested.write_text(json.dumps({"a": [{"b": GOOD}]}), encoding="utf-8")
    rows = value("glossary", "check", toml, table, nested, code=1)
    assert [
        (Path(row["file"]).name, row["place"], row["term"], row["language"]) for row in rows
    ] == [
        ("paper.toml", "parts.1.text", "extended-deterrence", "ko"),
        ("rows.csv", "line 3, b", "order-ja", "ja"),
    ]
    first = rows[0]
    assert BAD[first["found_in"]][first["offset"] :].startswith(first["found"])
    text = said("glossary", "check", toml, table, nested, code=1)
    assert "rows.csv, line 3, b, ja, paragraph 1, character 1: '韓米日' is a form to avoid" in text
    assert text.endswith("4 texts, 2 faults.")
    assert said("glossary", "check", nested) == "1 texts, 0 faults."


@pytest.mark.parametrize(
    ("name", "words", "sentence"),
    [
        ("paper.txt", "a", "expected a file in TOML, JSON or CSV"),
        ("paper.json", '{"a": 1}', "no text is given there by language (ko, ja, en)"),
        ("paper.json", "{", "Expecting property name"),
        ("paper.toml", "a = ", "Invalid value"),
    ],
)
def test_what_holds_no_text_is_refused_in_one_sentence(
    tmp_path: Path, name: str, words: str, sentence: str
) -> None:
    file = tmp_path / name
    file.write_text(words, encoding="utf-8")
    told = fault("glossary", "check", file)
    assert str(file) in told
    assert sentence in told
    assert "\n" not in told


def test_a_file_that_is_no_text_at_all_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "paper.csv"
    file.write_bytes(b"\xff\xfe\x00")
    assert "can't decode" in fault("glossary", "check", file)


MEASURED = re.findall(r"^\| `([\w./-]+)` \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)


def test_the_page_has_measured_our_own_texts() -> None:
    assert len(MEASURED) == 5


@pytest.mark.parametrize(("file", "texts", "faults"), MEASURED)
def test_each_measure_on_the_page_still_holds(file: str, texts: str, faults: str) -> None:
    """Texts are added day by day; what may not grow is how often a text is cried out over."""
    last = run("glossary", "check", ROOT / file).stdout.splitlines()[-1]
    now_texts, now_faults = (int(one) for one in re.findall(r"\d+", last))
    assert now_texts >= int(texts)
    assert now_faults / now_texts <= max(0.02, 1.25 * int(faults) / int(texts))


# Who uses a term


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """A node with a matter of two versions, of which the second uses the term in all languages."""
    world = World()
    world.open(*BODIES)
    world.act(
        "KOR", "TDC", acts.Tabled, symbol="TDC/2027/KOR/1", body="TDC", article="3(1)",
        wording=wording(world, "extended deterrence"),
    )  # fmt: skip
    world.settle()
    (matter,) = world.peers["KOR"].state.matters
    better = acts.Wording(GOOD, {**GOOD, "en": "None"}, "plan", "political")
    world.act("JPN", "TDC", acts.Revised, matter=matter, article="3(1)", wording=better)
    world.settle()
    return lay_out(world, tmp_path, *BODIES)["USA"]


def test_each_text_that_uses_a_term_is_listed_by_symbol_version_and_language(node: Path) -> None:
    rows = value("glossary", "uses", "拡大抑止", "--node", node)
    assert {row["term"] for row in rows} == {"extended-deterrence"}
    found = [(row["version"], row["field"], row["language"]) for row in rows]
    # The first version says the English words in each language; only English text is English.
    assert found == [
        (1, "title", "en"),
        (1, "summary", "en"),
        (2, "title", "ko"),
        (2, "title", "ja"),
        (2, "title", "en"),
        (2, "summary", "ko"),
        (2, "summary", "ja"),
    ]
    assert {row["where"] for row in rows} == {"TDC/2027/KOR/1"}
    text = said("glossary", "uses", "extended-deterrence", "--node", node)
    assert text.startswith("extended-deterrence: in 2 documents.")
    assert "TDC/2027/KOR/1, version 2 title ko, ja, en" in text


def test_the_node_s_charter_is_among_its_texts(node: Path) -> None:
    rows = value("glossary", "uses", "rule-silence", "--node", node)
    assert {(row["where"], row["version"]) for row in rows} == {("charter.toml", None)}


def test_without_a_node_the_shipped_files_are_searched() -> None:
    rows = value("glossary", "uses", "침묵 절차")
    where = {row["where"] for row in rows}
    assert {"charters/trilateral.toml", "words.csv"} <= where
    assert "data/register" in {row["where"] for row in value("glossary", "uses", "supply-chain")}
    assert "the nearest are: deterrence" in fault("glossary", "uses", "deterence")


# Before signing


def test_notes_go_to_standard_error_and_hold_nothing_up(demo: Path) -> None:
    result = run("act", "Seoul", *plan(BAD), "--dry-run", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["admitted"] is True
    told = " ".join(result.stderr.split())
    assert told.startswith("note: title, en, paragraph 1, character 12: 'extended deterrence' has")
    assert "no counterpart in ko; the glossary has '확장억제'." in told


def test_a_text_without_fault_has_no_note(demo: Path) -> None:
    result = run("act", "Seoul", *plan(GOOD), "--dry-run", "--strict-terms")
    assert (result.exit_code, result.stderr) == (0, "")


def test_strictly_nothing_is_signed_with_a_fault(demo: Path) -> None:
    told = fault("act", "Seoul", *plan(BAD), "--strict-terms")
    assert told.startswith("title, en, paragraph 1, character 12: 'extended deterrence'")
    assert told.endswith("with --strict-terms nothing is signed.")
    assert "\n" not in told
