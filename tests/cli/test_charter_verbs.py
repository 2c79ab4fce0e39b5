"""`architrave charter …`, read as a newcomer reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from architrave.cli.main import app
from architrave.institution.life import BEGINNINGS, LIFE, diagram

ROOT = Path(__file__).parents[2]
FIVE = str(ROOT / "src" / "architrave" / "sim" / "rivers.toml")


def run(*words: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was printed as a fault."""
    result = CliRunner().invoke(app, ["charter", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def told(*words: str) -> str:
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    return out


def refused(*words: str) -> str:
    """The sentences of a refusal: status 2, nothing else printed."""
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    return err


# check


def test_a_sound_charter_gets_one_sentence_of_what_was_checked() -> None:
    assert told("check") == (
        "trilateral.toml: 3 parties, 20 bodies (12 existing, 8 proposed), 36 articles; "
        "3,672 outcomes of 17 rules checked, no fault found.\n"
    )
    assert told("check", FIVE) == (
        f"{FIVE}: 5 parties, 2 bodies (1 existing, 1 proposed), 17 articles; "
        "55,944 outcomes of 8 rules checked, no fault found.\n"
    )


def test_every_shipped_charter_is_checked_by_one_word() -> None:
    lines = told("check", "--shipped").splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "ad-hoc.toml", "trilateral.toml", "two-alliances.toml",
    ]  # fmt: skip
    assert all(line.endswith("checked, no fault found.") for line in lines)


def test_a_shipped_charter_is_found_by_its_name() -> None:
    assert told("check", "two-alliances").startswith("two-alliances.toml: 3 parties, 2 bodies")


def test_all_faults_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8")
    text = text.replace('rule = "consensus(2)"', 'rule = "majority"')
    text = text.replace('cadence = "monthly"', 'cadence = "often"')
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    err = refused("check", str(file))
    lines = err.splitlines()
    rule, cadence = (
        text[: text.index(words)].count("\n") + 1 for words in ('"majority"', '"often"')
    )
    assert lines[0] == (
        f"{file}, line {cadence}, bodies.TDCWL.cadence: expected none, monthly, quarterly, "
        'half-yearly or annual, found "often".'
    )
    assert lines[1].startswith(f"{file}, line {rule}, articles.3(4).rule: expected all-concur, ")
    assert lines[1].endswith(', found "majority".')
    assert len(lines) == 2


def test_one_faulty_charter_among_sound_ones_is_told_apart(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("format = \n", encoding="utf-8")
    status, out, err = run("check", FIVE, str(bad))
    assert status == 2
    assert out.startswith(f"{FIVE}: 5 parties")
    assert (
        err == f"{bad}, line 1, the file: expected well-formed TOML, found this: Invalid value.\n"
    )


def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"format = 1\n# \xff\n")
    assert refused("check", str(bad)) == (
        f"{bad}, line 2, the file: expected UTF-8, found other bytes.\n"
    )
    assert refused("check", "nowhere.toml") == (
        "nowhere.toml: no such file, and no shipped charter (ad-hoc, trilateral, two-alliances).\n"
    )
    assert refused("check", str(tmp_path)) == (
        f"{tmp_path}: expected a charter file, found something else.\n"
    )
    assert refused("check", "--shipped", FIVE) == (
        "check: expected files or --shipped, found both.\n"
    )


def test_a_check_is_given_as_json_too(tmp_path: Path) -> None:
    (row,) = json.loads(told("check", FIVE, "--json"))
    assert (row["file"], row["sound"], row["parties"], row["outcomes"]) == (FIVE, True, 5, 55_944)
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 2\n", encoding="utf-8")
    status, out, err = run("check", str(bad), "--json")
    (row,) = json.loads(out)
    assert (status, row["sound"]) == (2, False)
    assert {"line": 1, "field": "format", "found": "2",
            "expected": "1, the format this version reads"} in row["faults"]  # fmt: skip
    assert "line 1, format: expected 1" in err


# explain


def test_a_rule_is_explained_in_sentences_and_cited() -> None:
    assert told("explain", "3(4)").splitlines() == [
        "Art. 3(4)  Statements and programmes",
        "    A statement or a programme is agreed when every party of the body has spoken, none "
        "objects or reserves, and at least two concur.",
        "    Texts: statement, programme",
        "    Rule: all have spoken, none objects or reserves, at least 2 concur",
        "    It is decided when every party has spoken, none objects or reserves, and at least 2 "
        "concur; any other may abstain or not block.",
        "    3 parties: 216 outcomes; decided: 7",
    ]


@pytest.mark.parametrize("cited", ["3(4)", "Art. 3(4)", "art 3(4)", " article 3(4)"])
def test_an_article_may_be_named_as_it_is_cited(cited: str) -> None:
    assert told("explain", cited).startswith("Art. 3(4)  ")


def test_given_positions_come_to_an_outcome_and_what_would_change_it() -> None:
    out = told("explain", "3(4)", "--position", "JPN=object", "--position", "Seoul=concur",
               "--position", "United States=do not block")  # fmt: skip
    assert out.split("\n\n")[1].splitlines() == [
        "With these positions: not decided",
        "    Japan: object – nothing is decided while this stands",
        "    ROK: concur – a change of this party alone would not be enough",
        "    United States: do not block – a change of this party alone would not be enough",
        "What would change it, with the fewest parties moving",
        "    Japan → concur",
    ]


def test_a_party_that_is_not_mentioned_holds_no_position() -> None:
    out = told("explain", "3(1)", "--position", "KOR=concur", "--position", "USA=concur")
    assert "Japan: no position – nothing is decided while this stands" in out
    assert out.endswith("    Japan → concur\n")


def test_silence_is_explained_with_its_own_words() -> None:
    out = told("explain", "4(2)", "--position", "USA=reserve")
    assert "For a party that the text has not reached no period runs." in out
    assert "Provided that each party's own period has run: not adopted" in out
    assert "United States: reserve (pending capital) – nothing is decided while" in out


@pytest.mark.parametrize(
    ("language", "head", "party"),
    [("ko", "제3조제4항  성명과 사업", "일본: 이의 제기"),
     ("ja", "第3条4  声明及び事業", "日本: 異議申立て"),
     ("en", "Art. 3(4)  Statements and programmes", "Japan: object")],
)  # fmt: skip
def test_the_reader_is_told_in_their_language(language: str, head: str, party: str) -> None:
    out = told("explain", "3(4)", "--position", "JPN=object", "--lang", language)
    assert out.startswith(head)
    assert party in out


def test_parties_stand_in_the_order_of_the_readers_language() -> None:
    words = ("explain", "3(1)", "--position", "USA=concur")
    for language, order in [("en", "Japan ROK United"), ("ko", "한국 미국 일본"),
                            ("ja", "日本 米国 韓国")]:  # fmt: skip
        out = told(*words, "--lang", language).split("\n\n")[1]
        assert re.findall(r"^ {4}(\S+?)(?::| States:)", out, re.M)[:3] == order.split()


def test_the_whole_charter_and_one_body_are_explained() -> None:
    whole = told("explain")
    assert whole.startswith("Charter of trilateral cooperation (illustration)\n")
    assert "Bodies that are proposed and do not exist" in whole
    body = told("explain", "--body", "tdc")
    assert body.startswith("Bodies that are proposed and do not exist\n  TDC  Defence Council\n")
    assert (
        "Would take over the work of: Defense Trilateral Talks (DTT), Trilateral Security" in body
    )
    assert "plan: Art. 3(1) (every party concurs); or by silence Art. 4(1)" in body


def test_a_body_is_asked_for_where_bodies_differ_in_their_parties() -> None:
    words = ("explain", "2(3)", "--charter", FIVE, "--position", "ALD=concur")
    assert refused(*words) == (
        "--body: the bodies differ in their parties; say which is meant (BASIN, FERRY).\n"
    )
    assert "To change it" not in told(*words, "--body", "FERRY")
    assert "Dunvale" in told(*words, "--body", "BASIN")
    assert "Dunvale" not in told(*words, "--body", "FERRY")


def test_every_wrong_position_is_told_at_once() -> None:
    err = refused("explain", "3(4)", "--position", "JPN=maybe", "--position", "FRA=concur",
                  "--position", "USA=concur", "--position", "Washington=object")  # fmt: skip
    assert err.splitlines() == [
        "--position JPN=maybe: expected one of none, concur, do-not-block, abstain, reserve, "
        "object after JPN=.",
        "--position FRA=concur: expected a party first (JPN, KOR, USA).",
        "--position Washington=object: expected one position of USA, found two.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["3(9)"], "3(9): expected an article of the charter (1(1), "),
        (["chapter three"], "chapter three: expected an article of the charter (1(1), "),
        (["--position", "JPN=object"], "--position: expected an article whose rule is asked "),
        (["2(2)", "--position", "JPN=object"], "Art. 2(2) has no decision rule; these have one: "),
        (["6(2)", "--position", "JPN=concur"], "Art. 6(2) lets a party accept evidence; "),
        (["4(2)", "--body", "TDC"], "--body TDC: expected a body of article 4(2) (ESFSC, ESFBT)."),
        (["--body", "NATO"], "--body NATO: expected a body of the charter (LEAD, FM, "),
        (["--lang", "fr"], "--lang fr: expected a language of the charter (ko, ja, en)."),
        (["--charter", "none.toml"], "none.toml: no such file, and no shipped charter ("),
    ],
)
def test_what_cannot_be_explained_is_refused_in_one_sentence(
    words: list[str], sentence: str
) -> None:
    err = refused("explain", *words)
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_an_explanation_is_given_as_json_too() -> None:
    row = json.loads(told("explain", "3(4)", "--position", "JPN=object", "--json"))
    assert (row["cited"], row["rule"], row["instruments"]) == (
        "Art. 3(4)", "consensus(2)", ["statement", "programme"],
    )  # fmt: skip
    assert row["outcome"]["satisfied"] is False
    assert row["outcome"]["reasons"][0] == {
        "party": "JPN", "position": "object", "role": "blocks",
    }  # fmt: skip
    whole = json.loads(told("explain", "--json", "--lang", "ko"))
    assert (len(whole["bodies"]), len(whole["articles"])) == (20, 36)
    assert [one["id"] for one in whole["parties"]] == ["KOR", "USA", "JPN"]
    (body,) = json.loads(told("explain", "--json", "--body", "SEC"))["bodies"]
    assert body["chair"]["terms"][0] == {"party": "KOR", "from": None, "to": None}
    assert "outcome" not in whole["articles"][0]


def test_a_charter_without_english_is_told_in_its_own_first_language(tmp_path: Path) -> None:
    text = Path(FIVE).read_text(encoding="utf-8")
    text = text.replace('languages = ["en", "fr"]', 'languages = ["fr"]')
    text = re.sub(r"\{ en = \"[^\"]*\", fr", "{ fr", text)
    text = re.sub(r"(?m)^en = \[.*\n", "", text)
    file = tmp_path / "fr.toml"
    file.write_text(text, encoding="utf-8")
    assert told("explain", "2(3)", "--charter", str(file)).startswith("art. 2, par. 3  Programmes")


# table


def test_a_table_gathers_outcomes_and_counts_them() -> None:
    lines = told("table", "3(4)").splitlines()
    assert lines[:6] == [
        "Art. 3(4)  Statements and programmes",
        "consensus(2): all have spoken, none objects or reserves, at least 2 concur",
        "3 parties: 216 outcomes; decided: 7",
        "    decided · 3 concur · 1 way",
        "    decided · 2 concur, 1 do not block · 3 ways",
        "    decided · 2 concur, 1 abstain · 3 ways",
    ]
    ways = [int(line.split(" · ")[-1].split()[0]) for line in lines[3:]]
    assert (len(ways), sum(ways)) == (56, 216)
    assert all(line.startswith("    not decided · ") for line in lines[6:])


def test_a_table_is_printed_for_each_number_of_parties() -> None:
    out = told("table", "2(3)", "--charter", FIVE)
    assert "3 parties: 216 outcomes; decided: 1" in out
    assert "5 parties: 7,776 outcomes; decided: 51" in out
    assert "5 parties" not in told("table", "2(3)", "--charter", FIVE, "--body", "FERRY")
    assert "4 parties: 1,296 outcomes" in told("table", "2(3)", "--charter", FIVE, "--parties", "4")


def test_a_rule_may_be_named_without_an_article() -> None:
    assert told("table", "silence", "--parties", "2").splitlines()[:3] == [
        "silence: silence procedure: none objects or reserves",
        "2 parties: 36 outcomes; adopted: 16",
        "    adopted · 2 no position · 1 way",
    ]
    assert "    진행되지 않음 · 3 입장 없음 · 1가지" in told("table", "any-one", "--lang", "ko")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["2(2)"], "Art. 2(2) has no decision rule; these have one: 2(1), 3(1), "),
        (["3(4)", "--parties", "7"], "--parties 7: expected 2 to 6.\n"),
        (["3(4)", "--parties", "0"], "--parties 0: expected 2 to 6.\n"),
        (["3(4)", "--parties", "3", "--body", "TDC"], "table: expected --parties or --body, found"),
        (["consensus(4)"], "consensus(4): expected a number up to 3, the parties.\n"),
        (["majority"], "majority: expected an article of the charter ("),
    ],
)
def test_what_has_no_table_is_refused_in_one_sentence(words: list[str], sentence: str) -> None:
    err = refused("table", *words)
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_a_table_is_given_as_json_too() -> None:
    (row,) = json.loads(told("table", "3(4)", "--json"))
    assert (row["rule"], row["parties"], row["outcomes"], row["satisfied"]) == (
        "consensus(2)", 3, 216, 7,
    )  # fmt: skip
    assert sum(one["ways"] for one in row["classes"]) == 216
    assert row["classes"][0] == {"positions": ["concur"] * 3, "ways": 1, "satisfied": True}


# life


def test_the_life_of_a_version_is_printed_from_the_table_in_the_code() -> None:
    lines = told("life").splitlines()
    assert len(lines) == len(BEGINNINGS) + len(LIFE)
    assert "closing         -> agreed           every party has all positions" in lines
    assert told("life", "--mermaid") == diagram()
    rows = json.loads(told("life", "--json"))
    assert {"from": "agreed", "to": "in-force",
            "by": "each has received that each has received all"} in rows  # fmt: skip
