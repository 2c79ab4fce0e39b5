"""Fold: from the bytes of a record to what stands, each act admitted in its own causal past.

The bytes of N mixed acts, and of the entries that carry them, are read into a history and folded.
The node's signature of each entry counts as checked: at a start, one signature over each log says
so.

Rows, in seconds where nothing else is said:

fold             officers' signatures were verified beforehand, by threads or when the acts came
fold.signatures  they are verified within the fold
fold.bytes       what the formats ask for before anything is judged: the one form of each entry and
                 act, their hashes, and the root that names each prefix; no history, no admission
fold.growth      N acts against a tenth of them
fold.one         one new act on top, in milliseconds: admitted, written, signed and folded
"""

import functools
import operator
import statistics
import sys
import time

import msgspec

from architrave.institution import acts
from architrave.institution.act_reading import known, read_act
from architrave.institution.acts import KINDS
from architrave.institution.admit import fold_entry
from architrave.institution.digest import state_digest
from architrave.institution.standing import Stage, stand
from architrave.institution.state import Admitted, Institution, empty
from architrave.node.memory import filling
from architrave.peer.peer import Peer
from architrave.record.entries import read_entry
from architrave.record.history import History
from architrave.record.keys import PublicKey
from architrave.record.reading import Reader
from architrave.record.sealing import SealedAct
from architrave.record.tree import Tree, leaf_hash
from bench import Figure, main, seconds, versions
from bench.material import BODY, Writer, new_writer, node_keys, stored, write_acts

SIZE = 20_000
NEW_ACTS = 65


class Header(msgspec.Struct):
    """An entry's header as the yardstick decodes it."""

    key: str
    log: str
    n: int
    t: int
    v: int
    founding: str = ""
    seal: str = ""
    seen: dict[str, tuple[int, str]] = {}
    to: str | list[str] = ""


class Replay:
    """One party's reading of all that a writer wrote."""

    def __init__(self, writer: Writer, party: str, signatures_known: bool) -> None:
        self.writer = writer
        self.origin = writer.books[party].origin
        self.sealed = [SealedAct(salt, data) for salt, data in stored(writer, party).acts]
        if signatures_known:
            for one in self.sealed:
                # The key is read from a copy: this one is still to be read.
                key = PublicKey.parse(read_act(SealedAct(one.salt, one.data)).act.key)
                assert one.signed_by(key, writer.founding.id)

    def run(self) -> None:
        """Read, judge and fold everything."""
        writer, history = self.writer, History(self.writer.founding)
        acts_by_seal = {act.seal: act for act in self.sealed}
        self.reader = reader = Reader(history, self.origin, known, acts_by_seal)
        for author, data, _ in writer.order:
            branch = history.main(writer.books[author].origin)
            reader.arrived(history.append_read(branch, read_entry(data), data, True))
        state = empty(writer.founding, writer.charter)
        for tip in reader.judging(writer.now):
            seal = history.entry(tip).header.seal
            assert seal is not None
            state, _ = fold_entry(state, history, tip, acts_by_seal[seal])
        self.state: Institution = state

    def digest(self) -> str:
        """The digest of the state that all parties share."""
        view = self.state.view(self.reader.history, self.reader.cut())
        return state_digest(self.state, view)

    def check(self) -> None:
        """Assert that everything was judged, admitted, and stands as it must."""
        assert not self.reader.waiting
        assert not self.state.refused
        assert len(self.state.acts) == len(self.sealed)
        view = self.state.view(self.reader.history, self.reader.cut())
        for number, matter in enumerate(self.writer.decided, start=1):
            standing = stand(self.state, matter, view)
            assert standing is not None
            # The last silences still run when the logs end.
            silent = standing.current.version.silence is not None
            late = number > len(self.writer.decided) - 400
            assert standing.stage is Stage.IN_FORCE or (silent and late), standing.stage


