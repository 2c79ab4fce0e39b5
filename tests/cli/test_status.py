from __future__ import annotations

from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, run, said, value
from cli_scenes import Scene
from rich.cells import cell_len
from world import START, World

from architrave.institution.standing import Stage
from architrave.institution.state import Institution
from architrave.portal.composing.instants import clocks, instant, utc


def test_status_says_what_stands_and_the_notice_against_it(demo: Path) -> None:
    sheet = value("status", "Seoul")
    (stands,) = sheet["stands"]
    assert (stands["symbol"], stands["standing"], stands["final"]) == (
        "TDC/2027/KOR/1",
        "in effect",
        True,
    )
    (notice,) = stands["notices"]
    assert (notice["party"], notice["state"], sorted(notice["awaiting"])) == (
        "USA",
        "runs",
        ["JPN", "KOR"],
    )


def test_status_says_what_is_owed_by_whom_and_why_it_reads_so(demo: Path) -> None:
    (owed,) = value("status", "Tokyo")["owed"]
    assert (owed["seat"], owed["due"], owed["state"]) == ("JPN/TDC", "2027-03-31", "not-known")
    assert "before the period is over" in owed["reason"]


def test_status_says_whom_each_matter_awaits_and_the_nearest_end_comes_first(demo: Path) -> None:
    pending = value("status", "Washington")["pending"]
    assert [row["symbol"] for row in pending] == ["ESFBT/2027/USA/1", "TDC/2027/JPN/1"]
    needs = {row["party"]: row["need"] for row in pending[1]["awaiting"]}
    assert needs == {"JPN": "position", "KOR": "objection", "USA": "all-positions"}
    assert {row["need"] for row in pending[0]["awaiting"]} == {"silence"}


def test_status_counts_an_answered_consultation_as_awaiting_the_other(demo: Path) -> None:
    (asked,) = value("status", "서울")["consultations"]
    assert asked["answered_by"] == ["JPN"]
    needs = [(row["party"], row["need"]) for row in asked["awaiting"]]
    assert needs == [("KOR", "answer"), ("USA", "meeting")]


def test_status_is_the_same_in_all_three_capitals_but_for_the_order_of_names(demo: Path) -> None:
    sheets = [value("status", party) for party in ("JPN", "KOR", "USA")]
    for part in ("owed", "pending", "consultations", "dates"):
        bare = [[{**row, "clocks": ""} for row in sheet[part]] for sheet in sheets]
        assert bare[0] == bare[1] == bare[2], part


def test_dates_come_in_order_and_on_every_clock(demo: Path) -> None:
    dates = value("status", "Seoul")["dates"]
    assert [row["kind"] for row in dates] == ["silence"] * 3 + ["meet-by", "commitment", "notice"]
    assert all(row["at"] is not None or row["day"] for row in dates)
    assert "Seoul and Tokyo" in dates[0]["clocks"]
    assert "Washington" in dates[0]["clocks"]
    assert "UTC" in dates[0]["clocks"]


def test_a_seat_sees_its_own_body_only(demo: Path) -> None:
    sheet = value("status", "Tokyo", "--seat", "jpn/esfbt")
    assert (sheet["seat"], sheet["stands"], sheet["owed"]) == ("JPN/ESFBT", [], [])
    assert [row["symbol"] for row in sheet["pending"]] == ["ESFBT/2027/USA/1"]
    assert {row["subject"] for row in sheet["dates"]} == {"ESFBT/2027/USA/1"}


def test_before_the_first_line_nothing_stands_and_that_is_said(demo: Path) -> None:
    text = said("status", "Seoul", "--as-of", "2026-12-31")
    assert "Nothing stands, nothing is owed, nothing is pending" in text
    assert "No line has been written yet." in text


def test_as_of_a_date_the_matter_was_still_open(demo: Path, scene: Scene) -> None:
    tabled = scene.world.peers["KOR"].state.acts[scene.plan][0].t
    assert START < tabled < START + 59_000
    day = utc(tabled + 1_000)
    sheet = value("status", "Seoul", "--as-of", day)
    assert sheet["stands"] == []
    assert [row["symbol"] for row in sheet["pending"]] == ["TDC/2027/KOR/1"]


def test_a_demonstration_says_so_and_no_line_is_wider_than_ninety_columns(demo: Path) -> None:
    for verb in (["status"], ["log"], ["show", "TDC/2027/JPN/1"], ["show", "KOR:1"]):
        words = [verb[0], "Seoul", *verb[1:]]
        result = run(*words)
        assert "DEMO" in result.stdout
        assert max(cell_len(line) for line in result.stdout.splitlines()) <= 90
        assert "\x1b" not in result.stdout


