"""The mark: a column for each capital, which fills when it has acted, and the beam they carry.

One drawing for the minute books, which agree when the beam lies on the columns, and for a matter,
which stands then. Words stand beside it wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from architrave.institution.books import Book
from architrave.institution.standing import Stage, VersionStanding
from architrave.peer.succession import two_histories
from architrave.portal.pages_rows import Beam, Column
from architrave.portal.reading import Copy

__all__ = ["beam_of_books", "beam_of_version", "sound", "stopped"]

_STEP, _EDGE = 60, 12  # in the drawing's own units
# The words for a full column, an empty one, and how many are full.
_BOOKS = ("column-full", "column-empty", "column-label")
_POSITIONS = ("stated-full", "stated-empty", "stated-label")


def beam_of_books(copy: Copy, ordered: Sequence[Book]) -> Beam:
    """The mark for these minute books: a column is full if the book is complete."""
    states = [(book.party, sound(copy, book)) for book in ordered]
    return _beam(copy, states, all(whole for _, whole in states), _BOOKS)


def beam_of_version(copy: Copy, one: VersionStanding) -> Beam:
    """The mark for a version: a column is full if that capital has taken its position on it.

    In a silence procedure that is done by letting it run out: its book then has all positions.
    """
    parties = copy.ordered(one.version.body.parties)
    done = [(party, party in one.positions or one.has_all[party] is not None) for party in parties]
    return _beam(copy, done, one.stage is Stage.IN_FORCE, _POSITIONS)


def _beam(
    copy: Copy, done: Sequence[tuple[str, bool]], closed: bool, words: tuple[str, str, str]
) -> Beam:
    (full, empty, label), width = words, _STEP * len(done)
    columns = tuple(
        Column(
            x=_EDGE + _STEP * place,
            name=copy.party(party),
            complete=whole,
            state=copy.say(full if whole else empty),
        )
        for place, (party, whole) in enumerate(done)
    )
    return Beam(
        columns=columns,
        width=width,
        span=width - 8,
        closed=closed,
        text="".join("▮" if whole else "▯" for _, whole in done),
        label=copy.say(label, n=sum(whole for _, whole in done), all=len(done)),
    )


def sound(copy: Copy, book: Book) -> bool:
    """Say whether a book acknowledges all that it should, and has one history only."""
    return book.complete and not stopped(copy, book.party)


def stopped(copy: Copy, party: str) -> bool:
    """Say whether two histories of a party's book were signed."""
    return two_histories(copy.peer, copy.state.origin_of(party))
