"""Consult: from one party's request to the signed receipts of all, three real nodes on loopback.

Three processes run, on the machine's clock. One party's officer gives a request to
consult to its node; the time ends when that node holds the line of each other party by which that
party has received it. Parties take turns at asking. The yardstick is what cannot be left out: three
HTTP round trips in a row (officer to node, node to the others, the others back) to a bare server of
the same kind, and three durable commits of a row of 1 KB (the request, the receipt with what it
answers, the receipt where it arrives). Value and yardstick are milliseconds. Rows:

consult        median
consult.p99    of the same times, against 250 ms
consult.stack  the same trips through the stack that nodes have to use, and the same commits: signed
               and verified requests (RFC 9421), httpx, waitress and Django, with nothing in them
"""

import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from architrave.cli.demo.stage import Node, Stage, free_ports
from architrave.institution.acts import Consulted, document_of
from architrave.node.folder import Folder
from architrave.node.signing import MESSAGES, NONCE, RequestSigner
from architrave.peer.messages import encode_batch
from architrave.record.checkpoints import parse_checkpoint
from architrave.record.notes import parse_note
from architrave.record.sealing import sign_act
from bench import Figure, main, percentile, versions

SIZE = 100
BODY = "ESFSC"
PATIENCE = 60.0
TRIPS, COMMITS = 3, 3
BARE_SERVER = """
import sys, waitress
def answer(environ, start):
    environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"stored"]
waitress.serve(answer, listen="127.0.0.1:" + sys.argv[1], threads=8)
"""


class Capitals(Stage):
    """The nodes of the demonstration, each in a process, on the machine's own clock."""

    def start(self, node: Node, token: Path | None = None) -> None:
        """Start a node's process."""
        command = [sys.executable, "-m", "architrave.cli.main", "node", "run", str(node.folder)]
        with open(node.folder / "node.log", "ab") as log:
            node.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def found(self) -> None:
        """Found the logs and seat an officer of each party."""
        for party in self.nodes:
            self.by_party(
                party,
                "founded",
                to=["public"],
                founding=self.founding.id,
                charter=self.founding.charter,
            )
            self.seat_officer(party, BODY, "first holder", "en")

    def rest(self) -> dict[str, int]:
        """Wait until all nodes hold the same and owe nothing; the sizes of the logs."""
        until, before = time.monotonic() + PATIENCE, None
        while time.monotonic() < until:
            found = [self.status(node) for node in self.nodes.values()]
            states = [one for one in found if one is not None]
            sizes = [one["sizes"] for one in states]
            if len(states) == len(found) and all(one["idle"] for one in states):
                if all(one == sizes[0] for one in sizes) and sizes == before:
                    return dict(sizes[0])
            before = sizes
            time.sleep(0.15)
        raise AssertionError("the nodes do not come to rest")


def consulted(stage: Capitals, web: httpx.Client, asking: str, sizes: Mapping[str, int]) -> float:
    """Milliseconds from the request to the receipts of all others at the asking node.

    `sizes` are those of the logs at rest.
    """
    node = stage.nodes[asking]
    waiting = {
        f"{node.url}/record/{party.lower()}/checkpoint": sizes[stage.founding.named(party).origin]
        for party in stage.nodes
        if party != asking
    }
    seat, key = stage.charter.body(BODY).seat_of(asking).id, stage.officer(asking, BODY)
    act = Consulted(
        party=asking,
        seat=seat,
        key=key.public.text,
        at=time.time_ns() // 1_000_000,
        to=stage.everyone(),
        symbol=stage.symbol(asking, BODY),
        body=BODY,
        ground=dict.fromkeys(stage.charter.languages, "A shortage"),
        facts=dict.fromkeys(stage.charter.languages, "Deliveries have stopped"),
        wish=dict.fromkeys(stage.charter.languages, "A joint purchase"),
    )
    start = time.perf_counter()
    data = sign_act(document_of(act), stage.founding.id, key)
    answer = web.post(f"{node.url}/peer/act", content=data).json()
    assert answer.get("admitted"), answer
    while waiting:
        url = next(iter(waiting))
        if held(web, url) > waiting[url]:
            del waiting[url]
            continue
        time.sleep(0.002)  # whoever asks without a pause takes the node's time
        if time.perf_counter() - start > PATIENCE:
            raise AssertionError(f"no receipt came: {sorted(waiting)}")
    taken = (time.perf_counter() - start) * 1_000
    final = (stage.status(node) or {})["final"]
    own = stage.founding.named(asking).origin
    assert final[own] == sizes[own] + 1, "the receipts do not name the request"
    return taken


