"""`architrave alert` and `respond`: composed, asked for, shown, and what is owed after them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from alerting import named, raise_alert, respond
from cli_nodes import fault, lay_out, run, said, value
from scenes import BODY
from test_refusals import opened
from typer.testing import CliRunner

from architrave.cli.look import look
from architrave.cli.main import app
from architrave.institution.acts_warning import POINTS
from architrave.portal.composing.warning_fields import with_warning

WARNED = f"{BODY}/2027/KOR/5"
TESTED = f"{BODY}/2027/JPN/5"
LANGUAGES = ("ko", "ja", "en")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An alert of Korea's that Japan has answered, and a test alert of Japan's."""
    world = opened()
    name = raise_alert(world, duration={}, unknown=["duration"], evidence={"a.csv": "ab" * 32})
    respond(world, "JPN", name)
    raise_alert(world, "JPN", symbol=TESTED, drill=True)
    return lay_out(world, tmp_path_factory.mktemp("nodes"), BODY)


def words(point: str) -> list[str]:
    return [part for one in LANGUAGES for part in ("--set", f"{point}.{one}={point} ({one})")]


def every_point(*but: str) -> list[str]:
    return [part for point in POINTS if point not in but for part in words(point)]


def test_an_alert_is_composed_and_its_symbol_proposed(folders: dict[str, Path]) -> None:
    answer = value("alert", folders["USA"], "--body", BODY, *every_point(), "--dry-run")
    assert (answer["kind"], answer["admitted"], answer["article"]) == ("alerted", True, "5(4)")
    assert re.fullmatch(f"{BODY}/20[0-9]+/USA/1", answer["symbol"])


def test_what_is_not_known_is_said_and_not_left_out(folders: dict[str, Path]) -> None:
    given = [*every_point("causes", "wanted"), "--set", "causes=not known"]
    unknown = [*given, "--set", "wanted=not known"]
    answer = value("alert", folders["USA"], "--body", BODY, *unknown, "--dry-run")
    assert answer["admitted"]
    for other in ("wanted=Not known ", "unknown= wanted , causes"):
        tree = [*every_point("causes", "wanted"), "--set", "causes=not known", "--set", other]
        assert value("alert", folders["USA"], "--body", BODY, *tree, "--dry-run")["admitted"]
    refused = run("alert", folders["USA"], "--body", BODY, *given, "--dry-run")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "alerted: wanted: missing" in refused.stderr


def test_a_point_that_was_not_given_is_asked_for_in_each_language(folders: dict[str, Path]) -> None:
    command = ["alert", str(folders["USA"]), "--body", BODY, *every_point("impact", "causes")]
    typed = "영향\n影響\nimpact\nnot known\n"
    result = CliRunner().invoke(app, [*command, "--dry-run", "--json"], input=typed)
    assert result.exit_code == 0, result.stderr
    assert "Impact (ko), or 'not known'" in result.stderr
    assert '"admitted": true' in result.stdout


def test_a_test_alert_says_so_wherever_it_is_shown(folders: dict[str, Path]) -> None:
    text = said("show", folders["KOR"], TESTED)
    assert "A test. It tries the way of a warning and is none." in text
    assert "Meeting clock" not in text
    (row,) = [one for one in value("status", folders["KOR"])["alerts"] if one["drill"]]
    assert (row["unanswered"], row["owes_meeting"], row["clock"]) == ([], "", None)
    assert "A test. It tries the way" in said("status", folders["KOR"])


def test_what_an_alert_owes_is_shown_with_its_clock(folders: dict[str, Path]) -> None:
    sheet = value("status", folders["USA"])
    (row,) = [one for one in sheet["alerts"] if not one["drill"]]
    assert (row["symbol"], row["unanswered"], row["owes_meeting"]) == (WARNED, ["USA"], "KOR")
    assert row["clock"]["article"] == "5(4)"
    due = [one for one in sheet["dates"] if one["kind"] == "meet-by"]
    assert [(one["subject"], one["party"]) for one in due] == [(WARNED, "KOR")]
    text = said("status", folders["USA"])
    assert "awaits Seoul: has still to have a meeting convened" in text
    assert "Meeting clock: raised" in text


