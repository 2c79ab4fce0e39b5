"""Asking outside witnesses to cosign this node's own log (C2SP tlog-witness, as a client).

A witness is the operator's choice, in node.json: ``"witnesses": {"<vkey>": "https://…"}``. It is
no party and has no voice; nothing that the capitals decide waits for one. The newest note that each
has cosigned is kept in the folder, below `witnessed`, and is part of what the node publishes.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import httpx

from architrave.node.addresses import address_of
from architrave.node.durable import read_bytes, write_durably
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder
from architrave.node.runtime import Runtime
from architrave.record.attested import kept_note
from architrave.record.checkpoints import parse_checkpoint, parse_decimal
from architrave.record.cosignatures import parse_cosigner, verify_cosignature
from architrave.record.errors import RecordError
from architrave.record.notes import Note, NoteKey, parse_note, parse_signature_lines
from architrave.record.observing import SIZE_TYPE
from architrave.record.witness import format_add_checkpoint

__all__ = ["Asked", "OutsideWitness", "witnessed_in", "witnesses_in"]

log = logging.getLogger("architrave.witnesses")

_PLACE = "witnessed"
_FIRST, _LONGEST = 1.0, 600.0  # seconds between two looks; doubled after each that failed
_ANSWER = 16_384


@dataclass(frozen=True, slots=True)
class Asked:
    """One witness and where it is asked."""

    key: NoteKey
    url: str

    @property
    def key_id(self) -> str:
        """The key ID in hex, by which its notes are named."""
        return self.key.key_id.hex()


def witnesses_in(folder: Folder) -> tuple[Asked, ...]:
    """The outside witnesses that node.json names; FolderFault, with the place, if one cannot be."""
    place = f"{folder.path / 'node.json'}: witnesses"
    given = folder.settings().get("witnesses", {})
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise FolderFault(f"{place}: expected an address for each witness's key.")
    found: dict[str, Asked] = {}
    for vkey, url in given.items():
        try:
            key = parse_cosigner(vkey)
        except RecordError as fault:
            raise FolderFault(f"{place}: {fault}") from fault
        address_of(url)
        asked = Asked(key, url.rstrip("/"))
        if asked.key_id in found:
            raise FolderFault(f"{place}: two keys share the key ID {asked.key_id}.")
        found[asked.key_id] = asked
    return tuple(found.values())


def witnessed_in(folder: Folder) -> dict[str, bytes]:
    """The notes kept of the witnesses that node.json names, by key ID."""
    found = {}
    for asked in witnesses_in(folder):
        place = _kept_at(folder.path, asked)
        if place.exists():
            found[asked.key_id] = read_bytes(place, f"{place}: the file has gone.")
    return found


def _kept_at(folder: Path, asked: Asked) -> Path:
    return folder / _PLACE / asked.key_id


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is put before a witness: the note, and the proof from the size that it holds."""

    note: Note
    size: int
    body: bytes


class _Refused(Exception):
    """A witness does not cosign; why, in a sentence."""


