"""`architrave exercises board`: the planner's board for a folder, on this machine only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.exercises_files import charter_of
from architrave.cli.faults import Unclear, plainly

__all__ = ["board"]


@plainly
def board(
    folder: Annotated[Path, typer.Argument(help="A folder with the tables.")],
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen on this machine; 0: any free.")
    ] = 0,
    charter: Annotated[
        Path | None, typer.Option("--charter", help="Whose parties may be named.")
    ] = None,
) -> None:
    """Lay out the years by hand, on a page that this machine serves to itself."""
    # A web server is brought in by nothing but this verb.
    from architrave.portal.board.board_server import opened_board

    if not folder.is_dir():
        raise Unclear(f"{folder}: no folder with tables lies here; a workbook cannot be written.")
    served = opened_board(folder, charter_of(charter), port)
    typer.echo(f"The board of {folder}: {served.address}")
    typer.echo("Whoever has this address can move exercises. Stop with Ctrl-C.")
    try:
        served.run()
    except KeyboardInterrupt:
        pass
    finally:
        served.close()