def test_a_shown_alert_says_who_had_it_by_which_books(folders: dict[str, Path]) -> None:
    sheet = value("show", folders["USA"], WARNED)
    assert sheet["unknown"] == ["duration"]
    assert sheet["points"]["duration"] == {}
    told = {one["party"]: one["received"] for one in sheet["told"]}
    assert set(told) == {"JPN", "USA"}
    for received in told.values():
        assert received["not_before"] <= received["claimed"] <= received["not_after"]
    assert [one["party"] for one in sheet["answers"]] == ["JPN"]
    text = said("show", folders["USA"], WARNED)
    assert "Expected duration not known" in text
    assert "Who was told" in text


def test_an_answer_is_composed_and_one_s_own_alert_is_not_answered(
    folders: dict[str, Path],
) -> None:
    answer = value("respond", folders["USA"], WARNED, "--unable", "--dry-run")
    assert (answer["kind"], answer["symbol"], answer["article"]) == ("responded", WARNED, "5(3)")
    text = said("respond", folders["KOR"], WARNED, "--unable", "--dry-run", code=1)
    assert "raised the alert; the others answer" in text
    other = f"{BODY}/2027/KOR/6"
    assert "is no alert here; the nearest are" in fault("respond", folders["USA"], other)


def test_may_says_who_may_answer_an_alert(folders: dict[str, Path]) -> None:
    yes = value("may", folders["USA"], f"Washington answer {WARNED}")
    assert (yes["doing"], yes["answer"]) == ("responded", "yes")
    no = value("may", folders["USA"], f"Seoul respond {WARNED}", code=1)
    assert "raised the alert" in no["sentence"]
    close = value("may", folders["USA"], f"Seoul close {WARNED}")
    assert (close["doing"], close["answer"]) == ("closed", "yes")
    meet = value("may", folders["USA"], f"Seoul convene {BODY}")
    assert meet["answer"] == "yes"


def test_the_pack_of_a_seat_holds_alerts_and_what_they_ask_of_it(folders: dict[str, Path]) -> None:
    pack = value("handover", folders["KOR"], f"KOR/{BODY}")
    assert WARNED in pack["alerts"]
    assert {"symbol": WARNED, "need": "meeting"}.items() <= pack["mine"][0].items()


def test_a_text_names_an_alert_by_its_symbol_and_the_alert_shows_the_matter(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    fields = tmp_path / "matter.json"
    text = {one: f"stocks ({one})" for one in LANGUAGES}
    wording = {"title": text, "summary": text, "instrument": "plan", "nature": "political"}
    fields.write_text(json.dumps({"body": BODY, "article": "3(1)", "wording": wording}), "utf-8")
    put = ("--set", f"wording.digests.alert={WARNED}")
    assert value("act", folders["USA"], "tabled", "--file", fields, *put, "--dry-run")["admitted"]
    world = opened()
    name = raise_alert(world)
    matter = named(world, alert=name)
    assert matter
    there = lay_out(world, tmp_path / "nodes", BODY)
    assert value("show", there["USA"], WARNED)["matters"] == [f"{BODY}/2027/JPN/1"]
    assert f"Tabled on it: {BODY}/2027/JPN/1" in said("show", there["USA"], WARNED)


def test_the_digest_that_is_composed_is_the_name_of_the_alert(folders: dict[str, Path]) -> None:
    it = look(str(folders["USA"]))
    name = it.state.symbols[WARNED][0].name
    for typed in (WARNED, WARNED.lower(), name):
        tree = {"wording": {"digests": {"alert": typed, "file": "ab" * 32}}}
        found = with_warning(it, "tabled", tree)
        assert found["wording"]["digests"] == {"alert": name, "file": "ab" * 32}
