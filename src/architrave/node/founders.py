"""Making a node, and founding an institution from the requests of its parties.

Each capital runs `init`, which draws its keys and writes `request.json` (public keys only). Each
then gives all requests to `found`, which writes its own signature of the founding; with the
signatures of all it writes `founding.json`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from architrave.charter.errors import CharterError
from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.node.addresses import address_of
from architrave.node.durable import read_bytes, read_text, write_durably
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, Token, write_key
from architrave.record import canonical
from architrave.record.errors import RecordError
from architrave.record.fields import Fields
from architrave.record.founding import (
    DEMONSTRATION_DOMAINS,
    Founding,
    Member,
    join_founding,
    read_founding,
    sign_part,
)
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.mldsa import MldsaPrivateKey, MldsaPublicKey
from architrave.record.origins import log_origin
from architrave.record.vkeys import check_name

__all__ = ["ROLES", "Seeds", "Step", "found", "make_node", "random_seeds"]

ROLES = ("party", "node", "cosigner", "mldsa")


@dataclass(frozen=True, slots=True)
class Seeds:
    """32 random bytes for each key of a node."""

    party: bytes
    node: bytes
    cosigner: bytes
    mldsa: bytes


def random_seeds() -> Seeds:
    """Fresh seeds."""
    return Seeds(*(os.urandom(32) for _ in ROLES))


def make_node(
    path: Path,
    party: str,
    charter: Path,
    domain: str,
    url: str,
    token: Path,
    seeds: Seeds,
    listen: str = "",
) -> None:
    """Make a node's folder with keys and a request, and its token outside the folder.

    A relative `token` is taken from the folder. FolderFault if the folder is not empty, if a token
    lies there already, if an address, the domain or the charter is not as it must be; then nothing
    is written.
    """
    _require_empty(path)
    checked = _charter(charter)
    if party not in checked.party_ids:
        known = ", ".join(checked.party_ids)
        raise FolderFault(f"{charter}: the charter knows no party {party!r}; it has {known}.")
    _require_names(party, domain)
    address_of(url)
    if listen:
        address_of(listen)
    place = Token(path / token)
    if place.path.resolve().is_relative_to(path.resolve()):
        raise FolderFault(f"{place.path}: the token must lie outside the folder {path}.")
    if place.path.exists():
        raise FolderFault(f"{place.path}: a token lies there already; it belongs to another node.")
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
        _fill(path, party, charter, checked, domain, url, token, seeds, listen)
        place.begin()
    except OSError as fault:
        raise FolderFault(f"{path}: cannot be written ({fault.strerror}).") from fault


def _require_empty(path: Path) -> None:
    try:
        if path.exists() and any(path.iterdir()):
            raise FolderFault(f"{path}: the folder is not empty.")
    except OSError as fault:
        raise FolderFault(f"{path}: cannot be used as a folder ({fault.strerror}).") from fault


def _require_names(party: str, domain: str) -> None:
    """Return if logs can be called so: letters, digits, dots and hyphens, as in a host's name."""
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?", domain):
        raise FolderFault(
            f"domain {domain!r}: expected small letters, digits, dots and hyphens, as in a host's "
            "name."
        )
    try:
        check_name(log_origin(party, domain))
    except RecordError as fault:
        raise FolderFault(f"party {party!r}: {fault}") from fault


def _fill(
    path: Path,
    party: str,
    charter: Path,
    checked: Charter,
    domain: str,
    url: str,
    token: Path,
    seeds: Seeds,
    listen: str,
) -> None:
    for role in ROLES:
        write_key(path / "keys" / f"{role}.key", getattr(seeds, role))
    write_durably(path / "charter.toml", charter.read_bytes())
    write_durably(path / "lock", b"", 0o600)
    settings = {"party": party, "url": url, "token": str(token), "domain": domain}
    if listen:
        settings["listen"] = listen
    write_durably(path / "node.json", json.dumps(settings, indent=1).encode() + b"\n")
    request = {
        "v": 1,
        "request": {
            "charter": checked.digest,
            "domain": domain,
            "name": party,
            "url": url,
            **{f"{role}_key": _public(role, getattr(seeds, role)).text for role in ROLES},
        },
    }
    write_durably(path / "request.json", canonical.dump(request))


def _public(role: str, seed: bytes) -> PublicKey | MldsaPublicKey:
    return MldsaPrivateKey(seed).public if role == "mldsa" else PrivateKey(seed).public


def _charter(path: Path) -> Charter:
    text = read_text(path, f"{path}: the charter is missing.")
    try:
        return parse_charter(text, path.name)
    except CharterError as fault:
        raise FolderFault(f"{path}: the charter does not check. {fault}") from fault


@dataclass(frozen=True, slots=True)
class Step:
    """One step towards a founding: its digest, and the parties whose signatures are to come."""

    institution: str
    waiting: tuple[str, ...]


