"""A real PostgreSQL server of the tests' own, in a folder that goes away with them."""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from architrave.node.databases import Record

Use = Callable[[Record], None]
WHERE = "postgresql from the system's packages (Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """The folder of the newest server's programs, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """One server, reached through a socket in its folder; nobody else can reach it."""

    def __init__(self, root: Path, bin_: Path) -> None:
        self.root, self.bin = root, bin_
        self.data = root / "data"
        self.databases = 0
        # As root it would refuse to run; whoever runs the tests as somebody else runs it too.
        self.someone = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if self.someone is not None:
            os.chown(root, self.someone.pw_uid, self.someone.pw_gid)

    def run(self, program: str, *words: str, told: Path | None = None) -> None:
        done = subprocess.run(
            [str(self.bin / program), *words],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=120,
            **self._as_someone(),
        )
        log = told.read_text()[-2_000:] if told is not None and told.exists() else ""
        assert done.returncode == 0, (done.stdout, done.stderr, log)

    def _as_someone(self) -> dict[str, object]:
        if self.someone is None:
            return {}
        return {"user": self.someone.pw_uid, "group": self.someone.pw_gid, "extra_groups": []}

    def make(self) -> None:
        self.run("initdb", "-D", str(self.data), "-U", "keeper", "--auth=trust", "-E", "UTF8")
        # One name is asked for a password, as on a server that is somebody else's.
        asked = self.data / "pg_hba.conf"
        asked.write_text("local all clerk scram-sha-256\n" + asked.read_text())

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.root}"
        log = str(self.root / "log")
        words = ["-D", str(self.data), "-l", log, "-w", "-o", options, "start"]
        self.run("pg_ctl", *words, told=Path(log))

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", how, "stop")

    def kill(self) -> None:
        """The power goes: every process of the server ends at once, with nothing written."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGSTOP)  # no child begins meanwhile
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        handles = [os.pidfd_open(number) for number in (first, *map(int, children))]
        for handle in handles:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        for handle in handles:
            ended, _, _ = select.select([handle], [], [], 30)
            assert ended, "the server does not end"
            os.close(handle)
        # They name a process that has ended, but may not have been buried yet.
        for lock in (self.data / "postmaster.pid", *self.root.glob(".s.PGSQL.*.lock")):
            lock.unlink()

    def address(self, database: str, name: str = "keeper") -> str:
        return f"postgresql://{name}@/{database}?host={self.root}"

    def new(self, *words: str) -> str:
        """The address of a new, empty database; `words` are createdb's."""
        self.databases += 1
        name = f"record{self.databases}"
        self.run("createdb", "-h", str(self.root), "-U", "keeper", *words, name)
        return self.address(name)

    def holds(self, words: bytes) -> bool:
        """True if a file of a table holds these bytes once everything is written out."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as it:
            it.execute("CHECKPOINT")
        files = [one for one in (self.data / "base").rglob("*") if one.is_file()]
        return any(words in one.read_bytes() for one in files)

    @property
    def log(self) -> str:
        """What the server has written into its own log."""
        return (self.root / "log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def served() -> Iterator[Server]:
    """A running server; skips, saying why, where none can be had."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip(f"no PostgreSQL server here: {WHERE}")
    # Paths of sockets are short, so not below pytest's own folder.
    root = Path(tempfile.mkdtemp(prefix="pg"))
    server = Server(root, bin_)
    try:
        server.make()
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(root, ignore_errors=True)