def decoder(writer: Writer) -> functools.partial[None]:
    """Decode the same bytes and do nothing with them."""
    headers = [read_entry(data).body for _, data, _ in writer.order]
    bodies = [act.body for _, _, act in writer.order if act is not None]
    header = msgspec.json.Decoder(Header).decode
    act = msgspec.json.Decoder(functools.reduce(operator.or_, KINDS.values())).decode

    def decode() -> None:
        for data in headers:
            header(data)
        for data in bodies:
            act(data)

    return functools.partial(decode)


def replayed(writer: Writer, signatures_known: bool) -> float:
    """Seconds of one checked replay by the first party; the preparation is not counted."""
    replay = Replay(writer, writer.parties[0], signatures_known)

    def run() -> None:
        with filling():  # as a node's start does
            replay.run()

    taken = seconds(run)
    replay.check()
    return taken


def bytes_alone(writer: Writer, party: str) -> float:
    """Seconds for reading every entry and act, and for the tree of each log."""
    sealed = [SealedAct(salt, data) for salt, data in stored(writer, party).acts]
    trees = {author: Tree() for author in writer.parties}
    roots: list[bytes] = []

    def run() -> None:
        for author, data, _ in writer.order:
            read_entry(data)
            tree = trees[author]
            tree.append(leaf_hash(data))
            roots.append(tree.root())
        for act in sealed:
            assert act.seal
            read_act(act)

    with filling():
        taken = seconds(run)
    assert len(roots) == len(writer.order)
    return taken


def written(count: int) -> Writer:
    """The logs of about `count` mixed acts."""
    writer = new_writer()
    write_acts(writer, count)
    return writer


def one_new_act(writer: Writer) -> list[float]:
    """Milliseconds of acts written one by one on top of the record by a started node."""
    party = writer.parties[0]
    peer = Peer(writer.founding, writer.charter, party, node_keys(party), stored(writer, party))
    peer.tick(writer.now)
    for other in peer.others:
        # The others hold everything but the last line; nothing old is to be sent.
        peer.told[other] = {one: b[0].size for one, b in peer.history.branches.items()}
    seat = writer.charter.body(BODY).seat_of(party).id
    key, taken = writer.keys[party, seat], []
    for number in range(NEW_ACTS):
        fields = {
            "seat": seat,
            "title": writer.words(f"New document {number}"),
            "digest": f"{number:064x}",
            "source": "compiled for a measurement",
        }
        act = writer.sealed(party, writer.make(party, acts.Deposited, key, fields), key)
        start = time.perf_counter()
        effects = peer.command(number, act)
        taken.append((time.perf_counter() - start) * 1_000)
        verdict = getattr(effects[-1], "verdict", None)
        assert isinstance(verdict, Admitted), verdict
    return taken[1:]


def measure(size: int = SIZE) -> list[Figure]:
    """Measure on about `size` acts, and on a tenth of them."""
    small, large = written(max(50, size // 10)), written(size)
    sizes = {"acts": large.acts, "entries": len(large.order)}
    first, second = (Replay(large, party, True) for party in large.parties[:2])
    first.run(), second.run()
    assert first.digest() == second.digest()
    del first, second
    decode, software = decoder(large), versions("msgspec", "orjson", "immutables", "pynacl")
    pairs = [(replayed(large, True), seconds(decode)) for _ in range(5)]
    plain, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    checked = statistics.median(replayed(large, False) for _ in range(5))
    read = statistics.median(bytes_alone(large, large.parties[0]) for _ in range(5))
    tenth = statistics.median(replayed(small, True) for _ in range(5))
    one = statistics.median(one_new_act(large))
    both = {**sizes, "fewer acts": small.acts}
    reach = ("<=", 20.0)
    growth = ("<=", 1.2 * large.acts / small.acts)
    return [
        Figure("fold", plain, bare, reach, True, sizes, software),
        Figure("fold.signatures", checked, bare, reach, True, sizes, software),
        Figure("fold.bytes", read, bare, reach, True, sizes, software),
        Figure("fold.growth", plain, tenth, growth, True, both, software),
        Figure("fold.one", one, None, ("<=", 5.0), True, sizes, software),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
