"""The pack that passes to the next holder of a seat, in words of the holder's own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from architrave.institution.alerts import Alert, first_known
from architrave.institution.handover import Handover
from architrave.institution.owed import Instrument, Owed
from architrave.institution.pending import Consultation, Deadline, OpenMatter, Waiting
from architrave.portal import formats
from architrave.portal.paused import paused_texts
from architrave.portal.reading import Copy

__all__ = ["handover_lines"]


def handover_lines(copy: Copy, pack: Handover) -> Iterator[str]:
    """The pack line by line; a heading has no indent, and each part says so where it is empty."""
    title = formats.plain(formats.chosen(pack.seat.title, copy.language))
    yield copy.say("handover-title", seat=title, body=formats.plain(copy.body(pack.body)))
    yield "  " + (pack.holder or formats.plain(copy.say("handover-vacant")))
    yield from _part(copy, "handover-mine", (_mine(copy, *one) for one in pack.mine))
    yield from _part(copy, "standing-title", (_stands(copy, one) for one in pack.stands))
    yield from _part(copy, "handover-owed", (_owed(copy, one) for one in pack.owed))
    yield from _part(copy, "deciding-title", (_pending(copy, one) for one in pack.pending))
    asked = (_asked(copy, one) for one in pack.consultations)
    yield from _part(copy, "consultations-title", asked)
    if pack.alerts:
        yield from _part(copy, "alerts-title", (_warned(copy, one) for one in pack.alerts))
    yield from _part(copy, "dates-title", (_date(copy, one) for one in pack.dates))
    others = (
        f"{formats.plain(formats.chosen(one.seat.title, copy.language))}: "
        f"{one.holder or formats.plain(copy.say('handover-vacant'))}"
        for one in pack.colleagues
    )
    yield from _part(copy, "handover-others", others)


def _part(copy: Copy, name: str, rows: Iterable[str]) -> Iterator[str]:
    found = list(rows)
    yield ""
    yield f"{formats.plain(copy.say(name))} ({formats.number(len(found))})"
    yield from (f"  {row}" for row in found or [formats.plain(copy.say("handover-none"))])


def _mine(copy: Copy, symbol: str, waiting: Waiting) -> str:
    need = formats.plain(copy.say_of("need", waiting.need))
    return _joined(symbol, need, _until(copy, waiting.until))


def _stands(copy: Copy, one: Instrument) -> str:
    act = one.standing.act
    word = copy.charter.words_for(act.wording.nature).standing
    return _joined(
        one.standing.symbol,
        formats.plain(formats.chosen(act.wording.title, copy.language)),
        formats.plain(formats.chosen(word, copy.language)),
        *(formats.plain(text) for text in paused_texts(copy, one.suspended)),
        formats.plain(copy.sure(one.final)),
    )


def _owed(copy: Copy, one: Owed) -> str:
    return _joined(
        one.standing.symbol,
        formats.plain(copy.party(one.party)),
        formats.plain(formats.chosen(one.pledge.what, copy.language)),
        formats.plain(copy.say("due-by", at=formats.iso_text(one.due, copy.language))),
        formats.plain(copy.say_of("promise", one.state)),
        *(formats.plain(text) for text in paused_texts(copy, one.suspensions)),
    )


def _pending(copy: Copy, one: OpenMatter) -> str:
    awaited = "; ".join(
        f"{formats.plain(copy.party(waiting.party))}: "
        f"{formats.plain(copy.say_of('need', waiting.need))}"
        for waiting in one.awaiting
    )
    return _joined(
        one.standing.symbol,
        formats.plain(formats.chosen(one.standing.act.wording.title, copy.language)),
        formats.plain(copy.say_of("stage", one.shown.stage)),
        awaited,
    )


def _asked(copy: Copy, one: Consultation) -> str:
    ground = formats.plain(formats.chosen(one.act.ground, copy.language))
    drill = formats.plain(copy.say("drill-title")) if one.act.drill else ""
    return _joined(one.act.symbol, drill, formats.plain(copy.party(one.asked.party)), ground)


def _warned(copy: Copy, one: Alert) -> str:
    test = formats.plain(copy.say("alert-test-title")) if one.act.drill else ""
    told = formats.plain(formats.chosen(first_known(one.act), copy.language))
    return _joined(one.act.symbol, test, formats.plain(copy.party(one.asked.party)), told)


def _date(copy: Copy, one: Deadline) -> str:
    when = _until(copy, one.at) or formats.iso_text(one.day, copy.language)
    kind = formats.plain(copy.say_of("deadline", one.kind))
    return _joined(when, kind, formats.plain(copy.party(one.party)), one.subject)


def _until(copy: Copy, at: int | None) -> str:
    return "" if at is None else copy.here(at).text


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
