"""A plain phrase read as a question: who, what, where, on which text, when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from architrave.charter.rules import Position
from architrave.cli.faults import Unclear
from architrave.cli.look import Look
from architrave.cli.may_words import Tag, Word, folded, is_small, lexicon
from architrave.institution.acts import Alerted, Consulted, Convened, Tabled
from architrave.institution.state import Fact
from architrave.portal.composing.finding import SYMBOL, act_found, standing_found
from architrave.portal.composing.instants import instant, utc

__all__ = ["Question", "examples", "read_question"]

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EAST = re.compile(r"([0-9]{4})\s*[.년年]\s*([0-9]{1,2})\s*[.월月]\s*([0-9]{1,2})\s*[.일日]?")
_MONTHS = "january february march april may june july august september october november december"
_WEST = re.compile(rf"([0-9]{{1,2}}) ({_MONTHS.replace(' ', '|')}) ([0-9]{{4}})")
_AHEAD = re.compile(r"in ([0-9]{1,4}) (day|hour)s?")
_VERSION = re.compile(r"(?:version |v|제|第)([1-9][0-9]?)(?:판|版)?(?![\w/-])")
_LINE = re.compile(r"([^\s:]+):([1-9][0-9]*)")


@dataclass
class Question:
    """What a phrase asks. `doing` is a kind of act, a permit of the charter, or decide.

    `party` is this copy's own where none is named; `others` are further parties named; `about` is
    the record entry that a symbol or a line names; `on` an instant (ms).
    """

    asked: str
    party: str
    doing: str = ""
    others: tuple[str, ...] = ()
    body: str = ""
    seat: str = ""
    about: Fact | None = None
    version: int | None = None
    position: Position | None = None
    instrument: str = ""
    nature: str = ""
    silence: bool = False
    on: int | None = None


@dataclass
class _Found:
    words: list[tuple[str, Word]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    symbols: list[str] = field(default_factory=list)
    version: int | None = None
    on: int | None = None

    def of(self, tag: Tag) -> list[str]:
        """The values of one sort of word, in the order in which they were said, each once."""
        return list(dict.fromkeys(word.value for _, word in self.words if word.tag is tag))


def read_question(look: Look, text: str) -> Question:
    """Read a phrase; Unclear, with the words that were not understood and three examples."""
    found = _scanned(look, text)
    if found.unknown:
        words = ", ".join(repr(word) for word in found.unknown)
        raise Unclear(f"not understood: {words}; try for example {examples(look)}.")
    parties, bodies, seats = found.of(Tag.PARTY), found.of(Tag.BODY), found.of(Tag.SEAT)
    asked = Question(text, parties[0] if parties else look.party)
    asked.others = tuple(parties[1:])
    asked.on, asked.version = found.on, found.version
    if seats:
        seat = look.charter.seat(seats[0])
        asked.seat, asked.body = seat.id, seat.body
        asked.party = parties[0] if parties else seat.party or look.party
    if bodies:
        asked.body = bodies[0]
    if found.symbols:
        asked.about = act_found(look, found.symbols[0])
        asked.body = asked.body or _body_of(look, asked.about)
    asked.instrument = next(iter(found.of(Tag.INSTRUMENT)), "")
    asked.nature = next(iter(found.of(Tag.NATURE)), "")
    asked.silence = "silence" in found.of(Tag.MANNER)
    positions = found.of(Tag.POSITION)
    asked.position = Position(positions[0]) if positions else None
    asked.doing = _doing(look, asked, found)
    return asked


def _body_of(look: Look, fact: Fact) -> str:
    if isinstance(fact.act, Alerted | Consulted | Convened | Tabled):
        return fact.act.body
    about = ("matter", "consultation", "alert", "meeting")
    matter = next((name for one in about if (name := getattr(fact.act, one, ""))), "")
    begun = look.state.acts.get(matter, ())
    return _body_of(look, begun[0]) if begun else ""


# Which doing is meant, where several words together say it.


def _doing(look: Look, asked: Question, found: _Found) -> str:
    said, things = found.of(Tag.DOING), found.of(Tag.THING)
    joined = _together(said, things)
    if joined:
        return joined
    if "leave" in said:
        said = [_leaving(look, asked) if one == "leave" else one for one in said]
    if "suspended-notice" in said:
        return "suspended-notice"
    # One answers or closes a consultation, and accepts a report: the second word is the thing.
    for one, thing in (
        ("acknowledged", "consulted"),
        ("closed", "consulted"),
        ("assessed", "consulted"),
        ("responded", "alerted"),
        ("closed", "alerted"),
        ("accepted-report", "reported"),
    ):
        if set(said) == {one, thing}:
            return one
    if "amend" in said or asked.instrument == "charter-amendment":
        asked.instrument = "charter-amendment"
        return "decide"
    if asked.position is not None and not said:
        # To agree to a text is a position; to agree on some plan is to decide it.
        return "decide" if asked.about is None and asked.instrument else "positioned"
    if set(said) == {"tabled", "decide"} or (not said and (asked.silence or asked.instrument)):
        return "decide" if asked.silence else "tabled"
    if len(said) == 1:
        return _answering(asked, said[0])
    if not said:
        raise Unclear(f"the phrase does not say what is to be done; try {examples(look)}.")
    raise Unclear(f"the phrase asks {len(said)} things at once ({', '.join(said)}); ask one.")


def _answering(asked: Question, said: str) -> str:
    """One answers an alert by one act and a request to consult by another, in the same words."""
    about = asked.about.act if asked.about is not None else None
    if said == "acknowledged" and isinstance(about, Alerted):
        return "responded"
    return "acknowledged" if said == "responded" and isinstance(about, Consulted) else said


def _together(said: Sequence[str], things: Sequence[str]) -> str:
    """What two words together mean, or nothing."""
    if "notice" in things:
        if "suspended" in said:
            return "suspended-notice"
        if "leave" in said or "rescinded-notice" in said:
            return "rescinded-notice"
        if not said:
            return "notified-withdrawal"
    if "position" in things and "leave" in said:
        return "retracted"
    if "matter" in things and "leave" in said:
        return "withdrew-matter"
    if "key" in things and "revoke-key" in said:
        return "revoke-key"
    return ""


def _leaving(look: Look, asked: Question) -> str:
    """Withdrawing from what stands needs notice; withdrawing what is still open does not."""
    if asked.about is None or asked.on is not None:
        return "notified-withdrawal"
    said = folded(asked.asked)
    if re.search(r"\bfrom\b", said) or "から" in said:
        return "notified-withdrawal"
    name = look.state.matter_of.get(asked.about.name)
    if name is None:
        return "notified-withdrawal"
    standing = standing_found(look, look.state.acts[name][0])
    return "withdrew-matter" if standing.decided is None else "notified-withdrawal"


# From letters to words.


def _scanned(look: Look, text: str) -> _Found:
    words = lexicon(look.charter)
    longest = max(map(len, words))
    rest, found = folded(text), _Found()
    while rest:
        taken = _number(look, rest, found) or _word(rest, words, longest, found)
        if not taken:
            taken = len(rest) - len(rest.lstrip(" ,.;:?!\"'()、。？")) or is_small(rest)
        if not taken:
            taken = _stranger(rest)
            found.unknown.append(rest[:taken])
        rest = rest[taken:]
    return found


def _word(rest: str, words: dict[str, Word], longest: int, found: _Found) -> int:
    for length in range(min(longest, len(rest)), 0, -1):
        spelling = rest[:length]
        if spelling in words and not (_latin(spelling[-1]) and _latin(rest[length : length + 1])):
            found.words.append((spelling, words[spelling]))
            return length
    return 0


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _stranger(rest: str) -> int:
    """How long the word is that begins here."""
    match = re.match(r"[^\s,;?!、。？]+", rest)
    return match.end() if match is not None else 1


def _number(look: Look, rest: str, found: _Found) -> int:
    """Take a symbol, a line, a date or a version at the beginning; how many letters it took."""
    symbol = SYMBOL.match(rest)
    if symbol is not None:
        found.symbols.append(symbol[0].upper())
        return symbol.end()
    line = _LINE.match(rest)
    if line is not None:
        found.symbols.append(line[0].upper())
        return line.end()
    day = _day(rest)
    if day is not None:
        found.on = instant(day[0], look.charter, "the date")
        return day[1]
    ahead = _AHEAD.match(rest)
    if ahead is not None:
        unit = 86_400_000 if ahead[2] == "day" else 3_600_000
        found.on = look.at + int(ahead[1]) * unit
        return ahead.end()
    for spoken, days in (("today", 0), ("tomorrow", 1)):
        if rest.startswith(spoken):
            found.on = look.at + days * 86_400_000
            return len(spoken)
    version = _VERSION.match(rest)
    if version is not None:
        found.version = int(version[1])
        return version.end()
    return 0


def _day(rest: str) -> tuple[str, int] | None:
    """An ISO date and how many letters were taken for it."""
    iso, east, west = _ISO.match(rest), _EAST.match(rest), _WEST.match(rest)
    if iso is not None:
        return iso[0], iso.end()
    if east is not None:
        return f"{east[1]}-{int(east[2]):02}-{int(east[3]):02}", east.end()
    if west is not None:
        month = 1 + _MONTHS.split().index(west[2])
        return f"{west[3]}-{month:02}-{int(west[1]):02}", west.end()
    return None


def examples(look: Look) -> str:
    """Three phrases that can be asked of this copy."""
    capitals = [look.capital(party) for party in look.order]
    bodies = [body.id for body in look.charter.bodies if body.proposed] or [
        body.id for body in look.charter.bodies
    ]
    matters = sorted(fact.act.symbol for fs in look.state.matters.values() for fact in fs[:1]
                     if isinstance(fact.act, Tabled))  # fmt: skip
    year = (date.fromisoformat(utc(look.at)[:10]) + timedelta(days=180)).isoformat()
    symbol = matters[0] if matters else f"{bodies[0]}/{year[:4]}/{look.party}/1"
    return (
        f"'{capitals[-1]} consult {bodies[0]}', 'withdraw from {symbol} on {year}' or "
        f"'adopt a plan by silence in {bodies[0]}'"
    )
