"""`architrave demo`: three capitals on this machine, one story, and an invitation to cheat."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from architrave.cli.demo.play import Play, play
from architrave.cli.demo.telling import Teller
from architrave.cli.faults import plainly

__all__ = ["demo"]


@plainly
def demo(
    seed: Annotated[int, typer.Option(help="Chooses who plays which part.", min=0)] = 1,
    once: Annotated[bool, typer.Option("--once", help="Stop everything at the end.")] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write what it came to into this file.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option(help="Leave one capital's record here, for verify.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Play in this folder: new, empty, or of an earlier play.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The first of three ports.", min=1, max=65_533)
    ] = None,
) -> None:
    """Play the demonstration; nothing that it signs is a real act."""
    how = Play(seed=seed, folder=folder, port=port, once=once, export=export, report=json_file)
    # Closing the window or a polite kill ends the three nodes too, as Ctrl+C does.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        report = play(how, Teller())
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    if not report.as_it_should:
        raise typer.Exit(1)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
