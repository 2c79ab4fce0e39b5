"""The context of the page that compares two points of the minute books."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from architrave.node.files import published_log
from architrave.portal import formats
from architrave.portal.charter.asof import begun, day_end
from architrave.portal.pages_rows import Link
from architrave.portal.proofs.pages_since import (
    BookSince,
    CosignedRow,
    DayEnd,
    NoteEnd,
    NotesRow,
    SincePage,
)
from architrave.portal.proofs.since_files import (
    Pair,
    growth_of,
    opened,
    pair_file,
    pairs,
    parting_line,
)
from architrave.portal.reading import Copy
from architrave.portal.research.pages_research import ChoiceRow
from architrave.portal.rows import link_to
from architrave.portal.whole import asked_frame
from architrave.record.b64 import encode
from architrave.record.branches import Branch
from architrave.record.continuity import Outcome, SignedNote, split_notes
from architrave.record.errors import BadSignature, OtherRecord, RecordError, UnknownSigner
from architrave.record.layout import folder_of
from architrave.record.tree import verify_consistency

__all__ = ["FIELDS", "LONGEST", "Pasted", "compared", "since_page"]

FIELDS = ("book", "first", "second")

LONGEST = 131_072
"""Bytes of the largest form that is read: six checkpoints with every kind of co-signature."""

_MOST = 6  # checkpoints in one field
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a reader has pasted: an older and a newer text, either of which may be empty."""

    older: str = ""
    newer: str = ""


def since_page(copy: Copy, asked: Mapping[str, str], pasted: Pasted | None = None) -> SincePage:
    """The page; it compares dates if days are asked for, and checkpoints if any are pasted."""
    chosen = {name: asked.get(name, "")[:_QUOTED] for name in FIELDS}
    days, fault = _days(copy, chosen)
    party = {one.lower(): one for one in copy.order}.get(chosen["book"], "")
    books = (party,) if party else copy.order
    noted: tuple[NotesRow, ...] = ()
    if pasted is not None:
        found = compared(copy, pasted)
        if isinstance(found, str):
            fault = found
        else:
            whence = _whence(copy, pasted)
            noted = tuple(_notes_row(copy, at, pair, whence) for at, pair in enumerate(found))
    asking = {name: value for name, value in chosen.items() if value}
    first = begun(copy)
    return SincePage(
        frame=asked_frame(copy, copy.say("since-title"), asking, "verify", "since"),
        action=copy.address("verify", "since"),
        books=(
            ChoiceRow("", copy.say("since-all"), not party),
            *(ChoiceRow(one.lower(), copy.party(one), one == party) for one in copy.order),
        ),
        first=chosen["first"],
        second=chosen["second"],
        earliest=formats.day_of(first).isoformat() if first is not None else "",
        latest=copy.today().isoformat(),
        fault=fault,
        dated=tuple(_book(copy, one, days) for one in books) if days else (),
        others=_others(copy, asking) if days else (),
        older=pasted.older if pasted is not None else "",
        newer=pasted.newer if pasted is not None else "",
        noted=noted,
        founding=copy.state.founding.id,
        folders=tuple(
            Link(copy.party(one), folder_of(copy.state.founding.named(one)), False)
            for one in copy.order
        ),
    )


# -- two dates ------------------------------------------------------------------------------------


def _days(copy: Copy, chosen: Mapping[str, str]) -> tuple[tuple[date, ...], str]:
    """The two days that are asked for, or none and why."""
    if not chosen["first"] and not chosen["second"]:
        return (), ""
    today = copy.today()
    days = []
    for text in (chosen["first"], chosen["second"] or today.isoformat()):
        day = _day(text)
        if day is None:
            return (), copy.say("asof-no-day", given=text)
        if day > today:
            shown = [formats.date_text(one, copy.language) for one in (day, today)]
            return (), copy.say("asof-future", day=shown[0], today=shown[1])
        days.append(day)
    return tuple(sorted(days)), ""


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None


def _book(copy: Copy, party: str, days: tuple[date, ...]) -> BookSince:
    peer = copy.peer
    log = published_log(peer, peer.founding.named(party))
    branch = log.branch
    old, new = (min(log.size, bisect_right(branch.times, day_end(day))) for day in days)
    proof = []
    if 0 < old < new:
        proof = growth_of(branch, old, new)
        verify_consistency(old, new, _root(branch, old), _root(branch, new), proof)
    code = "none" if not old else "same" if old == new else "continues"
    blanks = {"old": formats.number(old), "new": formats.number(new)}
    if log.proof:
        code = "stopped"
    return BookSince(
        book=copy.party(party),
        verdict=copy.say_of("since-dated", code, **(blanks if code == "continues" else {})),
        code=code,
        ends=tuple(
            _end(copy, party, branch, day, size) for day, size in zip(days, (old, new), strict=True)
        ),
        hashes=tuple(encode(one) for one in proof),
    )


def _root(branch: Branch, size: int) -> bytes:
    return branch.tips[size - 1].root


