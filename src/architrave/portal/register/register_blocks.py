"""Blocks of the register that several pages share: texts, periods, and what capitals say of rows.

A translation is provisional and says so; what has none stands in the original, marked as that.
"""

from __future__ import annotations

from collections.abc import Iterable

from architrave.institution.acts import Confirmed, Contested, Corrected, kind_of
from architrave.institution.promises import PeriodState, State
from architrave.institution.register_rows import ORIGINAL, Register, Rendering
from architrave.institution.remarks import Remark, remarks
from architrave.portal import formats
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Link, PeriodRow, RemarkRow, Rendered, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to, source_link
from architrave.portal.whole import line_link

__all__ = ["SIGNS", "cell", "event_link", "period_row", "remark_rows", "rendered", "years_of"]


SIGNS = {
    State.NOT_HELD: "✕",
    State.NONE_FOUND: "○",
    State.NOT_KNOWN: "–",
    State.REPORTED: "◐",
    State.HELD: "●",
}
"""A sign for each state, in the order in which states are listed; never shown without words."""


def cell(copy: Copy, register: Register, row: str, column: str) -> Shown:
    """A short text of a row, without a mark; empty if the cell is."""
    worded = register.worded(row, column, copy.language)
    if worded.language == copy.language:
        return worded.text
    return Said(worded.text, worded.language) if worded.text else ""


def rendered(copy: Copy, register: Register, row: str, column: str) -> Rendered:
    """A text of a row, with the mark of its translation and the original beside it."""
    worded = register.worded(row, column, copy.language)
    text = cell(copy, register, row, column)
    if worded.rendering is Rendering.ORIGINAL:
        return Rendered(text, "", None)
    original = register.worded(row, column, ORIGINAL).text
    translated = worded.rendering is not Rendering.MISSING
    return Rendered(
        text,
        copy.say_of("rendering", worded.rendering),
        Said(original, ORIGINAL) if translated else None,
    )


def event_link(copy: Copy, register: Register, event: str) -> Link:
    """A link to an event of the register, by its title."""
    return link_to(cell(copy, register, event, "title"), copy.address("register", event))


def remark_rows(copy: Copy, register: Register, row: str) -> tuple[RemarkRow, ...]:
    """What capitals say of a row, in the order of names."""
    found = {
        one.fact.party: one for one in remarks(copy.state, copy.view, row, register.row_digest(row))
    }
    return tuple(_remark_row(copy, found[party]) for party in copy.ordered(found))


def _remark_row(copy: Copy, one: Remark) -> RemarkRow:
    act = one.act
    source: Link | None = None
    holds: Shown = ""
    match act:
        case Confirmed():
            text = act.note
        case Contested():
            text = act.reason
        case Corrected():
            text = act.correction
            source = source_link(act.source) if act.source else None
            if act.state:
                day = formats.iso_moment(act.on, copy.language)
                holds = copy.say("remark-holds", state=copy.say_of("promise", act.state), day=day)
    return RemarkRow(
        party=copy.party(one.fact.party),
        says=copy.say_of("remark", kind_of(act)),
        code=kind_of(act),
        at=copy.here(one.fact.t),
        text=copy.of(text),
        holds=holds,
        source=source,
        earlier=not one.present,
        href=line_link(copy, one.fact.tip).href,
    )


def period_row(copy: Copy, register: Register | None, one: PeriodState) -> PeriodRow:
    """A promise in one period, with its reason in words and links to what it rests on.

    Without a register, what it rests on has no page: only the sources are linked.
    """
    language = copy.language
    first = formats.date_moment(one.period.first, language)
    values = {name: formats.iso_moment(text, language) for name, text in one.reason.values}
    if "seat" in values:
        values["seat"] = _seat_title(copy, str(values["seat"]))
    last = one.period.last
    span = (
        copy.say("span-open", first=first)
        if last is None
        else copy.say("span", first=first, last=formats.date_moment(last, language))
    )
    return PeriodRow(
        span=span,
        state=one.state.value,
        sign=SIGNS[one.state],
        word=copy.say_of("promise", one.state),
        reason=copy.say_of("reason", one.reason.key, **values),
        events=_event_links(copy, register, one.events),
        related=_event_links(copy, register, one.related),
        sources=tuple(source_link(source) for source in one.sources),
        count=_counted(copy, one),
    )


def years_of(one: PeriodState) -> str:
    """The years of a period, for example ``2024–25``; ``2024–`` while it has no end."""
    first, last = one.period.first.year, one.period.last
    if last is None:
        return f"{first}–"
    return f"{first}–{last.year % 100:02}" if last.year != first else str(first)


def _counted(copy: Copy, one: PeriodState) -> str:
    number = len(one.sources)
    if not number and one.state in (State.NONE_FOUND, State.NOT_KNOWN):
        return ""
    return copy.say("sources-one" if number == 1 else "sources-many", n=formats.number(number))


def _event_links(copy: Copy, register: Register | None, ids: Iterable[str]) -> tuple[Link, ...]:
    if register is None:
        return ()
    return tuple(event_link(copy, register, one) for one in ids)


def _seat_title(copy: Copy, seat: str) -> Shown:
    found = copy.charter.find_seat(seat)
    return copy.of(found.title) if found is not None else seat
