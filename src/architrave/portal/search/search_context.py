"""The contexts of the pages for finding and citing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from architrave.charter.model import Charter
from architrave.institution.acts import Closed, Consulted
from architrave.institution.pending import Consultation, consultations
from architrave.institution.register import Register
from architrave.peer.peer import Peer
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.meetings_shown import clock_block
from architrave.portal.pages_rows import Frame, Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.research.citing import cite_act
from architrave.portal.rows import consultation_row, frame_of, link_to, matter_title
from architrave.portal.search.pages_search import (
    AddedRow,
    CloseRow,
    ConsultationPage,
    HitRow,
    SearchPage,
    Snippet,
    snippets,
)
from architrave.portal.search.picture_context import picture_block
from architrave.portal.search.search_index import (
    LONGEST,
    WORDS,
    Answer,
    Hit,
    Index,
    Touch,
    ask,
    is_long,
)
from architrave.portal.search.search_part import Part
from architrave.portal.search.search_pieces import (
    Piece,
    Stamp,
    charter_pieces,
    holders_of,
    record_pieces,
    register_pieces,
)
from architrave.portal.words import LANGUAGES, say, say_of

__all__ = ["HITS", "Looking", "consultation_page", "index_of", "looking", "search_page"]

HITS = 20  # on a page
_BEFORE, _AFTER = 50, 110  # characters shown around a hit

_NATURES = {"act": "search-act", "fact": "search-fact", "charter": "search-charter"}
_SORTS = {
    "matter": "search-matter",
    "commitment": "search-commitment",
    "consultation": "search-consultation",
    "alert": "alert-title",
    "alert-test": "alert-test-title",
    "drill": "drill-title",
    "deposit": "search-deposit",
    "remark": "search-remark",
    "opened": "search-opened",
    "promise": "search-promise",
    "event": "search-event",
    "body": "search-body",
    "body-proposed": "search-body-proposed",
    "seat": "search-seat",
    "seat-proposed": "search-seat-proposed",
    "article": "search-article",
    "platform": "search-platform",
}


Groups = Mapping[Stamp, tuple[Piece, ...]]


class _Kept:
    """The parts of a peer's index, each made of what it was made from last."""

    def __init__(self) -> None:
        # Read and written under the reading lock only.
        self.stamp: object = None
        self.groups: Groups = {}
        self.holders: Mapping[str, str] = {}
        # Under this lock, when the reading lock is given back: to read much must hold nobody up.
        self.lock = Lock()
        self.record, self.register, self.charter = Part(), Part(), Part()
        self.made_of: Groups = {}
        self.rows: Register | None = None
        self.seats: object = None
        self.index = Index(())


# One for each peer of this process.
_kept: WeakKeyDictionary[Peer, _Kept] = WeakKeyDictionary()


@dataclass(frozen=True)
class Sources:
    """What the index of a copy is made of; it keeps no peer."""

    kept: _Kept
    groups: Groups
    register: Register | None
    charter: Charter
    holders: Mapping[str, str]

    def index(self) -> Index:
        """The index: only what changed is read again, and the rows of a register once."""
        kept = self.kept
        with kept.lock:
            record = kept.record
            if kept.made_of is not self.groups:
                record = record.following(self.groups)
            # Its digest would not tell another register from this one: it leaves translations out.
            same = kept.rows is self.register
            register = kept.register if same else Part.of(register_pieces(self.register))
            seats = (self.charter.digest, self.holders)
            charter = kept.charter
            if kept.seats != seats:
                charter = Part.of(charter_pieces(self.charter, self.holders))
            parts = (record, register, charter)
            if kept.index.parts != parts:
                kept.index = Index(parts)
            kept.record, kept.register, kept.charter = parts
            kept.made_of, kept.rows, kept.seats = self.groups, self.register, seats
            return kept.index


