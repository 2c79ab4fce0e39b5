"""The charter as the floors above read it: frozen values and lookups, no file and no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from architrave.charter.days import Period, Unit
from architrave.charter.errors import UnknownId
from architrave.charter.rules import Rule

__all__ = [
    "ACCEPTERS",
    "ACTORS",
    "CADENCES",
    "INSTRUMENTS",
    "NATURES",
    "PERMITS",
    "Article",
    "Body",
    "Charter",
    "Party",
    "Period",
    "Phase",
    "Platform",
    "Rotation",
    "Seat",
    "Source",
    "Term",
    "Text",
    "Unit",
    "Words",
]

NATURES = ("political", "binding")
ACTORS = ("any-party", "party-concerned")
ACCEPTERS = ("any-other", "chair", "all-others")
CADENCES = ("none", "monthly", "quarterly", "half-yearly", "annual")
INSTRUMENTS = ("arrangement", "plan", "statement", "programme", "charter-amendment", "note")
PERMITS = (
    "table", "revise", "position", "retract", "withdraw-matter", "decide", "silence", "amend",
    "open-phase", "convene", "minute", "consult", "alert", "acknowledge", "respond", "close",
    "assess", "report", "accept-report", "attest", "withdraw", "suspend-notice", "rescind-notice",
    "suspend", "resume", "appoint", "vacate", "delegate-key", "revoke-key", "succeed-log",
    "deposit", "release", "release-joint", "erase", "recall", "confirm", "correct", "contest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text(Mapping[str, str]):
    """One text in several languages: a mapping from language code to the words."""

    words: tuple[tuple[str, str], ...]

    def __getitem__(self, language: str) -> str:
        for code, text in self.words:
            if code == language:
                return text
        raise KeyError(language)

    def __iter__(self) -> Iterator[str]:
        return (code for code, _ in self.words)

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Party:
    """A member state. `short`, `full`, `adjective` and `capital` name it and its capital city.

    `time_zone` is an IANA name, for display only; working days are counted in `offset_minutes` from
    UTC (fixed, east positive), without the days in `holidays`, which are listed for every year from
    the first to the last of `holiday_years`.
    """

    id: str
    short: Text
    full: Text
    adjective: Text
    capital: Text
    time_zone: str
    offset_minutes: int
    holidays: frozenset[date] = field(repr=False)
    holiday_years: tuple[int, int]

    @property
    def utc_offset(self) -> str:
        """The offset as the charter writes it, for example ``+09:00``."""
        hours, minutes = divmod(abs(self.offset_minutes), 60)
        return f"{'-' if self.offset_minutes < 0 else '+'}{hours:02}:{minutes:02}"


@dataclass(frozen=True, slots=True)
class Seat:
    """An office in a body. A voting seat is one party's; `party` is None for a rotating office."""

    id: str
    body: str
    party: str | None
    voting: bool
    title: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a body was seen, or proposed: a page, and its date.

    For an existing body the date is that of the event which the page reports.
    """

    url: str
    date: date


@dataclass(frozen=True, slots=True)
class Term:
    """One party's time in the chair: first and last day, None where not known."""

    party: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """Which parties take the chair in which order, and the terms whose dates are known or owed.

    `note` says what is known besides, for example why a date is not.
    """

    order: tuple[str, ...]
    years: int | None
    terms: tuple[Term, ...]
    note: Text | None = None

    def chair_on(self, day: date) -> str | None:
        """The party in the chair on a day; None where the charter's dates do not say."""
        for term in self.terms:
            if term.first and term.last and term.first <= day <= term.last:
                return term.party
        return None

    @property
    def dated(self) -> bool:
        """True if the dates of at least one term are known."""
        return any(term.first is not None and term.last is not None for term in self.terms)


@dataclass(frozen=True, slots=True)
class Body:
    """An organ. `absorbs` names bodies whose work it would take over; `parent` its superior.

    An existing body has `sources`; a proposed one has the `phase` that would set it up, and
    may have the source of the proposal.
    """

    id: str
    status: str
    name: Text
    mandate: Text
    parties: tuple[str, ...]
    seats: tuple[Seat, ...]
    cadence: str
    absorbs: tuple[str, ...] = ()
    parent: str | None = None
    phase: int | None = None
    chair: Rotation | None = None
    sources: tuple[Source, ...] = ()

    @property
    def proposed(self) -> bool:
        """True if the body does not exist."""
        return self.status == "proposed"

    def seat_of(self, party: str) -> Seat:
        """The voting seat of a party; raises UnknownId if the party has none here."""
        for seat in self.seats:
            if seat.voting and seat.party == party:
                return seat
        raise UnknownId(f"seat in {self.id} of the party", party)


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered rule, cited by `number`, for example ``7(2)``.

    `permits` names what may be done under it (PERMITS), `bodies` where (empty: in every body),
    `by` who: any party of the body, or only the party whose seat, key, notice, text or commitment
    is concerned. `instruments` and `legal_nature` say what may be decided under it (no instrument
    named: any). `minimum_period` is the least time of a silence or of a notice, `meeting_within`
    the longest from a request to consult, or from an alert, to a meeting of the body.
    """

    number: str
    title: Text
    text: Text
    permits: tuple[str, ...]
    legal_nature: str
    by: str = "any-party"
    bodies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    rule: Rule | None = None
    procedural: bool = False
    minimum_period: Period | None = None
    accepts_evidence: str | None = None
    meeting_within: Period | None = None

    def applies_to(self, body: str) -> bool:
        """Say whether the article governs a body."""
        return not self.bodies or body in self.bodies

    def covers(self, instrument: str, nature: str) -> bool:
        """Say whether an instrument of a legal nature may be decided under this article."""
        named = not self.instruments or instrument in self.instruments
        return named and nature == self.legal_nature


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of building the institution."""

    number: int
    name: Text