def held(web: httpx.Client, url: str) -> int:
    """How many lines of a log a node shows under its author's signature, cosigned or not yet."""
    later = web.get(f"{url}.signed")
    note = later if later.status_code == 200 else web.get(url)
    return parse_checkpoint(parse_note(note.content).text).size


def bare_trip(web: httpx.Client, url: str) -> float:
    """Milliseconds of one round trip with 1 KB."""
    start = time.perf_counter()
    assert web.post(url, content=bytes(1_024)).content == b"stored"
    return (time.perf_counter() - start) * 1_000


class Stack:
    """Requests of one node to another that bring nothing: what each hop costs."""

    def __init__(self, stage: Capitals, web: httpx.Client) -> None:
        first, second, *_ = stage.nodes.values()
        key = Folder(first.folder).key("node")
        origin = stage.founding.named(first.party).origin
        self._signer = RequestSigner(lambda: (origin, key))
        self._web, self._to = web, stage.founding.named(second.party).origin
        self._url, self._body, self._nonce = second.url + MESSAGES, encode_batch([]), "none"

    def trip(self) -> float:
        """Milliseconds of one signed request and its answer."""
        start = time.perf_counter()
        while True:
            headers = self._signer.headers("POST", self._url, self._body, self._to, self._nonce)
            answer = self._web.post(self._url, content=self._body, headers=headers)
            if answer.status_code == 204:
                return (time.perf_counter() - start) * 1_000
            assert answer.status_code == 401, answer.text
            self._nonce = answer.headers[NONCE]
            start = time.perf_counter()


def bare_commit(database: sqlite3.Connection) -> float:
    """Milliseconds of one durable commit of 1 KB."""
    start = time.perf_counter()
    with database:
        database.execute("INSERT INTO row VALUES (?)", [bytes(1_024)])
    return (time.perf_counter() - start) * 1_000


def opened(path: Path) -> sqlite3.Connection:
    """A bare database, as durable as a node's."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE row (data BLOB)")
    return database


def answering(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a port answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the bare server does not answer")


def measure(size: int = SIZE) -> list[Figure]:
    """Measure `size` requests, a bare trip and commit beside each."""
    first = 20_000 + time.time_ns() // 1_000_000 % 12_000  # below the ports of outgoing lines
    *ports, bare = free_ports(4, first)
    with tempfile.TemporaryDirectory() as name, httpx.Client(trust_env=False, timeout=30) as web:
        folder = Path(name)
        stage = Capitals(folder, 1, ports)
        server = subprocess.Popen([sys.executable, "-c", BARE_SERVER, str(bare)])
        database = opened(folder / "bare.db")
        try:
            stage.build()
            for node in stage.nodes.values():
                stage.start(node)
            stage.await_start(list(stage.nodes.values()))
            answering(server, bare)
            stage.found()
            times, yard, through = [], [], []
            stack = Stack(stage, web)
            parties = list(stage.nodes)
            for number in range(size + 1):
                sizes = stage.rest()  # so that nothing of ours disturbs the yardstick
                trips = [bare_trip(web, f"http://127.0.0.1:{bare}/") for _ in range(TRIPS)]
                commits = [bare_commit(database) for _ in range(COMMITS)]
                hops = [stack.trip() for _ in range(TRIPS)]
                taken = consulted(stage, web, parties[number % len(parties)], sizes)
                if number:  # the first request warms everything up
                    times.append(taken)
                    yard.append(sum(trips) + sum(commits))
                    through.append(sum(hops) + sum(commits))
        finally:
            stage.close()
            server.terminate()
            server.wait()
            database.close()
    measured = {"requests": size, "parties": len(parties), "trips": TRIPS, "commits": COMMITS}
    software = versions("httpx", "waitress", "django") | {"sqlite": sqlite3.sqlite_version}
    middle, beside = statistics.median(times), statistics.median(yard)
    late = percentile(times, 99)
    return [
        Figure("consult", middle, beside, ("<=", 3.0), True, measured, software),
        Figure(
            "consult.stack",
            statistics.median(through),
            beside,
            ("<=", 3.0),
            True,
            measured,
            software,
        ),
        Figure("consult.p99", late, None, ("<=", 250.0), True, measured, software),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
