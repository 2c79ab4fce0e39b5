"""What a feed holds, built while the peer is read: its entries, the one changed last first.

Only what all parties of the founding may read is in a feed, as on a page; and of that only what was
admitted. An entry keeps its name for ever. When something later bears on it, the entry says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from architrave.charter.phrases import phrase
from architrave.institution import acts
from architrave.institution.acts import Act, Revised, Tabled, Text, kind_of
from architrave.institution.pending import matter_is_final
from architrave.institution.register import Register
from architrave.institution.standing import MatterStanding, Stage
from architrave.institution.state import Fact
from architrave.peer.peer import Peer
from architrave.portal.feeds.calendar_dates import name_of_thing
from architrave.portal.feeds.feed_files import stamp_of_feeds
from architrave.portal.feeds.feed_rows import Feed, FeedEntry
from architrave.portal.feeds.feed_topics import (
    ALL,
    TOPIC_OF,
    TOPICS,
    body_of,
    consultation_of,
    matter_of,
    seats_of,
)
from architrave.portal.feeds.register_feed import register_entries
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Shown
from architrave.portal.papers.plain_names import PlainNames, cleaned
from architrave.portal.reading import Copy
from architrave.portal.rows import stage_text
from architrave.portal.whole import line_link

__all__ = ["LONGEST", "feed"]

LONGEST = 100
"""Entries in one feed; what is older is on the pages."""

# The words of an act, in the order in which they are shown.
_TEXTS = (
    "title", "summary", "ground", "facts", "wish", "answer", "outcome", "reason", "remedy",
    "account", "note", "correction",
)  # fmt: skip


@dataclass
class _Kept:
    """The feeds of one state of the record, which `stamp` names, by language, topic and body."""

    stamp: object
    register: Register | None
    feeds: dict[tuple[str, str, str], Feed] = field(default_factory=dict)


# One for each peer of this process; read and written under the reading lock only.
_kept: WeakKeyDictionary[Peer, _Kept] = WeakKeyDictionary()


def feed(copy: Copy, topic: str, body: str = "") -> Feed | None:
    """A feed of one topic or of all, of one body or of all; None if there is no such feed.

    It is made once for each state of the record: whoever follows it asks again and again, and each
    time the node would stand still.
    """
    if topic not in (ALL, *TOPICS) or (body and copy.charter.find_body(body) is None):
        return None
    stamp = stamp_of_feeds(copy)
    kept = _kept.get(copy.peer)
    # Another register may have the same digest: translations are no part of it.
    if kept is None or kept.stamp != stamp or kept.register is not copy.register:
        kept = _kept[copy.peer] = _Kept(stamp, copy.register)
    name = (copy.language, topic, body)
    if name not in kept.feeds:
        kept.feeds[name] = _feed(copy, topic, body)
    return kept.feeds[name]


def _feed(copy: Copy, topic: str, body: str) -> Feed:
    chosen = copy.charter.find_body(body) if body else None
    plain = PlainNames(copy)
    about = plain.institution if chosen is None else plain.body(chosen)
    title = copy.say("pair", left=about, right=copy.say_of("topic", topic))
    place = plain.address(f"/feeds/{copy.language}/" + (f"{body}/" if body else "") + topic)
    entries = _entries(copy, plain, topic, body)
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
        updated=max((one.updated for one in entries), default=0),
        entries=entries,
    )


def _entries(copy: Copy, plain: PlainNames, topic: str, body: str) -> tuple[FeedEntry, ...]:
    def asked(what: str) -> bool:
        return topic in (ALL, what)

    found: list[FeedEntry] = []
    if asked("decisions"):
        found += _in_force(copy, plain, body)
    if asked("register") and not body and copy.register is not None:
        found += register_entries(copy, plain, LONGEST)
    facts, seats = _admitted(copy), seats_of(copy)
    later = _later(facts)
    chosen = [
        (max([fact.t, *(one.t for one in later[fact.name])]), fact)
        for fact in facts
        if asked(TOPIC_OF[type(fact.act)]) and (not body or body_of(copy, fact.act, seats) == body)
    ]
    # Reading a text takes longer than asking when it changed: the newest are enough.
    chosen.sort(key=lambda pair: (-pair[0], pair[1].name))
    for updated, fact in chosen[:LONGEST]:
        act = copy.read(fact.tip)
        if act is not None:
            about = body_of(copy, act, seats)
            found.append(_official(copy, plain, fact, act, about, updated, later[fact.name]))
    found.sort(key=lambda one: (-one.updated, one.uid))
    return tuple(
        replace(one, title=_titled(one.title, plain), lines=tuple(map(_clean, one.lines)))
        for one in found[:LONGEST]
    )


def _titled(title: Shown, plain: PlainNames) -> Shown:
    """A title that files can carry; in a demonstration it says so."""
    clean = _clean(title)
    if isinstance(clean, Said):
        return Said(plain.title(clean.text), clean.lang)
    return plain.title(clean)


def _clean(text: Shown) -> Shown:
    return Said(cleaned(text.text), text.lang) if isinstance(text, Said) else cleaned(text)


# -- what was admitted --------------------------------------------------------------------------


def _admitted(copy: Copy) -> list[Fact]:
    """The admitted acts that all parties may read, each once, by time."""
    held = (next(copy.view.of(facts), None) for facts in copy.state.acts.values())
    return sorted((one for one in held if one is not None), key=lambda one: (one.t, one.tip))


def _later(facts: Iterable[Fact]) -> defaultdict[str, list[Fact]]:
    """By the name of an act, what came later and bears on it."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    versions: defaultdict[str, list[str]] = defaultdict(list)
    latest: dict[tuple[str, ...], str] = {}
    by: dict[str, str] = {}

    def replaces(fact: Fact, *place: str) -> None:
        before = latest.pop(place, "")
        if before:
            found[before].append(fact)

    for fact in facts:
        act = fact.act
        by[fact.name] = fact.party
        match act:
            case acts.Tabled():
                versions[fact.name].append(fact.name)
            case acts.Revised():
                for version in versions[act.matter]:
                    found[version].append(fact)
                versions[act.matter].append(fact.name)
                replaces(fact, "position", act.matter, fact.party)
            case acts.WithdrewMatter():
                for version in versions[act.matter]:
                    found[version].append(fact)
            case acts.Retracted():
                replaces(fact, "position", act.matter, fact.party)
            case acts.Positioned():
                replaces(fact, "position", act.matter, fact.party)
                latest["position", act.matter, fact.party] = fact.name
            case acts.Reported():
                place = ("report", act.matter, act.pledge, act.period, fact.party)
                replaces(fact, *place)
                latest[place] = fact.name
            case acts.Erased() | acts.Released():
                if by.get(act.act) == fact.party:
                    found[act.act].append(fact)
            case _:
                named = [getattr(act, name, "") for name in _NAMES]
                found[next((name for name in named if name), "")].append(fact)
    return found


