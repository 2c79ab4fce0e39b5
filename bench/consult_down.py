"""Consult and adopt with each node down in turn, and the same relayed through one capital.

Three real processes on loopback, on the machine's clock, under the shipped charter and then under
`charters/two-alliances.toml`, where two parties (the spokes) share no body and the third (the hub)
enters each thing again in its other body. Times are those of the software only: officers sign at
once, and the person at the hub takes none. Milliseconds. Rows:

consult.down           median, from a request to the receipt of the one living party at the asker
consult.down.return    median, from the moment that the returned node answers to its own receipt
                       at the asker
consult.down.spoke     median, hub and one spoke with the other spoke down, beside consult.down
consult.down.answers   from a request to the answers of both others; relayed, beside that of three
consult.down.adopted   a text in force for all three; relayed (two texts), beside the one of all
consult.down.acts      how many acts the relayed consultation takes, beside that of all three
consult.down.texts     how many acts the relayed adoption takes, beside that of all three

A table of all that was measured goes to standard error. With the hub down nothing passes between
the spokes until it returns: that is asserted, not timed. Both institutions are up all the time and
take turns, so that what else the machine does falls on both.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from architrave.cli.demo.stage import free_ports
from architrave.cli.shipped import shipped
from bench import Figure, main, versions
from bench.columns import COUNTED, Columns, back

SIZE = 5
JOINT = "ESFSC"
HUB, SPOKES = "USA", ("JPN", "KOR")
BODIES = {"JPN": "JPNUSA", "KOR": "KORUSA"}  # of each spoke with the hub


# All three in one body


def each_down(stage: Columns, turn: int) -> None:
    """Each node down in turn: its neighbour asks, the third one has it; then it returns."""
    parties = list(stage.nodes)
    for place, out in enumerate(parties):
        asks, told = (parties[(place + step) % 3] for step in ((1, 2) if turn % 2 else (2, 1)))
        stage.kill(stage.nodes[out])
        sizes = stage.living_rest()
        began = time.perf_counter()
        asked = stage.ask(asks, JOINT)
        stage.await_size(asks, told, stage.size(sizes, told))
        stage.note("one down", began)
        assert stage.holds(told, asked), "the receipt came without the request"
        stage.living_rest()
        began = back(stage, stage.nodes[out])
        stage.await_size(asks, out, stage.size(sizes, out))
        stage.note("return", began)
        stage.rest()
        assert stage.holds(out, asked), "the returned node has not read the request"


def together(stage: Columns, turn: int) -> None:
    """One asks and both answer; one tables and all concur."""
    parties = list(stage.nodes)
    asks, *others = [*parties[turn % 3 :], *parties[: turn % 3]]
    sizes = stage.anew()
    began = time.perf_counter()
    asked = stage.ask(asks, JOINT)
    answers = []
    for party in others:
        stage.await_read(party, sizes)
        answers.append(stage.answer(party, JOINT, asked))
    for party in others:
        stage.await_line(asks, party)
    stage.note("answers", began)
    stage.count("answers", sizes)
    assert all(stage.holds(asks, name) for name in answers), "an answer was not read"
    sizes = stage.anew()
    took, _ = agreed(stage, asks, others, JOINT)
    stage.taken.setdefault("adopted", []).append(took)
    stage.count("adopted", sizes)


def agreed(
    stage: Columns, tables: str, others: Sequence[str], body: str, after: str = ""
) -> tuple[float, str]:
    """A text in force at all of a body: milliseconds to its last line, and its last concurrence."""
    sizes = stage.rest()
    began = time.perf_counter()
    matter = stage.table(tables, body, after)
    last = stage.concur(tables, body, matter)
    for party in others:
        stage.await_read(party, sizes)
        last = stage.concur(party, body, matter)
    took = (stage.last_change() - began) * 1_000
    assert all(stage.in_force(party, matter) for party in (tables, *others)), "it is not in force"
    return took, last


# Two bodies, and the hub between them


def relayed(stage: Columns, turn: int) -> None:
    """One spoke asks, and later tables; the hub enters it again in its other body, and back."""
    asks, other = SPOKES[turn % 2], SPOKES[1 - turn % 2]
    near, far = BODIES[asks], BODIES[other]
    sizes = stage.anew()
    began = time.perf_counter()
    asked = stage.ask(asks, near)
    stage.await_read(HUB, sizes)
    stage.answer(HUB, near, asked)
    again = stage.ask(HUB, far, asked)
    stage.await_read(other, sizes)
    stage.await_line(other, HUB)
    told = stage.answer(other, far, again)
    stage.await_line(HUB, other)
    brought = stage.answer(HUB, near, asked, told)
    stage.await_line(asks, HUB)
    stage.note("answers", began)
    stage.count("answers", sizes)
    assert stage.holds(asks, brought), "the answer was not brought back"
    assert not stage.holds(other, asked), "a spoke reads what was not said to it"
    assert not stage.holds(asks, told), "a spoke reads what was not said to it"
    sizes = stage.anew()
    first, last = agreed(stage, asks, [HUB], near)
    second, _ = agreed(stage, HUB, [other], far, last)
    stage.taken.setdefault("adopted", []).append(first + second)
    stage.count("adopted", sizes)


def hub_down(stage: Columns, turn: int) -> None:
    """With the hub down, a spoke's request reaches nobody who may read it until the hub is back."""
    asks, other = SPOKES[turn % 2], SPOKES[1 - turn % 2]
    stage.kill(stage.nodes[HUB])
    stage.living_rest()
    asked = stage.ask(asks, BODIES[asks])
    stage.living_rest()
    assert not stage.holds(other, asked), "the request passed the hub"
    began = back(stage, stage.nodes[HUB])
    stage.await_line(HUB, asks)
    again = stage.ask(HUB, BODIES[other])
    stage.await_line(other, HUB)
    stage.note("hub back", began)
    stage.rest()
    assert stage.holds(HUB, asked), "the returned hub has not read the request"
    assert stage.holds(other, again), "the relayed request was not read"


