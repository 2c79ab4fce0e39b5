"""What goes wrong in a history. Each fault is switched on for some histories and strikes sometimes.

A fault never does what a machine's owner would have to do by lying: it breaks lines, disks, clocks
and machines. `OFTEN` says about how many times in a hundred steps each one strikes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from architrave.sim.couriers import Courier
from architrave.sim.disks import Folder, Trouble
from architrave.sim.links import Quality
from architrave.sim.machine import Boundary, Machine
from architrave.sim.world import DAY, HOUR, MINUTE, World

__all__ = ["FAULTS", "Faults"]

SECOND = 1_000


class Faults:
    """The faults of one history. `forgets` is told when a machine loses what it had written."""

    def __init__(
        self, world: World, draw: Random, names: tuple[str, ...], forgets: Callable[[str], None]
    ) -> None:
        self.world, self.draw, self.names, self.forgets = world, draw, names, forgets
        self.backups: dict[str, Folder] = {
            party: machine.disk.folder.copy() for party, machine in world.machines.items()
        }
        self.away: set[str] = set()
        self.courier = Courier(world, draw) if "courier" in names else None
        if "lines" in names:
            world.links.quality = Quality(
                loss=draw.choice([0.02, 0.1, 0.4]),
                double=draw.choice([0.0, 0.1]),
                slow=draw.choice([0.0, 0.1, 0.5]),
                slowest=draw.choice([2 * SECOND, MINUTE, 6 * HOUR]),
            )

    def step(self) -> None:
        """Let each fault strike or not; start again what has stopped."""
        if self.courier is not None:
            self.courier.step()
        for name in self.names:
            often, strike = FAULTS[name]
            if self.draw.random() * 100 < often:
                strike(self)
        for party in self.world.honest:
            if not self.world.machines[party].up and party not in self.away:
                self._come_back(party)

    def end(self) -> None:
        """Everything is mended: lines, clocks, disks; and all machines run."""
        world = self.world
        world.links.mend()
        self.away.clear()
        for party in world.honest:
            machine = world.machines[party]
            machine.trip, machine.disk.trouble, machine.disk.full = None, None, False
            machine.clock.put_to(0, world.now)
            if machine.up and machine.clock.jumped(world.now):
                machine.stop()
            if not machine.up:
                self._start(party, time_confirmed=True)

    # -- machines -----------------------------------------------------------------------------

    def _one(self) -> Machine:
        return self.world.machines[self.draw.choice(self.world.honest)]

    def _come_back(self, party: str) -> None:
        """A machine that is off is started after a while: soon, or after days."""
        self.away.add(party)
        wait = self.draw.choice([SECOND, MINUTE, HOUR, 2 * DAY])

        def start() -> None:
            if party in self.away:
                self.away.discard(party)
                self.world.machines[party].disk.full = False
                self._start(party, self._right_time(party) and self.draw.random() < 0.5)

        self.world.at(self.world.now + wait, start)

    def _right_time(self, party: str) -> bool:
        """Whether an officer who looks at a machine's clock can confirm what it shows."""
        return abs(self.world.machines[party].clock.error(self.world.now)) < MINUTE

    def _start(self, party: str, time_confirmed: bool) -> None:
        if self.world.start(party, time_confirmed):
            return
        # What does not hold together is replaced by the last copy that did.
        self.world.tell(f"{party} brings back a backup")
        self.forgets(party)
        self.world.machines[party].disk.put_back(self.backups[party])
        if not self.world.start(party, time_confirmed):
            raise AssertionError(f"{party}: a backup that was whole does not start")

    def _off(self, machine: Machine, text: str) -> None:
        machine.stop()
        self.world.tell(f"{machine.party}: {text}")

    def crash(self) -> None:
        """The next turn that writes is cut off somewhere."""
        machine = self._one()
        machine.trip = self.draw.choice(list(Boundary))
        self.world.tell(f"{machine.party}'s node will crash {machine.trip.value}")

    def absence(self) -> None:
        """A capital is away for days."""
        machine = self._one()
        if machine.up:
            self._off(machine, "away for days")
            self.away.add(machine.party)
            party, days = machine.party, self.draw.choice([1, 3, 10])

            def start() -> None:
                if party in self.away:
                    self.away.discard(party)
                    self._start(party, time_confirmed=self._right_time(party))

            self.world.at(self.world.now + days * DAY, start)

    # -- disks --------------------------------------------------------------------------------

    def failing_write(self) -> None:
        """The next write fails: written or not, the node is told that it failed."""
        machine = self._one()
        machine.disk.trouble = self.draw.choice([Trouble.LOST, Trouble.LANDED])
        self.world.tell(f"{machine.party}'s next write fails: {machine.disk.trouble.value}")

    def full_disk(self) -> None:
        """There is no room until the next start."""
        machine = self._one()
        machine.disk.full = True
        self.world.tell(f"{machine.party}'s disk is full")

    def lost_writes(self) -> None:
        """The machine stops, and its last writes were never on the disk, whatever it had said."""
        machine = self._one()
        if machine.up:
            count = machine.disk.lose_last(self.draw.randint(1, 6))
            self._off(machine, f"stops, and {count} of its last writes are gone")
            self.forgets(machine.party)

    def torn_write(self) -> None:
        """The machine stops, and of its last write only a part is on the disk."""
        machine = self._one()
        if machine.up and machine.disk.tear_last(self.draw):
            self._off(machine, "stops, and its last write is torn")
            self.forgets(machine.party)

    def bit_flip(self) -> None:
        """The machine stops, and a bit of what it had written has turned over."""
        machine = self._one()
        if machine.up:
            where = machine.disk.flip(self.draw)
            self._off(machine, f"stops, and a bit turns over in {where}")
            self.forgets(machine.party)

    def backup(self) -> None:
        """Somebody makes a copy of a folder that runs well."""
        machine = self._one()
        if machine.up:
            self.backups[machine.party] = machine.disk.folder.copy()

    def old_copy(self) -> None:
        """Somebody makes a copy of a folder, or puts the last copy in the folder's place."""
        if self.draw.random() < 0.5:
            return self.backup()
        machine = self._one()
        if machine.up:
            self._off(machine, "its folder is replaced by an older copy")
            machine.disk.put_back(self.backups[machine.party])
            self.forgets(machine.party)
        return None

    # -- lines and clocks -----------------------------------------------------------------------

    def cut(self) -> None:
        """One line is cut, in one direction or both, for a while."""
        first, second = self.draw.sample(list(self.world.cast.parties), 2)
        until = self.world.now + self.draw.choice([10 * SECOND, HOUR, 2 * DAY, 9 * DAY])
        both = self.draw.random() < 0.5
        self.world.links.cut_until(first, second, until)
        if both:
            self.world.links.cut_until(second, first, until)
        way = "between" if both else "from"
        self.world.tell(f"the line {way} {first} {'and' if both else 'to'} {second} is cut")

    def clock_set(self) -> None:
        """Somebody sets a clock wrong, or right again."""
        machine = self._one()
        ahead = self.draw.choice([0, 0, 90 * SECOND, -90 * SECOND, 5 * MINUTE, -5 * MINUTE])
        if self.draw.random() < 0.3:
            ahead = self.draw.choice([3 * HOUR, -3 * HOUR, 40 * DAY, -40 * DAY])
        machine.clock.put_to(ahead, self.world.now)
        self.world.tell(f"{machine.party}'s clock is set to {ahead / 1000:+.0f} s from the truth")

    def drift(self) -> None:
        """A clock begins to run fast or slow, by up to a second in an hour or so."""
        machine = self._one()
        rate = self.draw.choice([0, 50, -50, 300, -300])
        machine.clock.put_to(machine.clock.error(self.world.now), self.world.now, rate)
        self.world.tell(f"{machine.party}'s clock drifts by {rate} parts in a million")

    def nothing(self) -> None:
        """Bad lines, and couriers in the place of lines, are there all the time."""


FAULTS: Mapping[str, tuple[float, Callable[[Faults], None]]] = {
    "lines": (0, Faults.nothing),
    "courier": (0, Faults.nothing),
    "cut": (4, Faults.cut),
    "crash": (6, Faults.crash),
    "absence": (1.5, Faults.absence),
    "failing write": (4, Faults.failing_write),
    "full disk": (2, Faults.full_disk),
    "lost writes": (3, Faults.lost_writes),
    "torn write": (2, Faults.torn_write),
    "bit flip": (2, Faults.bit_flip),
    "old copy": (4, Faults.old_copy),
    "clock set": (3, Faults.clock_set),
    "drift": (3, Faults.drift),
}
