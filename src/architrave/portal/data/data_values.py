"""Values of the public data: codes with their words in all languages, times in UTC, lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from architrave.charter.phrases import phrase
from architrave.institution.acts import Erased
from architrave.institution.erasure import erasure_of
from architrave.institution.standing import Stage, VersionStanding
from architrave.portal.data.api_matters import NoWords
from architrave.portal.data.api_rows import Cited, Coded, LineName, Texts
from architrave.portal.reading import Copy
from architrave.portal.rows import wording_of
from architrave.portal.words import LANGUAGES, say, say_of
from architrave.record.entries import Tip

__all__ = [
    "API",
    "cited",
    "coded",
    "erased_line",
    "instant",
    "line_name",
    "paged",
    "phrased",
    "staged",
    "texts",
    "word",
]

API = "/api/1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def instant(ms: int) -> datetime:
    """Milliseconds since 1970 as a time in UTC; of what lies past the year 9999, its last second.

    A line claims its own time, and nothing keeps its author from claiming one that no calendar has.
    """
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        return _LAST


def texts(text: Mapping[str, str]) -> Texts:
    """A text of the charter or of the record, in each language that it has."""
    return dict(text)


def word(name: str, /, **blanks: object) -> Texts:
    """A screen word in each language."""
    return {one: str(say(name, one, **blanks)) for one in LANGUAGES}


def coded(family: str, value: str) -> Coded:
    """A value of an enumeration with its words."""
    return Coded(str(value), {one: str(say_of(family, value, one)) for one in LANGUAGES})


def phrased(value: str, key: str = "", **blanks: object) -> Coded:
    """A value of the charter with its phrases, which stand under `key` if not under itself."""
    return Coded(value, {one: phrase(key or value, one, **blanks) for one in LANGUAGES})


def cited(copy: Copy, number: str) -> Cited:
    """An article, as each of the charter's languages cites it."""
    charter = copy.charter
    return Cited(number, {one: charter.citation(number, one) for one in charter.languages})


def staged(copy: Copy, version: VersionStanding) -> Coded:
    """How far a version is, in the charter's words where it stands."""
    if version.stage is Stage.IN_FORCE:
        words = copy.charter.words_for(wording_of(version).nature).standing
        return Coded(version.stage.value, texts(words))
    return coded("stage", version.stage)


def line_name(copy: Copy, tip: Tip) -> LineName:
    """Which line of which book an entry is."""
    return LineName(copy.state.party_of(tip.origin), tip.size)


def erased_line(copy: Copy, tip: Tip, party: str, name: str) -> NoWords | None:
    """That a party has had the words of its act of this name erased, which a line carries."""
    fact = erasure_of(copy.state, copy.view, party, name)
    if fact is None or not isinstance(fact.act, Erased):
        return None
    return NoWords(
        line=line_name(copy, tip),
        party=fact.party,
        at=instant(fact.t),
        cause=coded("cause", fact.act.cause),
        reason=texts(fact.act.reason),
    )


def paged(total: int, size: int) -> int:
    """How many pages so many rows fill; one if there are none."""
    return max(1, -(-total // size))
