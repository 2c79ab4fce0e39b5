"""The contexts of the front page, the list of matters, the record and the page on checking.

Each is built while the peer is read under its lock, and keeps nothing of it.
"""

from __future__ import annotations

from architrave.institution.books import Book
from architrave.institution.pending import (
    DeadlineKind,
    consultations,
    focus,
)
from architrave.institution.promises import is_late, summary
from architrave.institution.remarks import promise_reports
from architrave.institution.standing import Stage
from architrave.portal import formats
from architrave.portal.alive import alive
from architrave.portal.charter.charge_context import charge_rows
from architrave.portal.mark import beam_of_books, sound, stopped
from architrave.portal.pages import (
    AbsentPage,
    HomePage,
    MattersPage,
    PromiseSummary,
    PromiseTable,
    SizeRow,
    StateRow,
    VerifyPage,
)
from architrave.portal.pages_rows import Beam, BookRow, DateRow
from architrave.portal.reading import Copy
from architrave.portal.register.register_blocks import SIGNS, cell, event_link, period_row, years_of
from architrave.portal.rows import consultation_row, frame_of, link_to, matter_row
from architrave.record.checkpoints import open_checkpoint
from architrave.record.layout import folder_of

__all__ = ["absent_page", "home_page", "matters_page", "verify_page"]

_DATES_SHOWN = _TEXTS_SHOWN = 8


def home_page(copy: Copy) -> HomePage:
    """The front page."""
    by_party = {book.party: book for book in copy.told.books}
    ordered = [by_party[party] for party in copy.order]
    matters = copy.told.matters
    standing = [one for one in matters if one.stage is Stage.IN_FORCE]
    gone = (Stage.IN_FORCE, Stage.WITHDRAWN)
    beam = beam_of_books(copy, ordered)
    zone = copy.charter.party(copy.peer.party).time_zone
    return HomePage(
        frame=frame_of(copy, copy.say("place-home")),
        beam=beam,
        verdict=_verdict(copy, ordered, beam),
        books=tuple(_book_row(copy, book) for book in ordered),
        dates=_dates(copy),
        promises=_promises(copy),
        deciding=tuple(matter_row(copy, one) for one in matters if focus(one).stage not in gone),
        standing=tuple(matter_row(copy, one) for one in standing[:_TEXTS_SHOWN]),
        consultations=tuple(
            consultation_row(copy, one)
            for one in consultations(copy.state, copy.view)
            if one.pending
        ),
        verify_href=copy.address("verify"),
        matters_href=copy.address("matters"),
        register_href=copy.address("register"),
        charge=charge_rows(copy, copy.today(zone)),
    )


def matters_page(copy: Copy) -> MattersPage:
    """Every matter, the one tabled last first."""
    return MattersPage(
        frame=frame_of(copy, copy.say("place-matters"), "matters"),
        matters=tuple(matter_row(copy, one) for one in copy.told.matters),
    )


def absent_page(copy: Copy, *path: str) -> AbsentPage:
    """What is shown at an address without a page."""
    return AbsentPage(frame=frame_of(copy, copy.say("absent-title"), *path))


def verify_page(copy: Copy) -> VerifyPage:
    """How to check the record."""
    return VerifyPage(
        frame=frame_of(copy, copy.say("place-verify"), "verify"),
        founding=copy.state.founding.id,
        charter=copy.charter.digest,
        books=tuple(_size_row(copy, party) for party in copy.order),
    )


def _size_row(copy: Copy, party: str) -> SizeRow:
    peer, origin = copy.peer, copy.state.origin_of(party)
    replica = peer.replicas[peer.history.newest(origin)]
    signed = open_checkpoint(replica.note, replica.key)[0].size if replica.note else 0
    others = [one.origin for one in peer.founding.members if one.origin != origin]
    final = copy.final.tip(party)
    address = copy.addresses.get(party, peer.founding.named(party).url).rstrip("/")
    return SizeRow(
        party=copy.party(party),
        folder=folder_of(peer.founding.named(party)),
        address=address,
        command=f"architrave verify {address} --founding founding.json",
        signed=formats.number(signed),
        cosigned=formats.number(min(peer.cosigned[replica.origin].get(one, 0) for one in others)),
        final=formats.number(final.size if final is not None else 0),
    )


