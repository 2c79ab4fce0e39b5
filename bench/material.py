"""A record to measure on: three logs of mixed acts, written without any node.

The writer signs as officers and nodes do, in one fixed order, and names what each log has read. It
keeps to the charter, so every act must be admitted; a measurement asserts that. All keys are drawn
from fixed words, and the founding says that it is a demonstration.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.act_reading import read_act
from architrave.institution.acts import Act, document_of, name_of
from architrave.peer.effects import StoredEntry
from architrave.peer.peer import Keys
from architrave.peer.startup import Stored
from architrave.record import layout
from architrave.record.audit import ActLine, Remark
from architrave.record.canonical import Value
from architrave.record.checkpoints import Checkpoint, sign_checkpoint
from architrave.record.cosignatures import cosign
from architrave.record.entries import Audience, Header, Tip, read_entry, sign_entry
from architrave.record.errors import RecordError
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    Founding,
    Member,
    read_founding,
    sign_founding,
)
from architrave.record.keys import PrivateKey, PublicKey
from architrave.record.notes import format_note
from architrave.record.origins import log_origin
from architrave.record.sealing import SealedAct, sign_act
from architrave.record.tiles import (
    TILE_WIDTH,
    encode_bundle,
    entries_path,
    tile_bytes,
    tile_path,
    tiles_of,
)
from architrave.record.tombstones import Tombstone
from architrave.record.tree import Tree, leaf_hash

CHARTER = Path(__file__).parents[1] / "charters" / "trilateral.toml"
START = 1_798_761_600_000  # 2027-01-01T00:00:00Z
STEP = 60_000
DAY = 86_400_000
BODY = "ESFSC"
SILENT_EVERY = 8


def seed(*words: object) -> bytes:
    """32 bytes that depend on the words alone: a key or a salt of a measurement."""
    return hashlib.sha256("/".join(["bench", *map(str, words)]).encode()).digest()


def load_charter() -> Charter:
    """The charter that is shipped."""
    return parse_charter(CHARTER.read_text(encoding="utf-8"), CHARTER.name)


def found(charter: Charter) -> tuple[bytes, Founding]:
    """The founding file of the charter's parties, and what it says."""
    keys = {party: PrivateKey(seed(party, "party")) for party in charter.party_ids}
    members = tuple(
        Member(
            party,
            log_origin(party, DEMONSTRATION_DOMAIN),
            keys[party].public,
            PrivateKey(seed(party, "node")).public,
            PrivateKey(seed(party, "cosigner")).public,
            f"http://{party.lower()}.{DEMONSTRATION_DOMAIN}/",
        )
        for party in charter.party_ids
    )
    data = sign_founding(Founding(DEMONSTRATION_DOMAIN, charter.digest, True, members), keys)
    return data, read_founding(data)


@dataclass(slots=True)
class Book:
    """One log as it is being written: its entries' bytes, and what it has named of the others."""

    origin: str
    key: PrivateKey
    entries: list[bytes] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    named: dict[str, Tip] = field(default_factory=dict)

    @property
    def tip(self) -> Tip:
        """The whole log by its hash."""
        return Tip(self.origin, len(self.entries), self.tree.root())


@dataclass(slots=True)
class Writer:
    """Writes acts and receipts into the logs of one founding.

    `order` lists (party, entry, sealed act or None) as they were written: a causal order. `names`
    are the names of all acts, `matters` those of the matters that were tabled.
    """

    charter: Charter
    founding_file: bytes
    founding: Founding
    now: int = START
    serial: int = 0
    books: dict[str, Book] = field(default_factory=dict)
    keys: dict[tuple[str, str], PrivateKey] = field(default_factory=dict)
    order: list[tuple[str, bytes, SealedAct | None]] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    acts: int = 0

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties, in the order of the charter."""
        return self.charter.party_ids

    def sealed(self, party: str, act: Act, key: PrivateKey) -> SealedAct:
        """The act, signed and salted."""
        self.serial += 1
        data = sign_act(document_of(act), self.founding.id, key)
        return SealedAct(seed("salt", self.serial), data)

    def line(self, party: str, act: SealedAct | None = None, to: Audience | None = None) -> bytes:
        """Write the next entry of a party's log; it names all that the other logs hold."""
        book = self.books[party]
        seen = {}
        for other in self.books.values():
            if other is not book and other.entries and other.tip != book.named.get(other.origin):
                seen[other.origin] = other.tip
        book.named.update(seen)
        self.now += STEP
        first = not book.entries
        header = Header(
            log=book.origin,
            n=len(book.entries),
            t=self.now,
            key=book.key.public,
            seen=seen,
            seal=act.seal if act else None,
            to=to,
            founding=self.founding.id if first else None,
        )
        data = sign_entry(header, book.key).data
        book.entries.append(data)
        book.tree.append(leaf_hash(data))
        self.order.append((party, data, act))
        return data

    def party_act(self, party: str, kind: type[Act], /, **fields: object) -> str:
        """An act signed with the party key; returns its name."""
        return self._write(party, kind, PrivateKey(seed(party, "party")), fields)

    def officer_act(self, party: str, kind: type[Act], /, **fields: object) -> str:
        """An act of the party's officer in the body; returns its name."""
        seat = self.charter.body(BODY).seat_of(party).id
        return self._write(party, kind, self.keys[party, seat], {"seat": seat, **fields})

    def make(self, party: str, kind: type[Act], key: PrivateKey, fields: dict[str, object]) -> Act:
        """An act as it would be written next."""
        fields.setdefault("to", sorted(self.founding.origins))
        return kind(party=party, key=key.public.text, at=self.now, **fields)

    def _write(
        self, party: str, kind: type[Act], key: PrivateKey, fields: dict[str, object]
    ) -> str:
        act = self.make(party, kind, key, fields)
        self.line(party, self.sealed(party, act, key), act.audience)
        self.acts += 1
        return name_of(act)

    def seat_officer(self, party: str, holder: str) -> None:
        """Appoint a holder to the party's seat in the body, and delegate a key of its own."""
        seat = self.charter.body(BODY).seat_of(party).id
        key = self.keys[party, seat] = PrivateKey(seed(party, seat, holder))
        self.party_act(party, acts.Appointed, office=seat, holder=holder, language="en")
        self.party_act(
            party, acts.KeyDelegated, office=seat, holder=holder, officer_key=key.public.text
        )

    def words(self, text: str) -> dict[str, str]:
        """A text in every language of the charter."""
        return {language: f"{text} ({language})" for language in self.charter.languages}


