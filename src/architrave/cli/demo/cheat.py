"""The attempt to rewrite a book, on copies: a second history, and an old copy of a folder.

Both use what a dishonest capital really has: its own node key, and its own earlier files. The
copies of the other nodes are real processes that reach nobody, so nothing here touches the play.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from architrave.cli.demo.cast import Round
from architrave.cli.demo.stage import Node, Stage, free_ports
from architrave.node.errors import NodeError
from architrave.node.folder import write_durably
from architrave.node.signing import MESSAGES, NONCE, RequestSigner
from architrave.peer.messages import Growth, encode_batch
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.entries import Header, sign_entry
from architrave.record.equivocation import check_equivocation
from architrave.record.errors import RecordError
from architrave.record.history import Branch
from architrave.record.keys import PrivateKey
from architrave.record.notes import format_note
from architrave.record.tree import Tree, leaf_hash

__all__ = ["Rewriting", "copy_node", "rewritten", "try_rewriting"]

_UNREACHABLE = "http://127.0.0.1:9"  # the discard port: nobody listens


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What became of one capital's second history, in which the line `left_out` never was.

    `refused_by` took nothing of it; `proved_by` wrote a portable proof that convicts the log; and
    `old_copy_says` is why the old copy of the capital's folder signs nothing, empty if it signs.
    """

    party: str
    left_out: int
    refused_by: tuple[str, ...]
    proved_by: tuple[str, ...]
    old_copy_says: str


def copy_node(stage: Stage, node: Node, place: Path, port: int = 0) -> Node:
    """Copy a node's folder as it is now; the copy knows nobody's address but its own."""
    shutil.copytree(
        node.folder, place, ignore=shutil.ignore_patterns("record.db*", "lock", "node.log")
    )
    # Through SQLite itself: the node may be writing.
    with (
        closing(sqlite3.connect(node.folder / "record.db")) as source,
        closing(sqlite3.connect(place / "record.db")) as target,
    ):
        source.backup(target)
    copy = Node(node.party, place, port)
    settings = json.loads((place / "node.json").read_text(encoding="utf-8"))
    settings["addresses"] = {party: _UNREACHABLE for party in stage.nodes}
    settings["addresses"][node.party] = copy.url
    write_durably(place / "node.json", json.dumps(settings, indent=1).encode() + b"\n")
    return copy


def rewritten(branch: Branch, left_out: int, key: PrivateKey) -> tuple[list[bytes], bytes]:
    """A log without one of its lines: the entries from there on, and the checkpoint of them all.

    Everything is signed with the log's own node key, as only its capital can.
    """
    tree = branch.tree.copy_prefix(left_out)
    entries = []
    for old in branch.entries[left_out + 1 :]:
        header = old.header
        entry = sign_entry(
            Header(
                log=header.log,
                n=header.n - 1,
                t=header.t,
                key=header.key,
                seen=header.seen,
                seal=header.seal,
                to=header.to,
            ),
            key,
        )
        tree.append(leaf_hash(entry.data))
        entries.append(entry.data)
    return entries, _note(branch.origin, tree, key)


def _note(origin: str, tree: Tree, key: PrivateKey) -> bytes:
    checkpoint = Checkpoint(origin, len(tree), tree.root())
    return format_note(checkpoint.text, [sign_checkpoint(checkpoint, key)])


def _line_to_leave_out(branch: Branch) -> int:
    """The last act of the book that names nothing new of the others: leaving it out is easiest."""
    for entry in reversed(branch.entries[1:]):
        if not entry.header.receipt and not entry.header.seen:
            return entry.header.n
    raise NodeError(f"{branch.origin}: no line can be left out.")


def try_rewriting(stage: Stage, turn: Round, old: Node, place: Path) -> Rewriting:
    """One capital offers a second history to copies of the others, and starts an old copy."""
    live = stage.nodes[turn.out]
    branch = stage.reading(live).history.main(stage.founding.named(turn.out).origin)
    key = PrivateKey(stage.draw(turn.out, "node"))
    left_out = _line_to_leave_out(branch)
    entries, note = rewritten(branch, left_out, key)
    growth = Growth(branch.origin, left_out, entries, branch.size - 1, note)

    ports = free_ports(3, stage.ports[-1] + 1)
    copies = [
        copy_node(stage, stage.nodes[party], place / party, port)
        for party, port in zip((turn.acts, turn.told), ports[1:], strict=True)
    ]
    _move(old, ports[0])
    tokens = _copy_tokens(stage, place)
    started = [*copies, old]
    try:
        for node in started:
            stage.start(node, tokens / node.party)
        stage.await_start(started)
        for node in copies:
            _offer(stage, node, branch.origin, key, growth)
        stage.rest(copies)
        refused = tuple(node.party for node in copies if _refused(stage, node, branch))
        proved = tuple(node.party for node in copies if _proved(stage, node, turn.out))
        says = (stage.status(old) or {}).get("signs", "")
    finally:
        for node in started:
            stage.kill(node)
    return Rewriting(turn.out, left_out, refused, proved, "" if says == "yes" else str(says))


def _move(node: Node, port: int) -> None:
    """Give a copy an address of its own."""
    node.port = port
    settings = json.loads((node.folder / "node.json").read_text(encoding="utf-8"))
    settings["addresses"][node.party] = node.url
    write_durably(node.folder / "node.json", json.dumps(settings, indent=1).encode() + b"\n")


def _copy_tokens(stage: Stage, place: Path) -> Path:
    """The tokens as they are now; each lies outside the folder that it guards."""
    return Path(shutil.copytree(stage.root / "tokens", place / "tokens"))


def _offer(stage: Stage, node: Node, origin: str, key: PrivateKey, growth: Growth) -> None:
    """Send the second history as the capital's own node would, with the nonce it is told."""
    url, body = f"{node.url}{MESSAGES}", encode_batch([growth])
    signer, to = RequestSigner(lambda: (origin, key)), stage.founding.named(node.party).origin
    answer = stage.web.post(url, content=body, headers=signer.headers("POST", url, body, to))
    if answer.status_code == 401:
        headers = signer.headers("POST", url, body, to, answer.headers.get(NONCE, ""))
        answer = stage.web.post(url, content=body, headers=headers)
    if answer.status_code != 204:
        raise NodeError(f"{url}: answered {answer.status_code}: {answer.text[:100]}")


def _refused(stage: Stage, node: Node, branch: Branch) -> bool:
    """Say whether a copy still holds the first history, and only that."""
    branches = stage.reading(node).history.branches[branch.origin]
    return len(branches) == 1 and [one.data for one in branches[0].entries] == [
        one.data for one in branch.entries
    ]


def _proved(stage: Stage, node: Node, party: str) -> bool:
    """Say whether the proof that a copy serves convicts the log of a party."""
    answer = stage.web.get(f"{node.url}/record/proofs/{party.lower()}.json")
    if answer.status_code != 200:
        return False
    try:
        check_equivocation(answer.content, stage.founding.named(party).log_key)
    except RecordError:
        return False
    return True