class OutsideWitness(threading.Thread):
    """Asks one witness whenever the log has grown; `size`, `at` and `fault` tell how it stands.

    `size` is how many lines it has cosigned, `at` when (ms, this node's clock); `fault` is why the
    last question failed, empty if it did not.
    """

    def __init__(self, asked: Asked, folder: Path, runtime: Runtime) -> None:
        super().__init__(name=f"witness {asked.key.name}", daemon=True)
        self.asked, self.runtime = asked, runtime
        self._place = _kept_at(folder, asked)
        self._stopping = threading.Event()
        self.size, self.at, self.fault = 0, 0, ""
        if asked.key_id in runtime.attested:
            note = parse_note(runtime.attested[asked.key_id])
            self.size = parse_checkpoint(note.text).size

    @property
    def standing(self) -> dict[str, object]:
        """How it stands, as `node status` tells it."""
        return {"lines": self.size, "at": self.at, "fault": self.fault}

    def close(self) -> None:
        """End at the next chance."""
        self._stopping.set()

    def run(self) -> None:
        """Ask, and wait; longer after each failure."""
        pause = _FIRST
        with httpx.Client(timeout=httpx.Timeout(10.0, connect=3.0), trust_env=False) as client:
            while not self._stopping.wait(pause):
                try:
                    self.look(client)
                    pause, self.fault = _FIRST, ""
                except (_Refused, httpx.HTTPError, RecordError, OSError) as fault:
                    self._note_fault(str(fault) or type(fault).__name__)
                    pause = min(2 * pause, _LONGEST)

    def _note_fault(self, fault: str) -> None:
        if fault != self.fault:
            log.warning("%s (%s): %s", self.asked.key.name, self.asked.url, fault)
        self.fault = fault

    def look(self, client: httpx.Client) -> None:
        """Have the newest checkpoint cosigned, if it covers more than the last one.

        _Refused, or what httpx raises, if that fails.
        """
        ask = self._ask(self.size)
        if ask is None:
            return
        answer = self._post(client, ask)
        if answer.status_code == 409 and _kind(answer) == SIZE_TYPE:
            told = parse_decimal(answer.text.removesuffix("\n"), "the size that the witness holds")
            again = self._ask(told, anew=True)
            if again is None:
                raise _Refused(
                    f"it holds {told} lines of this log, more than this node, which is an old copy "
                    "or has signed twice."
                )
            ask, answer = again, self._post(client, again)
        if answer.status_code != 200:
            said = " ".join(answer.text[:200].split())
            raise _Refused(f"it answers {answer.status_code}: {said}")
        self._keep(ask, answer.text)

    def _ask(self, old: int, anew: bool = False) -> _Ask | None:
        """The newest checkpoint that this node has signed; None if it covers no more than `old`.

        With `anew` one that covers as much will do: the witness has cosigned it, and this node lost
        its answer.
        """
        with self.runtime.reading() as peer:
            replica = peer.replicas[peer.log]
            if not replica.note or replica.proof is not None:
                return None
            note = parse_note(replica.note)
            checkpoint = parse_checkpoint(note.text)
            size, tree = checkpoint.size, replica.branch.tree
            if not old + (not anew) <= size <= replica.branch.size:
                return None
            proof = tree.consistency(old, size) if 0 < old < size else []
            bare = kept_note(note, replica.key, "")
        return _Ask(note, size, format_add_checkpoint(old, proof, bare))

    def _post(self, client: httpx.Client, ask: _Ask) -> httpx.Response:
        url = f"{self.asked.url}/add-checkpoint"
        request = client.build_request("POST", url, content=ask.body)
        answer = client.send(request, stream=True)
        try:
            data = b""
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > _ANSWER:
                    raise _Refused(f"its answer is longer than {_ANSWER} bytes.")
        finally:
            answer.close()
        return httpx.Response(answer.status_code, headers=answer.headers, content=data)

    def _keep(self, ask: _Ask, text: str) -> None:
        """Check the lines, keep the note, and only then count it."""
        lines = parse_signature_lines(text.encode())
        mine = [one for one in lines if one.names(self.asked.key)]
        if not mine:
            raise _Refused(f"its answer bears no line of {self.asked.key.name}.")
        for one in mine:
            verify_cosignature(ask.note.text, one, self.asked.key)
        with self.runtime.reading() as peer:
            key = peer.replicas[ask.note.text.split("\n", 1)[0]].key
        kept = kept_note(ask.note, key, mine[-1].line)
        self._place.parent.mkdir(exist_ok=True)
        write_durably(self._place, kept)
        self.runtime.attested = {**self.runtime.attested, self.asked.key_id: kept}
        self.size, self.at = ask.size, self.runtime.clock()


def _kind(answer: httpx.Response) -> str:
    return answer.headers.get("content-type", "").split(";")[0].strip()