def spoke_down(stage: Columns, turn: int) -> None:
    """With one spoke down, the other and the hub consult."""
    out, asks = SPOKES[turn % 2], SPOKES[1 - turn % 2]
    stage.kill(stage.nodes[out])
    sizes = stage.living_rest()
    began = time.perf_counter()
    stage.ask(asks, BODIES[asks])
    stage.await_size(asks, HUB, stage.size(sizes, HUB))
    stage.note("one down", began)
    stage.living_rest()
    back(stage, stage.nodes[out])
    stage.rest()


# Measuring


@contextmanager
def standing(charter: str, bodies: Sequence[str], ports: list[int]) -> Iterator[Columns]:
    """Three nodes that run, founded under a charter, with officers in these bodies."""
    with tempfile.TemporaryDirectory() as name:
        stage = Columns(Path(name), 1, ports, shipped(f"charters/{charter}.toml"))
        try:
            stage.build()
            for node in stage.nodes.values():
                stage.start(node)
            stage.await_start(list(stage.nodes.values()))
            stage.found_in(bodies)
            yield stage
        finally:
            stage.close()


def measure(size: int = SIZE) -> list[Figure]:
    """Measure `size` rounds under each of the two charters, in turn.

    One round before warms up, unless there is but one: that checks answers, and times nothing.
    """
    warming = int(size > 1)
    first = 20_000 + time.time_ns() // 1_000_000 % 12_000  # below the ports of outgoing lines
    ports = free_ports(6, first)
    with (
        standing("trilateral", [JOINT], ports[:3]) as joint,
        standing("two-alliances", list(BODIES.values()), ports[3:]) as hubbed,
    ):
        for number in range(size + warming):
            for stage, turn in (
                (joint, each_down),
                (hubbed, spoke_down),
                (hubbed, hub_down),
                (joint, together),
                (hubbed, relayed),
            ):
                turn(stage, number)
            if number < warming:
                joint.taken.clear()
                hubbed.taken.clear()
    one, two = joint.taken, hubbed.taken
    side_by_side(one, two)
    sizes = {"rounds": size, "parties": 3}
    software = versions("httpx", "waitress", "django")

    def row(name: str, value: float, beside: float | None, reach: float) -> Figure:
        return Figure(name, value, beside, ("<=", reach), True, sizes, software)

    def mid(found: Mapping[str, list[float]], name: str) -> float:
        return statistics.median(found[name])

    return [
        row("consult.down", mid(one, "one down"), None, 250.0),
        row("consult.down.return", mid(one, "return"), None, 5_000.0),
        row("consult.down.spoke", mid(two, "one down"), mid(one, "one down"), 3.0),
        row("consult.down.answers", mid(two, "answers"), mid(one, "answers"), 5.0),
        row("consult.down.adopted", mid(two, "adopted"), mid(one, "adopted"), 5.0),
        row("consult.down.acts", mid(two, "answers acts"), mid(one, "answers acts"), 2.0),
        row("consult.down.texts", mid(two, "adopted acts"), mid(one, "adopted acts"), 2.0),
    ]


def side_by_side(one: Mapping[str, list[float]], two: Mapping[str, list[float]]) -> None:
    """Print what was measured, the one shape beside the other, on standard error."""
    rows: list[tuple[str, Any, Any]] = [
        ("one down: request to the living one's receipt (ms)", one["one down"], two["one down"]),
        ("it returns: to its receipt at the asker (ms)", one["return"], None),
        ("hub returns: until the other spoke has the request (ms)", None, two["hub back"]),
    ]
    for what, words in (
        ("answers", "from a request to both answers (ms)"),
        ("adopted", "a text in force for all three (ms)"),
    ):
        rows.append((words, one[what], two[what]))
        for name, counted in COUNTED.items():
            row = f"{what} {name}"
            rows.append((f"  {counted}", one[row], two[row]))
    print(f"{'median':<68}{'one body':>10}{'two':>10}", file=sys.stderr)
    for name, left, right in rows:
        cells = [f"{statistics.median(found):.0f}" if found else "–" for found in (left, right)]
        print(f"{name:<68}{cells[0]:>10}{cells[1]:>10}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(measure))
