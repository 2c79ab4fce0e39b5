"""`architrave node backup` and `node restore`: a copy of a node's folder, and a folder from one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.faults import plainly
from architrave.cli.layout import print_json
from architrave.cli.places import node_folder
from architrave.node.folder import Folder

__all__ = ["backup", "restore"]

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@plainly
def backup(
    node: Annotated[
        str, typer.Argument(help="A node's folder, or a capital of the demonstration.")
    ],
    to: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="The keys too: guard the backup like them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Back up a node, which may run meanwhile; its token is never in a backup."""
    from architrave.node.backup import make_backup

    made = make_backup(Folder(node_folder(node)), to, with_keys)
    if as_json:
        print_json(asdict(made))
        return
    keys = (
        "THE KEYS ARE IN IT: whoever reads it can sign for this capital."
        if with_keys
        else "No key is in it: keep the keys elsewhere, for without them it cannot run."
    )
    typer.echo(f"Backed up: {to} holds {made.lines} lines of {made.party}'s minute book. {keys}")


@plainly
def restore(
    place: Annotated[Path, typer.Argument(help="A backup.")],
    to: Annotated[Path, typer.Argument(help="A new or empty folder for the node.")],
    keys: Annotated[
        Path | None, typer.Option(help="The folder with the node's keys, if not in the backup.")
    ] = None,
    token: Annotated[
        Path | None, typer.Option(help="Where the token lies: the old one, if it was not lost.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a node's folder from a backup, once every file of it has been checked."""
    from architrave.node.backup import bring_back

    beside = to.resolve().with_name(to.resolve().name + ".token")
    found = bring_back(place, to, token or beside, keys)
    if as_json:
        print_json({**asdict(found), "folder": str(to)})
        return
    typer.echo(
        f"Brought back: {to} holds {found.lines} lines of {found.party}'s minute book. It starts "
        "as an old copy: it signs nothing until every other capital has told how far it holds this "
        "book, and the book is refilled from them. Never run the old folder again."
    )