def new_writer() -> Writer:
    """A writer whose logs are founded and whose seats are held."""
    charter = load_charter()
    data, founding = found(charter)
    writer = Writer(charter, data, founding)
    for member in founding.members:
        key = PrivateKey(seed(member.name, "node"))
        writer.books[member.name] = Book(member.origin, key)
    for party in writer.parties:
        writer.party_act(
            party,
            acts.Founded,
            to=["public"],
            founding=founding.id,
            charter=founding.charter,
        )
    for party in writer.parties:
        writer.seat_officer(party, "holder 1")
    return writer


def write_acts(writer: Writer, count: int) -> None:
    """Write cases until the logs hold `count` acts or a few more."""
    for number in cases(writer):
        if writer.acts >= count:
            return
        _case(writer, number)


def cases(writer: Writer) -> Iterator[int]:
    """Numbers of cases, from the first that was not written yet."""
    number = len(writer.decided) + 1
    while True:
        yield number
        number += 1


def _case(writer: Writer, number: int) -> None:
    """One matter from tabling to an accepted report, and what goes on beside it."""
    shift = number % len(writer.parties)
    asking, second, third = writer.parties[shift:] + writer.parties[:shift]
    silent = number % SILENT_EVERY == 0
    matter = _table(writer, number, asking, third, silent)
    if not silent:
        for party in (second, third, asking):
            writer.officer_act(
                party,
                acts.Positioned,
                matter=matter,
                version=matter,
                position=Position.CONCUR,
            )
        for _ in range(2):
            for party in (second, third, asking):
                writer.line(party)
        report = writer.officer_act(
            third,
            acts.Reported,
            matter=matter,
            pledge="P1",
            period="2027-12-31",
            account=writer.words(f"Account of matter {number}"),
        )
        writer.officer_act(second, acts.AcceptedReport, report=report)
    writer.decided.append(matter)
    _consultation(writer, number, second, (third, asking))
    _deposits(writer, number, asking, second)
    if number % 64 == 0:
        writer.seat_officer(asking, f"holder {number}")


def _table(writer: Writer, number: int, asking: str, owner: str, silent: bool) -> str:
    article = "4(2)" if silent else "3(1)"
    wording = acts.Wording(
        title=writer.words(f"Matter {number}"),
        summary=writer.words(f"What matter {number} is about, in two or three sentences"),
        instrument="note" if silent else "arrangement",
        nature="political",
        digests={"annex": hashlib.sha256(str(number).encode()).hexdigest()},
    )
    pledge = acts.Pledge(
        id="P1",
        owner=writer.charter.body(BODY).seat_of(owner).id,
        due="2027-12-31",
        what=writer.words("What is owed"),
    )
    return writer.officer_act(
        asking,
        acts.Tabled,
        symbol=f"{BODY}/2027/{asking}/{2 * number}",
        body=BODY,
        article=article,
        wording=wording,
        pledges=[pledge],
        silence=acts.Silence(article, writer.now + DAY) if silent else None,
    )