@dataclass(frozen=True, slots=True)
class Platform:
    """A forum outside the institution: a contact, never a member."""

    id: str
    name: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Words:
    """What the screen says under one legal nature.

    `standing` is the state of a text that all have decided and received; `verb` the verb that
    carries a promise.
    """

    article: Text
    standing: Text
    commitment: Text
    party: Text
    verb: Text


@dataclass(frozen=True)
class Charter:
    """A checked charter. `digest` is the hex SHA-256 of the file's UTF-8 bytes.

    `language_orders` and `capital_orders` hold, by language and by party, the order in which the
    parties are named; `receipt_hours` is the interval at which a node logs what it has received.
    """

    id: str
    digest: str
    title: Text
    legal_nature: str
    languages: tuple[str, ...]
    words: tuple[tuple[str, Words], ...] = field(repr=False)
    article_form: Text
    paragraph_form: Text
    receipt_hours: int
    parties: tuple[Party, ...] = field(repr=False)
    language_orders: tuple[tuple[str, tuple[str, ...]], ...]
    capital_orders: tuple[tuple[str, tuple[str, ...]], ...]
    phases: tuple[Phase, ...] = field(repr=False)
    bodies: tuple[Body, ...] = field(repr=False)
    articles: tuple[Article, ...] = field(repr=False)
    platforms: tuple[Platform, ...] = field(repr=False)

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The ids of the parties, in the order of the file."""
        return tuple(party.id for party in self.parties)

    def party(self, wanted: str) -> Party:
        """The party of this id; raises UnknownId."""
        found = self._parties.get(wanted)
        if found is None:
            raise UnknownId("party", wanted)
        return found

    def find_body(self, wanted: str) -> Body | None:
        """The body of this id, or None."""
        return self._bodies.get(wanted)

    def body(self, wanted: str) -> Body:
        """The body of this id; raises UnknownId."""
        found = self.find_body(wanted)
        if found is None:
            raise UnknownId("body", wanted)
        return found

    def find_seat(self, wanted: str) -> Seat | None:
        """The seat of this id in whichever body, or None."""
        return self._seats.get(wanted)

    def seat(self, wanted: str) -> Seat:
        """The seat of this id; raises UnknownId."""
        found = self.find_seat(wanted)
        if found is None:
            raise UnknownId("seat", wanted)
        return found

    def find_article(self, number: str) -> Article | None:
        """The article of this number, or None."""
        return self._articles.get(number)

    def article(self, number: str) -> Article:
        """The article of this number, for example ``7(2)``; raises UnknownId."""
        found = self.find_article(number)
        if found is None:
            raise UnknownId("article", number)
        return found

    def articles_for(self, body: str, permit: str) -> tuple[Article, ...]:
        """The articles that permit something in a body, those that name the body first."""
        found = [one for one in self._permitting.get(permit, ()) if one.applies_to(body)]
        return tuple(sorted(found, key=lambda one: not one.bodies))

    def article_for(
        self, body: str, permit: str, instrument: str | None = None, nature: str | None = None
    ) -> Article | None:
        """The article under which something may be done in a body, or None.

        An article that names the body goes before one for all bodies. For `decide` and `silence`
        give the instrument too, and its legal nature (the charter's own if left out): then at most
        one article fits. Without an instrument the first in the order of the file is returned.
        """
        found = self.articles_for(body, permit)
        if instrument is not None:
            sought = nature or self.legal_nature
            found = tuple(one for one in found if one.covers(instrument, sought))
        return found[0] if found else None

    def article_permitting(self, permit: str) -> Article | None:
        """The first article that permits something in any body, or None."""
        return next(iter(self._permitting.get(permit, ())), None)

    def order(self, language: str, capital: str | None = None) -> tuple[str, ...]:
        """The parties in the order in which a copy names them.

        A copy for a capital (`capital` is the id of its party) follows that capital's order, in
        which its own state comes first; any other copy that of its language. Raises UnknownId.
        """
        orders = self.language_orders if capital is None else self.capital_orders
        wanted = language if capital is None else capital
        for key, order in orders:
            if key == wanted:
                return order
        raise UnknownId("order of names for", wanted)

    def words_for(self, nature: str | None = None) -> Words:
        """Screen words of a legal nature (the charter's own if left out); raises UnknownId."""
        wanted = nature or self.legal_nature
        for key, words in self.words:
            if key == wanted:
                return words
        raise UnknownId("words for the legal nature", wanted)

    def citation(self, number: str, language: str) -> str:
        """An article's number as a text of that language cites it, for example ``Art. 7(2)``."""
        article, _, paragraph = number.rstrip(")").partition("(")
        form = self.paragraph_form if paragraph else self.article_form
        return form[language].replace("{article}", article).replace("{paragraph}", paragraph)

    # Every act asks some of these: what the file says is looked up, not searched for. Of two of one
    # id, which the checker refuses, the first in the file is found.

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.id: party for party in reversed(self.parties)}

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        return {body.id: body for body in reversed(self.bodies)}

    @cached_property
    def _seats(self) -> dict[str, Seat]:
        return {seat.id: seat for body in reversed(self.bodies) for seat in reversed(body.seats)}

    @cached_property
    def _articles(self) -> dict[str, Article]:
        return {article.number: article for article in reversed(self.articles)}

    @cached_property
    def _permitting(self) -> dict[str, list[Article]]:
        found: dict[str, list[Article]] = {}
        for article in self.articles:
            for permit in article.permits:
                found.setdefault(permit, []).append(article)
        return found
