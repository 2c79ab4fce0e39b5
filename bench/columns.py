"""Three nodes under some charter, each a process: what is done in them, waited for and counted."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from architrave.cli.demo.stage import Node
from architrave.cli.signing import give
from architrave.institution.acts import name_of
from architrave.institution.standing import Stage as Life
from architrave.institution.standing import stand
from bench.consult import PATIENCE, Capitals

STILL = 0.4  # seconds in which no line comes, after which none is to come
COUNTED = {
    "acts": "acts entered by officers",
    "relays": "of them again, in the hub's other body",
    "steps": "acts in a row, each after it has read the last",
    "lines": "lines in all books, receipts too",
    "readers": "capitals that have read all of it",
}


@dataclass
class Columns(Capitals):
    """Three nodes under some charter, and what was done in them."""

    entered: int = 0
    relays: int = 0
    depth: dict[str, int] = field(default_factory=dict)
    last_line: dict[str, int] = field(default_factory=dict)
    taken: dict[str, list[float]] = field(default_factory=dict)

    def found_in(self, bodies: Sequence[str]) -> None:
        """Found the logs and seat an officer of each party in each of these bodies."""
        for party in self.nodes:
            self.by_party(
                party,
                "founded",
                to=["public"],
                founding=self.founding.id,
                charter=self.founding.charter,
            )
            for body in bodies:
                if party in self.charter.body(body).parties:
                    self.seat_officer(party, body, "first holder", "en")
        self.rest()

    def audience(self, body: str) -> list[str]:
        """The logs of a body's parties."""
        return sorted(self.founding.named(one).origin for one in self.charter.body(body).parties)

    def text(self, words: str) -> dict[str, str]:
        return dict.fromkeys(self.charter.languages, words)

    def act(self, party: str, body: str, kind: str, after: str = "", /, **fields: object) -> str:
        """An act to the parties of its body; `after` is one of another body that it relays."""
        self.entered += 1
        self.relays += after != ""
        self.scene = time.time_ns() // 1_000_000
        seat, key = self.charter.body(body).seat_of(party).id, self.officer(party, body)
        told = {"seat": seat, "to": self.audience(body), **fields}
        made = self._made(party, kind, key, told)
        answer = give(self.nodes[party].url, self.founding, made, key)
        assert answer.get("admitted"), answer
        self.last_line[party] = int(str(answer["n"]))
        name, before = name_of(made), (after, fields.get("consultation"), fields.get("matter"))
        self.depth[name] = 1 + max(self.depth.get(str(one), 0) for one in before)
        return name

    def anew(self) -> dict[str, int]:
        """At rest, with nothing counted: the sizes of the books."""
        sizes = self.rest()
        self.entered = self.relays = 0
        self.depth.clear()
        return sizes

    def count(self, what: str, sizes: Mapping[str, int]) -> None:
        """Keep what was entered since `anew`; the nodes come to rest first."""
        lines = sum(self.rest().values()) - sum(sizes.values())
        found = (self.entered, self.relays, max(self.depth.values()), lines, self.know_all())
        for name, number in zip(COUNTED, found, strict=True):
            self.taken.setdefault(f"{what} {name}", []).append(number)

    def know_all(self) -> int:
        """How many parties have read every act since `anew`."""
        peers = [self.reading(node) for node in self.nodes.values()]
        return sum(
            all(peer.state.find(peer.own_view(), name) is not None for name in self.depth)
            for peer in peers
        )

    def ask(self, party: str, body: str, after: str = "") -> str:
        words = {name: self.text(name) for name in ("ground", "facts", "wish")}
        symbol = self.symbol(party, body)
        fields: dict[str, object] = {"symbol": symbol, "body": body, **words}
        return self.act(party, body, "consulted", after, **fields)

    def answer(self, party: str, body: str, asked: str, after: str = "") -> str:
        said = self.text("We have it")
        return self.act(party, body, "acknowledged", after, consultation=asked, answer=said)

    def table(self, party: str, body: str, after: str = "") -> str:
        wording = {
            "title": self.text("A text"),
            "summary": self.text("Of all"),
            "instrument": "plan",
            "nature": "political",
        }
        symbol = self.symbol(party, body)
        fields = {"symbol": symbol, "body": body, "article": "3(1)", "wording": wording}
        return self.act(party, body, "tabled", after, **fields)

    def concur(self, party: str, body: str, matter: str) -> str:
        return self.act(party, body, "positioned", matter=matter, version=matter, position="concur")

    # -- waiting ------------------------------------------------------------------------------

    def await_size(self, at: str, of: str, more_than: int) -> None:
        """Wait until a node holds a further line of a party's log."""
        origin = self.founding.named(of).origin

        def there() -> bool:
            found = self.status(self.nodes[at])
            return found is not None and found["sizes"].get(origin, 0) > more_than

        await_that(there, f"{at} holds no further line of {of}")

    def await_read(self, party: str, sizes: Mapping[str, int]) -> None:
        """Wait until a party's own book acknowledges what came since `sizes`: it has read it."""
        self.await_size(party, party, self.size(sizes, party))

    def await_line(self, at: str, of: str) -> None:
        """Wait until a node holds the line that a party entered last."""
        self.await_size(at, of, self.last_line[of])

    def holds(self, at: str, name: str) -> bool:
        peer = self.reading(self.nodes[at])
        return peer.state.find(peer.own_view(), name) is not None

    def in_force(self, at: str, matter: str) -> bool:
        peer = self.reading(self.nodes[at])
        found = stand(peer.state, matter, peer.own_view())
        return found is not None and found.stage is Life.IN_FORCE

    def last_change(self) -> float:
        """Wait until no book grows for a while; the moment at which the last line came."""
        before, changed = None, time.perf_counter()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = [self.status(node) for node in self.living()]
            now = time.perf_counter()
            sizes = [one["sizes"] for one in found if one is not None]
            if sizes != before:
                before, changed = sizes, now
            if now - changed > STILL and all(one is not None and one["idle"] for one in found):
                return changed
            time.sleep(0.003)
        raise AssertionError("the books do not stop growing.")

    def living_rest(self) -> dict[str, int]:
        """Wait until the living nodes hold the same and have nothing to do."""
        before: object = None

        def same() -> bool:
            nonlocal before
            found = [self.status(node) for node in self.living()]
            states = [one for one in found if one is not None and one["idle"]]
            sizes = [one["sizes"] for one in states]
            equal = len(states) == len(found) and all(one == sizes[0] for one in sizes)
            still = equal and sizes == before
            before = sizes
            return still

        await_that(same, "the living nodes do not come to rest", 0.1)
        status = self.status(self.living()[0])
        assert status is not None
        return dict(status["sizes"])

    def size(self, sizes: Mapping[str, int], party: str) -> int:
        return sizes[self.founding.named(party).origin]

    def note(self, row: str, began: float, ended: float | None = None) -> None:
        """Keep how long something took, in milliseconds."""
        took = ((ended or time.perf_counter()) - began) * 1_000
        self.taken.setdefault(row, []).append(took)


def await_that(there: Callable[[], bool], fault: str, pause: float = 0.003) -> None:
    """Ask until something is so; AssertionError with a sentence if it never is."""
    until = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > until:
            raise AssertionError(f"{fault}.")
        time.sleep(pause)


def back(stage: Columns, node: Node) -> float:
    """Start a node again; the moment (of this process) at which it answers."""
    stage.start(node)
    stage.await_start([node])
    return time.perf_counter()
