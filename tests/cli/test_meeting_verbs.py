"""Meetings at the terminal: convened, moved, minuted, and the meeting clock of a request."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, said, value
from convening import convene, minute
from scenes import BODY
from test_picture import ask
from test_refusals import opened
from world import HOUR

ASKED, MEETING, PAST = f"{BODY}/2027/KOR/1", f"{BODY}/2027/JPN/1", f"{BODY}/2027/USA/1"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A request whose meeting Tokyo convened 31 hours after it, and a meeting that has begun."""
    world = opened()
    asked = ask(world)
    since = world.peers["KOR"].state.acts[asked][0].t
    convene(world, "JPN", starts=since + 31 * HOUR, consultation=asked)
    past = convene(world, "USA", starts=world.now + HOUR)
    world.now += 2 * HOUR
    minute(world, "KOR", past, present=["KOR", "USA"])
    minute(world, "USA", past, held=False)
    world.settle()
    return lay_out(world, tmp_path_factory.mktemp("nodes"), BODY)


def act(node: Path, kind: str, *pairs: str, code: int = 0) -> dict[str, object]:
    words = [word for pair in pairs for word in ("--set", pair)]
    found: dict[str, object] = value("act", node, kind, *words, "--dry-run", code=code)
    return found


def test_the_clock_is_told_with_the_meeting_the_period_and_the_article(
    folders: dict[str, Path],
) -> None:
    told = " ".join(said("consultation", "show", folders["USA"], ASKED).split())
    assert f"meeting {MEETING} convened for" in told
    assert "31 h after the request; within 48 hours (Art. 5(2))" in told
    sheet = value("consultation", "show", folders["USA"], ASKED)["consultation"]
    assert sheet["clock"]["within"] is True
    assert [one["symbol"] for one in sheet["meetings"]] == [MEETING]
    status = value("status", folders["KOR"])
    assert [one["symbol"] for one in status["meetings"]] == [MEETING]
    assert [one["subject"] for one in status["dates"] if one["kind"] == "meeting"] == [MEETING]
    assert MEETING in said("status", folders["KOR"], "--seat", f"KOR/{BODY}")


def test_minutes_that_differ_are_shown_side_by_side(folders: dict[str, Path]) -> None:
    sheet = value("show", folders["JPN"], PAST)
    assert sheet["state"] == "differs"
    assert {one["party"]: one["held"] for one in sheet["minutes"]} == {"KOR": True, "USA": False}
    text = said("show", folders["JPN"], PAST)
    assert "minutes differ on whether it was held" in text
    assert value("may", folders["JPN"], f"minute {PAST}")["answer"] == "yes"
    assert value("may", folders["JPN"], f"minute {MEETING}", code=1)["answer"] == "no"


def test_a_meeting_is_convened_moved_and_minuted_in_a_few_words(folders: dict[str, Path]) -> None:
    times = ("starts=2027-01-20 10:00 UTC", "ends=2027-01-20 11:00 UTC")
    points = [f"agenda.1.title.{language}=a" for language in ("ko", "ja", "en")]
    found = act(
        folders["KOR"], "convened", f"consultation={ASKED}", *times, *points,
        "agenda.1.debate=false",
    )  # fmt: skip
    assert (found["admitted"], found["symbol"]) == (True, f"{BODY}/2027/KOR/2")
    assert act(folders["JPN"], "convened", f"moves={MEETING}", *times)["symbol"] == MEETING
    assert act(folders["JPN"], "convened", f"moves={MEETING}", "cancelled=true")["admitted"]
    refused = act(folders["KOR"], "convened", f"moves={MEETING}", *times, code=1)
    assert (refused["article"], refused["admitted"]) == ("5(1)", False)
    account = [f"account.{language}=a" for language in ("ko", "ja", "en")]
    held = ("held=true", "present=Seoul,JPN", *account)
    assert act(folders["JPN"], "minuted", f"meeting={PAST}", *held)["symbol"] == PAST
    assert act(folders["JPN"], "minuted", f"meeting={PAST}", "held=no", *account)["admitted"]
    words = ("--set", f"meeting={ASKED}", "--set", "held=true")
    assert "names no meeting" in fault("act", folders["JPN"], "minuted", *words)
    words = ("--set", f"meeting={PAST}", "--set", "held=perhaps")
    assert "expected true or false" in fault("act", folders["JPN"], "minuted", *words)
