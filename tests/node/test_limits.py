"""The page of limits says what the code does, and the limits of the door are reached."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from waitress.server import create_server
from world import ROOT, World

from architrave.node import durable
from architrave.node.connections import IDLE_SECONDS, MAX_HEAD, WHOLE_SECONDS, ImpatientChannel
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder
from architrave.peer import exchange, named_branches
from architrave.peer.effects import Send
from architrave.peer.errors import PeerError
from architrave.peer.messages import MOST_MESSAGES, Ask, Growth, Heads, decode_batch, encode_batch
from architrave.record.entries import Tip

PAGE = (ROOT / "docs" / "what-a-node-takes.md").read_text(encoding="utf-8")
FILES = re.search(r"has at most (\d+) bytes\n\(`node.durable:LONGEST_FILE`\)", PAGE)
ROWS = re.findall(r"^\| ([^|]+) \| (\d+)[^|]* \| `([\w.]+):(\w+)` \|", PAGE, re.MULTILINE)


def test_every_row_is_read() -> None:
    rows = [line for line in PAGE.splitlines() if "`" in line and line.startswith("| ")]
    assert len(rows) == len(ROWS) > 15
    assert FILES is not None
    assert int(FILES[1]) == durable.LONGEST_FILE


@pytest.mark.parametrize(("what", "figure", "module", "name"), ROWS)
def test_the_page_says_the_limits_of_the_code(
    what: str, figure: str, module: str, name: str
) -> None:
    assert getattr(import_module(f"architrave.{module}"), name) == int(figure), what


class Served:
    """A server with impatient channels, turned by hand; `clock` is what it takes for the time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = 1_000_000.0
        listening = socket.create_server(("127.0.0.1", 0))
        monkeypatch.setattr(time, "time", lambda: self.clock)
        self.map: dict[int, object] = {}
        self.server = create_server(
            lambda environ, start: [b""],
            map=self.map,
            sockets=[listening],
            max_request_header_size=MAX_HEAD,
            channel_timeout=IDLE_SECONDS,
        )
        self.server.channel_class = ImpatientChannel
        self.client = socket.create_connection(listening.getsockname())
        self._turn_until(lambda: bool(self.server.active_channels))

    def _turn_until(self, holds: Callable[[], bool]) -> None:
        for _ in range(200):
            self.server.asyncore.loop(timeout=0.05, count=1, map=self.map)
            if holds():
                return
        raise AssertionError("the server did not take it")

    @property
    def channel(self) -> ImpatientChannel:
        [channel] = self.server.active_channels.values()
        return channel

    def sends(self, data: bytes) -> None:
        """Send bytes, and wait until the server has them."""
        came: list[bytes] = []
        received = self.channel.received

        def receive(piece: bytes) -> object:
            came.append(piece)
            return received(piece)

        self.channel.received = receive  # type: ignore[method-assign]
        self.client.sendall(data)
        self._turn_until(lambda: len(b"".join(came)) >= len(data))
        self.channel.received = received  # type: ignore[method-assign]

    def gives_up(self) -> bool:
        self.server.maintenance(self.clock)
        return bool(self.channel.will_close)

    def close(self) -> None:
        self.client.close()
        self.server.close()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    one = Served(monkeypatch)
    yield one
    one.close()


def test_a_request_that_comes_in_drops_is_given_up(served: Served) -> None:
    served.sends(b"POST /peer/act HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(WHOLE_SECONDS // 10):
        assert not served.gives_up()
        served.clock += 10
        served.sends(b"x")
    served.clock += 1
    assert served.gives_up()


def test_a_connection_that_says_nothing_is_closed(served: Served) -> None:
    served.clock += IDLE_SECONDS - 1
    assert not served.gives_up()
    served.clock += 2
    assert served.gives_up()


def test_a_batch_holds_so_many_messages_and_no_more() -> None:
    ask = Ask("a", 0)
    assert len(decode_batch(encode_batch([ask] * MOST_MESSAGES))) == MOST_MESSAGES
    with pytest.raises(PeerError, match="not a batch") as fault:
        decode_batch(encode_batch([ask] * (MOST_MESSAGES + 1)))
    assert fault.value.status_hint == 400


def test_a_message_with_a_field_that_is_unknown_is_refused() -> None:
    good = encode_batch([Heads(1, {}, [])])
    assert good[1] == 0x85, "a map of five"
    more = good[:1] + b"\x86" + good[2:] + b"\xa3new\x01"
    with pytest.raises(PeerError, match="unknown field"):
        decode_batch(more)


def test_what_is_asked_for_by_hash_does_not_grow_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(named_branches, "MOST_WANTED", 5)
    world = World()
    peer = world.peers[world.parties[0]]
    origin = world.origin(world.parties[1])
    tips = [Tip(origin, 50 + number, bytes(32)) for number in range(9)]
    for tip in tips:
        named_branches.want(peer, tip)
    asked = [one.message for one in exchange.ask_for_missing(peer) if isinstance(one, Send)]
    assert {one.size for one in asked if isinstance(one, Ask)} == {tip.size for tip in tips[-5:]}


def test_of_a_branch_longer_than_a_batch_the_end_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.open(world.charter.bodies[0].id)
    world.settle()
    first, second = world.parties[:2]
    peer, origin = world.peers[first], world.origin(first)
    branch = peer.history.main(origin)
    ask = Ask(origin, 0, branch.size, branch.tree.root(branch.size))

    def sent() -> Growth:
        return next(
            one.message
            for one in peer.receive(world.origin(second), ask)
            if isinstance(one, Send) and isinstance(one.message, Growth)
        )

    assert sent().start == 0
    last = branch.entries[-1].data
    monkeypatch.setattr(exchange, "_BRANCH_BYTES", len(last) + 10)
    assert (sent().start, sent().entries) == (branch.size - 1, [last])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"adresses": {}}, "the field 'adresses' is not known here"),
        ({"addresses": []}, "addresses: expected an address for each party"),
        ({"addresses": {"ALD": 1}}, "addresses: expected an address for each party"),
        ({"addresses": {"XXA": "http://127.0.0.1:1"}}, "'XXA' is no party of the founding"),
        ({"listen": 8701}, "listen: expected text"),
    ],
)
def test_a_setting_that_is_not_known_or_not_of_its_form_is_refused(
    settings: dict[str, object], sentence: str, tmp_path: Path
) -> None:
    world = World()
    (tmp_path / "node.json").write_text(json.dumps({"party": world.parties[0], **settings}))
    with pytest.raises(FolderFault, match=sentence):
        Folder(tmp_path).listens(world.founding)


def test_a_file_that_is_too_long_is_not_read_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(durable, "LONGEST_FILE", 10)
    file = tmp_path / "charter.toml"
    file.write_bytes(b"x" * 10)
    assert durable.read_bytes(file, "") == b"x" * 10
    file.write_bytes(b"x" * 11)
    with pytest.raises(FolderFault, match="longer than 10 bytes"):
        durable.read_bytes(file, "")
    with pytest.raises(FolderFault, match="longer than 10 bytes"):
        durable.read_bytes(Path("/dev/zero"), "")
