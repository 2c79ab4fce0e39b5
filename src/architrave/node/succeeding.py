"""What a node's folder holds of a succession of its own log: the new key, and what is prepared.

    keys/node.2.key     the node key of the party's second log, and so on
    succession/2.json   the statement, signed by the party: it goes to the other capitals
    succession/2.act    the salt and the act that begins the new log, signed by the party

The statement is written last: with it the node takes no more lines into the log that ends, and
begins the new one by itself once the others have concurred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from architrave.institution.acts import document_of
from architrave.institution.successions import concurrence
from architrave.node.durable import read_bytes, write_durably
from architrave.node.errors import FolderFault
from architrave.node.folder import Folder, read_key, write_key
from architrave.peer.peer import Peer
from architrave.peer.succession import Succeeding, left_out
from architrave.record.entries import Tip
from architrave.record.errors import RecordError
from architrave.record.founding import Founding
from architrave.record.keys import KEY_SIZE, PrivateKey
from architrave.record.origins import generation_of, log_origin
from architrave.record.sealing import SALT_SIZE, SealedAct, sign_act
from architrave.record.succession import MAX_SUCCESSION, Succession, Title, read_title

__all__ = ["later_keys", "prepare", "read_request", "statement_place", "succeeding_in"]


def later_keys(folder: Folder, founding: Founding) -> dict[str, PrivateKey]:
    """The node keys of the party's later logs that lie in the folder, by the logs' names."""
    found = {}
    for place in sorted((folder.path / "keys").glob("node.*.key")):
        number = place.name.removeprefix("node.").removesuffix(".key")
        if number.isdecimal() and int(number) > 1:
            log = log_origin(folder.party, founding.domain, int(number))
            found[log] = read_key(place)
    return found


def statement_place(folder: Folder, generation: int) -> Path:
    """Where the statement of a generation lies."""
    return folder.path / "succession" / f"{generation}.json"


def succeeding_in(folder: Folder, founding: Founding) -> dict[str, Succeeding]:
    """What was prepared, by the names of the logs. FolderFault if it does not hold together."""
    keys = later_keys(folder, founding)
    found = {}
    for place in sorted((folder.path / "succession").glob("*.json")):
        one = _prepared(folder, founding, place, keys)
        found[one.title.succession.log] = one
    return found


def _prepared(
    folder: Folder, founding: Founding, place: Path, keys: Mapping[str, PrivateKey]
) -> Succeeding:
    title = read_request(place, founding)
    if title.owner != folder.party:
        raise FolderFault(f"{place}: this asks for {title.owner}, not for {folder.party}.")
    log = title.succession.log
    if log not in keys or keys[log].public != title.succession.node_key:
        name = f"node.{generation_of(log)}.key"
        raise FolderFault(f"{folder.path / 'keys' / name}: not the key that {place} names.")
    act = place.with_suffix(".act")
    data = read_bytes(act, f"{act}: the act that begins the new log is missing.")
    return Succeeding(title, SealedAct(data[:SALT_SIZE], data[SALT_SIZE:]))


def read_request(place: Path, founding: Founding) -> Title:
    """A statement as its party sent it; FolderFault, in one sentence, if it is none."""
    if place.exists() and place.stat().st_size > MAX_SUCCESSION:
        raise FolderFault(f"{place}: too long for a statement of succession.")
    try:
        return read_title(read_bytes(place, f"{place}: there is no such file."), founding)
    except RecordError as fault:
        raise FolderFault(f"{place}: {fault}") from fault


def prepare(
    folder: Folder,
    peer: Peer,
    cause: str,
    lines: int | None,
    party_key: PrivateKey,
    now: int,
    draw: Callable[[int], bytes],
) -> Path:
    """Write the key, the act and the statement of the next log; returns where the statement lies.

    `lines` is how many lines of the present log it continues, all that are held by default;
    `now` is the claim of the time (ms), `draw` gives random bytes. FolderFault, and nothing is
    written, if the log cannot go on so.
    """
    continues = _end(peer, cause, lines)
    founding = peer.founding
    if party_key.public != peer.me.party_key:
        raise FolderFault(f"this is not the party key of {peer.party} that the founding names.")
    generation = generation_of(peer.log) + 1
    while statement_place(folder, generation).exists():
        generation += 1
    seed = draw(KEY_SIZE)
    log = log_origin(peer.party, founding.domain, generation)
    said = Succession(founding.id, log, continues, PrivateKey(seed).public, cause)
    lines_lost = left_out(peer, said)
    if lines_lost:
        raise FolderFault(f"{log} would leave out {lines_lost}; they would not concur.")
    title = Title(said, peer.party, {peer.party: said.signed_by(party_key)})
    act = concurrence(title, peer.party, party_key, now)
    place = statement_place(folder, generation)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    write_key(folder.path / "keys" / f"node.{generation}.key", seed)
    data = draw(SALT_SIZE) + sign_act(document_of(act), founding.id, party_key)
    write_durably(place.with_suffix(".act"), data, 0o600)
    write_durably(place, title.data, 0o600)
    return place


def _end(peer: Peer, cause: str, lines: int | None) -> Tip:
    """The prefix of the present log that the next one continues."""
    branch = peer.history.main(peer.origin)
    size = branch.size if lines is None else lines
    if not branch.start < size <= branch.size:
        raise FolderFault(
            f"{peer.log}: this copy holds {branch.size} lines of it; say a number from "
            f"{branch.start + 1} to {branch.size}."
        )
    if cause == "rotation" and size != branch.size:
        raise FolderFault("a rotation continues all lines; leave --lines out, or say the cause.")
    if cause == "rotation" and peer.restored:
        raise FolderFault(
            "this is an old copy of the node's folder: let it run and refill first; if nobody holds"
            " the lines any more, the cause is lost-lines."
        )
    return branch.tips[size - 1]
