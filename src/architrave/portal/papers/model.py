"""One paper: a title and blocks, each text a row of runs that say their own language.

Nothing here knows a file format. Two equal papers are written as equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html.parser import HTMLParser

from architrave.portal.formats import Moment, Said

__all__ = [
    "Block",
    "Heading",
    "Listing",
    "Mark",
    "Note",
    "Paper",
    "Paragraph",
    "Run",
    "Table",
    "Text",
    "Verbatim",
    "legible",
    "numbered",
    "plain_text",
    "runs_of",
    "script_of",
    "texts_of",
    "visible",
]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one language; a line feed breaks the line. `code` is for digests and commands."""

    text: str
    language: str
    strong: bool = False
    code: bool = False


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the paper's title, and no level is left out on the way down."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph that says something about the paper, or a word of caution."""

    text: Text


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, with numbers if the order matters."""

    entries: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row, which is repeated on each page; widths are relative."""

    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark, one sign for each minute book (▮▮▯), and the same in words for a screen reader."""

    signs: str
    means: Text


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text kept line by line: the words that were tabled."""

    lines: tuple[str, ...]
    language: str


Block = Heading | Paragraph | Note | Listing | Table | Mark | Verbatim


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `name` is its file's, in ASCII; `stamp` (ms) is the record's time, not a clock's.

    A `compact` one is set small and close, for what has to fit on few pages.
    """

    name: str
    language: str
    title: str
    symbol: str
    banner: str
    institution: str
    stamp: int
    blocks: tuple[Block, ...]
    compact: bool = False

    def digest(self) -> str:
        """SHA-256 of all that the paper says; what was written of it is kept under this name."""
        parts = [type(block).__name__ for block in self.blocks]
        said = json.dumps([parts, asdict(self)], sort_keys=True).encode("ascii")
        return hashlib.sha256(said).hexdigest()


def texts_of(block: Block) -> Iterable[Text]:
    """Every text of a block, in the order of reading."""
    match block:
        case Listing(entries):
            yield from entries
        case Table(caption, head, rows):
            yield from (caption, *head)
            for row in rows:
                yield from row
        case Mark(_, means):
            yield means
        case Verbatim(lines, language):
            yield from ((Run(line, language),) for line in lines)
        case _:
            yield block.text


def plain_text(text: Text) -> str:
    """A text without its languages."""
    return "".join(run.text for run in text)


# -- from what a page shows -----------------------------------------------------------------


class _Marked(HTMLParser):
    """Runs of a page's marked text: ``lang`` is the only attribute that says something here."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.languages = [language]
        self.runs: list[Run] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.languages.append(dict(attrs).get("lang") or self.languages[-1])

    def handle_endtag(self, tag: str) -> None:
        self.languages.pop()

    def handle_data(self, data: str) -> None:
        self.runs.append(Run(visible(data), self.languages[-1]))


def runs_of(shown: object, language: str) -> Text:
    """What a page would show for a value, as runs; empty for an empty value."""
    match shown:
        case Run():
            return (shown,)
        case Said(text, lang):
            found: Text = (Run(visible(text), lang),)
        case Moment(_, text):
            found = (Run(visible(text), language),)
        case str() if hasattr(shown, "__html__"):
            marked = _Marked(language)
            marked.feed(str(shown))
            marked.close()
            found = tuple(marked.runs)
        case _:
            found = (Run(visible(str(shown)), language),)
    return tuple(run for run in found if run.text)


_KEPT = "\n\t"
# They turn the direction of what follows, and so could make a paper say what was never written; the
# last is none of a text's own.
_UNSEEN = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def visible(text: str) -> str:
    """A text in which no character is without a form: a control sign stands as ``[U+0007]``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(f"[U+{ord(sign):04X}]" if _formless(sign) else sign for sign in text)


def _formless(sign: str) -> bool:
    if sign in _KEPT:
        return False
    return sign in _UNSEEN or unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_KANA = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HAN = re.compile(r"[\u2e80-\u2fff\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def script_of(text: str) -> str:
    """`ko` for a text with Korean letters, `ja` with kana, `han` with Han signs only, else empty.

    Korean comes first: whoever quotes a Japanese word in a Korean text still writes Korean.
    """
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    return "han" if _HAN.search(text) else ""


_RARE = re.compile(
    r"[^\n\t\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027\u2030-\u203b\u20ac"
    r"\u2190-\u2193\u25ae\u25af\u2713\u3000-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3"
    r"\uff01-\uff9f]"
)


def numbered(text: str, signs: Iterable[str]) -> str:
    """A text in which some letters stand as their numbers."""
    return text.translate({ord(sign): f"[U+{ord(sign):04X}]" for sign in signs})


def legible(text: str) -> str:
    """A text in the letters that fonts commonly have; any other stands as its number."""
    return numbered(text, set(_RARE.findall(text)))
