"""Three nodes in network namespaces of their own: lines between capitals are really cut.

Needs root and `ip` from iproute2; elsewhere the test is skipped and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import make_three
from processes import PARTIES, Trio

from architrave.charter.rules import Position
from architrave.institution.acts import Silence, Wording
from architrave.institution.standing import Stage, stand
from architrave.node.folder import Folder

pytestmark = pytest.mark.slow

A, B, C = PARTIES
BODY = "ESFSC"
HOUR = 3_600_000
PORT = 8_140


def ip(*words: str, check: bool = True) -> bool:
    """Run `ip`; whether it did what it was told."""
    done = subprocess.run(["ip", *words], capture_output=True, timeout=20, check=False)
    if check and done.returncode != 0:
        raise AssertionError(f"ip {' '.join(words)}: {done.stderr.decode()}")
    return done.returncode == 0


class Network:
    """A bridge, and a namespace for each party with one address on it."""

    def __init__(self) -> None:
        self.mark = f"arc{os.getpid() % 100_000}"
        self.net = f"10.{os.getpid() % 200 + 20}.{os.getpid() // 200 % 250}"
        self.spaces = {party: f"{self.mark}{party.lower()}" for party in PARTIES}
        self.hosts = {party: f"{self.net}.{n}" for n, party in enumerate(PARTIES, start=1)}

    def build(self) -> bool:
        """Make it; False if this machine does not allow it."""
        bridge = self.mark
        if not ip("link", "add", bridge, "type", "bridge", check=False):
            return False
        if not ip("netns", "add", self.spaces[A], check=False):
            return False
        for party in (B, C):
            ip("netns", "add", self.spaces[party])
        ip("addr", "add", f"{self.net}.254/24", "dev", bridge)
        ip("link", "set", bridge, "up")
        for number, party in enumerate(PARTIES):
            near, far, space = f"{bridge}n{number}", f"{bridge}f{number}", self.spaces[party]
            ip("link", "add", near, "type", "veth", "peer", "name", far)
            ip("link", "set", near, "master", bridge, "up")
            ip("link", "set", far, "netns", space)
            inside = ("netns", "exec", space, "ip")
            ip(*inside, "addr", "add", f"{self.hosts[party]}/24", "dev", far)
            ip(*inside, "link", "set", far, "up")
            ip(*inside, "link", "set", "lo", "up")
        return True

    def cut(self, one: str, other: str) -> None:
        """Nothing passes between two parties, in either direction."""
        for here, there in ((one, other), (other, one)):
            ip("netns", "exec", self.spaces[here], "ip", "route", "add", "blackhole",
               f"{self.hosts[there]}/32")  # fmt: skip

    def mend(self, one: str, other: str) -> None:
        """They reach each other again."""
        for here, there in ((one, other), (other, one)):
            ip("netns", "exec", self.spaces[here], "ip", "route", "del", "blackhole",
               f"{self.hosts[there]}/32")  # fmt: skip

    def remove(self) -> None:
        """Take everything away."""
        for space in self.spaces.values():
            ip("netns", "del", space, check=False)
        ip("link", "del", self.mark, check=False)


class Apart(Trio):
    """Three nodes, each in its own namespace."""

    def __init__(self, root: Path, network: Network) -> None:
        super().__init__(root / "elsewhere")
        self.network, self.root = network, root
        self.urls = {party: f"http://{host}:{PORT}" for party, host in network.hosts.items()}
        self.folders = make_three(root, self.urls)
        self.founding = Folder(self.folders[A]).founding()
        self.tick(0)

    def command(self, folder: Path, *more: str) -> list[str]:
        party = Folder(folder).party
        inside = ["ip", "netns", "exec", self.network.spaces[party]]
        return [*inside, *super().command(folder, *more)]


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    if shutil.which("ip") is None or os.geteuid() != 0:
        pytest.skip("network namespaces need root and iproute2")
    network = Network()
    try:
        if not network.build():
            pytest.skip("this machine allows no network namespaces")
        (tmp_path / "elsewhere").mkdir()
        trio = Apart(tmp_path, network)
        try:
            yield trio
        finally:
            trio.close()
    finally:
        network.remove()


def stage(trio: Apart, party: str, matter: str) -> Stage:
    peer = trio.peer(party)
    standing = stand(peer.state, matter, peer.view())
    return standing.stage if standing is not None else Stage.OPEN


def settle(trio: Apart, rounds: int = 40) -> None:
    """Let time pass while not all reach each other."""
    for _ in range(rounds):
        trio.tick()
        trio._seen(PARTIES)


def test_a_cut_line_is_bridged_and_a_capital_that_is_cut_off_keeps_no_silence(
    apart: Apart,
) -> None:
    trio, network = apart, apart.network
    trio.start(*PARTIES)
    trio.open(BODY)
    trio.rest()
    words = {language: "words" for language in trio.charter.languages}

    # Two capitals do not reach each other; the third reaches both.
    network.cut(A, B)
    asked = trio.give(A, "consulted", BODY, symbol=f"{BODY}/2027/{A}/1", body=BODY, ground=words,
                      facts=words, wish=words)  # fmt: skip
    settle(trio)
    trio.give(B, "acknowledged", BODY, consultation=asked, answer=words)
    article = trio.charter.article_for(BODY, "decide", "plan", "political")
    assert article is not None
    plan = Wording(words, words, "plan", "political")
    matter = trio.give(A, "tabled", BODY, symbol=f"{BODY}/2027/{A}/2", body=BODY,
                       article=article.number, wording=plan)  # fmt: skip
    settle(trio)
    for party in PARTIES:
        trio.give(party, "positioned", BODY, matter=matter, version=matter,
                  position=Position.CONCUR)  # fmt: skip
    settle(trio)
    assert {stage(trio, party, matter) for party in PARTIES} == {Stage.IN_FORCE}
    assert all(len(trio.peer(party).state.consultations[asked]) == 2 for party in PARTIES)

    # One capital reaches nobody while a silence runs.
    network.cut(C, B)
    silent = trio.charter.article_for(BODY, "silence", "plan", "political")
    assert silent is not None
    second = trio.give(A, "tabled", BODY, symbol=f"{BODY}/2027/{A}/3", body=BODY,
                       article=silent.number, wording=plan,
                       silence=Silence(silent.number, trio.now + 24 * HOUR))  # fmt: skip
    settle(trio, 20)
    trio.tick(200 * HOUR)
    settle(trio, 20)
    assert stage(trio, A, second) is Stage.CLOSING
    assert stage(trio, C, second) is Stage.CLOSING

    # All lines are mended: the text arrives, and the silence runs on the third book too.
    network.mend(A, B)
    network.mend(C, B)
    settle(trio, 30)
    assert stage(trio, A, second) is not Stage.IN_FORCE
    for _ in range(4):
        trio.tick(100 * HOUR)
        settle(trio, 10)
    trio.rest()
    assert {stage(trio, party, second) for party in PARTIES} == {Stage.IN_FORCE}
