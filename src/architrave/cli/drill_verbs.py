"""`architrave drill …`: open the monthly drill, see how each line did, have a line repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from architrave.cli.act_verbs import answer_lines, given_to_node, rehearsed
from architrave.cli.composing import composed
from architrave.cli.consult_times import consultation_found, day_of, drills_of, times_of
from architrave.cli.consultation_rows import (
    DrillRow,
    DrillSheet,
    MonthRow,
    ResultRow,
    ShareRow,
    drill_row,
    month_row,
    share_row,
)
from architrave.cli.consultation_verbs import AsJson, NodeNamed, length, node_now, write_fields
from architrave.cli.evidence_verbs import Fields, write_evidence
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.look import Look, look
from architrave.cli.status_verbs import banner
from architrave.desks.consultation.drills import HOURS, months, pledged, repair, shares
from architrave.desks.consultation.evidence import assessment
from architrave.desks.consultation.words import DRILL_FACTS, DRILL_GROUND, DRILL_WISH, worded
from architrave.desks.evidence import Assessment
from architrave.institution.pending import all_matters, consultations
from architrave.portal.composing.finding import body_found, party_found
from architrave.portal.composing.instants import utc
from architrave.portal.words import say, say_of

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Drills of the consultation line.")

InBody = Annotated[str, typer.Option(help="The body whose line is tried.")]
Hours = Annotated[int, typer.Option(help="An answer is in time within so many hours.", min=1)]


@app.command("open")
@plainly
def open_(
    node: NodeNamed,
    body: InBody,
    seat: Annotated[str | None, typer.Option(help="The seat for which it is signed.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask; write nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Even if one is open.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the others of a body to answer, in words that say in three languages: a drill."""
    it = look(node)
    chosen = body_found(it.charter, body)
    if not again:
        _require_none_open(it, chosen.id)
    tree = {
        "body": chosen.id,
        "ground": worded(it.charter, DRILL_GROUND),
        "facts": worded(it.charter, DRILL_FACTS),
        "wish": worded(it.charter, DRILL_WISH),
        "drill": True,
    }
    new = composed(it, "consulted", tree, seat, None, node_now(it))
    url = it.reading.folder.addresses(it.reading.founding)[it.party]
    answer = rehearsed(it, new) if dry_run else given_to_node(it, url, new)
    if as_json:
        print_json(asdict(answer))
    else:
        print_lines(paragraph(say("drill-note", "en"), 0))
        print_lines(_to_prove(it, chosen.id))
        print_lines(answer_lines(it, answer))
    if not answer.admitted:
        raise typer.Exit(1)


def _to_prove(look: Look, body: str) -> Iterator[str]:
    """The lines that failed before, and what an answer in time would prove of them."""
    for one in consultations(look.state, look.view):
        for leg in one.legs:
            if one.act.body == body and leg.unproven:
                yield from paragraph(
                    f"{look.capital(leg.party)}: its line failed in {one.act.symbol}; an answer "
                    "in time to this drill proves it repaired.",
                    0,
                )


def _require_none_open(look: Look, body: str) -> None:
    for one in consultations(look.state, look.view):
        mine = one.asked.party == look.party and one.act.body == body
        if mine and one.act.drill and one.closed is None:
            raise Unclear(f"{one.act.symbol}: this drill is open; close it, or add --again.")