# -- the books ------------------------------------------------------------------------------


def _verdict(copy: Copy, ordered: list[Book], beam: Beam) -> str:
    if any(stopped(copy, book.party) for book in ordered):
        return copy.say("books-two-faces")
    if beam.closed:
        silent = any(alive(copy, book.party)[1] for book in ordered)
        return copy.say("books-agree-when-heard" if silent else "books-agree")
    if any(book.size == 0 for book in ordered):
        return copy.say("books-not-begun")
    return copy.say("books-lag")


def _book_row(copy: Copy, book: Book) -> BookRow:
    two_faces = stopped(copy, book.party)
    told, silent = alive(copy, book.party)
    return BookRow(
        party=copy.party(book.party),
        capital=copy.capital(book.party),
        href=copy.address("record", book.party.lower()),
        size=formats.number(book.size),
        behind=copy.parties(book.behind),
        complete=sound(copy, book),
        alive=told,
        silent=silent,
        stopped=two_faces,
        proof_href=f"/record/proofs/{book.party.lower()}.json" if two_faces else "",
    )


# -- dates and promises ---------------------------------------------------------------------


def _dates(copy: Copy) -> tuple[DateRow, ...]:
    """The next dates by time; a date that is over is shown while something still waits for it."""
    own = copy.charter.party(copy.peer.party)
    today = copy.today(own.time_zone).isoformat()
    # Parties that share a date stand on one row.
    rows: dict[tuple[str, int, DeadlineKind, str, bool], list[str]] = {}
    for one in copy.told.dates:
        over = copy.passed(one.at) if one.at is not None else one.day < today
        if over and one.kind in (DeadlineKind.CHAIR, DeadlineKind.COMMITMENT):
            continue
        day = one.day or formats.day_of(one.at or 0, own.time_zone).isoformat()
        key = (day, one.at or 0, one.kind, one.subject, one.final)
        rows.setdefault(key, []).append(one.party)
    ordered = sorted(rows, key=lambda key: (key[0], key[1], key[2], key[3]))
    return tuple(_date_row(copy, *key, rows[key]) for key in ordered[:_DATES_SHOWN])


def _date_row(
    copy: Copy,
    day: str,
    at: int,
    kind: DeadlineKind,
    subject: str,
    final: bool,
    parties: list[str],
) -> DateRow:
    chair = kind is DeadlineKind.CHAIR
    if chair:
        link = link_to(
            copy.body(copy.charter.body(subject)), copy.address("bodies") + f"#{subject}"
        )
    else:
        link = link_to(subject, copy.matter_address(subject))
    when = copy.here(at) if at else formats.iso_moment(day, copy.language)
    assert isinstance(when, formats.Moment)
    return DateRow(
        when=when,
        what=copy.say_of("deadline", kind),
        parties=copy.parties(parties),
        subject=link,
        over=bool(at) and copy.passed(at),
        sure="" if chair else copy.sure(final),
    )


def _promises(copy: Copy) -> PromiseTable | None:
    register = copy.register
    if register is None:
        return None
    reports = promise_reports(copy.state, copy.view, register)
    rows = summary(register, copy.today(), reports)
    # A promise that was not held is shown first; else they stand as the register has them.
    rows = tuple(sorted(rows, key=lambda row: not any(is_late(one.state) for one in row.states)))
    periods = [
        {years_of(one): period_row(copy, register, one) for one in row.states} for row in rows
    ]
    years = sorted({one for several in periods for one in several})
    return PromiseTable(
        made_at=event_link(copy, register, register.header.front_event),
        years=tuple(years),
        rows=tuple(
            PromiseSummary(
                who=cell(copy, register, row.promise.id, "body"),
                text=cell(copy, register, row.promise.id, "text"),
                href=copy.address("register", row.promise.id),
                cells=tuple(several.get(year) for year in years),
            )
            for row, several in zip(rows, periods, strict=True)
        ),
        legend=tuple(
            StateRow(state.value, sign, copy.say_of("promise", state))
            for state, sign in SIGNS.items()
        ),
        reach=formats.date_moment(register.sources_reach, copy.language),
        standing=copy.of(register.header.standing),
    )
