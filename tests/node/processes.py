"""Three real nodes in processes of their own, on free ports and on one clock file."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from folders import PARTIES, free_urls, make_three
from world import START, load_charter, node_keys, seed

from architrave.institution.acts import KINDS, document_of
from architrave.node.durable import write_durably
from architrave.node.folder import Folder
from architrave.peer.effects import StoredEntry
from architrave.peer.peer import Peer
from architrave.peer.startup import Stored
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, act_name, sign_act

PATIENCE = 60.0


def set_in(folder: Path, **fields: object) -> None:
    """Write fields into a node's settings."""
    place = folder / "node.json"
    settings = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps(settings | fields), encoding="utf-8")


@contextmanager
def asking(folder: Path) -> Iterator[Callable[[str], Iterable[Any]]]:
    """Asks the database of a node, past all code of ours."""
    settings = json.loads((folder / "node.json").read_text(encoding="utf-8"))
    if "database" in settings:
        with psycopg.connect(settings["database"]) as server:
            server.read_only = True
            yield server.execute
    else:
        address = f"{(folder / 'record.db').as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as file:
            yield file.execute


@dataclass
class Process:
    """One node's process. Its standard error is read to the end by a thread, line by line."""

    folder: Path
    url: str
    running: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    up: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        assert self.running.stderr is not None
        for line in self.running.stderr:
            self.said.append(line)
            if "listens at" in line:
                self.up.set()
        self.up.set()

    def await_start(self) -> None:
        assert self.up.wait(PATIENCE), self.said
        assert self.running.poll() is None, self.said

    def end(self, number: int) -> int:
        self.running.send_signal(number)
        return self.running.wait(PATIENCE)


