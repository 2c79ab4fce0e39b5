"""Making a node, and founding an institution from the requests of its parties.

Each capital runs `init`, which draws its keys and writes `request.json` (public keys only). Each
then gives all requests to `found`, which writes its own signature of the founding; with the
signatures of all it writes `founding.json`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from architrave.charter.errors import CharterError
from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, write_durably, write_key
from architrave.record import canonical
from architrave.record.errors import RecordError
from architrave.record.fields import Fields
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    Founding,
    Member,
    join_founding,
    log_origin,
    read_founding,
    sign_part,
)
from architrave.record.keys import PrivateKey, PublicKey

__all__ = ["Seeds", "found", "make_node", "random_seeds"]

_ROLES = ("party", "node", "cosigner")


@dataclass(frozen=True, slots=True)
class Seeds:
    """32 random bytes for each key of a node."""

    party: bytes
    node: bytes
    cosigner: bytes


def random_seeds() -> Seeds:
    """Fresh seeds."""
    return Seeds(os.urandom(32), os.urandom(32), os.urandom(32))


def make_node(
    path: Path, party: str, charter: Path, domain: str, url: str, token: Path, seeds: Seeds
) -> None:
    """Make a node's folder with keys and a request. FolderFault if it is not empty, or the charter
    does not check or does not know the party; then nothing is written.
    """
    if path.exists() and any(path.iterdir()):
        raise FolderFault(f"{path}: the folder is not empty.")
    checked = _charter(charter)
    if party not in checked.party_ids:
        known = ", ".join(checked.party_ids)
        raise FolderFault(f"{charter}: the charter knows no party {party!r}; it has {known}.")
    path.mkdir(parents=True, exist_ok=True)
    for role in _ROLES:
        write_key(path / "keys" / f"{role}.key", getattr(seeds, role))
    write_durably(path / "charter.toml", charter.read_bytes())
    settings = {"party": party, "url": url, "token": str(token), "domain": domain}
    write_durably(path / "node.json", json.dumps(settings, indent=1).encode() + b"\n")
    request = {
        "v": 1,
        "request": {
            "charter": checked.digest,
            "domain": domain,
            "name": party,
            "url": url,
            **{f"{role}_key": PrivateKey(getattr(seeds, role)).public.text for role in _ROLES},
        },
    }
    write_durably(path / "request.json", canonical.dump(request))


def _charter(path: Path) -> Charter:
    try:
        return parse_charter(path.read_text(encoding="utf-8"), path.name)
    except OSError as fault:
        raise FolderFault(f"{path}: the charter cannot be read ({fault.strerror}).") from fault
    except CharterError as fault:
        raise FolderFault(f"{path}: the charter does not check. {fault}") from fault


def found(path: Path, files: Iterable[Path]) -> str:
    """Take requests and signatures; write this party's signature, or the founding if all are there.

    Returns one sentence that says what was done and what is missing.
    """
    folder = Folder(path)
    requests: dict[str, Fields] = {}
    parts: dict[str, str] = {}
    for file in files:
        _sort(file, requests, parts)
    charter = folder.charter()
    missing = [party for party in charter.party_ids if party not in requests]
    if missing:
        raise FolderFault(f"the requests of {', '.join(missing)} are missing.")
    domain = folder.setting("domain")
    members = tuple(_member(party, requests[party], charter, domain) for party in charter.party_ids)
    founding = Founding(domain, charter.digest, domain == DEMONSTRATION_DOMAIN, members)
    if founding.named(folder.party).party_key != folder.key("party").public:
        raise FolderFault(f"{path}: the request of {folder.party} names another party key.")
    parts[folder.party] = sign_part(founding, folder.key("party"))
    waiting = [party for party in charter.party_ids if party not in parts]
    if waiting:
        part = {"v": 1, "signature": {"name": folder.party, "signature": parts[folder.party]}}
        write_durably(path / "signature.json", canonical.dump(part))
        return f"signed; the signatures of {', '.join(waiting)} are still to come."
    data = join_founding(founding, parts)
    try:
        read_founding(data)
    except RecordError as fault:
        raise FolderFault(str(fault)) from fault
    write_durably(path / "founding.json", data)
    return f"founded: institution {founding.id}."


def _sort(file: Path, requests: dict[str, Fields], parts: dict[str, str]) -> None:
    try:
        fields = Fields.of(canonical.load(file.read_bytes()), str(file))
        fields.require_integer("v", 1)
        if fields.has("request"):
            inner = fields.fields("request")
            requests[inner.text("name")] = inner
        else:
            inner = fields.fields("signature")
            parts[inner.text("name")] = inner.text("signature")
        fields.end()
    except OSError as fault:
        raise FolderFault(f"{file}: cannot be read ({fault.strerror}).") from fault
    except RecordError as fault:
        raise FolderFault(f"{file}: {fault}") from fault


def _member(party: str, request: Fields, charter: Charter, domain: str) -> Member:
    name = request.place
    try:
        if request.text("charter") != charter.digest:
            raise FolderFault(f"{name}: made for another charter than this node's.")
        if request.text("domain") != domain:
            raise FolderFault(f"{name}: made for another institution than this node's.")
        keys = {role: PublicKey.parse(request.text(f"{role}_key")) for role in _ROLES}
        url = request.text("url")
        request.end()
    except RecordError as fault:
        raise FolderFault(str(fault)) from fault
    return Member(
        party,
        log_origin(party, domain),
        keys["party"],
        keys["node"],
        keys["cosigner"],
        url,
    )
