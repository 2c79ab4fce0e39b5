"""Record, append: acts that officers sign, put before a node in batches of 256, and durable.

For each batch: officers sign and seal; the peer admits each act, signs its entry, folds it, and
signs one checkpoint; entries, acts and checkpoint go into SQLite in one transaction (WAL,
synchronous=FULL) with the node's own code; the token is written; the batch's tiles and bundle are
written as files. The yardstick does for each act two Ed25519 signatures and one SHA-256, and for
each batch one SQLite commit of the same bytes. Value and yardstick are acts a second. Rows:

record.append          one thread does everything, the officers' work too
record.append.checked  another thread signs and verifies the officers' acts of the next batch
                       meanwhile, as web threads can for what they queue; all is within the time
record.append.verify   no Architrave: the yardstick with one Ed25519 verification more for each act,
                       which nobody who admits an act can do without
"""

import hashlib
import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec
from django.db import connection

from architrave.institution import acts
from architrave.institution.acts import Act, document_of
from architrave.institution.digest import state_digest
from architrave.institution.state import Admitted
from architrave.node import store
from architrave.node.configure import configure, may_write, migrate
from architrave.node.folder import Token
from architrave.node.journal import Journal
from architrave.peer.effects import Answer, Effect
from architrave.peer.peer import Peer
from architrave.record.sealing import SALT_SIZE, SealedAct, sign_act
from architrave.record.tiles import TILE_WIDTH, encode_bundle, entries_path, tile_bytes, tile_path
from bench import Figure, main, seconds, versions
from bench.material import BODY, Writer, new_writer, node_keys, stored

SIZE = 5 * 2_048
BATCH = 256
HEADER = 300  # about as many bytes as an entry's header


class Line:
    """One node at work: its peer, its database, its token and its tiles, in a folder."""

    def __init__(self, writer: Writer, folder: Path) -> None:
        self.writer = writer
        self.party = writer.parties[0]
        seat = writer.charter.body(BODY).seat_of(self.party).id
        self.key, self.seat = writer.keys[self.party, seat], seat
        held = stored(writer, self.party)
        keys = node_keys(self.party)
        self.peer = Peer(writer.founding, writer.charter, self.party, keys, held)
        first = self.peer.tick(writer.now)
        self.before = held
        for other in self.peer.others:
            self.peer.told[other] = {
                origin: branches[0].size for origin, branches in self.peer.history.branches.items()
            }
        self.token = Token(folder / "token")
        assert held.token is not None
        self.token.write(*held.token)
        self.journal = Journal(self.peer.origin, b"", self.token, held.token)
        self.tiles = folder / "record"
        self.made = 0
        self.tickets = 0
        self.answered: list[Answer] = []
        # It may write a receipt at once for what it has just read.
        self.perform(first)

    def make(self, count: int) -> list[Act]:
        """Acts of three kinds, not signed yet."""
        return [self._one() for _ in range(count)]

    def _one(self) -> Act:
        self.made += 1
        number = self.made
        writer, words = self.writer, self.writer.words
        symbol = f"{BODY}/2027/{self.party}/{number + 1}"
        fields: dict[str, object] = {"seat": self.seat}
        if number % 3 == 0:
            kind: type[Act] = acts.Deposited
            digest = hashlib.sha256(str(number).encode()).hexdigest()
            fields |= {"title": words("Paper"), "digest": digest, "source": "a measurement"}
        elif number % 3 == 1:
            kind = acts.Consulted
            fields |= {"symbol": symbol, "body": BODY}
            fields |= {name: words(name) for name in ("ground", "facts", "wish")}
        else:
            kind = acts.Tabled
            text = acts.Wording(
                title=words("Matter"),
                summary=words("What it is about"),
                instrument="arrangement",
                nature="political",
            )
            fields |= {"symbol": symbol, "body": BODY, "article": "3(1)", "wording": text}
        writer.now += 1
        return writer.make(self.party, kind, self.key, fields)

    def sign(self, made: list[Act]) -> list[SealedAct]:
        """What the officers do: sign, salt and seal."""
        institution = self.writer.founding.id
        return [
            SealedAct(os.urandom(SALT_SIZE), sign_act(document_of(act), institution, self.key))
            for act in made
        ]

    def sign_and_check(self, made: list[Act]) -> list[SealedAct]:
        """What the officers do, and what a web thread does before it queues an act."""
        sealed = self.sign(made)
        for act in sealed:
            assert act.signed_by(self.key.public, self.writer.founding.id)
        return sealed

    def put(self, sealed: list[SealedAct]) -> None:
        """What the keeper does with acts that were queued together."""
        tickets = range(self.tickets, self.tickets + len(sealed))
        self.tickets += len(sealed)
        self.peer.now = max(self.peer.now, self.writer.now)
        self.perform(self.peer.commands(list(zip(tickets, sealed, strict=True))))
        self.publish()

    def perform(self, effects: list[Effect]) -> None:
        """Store and save the token, durably, before anything is answered."""
        self.journal.perform(effects, self._answer)

    def _answer(self, effects: Sequence[Effect]) -> None:
        self.answered += [one for one in effects if isinstance(one, Answer)]

    def publish(self) -> None:
        """Write the tiles that a batch has filled; they can be made again, so nothing waits."""
        branch = self.peer.history.main(self.peer.origin)
        index = branch.size // TILE_WIDTH - 1
        if index < 0:
            return
        data = [one.data for one in branch.entries[index * TILE_WIDTH : (index + 1) * TILE_WIDTH]]
        for path, content in (
            (entries_path(index), encode_bundle(data)),
            (tile_path(0, index), tile_bytes(branch.tree, 0, index)),
        ):
            place = self.tiles / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def check(self) -> None:
        """Assert that all was admitted, and that what lies on the disk gives the same state."""
        assert len(self.answered) == self.tickets
        assert all(isinstance(one.verdict, Admitted) for one in self.answered)
        found = store.read_stored(self.token.read())
        found.entries += self.before.entries
        found.acts += self.before.acts
        found.notes = {**self.before.notes, **found.notes}
        writer, keys = self.writer, node_keys(self.party)
        again = Peer(writer.founding, writer.charter, self.party, keys, found)
        again.tick(self.peer.now)
        assert not again.restored
        assert again.history.main(again.origin).tip == self.peer.history.main(again.origin).tip
        digests = [state_digest(one.state, one.view()) for one in (again, self.peer)]
        assert digests[0] == digests[1]


