"""What a reader can search for: pieces of the record, of the register and of the charter.

A piece is gathered from what all parties may read, by the very view that the pages show: a sealed
text is in none, and erased words are in none. Pieces keep no peer and are kept from page to page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from architrave.charter.model import Charter
from architrave.institution.acts import (
    Act,
    Assessed,
    Deposited,
    Pledge,
    Revised,
    Tabled,
    Wording,
)
from architrave.institution.acts_warning import POINTS
from architrave.institution.alerts import Alert, alerts, first_known
from architrave.institution.erasure import MARK
from architrave.institution.pending import Consultation, consultations, focus
from architrave.institution.picture import picture
from architrave.institution.questions import holder
from architrave.institution.register import Register
from architrave.institution.register_rows import ORIGINAL
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact
from architrave.portal.opened_lines import texts_in, values_in
from architrave.portal.places import line_place
from architrave.portal.reading import Copy
from architrave.portal.rows import wording_of
from architrave.portal.words import LANGUAGES
from architrave.record.entries import Tip

__all__ = [
    "NATURES",
    "Nature",
    "Passage",
    "Piece",
    "Place",
    "Stamp",
    "Weight",
    "charter_pieces",
    "holders_of",
    "record_pieces",
    "register_pieces",
]

Place = tuple[tuple[str, ...], str]
Stamp = tuple[object, ...]


class Nature(StrEnum):
    """What stands behind a piece."""

    ACT = "act"
    FACT = "fact"
    CHARTER = "charter"


NATURES = {Nature.ACT: 0, Nature.FACT: 1, Nature.CHARTER: 2}
"""How pieces go before each other that count as much."""


class Weight(IntEnum):
    """How much it says of a piece that a passage of it is hit."""

    BODY = 2
    SUMMARY = 4
    NAME = 8
    TITLE = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a piece in one language; empty where it has none, as a symbol or a name."""

    language: str
    weight: Weight
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Something with an address of its own. `sort` names its kind, `names` lead to it exactly."""

    nature: Nature
    sort: str
    names: tuple[str, ...]
    title: Mapping[str, str]
    place: Place
    when: int
    passages: tuple[Passage, ...]


def _in_each(text: Mapping[str, str], weight: Weight) -> Iterator[Passage]:
    for language, words in text.items():
        if words.strip() and words != MARK:
            yield Passage(language, weight, words)


def _alone(weight: Weight, *texts: str, language: str = "") -> Iterator[Passage]:
    for text in texts:
        if text.strip() and text != MARK:
            yield Passage(language, weight, text)


# -- the record -----------------------------------------------------------------------------------

# Free words that an act of any kind may carry, beside a wording.
_SAID = (
    "reason", "remedy", "account", "answer", "outcome", "ground", "facts", "wish", "note",
    "correction", "proposition", *POINTS, "offer", "sees",
)  # fmt: skip


def record_pieces(
    copy: Copy, kept: Mapping[Stamp, tuple[Piece, ...]]
) -> dict[Stamp, tuple[Piece, ...]]:
    """Matters, promises under them, consultations, alerts, deposits, remarks, texts released later.

    The pieces by what they rest on; `kept` holds those that were made last time.
    """
    fresh: dict[Stamp, tuple[Piece, ...]] = {}

    def keep(stamp: Stamp, made: Iterator[Piece]) -> None:
        fresh[stamp] = kept[stamp] if stamp in kept else tuple(made)

    times = copy.peer.erasing.times
    for standing in copy.told.matters:
        facts = tuple(_about(copy, standing.name))
        tips = tuple(fact.tip for fact in facts)
        shown = focus(standing).version.name
        keep((standing.name, tips, shown, times), _of_matter(copy, standing, facts))
    for one in consultations(copy.state, copy.view):
        ended = [one.closed] if one.closed is not None else []
        drawn = picture(copy.state, copy.view, one.asked.name)
        read = [fact for fact in drawn.timeline if isinstance(fact.act, Assessed)] if drawn else []
        told = (one.asked, *sorted((*one.answers, *read, *ended), key=_order))
        tips = tuple(fact.tip for fact in told)
        keep((one.asked.name, tips, times), _of_consultation(one, told))
    for warned in alerts(copy.state, copy.view):
        ended = [warned.closed] if warned.closed is not None else []
        told = (warned.asked, *sorted((*warned.answers, *ended), key=_order))
        keep((warned.asked.name, tuple(fact.tip for fact in told), times), _of_alert(warned, told))
    for index in (copy.state.deposits, copy.state.remarks):
        for facts_there in index.values():
            for fact in copy.view.of(facts_there):
                keep((fact.tip, times), _of_line(copy, fact))
    for tip, (one, act) in copy.opened.items():
        keep((tip, one.release.tip, times, "opened"), _of_opened(copy, tip, one.name, act))
    return fresh


def _about(copy: Copy, matter: str) -> list[Fact]:
    """What is said about a matter, each act once, in an order that is the same on every node."""
    state = copy.state
    found: dict[str, Fact] = {}
    for index in (state.matters, state.reports, state.notices, state.suspensions, state.late):
        for fact in copy.view.of(index.get(matter, ())):
            found.setdefault(fact.name, fact)
    return sorted(found.values(), key=_order)


def _order(fact: Fact) -> tuple[int, str]:
    return fact.t, fact.name


def _of_matter(copy: Copy, standing: MatterStanding, facts: tuple[Fact, ...]) -> Iterator[Piece]:
    shown = focus(standing)
    title, place = wording_of(shown).title, (("matters", standing.symbol), "")
    passages = [*_alone(Weight.NAME, standing.symbol)]
    pledges: list[tuple[Fact, Pledge]] = []
    for fact in facts:
        passages += _said(fact.act)
        if isinstance(fact.act, Tabled | Revised):
            pledges += [(fact, pledge) for pledge in fact.act.pledges]
    names = (standing.symbol, *(fact.name for fact in facts))
    yield Piece(Nature.ACT, "matter", names, title, place, standing.tabled.t, _once(passages))
    for fact, pledge in pledges:
        if fact.name == shown.version.name:
            yield Piece(
                Nature.ACT, "commitment", (), pledge.what, place, fact.t,
                _once(_in_each(pledge.what, Weight.TITLE)),
            )  # fmt: skip


def _of_consultation(one: Consultation, told: tuple[Fact, ...]) -> Iterator[Piece]:
    symbol = one.act.symbol
    passages = [*_alone(Weight.NAME, symbol), *_in_each(one.act.ground, Weight.TITLE)]
    for fact in told:
        passages += _said(fact.act)
    names = (symbol, *(fact.name for fact in told))
    place = (("consultations", symbol), "")
    sort = "drill" if one.act.drill else "consultation"
    yield Piece(Nature.ACT, sort, names, one.act.ground, place, one.asked.t, _once(passages))


def _of_alert(one: Alert, told: tuple[Fact, ...]) -> Iterator[Piece]:
    symbol = one.act.symbol
    title = first_known(one.act)
    passages = [*_alone(Weight.NAME, symbol), *_in_each(title, Weight.TITLE)]
    for fact in told:
        passages += _said(fact.act)
    names = (symbol, *(fact.name for fact in told))
    sort = "alert-test" if one.act.drill else "alert"
    place = (("alerts", symbol), "")
    yield Piece(Nature.ACT, sort, names, title, place, one.asked.t, _once(passages))


def _of_line(copy: Copy, fact: Fact) -> Iterator[Piece]:
    """A deposit, or what a party says of a row of the register: its place is its line."""
    act = fact.act
    deposit = isinstance(act, Deposited)
    title = act.title if isinstance(act, Deposited) else next(_texts(act), {})
    passages = [*_in_each(title, Weight.TITLE), *_said(act)]
    if isinstance(act, Deposited):
        passages += _alone(Weight.NAME, act.digest, act.source)
    names = (fact.name, *([act.digest] if isinstance(act, Deposited) else []))
    yield Piece(
        Nature.ACT, "deposit" if deposit else "remark", names, title,
        line_place(copy, fact.tip), fact.t, _once(passages),
    )  # fmt: skip


def _of_opened(copy: Copy, tip: Tip, name: str, act: Act) -> Iterator[Piece]:
    """A text that was sealed and released later: its place is its line, whatever it is about."""
    texts, values = list(texts_in(act)), values_in(act)
    passages = [one for text in texts for one in _in_each(text, Weight.BODY)]
    passages += _alone(Weight.NAME, *values)
    sealed = copy.view.history.entry(tip).header.t
    title = texts[0] if texts else {}
    place = line_place(copy, tip)
    yield Piece(Nature.ACT, "opened", (name, *values), title, place, sealed, _once(passages))


def _texts(act: Act) -> Iterator[Mapping[str, str]]:
    for name in _SAID:
        text = getattr(act, name, None)
        if isinstance(text, Mapping) and text:
            yield text


def _said(act: Act) -> Iterator[Passage]:
    wording = getattr(act, "wording", None)
    if isinstance(wording, Wording):
        yield from _in_each(wording.title, Weight.TITLE)
        yield from _in_each(wording.summary, Weight.SUMMARY)
        yield from _alone(Weight.BODY, wording.document)
        for pledge in getattr(act, "pledges", ()):
            yield from _in_each(pledge.what, Weight.BODY)
    for text in _texts(act):
        yield from _in_each(text, Weight.BODY)


def _once(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys(passages))


# -- the register and the charter -----------------------------------------------------------------


def register_pieces(register: Register | None) -> list[Piece]:
    """Promises and events as public reports show them."""
    if register is None:
        return []
    found = []
    for promise in register.promises:
        day = promise.made_on
        columns = ("text", ("body", "status_if_known"), str(day), promise.pillar)
        found.append(_row(register, promise.id, "promise", columns, day.first))
    for event in register.events:
        columns = ("title", ("summary", "place"), f"{event.date} {event.kind}", event.pillar)
        found.append(_row(register, event.id, "event", columns, event.date.first))
    return found


def _row(
    register: Register,
    row: str,
    sort: str,
    columns: tuple[str, tuple[str, ...], str, str],
    day: date,
) -> Piece:
    """A row in each language that it has: the column of its title, those of its body, and codes."""
    title_column, others, *codes = columns
    titles: dict[str, str] = {}
    passages = [*_alone(Weight.NAME, row)]
    for language in LANGUAGES:
        for column in (title_column, *others):
            worded = register.worded(row, column, language)
            if worded.language == language:
                weight = Weight.TITLE if column == title_column else Weight.BODY
                passages += _alone(weight, worded.text, language=language)
                if column == title_column:
                    titles[language] = worded.text
    passages += _alone(Weight.BODY, *codes, language=ORIGINAL)
    at = day.toordinal() * 86_400_000
    return Piece(Nature.FACT, sort, (row,), titles, (("register", row), ""), at, tuple(passages))


def charter_pieces(charter: Charter, holders: Mapping[str, str]) -> list[Piece]:
    """Bodies, seats with those who hold them, articles, and forums outside."""
    found = []
    for body in charter.bodies:
        place = (("bodies",), body.id)
        said = (*_alone(Weight.NAME, body.id), *_in_each(body.mandate, Weight.SUMMARY))
        tense = "-proposed" if body.proposed else ""
        found.append(_of_charter(f"body{tense}", (body.id,), body.name, place, said))
        for seat in body.seats:
            said = (*_alone(Weight.NAME, seat.id, holders.get(seat.id, "")),)
            found.append(_of_charter(f"seat{tense}", (seat.id,), seat.title, place, said))
    for article in charter.articles:
        cited = [charter.citation(article.number, one) for one in charter.languages]
        said = (*_alone(Weight.NAME, *cited), *_in_each(article.text, Weight.SUMMARY))
        names = (article.number, *cited)
        place = (("charter",), f"article-{article.number}")
        found.append(_of_charter("article", names, article.title, place, said))
    for one in charter.platforms:
        said = tuple(_in_each(one.note, Weight.BODY))
        found.append(_of_charter("platform", (one.id,), one.name, (("bodies",), ""), said))
    return found


def holders_of(copy: Copy) -> dict[str, str]:
    """Who holds each seat that is held."""
    seats = [seat.id for body in copy.charter.bodies for seat in body.seats]
    found = {seat: holder(copy.state, copy.view, seat) for seat in seats}
    return {seat: name for seat, name in found.items() if name and name != MARK}


def _of_charter(
    sort: str,
    names: tuple[str, ...],
    title: Mapping[str, str],
    place: Place,
    said: tuple[Passage, ...],
) -> Piece:
    passages = (*_in_each(title, Weight.TITLE), *said)
    return Piece(Nature.CHARTER, sort, names, dict(title), place, 0, passages)