def sources_of(copy: Copy) -> Sources:
    """What all parties may read of this view, to be asked for while the peer is read."""
    kept = _kept.setdefault(copy.peer, _Kept())
    stamp = (copy.told.stamp, copy.charter.digest)
    if kept.stamp != stamp:
        kept.groups, kept.holders = record_pieces(copy, kept.groups), holders_of(copy)
        kept.stamp = stamp
    return Sources(kept, kept.groups, copy.register, copy.charter, kept.holders)


def index_of(copy: Copy) -> Index:
    """The index of what all parties may read of this view."""
    return sources_of(copy).index()


@dataclass(frozen=True)
class Looking:
    """What a search needs of a copy: it keeps no peer, so that it looks without the lock."""

    language: str
    asked: str
    number: int
    frame: Frame
    sources: Sources

    def say(self, name: str, /, **blanks: object) -> str:
        return say(name, self.language, **blanks)

    def address(self, asked: str, number: int = 1) -> str:
        return f"/{self.language}/search" + _asking(asked, number)


def looking(copy: Copy, query: str, number: int = 1) -> Looking:
    """What page `number` of a search for this needs, taken while the peer is read."""
    asked = " ".join(query.split())
    return Looking(copy.language, asked, number, _frame(copy, asked, number), sources_of(copy))


def search_page(it: Looking) -> SearchPage | None:
    """What answers a query; None if it has no such page."""
    notice = ""
    if not it.asked:
        notice = it.say("search-empty")
    elif is_long(it.asked):
        notice = it.say("search-long", n=LONGEST, words=WORDS)
    if notice:
        page = SearchPage(it.frame, it.asked[:LONGEST], notice, False, (), (), "", (), ())
        return page if it.number == 1 else None
    first = (it.number - 1) * HITS
    answer = ask(it.sources.index(), it.asked, first, HITS)
    if it.number > 1 and not answer.hits:
        return None
    return SearchPage(
        frame=it.frame,
        query=it.asked,
        notice="" if answer.hits else it.say("search-none"),
        partly=not answer.whole and bool(answer.hits),
        added=tuple(_added(answer)),
        close=tuple(_close(it, answer)),
        count=_count(it, answer.count),
        hits=tuple(_hit_row(it, hit) for hit in answer.hits),
        pages=tuple(_pages(it, answer.count)),
    )


def _asking(asked: str, number: int) -> str:
    query = {"q": asked[:LONGEST]} if asked else {}
    return "?" + urlencode(query | ({"page": str(number)} if number > 1 else {})) if query else ""


def _frame(copy: Copy, asked: str, number: int) -> Frame:
    """The frame; its language links keep what was asked."""
    plain = frame_of(copy, copy.say("search-title"), "search")
    if not asked:
        return plain
    asking = _asking(asked, number)
    tongues = tuple(replace(one, href=one.href + asking) for one in plain.tongues)
    return replace(plain, sought=asked[:LONGEST], tongues=tongues)


def _count(it: Looking, count: int) -> str:
    """How many were found, and which of them are shown unless all are."""
    if count <= HITS:
        return it.say("search-one" if count == 1 else "search-many", n=formats.number(count))
    return it.say("search-range", n=formats.number(count), range=_range(it.number, count))


def _range(number: int, count: int) -> str:
    first, last = (number - 1) * HITS + 1, min(number * HITS, count)
    if first == last:
        return formats.number(last)
    return f"{formats.number(first)}–{formats.number(last)}"


