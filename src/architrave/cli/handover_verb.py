"""`architrave handover`: what passes to the next holder of a seat, in their language."""

from __future__ import annotations

from typing import Annotated

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import print_json, print_lines
from architrave.cli.look import look
from architrave.institution.handover import Handover, handover
from architrave.portal.composing.finding import seat_found
from architrave.portal.handover import handover_lines
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES

__all__ = ["handover_"]


@plainly
def handover_(
    node: Annotated[
        str, typer.Argument(help="A node's folder, or a capital of the demonstration.")
    ],
    seat: Annotated[str, typer.Argument(help="The seat, for example KOR/TDC.")],
    lang: Annotated[
        str | None, typer.Option(help="ko, ja or en; the holder's own if left out.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="As it stood at a date.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """What passes to the holder of a seat: all that stands, is owed and is pending."""
    if lang is not None and lang not in LANGUAGES:
        raise Unclear(f"--lang: expected one of {', '.join(LANGUAGES)}, found {lang!r}.")
    seen = look(node, as_of)
    pack = handover(seen.state, seen.view, seat_found(seen.charter, seat).id)
    if as_json:
        print_json(_value(pack))
        return
    own = pack.language if pack.language in LANGUAGES else "en"
    copy = Copy(seen.peer, lang or own, seen.at, None, {})
    print_lines(handover_lines(copy, pack))


def _value(pack: Handover) -> dict[str, object]:
    """The pack as JSON: symbols, seats and dates; texts are shown by `show`."""
    return {
        "seat": pack.seat.id,
        "body": pack.body.id,
        "holder": pack.holder,
        "language": pack.language,
        "keys": list(pack.keys),
        "mine": [
            {"symbol": symbol, "need": one.need, "until": one.until} for symbol, one in pack.mine
        ],
        "stands": [one.standing.symbol for one in pack.stands],
        "owed": [
            {
                "symbol": one.standing.symbol,
                "party": one.party,
                "commitment": one.pledge.id,
                "due": one.due,
                "state": one.state,
            }
            for one in pack.owed
        ],
        "pending": [
            {"symbol": one.standing.symbol, "stage": one.shown.stage} for one in pack.pending
        ],
        "consultations": [one.act.symbol for one in pack.consultations],
        "alerts": [one.act.symbol for one in pack.alerts],
        "dates": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "party": one.party,
                "at": one.at,
                "day": one.day,
            }
            for one in pack.dates
        ],
        "colleagues": [
            {"seat": one.seat.id, "holder": one.holder or ""} for one in pack.colleagues
        ],
    }
