"""One capital's copy of the record, read in one language: names, order, places in the books.

`Copy` lives while the reading lock is held. What a view tells is kept from page to page, by the
view's hash, so that a reader does not hold up the node that writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

from architrave.charter.model import Body, Charter
from architrave.institution.act_reading import read_act
from architrave.institution.acts import Act, Erased
from architrave.institution.erasure import erasure_of
from architrave.institution.errors import UnknownKind
from architrave.institution.pending import (
    Book,
    Deadline,
    all_matters,
    books,
    closing_tips,
    deadlines,
    final_part,
)
from architrave.institution.record_acts import opened
from architrave.institution.register import Register
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact, Institution, View
from architrave.peer.erasing import shown
from architrave.peer.opened import OpenedText, opened_texts
from architrave.peer.peer import Peer
from architrave.portal import formats
from architrave.portal.council.council_data import CouncilData
from architrave.portal.formats import Moment, Said
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.words import say, say_of
from architrave.record.entries import Tip
from architrave.record.errors import RecordError

__all__ = ["LINES", "Copy", "on_screen", "told_apart"]

LINES = 50
"""Lines of a minute book on one page."""

# A refusal is written for whoever reads the record's own files; a page has its own words for these.
_PLAIN = (
    (r"\b[Aa]n act\b", "a record entry"),
    (r"\bact\b", "record entry"),
    (r"\bacts\b", "record entries"),
    (r"\blog\b", "minute book"),
    (r"\blogs\b", "minute books"),
    (r"\bnode\b", "copy"),
    (r"\bnodes\b", "copies"),
    (r"\bseal\b", "sealed text"),
)


def on_screen(reason: str) -> Said:
    """A refusal's reason, which is in English, in the words of the screen."""
    for pattern, plain in _PLAIN:
        reason = re.sub(pattern, plain, reason)
    return Said(reason, "en")


