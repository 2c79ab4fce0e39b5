"""A table-top exercise: marked, apart from real nodes, by the same rules, and wiped at its end."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from cli_nodes import fault, said
from world import HOUR, ROOT, load_charter, seed

from architrave.charter.parse import parse_charter
from architrave.cli.demo.stage import Stage, free_ports
from architrave.cli.faults import Unclear
from architrave.cli.reading import read_folder
from architrave.cli.tabletop import play
from architrave.cli.tabletop.places import advance, exercise_ground, require_apart
from architrave.cli.tabletop.play import Exercise, exercise, marked_charter
from architrave.cli.tabletop.script import filled, read_script
from architrave.node.errors import FolderFault, FolderInUse
from architrave.node.founders import ROLES, Seeds, make_node
from architrave.record.founding import DEMONSTRATION_DOMAIN, TABLETOP_DOMAIN

CHARTER = ROOT / "charters" / "trilateral.toml"
PAGE = (ROOT / "docs" / "desks" / "consultation.md").read_text(encoding="utf-8")


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder with nothing beside it: what other tests leave there may look like a node's."""
    apart = tmp_path / "apart"
    apart.mkdir()
    return apart


def node_in(folder: Path, domain: str) -> Path:
    """A node's folder under a domain, not founded yet."""
    seeds = Seeds(*(seed("KOR", role) for role in ROLES))
    token = Path("..") / f"{folder.name}.token"
    make_node(folder, "KOR", CHARTER, domain, "http://127.0.0.1:4001", token, seeds)
    return folder


NEAR: dict[str, Callable[[Path], Path]] = {
    "in it": lambda real: real,
    "below it": lambda real: real / "keys" / "rehearsal",
    "beside it": lambda real: real.parent / "rehearsal",
    "above it": lambda real: real.parent,
}


@pytest.mark.parametrize("where", NEAR)
def test_it_runs_neither_in_nor_beside_the_folder_of_a_real_node(
    tmp_path: Path, where: str
) -> None:
    real = node_in(tmp_path / "house" / "seoul", "secretariat.example")
    before = sorted(real.rglob("*"))
    place = NEAR[where](real)
    with pytest.raises(FolderFault, match="no demonstration lives in"):
        require_apart(place)
    assert "no demonstration lives in" in fault("tabletop", "--folder", place)
    assert sorted(real.rglob("*")) == before


def test_a_link_to_a_real_nodes_folder_does_not_hide_it(tmp_path: Path) -> None:
    real = node_in(tmp_path / "house" / "seoul", "secretariat.example")
    link = tmp_path / "elsewhere"
    link.symlink_to(real)
    with pytest.raises(FolderFault, match="no demonstration"):
        require_apart(link)


def test_a_folder_that_cannot_say_what_it_is_counts_as_real(tmp_path: Path) -> None:
    real = node_in(tmp_path / "house" / "seoul", DEMONSTRATION_DOMAIN)
    require_apart(real)
    (real / "founding.json").write_bytes(b"{}")
    with pytest.raises(FolderFault, match="no demonstration"):
        require_apart(real)


