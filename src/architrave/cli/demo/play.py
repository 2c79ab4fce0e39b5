"""Playing the story from first line to last, on a folder of its own."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from architrave.cli.demo import cheat, scenes, telling
from architrave.cli.demo.cast import cast_for
from architrave.cli.demo.copies import CheckedCopy, check_copies, export_copy
from architrave.cli.demo.stage import Stage, free_ports
from architrave.cli.demo.telling import Teller
from architrave.cli.places import demo_folder
from architrave.cli.shipped import shipped
from architrave.institution.pending import all_matters
from architrave.institution.register import Register, read_register
from architrave.institution.standing import Stage as Life
from architrave.node.errors import FolderFault, FolderInUse, PortTaken

__all__ = ["FIRST_PORT", "Play", "Report", "play"]

FIRST_PORT = 8741
_MARKER = "demonstration"
_README = """DEMO: three nodes of a demonstration. Every key here was drawn from a number that
anyone may know; what they sign means nothing. `architrave demo` empties this folder before it
plays again.
"""


@dataclass
class Report:
    """What the play comes to; the fields are those of the JSON file."""

    parties: int
    events: int
    commitments: int
    acts: int
    entries: int
    final: int
    in_force: int
    states_equal: bool
    verified: bool
    rewrite_refused: bool
    seconds: float
    seed: int
    state: str
    register: dict[str, int] = field(default_factory=dict)
    research: dict[str, int] = field(default_factory=dict)
    story: dict[str, bool] = field(default_factory=dict)

    @property
    def as_it_should(self) -> bool:
        """True if every node did what the institution demands."""
        return (
            self.states_equal
            and self.verified
            and self.rewrite_refused
            and all(self.story.values())
        )


@dataclass
class Play:
    """How to play: the seed, the folder (None: the usual one, or with `once` one that goes)."""

    seed: int = 1
    folder: Path | None = None
    port: int | None = None
    once: bool = False
    export: Path | None = None
    report: Path | None = None


def play(how: Play, teller: Teller) -> Report:
    """Play the story; without `once`, stay up until interrupted. NodeError if it cannot begin."""
    if how.export is not None and how.export.exists() and any(how.export.iterdir()):
        raise FolderFault(f"{how.export}: the folder is not empty.")
    began = time.monotonic()
    with _folder(how) as root:
        stage = Stage(root, how.seed, _ports(how))
        try:
            report = _story(stage, teller, began)
            if how.report is not None:
                how.report.write_text(
                    json.dumps(vars(report), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
                )
            if how.export is not None:
                export_copy(stage, stage.charter.party_ids[0], how.export)
            if not how.once:
                _stay_up(stage)
            return report
        finally:
            stage.close()


def _story(stage: Stage, teller: Teller, began: float) -> Report:
    teller.say(
        f"DEMO, seed {stage.seed}: keys drawn for this play, holders invented, "
        "nothing signed here is real."
    )
    stage.build()
    charter, parties = stage.charter, stage.charter.party_ids
    cast = cast_for(parties, stage.seed)
    nodes = list(stage.nodes.values())
    for node in nodes:
        stage.start(node)
    stage.await_start(nodes)
    scenes.open_institution(stage)
    teller.say(telling.founding_line(charter))

    register = _register(stage)
    noted = scenes.note_register(stage, cast, register)
    today = datetime.fromtimestamp(stage.now / 1000, UTC)
    teller.say(telling.register_lines(charter, cast.chairs, noted, register, today))

    plan = scenes.adopt_plan(stage, cast)
    teller.say(telling.plan_lines(charter, plan, cast))
    old = {
        party: cheat.copy_node(stage, node, stage.root / "old" / party)
        for party, node in stage.nodes.items()
    }
    outages = [scenes.outage(stage, turn, number) for number, turn in enumerate(cast.rounds)]
    teller.say(telling.outage_lines(charter, outages))
    successions = scenes.successions(stage, cast)
    teller.say(telling.succession_lines(charter, successions))
    notice = scenes.notice(stage, cast, plan)
    teller.say(telling.notice_line(charter, cast.gives_notice, notice))

    states = stage.settle()
    equal = len({one["state"] for one in states}) == 1
    books = check_copies(stage, stage.root / "exports")
    teller.say(telling.compared_line(equal, states[0]["state"], books))
    rewritings = [
        cheat.try_rewriting(stage, turn, old[turn.out], stage.root / "copies" / turn.out)
        for turn in cast.rounds
    ]
    teller.say(telling.rewriting_lines(charter, rewritings))
    addresses = {party: stage.nodes[party].url for party in charter.order("en")}
    teller.say(telling.end_lines(charter, _command(), plan.standing.symbol, addresses))

    return _report(
        stage,
        began,
        states,
        books,
        equal,
        rewritings,
        story={
            "register_noted": noted.stage is Life.IN_FORCE,
            "plan_adopted": plan.standing.stage is Life.IN_FORCE,
            "had_at_once": all(one.had_at_once for one in outages),
            "had_on_return": all(one.had_on_return for one in outages),
            "silence_suspended": all(one.suspended for one in outages),
            "silence_adopted": all(one.adopted for one in outages),
            "handed_over": all(one.old_key_refused for one in successions),
            "notice_taken_back": notice == ("running", "suspended", "rescinded"),
        },
    )


def _report(
    stage: Stage,
    began: float,
    states: list[dict[str, Any]],
    books: list[CheckedCopy],
    equal: bool,
    rewritings: list[cheat.Rewriting],
    story: dict[str, bool],
) -> Report:
    parties = stage.charter.party_ids
    peer = stage.reading(stage.nodes[parties[0]])
    matters = all_matters(peer.state, peer.view())
    rows, context = _rows("data/register"), _rows("data/research")
    return Report(
        parties=len(parties),
        events=rows["events"] + context["events"],
        commitments=rows["commitments"] + context["commitments"],
        acts=stage.acts,
        entries=sum(states[0]["sizes"].values()),
        final=sum(states[0]["final"].values()),
        in_force=sum(one.stage is Life.IN_FORCE for one in matters),
        states_equal=equal,
        verified=all(book.sound for book in books),
        rewrite_refused=all(
            len(one.refused_by) == len(one.proved_by) == len(parties) - 1
            and bool(one.old_copy_says)
            for one in rewritings
        ),
        seconds=round(time.monotonic() - began, 1),
        seed=stage.seed,
        state=states[0]["state"],
        register=rows,
        research=context,
        story=story,
    )


def _command() -> str:
    """How this program is called here: by name where the shell finds it, else by its path."""
    if shutil.which("architrave"):
        return "architrave"
    return os.path.relpath(sys.argv[0])


def _register(stage: Stage) -> Register:
    folder = shipped("data/register")
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    return read_register(files, frozenset(stage.charter.party_ids))


def _rows(folder: str) -> dict[str, int]:
    """Rows of the files of events and of commitments in a shipped folder."""
    found = {}
    for kind in ("events", "commitments"):
        file = next(shipped(folder).glob(f"*{kind}.csv"))
        with open(file, encoding="utf-8", newline="") as lines:
            found[kind] = sum(1 for _ in csv.DictReader(lines))
    return found


def _ports(how: Play) -> list[int]:
    if how.port is None:
        return free_ports(3, FIRST_PORT)
    wanted = [how.port, how.port + 1, how.port + 2]
    if free_ports(3, how.port) != wanted:
        raise PortTaken(
            f"the ports {wanted[0]} to {wanted[-1]} are not all free; choose others with --port."
        )
    return wanted


@contextmanager
def _folder(how: Play) -> Iterator[Path]:
    """The folder to play in, empty and held; one that was only lent is removed afterwards."""
    if how.once and how.folder is None:
        with tempfile.TemporaryDirectory(prefix="architrave-demo-") as lent:
            yield Path(lent)
        return
    root = how.folder or demo_folder()
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()) and not (root / _MARKER).exists():
        raise FolderFault(f"{root}: the folder is not empty, and no demonstration made it.")
    with open(root / _MARKER, "a+", encoding="utf-8") as marker:
        _hold(marker, root)
        for path in sorted(root.iterdir()):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != _MARKER:
                path.unlink()
        marker.truncate(0)
        marker.write(_README)
        marker.flush()
        yield root


def _hold(marker: TextIO, root: Path) -> None:
    try:
        fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderInUse(
            f"{root}: another demonstration runs here; stop it, or choose another --folder."
        ) from None


def _stay_up(stage: Stage) -> None:
    """Let the clock run at its own pace until somebody interrupts."""
    while stage.living():
        time.sleep(1)
        stage.tick(1_000)
