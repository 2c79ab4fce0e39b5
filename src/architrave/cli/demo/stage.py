"""The stage: real nodes in real processes, on a clock file that moves only when all are idle."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from architrave.charter.parse import parse_charter
from architrave.cli.reading import read_folder
from architrave.cli.shipped import shipped
from architrave.cli.signing import give
from architrave.institution.acts import Act, name_of
from architrave.node.errors import NodeError
from architrave.node.folder import Folder, write_durably, write_key
from architrave.node.founders import ROLES, Seeds, found, make_node
from architrave.peer.peer import Peer
from architrave.portal.composing.building import build_act
from architrave.record.founding import DEMONSTRATION_DOMAIN, Founding
from architrave.record.keys import PrivateKey

__all__ = ["HOUR", "START", "Node", "Stage", "free_ports", "last_words"]

START = 1_799_625_600_000  # 2027-01-11T00:00:00Z, a Monday
HOUR = 3_600_000
_PATIENCE = 30.0


@dataclass
class Node:
    """One capital's node: its folder, its address and its process."""

    party: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """True while its process runs."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Stage:
    """All nodes of the demonstration, and the clock file that they share."""

    root: Path
    seed: int
    ports: list[int]
    charter_file: Path | None = None
    domain: str = DEMONSTRATION_DOMAIN
    clock_at: Path | None = None
    nodes: dict[str, Node] = field(default_factory=dict)
    now: int = START
    scene: int = START
    acts: int = 0
    serial: dict[str, int] = field(default_factory=dict)
    web: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=5, trust_env=False))

    # -- building -----------------------------------------------------------------------------

    def build(self) -> None:
        """Make the folders, draw keys from the seed, and found the institution."""
        charter = self.charter_file or shipped("charters/trilateral.toml")
        self.charter = parse_charter(charter.read_text(encoding="utf-8"), charter.name)
        for party, port in zip(self.charter.party_ids, self.ports, strict=True):
            folder = self.root / party
            url = f"http://{party.lower()}.{self.domain}/"
            seeds = Seeds(*(self.draw(party, role) for role in ROLES))
            token = Path("..") / "tokens" / party
            make_node(folder, party, charter, self.domain, url, token, seeds)
            if self.charter_file is None:  # the shipped register is that of the shipped charter
                shutil.copytree(shipped("data/register"), folder / "register")
            self.nodes[party] = Node(party, folder, port)
        addresses = {node.party: node.url for node in self.nodes.values()}
        files = [node.folder / "request.json" for node in self.nodes.values()]
        for node in self.nodes.values():
            self._address(node.folder, addresses)
            found(node.folder, files)
            files.append(node.folder / "signature.json")
        last = list(self.nodes.values())[-1]
        for node in self.nodes.values():
            if node is not last:
                shutil.copy(last.folder / "founding.json", node.folder / "founding.json")
        self.founding: Founding = Folder(last.folder).founding()
        self.tick(0)

    def _address(self, folder: Path, addresses: dict[str, str]) -> None:
        settings = Folder(folder).settings()
        settings["addresses"] = addresses
        write_durably(folder / "node.json", json.dumps(settings, indent=1).encode() + b"\n")

    def draw(self, *words: object) -> bytes:
        """32 bytes that depend on the seed and the words alone: keys of a play, worth nothing."""
        text = "/".join(["demonstration", str(self.seed), *map(str, words)])
        return hashlib.sha256(text.encode()).digest()

    # -- processes ----------------------------------------------------------------------------

    @property
    def clock_file(self) -> Path:
        """The clock that all nodes read."""
        return self.clock_at or self.root / "clock"

    def tick(self, milliseconds: int) -> None:
        """Move the clock."""
        self.now += milliseconds
        write_durably(self.clock_file, str(self.now).encode())

    def start(self, node: Node, token: Path | None = None) -> None:
        """Start a node's process."""
        command = [sys.executable, "-m", "architrave.cli.main", "node", "run", str(node.folder)]
        command += ["--clock", str(self.clock_file)]
        command += ["--token", str(token)] if token else []
        with open(node.folder / "node.log", "ab") as log:
            node.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def await_start(self, nodes: list[Node]) -> None:
        """Wait until nodes answer; NodeError with their last words if one does not."""
        until = time.monotonic() + _PATIENCE
        for node in nodes:
            while self.status(node) is None:
                if not node.alive or time.monotonic() > until:
                    raise NodeError(f"the node of {node.party} did not start: {last_words(node)}")
                time.sleep(0.05)

    def kill(self, node: Node) -> None:
        """Stop a process at once, as a power cut would (SIGKILL)."""
        if node.process is not None:
            node.process.send_signal(signal.SIGKILL)
            node.process.wait()

    def close(self) -> None:
        """Stop all processes in good order."""
        self.web.close()
        for node in self.nodes.values():
            if node.alive and node.process is not None:
                node.process.terminate()
        for node in self.nodes.values():
            if node.process is not None:
                try:
                    node.process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    node.process.kill()

    # -- looking and waiting --------------------------------------------------------------------

    def status(self, node: Node) -> dict[str, Any] | None:
        """What a node says of itself; None if it does not answer."""
        try:
            value: dict[str, Any] = self.web.get(f"{node.url}/peer/status").json()
        except (httpx.HTTPError, ValueError):
            return None
        return value

    def living(self) -> list[Node]:
        """The nodes whose process runs."""
        return [node for node in self.nodes.values() if node.alive]

    def quiet(self) -> list[dict[str, Any]]:
        """Wait until every living node has seen the clock and has nothing more to do at it."""
        return self.rest(self.living())

    def rest(self, nodes: list[Node]) -> list[dict[str, Any]]:
        """Wait until these nodes have seen the clock and have nothing more to do at it."""
        before: object = None
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            states = [self.status(node) for node in nodes]
            found = [one for one in states if one is not None]
            if len(found) == len(states) and all(
                one["idle"] and one["now"] >= self.now for one in found
            ):
                sizes = [one["sizes"] for one in found]
                if sizes == before:
                    return found
                before = sizes
            else:
                before = None
                soon = [one["next_wake"] for one in found if one["next_wake"] is not None]
                if soon and self.now < min(soon) <= self.now + 100:
                    self.tick(min(soon) - self.now)
            time.sleep(0.01)
        raise NodeError("the nodes do not come to rest.")

    def settle(self, rounds: int = 3) -> list[dict[str, Any]]:
        """Let the nodes greet each other until nothing changes."""
        before: object = None
        for _ in range(12):
            self.tick(1_000)
            states = self.quiet()
            sizes = [one["sizes"] for one in states]
            rounds -= 1
            if sizes == before and rounds <= 0:
                return states
            before = sizes
        raise NodeError("the nodes do not come to agree.")

    def begin(self, hours: float) -> list[dict[str, Any]]:
        """Let time pass until a scene begins, `hours` after the first.

        Scenes begin at fixed times, so that what is signed in them depends on the seed alone and
        not on how quickly this machine carried the last exchange.
        """
        self.scene = START + round(hours * HOUR)
        if self.scene <= self.now:
            raise NodeError(f"the scene at {hours} hours begins before the last one has ended.")
        self.tick(self.scene - self.now)
        return self.settle()

    def reading(self, node: Node) -> Peer:
        """A node's copy of the record, read from its folder as it was last written."""
        return read_folder(node.folder).peer

    # -- acting -------------------------------------------------------------------------------

    def everyone(self) -> list[str]:
        """All logs: the audience of an act to all parties."""
        return sorted(self.founding.origins)

    def by_party(self, party: str, kind: str, **fields: object) -> str:
        """An act signed with the party key."""
        key = PrivateKey(self.draw(party, "party"))
        return self._give(party, kind, key, {"to": self.everyone(), **fields})

    def by_officer(self, party: str, body: str, kind: str, /, **fields: object) -> str:
        """An act of the party's officer in a body."""
        key = self.officer(party, body)
        seat = self.charter.body(body).seat_of(party).id
        return self._give(party, kind, key, {"to": self.everyone(), "seat": seat, **fields})

    def officer(self, party: str, body: str) -> PrivateKey:
        """The key of the present officer."""
        turn = self.serial.get(f"{party}/{body}/officer", 0)
        return PrivateKey(self.draw(party, body, "officer", turn))

    def seat_officer(self, party: str, body: str, holder: str, language: str) -> None:
        """Appoint a holder, and delegate a new key to the seat."""
        seat = self.charter.body(body).seat_of(party).id
        self.serial[f"{party}/{body}/officer"] = self.serial.get(f"{party}/{body}/officer", -1) + 1
        key = self.officer(party, body)
        seed = self.draw(party, body, "officer", self.serial[f"{party}/{body}/officer"])
        name = seat.replace("/", ".") + ".key"
        write_key(self.nodes[party].folder / "keys" / "officers" / name, seed)
        self.by_party(party, "appointed", office=seat, holder=holder, language=language)
        self.by_party(
            party, "key-delegated", office=seat, holder=holder, officer_key=key.public.text
        )

    def symbol(self, party: str, body: str) -> str:
        """The next symbol that a party issues in a body."""
        number = self.serial[f"{party}/{body}/symbol"] = (
            self.serial.get(f"{party}/{body}/symbol", 0) + 1
        )
        return f"{body}/2027/{party}/{number}"

    def refuses(
        self, party: str, body: str, kind: str, key: PrivateKey, /, **fields: object
    ) -> bool:
        """Say whether a party's node refuses an act that this key signs for its seat in a body."""
        seat = self.charter.body(body).seat_of(party).id
        act = self._made(party, kind, key, {"to": self.everyone(), "seat": seat, **fields})
        return not give(self.nodes[party].url, self.founding, act, key).get("admitted")

    def _give(self, party: str, kind: str, key: PrivateKey, fields: dict[str, object]) -> str:
        act = self._made(party, kind, key, fields)
        answer = give(self.nodes[party].url, self.founding, act, key)
        if not answer.get("admitted"):
            raise NodeError(f"{party}: {kind} was refused: {answer.get('reason')}")
        self.acts += 1
        return name_of(act)

    def _made(self, party: str, kind: str, key: PrivateKey, fields: dict[str, object]) -> Act:
        # The claimed time tells acts of one scene apart.
        self.serial["acts"] = self.serial.get("acts", 0) + 1
        at = self.scene + self.serial["acts"]
        return build_act(kind, {"party": party, "key": key.public.text, "at": at, **fields})


def last_words(node: Node) -> str:
    """The last line of a node's log."""
    lines = (node.folder / "node.log").read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1] if lines else "it said nothing."


def free_ports(count: int, first: int) -> list[int]:
    """Ports on this machine that nobody uses, from `first` on."""
    found: list[int] = []
    port = first
    while len(found) < count and port < 65_000:
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
                found.append(port)
            except OSError:
                pass
        port += 1
    if len(found) < count:
        raise NodeError(f"no {count} free ports from {first} on.")
    return found
