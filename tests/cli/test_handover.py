"""`architrave handover`: the pack of a seat, in its holder's language."""

from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, said
from world import World

from architrave.institution import acts

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
    return lay_out(world, tmp_path_factory.mktemp("state"), BODY)["JPN"]


def test_the_pack_speaks_the_holders_language(node: Path) -> None:
    told = said("handover", node, f"KOR/{BODY}")
    assert told.startswith("인수인계: ")
    assert "next one" in told
    assert "plan (ko)" in told
    assert f"{BODY}/2027/JPN/1 · 입장 표명 대기" in told


@pytest.mark.parametrize(("language", "title"), [("ja", "引継ぎ："), ("en", "Handover: ")])
def test_another_language_may_be_asked_for(node: Path, language: str, title: str) -> None:
    told = said("handover", node, f"KOR/{BODY}", "--lang", language)
    assert told.startswith(title)
    assert f"plan ({language})" in told


def test_a_vacant_seat_says_so(node: Path) -> None:
    assert "vacant" in said("handover", node, "KOR/TDC", "--lang", "en")


def test_no_seat_of_that_name_is_one_sentence(node: Path) -> None:
    assert "KOR/" in fault("handover", node, "KOR/NOWHERE")


def test_a_language_without_words_is_one_sentence(node: Path) -> None:
    assert "ko, ja, en" in fault("handover", node, f"KOR/{BODY}", "--lang", "xx")