class Trio:
    """The three nodes. Party keys act; the clock moves when it is told to."""

    def __init__(self, root: Path, databases: dict[str, str] | None = None) -> None:
        """`databases`: for the parties whose record lies in PostgreSQL, its address."""
        self.root = root
        self.urls = free_urls()
        self.folders = make_three(root, self.urls)
        for party, address in (databases or {}).items():
            set_in(self.folders[party], database=address)
        self.founding = Folder(self.folders[PARTIES[0]]).founding()
        self.charter = load_charter()
        self.now = START
        self.acts = 0
        self.processes: dict[str, Process] = {}
        self.client = httpx.Client(timeout=PATIENCE, trust_env=False)
        self.tick(0)

    # -- processes ----------------------------------------------------------------------------

    def command(self, folder: Path, *more: str) -> list[str]:
        clock = ["--clock", str(self.root / "clock")]
        return [
            sys.executable,
            "-m",
            "architrave.cli.main",
            "node",
            "run",
            str(folder),
            *clock,
            *more,
        ]

    def start(self, *parties: str, folder: Path | None = None, more: tuple[str, ...] = ()) -> None:
        for party in parties:
            place = folder or self.folders[party]
            running = subprocess.Popen(
                self.command(place, *more), stderr=subprocess.PIPE, text=True
            )
            self.processes[party] = process = Process(place, self.urls[party], running)
            threading.Thread(target=process.read, daemon=True).start()
        for party in parties:
            self.processes[party].await_start()

    def kill(self, party: str) -> None:
        assert self.processes[party].end(signal.SIGKILL) == -signal.SIGKILL

    def pause(self, *parties: str) -> None:
        for party in parties:
            self.processes[party].running.send_signal(signal.SIGSTOP)

    def resume(self, *parties: str) -> None:
        for party in parties:
            self.processes[party].running.send_signal(signal.SIGCONT)

    def close(self) -> None:
        for process in self.processes.values():
            if process.running.poll() is None:
                process.running.send_signal(signal.SIGCONT)
                process.running.kill()
                process.running.wait(PATIENCE)
        self.client.close()

    # -- acting -------------------------------------------------------------------------------

    def post(self, party: str, data: bytes) -> tuple[int, dict[str, Any]]:
        answer = self.client.post(f"{self.urls[party]}/peer/act", content=data)
        return answer.status_code, answer.json()

    def act(self, party: str, kind: str, in_body: str = "", /, **fields: object) -> bytes:
        """An act of the party, or of its officer in a body, signed."""
        key = PrivateKey(seed(party, in_body, "officer") if in_body else seed(party, "party"))
        self.acts += 1
        common: dict[str, object] = {
            "party": party,
            "key": key.public.text,
            "at": self.now + self.acts,
            "to": sorted(self.founding.origins),
        }
        if in_body:
            common["seat"] = self.charter.body(in_body).seat_of(party).id
        act = KINDS[kind](**(common | fields))  # type: ignore[arg-type]
        return sign_act(document_of(act), self.founding.id, key)

    def give(self, party: str, kind: str, in_body: str = "", /, **fields: object) -> str:
        """Have an act written; its name."""
        data = self.act(party, kind, in_body, **fields)
        status, value = self.post(party, data)
        assert (status, value.get("admitted")) == (200, True), value
        return str(value["name"])

    def open(self, body: str) -> None:
        """Found the logs, and give each party an officer in a body."""
        for party in PARTIES:
            self.give(
                party,
                "founded",
                to=["public"],
                founding=self.founding.id,
                charter=self.founding.charter,
            )
            office = self.charter.body(body).seat_of(party).id
            key = PrivateKey(seed(party, body, "officer")).public.text
            self.give(party, "appointed", office=office, holder="A", language="en")
            self.give(party, "key-delegated", office=office, holder="A", officer_key=key)

    # -- time and rest ------------------------------------------------------------------------

    def tick(self, milliseconds: int = 1_000) -> None:
        self.now += milliseconds
        write_durably(self.root / "clock", str(self.now).encode())

    def status(self, party: str) -> dict[str, Any]:
        value: dict[str, Any] = self.client.get(f"{self.urls[party]}/peer/status").json()
        return value

    def rest(self, *parties: str, rounds: int = 400) -> list[dict[str, Any]]:
        """Move the clock until the states of the nodes are equal and nothing moves any more."""
        still, before = 0, None
        for _ in range(rounds):
            self.tick()
            found = self._seen(parties or PARTIES)
            sizes = [(one["sizes"], one["state"]) for one in found]
            still = still + 1 if sizes == before else 0
            before = sizes
            if still >= 3 and len({one["state"] for one in found}) == 1:
                if len({json.dumps(one["sizes"]) for one in found}) == 1:
                    return found
        raise AssertionError(f"the nodes do not come to rest: {before}")

    def _seen(self, parties: tuple[str, ...] | list[str]) -> list[dict[str, Any]]:
        """What the nodes say once each has seen the clock and has nothing to do at that time."""
        for _ in range(10_000):
            found = [self.status(party) for party in parties]
            if all(one["now"] >= self.now and one["idle"] for one in found):
                return found
            wakes = [one["next_wake"] for one in found if one["next_wake"] is not None]
            if wakes and self.now < min(wakes) <= self.now + 100:
                self.tick(min(wakes) - self.now)
        told = [
            {k: one[k] for k in ("now", "idle", "next_wake", "signs", "sizes")} for one in found
        ]
        said = [process.said[-3:] for process in self.processes.values()]
        raise AssertionError(f"the nodes are never idle at {self.now}: {told}; they said {said}")

    # -- what lies on a disk ------------------------------------------------------------------

    def stored(self, party: str, folder: Path | None = None) -> Stored:
        """The record of a node as it lies on its disk, whoever runs."""
        stored = Stored()
        with asking(folder or self.folders[party]) as ask:
            for row in ask("SELECT origin, branch, n, data FROM entry ORDER BY origin, branch, n"):
                stored.entries.append(StoredEntry(*row))
            stored.acts = list(ask("SELECT salt, data FROM act"))
            for kind, origin, data in ask("SELECT kind, origin, data FROM note"):
                {"checkpoint": stored.notes, "witnessed": stored.witnessed}.get(kind, {})[
                    origin
                ] = data
        return stored

    def names(self, party: str) -> set[str]:
        acts = self.stored(party).acts
        return {act_name(SealedAct(salt, data).document) for salt, data in acts}

    def peer(self, party: str) -> Peer:
        keys = node_keys(self.founding, party)
        peer = Peer(self.founding, self.charter, party, keys, self.stored(party))
        peer.tick(self.now)
        return peer


def act_of_name(data: bytes) -> str:
    return act_name(SealedAct(b"", data).document)