@dataclass(slots=True)
class _Worked:
    """What was worked out of a view so far; `stamp` names the view by hash."""

    stamp: object
    matters: tuple[MatterStanding, ...] | None = None
    dates: tuple[Deadline, ...] | None = None
    books: tuple[Book, ...] | None = None
    opened: Mapping[Tip, tuple[OpenedText, Act]] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a whole view tells, worked out when first asked for and kept until the view changes."""

    peer: Peer
    view: View
    kept: _Worked

    @property
    def stamp(self) -> object:
        return self.kept.stamp

    @property
    def matters(self) -> tuple[MatterStanding, ...]:
        if self.kept.matters is None:
            self.kept.matters = all_matters(self.peer.state, self.view)
        return self.kept.matters

    @property
    def dates(self) -> tuple[Deadline, ...]:
        if self.kept.dates is None:
            self.kept.dates = deadlines(self.peer.state, self.view, self.matters)
        return self.kept.dates

    @property
    def books(self) -> tuple[Book, ...]:
        if self.kept.books is None:
            closings = closing_tips(self.peer.state, self.view, self.matters)
            self.kept.books = books(self.view.history, self.view.cut, closings)
        return self.kept.books

    @property
    def opened(self) -> Mapping[Tip, tuple[OpenedText, Act]]:
        if self.kept.opened is None:
            self.kept.opened = _read_opened(self.peer)
        return self.kept.opened


def told_apart(peer: Peer, view: View) -> Told:
    """What a view tells that is not the one of all readers; nothing of it is kept for anyone."""
    return Told(peer, view, _Worked(None))


# One for each peer of this process; read and written under the reading lock only.
_worked: WeakKeyDictionary[Peer, _Worked] = WeakKeyDictionary()


@dataclass(frozen=True)
class Copy:
    """The peer of one capital, the reader's language, the time (ms), and what lies beside.

    `contact` is where the public may write: a mail or web address, or empty. `council` is what the
    council's pages show, `forum` what the forum's do; None where there are none.
    """

    peer: Peer
    language: str
    now: int
    register: Register | None
    addresses: Mapping[str, str]
    contact: str = ""
    council: CouncilData | None = None
    forum: ForumData | None = None

    @property
    def charter(self) -> Charter:
        return self.state.charter

    @property
    def state(self) -> Institution:
        return self.peer.state

    @cached_property
    def view(self) -> View:
        """What counts here now."""
        return self.peer.view()

    @cached_property
    def final(self) -> View:
        """What every other party has received."""
        return final_part(self.view)

    @cached_property
    def told(self) -> Told:
        """Matters, dates and books as the view shows them; none of them depends on the clock."""
        # A released text comes without being judged: then only what is held has grown.
        read = (len(self.peer.reader.judged), len(self.peer.reader.acts))
        tips, erased = self.view.cut.tips, (self.peer.erasing.times, len(self.peer.erasing.acts))
        stamp = (read, erased, tuple(sorted(tips.items())), self.cosigned)
        kept = _worked.get(self.peer)
        if kept is None or kept.stamp != stamp:
            kept = _worked[self.peer] = _Worked(stamp)
        return Told(self.peer, self.view, kept)

    @property
    def opened(self) -> Mapping[Tip, tuple[OpenedText, Act]]:
        """By their lines, texts sealed for some parties and released later, as far as held here.

        They can be read, and change nothing in what this copy shows of matters and dates.
        """
        return self.told.opened

    @property
    def cosigned(self) -> tuple[object, ...]:
        """How far each other party has cosigned each book, while anything rests on it.

        Whether a notice of withdrawal has run, or was taken back in time, depends on that.
        """
        if not self.state.notices:
            return ()
        counts = self.view.cosigned.items()
        return tuple(sorted((log, tuple(sorted(of.items()))) for log, of in counts))

    def say(self, name: str, /, **blanks: object) -> str:
        return say(name, self.language, **blanks)

    def say_of(self, family: str, value: str, /, **blanks: object) -> str:
        return say_of(family, value, self.language, **blanks)

    @property
    def demo_prefix(self) -> str:
        """How a demonstration, or a table-top exercise, is marked; it is for them alone."""
        return self.say("tabletop-prefix" if self.state.founding.tabletop else "demo-prefix")

    @property
    def demo_banner(self) -> str:
        """What says of a demonstration, or of a table-top exercise, that it is one."""
        return self.say("tabletop-banner" if self.state.founding.tabletop else "demo-banner")

    # -- names ------------------------------------------------------------------------------

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The parties as this capital's copy orders them: its own state first."""
        return self.charter.order(self.language, self.peer.party)

    def ordered(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Some parties, in that order."""
        chosen = set(parties)
        return tuple(party for party in self.order if party in chosen)

    @property
    def tongue(self) -> str:
        """The charter's language that a reader of this page gets."""
        known = self.charter.languages
        return next((one for one in (self.language, "en") if one in known), known[0])

    def of(self, text: Mapping[str, str]) -> str | Said:
        """A text of the charter or of the record in this language, else marked as in another."""
        return formats.chosen(text, self.language)

    def party(self, party: str) -> str | Said:
        return self.of(self.charter.party(party).short)

    def capital(self, party: str) -> str | Said:
        return self.of(self.charter.party(party).capital)

    def parties(self, parties: Iterable[str]) -> str:
        """The short names of some parties, in order."""
        return formats.listing([self.party(one) for one in self.ordered(parties)], self.language)

    def body(self, body: Body) -> str | Said:
        """A body's name; a proposed one says so."""
        name = self.of(body.name)
        return self.say("body-proposed", name=name) if body.proposed else name

    def cite(self, number: str) -> str | Said:
        """An article as this language cites it; empty for no article."""
        if not number:
            return ""
        text = self.charter.citation(number, self.tongue)
        return text if self.tongue == self.language else Said(text, self.tongue)

    def sure(self, final: bool) -> str:
        return self.say("final" if final else "provisional")

    def readers(self, fact: Fact) -> str:
        """To whom an act is released."""
        if opened(self.state, self.view, fact):
            return self.say("released-public")
        names = [self.state.party_of(one) for one in fact.audience.logs or ()]
        return self.parties(names)

    # -- places and times -------------------------------------------------------------------

    def here(self, ms: int) -> Moment:
        """An instant as this capital's clock shows it."""
        own = self.charter.party(self.peer.party)
        return formats.moment(ms, own.time_zone, formats.plain(self.capital(own.id)), self.language)

    def zones(self, ms: int) -> tuple[Moment, ...]:
        """An instant as each capital's clock shows it, and in UTC."""
        clocks = [
            formats.moment(
                ms,
                self.charter.party(one).time_zone,
                formats.plain(self.capital(one)),
                self.language,
            )
            for one in self.order
        ]
        return (*clocks, formats.utc_moment(ms, self.language))

    def line(self, tip: Tip) -> str:
        """Which line of which book an entry is."""
        book = self.party(self.state.party_of(tip.origin))
        return self.say("line-of-book", n=formats.number(tip.size), party=book)

    @property
    def shown_now(self) -> Moment:
        """The time now, as this capital's clock shows it."""
        return self.here(self.now)

    def today(self, zone: str = "UTC") -> date:
        """The day that it is now in a zone."""
        return formats.day_of(self.now, zone)

    def passed(self, at: int) -> bool:
        """Whether an instant (ms) is over."""
        return at < self.now

    def told_alive(self, party: str) -> tuple[str | Said, bool] | None:
        """What stands for when a party was last heard of; None to work it out from the clock."""
        return None

    def ago(self, ms: int) -> str:
        """How long before now an instant was."""
        unit, count = formats.ago(self.now - ms)
        return self.say(unit, n=count)

    def read(self, tip: Tip) -> Act | None:
        """The act that a line carries, if it is held and all parties may read it; else None."""
        header, everyone = self.peer.history.entry(tip).header, self.state.founding.origins
        sealed = shown(self.peer, header.seal) if header.seal is not None else None
        if sealed is None or header.to is None:
            return None
        if not header.to.covers(self.view.audience, everyone):
            return None
        try:
            # Read once for all who ask; of an erased one, what is left.
            act = read_act(sealed).act
        except RecordError:
            return None
        # A line may repeat another's text for more readers than its author chose.
        return act if act.audience.covers(self.view.audience, everyone) else None

    def erased(self, party: str, name: str) -> str:
        """By whom, when and why the words of a party's act were erased; empty if they were not."""
        fact = erasure_of(self.state, self.view, party, name)
        if fact is None:
            return ""
        assert isinstance(fact.act, Erased)
        cause = self.say_of("cause", fact.act.cause)
        if fact.act.reason:
            cause = self.say("pair", left=cause, right=self.of(fact.act.reason))
        at = self.here(fact.t)
        return self.say("erased-note", party=self.party(fact.party), at=at, cause=cause)

    def address(self, *path: str) -> str:
        """The address of a page in this language."""
        return "/" + "/".join((self.language, *path)) + ("" if path else "/")

    def matter_address(self, symbol: str) -> str:
        return self.address("matters", symbol)


def _read_opened(peer: Peer) -> dict[Tip, tuple[OpenedText, Act]]:
    """The released texts whose kind this version knows."""
    found = {}
    for tip, one in opened_texts(peer).items():
        try:
            found[tip] = (one, read_act(one.act).act)
        except (RecordError, UnknownKind):
            continue
    return found
