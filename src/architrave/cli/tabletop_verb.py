"""`architrave tabletop`: an exercise by the same rules, on a record that is wiped at its end."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_lines
from architrave.cli.tabletop.places import advance
from architrave.cli.tabletop.play import FIRST_PORT, Exercise, exercise
from architrave.cli.tabletop.script import LONGEST_HOURS
from architrave.portal.composing.instants import utc

__all__ = ["tabletop"]


@plainly
def tabletop(
    charter: Annotated[Path | None, typer.Option(help="Another charter than the shipped.")] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Play in this folder: new or empty. Away from real nodes.")
    ] = None,
    clock: Annotated[
        Path | None, typer.Option(help="The clock file that the controller moves; a new one.")
    ] = None,
    script: Annotated[
        Path | None, typer.Option(help="Steps in TOML; without it, play is free.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Wipe nothing at the end.")] = False,
    move: Annotated[
        float | None, typer.Option(help="Move the clock of a running exercise by hours.", min=0)
    ] = None,
    port: Annotated[int, typer.Option(help="The first port.", min=1, max=65_000)] = FIRST_PORT,
) -> None:
    """Rehearse on paper: three nodes of an exercise; nothing in it is real, all of it is wiped."""
    if move is not None:
        if clock is None:
            raise Unclear("--move: say with --clock which clock is moved.")
        if not move < LONGEST_HOURS:
            raise Unclear(f"--move: expected fewer than {LONGEST_HOURS} hours, found {move}.")
        typer.echo(f"The clock shows {utc(advance(clock, round(move * 3_600_000)))}.")
        return
    ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _interrupt) for number in ends}
    how = Exercise(charter, folder, clock, script, keep, port)
    try:
        went = exercise(how, lambda line: print_lines(paragraph(line, 0)))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if not went:
        raise typer.Exit(1)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