def _end(copy: Copy, party: str, branch: Branch, day: date, size: int) -> DayEnd:
    history, moment = copy.peer.history, formats.date_moment(day, copy.language)
    if not size:
        return DayEnd(moment, formats.number(0), "", None, None, None, None)
    tip = branch.tips[size - 1]
    before = history.seen_until(tip)
    firsts = []
    for other in copy.order:
        upto = copy.view.tip(other) if other != party else None
        firsts += [history.first_naming(upto, tip)] if upto is not None else []
    known = [history.entry(one).header.t for one in firsts if one is not None]
    everyone = len(known) == len(copy.order) - 1
    file = f"/proofs/{party.lower()}/since-{size}.txt"
    return DayEnd(
        day=moment,
        size=formats.number(size),
        root=encode(tip.root),
        at=copy.here(branch.times[size - 1]),
        not_before=copy.here(before) if before is not None else None,
        known_by=copy.here(max(known)) if everyone else None,
        proof=link_to(copy.say("since-file-continues"), file),
    )


def _others(copy: Copy, asking: Mapping[str, str]) -> tuple[Link, ...]:
    """The same question at other capitals, whose answers a reader can lay side by side."""
    question = f"/{copy.language}/verify/since?{urlencode(asking)}"
    return tuple(
        link_to(copy.capital(one), copy.addresses[one].rstrip("/") + question)
        for one in copy.order
        if one != copy.peer.party and one in copy.addresses
    )


# -- pasted checkpoints ---------------------------------------------------------------------------


def compared(copy: Copy, pasted: Pasted) -> list[Pair] | str:
    """What pasted checkpoints are to each other; or why they cannot be compared, in a sentence."""
    read: list[list[SignedNote]] = []
    for word, text in (("since-older", pasted.older), ("since-newer", pasted.newer)):
        notes = _read(copy, text)
        if isinstance(notes, str):
            return copy.say("since-fault", field=copy.say(word), why=notes)
        read.append(notes)
    if not any(read):
        return copy.say("since-fault-none")
    return pairs(copy.peer, *read)


def _read(copy: Copy, text: str) -> list[SignedNote] | str:
    found = []
    pieces = split_notes(text)
    if len(pieces) > _MOST:
        return copy.say("since-fault-many", n=_MOST)
    for data in dict.fromkeys(pieces):  # what is pasted twice says no more than once
        try:
            found.append(opened(copy.peer, data))
        except OtherRecord:
            return copy.say("since-fault-stranger")
        except (BadSignature, UnknownSigner):
            return copy.say("since-fault-signature")
        except RecordError:
            return copy.say("since-fault-form")
    return found


def _whence(copy: Copy, pasted: Pasted) -> dict[bytes, str]:
    """In which field each pasted note stands; read once, since a text may be long."""
    fields = (("since-newer", pasted.newer), ("since-older", pasted.older))
    return {note: copy.say(word) for word, text in fields for note in split_notes(text)}


def _notes_row(copy: Copy, at: int, pair: Pair, whence: Mapping[bytes, str]) -> NotesRow:
    found, outcome = pair.found, pair.found.outcome
    old, new = found.old.checkpoint.size, found.new.checkpoint.size
    blanks = {"old": formats.number(old), "new": formats.number(new)}
    used = {
        Outcome.SAME: ("new",),
        Outcome.CONTINUES: ("old", "new"),
        Outcome.BEYOND: ("new",),
    }.get(outcome, ())
    where = ""
    if outcome is Outcome.PARTED:
        line = parting_line(copy.peer, pair)
        where = (
            copy.say("since-parts-at", n=formats.number(line))
            if line is not None
            else copy.say("since-parts-within", n=formats.number(old))
        )
    file = pair_file(pair)
    word = "since-file-parted" if found.convicts else "since-file-continues"
    return NotesRow(
        number=str(at),
        book=copy.party(found.old.member.name),
        verdict=copy.say_of("since-noted", outcome, **{name: blanks[name] for name in used}),
        where=where,
        code=outcome.value,
        ends=tuple(_note_end(copy, one, whence) for one in (found.old, found.new)),
        hashes=tuple(encode(one) for one in found.proof),
        file=copy.say(word) if file else "",
    )


def _note_end(copy: Copy, note: SignedNote, whence: Mapping[bytes, str]) -> NoteEnd:
    signed = {copy.state.founding.member(_log(name)).name: at for name, at in note.cosigned.items()}
    return NoteEnd(
        whence=whence.get(note.data, copy.say("since-here")),
        size=formats.number(note.checkpoint.size),
        root=encode(note.checkpoint.root),
        cosigned=_cosigned(copy, signed),
    )


def _cosigned(copy: Copy, signed: Mapping[str, int]) -> tuple[CosignedRow, ...]:
    order: Iterable[str] = copy.ordered(signed)
    return tuple(CosignedRow(copy.party(one), copy.here(signed[one] * 1000)) for one in order)


def _log(cosigner: str) -> str:
    return cosigner.partition("/")[0] + "/log/1"