@pytest.mark.parametrize("stray", [" node", " log ", " act ", " seal ", " witness"])
def test_the_screen_has_none_of_the_words_of_the_code(demo: Path, stray: str) -> None:
    for words in (["status", "Seoul"], ["log", "Seoul"], ["show", "Seoul", "TDC/2027/JPN/1"]):
        assert stray not in run(*words).stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["status", "Seoull"], "Tokyo, Seoul, Washington"),
        (["status", "Seoul", "--seat", "KOR/TCD"], "the nearest are KOR/TDC"),
        (["status", "Seoul", "--as-of", "soon"], "expected a date such as 2027-03-01"),
        (["status", "Seoul", "--as-of", "2027-01-01 15:30"], "lacks its zone"),
        (["status", "Seoul", "--as-of", "2027-01-01 15:30 Atlantis"], "is no time zone"),
        (["log", "Seoul", "Soul"], "the nearest are Seoul"),
        (["show", "Seoul", "TDC/2027/KOR/9"], "the nearest are TDC/2027/KOR/1"),
        (["show", "Seoul", "KOR:4000"], "has"),
    ],
)
def test_an_unknown_name_is_answered_by_the_nearest(
    demo: Path, words: list[str], sentence: str
) -> None:
    text = fault(*words)
    assert sentence in text
    assert "\n" not in text


def test_a_folder_in_which_no_node_lives_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert fault("status", tmp_path / "none").startswith(f"{tmp_path / 'none'}: no node lives")


def test_looking_changes_no_byte_of_the_folder(state_home: Path) -> None:
    folder = state_home / "architrave" / "demo" / "KOR"
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))
              if path.suffix in (".db", ".json", ".toml", ".key")}  # fmt: skip
    for words in (["status"], ["log"], ["may", "consult TDC"], ["show", "TDC/2027/KOR/1"]):
        assert run(words[0], folder, *words[1:]).exit_code == 0
    assert {path: path.read_bytes() for path in before} == before


def test_a_copy_that_lacks_what_others_have_shows_it_as_provisional(tmp_path: Path) -> None:
    world = World()
    world.open("TDC")
    world.cut = {("KOR", "USA"), ("USA", "KOR"), ("JPN", "USA"), ("USA", "JPN")}
    from cli_scenes import wording

    from architrave.institution import acts

    world.act(
        "KOR", "TDC", acts.Tabled, symbol="TDC/2027/KOR/1", body="TDC", article="3(1)",
        wording=wording(world, "Plan"),
    )  # fmt: skip
    world.settle()
    folders = lay_out(world, tmp_path, "TDC")
    (row,) = value("status", folders["KOR"])["pending"]
    assert (row["final"], row["stage"]) == (False, Stage.OPEN)
    assert value("status", folders["USA"])["pending"] == []
    lines = value("log", folders["KOR"], "KOR", "--count", 3)[0]["lines"]
    assert {line["what"]: line["final"] for line in lines}["tabled"] is False


# Times


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2027-03-01", "2027-03-01T00:00:00+00:00"),
        ("2027-03-01 15:30 Seoul", "2027-03-01T06:30:00+00:00"),
        ("2027-03-01T15:30+09:00", "2027-03-01T06:30:00+00:00"),
        ("2027-03-01 6:30Z", "2027-03-01T06:30:00+00:00"),
        ("2027-07-01 02:30 Washington", "2027-07-01T06:30:00+00:00"),
        ("2027-03-01 15:30 Asia/Tokyo", "2027-03-01T06:30:00+00:00"),
    ],
)
def test_a_time_is_read_in_its_zone(scene: Scene, text: str, iso: str) -> None:
    from datetime import UTC, datetime

    found = instant(text, scene.world.charter, "x")
    assert datetime.fromtimestamp(found / 1000, UTC).isoformat() == iso


def test_clocks_that_agree_stand_together_and_a_new_day_is_written(scene: Scene) -> None:
    text = clocks(instant("2027-03-01 23:30 Seoul", scene.world.charter, "x"),
                  scene.world.charter, "USA")  # fmt: skip
    assert text == "1 Mar 2027 09:30 Washington; 23:30 Tokyo and Seoul; 14:30 UTC"
    text = clocks(instant("2027-03-02 08:30 Seoul", scene.world.charter, "x"),
                  scene.world.charter, "KOR")  # fmt: skip
    assert text == "2 Mar 2027 08:30 Seoul and Tokyo; 1 Mar 18:30 Washington; 23:30 UTC"


def test_the_state_of_the_scene_is_what_the_world_holds(scene: Scene) -> None:
    state: Institution = scene.world.peers["KOR"].state
    assert scene.plan in state.matters
    assert scene.world.stand("KOR", scene.plan).stage is Stage.IN_FORCE
