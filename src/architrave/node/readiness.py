"""Whether a folder is ready to run: everything that can be found wrong before anything is changed.

All of it raises FolderFault with one sentence that names the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from architrave.charter.model import Charter
from architrave.institution.register import Register, RegisterError, read_register
from architrave.node.addresses import address_of
from architrave.node.durable import read_text
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token
from architrave.node.succeeding import later_keys, succeeding_in
from architrave.node.witnesses import witnesses_in
from architrave.peer.peer import Keys
from architrave.peer.succession import Succeeding
from architrave.record.founding import Founding, Member

__all__ = ["Ready", "read_keys", "read_ready", "register_in"]


@dataclass(frozen=True, slots=True)
class Ready:
    """What a node needs to run, checked. `signed` is what the token says; None if it is lost."""

    folder: Folder
    founding: Founding
    charter: Charter
    member: Member
    keys: Keys
    token: Token
    signed: tuple[int, bytes] | None
    addresses: dict[str, str]
    register: Register | None
    succeeding: dict[str, Succeeding]


def read_ready(folder: Folder, token_file: Path | None = None, token_lost: bool = False) -> Ready:
    """Read and check a node's folder, all but the database; changes nothing.

    `token_lost` says that an officer knows the token to be lost: there must then be none.
    """
    founding, charter = folder.founding(), folder.charter()
    if charter.digest != founding.charter:
        raise FolderFault(f"{folder.path}: the charter is not the one that the founding names.")
    names = [member.name for member in founding.members]
    if sorted(names) != sorted(charter.party_ids):
        raise FolderFault(f"{folder.path}: the founding's parties are not the charter's.")
    if folder.party not in names:
        raise FolderFault(
            f"{folder.path / 'node.json'}: the founding knows no party {folder.party!r}; "
            f"it has {', '.join(names)}."
        )
    member = founding.named(folder.party)
    keys = read_keys(folder, founding)
    addresses = folder.addresses(founding)
    for url in addresses.values():
        address_of(url)
    folder.language(charter.languages)
    witnesses_in(folder)
    token = folder.token(token_file)
    signed = _signed(token, token_lost, folder.restored)
    register = register_in(folder, charter)
    succeeding = succeeding_in(folder, founding)
    return Ready(
        folder, founding, charter, member, keys, token, signed, addresses, register, succeeding
    )


def read_keys(folder: Folder, founding: Founding) -> Keys:
    """The keys of a party's node, which are those that the founding names; FolderFault if not.

    Beside them those of its party's later logs, as far as they lie in the folder.
    """
    member = founding.named(folder.party)
    mldsa = folder.mldsa_key() if member.mldsa_key is not None else None
    keys = Keys(folder.key("node"), folder.key("cosigner"), mldsa, later_keys(folder, founding))
    for role, key, public in (
        ("node", keys.node, member.node_key),
        ("cosigner", keys.cosigner, member.cosigner_key),
        ("mldsa", keys.mldsa, member.mldsa_key),
    ):
        if key is not None and key.public != public:
            raise FolderFault(
                f"{folder.path / 'keys' / role}.key: not the key that the founding names."
            )
    return keys


def _signed(token: Token, lost: bool, restored: bool) -> tuple[int, bytes] | None:
    signed = token.read()
    # What was brought back from a backup starts as an old copy, with a token or without.
    if signed is None and not lost and not restored:
        raise FolderFault(
            f"{token.path}: the token is missing, so nobody can tell whether this folder is an old "
            "copy; bring it back, or start with --token-lost: then nothing is signed until every "
            "other capital has told how far it holds this log."
        )
    if signed is not None and lost:
        raise FolderFault(f"{token.path}: the token is there; start without --token-lost.")
    return signed


def register_in(folder: Folder, charter: Charter) -> Register | None:
    """The register in the node's folder, or None; FolderFault if it is not sound."""
    place = folder.path / "register"
    if not place.is_dir():
        return None
    files = {
        file.name: read_text(file, f"{file}: the file has gone.")
        for file in sorted(place.iterdir())
        if file.is_file()
    }
    try:
        return read_register(files, frozenset(charter.party_ids))
    except RegisterError as fault:
        raise FolderFault(f"{place}: {fault}") from fault
