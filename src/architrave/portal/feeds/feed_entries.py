"""What a feed holds, built while the peer is read: its entries, the one changed last first.

Only what all parties of the founding may read is in a feed, as on a page; and of that only what was
admitted. An entry keeps its name for ever. When something later bears on it, the entry says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from architrave.charter.phrases import phrase
from architrave.institution import acts
from architrave.institution.acts import Act, Revised, Tabled, Text, kind_of
from architrave.institution.acts_warning import POINTS
from architrave.institution.pending import matter_is_final
from architrave.institution.register import Event, Promise, Register
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact
from architrave.peer.peer import Peer
from architrave.portal import formats
from architrave.portal.feeds.calendar_dates import name_of_thing
from architrave.portal.feeds.feed_files import stamp_of_feeds
from architrave.portal.feeds.feed_order import Order, Placed
from architrave.portal.feeds.feed_rows import Feed, FeedEntry
from architrave.portal.feeds.feed_topics import (
    ALL,
    TOPIC_OF,
    TOPICS,
    body_of,
    consultation_of,
    matter_of,
    meeting_of,
)
from architrave.portal.feeds.register_feed import register_entry
from architrave.portal.formats import Said
from architrave.portal.opened_lines import opened_by, texts_in, values_in
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.plain_names import PlainNames, cleaned
from architrave.portal.reading import Copy
from architrave.portal.rows import stage_text
from architrave.portal.whole import line_link

__all__ = ["LONGEST", "feed"]

LONGEST = 100
"""Entries on one page of a feed."""

# The words of an act, in the order in which they are shown.
_TEXTS = (
    "title", "summary", "ground", "facts", "wish", "answer", "outcome", "reason", "remedy",
    "proposition", "account", "note", "correction", *POINTS, "offer", "sees",
)  # fmt: skip
# What says of a drill, and of a test alert, that it is one: its title and its note.
_DRILL: Mapping[type[Act], tuple[str, str]] = {
    acts.Consulted: ("drill-title", "drill-note"),
    acts.Alerted: ("alert-test-title", "alert-test-note"),
}


@dataclass
class _Kept:
    """The feeds of one state of the record, which `stamp` names: their order, and of each the page
    that is asked for again and again, by language, topic and body."""

    stamp: object
    register: Register | None
    order: Order
    first: dict[tuple[str, str, str], Feed] = field(default_factory=dict)


# One for each peer of this process; read and written under the reading lock only.
_kept: WeakKeyDictionary[Peer, _Kept] = WeakKeyDictionary()


def feed(copy: Copy, topic: str, body: str = "", page: int = 1) -> Feed | None:
    """A page, from 1, of a feed of one topic or of all, of one body or of all; None if there is no
    such feed or page.

    The first is made once for each state of the record: whoever follows it asks again and again,
    and each time the node would stand still.
    """
    if topic not in (ALL, *TOPICS) or (body and copy.charter.find_body(body) is None):
        return None
    stamp = stamp_of_feeds(copy)
    kept = _kept.get(copy.peer)
    # Another register may have the same digest: translations are no part of it.
    if kept is None or kept.stamp != stamp or kept.register is not copy.register:
        kept = _kept[copy.peer] = _Kept(stamp, copy.register, Order.of(copy))
    if page > 1:
        return _feed(copy, kept.order, topic, body, page)
    name = (copy.language, topic, body)
    if name not in kept.first:
        made = _feed(copy, kept.order, topic, body, page)
        assert made is not None
        kept.first[name] = made
    return kept.first[name]


def _feed(copy: Copy, order: Order, topic: str, body: str, page: int) -> Feed | None:
    placed = order.placed(copy, topic, body)
    pages = max(1, -(-len(placed) // LONGEST))
    if page > pages:
        return None
    chosen = copy.charter.find_body(body) if body else None
    plain = PlainNames(copy)
    about = plain.institution if chosen is None else plain.body(chosen)
    title = copy.say("pair", left=about, right=copy.say_of("topic", topic))
    place = plain.address(f"/feeds/{copy.language}/" + (f"{body}/" if body else "") + topic)
    here = placed[(page - 1) * LONGEST : page * LONGEST]
    entries = (_entry(copy, plain, order, one) for one in here)
    return Feed(
        uid=name_of_thing(copy.state.founding.id, "feed", copy.language, body, topic).urn,
        language=copy.language,
        title=plain.title(title),
        changed=copy.say("feeds-changed"),
        about=copy.say("speaks-for-none"),
        author=plain.institution,
        atom=f"{place}.atom",
        json=f"{place}.json",
        page=plain.address(copy.address()),
        icon=plain.address("/static/portal/mark.svg"),
        updated=max((one.updated for one in placed[:1]), default=0),
        number=page,
        pages=pages,
        entries=tuple(
            replace(one, title=_titled(one.title, plain), lines=tuple(map(_clean, one.lines)))
            for one in entries
            if one is not None
        ),
    )


def _entry(copy: Copy, plain: PlainNames, order: Order, one: Placed) -> FeedEntry | None:
    """An entry, written; None if its words cannot be read here."""
    thing = one.thing
    if isinstance(thing, Event | Promise):
        return register_entry(copy, plain, one.uid, thing, one.updated)
    if isinstance(thing, MatterStanding):
        return _in_force(copy, plain, one, thing)
    act = copy.read(thing.tip)
    if act is None:
        return None
    return _with_text(copy, plain, thing, _official(copy, plain, order, one, thing, act))


def _titled(title: Shown, plain: PlainNames) -> Shown:
    """A title that files can carry; in a demonstration it says so."""
    clean = _clean(title)
    if isinstance(clean, Said):
        return Said(plain.title(clean.text), clean.lang)
    return plain.title(clean)


def _clean(text: Shown) -> Shown:
    return Said(cleaned(text.text), text.lang) if isinstance(text, Said) else cleaned(text)


def _official(
    copy: Copy, plain: PlainNames, order: Order, one: Placed, fact: Fact, act: Act
) -> FeedEntry:
    body = body_of(copy, act, order.seats)
    topic = TOPIC_OF[type(act)]
    kind = copy.say_of("kind", kind_of(act))
    if isinstance(act, acts.Alerted | acts.Consulted) and act.drill:
        kind = copy.say(_DRILL[type(act)][0])
    subject = _subject(copy, plain, act)
    name = plain.body(copy.charter.body(body)) if body else ""
    return FeedEntry(
        uid=one.uid,
        title=copy.say("pair", left=kind, right=subject) if subject else kind,
        href=plain.address(_address(copy, fact, act)),
        kind="official",
        kind_word=copy.say("feeds-official"),
        topic=topic,
        topic_word=copy.say_of("topic", topic),
        body=name,
        author=plain.party(fact.party),
        published=fact.t,
        updated=one.updated,
        lines=tuple(_lines(copy, plain, act)),
        since=tuple(_since(copy, plain, after) for after in order.later[fact.name]),
        sure=_sure(copy, copy.final.holds(fact)),
    )


def _with_text(copy: Copy, plain: PlainNames, fact: Fact, entry: FeedEntry) -> FeedEntry:
    """The entry of a release, with the text that it opens and the line where that stands."""
    found = opened_by(copy, fact.tip)
    if found is None:
        return entry
    one, act = found
    note = copy.say("released-later", at=plain.here(fact.t), sealed=plain.here(one.sealed))
    drill = isinstance(act, acts.Alerted | acts.Consulted) and act.drill
    notes = (note, *([copy.say(_DRILL[type(act)][1])] if drill else []))
    words = (copy.of(text) for text in texts_in(act))
    href = plain.address(line_link(copy, one.tip).href)
    return replace(entry, href=href, lines=(*notes, *words, *values_in(act)))


def _sure(copy: Copy, final: bool) -> tuple[str, str]:
    """Whether an entry is final, as the code names it and in words."""
    return "final" if final else "provisional", copy.sure(final)


def _since(copy: Copy, plain: PlainNames, one: Fact) -> str:
    return copy.say(
        "feeds-since",
        what=copy.say_of("kind", kind_of(one.act)),
        party=plain.party(one.party),
        at=plain.here(one.t),
    )


def _subject(copy: Copy, plain: PlainNames, act: Act) -> str:
    """What an act is about, in a word: a symbol, a seat, a row of the register."""
    about = meeting_of(copy, act) or matter_of(copy, act) or consultation_of(copy, act)
    if about is not None:
        return about.symbol
    office = getattr(act, "office", "")
    if office:
        seat = copy.charter.find_seat(office)
        return plain.of(seat.title) if seat is not None else office
    return str(getattr(act, "row", ""))


def _lines(copy: Copy, plain: PlainNames, act: Act) -> Iterator[Shown]:
    """What an act says, each text on a line. Who holds a seat is left to the pages."""
    said: Act | acts.Wording = act
    asked = consultation_of(copy, act)
    if asked is not None and asked.drill:
        yield copy.say(_DRILL[type(asked)][1])
    if isinstance(act, acts.Positioned):
        yield phrase(act.position.value, copy.language)
    if isinstance(act, Tabled | Revised):
        said = act.wording
    for name in _TEXTS:
        text: Text = getattr(said, name, {})
        if text:
            yield copy.of(text)
    if isinstance(act, Tabled | Revised) and act.silence is not None:
        at = plain.here(act.silence.expiry)
        yield copy.say("pair", left=copy.say("silence-expiry"), right=at)
    if isinstance(act, acts.Convened):
        yield copy.say(
            "pair", left=copy.say_of("deadline", "meeting"), right=plain.here(act.starts)
        )
        yield from (
            copy.of(text) for text in (act.place, *(one.title for one in act.agenda)) if text
        )
    if isinstance(act, acts.Minuted):
        yield copy.say("minutes-held" if act.held else "minutes-not-held")
    if isinstance(act, acts.Alerted):
        unknown = [copy.say_of("alert-point", one) for one in POINTS if one in act.unknown]
        if unknown:
            listed = formats.listing(unknown, copy.language)
            yield copy.say("pair", left=copy.say("alert-not-known"), right=listed)
    if isinstance(act, acts.Responded) and act.unable:
        yield copy.say("alert-unable")
    if isinstance(act, acts.Attested):
        yield copy.say_of("attested", act.finding)
    if isinstance(act, acts.NotifiedWithdrawal):
        yield copy.say("pair", left=copy.say_of("deadline", "notice"), right=plain.here(act.effect))


def _address(copy: Copy, fact: Fact, act: Act) -> str:
    """The page of the matter, else the line of the book: both stay where they are."""
    about = matter_of(copy, act)
    if about is not None:
        return copy.matter_address(about.symbol)
    return line_link(copy, fact.tip).href


# -- what follows from it -----------------------------------------------------------------------


def _in_force(
    copy: Copy, plain: PlainNames, one: Placed, standing: MatterStanding
) -> FeedEntry | None:
    """A text that stands: no line says so, all books together do."""
    version = standing.current
    act = copy.read(version.version.fact.tip)
    if act is None:
        return None
    return FeedEntry(
        uid=one.uid,
        title=copy.say("pair", left=_plain(stage_text(copy, version)), right=standing.symbol),
        href=plain.address(copy.matter_address(standing.symbol)),
        kind="derived",
        kind_word=copy.say("feeds-derived"),
        topic="decisions",
        topic_word=copy.say_of("topic", "decisions"),
        body=plain.body(version.version.body),
        author=plain.institution,
        published=one.updated,
        updated=one.updated,
        lines=tuple(_lines(copy, plain, act)),
        sure=_sure(copy, matter_is_final(copy.view, standing)),
    )


def _plain(text: Shown) -> str:
    return text.text if isinstance(text, Said) else text