def found(
    path: Path,
    files: Iterable[Path],
    agreed: str | None = None,
    party_key: PrivateKey | None = None,
) -> Step:
    """Take requests and signatures; write this party's signature, or the founding if all are there.

    `agreed` is the digest on which the capitals have agreed by another way than the one on which
    the files came. Without it only the founding of a demonstration is written. `party_key` signs;
    left out, it is the one in the folder, which must not be under a passphrase. FolderFault, and
    nothing is written, if anything does not fit.
    """
    folder = Folder(path)
    folder.settings()
    with folder.locked():
        given = _Given()
        for file in files:
            given.take(file)
        signing = party_key or folder.key("party")
        founding = _founding(folder, given.requests, signing)
        _require_agreed(path, founding, agreed)
        parts = given.parts
        parts[folder.party] = sign_part(founding, signing)
        waiting = tuple(one.name for one in founding.members if one.name not in parts)
        try:
            _write_step(folder, founding, parts, waiting, agreed)
        except OSError as fault:
            raise FolderFault(f"{path}: cannot be written ({fault.strerror}).") from fault
    return Step(founding.id, waiting)


def _founding(folder: Folder, requests: dict[str, Fields], party_key: PrivateKey) -> Founding:
    """The founding that these requests make, and that this node's keys fit."""
    charter = folder.charter()
    missing = [party for party in charter.party_ids if party not in requests]
    if missing:
        raise FolderFault(f"the requests of {', '.join(missing)} are missing.")
    strangers = sorted(set(requests) - set(charter.party_ids))
    if strangers:
        raise FolderFault(
            f"{requests[strangers[0]].place}: the charter knows no party {strangers[0]!r}."
        )
    domain = folder.setting("domain")
    members = tuple(_member(party, requests[party], charter, domain) for party in charter.party_ids)
    founding = Founding(domain, charter.digest, domain in DEMONSTRATION_DOMAINS, members)
    own = founding.named(folder.party)
    for role in ROLES:
        named = getattr(own, f"{role}_key")
        # A request from before there were such keys names none.
        if named is None:
            continue
        held = party_key.public if role == "party" else _held(folder, role)
        if held != named:
            raise FolderFault(
                f"{requests[own.name].place}: it names another {role} key of {own.name} than "
                f"{folder.path / 'keys' / role}.key."
            )
    return founding


def _held(folder: Folder, role: str) -> PublicKey | MldsaPublicKey:
    return folder.mldsa_key().public if role == "mldsa" else folder.key(role).public


def _require_agreed(path: Path, founding: Founding, agreed: str | None) -> None:
    if agreed is not None and agreed.strip().lower() != founding.id:
        raise FolderFault(
            f"the capitals agreed on {agreed.strip()}, but these requests make {founding.id}: one "
            "of the requests was changed on its way."
        )
    if (path / "founding.json").exists() and Folder(path).founding().id != founding.id:
        raise FolderFault(f"{path / 'founding.json'}: this node is founded already, otherwise.")


def _write_step(
    folder: Folder,
    founding: Founding,
    parts: dict[str, str],
    waiting: tuple[str, ...],
    agreed: str | None,
) -> None:
    """Write the signature; write the founding too if nothing is waited for."""
    if not waiting:
        data = join_founding(founding, parts)
        try:
            read_founding(data)
        except RecordError as fault:
            raise FolderFault(str(fault)) from fault
        if agreed is None and not founding.demonstration:
            raise FolderFault(
                f"all have signed {founding.id}; compare it with the other capitals by another way "
                "than the files came, then give it with --agreed."
            )
    part = {"v": 1, "signature": {"name": folder.party, "signature": parts[folder.party]}}
    write_durably(folder.path / "signature.json", canonical.dump(part))
    if not waiting:
        write_durably(folder.path / "founding.json", data)


@dataclass(slots=True)
class _Given:
    """What was given: each party's request and signature, and the bytes of the file it came in."""

    requests: dict[str, Fields] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    came: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def take(self, file: Path) -> None:
        """Put one file where it belongs; the same may come twice, another of one name may not."""
        data = read_bytes(file, f"{file}: there is no such file.")
        try:
            fields = Fields.of(canonical.load(data), str(file))
            fields.require_integer("v", 1)
            what = "request" if fields.has("request") else "signature"
            inner = fields.fields(what)
            fields.end()
            name = inner.text("name")
            if self.came.setdefault((what, name), data) != data:
                raise FolderFault(f"{file}: another {what} of {name} was given too.")
            if what == "request":
                self.requests[name] = inner
            else:
                self.parts[name] = inner.text("signature")
                inner.end()
        except RecordError as fault:
            raise FolderFault(f"{file}: {fault}") from fault


def _member(party: str, request: Fields, charter: Charter, domain: str) -> Member:
    name = request.place
    try:
        if request.text("charter") != charter.digest:
            raise FolderFault(f"{name}: made for another charter than this node's.")
        if request.text("domain") != domain:
            raise FolderFault(f"{name}: made for another institution than this node's.")
        keys = {
            role: PublicKey.parse(request.text(f"{role}_key"))
            for role in ("party", "node", "cosigner")
        }
        mldsa = request.has("mldsa_key")
        mldsa_key = MldsaPublicKey.parse(request.text("mldsa_key")) if mldsa else None
        url = request.text("url")
        request.end()
        address_of(url)
    except RecordError as fault:
        raise FolderFault(str(fault)) from fault
    return Member(
        party,
        log_origin(party, domain),
        keys["party"],
        keys["node"],
        keys["cosigner"],
        url,
        mldsa_key,
    )