def signed_alone(line: Line, database: sqlite3.Connection, made: list[Act]) -> None:
    """The yardstick: two signatures and a hash for each act, one commit for each batch."""
    key, rows = node_keys(line.party).node, []
    for act in made:
        data = msgspec.json.encode(act)
        one, two = line.key.sign(data), key.sign(data[:HEADER])
        rows.append((hashlib.sha256(data).digest(), data + one + data[:HEADER] + two))
    with database:
        database.executemany("INSERT INTO row VALUES (?, ?)", rows)


def all_alone(line: Line, database: sqlite3.Connection, batches: list[list[Act]]) -> None:
    """The yardstick over all batches."""
    for batch in batches:
        signed_alone(line, database, batch)


def opened(path: Path) -> sqlite3.Connection:
    """A bare database, as durable as the node's."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE row (hash BLOB PRIMARY KEY, data BLOB)")
    return database


def in_batches(made: list[Act]) -> list[list[Act]]:
    """The acts in the batches in which they are put."""
    return [made[at : at + BATCH] for at in range(0, len(made), BATCH)]


def plainly(line: Line, batches: list[list[Act]]) -> None:
    """Everything in one thread."""
    for batch in batches:
        line.put(line.sign(batch))


def checked_beforehand(line: Line, batches: list[list[Act]]) -> None:
    """While one batch is written, other threads sign and verify the next."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        coming = threads.submit(line.sign_and_check, batches[0])
        for following in [*batches[1:], None]:
            sealed = coming.result()
            if following is not None:
                coming = threads.submit(line.sign_and_check, following)
            line.put(sealed)


def measure(size: int = SIZE) -> list[Figure]:
    """Measure five runs of each way, `size` acts in all for each."""
    count = max(BATCH, size // 5 // BATCH * BATCH)
    plain, checked, bare, longer = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configure(folder / "record.db", "architrave.node.http")
        may_write()
        migrate()
        line, database = Line(new_writer(), folder), opened(folder / "bare.db")
        for _ in range(5):
            batches = in_batches(line.make(count))
            plain.append(count / seconds(partial(plainly, line, batches)))
            yard = seconds(partial(all_alone, line, database, batches))
            bare.append(count / yard)
            longer.append(count / (yard + count * verify_alone(line)))
            batches = in_batches(line.make(count))
            checked.append(count / seconds(partial(checked_beforehand, line, batches)))
        line.check()
        database.close()
        connection.close()
    rows = {
        "record.append": plain,
        "record.append.checked": checked,
        "record.append.verify": longer,
    }
    sizes = {"acts": 5 * count, "batch": BATCH}
    software = versions("pynacl", "django") | {"sqlite": sqlite3.sqlite_version}
    yardstick = statistics.median(bare)
    return [
        Figure(
            name,
            statistics.median(rates),
            yardstick,
            (">=", 0.6),
            True,
            sizes,
            software,
        )
        for name, rates in rows.items()
    ]


def verify_alone(line: Line) -> float:
    """Seconds of one Ed25519 verification of an act."""
    data = bytes(400)
    signature, public = line.key.sign(data), line.key.public
    return seconds(lambda: [public.verify(signature, data) for _ in range(500)]) / 500


if __name__ == "__main__":
    sys.exit(main(measure))
