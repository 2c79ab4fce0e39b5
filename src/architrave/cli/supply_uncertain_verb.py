"""`architrave supply uncertain SCENARIO …`: ranges on a scenario, and which of them matters.

A scenario says what it alone is asked with; what all are asked with stands in `_Asked`, and of
those on a table in `_OnTable`, each once.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from architrave.cli.evidence_verbs import Fields, write_evidence
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import print_json, print_lines
from architrave.cli.supply_chain_opening import ChainName, opened_chain
from architrave.cli.supply_paths_lines import paths_lines, paths_sheet
from architrave.cli.supply_resource_verb import named_parties
from architrave.cli.supply_uncertain_ends import (
    added,
    ends_of,
    own_days,
    shared,
    two,
    typed_ranges,
)
from architrave.cli.supply_uncertain_lines import ranged_lines, ranged_sheet
from architrave.cli.supply_verbs import AsJson, TableFile, basis_lines

if TYPE_CHECKING:
    from architrave.desks.supply.basis import Basis
    from architrave.desks.supply.chains.model import Chain
    from architrave.desks.supply.table import Table

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, help="A scenario with ranges: which assumption matters, and how much."
)

Several = list[str] | None
Lose = Annotated[list[str], typer.Option(help="NAME=LOW:HIGH, the share lost; repeatable.")]
Party = Annotated[Several, typer.Option(help="A region to tell of; else the charter's parties.")]
Ranges = Annotated[
    Several,
    typer.Option("--range", help="NAME=LOW:HIGH or NAME=LOW:HIGH:BASE for a range by its name."),
]
Size = Annotated[int, typer.Option(help="Draws, a power of two; rows are so many for each input.")]
Seed = Annotated[int, typer.Option(help="Decides what is drawn; kept with the answer.")]
Workers = Annotated[int, typer.Option(help="Processes; any number gives the same answer.")]
Shown = Annotated[Several, typer.Option("--output", help="Only this output; repeatable.")]
_TOP = 8
Top = Annotated[
    int | None,
    typer.Option(
        min=1, max=200, help="How many inputs to show for an output; else 8, and all as JSON."
    ),
]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every scenario is asked with; how many are drawn is each scenario's own."""

    size: Size
    ranges: Ranges = None
    seed: Seed = 1
    workers: Workers = 1
    shown: Shown = None
    top: Top = None
    fields: Fields = None
    as_json: AsJson = False


@dataclass(frozen=True, slots=True)
class _OnTable:
    """What a scenario on a table is asked with besides."""

    party: Party = None
    file: TableFile = None


_Told = Callable[..., dict[str, Any]]
_Verb = Callable[..., None]


def _on_table(
    size: int, parties: str = "watched", answer: _Verb | None = None
) -> Callable[[_Told], _Verb]:
    """A verb from a function that says what its scenario is made of, but for the parties."""

    def declared(told: _Told) -> _Verb:
        def answered(on: _OnTable, asked: _Asked, typed: dict[str, Any]) -> None:
            named = named_parties(on.party)
            given = {**told(**typed), parties: named}
            (answer or _answer)(told.__name__, given, _table(on.file), asked)

        return _verb(told, size, (_OnTable, _Asked), answered)

    return declared


def _on_chain(size: int) -> Callable[[_Told], _Verb]:
    """A verb from such a function that names a chain first."""

    def declared(told: _Told) -> _Verb:
        def answered(asked: _Asked, typed: dict[str, Any]) -> None:
            given = told(**typed)
            opened = opened_chain(given.pop("chain"))
            _answer(told.__name__, given, opened.chain, asked, opened.sourced)

        return _verb(told, size, (_Asked,), answered)

    return declared


