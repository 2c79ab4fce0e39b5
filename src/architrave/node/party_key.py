"""The offline party key under a passphrase.

File: JSON with `v` (1), `key` ("party"), `public` (base64, so that anybody sees whose it is), `kdf`
("argon2id"), `ops` and `mem` (its costs), `salt` and `box` (base64): the 32-byte seed in the
authenticated secret box of libsodium, under a key that Argon2id draws from the passphrase. A key in
plain hexadecimal, as `node init` writes it, is read too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from nacl import pwhash, secret
from nacl.exceptions import CryptoError

from architrave.node.durable import read_text, write_durably
from architrave.node.errors import FolderFault
from architrave.node.folder import read_key
from architrave.record import b64
from architrave.record.errors import RecordError
from architrave.record.keys import PrivateKey

__all__ = ["LEAST", "is_sealed", "open_party_key", "read_seed", "seal_party_key"]

LEAST = 12
"""Characters that a passphrase has at least."""

_OPS = pwhash.argon2id.OPSLIMIT_MODERATE
_MEM = pwhash.argon2id.MEMLIMIT_MODERATE
_MOST_OPS, _MOST_MEM = 16, 1 << 30
_FIELDS = {"v", "key", "public", "kdf", "ops", "mem", "salt", "box"}


def is_sealed(path: Path) -> bool:
    """Say whether a key file is under a passphrase."""
    return read_text(path, f"{path}: the key is missing.").lstrip().startswith("{")


def seal_party_key(path: Path, seed: bytes, passphrase: str, salt: bytes) -> None:
    """Write a seed under a passphrase, for its owner only; `salt` is 16 random bytes.

    FolderFault if the passphrase is too short.
    """
    if len(passphrase) < LEAST:
        raise FolderFault(f"the passphrase is too short: at least {LEAST} characters.")
    box = secret.SecretBox(_drawn(passphrase, salt, _OPS, _MEM)).encrypt(seed)
    value = {
        "v": 1,
        "key": "party",
        "public": PrivateKey(seed).public.text,
        "kdf": "argon2id",
        "ops": _OPS,
        "mem": _MEM,
        "salt": b64.encode(salt),
        "box": b64.encode(bytes(box)),
    }
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_durably(path, json.dumps(value, indent=1).encode() + b"\n", 0o600)


def open_party_key(path: Path, passphrase: Callable[[], str]) -> PrivateKey:
    """The key in a file; the passphrase is asked for only if the file is under one.

    FolderFault, in one sentence, for a file that is none or is open to others, or for a passphrase
    that does not open it: nobody learns which part of it was wrong.
    """
    if not is_sealed(path):
        return read_key(path)
    return PrivateKey(read_seed(path, passphrase()))


def read_seed(path: Path, passphrase: str) -> bytes:
    """The 32-byte seed in a file under a passphrase; FolderFault as for `open_party_key`."""
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise FolderFault(
            f"{path}: others than its owner may read this key (mode {mode:o}); allow 600 only."
        )
    value = _fields(path)
    try:
        salt, box = b64.decode(str(value["salt"])), b64.decode(str(value["box"]))
        ops, mem = int(str(value["ops"])), int(str(value["mem"]))
    except (RecordError, ValueError) as fault:
        raise FolderFault(f"{path}: expected a key under a passphrase.") from fault
    if not (0 < ops <= _MOST_OPS and 8_192 <= mem <= _MOST_MEM):
        raise FolderFault(f"{path}: the costs of its passphrase are beyond what is allowed.")
    try:
        seed = secret.SecretBox(_drawn(passphrase, salt, ops, mem)).decrypt(box)
        fits = PrivateKey(bytes(seed)).public.text == value["public"]
    except (CryptoError, ValueError, RecordError) as fault:
        raise FolderFault(f"{path}: this passphrase does not open it.") from fault
    if not fits:
        raise FolderFault(f"{path}: the key in it is not the one that it names.")
    return bytes(seed)


def _fields(path: Path) -> dict[str, object]:
    try:
        value = json.loads(read_text(path, f"{path}: the key is missing."))
    except (ValueError, RecursionError) as fault:
        raise FolderFault(f"{path}: expected a key under a passphrase.") from fault
    if not isinstance(value, dict) or set(value) != _FIELDS:
        raise FolderFault(f"{path}: expected a key under a passphrase.")
    if (value["v"], value["key"], value["kdf"]) != (1, "party", "argon2id"):
        raise FolderFault(f"{path}: of a form that this version does not know.")
    return value


def _drawn(passphrase: str, salt: bytes, ops: int, mem: int) -> bytes:
    return pwhash.argon2id.kdf(
        secret.SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=ops, memlimit=mem
    )
