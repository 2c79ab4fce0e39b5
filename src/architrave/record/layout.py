"""Where each file of an exported record lies, and the text that goes with it.

Paths are relative, with ``/`` between the parts::

    founding.json                     signed by every party
    charter.toml                      the file whose digest the founding names
    README.txt                        what `readme` gives for that founding
    <party>/checkpoint                a note: signed by the log, cosigned by the others
    <party>/checkpoint.signed         may be absent: a later checkpoint, signed by the log alone
    <party>/tile/...                  as `tiles` names them, for the later of the two checkpoints
    acts/<seal, 64 hex digits>        the salt (32 bytes), then the act
    tombstones/<seal>                 may be absent: what stands in place of an act that was erased
    <party>/succession.<generation>   may be absent: how the log goes on under a later name
    <party>/witness.<key ID>          may be absent: what an outside witness has attested
    proofs/<party>.json               may be absent: a portable proof of two faces

``<party>`` is the party's name in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from architrave.record.errors import Malformed
from architrave.record.founding import Founding, Member
from architrave.record.tiles import TILE_WIDTH, entries_path, tile_path, tiles_of

__all__ = [
    "ACTS",
    "CHARTER",
    "FOUNDING",
    "README",
    "TOMBSTONES",
    "act_path",
    "check_folders",
    "checkpoint_path",
    "folder_of",
    "proof_path",
    "readme",
    "signed_path",
    "succession_path",
    "tile_belongs",
    "tile_paths",
    "tombstone_path",
]

FOUNDING = "founding.json"
CHARTER = "charter.toml"
README = "README.txt"
ACTS = "acts/"
TOMBSTONES = "tombstones/"

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN = frozenset({"acts", "proofs", "tombstones"})


def folder_of(member: Member) -> str:
    """The folder of a party's log; Malformed if the party's name makes no plain folder name."""
    folder = member.name.lower()
    if not _PLAIN.fullmatch(folder) or folder in _TAKEN:
        raise Malformed(
            f"founding file: members: {member.name!r} cannot name a folder"
            " (letters and digits of ASCII, with single hyphens between; not acts, proofs,"
            " tombstones)."
        )
    return folder


def check_folders(founding: Founding) -> None:
    """Return if each party of the founding has a folder of its own; Malformed otherwise."""
    folders = [folder_of(member) for member in founding.members]
    for folder in folders:
        if folders.count(folder) > 1:
            raise Malformed(f"founding file: members: two parties share the folder {folder}.")


def checkpoint_path(folder: str) -> str:
    """The path of a log's cosigned checkpoint."""
    return f"{folder}/checkpoint"


def signed_path(folder: str) -> str:
    """The path of a log's later checkpoint that only the log has signed."""
    return f"{folder}/checkpoint.signed"


def succession_path(folder: str, generation: int) -> str:
    """The path of the title under which a log goes on as that of a later generation."""
    return f"{folder}/succession.{generation}"


def act_path(seal: bytes) -> str:
    """The path of an act by its seal (32 bytes)."""
    return f"{ACTS}{seal.hex()}"


def tombstone_path(seal: bytes) -> str:
    """The path of the tombstone of an act by its seal (32 bytes)."""
    return f"{TOMBSTONES}{seal.hex()}"


def proof_path(folder: str) -> str:
    """The path of the portable proof that a log has two faces."""
    return f"proofs/{folder}.json"


def tile_paths(folder: str, size: int) -> Iterator[str]:
    """The paths of the bundles and tiles of a log of `size`: bundles first, then tiles."""
    for level, index, width in tiles_of(size):
        if level > 0:
            break
        yield f"{folder}/{entries_path(index, width)}"
    for level, index, width in tiles_of(size):
        yield f"{folder}/{tile_path(level, index, width)}"


def tile_belongs(size: int, level: int, index: int, width: int) -> bool:
    """Say whether a log of `size` has this tile, or on level 0 this bundle."""
    full, rest = divmod(size >> (8 * level), TILE_WIDTH)
    return (width == TILE_WIDTH and index < full) or (0 < width == rest and index == full)


def _policy_lines(member: Member) -> str:
    """A member's keys as lines of a policy (C2SP tlog-policy)."""
    first, *more = member.cosigners
    lines = f"log {member.log_key.text}\nwitness {member.name} {first.text}\n"
    return lines + "".join(f"witness {member.name}/ML-DSA-44 {key.text}\n" for key in more)


def readme(founding: Founding) -> bytes:
    """The text that lies in every export under this founding, UTF-8."""
    warning = (
        f"DEMO{', TABLE-TOP' if founding.tabletop else ''}: this record was made for a "
        "demonstration. Its signatures mean nothing.\n\n"
        if founding.demonstration
        else ""
    )
    names = ", ".join(member.name for member in founding.members)
    keys = "".join(map(_policy_lines, founding.members))
    text = f"""{warning}This folder holds the record of one institution, for anyone to check.

Institution: {founding.id}
Parties: {names}

What lies here
  founding.json            who the parties are and their keys, signed by each of them
  charter.toml             the charter, whose digest the founding names
  <party>/checkpoint       how long that party's log is and its root, signed by it and the others
  <party>/tile/            the log itself, as C2SP tlog-tiles
  acts/                    the acts that anyone may read, each after its salt of 32 bytes
  tombstones/              what stands in place of acts whose words were erased, if there are any
  proofs/                  proofs that a log was signed in two versions, if there are any

An act that is not public stands in a log as a seal only; its text is not here.

How to check it
  architrave verify <this folder> --founding <the founding as you got it from a party yourself>

Nobody has to be asked and nothing is fetched. Whoever takes the founding from this folder alone
learns that the record fits together, not that it is the record of those parties.
Other tools for C2SP transparency logs can check the checkpoints and tiles with these keys:

{keys}"""
    return text.encode()