def _verb(told: _Told, size: int, shared: tuple[type, ...], answered: _Verb) -> _Verb:
    """Register a verb whose options are those of `told`, then all fields of what is shared."""
    own = inspect.signature(told, eval_str=True).parameters
    fields = [inspect.signature(one, eval_str=True).parameters for one in shared]

    @functools.wraps(told)
    def verb(**typed: Any) -> None:
        _one_thread()
        parts = [
            made(**{name: typed.pop(name) for name in names})
            for made, names in zip(shared, fields, strict=True)
        ]
        answered(*parts, typed)

    options = [
        one.replace(kind=one.KEYWORD_ONLY, default=size if one.name == "size" else one.default)
        for names in fields
        for one in names.values()
    ]
    signature = inspect.Signature([*own.values(), *options])
    verb.__signature__ = signature  # type: ignore[attr-defined]
    verb.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return app.command()(plainly(verb))


@_on_table(64, parties="parties")
def resource(lose: Lose) -> dict[str, Any]:
    """A way round a loss: the share lost, spare capacity, costs, months."""
    return {"lost": ends_of("--lose", lose, shared)}


@_on_table(256)
def embargo(
    seller: Annotated[list[str], typer.Option("--from", help="Who no longer sells; repeatable.")],
    buyer: Annotated[list[str], typer.Option("--to", help="Who no longer gets it; repeatable.")],
    share: Annotated[str, typer.Option(help="LOW:HIGH of the flow that stops.")] = "0.5:1",
) -> dict[str, Any]:
    """Sales of inputs stop: how much, and who fills the gap."""
    return {"sellers": seller, "buyers": buyer, "share": shared("--share", share, share)}


@_on_table(64)
def shortage(lose: Lose) -> dict[str, Any]:
    """Cells make less and sell everybody less: how much, and who fills the gap."""
    return {"lost": ends_of("--lose", lose, shared)}


@_on_table(256)
def demand(
    change: Annotated[list[str], typer.Option(help="CELL=LOW:HIGH of money; repeatable.")],
) -> dict[str, Any]:
    """Final demand for cells changes by an amount within a range."""
    return {"change": ends_of("--change", change, two)}


@_on_table(256)
def price(
    add: Annotated[list[str], typer.Option(help="CELL=LOW:HIGH in added cost; repeatable.")],
) -> dict[str, Any]:
    """Cost rises within a range: how much is passed on, and how final buyers answer."""
    return {"added": ends_of("--add", add, added)}


def _outage(name: str, given: dict[str, Any], table: Table, asked: _Asked) -> None:
    """What the days cost, or with --paths the days themselves."""
    paths, every = given.pop("paths"), given.pop("every")
    if every is not None and not paths:
        raise Unclear("--every takes days of a path together: it needs --paths.")
    if paths and asked.shown:
        raise Unclear("--output names a cost, and --paths shows none: leave one of them out.")
    if paths and asked.top is not None:
        raise Unclear("--top shows inputs below a cost, and --paths shows none: leave --top out.")
    if paths:
        _paths(given, table, 7 if every is None else every, asked)
    else:
        _answer(name, given, table, asked)


@_on_table(32, answer=_outage)
def outage(
    lose: Annotated[
        list[str],
        typer.Option(
            help="NAME=LOW:HIGH, the share lost; behind it, for this alone, ,from=DAY,for=LOW:HIGH."
        ),
    ],
    lasting: Annotated[
        str | None, typer.Option("--for", help="LOW:HIGH days of full loss; else 10:60.")
    ] = None,
    days: Annotated[int, typer.Option(help="How many days to follow.")] = 365,
    paths: Annotated[
        bool, typer.Option("--paths", help="Output over these days, with a band, and no costs.")
    ] = False,
    every: Annotated[int | None, typer.Option(help="Days taken together; else 7.")] = None,
) -> dict[str, Any]:
    """Days after a loss of capacity: how long, stocks, recovery; or the path of output."""
    bare, own = own_days("--lose", lose)
    lost, usual = ends_of("--lose", bare, shared), lasting or "10:60"
    if lasting is not None and all("lasting" in own.get(name, ()) for name in lost):
        raise Unclear("--for has no effect: each loss has a for= of its own; leave it out.")
    return {
        "lost": lost, "lasting": two("--for", usual, usual), "days": days, "paths": paths,
        "every": every, "own": own,
    }  # fmt: skip


