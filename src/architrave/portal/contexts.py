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
from architrave.portal.alerts.alerts_context import open_alerts
from architrave.portal.alive import alive
from architrave.portal.mark import beam_of_books, sound, stopped
from architrave.portal.meetings_shown import subject_address
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
from architrave.portal.pages_rows import Beam, BookRow, ConsultationRow, DateRow, Link
from architrave.portal.reading import Copy
from architrave.portal.register.register_blocks import SIGNS, cell, event_link, period_row, years_of
from architrave.portal.register.register_listing import counted_to
from architrave.portal.rows import consultation_row, frame_of, link_to, matter_row
from architrave.record.checkpoints import open_checkpoint
from architrave.record.layout import folder_of

__all__ = ["absent_page", "home_page", "matters_page", "verify_page"]

# The front page ends within one screen of a phone: the first rows, and how many more there are.
_DATES_SHOWN, _MATTERS_SHOWN = 2, 3


def home_page(copy: Copy) -> HomePage:
    """The front page."""
    by_party = {book.party: book for book in copy.told.books}
    ordered = [by_party[party] for party in copy.order]
    matters = copy.told.matters
    standing = sum(one.stage is Stage.IN_FORCE for one in matters)
    gone = (Stage.IN_FORCE, Stage.WITHDRAWN)
    deciding = [one for one in matters if focus(one).stage not in gone]
    dates, beam = _dates(copy), beam_of_books(copy, ordered)
    return HomePage(
        frame=frame_of(copy, copy.say("place-home")),
        beam=beam,
        verdict=_verdict(copy, ordered, beam),
        books=tuple(_book_row(copy, book) for book in ordered),
        dates=tuple(_date_row(copy, key, parties) for key, parties in dates[:_DATES_SHOWN]),
        more_dates=_more(copy, len(dates) - _DATES_SHOWN, "calendar"),
        promises=_promises(copy),
        consultations=_consultations(copy),
        alerts=open_alerts(copy),
        deciding=tuple(matter_row(copy, one) for one in deciding[:_MATTERS_SHOWN]),
        more_deciding=_more(copy, len(deciding) - _MATTERS_SHOWN, "matters"),
        standing=link_to(
            copy.say("standing-count", n=formats.number(standing)), copy.address("matters")
        ),
        verify_href=copy.address("verify"),
        register_href=copy.address("register"),
        charge_href=copy.address("bodies") + "#charge" if _has_chair(copy) else "",
    )


def _more(copy: Copy, left_out: int, place: str) -> Link | None:
    if left_out <= 0:
        return None
    return link_to(copy.say("front-more", n=formats.number(left_out)), copy.address(place))


def _has_chair(copy: Copy) -> bool:
    return any(body.chair is not None and not body.proposed for body in copy.charter.bodies)


def _consultations(copy: Copy) -> tuple[ConsultationRow, ...]:
    return tuple(
        consultation_row(copy, one) for one in consultations(copy.state, copy.view) if one.pending
    )


def matters_page(copy: Copy) -> MattersPage:
    """Open consultations and alerts, then every matter, the one tabled last first."""
    return MattersPage(
        frame=frame_of(copy, copy.say("place-matters"), "matters"),
        consultations=_consultations(copy),
        alerts=open_alerts(copy),
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
        since_href=copy.address("verify", "since"),
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


_Date = tuple[str, int, DeadlineKind, str, bool]
"""What parties that share a date have in common: day, instant, kind, subject, whether final."""


_OVER_IS_GONE = (DeadlineKind.CHAIR, DeadlineKind.COMMITMENT, DeadlineKind.MEETING)


def _dates(copy: Copy) -> list[tuple[_Date, list[str]]]:
    """The next dates by time; a date that is over is shown while something still waits for it."""
    own = copy.charter.party(copy.peer.party)
    today = copy.today(own.time_zone).isoformat()
    # Parties that share a date stand on one row.
    rows: dict[_Date, list[str]] = {}
    for one in copy.told.dates:
        over = copy.passed(one.at) if one.at is not None else one.day < today
        if over and one.kind in _OVER_IS_GONE:
            continue
        day = one.day or formats.day_of(one.at or 0, own.time_zone).isoformat()
        key = (day, one.at or 0, one.kind, one.subject, one.final)
        rows.setdefault(key, []).append(one.party)
    return sorted(rows.items(), key=lambda row: row[0][:4])


def _date_row(copy: Copy, key: _Date, parties: list[str]) -> DateRow:
    day, at, kind, subject, final = key
    chair = kind is DeadlineKind.CHAIR
    if chair:
        link = link_to(
            copy.body(copy.charter.body(subject)), copy.address("bodies") + f"#{subject}"
        )
    else:
        link = link_to(subject, subject_address(copy, subject))
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
    day = counted_to(copy, register)
    rows = summary(register, day, reports)
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
        counted=formats.date_moment(day, copy.language),
        standing=copy.of(register.header.standing),
    )
