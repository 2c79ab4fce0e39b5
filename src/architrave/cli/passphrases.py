"""Asking for the passphrase of the party key: at the terminal, or from a file for scripts."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.faults import plainly
from architrave.node.durable import read_text
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, read_key
from architrave.node.party_key import is_sealed, read_seed, seal_party_key

__all__ = ["PartyKeyFile", "PassphraseFile", "asked", "party_key_place", "seal_key"]

PassphraseFile = Annotated[
    Path | None, typer.Option(help="For scripts: the passphrase, alone in a file.")
]
PartyKeyFile = Annotated[
    Path | None, typer.Option(help="The party key, if it is not in the node's folder.")
]


def asked(file: Path | None, what: str = "Passphrase of the party key") -> Callable[[], str]:
    """A way of asking for a passphrase, used only if one is needed."""

    def ask() -> str:
        if file is None:
            return str(typer.prompt(what, hide_input=True))
        return read_text(file, f"{file}: no passphrase lies there.").rstrip("\n")

    return ask


def party_key_place(folder: Folder, file: Path | None) -> Path:
    """Where the party key lies."""
    return file or folder.path / "keys" / "party.key"


@plainly
def seal_key(
    folder: Annotated[Path, typer.Argument(help="A node's folder.")],
    to: Annotated[
        Path | None, typer.Option(help="Write it here, and take it out of the folder.")
    ] = None,
    party_key: PartyKeyFile = None,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: Annotated[
        Path | None, typer.Option(help="For scripts: the new passphrase, alone in a file.")
    ] = None,
) -> None:
    """Put the offline party key under a passphrase, or under another one."""
    place = party_key_place(Folder(folder), party_key)
    target = to or place
    if to is not None and to.exists():
        raise FolderFault(f"{to}: a file of that name is there already.")
    sealed = is_sealed(place)
    seed = (
        read_seed(place, asked(passphrase_file, "Present passphrase")())
        if sealed
        else _plain_seed(place)
    )
    new = asked(new_passphrase_file, "New passphrase")()
    if new_passphrase_file is None and asked(None, "The same once more")() != new:
        raise FolderFault("the two passphrases are not the same; nothing was changed.")
    seal_party_key(target, seed, new, os.urandom(16))
    if target != place:
        place.unlink()
    typer.echo(
        f"Sealed: {target}. Keep it off this machine; without the passphrase nobody opens it, "
        "and there is no other way to it."
    )


def _plain_seed(place: Path) -> bytes:
    read_key(place)  # says what is wrong with it
    return bytes.fromhex(place.read_text(encoding="ascii").strip())
