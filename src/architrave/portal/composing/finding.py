"""What a word typed at the terminal names; if nothing, one sentence with what comes nearest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from architrave.charter.model import Body, Charter, Party, Seat
from architrave.institution.standing import MatterStanding, stand
from architrave.institution.state import Fact
from architrave.portal.composing.held import Held
from architrave.portal.composing.parties import party_named, party_names
from architrave.portal.composing.unclear import Unclear
from architrave.record.entries import Tip

__all__ = [
    "SYMBOL",
    "act_found",
    "body_found",
    "fact_at",
    "line_found",
    "matter_found",
    "nearest",
    "party_found",
    "row_found",
    "seat_found",
    "standing_found",
    "symbol_fact",
    "words_found",
]

SYMBOL = re.compile(r"[A-Z0-9]+/[0-9]{4}/[A-Z0-9]+/[1-9][0-9]*", re.IGNORECASE)
_LINE = re.compile(r"(.+):([1-9][0-9]*)")
_NAME = re.compile(r"[0-9a-f]{6,64}")
_SHOWN = 8


def nearest(text: str, known: Iterable[str], limit: int = 3, also: Iterable[str] = ()) -> str:
    """The nearest of what is known, as the end of a sentence; if none is near, the first of it.

    `also` are other names for the same: they may be near, and are not listed.
    """
    names = list(dict.fromkeys(known))
    if not names:
        return "none is known here"
    folded = {name.casefold(): name for name in (*names, *also)}
    close = [folded[one] for one in difflib.get_close_matches(text.casefold(), folded, limit, 0.4)]
    if close:
        return f"the nearest are {', '.join(close)}"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"known: {', '.join(names[:_SHOWN])}{more}"


def row_found(look: Held, text: str) -> tuple[str, str]:
    """A row of the register in the node's folder, by id, and the digest of its wording."""
    register = look.register
    if register is None:
        raise Unclear("this node holds no register.")
    try:
        return text, register.row_digest(text)
    except KeyError:
        known = [*register.promise_by_id, *register.event_by_id]
        raise Unclear(f"{text!r} is no row of the register; {nearest(text, known)}.") from None


def party_found(charter: Charter, text: str) -> Party:
    """The party of this name; Unclear with the nearest."""
    found = party_named(charter, text)
    if found is None:
        names = [name for one in charter.parties for name in party_names(charter, one)]
        said = nearest(text, charter.party_ids, also=names)
        raise Unclear(f"{text!r} is no party; {said}.")
    return found


def body_found(charter: Charter, text: str) -> Body:
    """The body of this id or name in any language; Unclear with the nearest."""
    wanted = text.strip().casefold()
    for body in charter.bodies:
        if wanted in {body.id.casefold(), *(name.casefold() for name in body.name.values())}:
            return body
    known = [body.id for body in charter.bodies]
    names = [name for body in charter.bodies for name in body.name.values()]
    raise Unclear(f"{text!r} is no body of the charter; {nearest(text, known, also=names)}.")


def seat_found(charter: Charter, text: str) -> Seat:
    """The seat of this id; Unclear with the nearest."""
    seats = {seat.id.casefold(): seat for body in charter.bodies for seat in body.seats}
    found = seats.get(text.strip().casefold())
    if found is None:
        known = [seat.id for seat in seats.values()]
        raise Unclear(f"{text!r} is no seat of the charter; {nearest(text, known)}.")
    return found


def symbol_fact(look: Held, text: str) -> Fact | None:
    """The matter or consultation with this symbol in the view, or None."""
    facts = look.state.symbols.get(text.strip().upper(), ())
    return next((fact for fact in facts if _readable(look, fact)), None)


def _readable(look: Held, fact: Fact) -> bool:
    # Whoever may read it and has it in the view: the audience of a matter may be smaller than all.
    return look.history.holds(look.view.cut, fact.tip)


def _symbols(look: Held) -> Iterator[str]:
    for symbol, facts in look.state.symbols.items():
        if any(_readable(look, fact) for fact in facts):
            yield symbol


def act_found(look: Held, text: str) -> Fact:
    """The record entry that a symbol, a line (``ALD:12``) or a name (six digits or more) names."""
    fact = symbol_fact(look, text)
    if fact is not None:
        return fact
    tip = line_found(look, text)
    if tip is not None:
        fact = fact_at(look, tip)
        if fact is None:
            raise Unclear(f"{text}: that line holds no record entry that was admitted here.")
        return fact
    if _NAME.fullmatch(text):
        named = [name for name in look.state.acts if name.startswith(text)]
        if len(named) == 1:
            return look.state.acts[named[0]][0]
        if named:
            raise Unclear(f"{text}: {len(named)} record entries begin so; give more digits.")
    known = sorted(_symbols(look))
    raise Unclear(f"{text!r} names no record entry here; {nearest(text, known)}.")


def words_found(look: Held, text: str) -> Fact:
    """The record entry whose words are meant, which need not have been admitted."""
    tip = line_found(look, text)
    void = [fact for facts in look.state.void.values() for fact in facts if fact.tip == tip]
    return void[0] if void else act_found(look, text)


def fact_at(look: Held, tip: Tip) -> Fact | None:
    """The admitted act that a line carries, or None."""
    return next(
        (fact for facts in look.state.acts.values() for fact in facts if fact.tip == tip), None
    )


def line_found(look: Held, text: str) -> Tip | None:
    """The line that ``PARTY:N`` names; None for another form, Unclear for no such line."""
    match = _LINE.fullmatch(text.strip())
    if match is None:
        return None
    party = party_found(look.charter, match[1])
    upto = look.view.tip(party.id)
    size = upto.size if upto is not None else 0
    if upto is None or int(match[2]) > size:
        raise Unclear(f"{text}: the minute book of {look.capital(party.id)} has {size} lines here.")
    return look.history.at(upto, int(match[2]))


def matter_found(look: Held, text: str) -> Fact:
    """The tabling of the matter that a symbol, a line or a name names; Unclear otherwise."""
    fact = act_found(look, text)
    name = look.state.matter_of.get(fact.name)
    if name is None:
        raise Unclear(f"{text} is no matter.")
    return look.state.acts[name][0]


def standing_found(look: Held, matter: Fact) -> MatterStanding:
    """A matter as the view shows it, whoever may read it; Unclear if the view lacks it."""
    found = stand(look.state, matter.name, look.view)
    if found is None:
        # Sealed for fewer: shown with what those who may read it have.
        found = stand(look.state, matter.name, replace(look.view, audience=matter.audience))
    if found is None:
        raise Unclear("the matter is not in this copy at that date.")
    return found
