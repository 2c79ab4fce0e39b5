"""Three running nodes with a telling record, for a browser to look at.

The nodes, their keys and most of what they hold are those of `architrave demo`; what the
demonstration brings to an end is begun once more, so that the pages have something to wait for.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from architrave.cli.demo import scenes, texts
from architrave.cli.demo.cast import cast_for
from architrave.cli.demo.stage import HOUR, START, Stage
from architrave.cli.shipped import shipped
from architrave.institution.register import read_register

__all__ = ["HOME_OF", "playing", "start_again", "stop"]

SEED = 4
HOME_OF = {language: party for party, language in texts.LANGUAGE_OF.items()}
"""The party at whose node a language is read: each node is looked at in one of the three."""

AWAY = 20 * 60_000  # longer than a node may be unheard before the pages call it silent
BEGUN = 220  # hours; past every scene of the demonstration


@contextmanager
def playing(root: Path) -> Iterator[Stage]:
    """The nodes while they run, at rest and with one state."""
    stage = Stage(root, SEED, free_ports())
    try:
        stage.build()
        nodes = list(stage.nodes.values())
        for node in nodes:
            stage.start(node)
        stage.await_start(nodes)
        _play(stage)
        yield stage
    finally:
        stage.close()


def _play(stage: Stage) -> None:
    """A register noted, a plan in force with a notice taken back; four things still open."""
    folder = shipped("data/register")
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    cast = cast_for(stage.charter.party_ids, stage.seed)
    scenes.open_institution(stage)
    scenes.note_register(stage, cast, read_register(files, frozenset(stage.charter.party_ids)))
    plan = scenes.adopt_plan(stage, cast)
    scenes.notice(stage, cast, plan)
    stage.begin(BEGUN)
    _statement_reserved(stage, cast.tables, cast.objects)
    _silence_running(stage, cast.revises)
    _silence_broken(stage, cast.tables, cast.objects)
    _consultation_asked(stage, cast.chairs, cast.tables)
    states = stage.settle()
    assert len({one["state"] for one in states}) == 1


def _statement_reserved(stage: Stage, tables: str, reserves: str) -> None:
    title, summary = texts.STATEMENT
    wording = {
        "title": title,
        "summary": summary,
        "instrument": "statement",
        "nature": "political",
    }
    matter = stage.by_officer(
        tables,
        scenes.GROUP,
        "tabled",
        to=scenes.PUBLIC,
        symbol=stage.symbol(tables, scenes.GROUP),
        body=scenes.GROUP,
        article="3(4)",
        wording=wording,
    )
    stage.settle()
    place = {"to": scenes.PUBLIC, "matter": matter, "version": matter}
    stage.by_officer(tables, scenes.GROUP, "positioned", position="concur", **place)
    stage.by_officer(
        reserves,
        scenes.GROUP,
        "positioned",
        position="reserve",
        reason=texts.NOTICE_REASON,
        **place,
    )
    stage.settle()


def _silence_running(stage: Stage, party: str) -> None:
    expiry = START + (BEGUN + 60) * HOUR
    scenes.put_under_silence(stage, party, texts.REVISED, expiry, pledged=True)
    stage.settle()


def _silence_broken(stage: Stage, tables: str, objects: str) -> None:
    expiry = START + (BEGUN + 60) * HOUR
    matter = scenes.put_under_silence(stage, tables, texts.PLAN, expiry, pledged=True)
    stage.settle()
    stage.by_officer(
        objects,
        scenes.GROUP,
        "positioned",
        to=scenes.PUBLIC,
        matter=matter,
        version=matter,
        position="object",
        reason=texts.OBJECTION,
        remedy=texts.REMEDY,
    )
    stage.settle()


def _consultation_asked(stage: Stage, asks: str, answers: str) -> None:
    ground, facts, wish = texts.CONSULTATIONS[0]
    request = stage.by_officer(
        asks,
        scenes.COUNCIL,
        "consulted",
        to=scenes.PUBLIC,
        symbol=stage.symbol(asks, scenes.COUNCIL),
        body=scenes.COUNCIL,
        ground=ground,
        facts=facts,
        wish=wish,
    )
    stage.settle()
    stage.by_officer(
        answers,
        scenes.COUNCIL,
        "acknowledged",
        to=scenes.PUBLIC,
        consultation=request,
        answer=texts.ANSWER,
    )
    stage.settle()


def stop(stage: Stage, party: str) -> None:
    """Kill one node, and let time pass until the others must call it silent."""
    stage.kill(stage.nodes[party])
    stage.settle()
    stage.tick(AWAY)
    stage.settle()


def start_again(stage: Stage, party: str) -> None:
    """Start a node that was killed."""
    stage.start(stage.nodes[party])
    stage.await_start([stage.nodes[party]])
    stage.settle()


def free_ports() -> list[int]:
    """Three ports that nobody used a moment ago."""
    with ExitStack() as held:
        holding = [held.enter_context(socket.socket()) for _ in range(3)]
        for one in holding:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in holding]
