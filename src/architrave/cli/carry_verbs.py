"""`architrave carry out|in|show`: what two nodes have for each other, as files, by mail or by hand.

`out` and `show` read the node's folder; `in` gives a file to the running node. What a file told of
its sender's copy is kept in the folder (`carried/PARTY`), so that the next file brings only what is
new.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import httpx
import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.places import node_folder
from architrave.cli.reading import Reading, read_folder
from architrave.node.durable import write_durably
from architrave.node.errors import NodeError
from architrave.peer.carrying import (
    MAX_CARRIER,
    Carrier,
    carried_for,
    carrier_files,
    read_carrier,
)
from architrave.peer.errors import PeerError
from architrave.peer.messages import (
    Acts,
    Cosigned,
    Growth,
    Heads,
    Message,
    Misconduct,
    Tombstones,
    decode_batch,
    encode_batch,
)
from architrave.peer.succession import party_keys, speaks_as
from architrave.portal.composing.parties import party_named
from architrave.record.errors import RecordError

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Carry files between networks that no line joins.")

_LEAST, _DEFAULT = 20_000, 1_000_000
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Node = Annotated[str, typer.Argument(help="A node's folder or a capital.")]
_OPEN = "It is signed, not encrypted: whoever carries it can read what it brings."


@app.command("out")
@plainly
def out(
    node: Node,
    file: Annotated[Path, typer.Argument(help="A new file; more get .2, .3 … added.")],
    to: Annotated[str, typer.Option(help="The capital that it is for.")],
    max_size: Annotated[
        int, typer.Option(help="Bytes of one file.", min=_LEAST, max=MAX_CARRIER)
    ] = _DEFAULT,
    everything: Annotated[
        bool, typer.Option("--all", help="From the start, whatever the other has told.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write all that another capital lacks, as far as its last file told, into signed files."""
    reading = read_folder(node_folder(node))
    party = _other(reading, to)
    peer, origin = reading.peer, reading.founding.named(party).origin
    word = None if everything else _word(reading, party)
    messages = carried_for(peer, origin, word, max_size // 2)
    _, key = speaks_as(peer)
    parts = carrier_files(
        reading.founding, key, peer.origin, origin, _now(reading), messages, max_size
    )
    names = [file, *(file.with_name(f"{file.name}.{n}") for n in range(2, len(parts) + 1))]
    taken = [name for name in names if name.exists()]
    if taken:
        raise Unclear(f"{taken[0]}: a file of that name is there already.")
    for name, data in zip(names, parts, strict=True):
        write_durably(name, data, 0o600)
    if as_json:
        print_json({"to": party, "files": [str(name) for name in names], **_counts(messages)})
        return
    sizes = ", ".join(
        f"{name} ({len(data):,} bytes)" for name, data in zip(names, parts, strict=True)
    )
    print_lines(_sentences(f"For {_capital(reading, party)}: {sizes}.", messages, reading))


@app.command("in")
@plainly
def in_(
    node: Node,
    file: Annotated[Path, typer.Argument(help="A file that another capital wrote for this one.")],
    as_json: AsJson = False,
) -> None:
    """Give a file to the running node; a file that was taken before changes nothing."""
    reading = read_folder(node_folder(node))
    data, carrier = _read(reading, file)
    url = reading.folder.addresses(reading.founding)[reading.folder.party].rstrip("/")
    try:
        answer = httpx.post(f"{url}/peer/carried", content=data, timeout=60, trust_env=False)
        value = answer.json()
    except httpx.HTTPError as fault:
        raise NodeError(
            f"{url}: the node cannot be reached ({type(fault).__name__}); start it and try again."
        ) from fault
    except ValueError as fault:
        raise NodeError(f"{url}: the answer is not that of a node.") from fault
    if answer.status_code != 200:
        raise NodeError(f"{file}: {value.get('error', 'not taken')}")
    party = reading.founding.member(carrier.sender).name
    if carrier.word is not None:
        _keep_word(reading, party, carrier)
    if as_json:
        print_json({"from": party, "part": carrier.part, "parts": carrier.parts,
                    **_counts(carrier.messages)})  # fmt: skip
        return
    start = f"Taken from {_capital(reading, party)}: part {carrier.part} of {carrier.parts}."
    print_lines(_sentences(start, carrier.messages, reading))


@app.command("show")
@plainly
def show(
    node: Node,
    file: Annotated[Path, typer.Argument(help="A file for this capital.")],
    as_json: AsJson = False,
) -> None:
    """Check a file and say what it brings; nothing is taken."""
    reading = read_folder(node_folder(node))
    _, carrier = _read(reading, file)
    party = reading.founding.member(carrier.sender).name
    if as_json:
        print_json({"from": party, "t": carrier.t, "part": carrier.part, "parts": carrier.parts,
                    **_counts(carrier.messages)})  # fmt: skip
        return
    start = f"From {_capital(reading, party)}, part {carrier.part} of {carrier.parts}; it is whole."
    print_lines(_sentences(start, carrier.messages, reading))


# -- parts ---------------------------------------------------------------------------------------


def _other(reading: Reading, name: str) -> str:
    party = party_named(reading.charter, name)
    if party is None or party.id == reading.folder.party:
        others = ", ".join(
            reading.charter.party(one).capital["en"]
            for one in reading.charter.order("en", reading.folder.party)
            if one != reading.folder.party
        )
        raise Unclear(f"--to {name}: no other capital is called so; there are {others}.")
    return party.id


def _read(reading: Reading, file: Path) -> tuple[bytes, Carrier]:
    size = file.stat().st_size
    if size > MAX_CARRIER:
        raise NodeError(f"{file}: longer than {MAX_CARRIER:,} bytes; it is no carrier file.")
    data, peer = file.read_bytes(), reading.peer
    try:
        return data, read_carrier(
            data, reading.founding, peer.origin, lambda first: party_keys(peer, first)
        )
    except RecordError as fault:
        raise NodeError(f"{file}: {fault}") from fault


def _place(reading: Reading, party: str) -> Path:
    return reading.folder.path / "carried" / party


def _word(reading: Reading, party: str) -> Heads | None:
    """What a party's last file told of its copy; None if there was none."""
    place = _place(reading, party)
    if not place.exists():
        return None
    try:
        [word] = decode_batch(place.read_bytes())
    except (PeerError, ValueError) as fault:
        raise NodeError(f"{place}: cannot be read; remove it, or use --all.") from fault
    return word if isinstance(word, Heads) else None


def _keep_word(reading: Reading, party: str, carrier: Carrier) -> None:
    held, word = _word(reading, party), carrier.word
    assert word is not None
    if held is None or held.now <= word.now:
        place = _place(reading, party)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        write_durably(place, encode_batch([word]), 0o600)


def _now(reading: Reading) -> int:
    return reading.peer.now if reading.founding.demonstration else time.time_ns() // 1_000_000


def _capital(reading: Reading, party: str) -> str:
    return reading.charter.party(party).capital["en"]


def _counts(messages: list[Message] | tuple[Message, ...]) -> dict[str, object]:
    """What messages bring: lines by the origin of their book, and how many of the rest."""
    lines: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in messages:
        match one:
            case Growth():
                lines[one.origin] += len(one.entries)
            case Acts():
                counts["texts"] += len(one.acts)
            case Tombstones():
                counts["erasures"] += len(one.stones)
            case Cosigned():
                counts["co-signatures"] += 1
            case Misconduct():
                counts["proofs of two histories"] += 1
    return {"lines": dict(sorted(lines.items())), **dict(sorted(counts.items()))}


def _sentences(
    start: str, messages: list[Message] | tuple[Message, ...], reading: Reading
) -> Iterator[str]:
    yield from paragraph(start, 0)
    counts = _counts(messages)
    lines = counts.pop("lines")
    assert isinstance(lines, dict)
    books = [
        f"{count} of {_capital(reading, reading.founding.member(origin).name)}"
        for origin, count in lines.items()
        if count
    ]
    rest = [f"{word}: {count}" for word, count in counts.items()]
    yield from paragraph(
        f"Lines: {', '.join(books) or 'none'}; {', '.join(rest)}".rstrip("; ") + "."
    )
    yield from paragraph(_OPEN)
    if reading.founding.demonstration:
        yield from paragraph("DEMO: nothing in it is a real act.")