@app.command()
@plainly
def report(
    node: NodeNamed,
    body: InBody,
    hours: Hours = HOURS,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As it stood then.")] = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """How each line did in each drill, month by month, and what is owed where one failed."""
    it = look(node, as_of)
    sheet, found = _sheet(it, body_found(it.charter, body).id, hours)
    if fields is not None:
        write_evidence([found], fields)
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(banner(it, as_of is not None))
    typer.echo("")
    print_lines(_lines(it, sheet))


def _sheet(look: Look, body: str, hours: int) -> tuple[DrillSheet, Assessment]:
    drills, today = drills_of(look, body), day_of(look.at)
    pledge = pledged(all_matters(look.state, look.view), body)
    found = assessment(body, drills, today, {"architrave": version("architrave")}, pledge, hours)
    sheet = DrillSheet(
        body=body,
        hours=hours,
        today=today.isoformat(),
        commitment=pledge.id if pledge is not None else "",
        drills=tuple(drill_row(look, one, hours) for one in drills),
        months=tuple(month_row(one) for one in months(drills, today, pledge)),
        shares=tuple(share_row(one) for one in shares(drills, hours)),
        digest=found.digest,
    )
    return sheet, found


def _lines(look: Look, sheet: DrillSheet) -> Iterator[str]:
    name = look.charter.body(sheet.body).name["en"]
    yield heading(f"Drills of the line, {name}: {len(sheet.drills)}, as of {sheet.today}")
    yield from paragraph(f"In time: an answer within {sheet.hours} hours of the request.")
    if sheet.months:
        yield ""
        yield from table([_month(one) for one in sheet.months], fixed=2)
    for drill in sheet.drills:
        yield ""
        yield from _drill(look, drill)
    if sheet.shares:
        yield ""
        yield heading("Each line, over all drills")
        yield from table([_share(look, one) for one in sheet.shares])
    yield ""
    yield from paragraph(f"Digest of the assessment (SHA-256): {sheet.digest}", 0)


def _month(one: MonthRow) -> tuple[str, str, str]:
    words = {
        "held": "held",
        "not-settled": "not settled: the times leave two months",
        "running": "none yet",
        "none": "none in the record",
    }
    return f"{one.first} – {one.last}", ", ".join(one.drills), words[one.state]


def _drill(look: Look, one: DrillRow) -> Iterator[str]:
    state = "over" if one.closed else "open"
    asked = f"{look.capital(one.asked_by)} asked, {utc(one.asked.claimed)}"
    yield heading(f"{one.symbol}  {state}; {asked}")
    for leg in one.legs:
        yield from _leg(look, leg)
        if leg.failed and not any(leg.party in _owners(row.symbol, look) for row in one.repairs):
            verb = f"architrave drill repair {look.party} {one.symbol} {leg.party} --due DATE"
            yield from paragraph(f"no repair is tabled: {verb} --out FILE", 6)
    for row in one.repairs:
        yield from paragraph(f"repair {row.symbol}: {say_of('stage', row.stage, 'en')}", 4)


def _owners(symbol: str, look: Look) -> set[str]:
    """Whose seats own the commitments of a repair, in whichever version."""
    found = set()
    for fact in look.state.symbols.get(symbol, ()):
        for pledge in getattr(fact.act, "pledges", []):
            found.add(look.charter.seat(pledge.owner).party or "")
    return found


def _leg(look: Look, leg: ResultRow) -> Iterator[str]:
    words = {"in-time": "in time", "late": "late", "not-settled": "not settled"}[leg.verdict]
    told = f"{look.capital(leg.party)}: {words}; {say_of('leg', leg.state, 'en')}"
    yield from paragraph(told, 4)
    if leg.received_after is not None:
        yield from paragraph(f"had it after {length(leg.received_after)}", 6)
    if leg.answered_after is not None:
        yield from paragraph(f"answered after {length(leg.answered_after)}", 6)
    if leg.owes_a_word:
        yield from paragraph(say_of("need", "line", "en"), 6)
    if leg.repair_due is not None:
        due = f"until {look.clocks(leg.repair_due)}"
        yield from paragraph(f"{say_of('need', 'repair', 'en')}, {due}", 6)


def _share(look: Look, one: ShareRow) -> tuple[str, str, str]:
    counts = f"{one.in_time} in time, {one.late} late, {one.not_settled} not settled"
    part = f"{one.share:.0%} of those settled" if one.share is not None else "none settled"
    longest = f"longest answer {length(one.longest)}" if one.longest is not None else "no answer"
    return look.capital(one.party), f"{counts}; {part}", longest


@app.command("repair")
@plainly
def repair_(
    node: NodeNamed,
    symbol: Annotated[str, typer.Argument(help="The symbol of a drill.")],
    party: Annotated[str, typer.Argument(help="Whose line failed.")],
    due: Annotated[str, typer.Option(help="By when it is repaired: a date.")],
    out: Annotated[Path, typer.Option(help="Where the fields for `act` are written.")],
    hours: Hours = HOURS,
    as_json: AsJson = False,
) -> None:
    """Write the fields of a repair, with owner and date, to be tabled as a matter."""
    it = look(node)
    asked = consultation_found(it, symbol)
    one = times_of(it, asked)
    if not one.drill:
        raise Unclear(f"{one.symbol}: this request is no drill; nothing is owed under it.")
    draft = repair(it.charter, one, party_found(it.charter, party).id, due, hours)
    fields: dict[str, object] = {
        "body": one.body,
        "wording": msgspec.to_builtins(draft.wording),
        "pledges": [msgspec.to_builtins(draft.pledge)],
    }
    write_fields(out, fields)
    if as_json:
        print_json(fields)
        return
    print_lines(paragraph(f"Owner {draft.pledge.owner}, due {draft.pledge.due}.", 0))
    typer.echo(f"Next: architrave act {node} tabled --file {out}")
