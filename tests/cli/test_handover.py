"""`architrave handover`: the pack of a seat, in its holder's language."""

from pathlib import Path

import pytest
from architrave.institution import acts
from cli_nodes import lay_out, output, run
from world import World

BODY = "ESFBT"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = World()
    world.open(BODY)
    world.act(
        "JPN",
        BODY,
        acts.Tabled,
        symbol=f"{BODY}/2027/JPN/1",
        body=BODY,
        article="3(1)",
        wording=acts.Wording(world.words("plan"), world.words("short"), "plan", "political"),
    )
    world.party_act("KOR", acts.Appointed, office=f"KOR/{BODY}", holder="next one", language="ko")
    world.settle()
    return lay_out(world, "JPN", tmp_path_factory.mktemp("state"))


def test_the_pack_speaks_the_holders_language(node: Path) -> None:
    said = output("handover", node, f"KOR/{BODY}")
    assert said.startswith("인수인계: ")
    assert "next one" in said
    assert "plan (ko)" in said
    assert f"{BODY}/2027/JPN/1 · 입장 표명 대기" in said


@pytest.mark.parametrize(("language", "title"), [("ja", "引継ぎ："), ("en", "Handover: ")])
def test_another_language_may_be_asked_for(node: Path, language: str, title: str) -> None:
    said = output("handover", node, f"KOR/{BODY}", "--lang", language)
    assert said.startswith(title)
    assert f"plan ({language})" in said


def test_a_vacant_seat_says_so(node: Path) -> None:
    assert "vacant" in output("handover", node, "KOR/TDC")


def test_no_seat_of_that_name_is_one_sentence(node: Path) -> None:
    result = run("handover", node, "KOR/NOWHERE")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "KOR/" in result.stderr


def test_a_language_without_words_is_one_sentence(node: Path) -> None:
    result = run("handover", node, f"KOR/{BODY}", "--lang", "xx")
    assert result.exit_code == 2
    assert "ko, ja, en" in result.stderr
