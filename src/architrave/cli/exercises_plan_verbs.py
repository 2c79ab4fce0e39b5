"""`architrave exercises plan`: lay out the years, or lay them out again around a postponement.

Where a programme comes from is the caller's affair: `register` is given a function that reads one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines
from architrave.desks.exercises.illustration import MARK, is_sandbox, shown_day
from architrave.desks.exercises.model import Placed, Plan, Postponed, Programme

if TYPE_CHECKING:
    from architrave.desks.exercises.conflicts import Infeasible
    from architrave.desks.exercises.replanning import Replanned

__all__ = ["register"]

NOTE = "Computed from what was given; nobody's decision."


def register(app: typer.Typer, programme_of: Callable[[Path | None, bool], Programme]) -> None:
    """Add the verb; `programme_of` reads a folder, or the programme shipped as an illustration."""

    @app.command("plan")
    @plainly
    def plan_(
        folder: Annotated[Path | None, typer.Argument(help="Holds the tables.")] = None,
        illustration: Annotated[bool, typer.Option(help="Plan the invented programme.")] = False,
        replan: Annotated[
            list[str] | None,
            typer.Option(
                help="EDITION[#PART]=DATE, begins then or later; may be repeated. Needs --before."
            ),
        ] = None,
        before: Annotated[Path | None, typer.Option(help="A plan, as --json printed it.")] = None,
        decided: Annotated[str, typer.Option(help="The day of the decision to postpone.")] = "",
        seat: Annotated[str, typer.Option(help="The seat that decided.")] = "",
        reason: Annotated[str, typer.Option(help="Why it was postponed.")] = "",
        beyond: Annotated[bool, typer.Option(help="It may leave its period.")] = False,
        seconds: Annotated[float, typer.Option(help="For the search.")] = 30.0,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """The cheapest plan that keeps every rule, or the smallest set of rules in conflict."""
        programme = programme_of(folder, illustration)
        put_off = [_postponed(one, decided, seat, reason, beyond) for one in replan or ()]
        if put_off and before is None:
            raise Unclear("--replan: expected --before with the plan that is to be changed.")
        _say(programme, _read(before) if put_off else None, put_off, seconds, as_json)


def _say(
    programme: Programme,
    before: Plan | None,
    put_off: list[Postponed],
    seconds: float,
    as_json: bool,
) -> None:
    # OR-Tools is heavy, and of an extra: it is loaded by nothing but this verb.
    from architrave.desks.exercises.checking import faults
    from architrave.desks.exercises.conflicts import Infeasible
    from architrave.desks.exercises.plan_evidence import assessment_of
    from architrave.desks.exercises.planning import Undecided, plan
    from architrave.desks.exercises.replanning import replan

    if before is None:
        found: Plan | Infeasible | Replanned | Undecided = plan(programme, seconds)
    else:
        found = replan(programme, before, put_off, seconds)
    if isinstance(found, Undecided):
        raise Unclear(f"In {seconds:g} seconds neither a plan nor a conflict was found.")
    if not isinstance(found, Infeasible):
        made = found if isinstance(found, Plan) else found.plan
        for fault in faults(programme, made, put_off):
            raise Unclear(f"The plan that was found is unsound, and is not shown: {fault.sentence}")
    if as_json:
        assessment = assessment_of(programme, found, 7, before, put_off)
        # Its days are those of years without a number where it is illustrative.
        sandbox = is_sandbox(programme)
        print_json({**assessment.document, "digest": assessment.digest, "illustrative": sandbox})
    else:
        print_lines(_conflict(found) if isinstance(found, Infeasible) else _lines(programme, found))
    if isinstance(found, Infeasible):
        raise typer.Exit(1)


def _postponed(text: str, decided: str, seat: str, reason: str, beyond: bool) -> Postponed:
    name, sign, day = text.partition("=")
    if not sign:
        raise Unclear(f"--replan: expected EDITION=DATE or EDITION#PART=DATE, found {text!r}.")
    edition, _, part = name.partition("#")
    return Postponed(
        edition, _day("--replan", day), _day("--decided", decided), part, reason, seat, beyond
    )


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(f"{option}: expected a date such as 2041-05-20, found {text!r}.") from fault


def _read(file: Path | None) -> Plan:
    assert file is not None
    try:
        result: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["result"]
        placed = tuple(
            Placed(**{**one, "first": date.fromisoformat(one["first"])}) for one in result["placed"]
        )
        return Plan(placed, result["cost"], result["bound"], result["proven"], result["settled"])
    except (ValueError, KeyError, TypeError) as fault:
        raise Unclear(f"{file}: expected a plan as `exercises plan --json` prints it.") from fault


def _conflict(found: Infeasible) -> Iterator[str]:
    yield heading("There is no plan: these cannot stand together.")
    for sentence in found.sentences:
        yield from paragraph(f"- {sentence}")
    yield f"Of this set: {found.how_small}."


def _lines(programme: Programme, found: Plan | Replanned) -> Iterator[str]:
    from architrave.desks.exercises.explaining import explain

    made = found if isinstance(found, Plan) else found.plan
    years = MARK if is_sandbox(programme) else f"{programme.horizon.year} on"
    yield heading(f"{len(made.placed)} exercises, {years}")
    yield NOTE
    yield "The cheapest plan." if made.proven else f"No plan costs less than {made.bound}."
    yield f"It pays {made.cost} points." + (" Of equals the earliest." if made.settled else "")
    told = explain(programme, made)
    said = partial(shown_day, programme)
    places = {(one.edition, one.part): one for one in made.placed}
    for one in told.reasons:
        placed = places[one.edition, one.part]
        name = f"{one.edition}#{one.part}" if one.part else one.edition
        yield "  " + name
        days = dict.fromkeys((said(one.first), said(one.last)))
        roles = [(placed.host, "host"), (placed.command, "command")]
        paid = [f"{blackout.blackout} {blackout.points}" for blackout in one.paid]
        other = f"{said(one.other_day)} ({one.more:+d})" if one.other_day else "none"
        more = [
            " to ".join(days),
            *(f"{what} {party}" for party, what in roles if party),
            *([f"pays {', '.join(paid)}"] if paid else []),
            f"next best day {other}",
        ]
        yield from paragraph("; ".join(more), 6)
    if not isinstance(found, Plan):
        for move in found.moves:
            why = "postponed" if move.postponed else "makes room"
            days = f"{said(move.before)} to {said(move.after)}"
            yield f"  {move.edition} {move.part}: {days} ({why})"