def _consultation(writer: Writer, number: int, asking: str, asked: tuple[str, ...]) -> None:
    consultation = writer.officer_act(
        asking,
        acts.Consulted,
        symbol=f"{BODY}/2027/{asking}/{2 * number + 1}",
        body=BODY,
        ground=writer.words("A shortage"),
        facts=writer.words(f"Deliveries stopped, case {number}"),
        wish=writer.words("A joint purchase"),
    )
    for party in asked:
        writer.officer_act(
            party,
            acts.Acknowledged,
            consultation=consultation,
            answer=writer.words("We are ready"),
        )
    writer.officer_act(
        asking, acts.Closed, consultation=consultation, outcome=writer.words("Agreed")
    )


def _deposits(writer: Writer, number: int, one: str, other: str) -> None:
    """A document for everyone, and one between two."""
    two = sorted(writer.founding.named(party).origin for party in (one, other))
    for to in (["public"], two):
        writer.officer_act(
            one,
            acts.Deposited,
            to=to,
            title=writer.words(f"Document {number}"),
            digest=hashlib.sha256(f"{number} {to}".encode()).hexdigest(),
            source="compiled for a measurement",
        )


def stored(writer: Writer, party: str | None = None) -> Stored:
    """What a node of these logs would have stored, with the logs' own checkpoints.

    With a party, only the acts that it may read; else all.
    """
    found, sizes = Stored(), dict.fromkeys(writer.books, 0)
    reader = writer.books[party].origin if party is not None else None
    for author, data, act in writer.order:
        origin = writer.books[author].origin
        found.entries.append(StoredEntry(origin, 0, sizes[author], data))
        sizes[author] += 1
        to = read_entry(data).header.to
        if act is not None and to is not None and (reader is None or to.reaches(reader)):
            found.acts.append((act.salt, act.data))
    for book in writer.books.values():
        checkpoint = Checkpoint(*book.tip)
        signature = sign_checkpoint(checkpoint, book.key)
        found.notes[book.origin] = format_note(checkpoint.text, [signature])
    if party is not None:
        tip = writer.books[party].tip
        found.token = (tip.size, tip.root)
    return found


def node_keys(party: str) -> Keys:
    """The keys of a party's node, as the founding names them."""
    return Keys(PrivateKey(seed(party, "node")), PrivateKey(seed(party, "cosigner")))


def export(writer: Writer, folder: Path) -> None:
    """Write the public record as files, each log under a checkpoint that all others cosigned."""
    founding = writer.founding

    def put(path: str, data: bytes) -> None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    put(layout.FOUNDING, writer.founding_file)
    put(layout.CHARTER, CHARTER.read_bytes())
    put(layout.README, layout.readme(founding))
    for member in founding.members:
        book, home = writer.books[member.name], layout.folder_of(member)
        checkpoint = Checkpoint(*book.tip)
        others = [other for other in founding.members if other != member]
        lines = [sign_checkpoint(checkpoint, book.key)] + [
            cosign(
                checkpoint,
                other.cosigner.name,
                PrivateKey(seed(other.name, "cosigner")),
                writer.now // 1_000,
            )
            for other in others
        ]
        put(layout.checkpoint_path(home), format_note(checkpoint.text, lines))
        for level, index, width in tiles_of(checkpoint.size):
            first = index * TILE_WIDTH
            if level == 0:
                entries = book.entries[first : first + width]
                put(f"{home}/{entries_path(index, width)}", encode_bundle(entries))
            put(
                f"{home}/{tile_path(level, index, width)}",
                tile_bytes(book.tree, level, index, width),
            )
    for _, data, act in writer.order:
        to = read_entry(data).header.to
        if act is not None and to is not None and to.public:
            put(layout.act_path(act.seal), act.salt + act.data)


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads files of an export; it can be sent to another process."""

    folder: Path

    def __call__(self, path: str) -> bytes | None:
        """The bytes of a file, or None."""
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def listed(self) -> list[str]:
        """The relative paths of all files."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [path.relative_to(self.folder).as_posix() for path in files]


@dataclass(frozen=True, slots=True)
class SignedActs:
    """Judges that an act which lies open is public and signed by the key that it names."""

    founding: Founding

    def fault(self, line: ActLine, act: SealedAct) -> str | None:
        """Why the act may not lie open; None if it may."""
        if line.to is None or not line.to.public:
            return "it is not public."
        try:
            key = PublicKey.parse(read_act(act).act.key)
        except RecordError as fault:
            return str(fault)
        return None if act.signed_by(key, self.founding.id) else "its signature does not match."

    def may_be_open(self, line: ActLine) -> bool:
        """No act of these logs was released."""
        return False

    def erased(self, line: ActLine, stone: Tombstone) -> str | None:
        """No act of these logs was erased."""
        return "nothing was erased."

    def remarks(self) -> list[Remark]:
        """Nothing was released, so nothing is missed."""
        return []

    def remember(self) -> dict[str, Value]:
        """Each act is judged by itself."""
        return {}

    def recall(self, memory: Mapping[str, Value], renewed: Callable[[str], str]) -> None:
        """Nothing was remembered."""

    def unsettled(self, *, listed: bool) -> bool:
        """No act says anything of another."""
        return False
