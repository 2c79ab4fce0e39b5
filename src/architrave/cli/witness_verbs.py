"""`architrave witness`: a witness from outside, which only cosigns."""

from __future__ import annotations

import os
import secrets
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.faults import plainly
from architrave.cli.layout import paragraph, print_lines
from architrave.node.addresses import listening_at
from architrave.node.connections import web_server
from architrave.node.durable import read_bytes
from architrave.node.errors import FolderFault
from architrave.node.observer import MAX_REQUEST, Observer, answering, make_observer
from architrave.record.errors import RecordError
from architrave.record.founding import read_founding

app = typer.Typer(no_args_is_help=True, help="Run a witness from outside, which only cosigns.")


@app.command()
@plainly
def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    name: Annotated[str, typer.Option(help="Its name, such as archive.example/witness.")],
    founding: Annotated[Path, typer.Option(help="The founding whose minute books it follows.")],
    listen: Annotated[str, typer.Option(help="Where its process listens.")],
) -> None:
    """Make an observer's folder and key, for all the minute books of a founding."""
    data = read_bytes(founding, f"{founding}: the founding is missing.")
    try:
        members = read_founding(data).members
    except RecordError as fault:
        raise FolderFault(f"{founding}: {fault}") from fault
    keys = [one.log_key for one in members]
    vkey = make_observer(folder, name, listen, keys, secrets.token_bytes(32))
    print_lines(paragraph("Give this key to the capitals, and publish it:", 0))
    typer.echo(vkey)


@app.command()
@plainly
def run(folder: Annotated[Path, typer.Argument(help="The observer's folder.")]) -> None:
    """Cosign for whoever asks, until the process is ended."""
    observer = Observer(folder)
    with observer.locked(), closing(listening_at(observer.listen)) as listening:
        os.umask(0o077)
        server = web_server(answering(observer), listening, 4, MAX_REQUEST)
        typer.echo(f"{observer.name} listens at {observer.listen}", err=True)
        server.run()
