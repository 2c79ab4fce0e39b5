"""Running a table-top exercise: three nodes, a clock that the controller moves, the wiping."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.cli.demo.stage import START, Stage, free_ports
from architrave.cli.shipped import shipped
from architrave.cli.tabletop.places import Ground, advance, exercise_ground, wipe
from architrave.cli.tabletop.script import Step, filled, read_script
from architrave.node.durable import write_durably
from architrave.node.errors import FolderFault, NodeError
from architrave.portal.words import say
from architrave.record.founding import TABLETOP_DOMAIN

__all__ = ["FIRST_PORT", "Exercise", "exercise", "marked_charter"]

FIRST_PORT = 8841
_BEAT = 1.0  # seconds between two movements of the clock in free play

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Exercise:
    """How to play: with a script, or freely until somebody interrupts; `keep` wipes nothing."""

    charter: Path | None = None
    folder: Path | None = None
    clock: Path | None = None
    script: Path | None = None
    keep: bool = False
    port: int = FIRST_PORT


def marked_charter(text: str) -> str:
    """A charter's text with a title that says in each language: a table-top exercise."""
    head, begins, rest = text.partition("\n[title]\n")
    body, ends, tail = rest.partition("\n\n")
    if not begins:
        raise FolderFault("the charter has no [title] that an exercise could mark.")

    def marked(match: re.Match[str]) -> str:
        language = match[1] if match[1] in ("ko", "ja", "en") else "en"
        return f'{match[1]} = "{say("tabletop-prefix", language)} · '

    return head + begins + re.sub(r'(?m)^([a-z]+) = "', marked, body) + ends + tail


def exercise(how: Exercise, tell: Tell) -> bool:
    """Play; True if each step of a script went as the script says. NodeError if it cannot begin."""
    file = how.charter or shipped("charters/trilateral.toml")
    charter = parse_charter(file.read_text(encoding="utf-8"), file.name)
    steps = read_script(how.script, charter) if how.script is not None else ()
    ports = free_ports(len(charter.party_ids), how.port)
    with exercise_ground(how.folder, how.clock) as ground, _ended_by_signals():
        went, lines = True, 0
        try:
            with _stage(ground, file, ports) as stage:
                try:
                    _open(stage, tell)
                    if steps:
                        went = _play(stage, steps, tell)
                    else:
                        _free(stage, ground, tell)
                finally:
                    lines = _lines(stage)
        except KeyboardInterrupt:
            tell("The controller ends the exercise.")
        finally:
            # However it ended: nothing of an exercise is left about.
            if how.keep:
                tell(f"Kept: {ground.root}; nothing in it is real, and all of it may be deleted.")
            else:
                tell(wipe(ground, charter.party_ids, lines))
    return went


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Take SIGTERM, and SIGINT even where whoever started this has it ignored, as the end."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # Elsewhere than in the main thread no signal arrives, and none can be set.
    here = threading.current_thread() is threading.main_thread()
    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM) if here}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _stage(ground: Ground, charter: Path, ports: list[int]) -> Iterator[Stage]:
    """Nodes founded for this exercise alone: keys are drawn anew, and none is ever taken."""
    copy = ground.root / "charter.toml"
    write_durably(copy, marked_charter(charter.read_text(encoding="utf-8")).encode())
    seed = int.from_bytes(os.urandom(16))
    stage = Stage(ground.root, seed, ports, copy, TABLETOP_DOMAIN, ground.clock)
    try:
        stage.build()
        for node in stage.nodes.values():
            stage.start(node)
        stage.await_start(list(stage.nodes.values()))
        yield stage
    finally:
        stage.close()


def _open(stage: Stage, tell: Tell) -> None:
    charter: Charter = stage.charter
    for language in charter.languages:
        if language in ("ko", "ja", "en"):
            told = say("tabletop-prefix", language), say("tabletop-banner", language)
            tell(f"{told[0]}: {told[1]}")
    stage.settle()
    for party in charter.party_ids:
        stage.by_party(
            party, "founded", to=["public"], founding=stage.founding.id, charter=charter.digest
        )
    stage.settle()
    languages = charter.languages
    for number, party in enumerate(charter.party_ids):
        for body in charter.bodies:
            if party in body.parties:
                holder = f"DEMO TABLE-TOP holder of {body.seat_of(party).id}"
                stage.seat_officer(party, body.id, holder, languages[number % len(languages)])
    stage.settle()
    tell(f"Institution {stage.founding.id[:16]}…, made for this exercise alone.")
    for party in charter.order("en"):
        node = stage.nodes[party]
        tell(f"  {charter.party(party).capital['en']}: {node.url}/en/  {node.folder}")


def _play(stage: Stage, steps: tuple[Step, ...], tell: Tell) -> bool:
    named: dict[str, str] = {}
    opened, went = stage.now, True
    for number, step in enumerate(steps, 1):
        at = opened + round(step.hours * 3_600_000)
        if at > stage.now:
            stage.tick(at - stage.now)
            stage.settle()
        stage.scene = stage.now
        try:
            name, said = _given(stage, step, named), "entered"
        except NodeError as fault:
            name, said = "", str(fault)
        if step.name:
            named[step.name] = name
        as_meant = (name == "") is step.refused
        went = went and as_meant
        stage.settle()
        mark = "" if as_meant else "  NOT AS THE SCRIPT SAYS"
        hours = (stage.now - START) / 3_600_000
        tell(f"{number}. {hours:.1f} h  {step.party} {step.body} {step.kind}: {said}{mark}")
    return went


def _given(stage: Stage, step: Step, named: dict[str, str]) -> str:
    fields = filled(step, named, stage.charter.languages)
    if step.kind in ("tabled", "consulted"):
        fields = {"symbol": stage.symbol(step.party, step.body), "body": step.body, **fields}
    return stage.by_officer(step.party, step.body, step.kind, **fields)


def _free(stage: Stage, ground: Ground, tell: Tell) -> None:
    """Let the clock run at its own pace, and the controller move it, until somebody interrupts."""
    tell(f"Free play: `architrave act {ground.root / stage.charter.party_ids[0]} KIND …` acts,")
    tell(f"`architrave tabletop --clock {ground.clock} --move 24` moves the clock by hours.")
    tell("Ctrl+C ends the exercise.")
    before = time.monotonic()
    while stage.living():
        time.sleep(_BEAT)
        now = time.monotonic()
        advance(ground.clock, round((now - before) * 1_000))
        before = now


def _lines(stage: Stage) -> int:
    """How many lines the minute books of the exercise have."""
    found = [said for node in stage.living() if (said := stage.status(node)) is not None]
    return max((sum(one["sizes"].values()) for one in found), default=0)