_NAMES = ("version", "report", "notice", "consultation")
"""Fields by which an act names the one that it bears on."""


def _official(
    copy: Copy,
    plain: PlainNames,
    fact: Fact,
    act: Act,
    body: str,
    updated: int,
    later: list[Fact],
) -> FeedEntry:
    topic = TOPIC_OF[type(act)]
    kind = copy.say_of("kind", kind_of(act))
    subject = _subject(copy, plain, act)
    name = plain.body(copy.charter.body(body)) if body else ""
    return FeedEntry(
        uid=name_of_thing(copy.state.founding.id, "act", fact.name).urn,
        title=copy.say("pair", left=kind, right=subject) if subject else kind,
        href=plain.address(_address(copy, fact, act)),
        kind="official",
        kind_word=copy.say("feeds-official"),
        topic=topic,
        topic_word=copy.say_of("topic", topic),
        body=name,
        author=plain.party(fact.party),
        published=fact.t,
        updated=updated,
        lines=tuple(_lines(copy, plain, act)),
        since=tuple(_since(copy, plain, one) for one in later),
        sure=_sure(copy, copy.final.holds(fact)),
    )


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
    about = matter_of(copy, act) or consultation_of(copy, act)
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
    if isinstance(act, acts.NotifiedWithdrawal):
        yield copy.say("pair", left=copy.say_of("deadline", "notice"), right=plain.here(act.effect))


def _address(copy: Copy, fact: Fact, act: Act) -> str:
    """The page of the matter, else the line of the book: both stay where they are."""
    about = matter_of(copy, act)
    if about is not None:
        return copy.matter_address(about.symbol)
    return line_link(copy, fact.tip).href


# -- what follows from it -----------------------------------------------------------------------


def _in_force(copy: Copy, plain: PlainNames, body: str) -> Iterator[FeedEntry]:
    """The texts that stand, the newest of them: no line says so, all books together do."""
    several = [
        (name_of_thing(copy.state.founding.id, "standing", one.current.version.name).urn, one)
        for one in copy.told.matters
        if one.stage is Stage.IN_FORCE and body in ("", one.current.version.body.id)
    ]
    dated = [(-_stands_since(copy, one), uid, one) for uid, one in several]
    dated.sort(key=lambda one: one[:2])
    shown = 0
    for before, uid, standing in dated:
        version, at = standing.current, -before
        act = copy.read(version.version.fact.tip)
        if act is None:
            continue
        shown += 1
        if shown > LONGEST:
            return
        yield FeedEntry(
            uid=uid,
            title=copy.say("pair", left=_plain(stage_text(copy, version)), right=standing.symbol),
            href=plain.address(copy.matter_address(standing.symbol)),
            kind="derived",
            kind_word=copy.say("feeds-derived"),
            topic="decisions",
            topic_word=copy.say_of("topic", "decisions"),
            body=plain.body(version.version.body),
            author=plain.institution,
            published=at,
            updated=at,
            lines=tuple(_lines(copy, plain, act)),
            sure=_sure(copy, matter_is_final(copy.view, standing)),
        )


def _plain(text: Shown) -> str:
    return text.text if isinstance(text, Said) else text


def _stands_since(copy: Copy, standing: MatterStanding) -> int:
    """The time of the last line that was needed: by it the last party knew that all others had."""
    history, ticks = copy.view.history, standing.current.has_all
    forked = history.successions or any(len(one) > 1 for one in history.branches.values())
    kept = _stood.setdefault(copy.peer, {})
    name = (standing.name, tuple(sorted(ticks.items())))
    # In books that only go on, what came first stays so.
    if not forked and name in kept:
        return kept[name]
    times, complete = [standing.tabled.t], True
    for party in ticks:
        upto = copy.view.tip(party)
        for tip in ticks.values():
            known = history.first_naming(upto, tip) if upto is not None and tip else None
            complete = complete and known is not None
            if known is not None:
                times.append(history.entry(known).header.t)
    if complete and not forked:
        kept[name] = max(times)
    return max(times)


# Since when each matter stands, by its ticks; read and written under the reading lock only.
_stood: WeakKeyDictionary[Peer, dict[object, int]] = WeakKeyDictionary()
