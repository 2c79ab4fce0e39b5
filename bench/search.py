"""Search: building the index of a node's pages, its size in memory, and asking it.

The shipped register, each row so many times under an id and with words of its own, and the
charter beside it. The yardstick of building is a plain index of words: each text through NFKC and
case folding, cut into words, each word with the pieces that hold it.
Before a time is given, known words are asserted to be found, each row of them. Rows:

search        seconds to build the index from nothing
search.query  milliseconds of one core from a query to its ranked hits, the slowest but one
search.size   MiB that the index holds, by the allocator's own count
"""

import re
import sys
import time
import tracemalloc
import unicodedata
from dataclasses import replace
from pathlib import Path

from architrave.charter.parse import parse_charter
from architrave.institution.register import Register, read_register
from architrave.portal.search.search_index import Index, ask
from architrave.portal.search.search_part import Part
from architrave.portal.search.search_pieces import Piece, charter_pieces, register_pieces
from bench import Figure, main, percentile, side_by_side

ROOT = Path(__file__).resolve().parents[1]
SIZE = 20
QUERIES = (
    "반도체", "훈련을", "미사일 경보", "정상회의", "韓", "半導体", "協議", "共同訓練",
    "サプライチェーン",
    "exercise", "supply chains", "missile warning data", "foreign ministers", "the", "exercize",
    "semiconducter", "반도채", "nothing of this kind", "ev-campdavid", "Camp David 2023",
)  # fmt: skip


def rows(copies: int) -> Register:
    """The shipped register, each row `copies` times."""
    folder = ROOT / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    one = read_register(files, frozenset({"KOR", "JPN", "USA"}))
    numbers = range(copies)
    return Register(
        one.header,
        tuple(
            replace(row, id=f"{row.id}-{n}", title=f"{row.title} {n}", summary=f"{row.summary} {n}")
            for row in one.events
            for n in numbers
        ),
        tuple(
            replace(row, id=f"{row.id}-{n}", text=f"{row.text} {n}", status=f"{row.status} {n}")
            for row in one.promises
            for n in numbers
        ),
        (),
    )


def measure(size: int = SIZE) -> list[Figure]:
    """Measure on the register `size` times."""
    register = rows(size)
    path = ROOT / "charters" / "trilateral.toml"
    charter = parse_charter(path.read_text(encoding="utf-8"), path.name)

    def pieces() -> list[Piece]:
        return [*register_pieces(register), *charter_pieces(charter, {})]

    texts = [(n, one.text) for n, piece in enumerate(pieces()) for one in piece.passages]

    def build() -> Index:
        return Index([Part.of(pieces())])

    def plain() -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for number, text in texts:
            for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()):
                found.setdefault(word, set()).add(number)
        return found

    building, bare = side_by_side(build, plain)
    tracemalloc.start()
    index = build()
    held = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    known = [one for one in register.events if one.id.startswith("ev-warning-2023")]
    hits = {hit.piece.names for hit in ask(index, "missile warning data").hits}
    equal = len(known) == size and all((one.id,) in hits for one in known)
    times = []
    for query in QUERIES:
        start = time.process_time()
        ask(index, query)
        times.append((time.process_time() - start) * 1e3)
    sizes = {"pieces": len(index.pieces), "keys": len(index.held), "texts": len(texts)}
    return [
        Figure("search", building, bare, ("<=", 20), equal, sizes),
        Figure("search.query", percentile(times, 95), None, ("<=", 500), equal, sizes),
        Figure("search.size", held, None, ("<=", 64), equal, sizes),
    ]


if __name__ == "__main__":
    sys.exit(main(measure))
