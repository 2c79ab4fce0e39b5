"""Three real nodes under load, killed with SIGKILL at random moments, round after round.

    python -m tests.node.killing --rounds 100 --seed 1

Each round one node, two or all three are killed while all of them write, and started again. Then:
what was acknowledged is on its disk; no line that was ever on a disk has changed; and at the end
all nodes come to the same state, and none holds a proof against another.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import httpx
from processes import PARTIES, Trio, act_of_name


@dataclass
class Writer:
    """One officer, who gives one act after another to one node until told to stop."""

    trio: Trio
    party: str
    acknowledged: list[str] = field(default_factory=list)
    given: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Write; a node that does not answer is asked again with the next act."""
        office = self.trio.charter.bodies[0].seat_of(self.party).id
        with httpx.Client(timeout=30, trust_env=False) as client:
            while not self.stop.is_set():
                self.given += 1
                holder = f"holder {self.given} of {self.party}"
                data = self.trio.act(
                    self.party, "appointed", office=office, holder=holder, language="en"
                )
                try:
                    answer = client.post(f"{self.trio.urls[self.party]}/peer/act", content=data)
                except httpx.HTTPError:
                    self.stop.wait(0.02)
                    continue
                if answer.status_code == 200 and answer.json().get("admitted"):
                    self.acknowledged.append(act_of_name(data))


@dataclass
class Report:
    """What came of all rounds."""

    rounds: int = 0
    kills: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)


class Killing:
    """The rounds."""

    def __init__(self, trio: Trio, draw: random.Random) -> None:
        self.trio, self.draw = trio, draw
        self.writers = {party: Writer(trio, party) for party in PARTIES}
        self.lines: dict[str, dict[tuple[str, int, int], bytes]] = {one: {} for one in PARTIES}
        self.report = Report()

    def round(self) -> None:
        """Load, kill, start again, look at the disks."""
        threads = []
        for writer in self.writers.values():
            writer.stop.clear()
            threads.append(threading.Thread(target=writer.run))
            threads[-1].start()
        ends = time.monotonic() + self.draw.uniform(0.05, 0.6)
        while time.monotonic() < ends:
            self.trio.tick(self.draw.choice([10, 60, 400]))
        killed = self.draw.sample(PARTIES, self.draw.choice([1, 1, 2, 3]))
        for party in killed:
            self.trio.processes[party].running.kill()
        for party in killed:
            self.trio.processes[party].running.wait(30)
        for writer in self.writers.values():
            writer.stop.set()
        for thread in threads:
            thread.join(60)
        self._look(killed)
        self.trio.start(*killed)
        self.report.rounds += 1
        self.report.kills += len(killed)

    def _look(self, killed: list[str]) -> None:
        """What the disks of the killed hold, before anybody mends anything."""
        for party in killed:
            stored = self.trio.stored(party)
            missing = set(self.writers[party].acknowledged) - self.trio.names(party)
            if missing:
                self.report.faults.append(f"{party}: {len(missing)} acknowledged acts are gone")
            now = {(one.origin, one.branch, one.n): one.data for one in stored.entries}
            before = self.lines[party]
            changed = [place for place, data in before.items() if now.get(place) != data]
            if changed:
                self.report.faults.append(f"{party}: {len(changed)} lines have changed or gone")
            self.lines[party] = now

    def end(self) -> Report:
        """All come to rest, in one state, with everything that was acknowledged."""
        found = self.trio.rest(rounds=2_000)
        if len({one["state"] for one in found}) != 1:
            self.report.faults.append("the states differ")
        if any(one["stopped"] for one in found):
            self.report.faults.append("a log was stopped for two histories")
        for party in PARTIES:
            names = self.trio.names(party)
            for writer in self.writers.values():
                missing = set(writer.acknowledged) - names
                if missing:
                    self.report.faults.append(
                        f"{party} does not hold {len(missing)} acts of {writer.party}"
                    )
        self.report.acknowledged = sum(len(one.acknowledged) for one in self.writers.values())
        return self.report


def kill(rounds: int, number: int, folder: Path, databases: dict[str, str] | None = None) -> Report:
    """Run so many rounds, drawn from a number, in a folder; see `Trio` for `databases`."""
    trio = Trio(folder, databases)
    try:
        trio.start(*PARTIES)
        trio.open(trio.charter.bodies[0].id)
        trio.rest()
        killing = Killing(trio, random.Random(number))
        for _ in range(rounds):
            killing.round()
        return killing.end()
    finally:
        trio.close()


def main() -> int:
    """Run and print; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = kill(given.rounds, given.seed, Path(folder))
    print(
        f"seed {given.seed}: {report.rounds} rounds, {report.kills} nodes killed, "
        f"{report.acknowledged:,} acts acknowledged; {'; '.join(report.faults) or 'nothing lost'}"
    )
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