def test_the_clock_too_lies_apart_and_is_a_new_file(tmp_path: Path) -> None:
    real = node_in(tmp_path / "house" / "seoul", "secretariat.example")
    folder = tmp_path / "exercise"
    told = fault("tabletop", "--folder", folder, "--clock", real / "clock")
    assert "no demonstration lives in" in told
    there = tmp_path / "clock"
    there.write_text("1", encoding="ascii")
    assert "expected a new file" in fault("tabletop", "--folder", folder, "--clock", there)


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert "is not empty" in fault("tabletop", "--folder", tmp_path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_with_the_marks_name_makes_no_folder_an_exercise(tmp_path: Path) -> None:
    for words in ("notes of our own", ""):
        (tmp_path / "table-top").write_text(words, encoding="utf-8")
        (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(FolderFault, match="is not empty"), exercise_ground(tmp_path, None):
            pass
        assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_what_an_exercise_left_when_it_was_cut_short_is_taken_over(tmp_path: Path) -> None:
    with exercise_ground(tmp_path, None):
        (tmp_path / "kor").mkdir()
    with exercise_ground(tmp_path, None):
        assert not (tmp_path / "kor").exists()
    (tmp_path / "table-top").write_text("", encoding="utf-8")
    with exercise_ground(tmp_path, None):
        pass


def test_two_exercises_do_not_share_a_folder(tmp_path: Path) -> None:
    one, other = (exercise_ground(tmp_path / "one", None) for _ in range(2))
    with one, pytest.raises(FolderInUse, match="another exercise"):
        other.__enter__()


def test_the_controller_moves_the_clock(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("1799625600000", encoding="ascii")
    assert advance(clock, 1_000) == 1_799_625_601_000
    assert said("tabletop", "--clock", clock, "--move", "24").startswith("The clock shows ")
    assert clock.read_text(encoding="ascii") == str(1_799_625_601_000 + 24 * HOUR)
    assert "no exercise runs" in fault("tabletop", "--clock", tmp_path / "none", "--move", "1")
    assert "say with --clock" in fault("tabletop", "--move", "1")
    before = sorted(tmp_path.iterdir())
    for wrong in ("inf", "1e300"):
        assert "fewer than 10000 hours" in fault("tabletop", "--clock", clock, "--move", wrong)
    for place in (tmp_path / "none", tmp_path / "nowhere" / "clock"):
        assert "no exercise runs" in fault("tabletop", "--clock", place, "--move", "1")
    assert sorted(tmp_path.iterdir()) == before
    assert not (tmp_path / "none.lock").exists()


@pytest.mark.parametrize("name", ["trilateral", "two-alliances", "ad-hoc"])
def test_a_charter_is_marked_in_every_language_and_is_another_charter(name: str) -> None:
    text = (ROOT / "charters" / f"{name}.toml").read_text(encoding="utf-8")
    plain, marked = parse_charter(text, name), parse_charter(marked_charter(text), name)
    assert marked.digest != plain.digest
    assert dict(marked.title) == {
        "ko": f"DEMO · 토의식 연습 · {plain.title['ko']}",
        "ja": f"DEMO · 机上演習 · {plain.title['ja']}",
        "en": f"DEMO · TABLE-TOP · {plain.title['en']}",
    }
    assert marked.articles == plain.articles


STEP = '[[step]]\nhours = 1\nparty = "KOR"\nbody = "ESFSC"\nkind = "consulted"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "expected steps"),
        ("[[step]", "script.toml"),
        (STEP + "colour = 1\n", "step 1: expected"),
        (STEP.replace("1", '"soon"', 1), "step 1: hours"),
        (STEP.replace("KOR", "ELM"), "step 1: party"),
        (STEP.replace("ESFSC", "ELM"), "step 1: body"),
        (STEP.replace("consulted", "sung"), "step 1: kind"),
        (STEP + 'fields = { key = "x" }\n', "step 1: fields: .*are the exercise's own"),
        (STEP + STEP.replace("1", "0", 1), "step 2: hours: time does not go back"),
        (STEP + 'fields = { consultation = "$nope" }\n', "step 1: .*no earlier step is called"),
    ],
)
def test_a_script_that_cannot_be_meant_is_refused_by_step_and_field(
    tmp_path: Path, text: str, why: str
) -> None:
    file = tmp_path / "script.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unclear, match=why):
        read_script(file, load_charter())


def test_names_of_earlier_steps_and_texts_in_every_language_are_filled_in(tmp_path: Path) -> None:
    file = tmp_path / "script.toml"
    fields = 'fields = { consultation = "$asked", answer = "Yes", wording = { title = "T" } }\n'
    file.write_text(STEP + 'as = "asked"\n' + STEP + fields, encoding="utf-8")
    _, step = read_script(file, load_charter())
    assert filled(step, {"asked": "ab"}, ("ko", "en")) == {
        "consultation": "ab",
        "answer": {"ko": "Yes", "en": "Yes"},
        "wording": {"title": {"ko": "T", "en": "T"}},
    }
    with pytest.raises(Unclear, match="no earlier step is called 'asked'"):
        filled(step, {}, ("ko", "en"))


@pytest.mark.slow
def test_the_script_of_the_manual_plays_and_is_wiped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "script.toml"
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    script.write_text(text, encoding="utf-8")
    told: list[str] = []
    folder, seen = tmp_path / "play" / "exercise", []

    def looked(stage: Stage) -> int:
        """Before it is wiped: whose it is, and that no key of another founding serves."""
        seen.append(read_folder(stage.nodes["KOR"].folder).founding)
        stranger = Stage(tmp_path, 7, []).officer("KOR", "ESFSC")
        assert stage.refuses("KOR", "ESFSC", "deposited", stranger, title={}, digest="", source="")
        return counted(stage)

    counted = play._lines
    monkeypatch.setattr(play, "_lines", looked)
    assert exercise(Exercise(folder=folder, script=script), told.append)
    (founding,) = seen
    assert founding.demonstration
    assert founding.domain == TABLETOP_DOMAIN
    assert not folder.exists()
    assert list(tmp_path.joinpath("play").iterdir()) == []
    (wiped,) = [line for line in told if line.startswith("Wiped: ")]
    assert "3 nodes (JPN, KOR, USA)" in wiped
    assert any("was refused" in line for line in told)
    for word in ("토의식 연습", "机上演習", "TABLE-TOP"):
        assert any(word in line for line in told)
    assert not any("NOT AS THE SCRIPT SAYS" in line for line in told)


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_free_play_runs_until_it_is_ended_and_leaves_nothing(
    tmp_path: Path, end: signal.Signals
) -> None:
    folder, clock = tmp_path / "play" / "exercise", tmp_path / "play" / "clock"
    folder.parent.mkdir()
    port = str(free_ports(3, 9141)[0])
    command = [sys.executable, "-m", "architrave.cli.main", "tabletop", "--port", port]
    command += ["--folder", str(folder), "--clock", str(clock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as playing:
        try:
            assert playing.stdout is not None
            told = []
            for line in playing.stdout:
                told.append(line)
                if line.startswith("Ctrl+C"):
                    break
            urls = re.findall(r"http://127\.0\.0\.1:\d+", "".join(told))
            assert len(urls) == 3
            for language, word in (("ko", "토의식 연습"), ("ja", "机上演習"), ("en", "TABLE-TOP")):
                assert word in httpx.get(f"{urls[0]}/{language}/", timeout=60).text
            before = int(clock.read_text(encoding="ascii"))
            said("tabletop", "--clock", clock, "--move", "24")
            assert int(clock.read_text(encoding="ascii")) >= before + 24 * HOUR
            playing.send_signal(end)
            rest = playing.stdout.read()
            assert playing.wait(60) == 0
        finally:
            playing.kill()
    assert "The controller ends the exercise." in rest
    assert "Wiped: 3 nodes (JPN, KOR, USA)" in rest
    assert not folder.exists()
    assert not clock.exists()
