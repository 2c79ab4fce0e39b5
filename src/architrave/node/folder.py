"""A node's folder: what lies in it, and the one lock on it.

    node.json      party, address, where the token lies, addresses of the others
    request.json   public keys, for the founding
    founding.json  the founding, signed by every party
    charter.toml   the charter whose digest the founding names
    keys/          node, cosigner, mldsa, party, and officers' keys: 32 bytes in hex, readable by
                   the owner
    record.db      the record, unless node.json names a PostgreSQL database for it
    accounts.db    who may sign in at the workspace, where that is installed
    lock           held while a process runs
    restored       may be there: the folder was brought back from a backup, and has not signed since

The *token* lies outside the folder: the last signed size and root of this node's log. A copy of the
folder that is older than the token is recognised and signs nothing. Beside the token lies its own
lock, so that two copies of a folder do not run at once on one token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from architrave.charter.errors import CharterError
from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.node.databases import Record
from architrave.node.durable import held, read_bytes, read_text, write_durably
from architrave.node.errors import FolderFault
from architrave.node.token import Token
from architrave.record.errors import RecordError
from architrave.record.founding import Founding, read_founding
from architrave.record.keys import KEY_SIZE, PrivateKey
from architrave.record.mldsa import MldsaPrivateKey

__all__ = ["ACCOUNTS", "RESTORED", "Folder", "Token", "read_key", "write_durably", "write_key"]


RESTORED = "restored"
ACCOUNTS = "accounts.db"
_SETTINGS = frozenset(
    "addresses contact database domain hosts language listen party token url witnesses".split()
)
_CONTACT = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+|https?://[^\s<>/]+(?:/[^\s<>]*)?")


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths in a node's folder, and its settings."""

    path: Path

    @property
    def database(self) -> Path:
        """The file of the record, unless it lies elsewhere (`record`)."""
        return self.path / "record.db"

    @property
    def record(self) -> Record:
        """Where the record lies: `database` in node.json, else record.db in this folder."""
        return self.setting("database") if "database" in self.settings() else self.database

    @property
    def accounts(self) -> Path:
        """The file of those who may sign in; it never lies in the record's database."""
        return self.path / ACCOUNTS

    @property
    def restored(self) -> bool:
        """True if it was brought back from a backup and has signed nothing since."""
        return (self.path / RESTORED).exists()

    def signed_again(self) -> None:
        """Note that the log was refilled and the node has signed; OSError if that fails."""
        (self.path / RESTORED).unlink(missing_ok=True)

    def setting(self, name: str) -> str:
        """A text from node.json; FolderFault if it is not there."""
        settings = self.settings()
        if not isinstance(settings.get(name), str):
            raise FolderFault(f"{self.path / 'node.json'}: {name}: expected text.")
        return str(settings[name])

    def settings(self) -> dict[str, object]:
        """node.json, decoded."""
        place = self.path / "node.json"
        text = read_text(
            place, f"{self.path}: no node lives here; `architrave node init` makes one."
        )
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as fault:
            raise FolderFault(f"{place}: not JSON ({fault}).") from fault
        if not isinstance(value, dict):
            raise FolderFault(f"{place}: expected an object.")
        for name in value:
            if name not in _SETTINGS:
                raise FolderFault(f"{place}: the field {name!r} is not known here.")
        return value

    def addresses(self, founding: Founding) -> dict[str, str]:
        """Where each party's node is reached: as node.json says, else as the founding says."""
        given = self.settings().get("addresses", {})
        place = self.path / "node.json"
        if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
            raise FolderFault(f"{place}: addresses: expected an address for each party.")
        strangers = sorted(set(given) - {one.name for one in founding.members})
        if strangers:
            raise FolderFault(f"{place}: addresses: {strangers[0]!r} is no party of the founding.")
        return {one.name: str(given.get(one.name, one.url)) for one in founding.members}

    @property
    def contact(self) -> str:
        """Where the public may write, a mail or web address; empty if node.json names none."""
        if "contact" not in self.settings():
            return ""
        contact = self.setting("contact")
        if not _CONTACT.fullmatch(contact):
            raise FolderFault(
                f"{self.path / 'node.json'}: contact: expected a mail address or a web address."
            )
        return contact

    def language(self, known: Collection[str]) -> str:
        """The language of this capital, one of the charter's; empty if node.json has none."""
        if "language" not in self.settings():
            return ""
        language = self.setting("language")
        if language not in known:
            raise FolderFault(
                f"{self.path / 'node.json'}: language: expected one of {', '.join(known)}, "
                f"found {language!r}."
            )
        return language

    def listens(self, founding: Founding) -> str:
        """Where this node's own process listens: `listen` in node.json, else its address."""
        if "listen" in self.settings():
            return self.setting("listen")
        return self.addresses(founding)[self.party]

    def token(self, instead: Path | None = None) -> Token:
        """The token, where node.json says or `instead`; FolderFault if that is in this folder."""
        place = instead or self.path / self.setting("token")
        if place.resolve().is_relative_to(self.path.resolve()):
            raise FolderFault(
                f"{place}: the token lies inside the folder, so a copy of the folder would take it "
                "along; keep it outside."
            )
        return Token(place)

    @property
    def party(self) -> str:
        """The charter's id of the party whose node this is."""
        return self.setting("party")

    def key(self, name: str) -> PrivateKey:
        """A key from keys/; FolderFault if it is missing or is no key."""
        return read_key(self.path / "keys" / f"{name}.key")

    def mldsa_key(self) -> MldsaPrivateKey:
        """The ML-DSA-44 cosigner key; FolderFault if it is missing or is no key."""
        return MldsaPrivateKey(_read_seed(self.path / "keys" / "mldsa.key"))

    def officer_keys(self) -> dict[str, PrivateKey]:
        """The officers' keys that lie here, by seat."""
        folder = self.path / "keys" / "officers"
        found = {}
        for file in sorted(folder.glob("*.key")):
            found[file.stem.replace(".", "/")] = read_key(file)
        return found

    def founding_bytes(self) -> bytes:
        """The signed founding file."""
        return read_bytes(
            self.path / "founding.json",
            f"{self.path}: not founded yet; `architrave node found` makes founding.json.",
        )

    def founding(self) -> Founding:
        """The founding, checked."""
        try:
            return read_founding(self.founding_bytes())
        except RecordError as fault:
            raise FolderFault(f"{self.path / 'founding.json'}: {fault}") from fault

    def charter_text(self) -> str:
        """The charter file."""
        file = self.path / "charter.toml"
        return read_text(file, f"{file}: the charter is missing.")

    def charter(self) -> Charter:
        """The charter, checked."""
        file = self.path / "charter.toml"
        try:
            return parse_charter(self.charter_text(), file.name)
        except CharterError as fault:
            raise FolderFault(f"{file}: the charter does not check. {fault}") from fault

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; FolderInUse if another process does."""
        with held(self.path / "lock", f"{self.path}: another process runs this node."):
            yield


def write_key(path: Path, seed: bytes) -> None:
    """Write a key that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_durably(path, seed.hex().encode() + b"\n", 0o600)


def read_key(path: Path) -> PrivateKey:
    """Read an Ed25519 key; FolderFault if there is none, it is none, or others may read it too."""
    return PrivateKey(_read_seed(path))


def _read_seed(path: Path) -> bytes:
    text = read_text(path, f"{path}: the key is missing.")
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise FolderFault(
            f"{path}: others than its owner may read this key (mode {mode:o}); allow 600 only."
        )
    try:
        seed = bytes.fromhex(text.strip())
    except ValueError:
        seed = b""
    if len(seed) != KEY_SIZE:
        raise FolderFault(f"{path}: expected a key of 32 bytes in hex.")
    return seed