@_on_chain(128)
def lose(
    chain: ChainName,
    supplier: Annotated[str, typer.Argument(help="A maker by its three letters.")],
    party: Annotated[list[str], typer.Option(help="Whose stocks and dependence, one alone.")],
    days: Annotated[str, typer.Option(help="LOW:HIGH days for which it is lost.")] = "30:90",
    stage: Annotated[Several, typer.Option(help="Lost only in this stage; repeatable.")] = None,
    watch: Annotated[Several, typer.Option(help="A stage to tell of; else the last ones.")] = None,
    known: Annotated[
        bool, typer.Option("--known", help="Only where a source names the maker.")
    ] = False,
) -> dict[str, Any]:
    """A maker is lost to a chain: shares, stocks and months as sources print them."""
    # Read as several, for of an option for one the last would stand and the others go in silence.
    if len(named_parties(party)) > 1:
        raise Unclear(
            f"--party {' '.join(party)}: its ranges are those of one party; ask for one at a time."
        )
    return {
        "chain": chain, "supplier": supplier, "days": two("--days", days, days), "party": party[0],
        "stages": stage or [], "watched": watch or [], "horizon": 365, "unnamed": not known,
    }  # fmt: skip


def _answer(
    name: str,
    given: dict[str, Any],
    source: Table | Chain,
    asked: _Asked,
    sourced: Callable[[Basis], Basis] | None = None,
) -> None:
    from architrave.desks.supply.questions import askable
    from architrave.desks.supply.uncertainty.answering import Design, uncertain
    from architrave.desks.supply.uncertainty.naming import assess_ranged, scenario_of
    from architrave.desks.supply.uncertainty.ranges import with_ranges

    scenario = scenario_of(name, given, source)
    ranges = with_ranges(scenario.ranges, typed_ranges(scenario.ranges, asked.ranges or ()))
    names = [one.name for one in scenario.outputs]
    for one in asked.shown or ():
        if one not in names:
            raise Unclear(f"--output {one}: there is none, only {', '.join(names)}.")
    found = uncertain(scenario, ranges, Design(asked.size, asked.seed), asked.workers)
    if asked.fields is not None:
        # Answered above, by as many workers as were asked for: not to be asked once more.
        write_evidence([askable(assess_ranged(scenario, found))], asked.fields)
    if asked.as_json:
        print_json(ranged_sheet(name, found, asked.shown or names, asked.top))
        return
    print_lines(basis_lines(sourced(found.basis) if sourced else found.basis))
    print_lines(ranged_lines(found, asked.shown or names, asked.top or _TOP))


def _paths(given: dict[str, Any], table: Table, every: int, asked: _Asked) -> None:
    from architrave.desks.supply.questions import askable
    from architrave.desks.supply.uncertainty.answering import Design
    from architrave.desks.supply.uncertainty.dayed import OutageDays
    from architrave.desks.supply.uncertainty.naming import scenario_of
    from architrave.desks.supply.uncertainty.pathed import OutagePaths, banded
    from architrave.desks.supply.uncertainty.pathed_evidence import assess_paths
    from architrave.desks.supply.uncertainty.ranges import with_ranges

    outage = scenario_of("outage", given, table)
    assert isinstance(outage, OutageDays)
    scenario = OutagePaths(outage, every)
    ranges = with_ranges(scenario.ranges, typed_ranges(scenario.ranges, asked.ranges or ()))
    found = banded(scenario, ranges, Design(asked.size, asked.seed), asked.workers)
    if asked.fields is not None:
        write_evidence([askable(assess_paths(found))], asked.fields)
    if asked.as_json:
        print_json(paths_sheet(found))
        return
    print_lines(basis_lines(found.scenario.basis))
    print_lines(paths_lines(found))


def _table(file: Path | None) -> Table:
    from architrave.desks.supply.readers.opening import opened_table

    return opened_table(file)


def _one_thread() -> None:
    """One thread of linear algebra for each process: rows are shared out, not their sums.

    It is read where NumPy begins, so it is left alone where that has happened: each process must
    have as many as any other, or sums are added up in another order.
    """
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