def _pages(it: Looking, count: int) -> Iterator[Link]:
    """The page before this, this, and the next; nothing if there is one page only."""
    last = -(-count // HITS)
    for number in range(max(1, it.number - 1), min(it.number + 1, last) + 1):
        if last > 1:
            text = _range(number, count)
            if number != it.number:
                text = it.say("search-before" if number < it.number else "search-next", range=text)
            yield Link(text, it.address(it.asked, number), number == it.number)


def _added(answer: Answer) -> Iterator[AddedRow]:
    for unit in answer.units:
        if unit.added:
            # After a slip of the pen the glossary was asked for the word that was found instead.
            asked = unit.close[0] if unit.close else unit.text
            yield AddedRow(asked, tuple(Said(one.text, one.language) for one in unit.added))


def _close(it: Looking, answer: Answer) -> Iterator[CloseRow]:
    for unit in answer.units:
        if unit.close:
            yield CloseRow(unit.text, tuple(_search_link(it, one) for one in unit.close))


def _search_link(it: Looking, word: str) -> Link:
    return link_to(word, it.address(word))


def _hit_row(it: Looking, hit: Hit) -> HitRow:
    piece = hit.piece
    path, anchor = piece.place
    name = piece.names[0] if piece.names else ""
    return HitRow(
        code=piece.nature.value,
        nature=it.say(_NATURES[piece.nature.value]),
        title=formats.chosen(piece.title, it.language) or name,
        href="/" + "/".join((it.language, *path)) + (f"#{anchor}" if anchor else ""),
        about=formats.joined(_about(it, hit, name), " · "),
        snippets=snippets(_snippet(one) for one in hit.touches),
    )


def _about(it: Looking, hit: Hit, name: str) -> Iterator[Shown]:
    """The line under a title: a text in no language, as a symbol or a name, names none."""
    yield it.say(_SORTS[hit.piece.sort])
    if name:
        yield name
    languages = _languages(it.language, frozenset(one.passage.language for one in hit.touches))
    if languages:
        yield languages
    if hit.through:
        forms = formats.joined((Said(one.text, one.language) for one in hit.through), " · ")
        yield formats.joined((it.say("search-through"), forms), " ")


@lru_cache(maxsize=100)
def _languages(language: str, found: frozenset[str]) -> str:
    """The languages whose texts were hit, by their names in the reader's; empty for none."""
    names = [say_of("language", one, language) for one in LANGUAGES if one in found]
    names += sorted(one for one in found if one and one not in LANGUAGES)
    listed = formats.listing(names, language)
    return say("search-languages", language, languages=listed) if names else ""


def _snippet(touch: Touch) -> Snippet:
    source, first = touch.source, touch.spans[0]
    start, end = max(0, first[0] - _BEFORE), min(len(source), first[1] + _AFTER)
    stretches = ["… " if start else ""]
    at = start
    for one, after in touch.spans:
        if after > end:
            break
        stretches[-1] += source[at:one]
        stretches += [source[one:after], ""]
        at = after
    stretches[-1] += source[at:end] + (" …" if end < len(source) else "")
    return Snippet(touch.passage.language, tuple(stretches))


# -- what is cited --------------------------------------------------------------------------------


def _told(copy: Copy, one: Consultation, ground: Shown) -> Shown:
    """The ground of a request; that of a drill never without the word."""
    if not one.act.drill:
        return ground
    return copy.say("pair", left=copy.say("drill-title"), right=ground)


def consultation_page(copy: Copy, symbol: str) -> ConsultationPage | None:
    """The page of a consultation; None if all parties know of no such consultation."""
    one = next(
        (one for one in consultations(copy.state, copy.view) if one.act.symbol == symbol), None
    )
    if one is None:
        return None
    assert isinstance(one.asked.act, Consulted)
    closed = one.closed
    body = copy.body(copy.charter.body(one.act.body))
    ground = copy.of(one.act.ground)
    return ConsultationPage(
        frame=frame_of(
            copy,
            matter_title(symbol, _told(copy, one, ground)),
            "consultations",
            symbol,
            about=ground,
        ),
        one=consultation_row(copy, one),
        readers=copy.readers(one.asked),
        closed=copy.here(closed.t) if closed is not None else None,
        outcome=copy.of(closed.act.outcome)
        if closed is not None and isinstance(closed.act, Closed)
        else "",
        clock=clock_block(copy, one),
        picture=picture_block(copy, one),
        cite=cite_act(copy, one.asked, symbol, ground, body),
    )
