"""`architrave node succeed` and `node concur`: a capital's book goes on under another key."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.look import Look, look
from architrave.cli.passphrases import PartyKeyFile, PassphraseFile, asked, party_key_place
from architrave.cli.places import node_folder
from architrave.cli.reading import read_folder
from architrave.cli.signing import give, node_clock
from architrave.institution.successions import concurrence
from architrave.node.folder import Folder
from architrave.node.party_key import open_party_key
from architrave.node.succeeding import prepare, read_request
from architrave.record.succession import CAUSES, Title

__all__ = ["concur", "succeed"]

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
_WHY = {
    "rotation": "a new key by plan",
    "stolen-key": "others have the key",
    "two-histories": "two histories were signed",
    "lost-lines": "lines were lost that nobody holds",
    "fault": "a line does not hold",
}


@plainly
def succeed(
    node: Annotated[str, typer.Argument(help="A node's folder; the node must not run.")],
    cause: Annotated[str, typer.Option(help=f"Why: {', '.join(CAUSES)}.")] = "rotation",
    lines: Annotated[
        int | None, typer.Option(min=1, help="How many lines go on; all that are held by default.")
    ] = None,
    party_key: PartyKeyFile = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """End this capital's book, and write the statement that it goes on under a new key."""
    if cause not in CAUSES:
        raise Unclear(f"--cause {cause}: no such cause; there are {', '.join(CAUSES)}.")
    folder = Folder(node_folder(node))
    with folder.locked():
        reading = read_folder(folder.path)
        key = open_party_key(party_key_place(folder, party_key), asked(passphrase_file))
        now = max(time.time_ns() // 1_000_000, reading.peer.now)
        if reading.founding.demonstration:
            now = reading.peer.now
        place = prepare(folder, reading.peer, cause, lines, key, now, os.urandom)
    title = read_request(place, reading.founding)
    if as_json:
        print_json({**_told(title), "file": str(place)})
        return
    capital = reading.charter.party(title.owner).capital["en"]
    text = (
        f"Written: {place}. The minute book of {capital} ends at {title.succession.continues.size} "
        f"lines; {title.succession.log} continues it once every other capital concurs. Send the "
        "file to each of them (`architrave node concur`), start this node again, and let it run: "
        "it begins the new book by itself. Until then it writes nothing and goes on co-signing."
    )
    print_lines(paragraph(text, 0))


@plainly
def concur(
    node: Annotated[str, typer.Argument(help="A node's folder, or a capital.")],
    file: Annotated[Path, typer.Argument(help="The statement of another capital.")],
    party_key: PartyKeyFile = None,
    passphrase_file: PassphraseFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it; sign nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Concur that another capital's book goes on under a new key, as its statement says."""
    it = look(node)
    title = read_request(file, it.state.founding)
    if title.owner == it.party:
        raise Unclear(f"{file}: this is {it.capital(it.party)}'s own statement; the others concur.")
    if dry_run:
        _show(it, title, as_json)
        return
    folder = it.reading.folder
    url = folder.addresses(it.reading.founding)[it.party]
    key = open_party_key(party_key_place(folder, party_key), asked(passphrase_file))
    act = concurrence(title, it.party, key, node_clock(url) or it.at)
    value = give(url, it.reading.founding, act, key)
    admitted = bool(value.get("admitted"))
    if as_json:
        print_json({**_told(title), "admitted": admitted, "reason": value.get("reason", "")})
    elif admitted:
        line = int(str(value["n"])) + 1
        text = (
            f"{it.capital(it.party)} concurs, on line {line} of its minute book: "
            f"{title.succession.log} continues the book of {it.capital(title.owner)} once every "
            "other capital has concurred."
        )
        print_lines(paragraph(text, 0))
    else:
        print_lines(paragraph(f"Not entered: {it.plain(str(value.get('reason', '')))}", 0))
    if not admitted:
        raise typer.Exit(1)


def _show(look: Look, title: Title, as_json: bool) -> None:
    if as_json:
        print_json(_told(title))
        return
    said = title.succession
    text = (
        f"{look.capital(title.owner)} asks that {said.log} continue its minute book after line "
        f"{said.continues.size}, under the key {said.node_key.text} ({_WHY[said.cause]}). Compare "
        "that key with the one that its officer tells you on another way before you concur."
    )
    print_lines(paragraph(text, 0))


def _told(title: Title) -> dict[str, object]:
    said = title.succession
    return {
        "party": title.owner,
        "log": said.log,
        "continues": said.continues.origin,
        "lines": said.continues.size,
        "root": said.continues.root.hex(),
        "node_key": said.node_key.text,
        "cause": said.cause,
    }
