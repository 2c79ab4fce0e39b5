"""Three real processes: six ticks, power cuts, a stop in good order, an old copy."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from folders import copy_of, fingerprint
from processes import PARTIES, Trio, act_of_name
from typer.testing import CliRunner
from world import load_charter, seed

from architrave.charter.rules import Position
from architrave.cli.main import app
from architrave.institution.acts import Wording
from architrave.institution.standing import Stage, stand
from architrave.node.addresses import listening_at

pytestmark = pytest.mark.slow

BODY = load_charter().bodies[0].id
A, B, C = PARTIES


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trio]:
    """Three nodes, founded, each party with an officer. Each test leaves them running."""
    trio = Trio(tmp_path_factory.mktemp("three"))
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        trio.rest()
        yield trio
    finally:
        trio.close()


def appointed(trio: Trio, party: str, holder: str) -> bytes:
    office = trio.charter.body(BODY).seat_of(party).id
    return trio.act(party, "appointed", office=office, holder=holder, language="en")


def test_three_nodes_reach_six_ticks(running: Trio) -> None:
    article = next(
        one
        for one in running.charter.articles
        if "decide" in one.permits and one.covers("plan", "political") and one.applies_to(BODY)
    )
    words = {language: "a plan" for language in running.charter.languages}
    matter = running.give(
        A,
        "tabled",
        BODY,
        symbol=f"{BODY}/2027/{A}/1",
        body=BODY,
        article=article.number,
        wording=Wording(words, words, "plan", "political"),
    )
    running.rest()
    for party in PARTIES:
        running.give(
            party, "positioned", BODY, matter=matter, version=matter, position=Position.CONCUR
        )
    running.rest()
    for party in PARTIES:
        peer = running.peer(party)
        standing = stand(peer.state, matter, peer.view())
        assert standing is not None
        version = standing.current
        assert version.stage is Stage.IN_FORCE
        assert all(version.has_all.values())
    states = {running.status(party)["state"] for party in PARTIES}
    assert len(states) == 1


def test_a_node_signs_at_once_after_a_power_cut(running: Trio) -> None:
    # The others cannot be asked.
    running.pause(B, C)
    running.kill(A)
    running.start(A)
    status, value = running.post(A, appointed(running, A, "after the cut"))
    running.resume(B, C)
    assert (status, value["admitted"]) == (200, True)
    running.rest()


def test_nothing_acknowledged_is_lost_when_the_power_goes(running: Trio) -> None:
    draw = random.Random(2027)
    acknowledged: list[str] = []
    given: list[str] = []
    for _ in range(5):
        enough, wanted = threading.Event(), draw.randrange(1, 25)
        writing = threading.Thread(
            target=load, args=(running, enough, len(acknowledged) + wanted, acknowledged, given)
        )
        writing.start()
        # Whatever the node is doing when the last awaited answer has come: the next is under way.
        assert enough.wait(60)
        running.kill(A)
        writing.join(60)
        running.start(A)
        assert set(acknowledged) <= running.names(A)
    found = running.rest()
    assert len(acknowledged) >= 5
    assert len({one["state"] for one in found}) == 1
    assert all(one["stopped"] == [] for one in found)
    for party in PARTIES:
        kept = running.names(party)
        assert set(acknowledged) <= kept
        # What nobody acknowledged is there whole or not at all, and the same for all.
        assert kept & set(given) == running.names(A) & set(given)


def load(
    trio: Trio, enough: threading.Event, wanted: int, acknowledged: list[str], given: list[str]
) -> None:
    """Give one act after another until the node no longer answers."""
    with httpx.Client(timeout=60, trust_env=False) as client:
        while True:
            data = appointed(trio, A, f"holder {len(given)}")
            given.append(act_of_name(data))
            try:
                answer = client.post(f"{trio.urls[A]}/peer/act", content=data)
            except httpx.HTTPError:
                return
            if answer.status_code == 200:
                acknowledged.append(given[-1])
            if len(acknowledged) >= wanted:
                enough.set()


def test_two_processes_do_not_share_a_folder(running: Trio) -> None:
    before = fingerprint(running.folders[A] / "keys", running.folders[A] / "node.json")
    second = subprocess.run(
        running.command(running.folders[A]), capture_output=True, text=True, timeout=60, check=False
    )
    assert second.returncode == 2
    assert second.stderr == f"{running.folders[A]}: another process runs this node.\n"
    assert fingerprint(running.folders[A] / "keys", running.folders[A] / "node.json") == before
    assert running.status(A)["signs"] == "yes"


def test_a_node_says_how_far_it_is(running: Trio) -> None:
    result = CliRunner().invoke(app, ["node", "status", str(running.folders[A])])
    assert result.exit_code == 0, result.output
    assert "It signs." in result.stdout
    for member in running.founding.members:
        assert member.origin in result.stdout
    as_json = CliRunner().invoke(app, ["node", "status", str(running.folders[A]), "--json"])
    assert '"signs": "yes"' in as_json.stdout


def test_a_stop_in_good_order_leaves_nothing_behind(running: Trio) -> None:
    process = running.processes[A]
    # Even while the others take what is sent to them, and answer nothing.
    running.pause(B, C)
    running.tick()
    status = process.end(signal.SIGTERM)
    running.resume(B, C)
    assert status == 0
    assert '"says": "stopped."' in process.said[-1]
    with listening_at(process.url) as again:
        assert again.getsockname()
    names = {file.name for file in running.folders[A].iterdir()}
    assert not {"record.db-wal", "record.db-shm"} & names
    result = CliRunner().invoke(app, ["node", "status", str(running.folders[A])])
    assert result.exit_code == 1
    assert "no node answers there" in result.stderr
    running.start(A)
    running.rest()


def test_an_old_copy_refuses_to_sign_until_it_is_refilled(running: Trio, tmp_path: Path) -> None:
    assert running.processes[A].end(signal.SIGTERM) == 0
    old = copy_of(running.folders[A], tmp_path / "old")
    running.start(A)
    running.give(
        A, "appointed", office=running.charter.body(BODY).seat_of(A).id, holder="Z", language="en"
    )
    newest = running.rest()[0]["sizes"]
    running.kill(A)
    # One of the others cannot be asked, so the copy stays silent, however much the other tells.
    running.pause(C)
    token = str(running.root / "tokens" / A)
    running.start(A, folder=old, more=("--token", token))
    running.tick()
    status, value = running.post(A, appointed(running, A, "too early"))
    assert (status, value["stored"]) == (409, False)
    assert "old copy" in value["reason"]
    running.resume(C)
    found = running.rest()
    assert {one["sizes"][running.founding.named(A).origin] for one in found} >= {
        newest[running.founding.named(A).origin]
    }
    assert all(one["stopped"] == [] for one in found)
    assert found[0]["signs"] == "yes"
    status, value = running.post(A, appointed(running, A, "in time"))
    assert (status, value["admitted"]) == (200, True)
    running.folders[A] = old
    running.rest()


def test_a_node_whose_token_is_lost_asks_all_others_first(running: Trio) -> None:
    assert running.processes[B].end(signal.SIGTERM) == 0
    token = running.root / "tokens" / B
    token.unlink()
    running.pause(C)
    running.start(B, more=("--token-lost",))
    status, value = running.post(B, appointed(running, B, "too early"))
    assert (status, value["stored"]) == (409, False)
    assert "every other party" in value["reason"]
    running.resume(C)
    running.rest()
    assert running.status(B)["signs"] == "yes"
    status, _ = running.post(B, appointed(running, B, "in time"))
    assert status == 200
    assert token.exists()


def test_the_log_is_one_object_a_line_and_tells_no_secret(running: Trio) -> None:
    # Somebody signs in vain, somebody asks for what is not there, somebody sends what is no act.
    for path in ("peer/messages", "peer/act", "witness/add-checkpoint"):
        running.client.post(f"{running.urls[A]}/{path}", content=b"a word in confidence")
    lines = [line for process in running.processes.values() for line in process.said]
    assert lines
    secrets = [seed(party, role).hex() for party in PARTIES for role in ("node", "cosigner")]
    for line in lines:
        assert {"at", "level", "from", "says"} <= set(json.loads(line))
        assert "a word in confidence" not in line
        assert not any(secret in line for secret in secrets)
