"""The contexts of the pages for finding and citing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from architrave.institution.acts import Closed, Consulted
from architrave.institution.pending import consultations
from architrave.institution.register import Register
from architrave.peer.peer import Peer
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Frame, Link
from architrave.portal.reading import Copy
from architrave.portal.research.citing import cite_act
from architrave.portal.rows import consultation_row, frame_of, link_to
from architrave.portal.search.pages_search import (
    AddedRow,
    CloseRow,
    ConsultationPage,
    HitRow,
    SearchPage,
    SnippetPart,
    SnippetRow,
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
from architrave.portal.search.search_pieces import (
    Piece,
    Stamp,
    charter_pieces,
    holders_of,
    record_pieces,
    register_pieces,
)
from architrave.portal.words import LANGUAGES, say

__all__ = ["HITS", "Looking", "consultation_page", "index_of", "looking", "search_page"]

HITS = 50  # on the page
_BEFORE, _AFTER = 50, 110  # characters shown around a hit

_NATURES = {"act": "search-act", "fact": "search-fact", "charter": "search-charter"}
_SORTS = {
    "matter": "search-matter",
    "commitment": "search-commitment",
    "consultation": "search-consultation",
    "deposit": "search-deposit",
    "remark": "search-remark",
    "promise": "search-promise",
    "event": "search-event",
    "body": "search-body",
    "body-proposed": "search-body-proposed",
    "seat": "search-seat",
    "seat-proposed": "search-seat-proposed",
    "article": "search-article",
    "platform": "search-platform",
}


@dataclass
class _Kept:
    """The index of a peer, and the pieces that it is made of, until the view changes."""

    stamp: object = None
    index: Index = field(default_factory=lambda: Index(()))
    record: dict[Stamp, tuple[Piece, ...]] = field(default_factory=dict)
    beside_stamp: object = None
    beside: Index = field(default_factory=lambda: Index(()))
    register: Register | None = None


# One for each peer of this process; read and written under the reading lock only.
_kept: WeakKeyDictionary[Peer, _Kept] = WeakKeyDictionary()


def index_of(copy: Copy) -> Index:
    """The index of what all parties may read of this view; only what changed is read again."""
    kept = _kept.setdefault(copy.peer, _Kept())
    stamp = (copy.told.stamp, copy.charter.digest)
    # Its digest would not tell another register from this one: translations are no part of it.
    same = kept.register is copy.register
    if kept.stamp != stamp or not same:
        holders = holders_of(copy)
        beside = (copy.charter.digest, tuple(sorted(holders.items())))
        if kept.beside_stamp != beside or not same:
            kept.beside = Index(
                [*register_pieces(copy.register), *charter_pieces(copy.charter, holders)]
            )
            kept.beside_stamp = beside
        kept.index = Index(record_pieces(copy, kept.record), kept.beside)
        kept.stamp, kept.register = stamp, copy.register
    return kept.index


@dataclass(frozen=True)
class Looking:
    """What a search needs of a copy: it keeps no peer, so that it looks without the lock."""

    language: str
    asked: str
    frame: Frame
    index: Index

    def say(self, name: str, /, **blanks: object) -> str:
        return say(name, self.language, **blanks)


def looking(copy: Copy, query: str) -> Looking:
    """What a search for this needs, taken while the peer is read."""
    asked = " ".join(query.split())
    return Looking(copy.language, asked, _frame(copy, asked), index_of(copy))


def search_page(it: Looking) -> SearchPage:
    """What answers a query."""
    notice = ""
    if not it.asked:
        notice = it.say("search-empty")
    elif is_long(it.asked):
        notice = it.say("search-long", n=LONGEST, words=WORDS)
    if notice:
        return SearchPage(it.frame, it.asked[:LONGEST], notice, False, (), (), "", "", ())
    answer = ask(it.index, it.asked)
    count = len(answer.hits)
    counted = "search-one" if count == 1 else "search-many"
    return SearchPage(
        frame=it.frame,
        query=it.asked,
        notice="" if answer.hits else it.say("search-none"),
        partly=not answer.whole and bool(answer.hits),
        added=tuple(_added(answer)),
        close=tuple(_close(it, answer)),
        count=say(counted, it.language, n=formats.number(count)),
        more=it.say("search-more", n=formats.number(HITS)) if count > HITS else "",
        hits=tuple(_hit_row(it, hit) for hit in answer.hits[:HITS]),
    )


def _frame(copy: Copy, asked: str) -> Frame:
    """The frame; its language links keep what was asked."""
    plain = frame_of(copy, copy.say("search-title"), "search")
    if not asked:
        return plain
    asking = "?" + urlencode({"q": asked[:LONGEST]})
    tongues = tuple(replace(one, href=one.href + asking) for one in plain.tongues)
    return replace(plain, sought=asked[:LONGEST], tongues=tongues)


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
    return link_to(word, f"/{it.language}/search?" + urlencode({"q": word}))


def _hit_row(it: Looking, hit: Hit) -> HitRow:
    piece = hit.piece
    path, anchor = piece.place
    found = {one.passage.language for one in hit.touches}
    languages = [say("tongue", one) for one in LANGUAGES if one in found]
    languages += sorted(one for one in found if one and one not in LANGUAGES)
    name = piece.names[0] if piece.names else ""
    return HitRow(
        code=piece.nature.value,
        nature=it.say(_NATURES[piece.nature.value]),
        sort=it.say(_SORTS[piece.sort]),
        name=name,
        title=formats.chosen(piece.title, it.language) or name,
        href="/" + "/".join((it.language, *path)) + (f"#{anchor}" if anchor else ""),
        languages=formats.listing(languages, it.language),
        through=tuple(Said(one.text, one.language) for one in hit.through),
        snippets=tuple(_snippet(one) for one in hit.touches),
    )


def _snippet(touch: Touch) -> SnippetRow:
    source, first = touch.source, touch.spans[0]
    start, end = max(0, first[0] - _BEFORE), min(len(source), first[1] + _AFTER)
    parts = [SnippetPart("… ", False)] if start else []
    at = start
    for one, after in touch.spans:
        if after > end:
            break
        if one > at:
            parts.append(SnippetPart(source[at:one], False))
        parts.append(SnippetPart(source[one:after], True))
        at = after
    parts.append(SnippetPart(source[at:end] + (" …" if end < len(source) else ""), False))
    return SnippetRow(touch.passage.language, tuple(part for part in parts if part.text))


# -- what is cited --------------------------------------------------------------------------------


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
    return ConsultationPage(
        frame=frame_of(copy, symbol, "consultations", symbol),
        one=consultation_row(copy, one),
        readers=copy.readers(one.asked),
        closed=copy.here(closed.t) if closed is not None else None,
        outcome=copy.of(closed.act.outcome)
        if closed is not None and isinstance(closed.act, Closed)
        else "",
        picture=picture_block(copy, one),
        cite=cite_act(copy, one.asked, symbol, copy.of(one.act.ground), body),
    )
