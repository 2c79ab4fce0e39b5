"""Signed notes (C2SP signed-note).

Wire form: a text that ends in LF, an empty line, then 1 to 64 signature lines (see `vkeys`)::

    This is the text.

    \u2014 example.invalid/key <base64 of key ID || signature>

The note splits at its last empty line, so the text may hold empty lines itself. The whole is valid
UTF-8 of at most 1 MiB without control bytes below 20 (hexadecimal) other than LF. A signature of
type 01 is Ed25519 over the text with its final LF, without the empty line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from architrave.record.cosignatures import COSIGNATURES, verify_cosignature
from architrave.record.errors import BadSignature, Malformed, UnknownSigner
from architrave.record.keys import PrivateKey
from architrave.record.vkeys import (
    KeyType,
    NoteKey,
    NoteSignature,
    check_name,
    parse_signature,
    parse_vkey,
)

__all__ = [
    "MAX_NOTE",
    "MAX_SIGNATURES",
    "KeyType",
    "Note",
    "NoteKey",
    "NoteSignature",
    "check_name",
    "format_note",
    "lines_of",
    "open_note",
    "parse_note",
    "parse_signature_lines",
    "parse_vkey",
    "sign_note",
]

MAX_NOTE = 1 << 20
MAX_SIGNATURES = 64
_CONTROLS = frozenset(range(0x20)) - {0x0A}


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was received: its text, final LF included, and its signature lines in order."""

    text: str
    signatures: tuple[NoteSignature, ...]


# A note is read many times while it travels: by the log, by each witness, by each check.
@lru_cache(maxsize=256)
def parse_note(data: bytes) -> Note:
    """Read a note without verifying it; Malformed if it is not in its one form."""
    _decoded(data, "note")
    end_of_text = data.rfind(b"\n\n")
    if end_of_text < 0:
        raise Malformed("note: expected an empty line between the text and the signatures.")
    text = data[: end_of_text + 1].decode()
    return Note(text, parse_signature_lines(data[end_of_text + 2 :]))


def parse_signature_lines(data: bytes) -> tuple[NoteSignature, ...]:
    """Read 1 to 64 signature lines, as they end a note or answer a request for a cosignature."""
    text = _decoded(data, "signature lines")
    if not text.endswith("\n"):
        raise Malformed("signature lines: expected at least one line, and LF at its end.")
    lines = text[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Malformed(f"signature lines: at most {MAX_SIGNATURES}, found {len(lines)}.")
    return tuple(parse_signature(line + "\n") for line in lines)


def format_note(text: str, signatures: Iterable[NoteSignature]) -> bytes:
    """The bytes of a note; Malformed if `parse_note` would refuse them."""
    _check_text(text)
    lines = "".join(signature.line for signature in signatures)
    data = f"{text}\n{lines}".encode()
    parse_note(data)
    return data


def lines_of(note: Note, keys: Iterable[NoteKey]) -> list[str] | None:
    """The first line that names each of the keys, LF included; None if one of them has none.

    Nothing is verified.
    """
    found = []
    for key in keys:
        line = next((one.line for one in note.signatures if one.names(key)), None)
        if line is None:
            return None
        found.append(line)
    return found


def sign_note(text: str, name: str, key: PrivateKey) -> NoteSignature:
    """The signature of type 01 over `text` by `key` under `name`."""
    _check_text(text)
    named = NoteKey(name, KeyType.NOTE, key.public.raw)
    return NoteSignature(name, named.key_id, key.sign(text.encode()))


def open_note(note: Note | bytes, keys: Collection[NoteKey]) -> tuple[Note, tuple[NoteKey, ...]]:
    """Read and verify a note; return it with the keys that signed it, in the order of the lines.

    Lines by other keys are passed over. BadSignature if a line names one of
    the keys and the signature does not hold; UnknownSigner if no line is by any of the keys;
    Malformed for the form. ValueError if two of the keys share a name and a key ID.
    """
    if isinstance(note, bytes):
        note = parse_note(note)
    named = {(key.name, key.key_id): key for key in set(keys)}
    if len(named) != len(set(keys)):
        raise ValueError("two keys share a name and a key ID")
    signers: dict[NoteKey, None] = {}
    for signature in note.signatures:
        key = named.get((signature.name, signature.key_id))
        if key is not None:
            _verify(note.text, signature, key)
            signers[key] = None
    if not signers:
        raise UnknownSigner("note: none of its signatures is by a key that was asked for.")
    return note, tuple(signers)


def _verify(text: str, signature: NoteSignature, key: NoteKey) -> None:
    if key.kind in COSIGNATURES:
        verify_cosignature(text, signature, key)
    elif not key.verifies(signature.payload, text.encode()):
        raise BadSignature(f"note: the signature of {key.name} is not over this text.")


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise Malformed("note text: expected LF at its end.")
    try:
        _decoded(text.encode(), "note text")
    except UnicodeEncodeError:
        raise Malformed("note text: it holds half of a surrogate pair.") from None


def _decoded(data: bytes, place: str) -> str:
    if len(data) > MAX_NOTE:
        raise Malformed(f"{place}: at most {MAX_NOTE} bytes, found {len(data)}.")
    if not _CONTROLS.isdisjoint(data):
        raise Malformed(f"{place}: a control byte other than LF is not allowed.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"{place}: not UTF-8 at byte {error.start}.") from None
