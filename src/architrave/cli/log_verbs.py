"""`architrave log NODE [PARTY]`: the lines of one minute book, or of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from architrave.cli.act_verbs import about
from architrave.cli.faults import plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, look
from architrave.cli.status_verbs import banner, sure
from architrave.institution.acts import act_of, kind_of
from architrave.peer.erasing import shown
from architrave.portal.composing.finding import party_found
from architrave.portal.composing.instants import utc
from architrave.portal.words import say, say_of
from architrave.record.entries import Tip
from architrave.record.errors import RecordError
from architrave.record.tombstones import ErasedAct

__all__ = ["BookLines", "LogLine", "line_at", "log", "what_it_is"]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line. `what` is the kind of a record entry that this copy reads, or acknowledgement,
    sealed (released to others), sealed-secret (readers not named) or not-here (not yet readable).

    `acknowledges` holds what the line newly acknowledges; `void` and `article` say why a record
    entry was not admitted; `erased` by whom, when and why its words were erased.
    """

    party: str
    line: int
    at: int
    what: str
    about: str
    seat: str
    name: str
    to: tuple[str, ...]
    acknowledges: dict[str, int]
    final: bool
    void: str
    article: str
    erased: str


@dataclass(frozen=True, slots=True)
class BookLines:
    """Some lines of a minute book, and how many it has in this copy."""

    party: str
    size: int
    two_histories: bool
    lines: tuple[LogLine, ...]


@plainly
def log(
    node: Annotated[str, typer.Argument(help="A node's folder or a capital.")],
    party: Annotated[str | None, typer.Argument(help="Whose minute book; all if left out.")] = None,
    first: Annotated[
        int | None, typer.Option("--from", min=1, help="The first line; else the last ones.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="How many lines of each book.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """The lines of one minute book, or of all, as this copy holds them."""
    it = look(node)
    parties = it.order if party is None else (party_found(it.charter, party).id,)
    found = [_book(it, one, first, count) for one in parties]
    if as_json:
        print_json([asdict(one) for one in found])
        return
    print_lines(banner(it))
    for book in found:
        print_lines(_lines(it, book))


def _book(look: Look, party: str, first: int | None, count: int) -> BookLines:
    branches = look.history.branches[look.state.origin_of(party)]
    branch = look.history.main(look.state.origin_of(party))
    start = max(1, branch.size - count + 1) if first is None else first
    tips = branch.tips[start - 1 : start - 1 + count]
    return BookLines(
        party, branch.size, len(branches) > 1, tuple(line_at(look, tip) for tip in tips)
    )


def line_at(look: Look, tip: Tip) -> LogLine:
    """One line as this copy reads it."""
    header = look.history.entry(tip).header
    found = LogLine(
        party=look.state.party_of(tip.origin),
        line=tip.size,
        at=header.t,
        what="acknowledgement",
        about="",
        seat="",
        name="",
        to=_readers(look, tip),
        acknowledges={look.state.party_of(o): seen.size for o, seen in header.seen.items()},
        final=look.is_final(tip),
        void="",
        article="",
        erased="",
    )
    if header.seal is None:
        return found
    held = shown(look.peer, header.seal)
    if held is None or tip in look.peer.reader.waiting:
        return _with(found, what=_unread(look, tip))
    refused = look.state.refused.get(tip)
    void = {"void": look.plain(refused.reason), "article": refused.article} if refused else {}
    try:
        act = act_of(held.document)
    except RecordError:
        return _with(found, what="not-here", **void)
    erased = look.erased(act.party, held.name) if isinstance(held, ErasedAct) else ""
    known = next((f for f in look.state.acts.values() for f in f if f.tip == tip), None)
    name = known.name if known is not None else ""
    said = {"what": kind_of(act), "about": about(look, act), "seat": act.seat, "name": name}
    return _with(found, **said, **void, erased=erased)


def _with(line: LogLine, **fields: object) -> LogLine:
    return LogLine(**{**asdict(line), "to": line.to, **fields})


def _unread(look: Look, tip: Tip) -> str:
    to = look.history.entry(tip).header.to
    if to is None:
        return "sealed-secret"
    return "not-here" if to.reaches(look.peer.origin) else "sealed"


def _readers(look: Look, tip: Tip) -> tuple[str, ...]:
    """Who may read what a line carries; empty for an acknowledgement or where nobody is named."""
    to = look.history.entry(tip).header.to
    if to is None:
        return ()
    if to.logs is None:
        return ("public",)
    named = {look.state.party_of(origin) for origin in to.logs}
    return tuple(party for party in look.order if party in named)


def _lines(look: Look, book: BookLines) -> Iterator[str]:
    yield ""
    yield heading(f"Minute book of {look.capital(book.party)}: {book.size} lines")
    if book.two_histories:
        yield from paragraph(say("book-two-faces", "en"))
    if not book.lines:
        empty = say("book-empty", "en") if not book.size else f"It ends with line {book.size}."
        yield f"  {empty}"
    for line in book.lines:
        cells = (f"{line.line:>5}", utc(line.at), sure(line.final), what_it_is(look, line))
        yield from table([cells], indent=0, fixed=3)
        if line.void:
            under = f" under {look.cite(line.article)}" if line.article else ""
            yield from paragraph(f"not admitted{under}: {line.void}", 7)
        if line.erased:
            yield from paragraph(line.erased, 7)


def what_it_is(look: Look, line: LogLine) -> str:
    """What a line is, in the words of the screen."""
    if line.what == "acknowledgement":
        heard = [
            f"{look.capital(party)} to line {line.acknowledges[party]}"
            for party in look.order
            if party in line.acknowledges
        ]
        if not heard:
            return say("receipt-alone", "en")
        return say("receipt", "en", lines=", ".join(heard))
    if line.what == "sealed":
        return say("sealed-for", "en", readers=look.capitals(line.to))
    if line.what == "sealed-secret":
        return say("sealed-secret", "en")
    if line.what == "not-here":
        return say("text-not-here", "en")
    kind = say_of("kind", line.what, "en")
    text = f"{kind}, {line.about}" if line.about else kind
    few = line.to != ("public",) and len(line.to) < len(look.order)
    return f"{text} (only to {look.capitals(line.to)})" if few else text
